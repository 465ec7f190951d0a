// What the practice holds. Rows are never changed in place: a write puts a new row before the old one,
// so that a list can be answered as it stood a moment ago (the live service's lists lag its writes).
import type { WebhookEvent } from './webhooks.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** One version of a row; `writtenAt` is epoch ms, 0 for the seed. */
export interface Version<Row> {
  readonly writtenAt: number;
  readonly previous?: Row;
}

export interface AppointmentRow extends Version<AppointmentRow> {
  readonly id: string;
  readonly doctor: number;
  readonly office: number;
  readonly patient: number | null;
  readonly examRoom: number;
  /** Minutes since 1970-01-01T00:00 on the practice's wall. */
  readonly startMinute: number;
  readonly durationMinutes: number;
  readonly profile: number | null;
  readonly status: string;
  readonly isBreak: boolean;
  readonly allowOverlapping: boolean;
  readonly deleted: boolean;
  /** Wall time in the doctor's zone. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly transitions: readonly { readonly at: string; readonly from: string; readonly to: string }[];
  /** Every other field that a client may set (reason, notes, color ...), under its wire name. */
  readonly other: JsonObject;
}

export interface PatientRow extends Version<PatientRow> {
  readonly id: number;
  /** The chart under its wire names, `id` excepted. */
  readonly fields: JsonObject;
}

interface ExamRoom {
  readonly index: number;
  readonly name: string;
  readonly online_scheduling: boolean;
}

export interface OfficeRow {
  readonly id: number;
  readonly exam_rooms: readonly ExamRoom[];
  readonly fields: JsonObject;
}

interface DoctorRow {
  readonly id: number;
  readonly timezone: string;
  readonly suspended: boolean;
  readonly fields: JsonObject;
}

interface ProfileRow {
  readonly id: number;
  readonly doctor: number;
  readonly duration: number;
  readonly reason: string;
  readonly color: string;
  readonly fields: JsonObject;
}

/** One stretch of a doctor's week at one office; `[startMinute, endMinute)` of the day, weekday 0 = Monday. */
export interface WorkHours {
  readonly doctor: number;
  readonly office: number;
  readonly weekday: number;
  readonly startMinute: number;
  readonly endMinute: number;
}

export interface BlockRow {
  readonly id: number;
  readonly provider: number;
  readonly office: number;
  /** Minutes since 1970 on the wall. */
  readonly startMinute: number;
  readonly endMinute: number;
  readonly description: string;
}

/** A row as a write leaves it. */
export type Change = { readonly appointment: AppointmentRow } | { readonly patient: PatientRow };

export interface Practice {
  readonly group: number;
  readonly user: { readonly id: number; readonly username: string; readonly doctor: number };
  readonly offices: readonly OfficeRow[];
  readonly doctors: readonly DoctorRow[];
  readonly profiles: readonly ProfileRow[];
  readonly workHours: readonly WorkHours[];
  readonly blocks: readonly BlockRow[];
  readonly patients: Map<number, PatientRow>;
  readonly appointments: Map<string, AppointmentRow>;
  /** Ids of appointments that touch a day now or did in an earlier version; readers check the row itself. */
  readonly appointmentsByDay: Map<number, Set<string>>;
  readonly nextIds: { patient: number; appointment: number };
  /** Given every write before it is made; throws where it cannot be kept. Set once the seed is in. */
  record: (change: Change) => void;
  /** Told of every write after it is made; set once the seed is in. */
  written: (event: WebhookEvent, object: JsonObject) => void;
}

/** The row as it stood at `at` (epoch ms), or undefined if it did not exist yet. */
export function asOf<Row extends Version<Row>>(row: Row | undefined, at: number): Row | undefined {
  let version = row;
  while (version && version.writtenAt > at) version = version.previous;
  return version;
}
