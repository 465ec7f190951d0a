// What REST takes: query and body schemas. A blank field counts as absent, so that the use case can name what is missing.
import { DateTime } from 'luxon';
import { z } from 'zod';
import {
  type DoctorId,
  doctorId,
  type OfficeId,
  officeId,
  type PatientId,
  patientId,
  visitTypeId,
} from '../services/domain.ts';

const blankAsAbsent = (value: unknown): unknown => (value === null || value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsAbsent, schema.optional());

/** An id of the EHR: a number or a string of digits; from here on a string without leading zeros, since two spellings of one patient would be two. */
const id = z
  .union([z.int().positive(), z.string().regex(/^\d{1,18}$/)])
  .transform((value) => String(BigInt(value)));

const minutes = z
  .union([z.int(), z.string().regex(/^\d{1,4}$/)])
  .transform(Number)
  .pipe(z.int().min(1).max(1440));

const isRealDay = (date: string): boolean => DateTime.fromISO(date, { zone: 'utc' }).isValid;
const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine(isRealDay);

/** Office wall time; an offset or `Z` would claim to know a zone that only the office has. Whole minutes. */
const localDateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:00)?$/)
  .transform((text) => text.slice(0, 16))
  .refine((text) => isRealDay(text.slice(0, 10)));

/** `POST /api/appointments`; fields beyond these are ignored. */
export const appointmentBody = z.object({
  patientid: optional(id.transform(patientId)),
  doctorid: optional(id.transform(doctorId)),
  officeid: optional(id.transform(officeId)),
  scheduled_time: optional(localDateTime),
  appointmenttypeid: optional(id.transform(visitTypeId)),
  duration: optional(minutes),
});
export type AppointmentBody = z.infer<typeof appointmentBody>;

/** `GET /api/availability`. */
export const availabilityQuery = z.object({
  date: optional(date),
  office: optional(id.transform(officeId)),
  doctor: optional(id.transform(doctorId)),
  duration: optional(minutes),
});

/** `GET /api/appointments`; of a doctor or of a patient, not of both. */
export const recordedQuery = z.object({
  doctor: optional(id.transform(doctorId)),
  patient: optional(id.transform(patientId)),
  from: optional(date),
  to: optional(date),
});

/** `Idempotency-Key`: printable ASCII, bounded. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** How ids leave: as the EHR's own numbers where they are numbers. */
export function wireId(value: OfficeId | DoctorId | PatientId): number | string {
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value;
}
