// DrChrono's rows as the product knows them. Whatever is not named here (social security numbers, photos, insurance,
// the text of notes) is dropped while parsing and never leaves this file.
import { z } from 'zod';
import {
  type Appointment,
  appointmentId,
  type Doctor,
  doctorId,
  type ExamRoom,
  type Office,
  officeId,
  type Patient,
  patientId,
  type VisitType,
  visitTypeId,
} from '../domain.ts';
import { minuteOf } from './minutes.ts';
import { readNotes } from './notes.wire.ts';

/** Ids are integers but for appointments'; both forms are seen for either. */
const id = z.union([z.string().min(1), z.number().int()]).transform(String);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
export const DATE = /^\d{4}-\d{2}-\d{2}$/;
const date = z.string().regex(DATE);
export const WALL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
export const toMinute = (wall: string): string => `${wall.slice(0, 10)}T${wall.slice(11, 16)}`;
/** Naive wall time, with or without seconds, to `YYYY-MM-DDTHH:MM`. */
const wallTime = z.string().regex(WALL_TIME).transform(toMinute);
/** `HH:MM[:SS]` to minutes after midnight; none is midnight. */
const clockTime = z
  .string()
  .regex(/^\d{2}:\d{2}(:\d{2})?$/)
  .nullish()
  .transform((value) => (value ? minuteOf(value) : 0));

const room = z
  .object({ index: z.number().int(), name: text, online_scheduling: z.boolean().nullish() })
  .transform(
    (row): ExamRoom => ({ index: row.index, name: row.name, online: row.online_scheduling ?? false }),
  );

/** `undefined` for an archived office. Room 0 is the calendar's "no room" and is never booked. */
export const officeRow = z
  .object({
    id,
    name: text,
    address: text,
    city: text,
    state: text,
    phone_number: text,
    // The vendor's contract types it as a string; a string tells no rooms.
    exam_rooms: z.union([z.array(room), z.string().transform((): ExamRoom[] => [])]).nullish(),
    start_time: clockTime,
    end_time: clockTime,
    archived: z.boolean().nullish(),
  })
  .transform((row): Office | undefined =>
    row.archived
      ? undefined
      : {
          id: officeId(row.id),
          name: row.name,
          address: row.address,
          city: row.city,
          state: row.state,
          phone: row.phone_number,
          rooms: (row.exam_rooms ?? []).filter(({ index }) => index >= 1),
          opensMinute: row.start_time,
          // Midnight as an end is the end of the day, unless the office says "all day" by starting there too.
          closesMinute: row.end_time === 0 && row.start_time > 0 ? 1440 : row.end_time,
        },
  );

/** `undefined` for a suspended account. */
export const doctorRow = z
  .object({
    id,
    first_name: text,
    last_name: text,
    specialty: text,
    timezone: text,
    is_account_suspended: z.boolean().nullish(),
  })
  .transform((row): Doctor | undefined =>
    row.is_account_suspended
      ? undefined
      : {
          id: doctorId(row.id),
          firstName: row.first_name,
          lastName: row.last_name,
          name: ['Dr.', row.first_name, row.last_name].filter((part) => part !== '').join(' '),
          specialty: row.specialty,
          timeZone: canonicalZone(row.timezone),
        },
  );

/** With its place in the practice's order; `undefined` for an archived type or one without a length. */
export const visitTypeRow = z
  .object({
    id,
    name: text,
    doctor: id.nullish(),
    duration: z.number().int().nullish(),
    sort_order: z.number().nullish(),
    online_scheduling: z.boolean().nullish(),
    archived: z.boolean().nullish(),
  })
  .transform((row): { readonly order: number; readonly type: VisitType } | undefined =>
    row.archived || !row.duration || row.duration < 0
      ? undefined
      : {
          order: row.sort_order ?? Number.POSITIVE_INFINITY,
          type: {
            id: visitTypeId(row.id),
            ...(row.doctor ? { doctorId: doctorId(row.doctor) } : {}),
            name: row.name,
            durationMinutes: row.duration,
            online: row.online_scheduling ?? false,
          },
        },
  );

export const chartFields = z.object({
  id,
  first_name: text,
  middle_name: text,
  last_name: text,
  nick_name: text,
  date_of_birth: date.nullish(),
  preferred_language: text,
  patient_status: text,
});

export const patientOf = (row: z.infer<typeof chartFields>): Patient => ({
  id: patientId(row.id),
  firstName: row.first_name,
  middleName: row.middle_name,
  lastName: row.last_name,
  nickName: row.nick_name,
  birthDate: row.date_of_birth ?? '',
  preferredLanguage: row.preferred_language === 'blank' ? '' : row.preferred_language,
  active: row.patient_status === '' || row.patient_status === 'A',
});
export const patientRow = chartFields.transform(patientOf);

const FREES_THE_DOCTOR = new Set(['Cancelled', 'Rescheduled', 'No Show']);

/** Breaks come as appointments without a patient and occupy the doctor like any other. */
const visit = z.object({
  id,
  doctor: id,
  office: id,
  patient: id.nullish(),
  exam_room: z.number().int().nullish(),
  scheduled_time: wallTime,
  duration: z.number().int().nonnegative(),
  /** Nothing hangs on it: one that does not read must not hide a visit. */
  profile: id.nullish().catch(null),
  status: text,
  deleted_flag: z.boolean().nullish(),
  notes: text,
  updated_at: text.catch(''),
});

export function appointmentOf(row: z.infer<typeof visit>): Appointment {
  const { ref, held } = readNotes(row.notes);
  return {
    id: appointmentId(row.id),
    officeId: officeId(row.office),
    doctorId: doctorId(row.doctor),
    room: row.exam_room ?? 0,
    localStart: row.scheduled_time,
    durationMinutes: row.duration,
    ehrStatus: row.status,
    live: !row.deleted_flag && !FREES_THE_DOCTOR.has(row.status),
    // Last: what follows a spread is defined one by one, and of these there are a day's for every booking.
    ...(row.patient ? { patientId: patientId(row.patient) } : {}),
    ...(row.profile ? { visitTypeId: visitTypeId(row.profile) } : {}),
    ...(ref === undefined ? {} : { ref }),
    ...(held === undefined ? {} : { notesHold: held }),
    ...(row.updated_at === '' ? {} : { changeStamp: row.updated_at }),
  };
}
export const appointmentRow = visit.transform(appointmentOf);

/** Time that a doctor's calendar is closed: its two ends, naive or with an offset, as sent. */
export const blockRow = z
  .object({
    start_time: z.iso.datetime({ local: true, offset: true }),
    end_time: z.iso.datetime({ local: true, offset: true }),
  })
  .transform((row) => ({ start: row.start_time, end: row.end_time }));

/** The zone's present name (`US/Eastern` is `America/New_York`); empty for none or an unknown one. */
function canonicalZone(name: string): string {
  if (name === '') return '';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}
