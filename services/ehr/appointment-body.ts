// What DrChrono is sent to create an appointment, and to change one.
import { z } from 'zod';
import { type AppointmentChange, fail, type NewAppointment, ok, type Result } from '../domain.ts';
import type { EhrError } from '../ports.ts';

const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const ids = z.object({ doctor: number, office: number, patient: number, profile: number.optional() });

/** The create's body. An id that is no number cannot be the EHR's: refused here, before anything is sent. */
export function createBody(appointment: NewAppointment): Result<object, EhrError> {
  const parsed = ids.safeParse({
    doctor: appointment.doctorId,
    office: appointment.officeId,
    patient: appointment.patientId,
    profile: appointment.visitTypeId,
  });
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.'));
    return fail({ kind: 'refused', fields });
  }
  const { profile, ...who } = parsed.data;
  return ok({
    ...who,
    exam_room: appointment.room,
    scheduled_time: `${appointment.localStart}:00`,
    // A visit type brings its own length; the EHR takes one or the other.
    ...(profile === undefined ? { duration: appointment.durationMinutes } : { profile }),
    notes: `Bookadoc ${appointment.ref}`,
  });
}

/** The fields of a PATCH, and no others: what is sent overwrites what the front desk has written. */
export function changeBody({ status, localStart, room }: AppointmentChange): object {
  return {
    ...(status === undefined ? {} : { status }),
    ...(localStart === undefined ? {} : { scheduled_time: `${localStart}:00` }),
    ...(room === undefined ? {} : { exam_room: room }),
  };
}
