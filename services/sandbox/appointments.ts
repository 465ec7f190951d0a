// /api/appointments: create, read, change, delete, with the overlap check of the account's scope.
import type { ApiRequest } from './api.ts';
import { type AppointmentChange, type Fields, readAppointment } from './appointment-fields.ts';
import { appointmentObject, OTHER_FIELDS, verboseAppointment } from './appointment-wire.ts';
import { readDays } from './availability.ts';
import { detail, json, noContent, notFound, type Reply } from './http.ts';
import { page } from './pages.ts';
import { type AppointmentRow, asOf, type Practice } from './rows.ts';
import { dayNumber, dayOfMinute, wallClock, wallMinute } from './wall.ts';

/** What an account checks on create and change: the office's exam room, the doctor at any office, or nothing. */
export type OverlapScope = 'room' | 'doctor' | 'off';

const DEFAULT_DURATION_MINUTES = 30;
const NOT_BLOCKING: ReadonlySet<string> = new Set(['Cancelled', 'No Show', 'Rescheduled']);

/** Whether a row keeps others out of its time. */
export const blocksTime = (row: AppointmentRow): boolean => !row.deleted && !NOT_BLOCKING.has(row.status);

/** How a write is made: by a client of the API, or at the practice's front desk, which nothing refuses as overlapping. */
export interface Writer {
  readonly now: number;
  readonly overlapScope: OverlapScope;
  readonly frontDesk: boolean;
}

/** 400 without a date filter or with a range over 190 days; sorted by time; `show_archived` adds deleted rows. */
export function listAppointments(practice: Practice, request: ApiRequest): Reply {
  const { query } = request;
  const candidates = inDates(practice, query);
  if (!candidates)
    return detail(
      400,
      'One of since, occurred_since, date or date_range (at most 190 days) must be specified.',
    );
  const archived = query.get('show_archived') === 'true';
  const rows = !request.scopes.has('calendar:read')
    ? []
    : candidates
        .map((id) => asOf(practice.appointments.get(id), request.readAt))
        .filter((row) => row !== undefined)
        .filter((row) => (archived || !row.deleted) && matches(row, query))
        .toSorted((a, b) => a.startMinute - b.startMinute || Number(a.id) - Number(b.id));
  return query.get('verbose') === 'true'
    ? page(request, rows, verboseAppointment, 25)
    : page(request, rows, appointmentObject, 20);
}

/** Ids that may lie in the dates asked for, or undefined where the filters are missing or malformed. */
function inDates(practice: Practice, query: URLSearchParams): readonly string[] | undefined {
  const [date, range] = [query.get('date'), query.get('date_range')];
  for (const name of ['since', 'occurred_since'])
    if (query.has(name) && sinceMinute(query, name) === undefined) return undefined;
  if (date === null && range === null)
    return query.has('since') || query.has('occurred_since') ? [...practice.appointments.keys()] : undefined;
  const days = date === null ? readDays(range ?? '') : readDays(`${date}/${date}`);
  if (!days) return undefined;
  return [...new Set(days.flatMap((day) => [...(practice.appointmentsByDay.get(day) ?? [])]))];
}

/** A naive time or a day; `Z` and offsets are refused. */
const sinceMinute = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name) ?? '';
  return wallMinute(text.length === 10 ? `${text}T00:00` : text);
};

function matches(row: AppointmentRow, query: URLSearchParams): boolean {
  const is = (name: string, value: unknown): boolean => !query.has(name) || query.get(name) === String(value);
  const day = dayOfMinute(row.startMinute);
  const [date, range] = [query.get('date'), query.get('date_range')];
  const [from, to] = (date === null ? (range ?? '') : `${date}/${date}`)
    .split('/')
    .map((text) => dayNumber(text));
  return (
    is('doctor', row.doctor) &&
    is('office', row.office) &&
    is('patient', row.patient) &&
    is('status', row.status) &&
    (from === undefined || to === undefined || (from <= day && day <= to)) &&
    (!query.has('since') || (wallMinute(row.updatedAt) ?? 0) >= (sinceMinute(query, 'since') ?? 0)) &&
    (!query.has('occurred_since') || row.startMinute >= (sinceMinute(query, 'occurred_since') ?? 0))
  );
}

/** By id reads are never stale; a deleted row is 404 unless archived rows are asked for. */
export function readOne(practice: Practice, id: string, query: URLSearchParams): Reply {
  const row = practice.appointments.get(id);
  if (!row || (row.deleted && query.get('show_archived') !== 'true')) return notFound();
  return json(200, query.get('verbose') === 'true' ? verboseAppointment(row) : appointmentObject(row));
}

/** 201 with the whole object; 400 field map; 409 on an overlap. */
export function createAppointment(practice: Practice, body: Fields, writer: Writer): Reply {
  const read = readAppointment(practice, body, { whole: true, frontDesk: writer.frontDesk });
  if (!read.ok) return json(400, read.errors);
  const row = newRow(practice, read.change, writer.now);
  const other = overlapping(practice, row, writer);
  if (other) return overlapReply(other);
  practice.nextIds.appointment += 1;
  keep(practice, row);
  return json(201, verboseAppointment(row));
}

