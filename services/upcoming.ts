// Use case: a patient's visits that are not over, by whomever they were made. One EHR call; our own records where it does not answer.
import { intervalOf } from './availability.ts';
import { asInList, isAheadOfList, isContradicted } from './booking-standing.ts';
import { patientLock } from './bookings.ts';
import {
  type Appointment,
  type AppointmentId,
  type Booking,
  fail,
  ok,
  type PatientId,
  type Result,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { EhrError } from './ports.ts';
import type { BrowseError } from './use-cases.ts';
import { missedNotice } from './visit-act.ts';
import type { Upcoming, Visit, VisitCases } from './visit-cases.ts';
import type { ChangeCase } from './visit-change.ts';
import { isAhead, stateOf } from './visit-state.ts';
import { visitOf, visitOfBooking } from './visits.ts';
import { addDays, dayOf, instantAt, msOf } from './wall-time.ts';

/** The longest range that DrChrono lists at once, its first and last day included. */
const mostDays = 190;
const dayMs = 86_400_000;
/** No clock is further behind UTC. */
const furthestBehindMs = 12 * 3_600_000;
const mostVisits = 1_000;

export function createUpcoming(deps: ChangeCase): VisitCases['upcoming'] {
  const { ehr, clock } = deps;
  return async (patient) => {
    const now = clock.now();
    // The office may still be living yesterday when it is today in UTC.
    const from = addDays(dayOf(now, 'Etc/UTC'), -1);
    const rows = await ehr.appointmentsOf(patient, from, addDays(from, mostDays - 1), 'browsing');
    if (!rows.ok) return fromStore(deps, patient, now, rows.error);
    const byId = new Map(rows.value.map((row) => [row.id, row]));
    const rowOf = (id: AppointmentId) => byId.get(id);
    const own = await deps.bookings.starting({ patient }, now - dayMs, now + mostDays * dayMs, mostVisits);
    const newer = own.filter((booking) => isAheadOfList(booking, rowOf, now));
    for (const { appointment } of newer) byId.delete(appointment);

    const visits = newer.flatMap((booking) =>
      booking.status === 'confirmed' ? [visitOfBooking(booking)] : [],
    );
    let untimed = 0;
    for (const row of byId.values()) {
      if (!row.live || !isAhead(stateOf(row.ehrStatus))) continue;
      const visit = await visitOf(deps, row, patient, 'browsing');
      if (!visit.ok) return fromStore(deps, patient, now, visit.error);
      if (visit.value === undefined) untimed += Number(mayBeAhead(row, now));
      else visits.push(visit.value);
    }
    await catchUp(deps, patient, own, (id) => rows.value.find((row) => row.id === id), now);
    const standing = visits.filter((visit) => intervalOf(visit).endMs > now).sort(byStart);
    return ok({ visits: standing.map((visit) => withNotice(deps, visit, now)), untimed });
  };
}

/** Who asks to change it hears at once that it is too late, and not after having picked another time. */
function withNotice({ settings: { cancelNoticeMinutes } }: ChangeCase, visit: Visit, now: number): Visit {
  const tooLateMinutes = missedNotice(visit.startsAt, now, cancelNoticeMinutes);
  return visit.changeable && tooLateMinutes !== undefined
    ? { ...visit, changeable: false, tooLateMinutes }
    : visit;
}

const byStart = (a: Visit, b: Visit): number => msOf(a.startsAt) - msOf(b.startsAt);

/** Of a wall time in an unknown zone: somewhere it is still to come. */
const mayBeAhead = ({ localStart, durationMinutes }: Appointment, now: number): boolean =>
  Date.parse(`${localStart}Z`) + durationMinutes * 60_000 + furthestBehindMs > now;

/**
 * Our own records, each as the EHR last agreed with it; the oldest of these moments is what can be said of all. With none there is
 * nothing to show: what was made by phone is not in them, so "no visits" would be a guess.
 */
async function fromStore(
  { bookings }: ChangeCase,
  patient: PatientId,
  now: number,
  error: EhrError,
): Promise<Result<Upcoming, BrowseError>> {
  const kept = await bookings.starting({ patient }, now - dayMs, now + 366 * dayMs, mostVisits);
  const standing = kept
    .filter((booking) => booking.status === 'confirmed' || booking.status === 'changing')
    .filter((booking) => intervalOf(booking).endMs > now)
    .filter((booking) => !(booking.status === 'changing' && booking.change.kind === 'undo'));
  const oldest = standing.map(({ updatedAt }) => updatedAt).sort()[0];
  if (oldest === undefined) return fail(failureOf(error));
  return ok({ visits: standing.map(visitOfBooking), untimed: 0, asOf: instantAt(msOf(oldest)) });
}

/** What the list shows to be moved or cancelled is no longer shown as standing by us either, should the EHR be away the next time. */
async function catchUp(
  deps: ChangeCase,
  patient: PatientId,
  own: readonly Booking[],
  rowOf: (id: AppointmentId) => Appointment | undefined,
  listedMs: number,
): Promise<void> {
  const coming = own.filter(({ startsAt }) => {
    const aheadMs = msOf(startsAt) - listedMs;
    return aheadMs > 0 && aheadMs < (mostDays - 3) * dayMs;
  });
  if (!coming.some((booking) => isContradicted(booking, rowOf, listedMs))) return;
  await deps.store.withLock(patientLock(patient), async () => {
    for (const { id } of coming) {
      const stored = await deps.bookings.get(id);
      if (stored !== undefined) await asInList(deps, stored, rowOf, listedMs);
    }
  });
}
