// Reads data/practice.json and builds a practice from it, its calendar laid around today so that it always looks lived-in.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createAppointment } from './appointments.ts';
import { addPatient } from './patients.ts';
import type { JsonObject, Practice, WorkHours } from './rows.ts';
import {
  clockText,
  dayNumber,
  MINUTES_PER_DAY,
  minuteOfDay,
  wallClock,
  wallText,
  weekdayOf,
} from './wall.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const minute = z.string().transform((text, context) => {
  const parsed = minuteOfDay(text);
  if (parsed !== undefined) return parsed;
  context.addIssue('not HH:MM');
  return z.NEVER;
});
const wire = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).catchall(z.json());

const seedSchema = z.strictObject({
  practice_group: z.int(),
  practice_name: z.string(),
  user: z.strictObject({ id: z.int(), username: z.string(), doctor: z.int() }),
  offices: z.array(
    wire({
      id: z.int(),
      exam_rooms: z.array(
        z.strictObject({ index: z.int(), name: z.string(), online_scheduling: z.boolean() }),
      ),
    }),
  ),
  doctors: z.array(wire({ id: z.int(), timezone: z.string(), is_account_suspended: z.boolean() })),
  appointment_profiles: z.array(
    wire({ id: z.int(), doctor: z.int(), duration: z.int(), reason: z.string(), color: z.string() }),
  ),
  /** Lunch is the gap between two stretches of `hours`. */
  work_hours: z.array(
    z.strictObject({
      doctor: z.int(),
      office: z.int(),
      days: z.array(z.enum(WEEKDAYS)),
      hours: z.array(z.tuple([minute, minute])),
    }),
  ),
  patients: z.array(wire({ gender: z.string(), doctor: z.int() })),
  /** `workday` counts the doctor's working days: 0 is today or the next one, -1 the last before that. */
  schedule_blocks: z.array(
    z.strictObject({
      doctor: z.int(),
      workday: z.int(),
      start: minute,
      end: minute,
      description: z.string(),
    }),
  ),
  /** `patient` counts from 0 in the list above; null for a break. */
  appointments: z.array(
    z.strictObject({
      doctor: z.int(),
      workday: z.int(),
      time: minute,
      patient: z.int().nullable(),
      exam_room: z.int(),
      profile: z.int().optional(),
      duration: z.int().optional(),
      status: z.string().optional(),
    }),
  ),
});

export type Seed = z.infer<typeof seedSchema>;

const FIRST_PATIENT_ID = 125_651_758;
const FIRST_APPOINTMENT_ID = 342_545_001;
const FIRST_BLOCK_ID = 12_345;
const SEARCH_DAYS = 120;
const WEEK_MS = 604_800_000;

/** Throws if the file is missing or malformed: it is part of the program. */
export const readSeed = (path: string): Seed => seedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** A fresh practice, with `now` (epoch ms) as the day that everything is counted from. */
export function buildPractice(seed: Seed, now: number): Practice {
  const workHours = seed.work_hours.flatMap(({ doctor, office, days, hours }) =>
    days.flatMap((day) =>
      hours.map(
        ([startMinute, endMinute]): WorkHours => ({
          doctor,
          office,
          weekday: WEEKDAYS.indexOf(day),
          startMinute,
          endMinute,
        }),
      ),
    ),
  );
  const practice: Practice = {
    group: seed.practice_group,
    user: seed.user,
    offices: seed.offices.map((fields) => ({ id: fields.id, exam_rooms: fields.exam_rooms, fields })),
    doctors: seed.doctors.map((fields): Practice['doctors'][number] => ({
      id: fields.id,
      timezone: fields.timezone,
      suspended: fields.is_account_suspended,
      fields: { ...fields, practice_group: seed.practice_group, practice_group_name: seed.practice_name },
    })),
    profiles: seed.appointment_profiles.map(({ ...fields }) => ({ ...pickProfile(fields), fields })),
    workHours,
    blocks: seed.schedule_blocks.flatMap((block, index) => {
      const place = workday(seed, workHours, block.doctor, block.workday, now);
      if (!place) return [];
      const midnight = place.day * MINUTES_PER_DAY;
      return [
        {
          id: FIRST_BLOCK_ID + index,
          provider: block.doctor,
          office: place.office,
          startMinute: midnight + block.start,
          endMinute: midnight + block.end,
          description: block.description,
        },
      ];
    }),
    patients: new Map(),
    appointments: new Map(),
    appointmentsByDay: new Map(),
    record: () => undefined,
    written: () => undefined,
    nextIds: { patient: FIRST_PATIENT_ID, appointment: FIRST_APPOINTMENT_ID },
  };
  for (const patient of seed.patients) addPatient(practice, patient, '2024-01-08T09:00:00', 0);
  for (const visit of seed.appointments) addVisit(practice, seed, visit, now);
  return practice;
}

const pickProfile = ({ id, doctor, duration, reason, color }: Seed['appointment_profiles'][number]) => ({
  id,
  doctor,
  duration,
  reason,
  color,
});

function addVisit(practice: Practice, seed: Seed, visit: Seed['appointments'][number], now: number): void {
  const place = workday(seed, practice.workHours, visit.doctor, visit.workday, now);
  if (!place) return;
  const body: JsonObject = {
    doctor: visit.doctor,
    office: place.office,
    patient: visit.patient === null ? null : FIRST_PATIENT_ID + visit.patient,
    appt_is_break: visit.patient === null,
    exam_room: visit.exam_room,
    scheduled_time: wallText(place.day * MINUTES_PER_DAY + visit.time),
    ...(visit.profile !== undefined && { profile: visit.profile }),
    ...(visit.duration !== undefined && { duration: visit.duration }),
    status: visit.status ?? '',
  };
  // Written a week ago: old enough that no `stale-lists` fault hides it.
  const reply = createAppointment(practice, body, {
    now: now - WEEK_MS,
    overlapScope: 'off',
    frontDesk: true,
  });
  if (reply.status !== 201)
    throw new Error(`seed: visit of doctor ${visit.doctor} at ${clockText(visit.time)}: ${reply.body}`);
}

/** The doctor's nth working day from today, and the office of that day. */
function workday(
  seed: Seed,
  workHours: readonly WorkHours[],
  doctor: number,
  nth: number,
  now: number,
): { readonly day: number; readonly office: number } | undefined {
  const zone = seed.doctors.find(({ id }) => id === doctor)?.timezone ?? 'UTC';
  const today = dayNumber(wallClock(now, zone).slice(0, 10)) ?? 0;
  const step = nth < 0 ? -1 : 1;
  let left = nth < 0 ? -nth : nth + 1;
  for (let away = nth < 0 ? 1 : 0; away < SEARCH_DAYS; away += 1) {
    const day = today + away * step;
    const hours = workHours.find((row) => row.doctor === doctor && row.weekday === weekdayOf(day));
    if (hours) left -= 1;
    if (hours && left === 0) return { day, office: hours.office };
  }
  return undefined;
}
