// A visit as data for those who are told of it: in a message, or in the calendar file that a patient downloads.
import type { BookingCase } from './booking-settle.ts';
import type { BookingNow } from './booking-standing.ts';
import { type StoredBooking, sequenceOf } from './documents.ts';
import type { BookingId, MessageKind, Notice, Office } from './domain.ts';
import type { UseCases } from './use-cases.ts';
import { msOf } from './wall-time.ts';

/** `office`: as the EHR has it now, if it tells. */
export function noticeOf(about: MessageKind, kept: StoredBooking, office?: Office): Notice {
  const { booking } = kept;
  return {
    about,
    ref: booking.calendarRef ?? booking.ref,
    version: sequenceOf(kept),
    asOf: booking.updatedAt,
    startsAt: booking.startsAt,
    timeZone: booking.timeZone,
    durationMinutes: booking.durationMinutes,
    doctorName: booking.doctorName,
    officeName: booking.officeName,
    address: [office?.address ?? '', office?.city ?? ''].filter((part) => part !== '').join(', '),
  };
}

/** A visit that was moved stands in another record since: that of its present time. */
async function movedFrom(bookings: BookingCase['bookings'], stored: StoredBooking): Promise<StoredBooking> {
  const { booking } = stored;
  if (booking.status !== 'moved') return stored;
  const all = await bookings.starting({ patient: booking.patientId }, 0, msOf(lastInstant), mostBookings);
  const present = all.find(
    (other) =>
      (other.status === 'confirmed' || other.status === 'cancelled') &&
      other.appointment === booking.appointment,
  );
  return (present === undefined ? undefined : await bookings.get(present.id)) ?? stored;
}

const lastInstant = '9999-12-31T00:00:00.000Z';
const mostBookings = 1_000;

/** However often a link is followed, the EHR is asked about its visit once in this time. */
const lookAgainAfterMs = 120_000;

/** The visit as it is now: its link may be older than its cancellation. */
export function createCalendarVisit(
  { bookings, ehr, clock }: Pick<BookingCase, 'bookings' | 'ehr' | 'clock'>,
  bookingNow: BookingNow,
): UseCases['calendarVisit'] {
  /** By booking, the one asked about last at the end. */
  const lookedAtMs = new Map<BookingId, number>();
  const isToBeLookedAt = (id: BookingId): boolean => {
    const now = clock.now();
    for (const [other, atMs] of lookedAtMs) {
      if (now - atMs < lookAgainAfterMs) break;
      lookedAtMs.delete(other);
    }
    if (lookedAtMs.has(id)) return false;
    lookedAtMs.set(id, now);
    return true;
  };
  return async (id) => {
    const stored = isToBeLookedAt(id) ? await bookingNow(id, 'background') : await bookings.get(id);
    const kept = stored === undefined ? undefined : await movedFrom(bookings, stored);
    const status = kept?.booking.status;
    if (kept === undefined || (status !== 'confirmed' && status !== 'cancelled')) return undefined;
    const offices = await ehr.offices('background');
    const office = offices.ok ? offices.value.find((one) => one.id === kept.booking.officeId) : undefined;
    return noticeOf(status === 'confirmed' ? 'booked' : 'cancelled', kept, office);
  };
}
