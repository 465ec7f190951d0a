// Writes of /api/appointments: create, change, delete, with the overlap check of the account's scope.
import { type AppointmentChange, type Fields, readAppointment } from './appointment-fields.ts';
import { OTHER_FIELDS, verboseAppointment } from './appointment-wire.ts';
import { detail, json, noContent, notFound, type Reply } from './http.ts';
import { daysOf, type OverlapScope, overlapping } from './overlap.ts';
import type { AppointmentRow, Practice } from './rows.ts';
import { wallClock } from './wall.ts';

const DEFAULT_DURATION_MINUTES = 30;

/** How a write is made: by a client of the API, or at the practice's front desk (see readAppointment). */
export interface Writer {
  readonly now: number;
  readonly overlapScope: OverlapScope;
  readonly frontDesk: boolean;
}

/** 201 with the whole object; 400 field map; 409 on an overlap. */
export function createAppointment(practice: Practice, body: Fields, writer: Writer): Reply {
  const read = readAppointment(practice, body, { whole: true, frontDesk: writer.frontDesk });
  if (!read.ok) return json(400, read.errors);
  const row = newRow(practice, read.change, writer.now);
  const other = overlapping(practice, row, writer.overlapScope);
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
  const other = overlapping(practice, row, writer.overlapScope, base);
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

/** Commits a write, and tells of it. */
function keep(practice: Practice, row: AppointmentRow): void {
  practice.record({ appointment: row });
  enterAppointment(practice, row);
  const change = row.deleted ? 'DELETE' : row.previous ? 'MODIFY' : 'CREATE';
  practice.written(`APPOINTMENT_${change}`, verboseAppointment(row));
}

/** Puts a row in its place, and under every day it touches. */
export function enterAppointment(practice: Practice, row: AppointmentRow): void {
  practice.appointments.set(row.id, row);
  for (const day of daysOf(row)) {
    const ids = practice.appointmentsByDay.get(day) ?? new Set();
    practice.appointmentsByDay.set(day, ids.add(row.id));
  }
}

const overlapReply = (other: AppointmentRow): Reply => detail(409, `Appointment overlaps with [${other.id}]`);
