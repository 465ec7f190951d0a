// A visit as data for those who are told of it: in a message, or in the calendar file that a patient downloads.
import type { BookingCase } from './booking-settle.ts';
import type { BookingNow } from './booking-standing.ts';
import { type StoredBooking, sequenceOf } from './documents.ts';
import type { BookingId, MessageKind, Notice, Office } from './domain.ts';
import type { UseCases } from './use-cases.ts';

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

/** However often a link is followed, the EHR is asked about its visit once in this time. */
const lookAgainAfterMs = 120_000;

/** The visit as it is now: its link may be older than its cancellation, or than a move. */
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
  /** A move puts the visit into another document. */
  const presentOf = async (id: BookingId): Promise<BookingId> => {
    const booking = (await bookings.get(id))?.booking;
    if (booking?.status !== 'moved') return id;
    const all = await bookings.ofVisit(booking.patientId, booking.appointment);
    return all.find((one) => one.booking.status !== 'moved')?.booking.id ?? id;
  };
  return async (linked) => {
    const id = await presentOf(linked);
    const kept = isToBeLookedAt(id) ? await bookingNow(id, 'background') : await bookings.get(id);
    const status = kept?.booking.status;
    if (kept === undefined || (status !== 'confirmed' && status !== 'cancelled')) return undefined;
    const offices = await ehr.offices('background');
    const office = offices.ok ? offices.value.find((one) => one.id === kept.booking.officeId) : undefined;
    return noticeOf(status === 'confirmed' ? 'booked' : 'cancelled', kept, office);
  };
}
