// The practice that is booked at, a process of its own: the sandbox, without its limits.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Child, startChild } from './child.ts';
import { chart } from './people.ts';

const ready = z.object({
  curlToken: z.string(),
  origin: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  refreshToken: z.string(),
});
export type Practice = Child<z.infer<typeof ready>>;

export const seedPath = fileURLToPath(new URL('../data/practice.json', import.meta.url));

export const startPractice = (scope: 'room' | 'doctor' = 'room', seed = seedPath): Promise<Practice> =>
  startChild('./sandbox.ts', ready, { scope, seedPath: seed });

/** Calls the sandbox's control API. */
export async function control(
  practice: Practice,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(`${practice.ready.origin}/sandbox/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`sandbox ${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Files charts for the patients `first` to `first + count - 1`. */
export async function addPatients(
  practice: Practice,
  first: number,
  count: number,
): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let from = first; from < first + count; from += 200) {
    const charts = Array.from({ length: Math.min(200, first + count - from) }, (_, index) =>
      chart(from + index),
    );
    const added = await control(practice, 'POST', 'patients', charts);
    ids.push(...z.object({ ids: z.array(z.number()) }).parse(added).ids);
  }
  return ids;
}

/** Opens the REST interface. */
export const apiKey = 'bench';

/** The settings with which Bookadoc talks to this practice as it would to the real DrChrono. */
export const settingsFor = (
  { ready: { origin, ...account } }: Practice,
  folder: string,
  scope: 'room' | 'doctor' = 'room',
) => ({
  NODE_ENV: 'test',
  PORT: '0',
  EHR: 'drchrono',
  DRCHRONO_BASE_URL: origin,
  DRCHRONO_CLIENT_ID: account.clientId,
  DRCHRONO_CLIENT_SECRET: account.clientSecret,
  DRCHRONO_REFRESH_TOKEN: account.refreshToken,
  OFFICE_TIME_ZONES: '123456=America/New_York,234567=America/New_York,540214=America/Chicago',
  PRACTICE_NAME: 'Riverbend Family Practice',
  PRACTICE_PHONE: '(555) 555-0100',
  EHR_OVERLAP_SCOPE: scope,
  API_KEY: apiKey,
  DATA_DIR: folder,
});

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const seedShape = z.looseObject({
  offices: z.array(z.looseObject({ start_time: z.string(), end_time: z.string() })),
  appointment_profiles: z.array(z.looseObject({ duration: z.number() })),
  work_hours: z.array(z.object({ doctor: z.number(), office: z.number(), days: z.array(z.string()) })),
});

/** The same practice with nobody booked yet: a count must not depend on which room the seed has filled on the day it is made. */
export function writeEmptyCalendar(folder: string): string {
  const seed: unknown = JSON.parse(readFileSync(seedPath, 'utf8'));
  const path = join(folder, 'empty-calendar.json');
  writeFileSync(path, JSON.stringify({ ...z.looseObject({}).parse(seed), appointments: [] }));
  return path;
}

/** The same practice, open from 7 to 21 on every day, with visits of 10 minutes: room for ten thousand bookings. */
export function writeLongHours(folder: string): string {
  const seed = seedShape.parse(JSON.parse(readFileSync(seedPath, 'utf8')));
  const doctors = [...new Set(seed.work_hours.map(({ doctor }) => doctor))];
  const long = {
    ...seed,
    offices: seed.offices.map((office) => ({ ...office, start_time: '07:00:00', end_time: '21:00:00' })),
    appointment_profiles: seed.appointment_profiles.map((profile) => ({ ...profile, duration: 10 })),
    work_hours: doctors.flatMap((doctor) => {
      const own = seed.work_hours.filter((row) => row.doctor === doctor);
      return days.flatMap((day) => {
        const row = own.find((each) => each.days.includes(day)) ?? own[0];
        return row === undefined
          ? []
          : [{ doctor, office: row.office, days: [day], hours: [['07:00', '21:00']] }];
      });
    }),
  };
  const path = join(folder, 'long-hours.json');
  writeFileSync(path, JSON.stringify(long));
  return path;
}
