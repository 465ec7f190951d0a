// Charts, appointments and blocks as rows of a reply. The first two are recognised by hand as they usually come, at a
// tenth of what their schemas cost; whatever is otherwise, in any member, is left to the schema. A test holds them alike.
import type { Appointment, Chart, Patient } from '../domain.ts';
import { contactFields, contactOf } from './contact.wire.ts';
import {
  appointmentOf,
  appointmentRow,
  blockRow,
  chartFields,
  DATE,
  patientOf,
  patientRow,
  toMinute,
  WALL_TIME,
} from './drchrono.wire.ts';
import { isRecord, rowOf } from './wire.ts';

export const patientRows = rowOf(patientRow, usualPatient);
export const chartRows = rowOf(
  chartFields
    .extend(contactFields.shape)
    .transform((row): Chart => ({ patient: patientOf(row), contact: contactOf(row) })),
  usualChart,
);
export const appointmentRows = rowOf(appointmentRow, usualAppointment);
export const blockRows = rowOf(blockRow);

function usualPatient(row: unknown): Patient | undefined {
  const fields = usualFields(row);
  return fields === undefined ? undefined : patientOf(fields);
}

function usualChart(row: unknown): Chart | undefined {
  const fields = usualFields(row);
  if (fields === undefined || !isRecord(row)) return undefined;
  const [email, cell_phone] = [textOf(row['email']), textOf(row['cell_phone'])];
  const { disable_sms_messages = null } = row;
  if (
    email === undefined ||
    cell_phone === undefined ||
    !(disable_sms_messages === null || typeof disable_sms_messages === 'boolean')
  )
    return undefined;
  return {
    patient: patientOf(fields),
    contact: contactOf({ ...fields, email, cell_phone, disable_sms_messages }),
  };
}

function usualFields(row: unknown): Parameters<typeof patientOf>[0] | undefined {
  if (!isRecord(row)) return undefined;
  const { date_of_birth = null } = row;
  const id = idOf(row['id']);
  const [first_name, middle_name] = [textOf(row['first_name']), textOf(row['middle_name'])];
  const [last_name, nick_name] = [textOf(row['last_name']), textOf(row['nick_name'])];
  const preferred_language = textOf(row['preferred_language']);
  const patient_status = textOf(row['patient_status']);
  if (
    id === undefined ||
    first_name === undefined ||
    middle_name === undefined ||
    last_name === undefined ||
    nick_name === undefined ||
    preferred_language === undefined ||
    patient_status === undefined ||
    !(date_of_birth === null || (typeof date_of_birth === 'string' && DATE.test(date_of_birth)))
  )
    return undefined;
  return {
    id,
    first_name,
    middle_name,
    last_name,
    nick_name,
    date_of_birth,
    preferred_language,
    patient_status,
  };
}

function usualAppointment(row: unknown): Appointment | undefined {
  if (!isRecord(row)) return undefined;
  const { scheduled_time, duration, exam_room = null, deleted_flag = null } = row;
  const [id, doctor, office] = [idOf(row['id']), idOf(row['doctor']), idOf(row['office'])];
  const patient = row['patient'] === null ? null : idOf(row['patient']);
  const profile = (row['profile'] ?? null) === null ? null : idOf(row['profile']);
  const [status, notes] = [textOf(row['status']), textOf(row['notes'])];
  if (
    id === undefined ||
    doctor === undefined ||
    office === undefined ||
    patient === undefined ||
    profile === undefined ||
    status === undefined ||
    notes === undefined ||
    !(exam_room === null || isInteger(exam_room)) ||
    !(deleted_flag === null || typeof deleted_flag === 'boolean') ||
    !(isInteger(duration) && duration >= 0) ||
    !(typeof scheduled_time === 'string' && WALL_TIME.test(scheduled_time))
  )
    return undefined;
  return appointmentOf({
    id,
    doctor,
    office,
    patient,
    exam_room,
    scheduled_time: toMinute(scheduled_time),
    duration,
    profile,
    status,
    deleted_flag,
    notes,
    updated_at: textOf(row['updated_at']) ?? '',
  });
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

function idOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return isInteger(value) ? String(value) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : undefined;
}
