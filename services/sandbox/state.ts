// The practice's own writes in a file: appended before they are answered, read back over a fresh seed at the next start.
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { enterAppointment } from './appointments.ts';
import { overlapping } from './overlap.ts';
import type { Change, Practice } from './rows.ts';

export interface State {
  /** Lays what was kept over a freshly seeded practice; once, before anything is recorded. Throws on a line that does not read. */
  restore(practice: Practice): void;
  /** Keeps a row as a write is about to leave it; returns once a kill of the process cannot lose it. Throws if it cannot be kept. */
  record(change: Change): void;
  /** Back to the seed. */
  empty(): void;
}

/*
 * One line a write: `{"appointment": row}` or `{"patient": row}`, the latest of an id counts. When it was written is left out:
 * that only serves lists that lag a running practice, so a row read back is as old as the seed.
 */
const jsonObject = z.record(z.string(), z.json());
const changeSchema = z.union([
  z.strictObject({
    appointment: z
      .strictObject({
        id: z.string().regex(/^\d+$/),
        doctor: z.int(),
        office: z.int(),
        patient: z.int().nullable(),
        examRoom: z.int(),
        startMinute: z.int(),
        durationMinutes: z.int(),
        profile: z.int().nullable(),
        status: z.string(),
        isBreak: z.boolean(),
        allowOverlapping: z.boolean(),
        deleted: z.boolean(),
        createdAt: z.string(),
        updatedAt: z.string(),
        transitions: z.array(z.strictObject({ at: z.string(), from: z.string(), to: z.string() })),
        other: jsonObject,
      })
      .transform((row) => ({ ...row, writtenAt: 0 })),
  }),
  z.strictObject({
    patient: z
      .strictObject({ id: z.int(), fields: jsonObject })
      .transform((row) => ({ ...row, writtenAt: 0 })),
  }),
]);

const lineOf = (change: Change): string => {
  const unsaid = { writtenAt: undefined, previous: undefined };
  const kept =
    'patient' in change
      ? { patient: { ...change.patient, ...unsaid } }
      : { appointment: { ...change.appointment, ...unsaid } };
  return `${JSON.stringify(kept)}\n`;
};

/** So many lines of rows that were written again later are carried along before the file is rewritten. */
const SUPERSEDED_LINES = 1000;

/** A practice that a restart takes back to its seed. */
export const inMemory: State = { restore() {}, record() {}, empty() {} };

/** Keeps `practice.jsonl` in `folder`, which is made if need be; for its owner only. One process at a time: the caller sees to that. */
export function openState(folder: string): State {
  const path = join(folder, 'practice.jsonl');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  appendFileSync(path, '', { mode: 0o600 });

  return {
    restore(practice) {
      const lines = readFileSync(path, 'utf8').split('\n');
      // What follows the last line feed was being written when the process died, and nobody was told of it.
      const torn = lines.pop() !== '';
      const kept = new Map(lines.map((line, index) => keyed(readLine(line, path, index + 1))));
      layOver(practice, [...kept.values()]);
      if (!torn && lines.length - kept.size <= SUPERSEDED_LINES) return;
      writeFileSync(`${path}.tmp`, [...kept.values()].map(lineOf).join(''), { mode: 0o600 });
      renameSync(`${path}.tmp`, path);
    },
    record(change) {
      const { size } = statSync(path);
      try {
        appendFileSync(path, lineOf(change));
      } catch (error) {
        // A full disk may have taken half a line, which the next one must not continue.
        truncateSync(path, size);
        throw error;
      }
    },
    empty: () => truncateSync(path),
  };
}

function readLine(line: string, path: string, number: number): Change {
  try {
    return changeSchema.parse(JSON.parse(line));
  } catch {
    // Not the cause: it would quote a chart.
    throw Object.assign(new Error(`${path}: line ${number} does not read`), { code: `line ${number}` });
  }
}

const keyed = (change: Change): [string, Change] => [
  'patient' in change ? `patient ${change.patient.id}` : `appointment ${change.appointment.id}`,
  change,
];

/** Kept rows replace seeded ones of their id. A seeded visit in the way of a kept one, by doctor, is left out: the seed moves with the day. */
function layOver(practice: Practice, kept: readonly Change[]): void {
  const { patients, appointments, nextIds } = practice;
  const keptOnly: Practice = { ...practice, appointments: new Map(), appointmentsByDay: new Map() };
  for (const change of kept) {
    if ('patient' in change) {
      patients.set(change.patient.id, change.patient);
      nextIds.patient = Math.max(nextIds.patient, change.patient.id + 1);
    } else {
      enterAppointment(keptOnly, change.appointment);
      nextIds.appointment = Math.max(nextIds.appointment, Number(change.appointment.id) + 1);
    }
  }
  for (const row of appointments.values())
    if (overlapping(keptOnly, row, 'doctor')) appointments.delete(row.id);
  for (const row of keptOnly.appointments.values()) enterAppointment(practice, row);
}
