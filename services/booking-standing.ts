// Is a visit that we once confirmed still the EHR's? The practice cancels and moves visits there without telling us.
import { isAsAsked } from './booking-create.ts';
import { type BookingCase, nameOf } from './booking-settle.ts';
import { factsOf, patientLock } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import type {
  Appointment,
  AppointmentId,
  Booking,
  BookingId,
  CancelledBooking,
  ConfirmedBooking,
} from './domain.ts';
import type { Priority } from './ports.ts';
import { instantAt, msOf } from './wall-time.ts';

/** Confirmed less than two minutes ago: a repeat of the same wish, which costs no call. Lists may not show it yet. */
const believedMs = 120_000;

const isDoubtful = (booking: Booking, nowMs: number): booking is ConfirmedBooking =>
  booking.status === 'confirmed' && nowMs - msOf(booking.updatedAt) >= believedMs;

/** Whether a list still says otherwise of what was booked, moved or cancelled here just now: then ours is the newer word. */
export function isAheadOfList(
  booking: Booking,
  rowOf: (id: AppointmentId) => Appointment | undefined,
  nowMs: number,
): booking is ConfirmedBooking | CancelledBooking {
  if (nowMs - msOf(booking.updatedAt) >= believedMs) return false;
  switch (booking.status) {
    case 'confirmed': {
      const row = rowOf(booking.appointment);
      return row === undefined || !row.live || !isAsAsked(row, booking);
    }
    case 'cancelled':
      return booking.by === 'patient' && rowOf(booking.appointment)?.live === true;
    default:
      return false;
  }
}

/**
 * The booking as the EHR has it: one confirmed a while ago whose visit is cancelled, deleted or moved there becomes
 * `cancelled` here, too, and its message is owed. One EHR call, by id (which does not lag); where it is not answered, the booking counts as it stands.
 * Under the patient's lock.
 */
export async function asInEhr(
  deps: BookingCase,
  stored: StoredBooking,
  priority: Priority = 'booking',
): Promise<StoredBooking> {
  const { booking } = stored;
  if (!isDoubtful(booking, deps.clock.now())) return stored;
  const row = await deps.ehr.appointment(booking.appointment, priority);
  const stands = row.ok ? row.value.live && isAsAsked(row.value, booking) : row.error.kind !== 'not-found';
  return stands ? stored : noLonger(deps, stored, booking);
}

/**
 * The same, where a list of all the patient's visits is at hand already: `rowOf` finds in it, and what is not in it was deleted.
 * Under the patient's lock; `nowMs`: when the list was asked for.
 */
export async function asInList(
  deps: BookingCase,
  stored: StoredBooking,
  rowOf: (id: AppointmentId) => Appointment | undefined,
  nowMs: number,
): Promise<void> {
  const { booking } = stored;
  if (isContradicted(booking, rowOf, nowMs)) await noLonger(deps, stored, booking);
}

/** Whether the list says otherwise of a booking that it should know by now. */
export function isContradicted(
  booking: Booking,
  rowOf: (id: AppointmentId) => Appointment | undefined,
  nowMs: number,
): booking is ConfirmedBooking {
  if (!isDoubtful(booking, nowMs)) return false;
  const row = rowOf(booking.appointment);
  return row === undefined || !row.live || !isAsAsked(row, booking);
}

async function noLonger(
  deps: BookingCase,
  stored: StoredBooking,
  booking: ConfirmedBooking,
): Promise<StoredBooking> {
  const { version } = stored;
  const { appointment } = booking;
  const facts = { ...factsOf(booking), updatedAt: instantAt(deps.clock.now()) };
  const cancelled = { ...facts, status: 'cancelled', appointment, by: 'practice' } as const;
  try {
    return await deps.bookings.write(cancelled, version, deps.owe('cancelled', cancelled, version + 1));
  } catch (error) {
    deps.log.error('cancellation not kept', { reason: nameOf(error) });
    return stored;
  }
}

/** A booking of ours as it is now, in the EHR too where that has not been asked lately. */
export type BookingNow = (id: BookingId, priority: Priority) => Promise<StoredBooking | undefined>;

export function createBookingNow(deps: BookingCase): BookingNow {
  const { bookings, store } = deps;
  return async (id, priority) => {
    const patient = (await bookings.get(id))?.booking.patientId;
    if (patient === undefined) return undefined;
    return store.withLock(patientLock(patient), async () => {
      const kept = await bookings.get(id);
      return kept === undefined ? undefined : asInEhr(deps, kept, priority);
    });
  };
}
