// The bodies of creates. What cannot be the EHR's is refused here, before anything is sent.
import { z } from 'zod';
import {
  type AppointmentChange,
  fail,
  type NewAppointment,
  type NewChart,
  ok,
  type Result,
} from '../domain.ts';
import type { EhrError } from '../ports.ts';
import { notesOf } from './notes.wire.ts';

const number = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const ids = z.object({ doctor: number, office: number, patient: number, profile: number.optional() });

/** The create's body. An id that is no number cannot be the EHR's: refused here, before anything is sent. */
export function appointmentBody(appointment: NewAppointment): Result<object, EhrError> {
  const parsed = ids.safeParse({
    doctor: appointment.doctorId,
    office: appointment.officeId,
    patient: appointment.patientId,
    profile: appointment.visitTypeId,
  });
  if (!parsed.success) return refusedBefore(parsed.error);
  const { profile, ...who } = parsed.data;
  return ok({
    ...who,
    exam_room: appointment.room,
    scheduled_time: `${appointment.localStart}:00`,
    // A visit type brings its own length; the EHR takes one or the other.
    ...(profile === undefined ? { duration: appointment.durationMinutes } : { profile }),
    notes: notesOf(appointment),
  });
}

/** The EHR takes a chart without a name or a birth date (recorded): refused here, by the EHR's names of the fields. */
const newChart = z.object({
  first_name: z.string().trim().min(1),
  last_name: z.string().trim().min(1),
  date_of_birth: z.iso.date(),
  gender: z.string(),
  doctor: number,
  preferred_language: z.string().optional(),
  cell_phone: z.string().optional(),
  email: z.string().optional(),
});

/** A new chart's body. */
export function chartBody({ contact, ...chart }: NewChart): Result<object, EhrError> {
  const parsed = newChart.safeParse({
    first_name: chart.firstName,
    last_name: chart.lastName,
    date_of_birth: chart.birthDate,
    gender: chart.gender,
    doctor: chart.doctorId,
    preferred_language: chart.preferredLanguage,
    ...('email' in contact ? { email: contact.email } : { cell_phone: contact.cellPhone }),
  });
  return parsed.success ? ok(parsed.data) : refusedBefore(parsed.error);
}

const refusedBefore = (error: z.ZodError): Result<never, EhrError> =>
  fail({ kind: 'refused', fields: error.issues.map(({ path }) => path.join('.')) });

/** The fields of a PATCH, and no others: what is sent overwrites what the front desk has written. */
export function changeBody({ status, localStart, room, notes }: AppointmentChange): object {
  return {
    ...(status === undefined ? {} : { status }),
    ...(localStart === undefined ? {} : { scheduled_time: `${localStart}:00` }),
    ...(room === undefined ? {} : { exam_room: room }),
    ...(notes === undefined ? {} : { notes: notesOf(notes) }),
  };
}
