// A visit as data for those who are told of it: in a message, or in the calendar file that a patient downloads.
import type { BookingCase } from './booking-settle.ts';
import type { BookingNow } from './booking-standing.ts';
import { refOfRow } from './bookings.ts';
import { type StoredBooking, sequenceOf } from './documents.ts';
import { fail, type MessageKind, type Notice, type Office, ok, type Result } from './domain.ts';
import type { UseCases } from './use-cases.ts';
import type { VisitOf } from './visit-cases.ts';
import { type VisitDeps, visitOf } from './visits.ts';
import { instantAt } from './wall-time.ts';

/** `office`: as the EHR has it now, if it tells. */
export function noticeOf(about: MessageKind, kept: StoredBooking, office?: Office): Notice {
  const { booking } = kept;
  return {
    about,
    ref: booking.calendarRef ?? booking.ref,
    version: sequenceOf(kept),
    asOf: booking.updatedAt,
    ...placeOf(booking),
    address: addressOf(office),
  };
}

type Place = Pick<Notice, 'startsAt' | 'timeZone' | 'durationMinutes' | 'doctorName' | 'officeName'>;

const placeOf = ({ startsAt, timeZone, durationMinutes, doctorName, officeName }: Place): Place => ({
  startsAt,
  timeZone,
  durationMinutes,
  doctorName,
  officeName,
});

const addressOf = (office: Office | undefined): string =>
  [office?.address ?? '', office?.city ?? ''].filter((part) => part !== '').join(', ');

type CalendarDeps = Pick<BookingCase, 'bookings' | 'ehr' | 'clock'> & VisitDeps;

/** The visit as it is now: its link may be older than its cancellation, or than a move. */
export function createCalendarVisit(deps: CalendarDeps, bookingNow: BookingNow): UseCases['calendarVisit'] {
  const { bookings, clock } = deps;
  const recent = createRecent(clock);
  const officeOf = async (id: string): Promise<Office | undefined> => {
    const offices = await deps.ehr.offices('background');
    return offices.ok ? offices.value.find((one) => one.id === id) : undefined;
  };
  return async (visit) => {
    // A move puts the visit into another document.
    const known = await bookings.ofVisit(visit.patientId, visit.appointment);
    const ours = known.find(({ booking }) => booking.status !== 'moved') ?? known[0];
    const seen = recent.of(visit);
    if (ours !== undefined && seen === undefined) recent.keep(visit);
    const kept =
      ours !== undefined && seen === undefined ? await bookingNow(ours.booking.id, 'background') : ours;
    if (kept === undefined || isTakenOver(kept)) {
      const notice =
        seen?.notice === undefined ? await fromEhr(deps, visit, officeOf, kept) : ok(seen.notice);
      if (notice.ok && seen?.notice === undefined) recent.keep(visit, notice.value);
      if (kept === undefined || !isKnownOff(notice, kept)) return notice;
    }
    const { status, officeId } = kept.booking;
    if (status !== 'confirmed' && status !== 'cancelled') return fail('not-found');
    return ok(noticeOf(status === 'confirmed' ? 'booked' : 'cancelled', kept, await officeOf(officeId)));
  };
}

/** It does not stand as we booked it: the practice has called it off, or it stands at another time, which only the EHR tells. */
const isTakenOver = ({ booking }: StoredBooking): boolean =>
  booking.status === 'cancelled' && booking.by === 'practice';

/** Called off or deleted where it was, as its message has said: that is the file, too. */
const isKnownOff = (
  notice: Result<Notice, 'not-found' | 'unavailable'>,
  { booking }: StoredBooking,
): boolean =>
  notice.ok
    ? notice.value.about === 'cancelled' && notice.value.startsAt === booking.startsAt
    : notice.error === 'not-found';

/**
 * A visit that was made by phone and never changed here, or that the practice has taken over (`kept`: as we had it): nobody counts
 * its changes there, so its SEQUENCE is 0, or one above ours, and DTSTAMP alone tells which file is the newer (RFC 5546, 2.1.5). Its
 * first change here counts on from there.
 */
async function fromEhr(
  deps: CalendarDeps,
  { patientId, appointment }: VisitOf,
  officeOf: (id: string) => Promise<Office | undefined>,
  kept: StoredBooking | undefined,
): Promise<Result<Notice, 'not-found' | 'unavailable'>> {
  const row = await deps.ehr.appointment(appointment, 'background');
  if (!row.ok) return fail(row.error.kind === 'not-found' ? 'not-found' : 'unavailable');
  if (row.value.patientId !== patientId) return fail('not-found');
  const visit = await visitOf(deps, row.value, patientId, 'background');
  if (!visit.ok) return fail('unavailable');
  if (visit.value === undefined) return fail('not-found');
  return ok({
    about: row.value.live ? 'booked' : 'cancelled',
    ref: kept === undefined ? refOfRow(deps.ehr, row.value) : (kept.booking.calendarRef ?? kept.booking.ref),
    version: kept === undefined ? 0 : sequenceOf(kept) + 1,
    asOf: instantAt(deps.clock.now()),
    ...placeOf(visit.value),
    address: addressOf(await officeOf(visit.value.officeId)),
  });
}

/** However often a link is followed, the EHR is asked about its visit once in this time. */
const lookAgainAfterMs = 120_000;

interface Seen {
  readonly atMs: number;
  /** What it said, where we have no record to say it from. */
  readonly notice?: Notice;
}

/** The visits asked about in the last minutes, the latest at the end. */
function createRecent(clock: BookingCase['clock']): {
  of(visit: VisitOf): Seen | undefined;
  keep(visit: VisitOf, notice?: Notice): void;
} {
  const seen = new Map<string, Seen>();
  const keyOf = ({ patientId, appointment }: VisitOf): string => `${patientId}|${appointment}`;
  return {
    of(visit) {
      for (const [other, { atMs }] of seen) {
        if (clock.now() - atMs < lookAgainAfterMs) break;
        seen.delete(other);
      }
      return seen.get(keyOf(visit));
    },
    keep(visit, notice) {
      seen.delete(keyOf(visit));
      seen.set(keyOf(visit), { atMs: clock.now(), ...(notice === undefined ? {} : { notice }) });
    },
  };
}
