// Is a visit that we once confirmed still the EHR's? The practice cancels and moves visits there without telling us.
import { isAsAsked } from './booking-create.ts';
import { type BookingCase, nameOf } from './booking-settle.ts';
import { factsOf } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import type { Priority } from './ports.ts';
import { instantAt, msOf } from './wall-time.ts';

/** Confirmed less than two minutes ago: a repeat of the same wish, which costs no call. */
const believedMs = 120_000;

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
  const { booking, version } = stored;
  const now = deps.clock.now();
  if (booking.status !== 'confirmed' || now - msOf(booking.updatedAt) < believedMs) return stored;
  const row = await deps.ehr.appointment(booking.appointment, priority);
  const stands = row.ok ? row.value.live && isAsAsked(row.value, booking) : row.error.kind !== 'not-found';
  if (stands) return stored;
  const { appointment } = booking;
  const facts = { ...factsOf(booking), updatedAt: instantAt(now) };
  const cancelled = { ...facts, status: 'cancelled', appointment, by: 'practice' } as const;
  try {
    return await deps.bookings.write(cancelled, version, deps.owe('cancelled', cancelled, version + 1));
  } catch (error) {
    deps.log.error('cancellation not kept', { reason: nameOf(error) });
    return stored;
  }
}