/** PUT (`whole`) or PATCH: 204 and nothing; even an empty PATCH moves `updated_at`. */
export function changeAppointment(
  practice: Practice,
  id: string,
  body: Fields,
  writer: Writer,
  whole: boolean,
): Reply {
  const base = practice.appointments.get(id);
  if (!base || (base.deleted && !writer.frontDesk)) return notFound();
  const read = readAppointment(practice, body, { base, whole, frontDesk: writer.frontDesk });
  if (!read.ok) return json(400, read.errors);
  const row = changed(practice, base, read.change, writer.now);
  const other = overlapping(practice, row, writer, base);
  if (other) return overlapReply(other);
  keep(practice, row);
  return noContent();
}

/** Sets `deleted_flag`; the row stays reachable with `show_archived=true`. */
export function deleteAppointment(practice: Practice, id: string, now: number): Reply {
  const base = practice.appointments.get(id);
  if (!base || base.deleted) return notFound();
  keep(practice, changed(practice, base, { deleted: true, other: {} }, now));
  return noContent();
}

function newRow(practice: Practice, change: AppointmentChange, now: number): AppointmentRow {
  const { doctor = 0, office = 0, patient = null, examRoom = 1, startMinute = 0, profile = null } = change;
  const visitType = practice.profiles.find((row) => row.id === profile);
  const at = stamp(practice, doctor, now);
  const { status = '' } = change;
  return {
    id: String(practice.nextIds.appointment),
    doctor,
    office,
    patient,
    examRoom,
    startMinute,
    durationMinutes: change.durationMinutes ?? visitType?.duration ?? DEFAULT_DURATION_MINUTES,
    profile,
    status,
    isBreak: change.isBreak ?? false,
    allowOverlapping: change.allowOverlapping ?? false,
    deleted: change.deleted ?? false,
    createdAt: at,
    updatedAt: at,
    transitions: [{ at, from: '', to: status }],
    other: {
      ...OTHER_FIELDS,
      ...(visitType && { reason: visitType.reason, color: visitType.color }),
      ...change.other,
    },
    writtenAt: now,
  };
}

function changed(
  practice: Practice,
  base: AppointmentRow,
  change: AppointmentChange,
  now: number,
): AppointmentRow {
  const at = stamp(practice, base.doctor, now);
  const { status = base.status } = change;
  return {
    ...base,
    ...change,
    other: { ...base.other, ...change.other },
    updatedAt: at,
    transitions:
      status === base.status
        ? base.transitions
        : [...base.transitions, { at, from: base.status, to: status }],
    writtenAt: now,
    previous: base,
  };
}

/** The account's clock is the doctor's. */
const stamp = (practice: Practice, doctor: number, now: number): string =>
  wallClock(now, practice.doctors.find((row) => row.id === doctor)?.timezone ?? 'UTC');

/** Stores a row and enters it under every day it touches. */
export function keep(practice: Practice, row: AppointmentRow): void {
  practice.appointments.set(row.id, row);
  for (const day of daysOf(row)) {
    const ids = practice.appointmentsByDay.get(day) ?? new Set();
    practice.appointmentsByDay.set(day, ids.add(row.id));
  }
}

function daysOf(row: AppointmentRow): readonly number[] {
  const first = dayOfMinute(row.startMinute);
  const last = dayOfMinute(row.startMinute + row.durationMinutes - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A live row in the way of `row`, by the account's scope; half-open, so that visits may touch. */
function overlapping(
  practice: Practice,
  row: AppointmentRow,
  { overlapScope, frontDesk }: Writer,
  base?: AppointmentRow,
): AppointmentRow | undefined {
  if (frontDesk || overlapScope === 'off' || row.allowOverlapping || !blocksTime(row)) return undefined;
  if (base && blocksTime(base) && samePlaceAndTime(base, row)) return undefined;
  const sameScope = (other: AppointmentRow): boolean =>
    overlapScope === 'doctor'
      ? other.doctor === row.doctor
      : other.office === row.office && other.examRoom === row.examRoom;
  return daysOf(row)
    .flatMap((day) => [...(practice.appointmentsByDay.get(day) ?? [])])
    .map((id) => practice.appointments.get(id))
    .filter((other) => other !== undefined)
    .find(
      (other) =>
        other.id !== row.id &&
        blocksTime(other) &&
        sameScope(other) &&
        other.startMinute < row.startMinute + row.durationMinutes &&
        row.startMinute < other.startMinute + other.durationMinutes,
    );
}

const samePlaceAndTime = (a: AppointmentRow, b: AppointmentRow): boolean =>
  a.doctor === b.doctor &&
  a.office === b.office &&
  a.examRoom === b.examRoom &&
  a.startMinute === b.startMinute &&
  a.durationMinutes === b.durationMinutes;

const overlapReply = (other: AppointmentRow): Reply => detail(409, `Appointment overlaps with [${other.id}]`);
