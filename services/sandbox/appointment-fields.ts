// Reads the body of an appointment write into typed changes, or into DrChrono's map of field -> complaints.
import { OTHER_FIELDS } from './appointment-wire.ts';
import type { AppointmentRow, Json, JsonObject, Practice } from './rows.ts';
import { MINUTES_PER_DAY, wallMinute } from './wall.ts';

type FieldErrors = Readonly<Record<string, readonly string[]>>;
export type Fields = Readonly<Record<string, unknown>>;

type Settable =
  | 'doctor'
  | 'office'
  | 'patient'
  | 'examRoom'
  | 'startMinute'
  | 'durationMinutes'
  | 'profile'
  | 'status'
  | 'isBreak'
  | 'allowOverlapping'
  | 'deleted';
export type AppointmentChange = Partial<Pick<AppointmentRow, Settable>> & { readonly other: JsonObject };

/** Exactly the five names that an empty POST is answered with. */
const REQUIRED = ['exam_room', 'scheduled_time', 'patient', 'office', 'doctor'] as const;
const REQUIRED_TEXT = 'This field is required.';

type ReadResult =
  | { readonly ok: true; readonly change: AppointmentChange }
  | { readonly ok: false; readonly errors: FieldErrors };

/**
 * Checks the fields present in `body`; of a `whole` one (POST, PUT) the five required ones must be there. `base` is the row
 * that a PUT or PATCH changes.
 * Only `frontDesk` may write breaks, null patients and the deleted flag: the API refuses or ignores them.
 */
export function readAppointment(
  practice: Practice,
  body: Fields,
  options: { readonly base?: AppointmentRow; readonly whole: boolean; readonly frontDesk: boolean },
): ReadResult {
  const errors: Record<string, string[]> = {};
  const change: { -readonly [Key in keyof AppointmentChange]: AppointmentChange[Key] } = { other: {} };
  if (options.whole)
    for (const name of REQUIRED) if (body[name] === undefined) errors[name] = [REQUIRED_TEXT];

  const integer = (name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined => {
    const raw = body[name];
    if (raw === undefined) return undefined;
    const value = typeof raw === 'string' && /^\d{1,15}$/.test(raw) ? Number(raw) : raw;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    errors[name] = [raw === null ? 'This field may not be null.' : 'A valid integer is required.'];
    return undefined;
  };
  const known = (name: string, exists: (id: number) => boolean): number | undefined => {
    const id = integer(name, 0);
    if (id === undefined || exists(id)) return id;
    errors[name] = [`Invalid pk "${id}" - object does not exist.`];
    return undefined;
  };

  const doctor = known('doctor', (id) => practice.doctors.some((row) => row.id === id));
  const office = known('office', (id) => practice.offices.some((row) => row.id === id));
  const noPatient = options.frontDesk && body['patient'] === null;
  const patient = noPatient ? null : known('patient', (id) => practice.patients.has(id));
  const noProfile = body['profile'] === null || body['profile'] === '';
  const profile = noProfile ? null : known('profile', (id) => practice.profiles.some((row) => row.id === id));
  const duration = integer('duration', 1, MINUTES_PER_DAY);
  // Room 0 is stored as the first one; indexes that an office really has start at 1.
  const room = integer('exam_room', 0);
  const examRoom = room === 0 ? 1 : room;
  const roomOffice = practice.offices.find((row) => row.id === (office ?? options.base?.office));
  const moved = examRoom ?? (office === undefined ? undefined : options.base?.examRoom);
  if (roomOffice && moved !== undefined && !roomOffice.exam_rooms.some((row) => row.index === moved))
    errors['exam_room'] = [`"${moved}" is not an exam room of this office.`];
  const time = body['scheduled_time'];
  const startMinute = typeof time === 'string' ? wallMinute(time) : undefined;
  if (time !== undefined && startMinute === undefined)
    errors['scheduled_time'] = [
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss].',
    ];
  const status = body['status'];
  if (status !== undefined && typeof status !== 'string') errors['status'] = ['Not a valid string.'];

  if (doctor !== undefined) change.doctor = doctor;
  if (office !== undefined) change.office = office;
  if (patient !== undefined) change.patient = patient;
  if (profile !== undefined) change.profile = profile;
  if (duration !== undefined) change.durationMinutes = duration;
  if (examRoom !== undefined) change.examRoom = examRoom;
  if (startMinute !== undefined) change.startMinute = startMinute;
  if (typeof status === 'string') change.status = status;
  if (body['allow_overlapping'] !== undefined) change.allowOverlapping = truthy(body['allow_overlapping']);
  if (options.frontDesk && body['appt_is_break'] !== undefined)
    change.isBreak = truthy(body['appt_is_break']);
  if (options.frontDesk && body['deleted_flag'] !== undefined) change.deleted = truthy(body['deleted_flag']);
  change.other = Object.fromEntries(
    Object.keys(OTHER_FIELDS).flatMap((name) => {
      const value = body[name];
      return isJson(value) ? [[name, value] as const] : [];
    }),
  );
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, change };
}

/** Form encoding has only strings. */
const truthy = (value: unknown): boolean => value === true || /^(true|1|on)$/i.test(String(value));

function isJson(value: unknown): value is Json {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  return typeof value === 'object' && Object.values(value).every(isJson);
}
