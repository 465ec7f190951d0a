// A patient has one visit at a time: which booking of theirs stands, or may stand, in the way of another.
import type { BookingCase } from './booking-settle.ts';
import { asInEhr } from './booking-standing.ts';
import type { AppointmentId, Booking, PatientId } from './domain.ts';

/** Those of our record, looked up in the EHR where that was not done lately. `except`: the visit that is being moved. Under the patient's lock. */
export async function ownOverlap(
  deps: BookingCase,
  patient: PatientId,
  wanted: { readonly startsAt: string; readonly durationMinutes: number },
  except?: AppointmentId,
): Promise<Booking | undefined> {
  for (const near of await deps.bookings.around(patient, wanted)) {
    if ('appointment' in near && near.appointment === except) continue;
    const kept = await deps.bookings.get(near.id);
    const own = kept === undefined ? undefined : (await asInEhr(deps, kept)).booking;
    if (own?.status === 'confirmed' || own?.status === 'pending' || own?.status === 'changing') return own;
  }
  return undefined;
}
