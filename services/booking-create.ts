// Steps 4 to 6 of a booking: create once, find out what a lost reply did, and make sure that no other visit stands at that time.
import { type Interval, overlaps } from './availability.ts';
import type {
  Appointment,
  AppointmentId,
  BookingFacts,
  LocalDate,
  LocalDateTime,
  NewAppointment,
  Result,
} from './domain.ts';
import type { Clock, Ehr, EhrError } from './ports.ts';
import { msOf, wallTimeOf } from './wall-time.ts';

/** How the practice's EHR account checks for overlap: `doctor` makes a 201 proof enough. */
export type OverlapScope = 'room' | 'doctor';

export interface CreateDeps {
  readonly ehr: Ehr;
  readonly clock: Clock;
  readonly overlapScope: OverlapScope;
}

const lookAgainAfterLostReplyMs = [2000, 3000];
const lookAgainAfterCreateMs = [1000, 2000];

export function newAppointmentOf(facts: BookingFacts): NewAppointment {
  return {
    officeId: facts.officeId,
    doctorId: facts.doctorId,
    patientId: facts.patientId,
    room: facts.room,
    localStart: localStartOf(facts),
    durationMinutes: facts.durationMinutes,
    ...(facts.visitTypeId === undefined ? {} : { visitTypeId: facts.visitTypeId }),
    ref: facts.ref,
  };
}

/** After a create of which no readable answer came: our live row, by our reference, or undefined where the EHR does not show one (yet). */
export async function findLostCreate(
  { ehr, clock }: CreateDeps,
  facts: BookingFacts,
): Promise<Appointment | undefined> {
  for (const waitMs of [0, ...lookAgainAfterLostReplyMs]) {
    if (waitMs > 0) await clock.sleep(waitMs);
    const day = await readDoctorDay(ehr, facts);
    const ours = day.ok ? ownRow(day.value, facts) : undefined;
    if (ours !== undefined) return ours;
  }
  return undefined;
}

export type Standing =
  /** No other visit overlaps, as far as the EHR's overlap check or one read of the day proves it. */
  | 'stands'
  /** An earlier row holds the time: we lost a race that the EHR did not refuse. */
  | 'lost'
  /** The day's list does not show our own row yet, so it proves nothing about others. */
  | 'unproven';

/** Step 6. Under scope `doctor` the 201 itself is the proof and no call is made. */
export async function standingOf(
  deps: CreateDeps,
  facts: BookingFacts,
  id: AppointmentId,
): Promise<Standing> {
  if (deps.overlapScope === 'doctor') return 'stands';
  for (const waitMs of [0, ...lookAgainAfterCreateMs]) {
    if (waitMs > 0) await deps.clock.sleep(waitMs);
    const day = await readDoctorDay(deps.ehr, facts);
    const standing = day.ok ? standingIn(day.value, facts, id) : 'unproven';
    if (standing !== 'unproven') return standing;
  }
  return 'unproven';
}

/** Of two overlapping visits of a doctor the one with the smaller id was there first; both sides of a race decide alike. */
export function standingIn(day: readonly Appointment[], facts: BookingFacts, id: AppointmentId): Standing {
  const own = day.find((row) => row.id === id);
  if (own === undefined || !own.live) return 'unproven';
  const interval = ownWallInterval(facts);
  const rivals = day.filter(
    (row) =>
      row.id !== id && row.live && row.doctorId === facts.doctorId && overlaps(interval, wallIntervalOf(row)),
  );
  return rivals.some((row) => isEarlierId(row.id, id)) ? 'lost' : 'stands';
}

/** Numeric ids by size. One that is no number is an occurrence of a series that was there before us. */
function isEarlierId(a: AppointmentId, b: AppointmentId): boolean {
  const numeric = /^\d+$/;
  if (!numeric.test(a)) return true;
  if (!numeric.test(b)) return false;
  return a.length === b.length ? a < b : a.length < b.length;
}

/** Rows of one day are compared by the wall clock they are written in: DrChrono's times have no offset to go by. */
export function wallInterval(localStart: LocalDateTime, durationMinutes: number): Interval {
  const startMs = Date.parse(`${localStart}Z`);
  return { startMs, endMs: startMs + durationMinutes * 60_000 };
}

const wallIntervalOf = (row: Appointment): Interval => wallInterval(row.localStart, row.durationMinutes);

const ownWallInterval = (facts: BookingFacts): Interval =>
  wallInterval(localStartOf(facts), facts.durationMinutes);

export function localStartOf(facts: BookingFacts): LocalDateTime {
  return wallTimeOf(msOf(facts.startsAt), facts.timeZone);
}

/** Our row: our reference, alive. */
export function ownRow(rows: readonly Appointment[], facts: BookingFacts): Appointment | undefined {
  return rows.find((row) => row.live && row.ref === facts.ref);
}

/** Is it the visit that was asked for? Anything else under our reference must not be confirmed. */
export function isAsAsked(row: Appointment, facts: BookingFacts): boolean {
  return (
    row.doctorId === facts.doctorId &&
    row.officeId === facts.officeId &&
    (row.patientId === undefined || row.patientId === facts.patientId) &&
    row.localStart === localStartOf(facts)
  );
}

export function dayOfVisit(facts: BookingFacts): LocalDate {
  return localStartOf(facts).slice(0, 10);
}

export function readDoctorDay(
  ehr: Ehr,
  facts: BookingFacts,
): Promise<Result<readonly Appointment[], EhrError>> {
  return ehr.appointmentsOn({ date: dayOfVisit(facts), doctorId: facts.doctorId }, 'booking');
}

/** After a 409: rooms in use at that time, and whether the doctor is, as the office's day shows. */
export function occupancy(
  rows: readonly Appointment[],
  facts: BookingFacts,
): { readonly busyRooms: ReadonlySet<number>; readonly doctorBusy: boolean } {
  const interval = ownWallInterval(facts);
  const then = rows.filter((row) => row.live && overlaps(interval, wallIntervalOf(row)));
  return {
    busyRooms: new Set(then.filter((row) => row.officeId === facts.officeId).map((row) => row.room)),
    doctorBusy: then.some((row) => row.doctorId === facts.doctorId),
  };
}
