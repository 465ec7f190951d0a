// What a simulated patient wants, drawn from the sandbox practice: who for, where, with whom, what for, and when.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Dice } from './dice.ts';

export interface Place {
  readonly id: number;
  readonly name: string;
  /** As the confirm question reads it: name, address, city. */
  readonly line: string;
}

export interface Provider {
  readonly id: number;
  readonly name: string;
  readonly lastName: string;
  readonly timeZone: string;
  /** Names of the visits that can be booked online. */
  readonly visits: readonly string[];
  /** Those names by the EHR's ids. */
  readonly visitNames: ReadonlyMap<number, string>;
  readonly hours: readonly {
    readonly office: number;
    readonly weekday: number;
    readonly parts: readonly Part[];
  }[];
}

export interface Practice {
  readonly places: readonly Place[];
  readonly providers: readonly Provider[];
}

export type Part = 'morning' | 'afternoon';

export interface Patient {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** As people write it. */
  readonly phone: string;
  readonly chart: Readonly<Record<string, string | number>>;
}

export interface Goal {
  readonly patient: Patient;
  /** Of the same family: who writes for the patient, or is named by mistake. */
  readonly relative: Patient;
  readonly place: Place;
  readonly provider: Provider;
  readonly visit: string;
  /** A day on which the doctor works there, `YYYY-MM-DD`. What is open then is for the bot to say. */
  readonly date: string;
  /** Another such day, for whoever changes their mind. */
  readonly otherDate: string;
  readonly part: Part;
  readonly practice: Practice;
}

const seedSchema = z.object({
  offices: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      address: z.string(),
      city: z.string(),
      archived: z.boolean(),
    }),
  ),
  doctors: z.array(
    z.object({
      id: z.number(),
      first_name: z.string(),
      last_name: z.string(),
      timezone: z.string(),
      is_account_suspended: z.boolean(),
    }),
  ),
  appointment_profiles: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      doctor: z.number(),
      online_scheduling: z.boolean(),
      archived: z.boolean(),
    }),
  ),
  work_hours: z.array(
    z.object({
      doctor: z.number(),
      office: z.number(),
      days: z.array(z.string()),
      hours: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The practice as its own website would tell it. */
export function readPractice(): Practice {
  const seed = seedSchema.parse(
    JSON.parse(readFileSync(new URL('../../data/practice.json', import.meta.url), 'utf8')),
  );
  const visitsOf = (doctorId: number) =>
    seed.appointment_profiles.filter(
      (profile) => profile.doctor === doctorId && profile.online_scheduling && !profile.archived,
    );
  return {
    places: seed.offices
      .filter(({ archived }) => !archived)
      .map(({ id, name, address, city }) => ({ id, name, line: `${name}, ${address}, ${city}` })),
    providers: seed.doctors
      .filter(({ is_account_suspended }) => !is_account_suspended)
      .map((doctor) => ({
        id: doctor.id,
        name: `Dr. ${doctor.first_name} ${doctor.last_name}`,
        lastName: doctor.last_name,
        timeZone: doctor.timezone,
        visits: visitsOf(doctor.id).map(({ name }) => name),
        visitNames: new Map(visitsOf(doctor.id).map(({ id, name }) => [id, name])),
        hours: seed.work_hours
          .filter((row) => row.doctor === doctor.id)
          .flatMap(({ office, days, hours }) =>
            days.map((day) => ({ office, weekday: weekdays.indexOf(day), parts: partsOf(hours) })),
          ),
      })),
  };
}

const partsOf = (hours: readonly (readonly [string, string])[]): readonly Part[] => [
  ...(hours.some(([from]) => from < '11:00') ? ['morning' as const] : []),
  ...(hours.some(([, until]) => until >= '15:00') ? ['afternoon' as const] : []),
];

const dayMs = 86_400_000;
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

const firstNames = [
  'Ada',
  'Bruno',
  'Carla',
  'Dario',
  'Edith',
  'Felix',
  'Greta',
  'Hugo',
  'Irene',
  'Jonas',
] as const;
const lastNames = [
  'Arden',
  'Barlow',
  'Castell',
  'Dunmore',
  'Ellery',
  'Farrow',
  'Garner',
  'Holm',
  'Ives',
] as const;

/** The days of the next two weeks on which the doctor works there, but for today and tomorrow. */
export const workDays = (
  provider: Provider,
  place: Place,
  today: string,
): readonly { readonly date: string; readonly parts: readonly Part[] }[] =>
  Array.from({ length: 11 }, (_, ahead) => addDays(today, ahead + 2)).flatMap((date) =>
    provider.hours
      .filter((hours) => hours.office === place.id && hours.weekday === weekdayOf(date))
      .map(({ parts }) => ({ date, parts })),
  );

/** `today`: at the office, `YYYY-MM-DD`. */
export function drawGoal(dice: Dice, practice: Practice, today: string): Goal {
  const provider = dice.any(practice.providers.filter(({ visits }) => visits.length > 1));
  const at = provider === undefined ? undefined : dice.any(provider.hours);
  const place = practice.places.find(({ id }) => id === at?.office);
  const visit = provider === undefined ? undefined : dice.any(provider.visits);
  if (provider === undefined || place === undefined || visit === undefined)
    throw new Error('The practice has no doctor with hours and visits');
  const days = workDays(provider, place, today);
  const day = dice.any(days) ?? { date: addDays(today, 2), parts: [] };
  const patient = drawPatient(dice);
  const others = days.filter(({ date }) => date !== day.date);
  return {
    patient,
    relative: drawPatient(dice, patient),
    place,
    provider,
    visit,
    date: day.date,
    otherDate: dice.any(others)?.date ?? day.date,
    part: dice.any(day.parts) ?? 'morning',
    practice,
  };
}

/** Nobody's in the sandbox practice. */
const phones = ['(518) 555-0198', '(518) 555-0197'] as const;

/** `of`: whose last name to bear, and not the first. */
function drawPatient(dice: Dice, of?: Patient): Patient {
  const phone = phones[of === undefined ? 0 : 1];
  const first = dice.any(firstNames.filter((name) => of?.name.startsWith(name) !== true)) ?? firstNames[0];
  const last = of?.name.split(' ')[1] ?? dice.pick(lastNames);
  const birthDate = addDays('1935-01-01', dice.roll(25_000));
  return {
    name: `${first} ${last}`,
    birthDate,
    phone,
    chart: {
      ...{ first_name: first, last_name: last, date_of_birth: birthDate, gender: 'UNK', doctor: 511718 },
      cell_phone: phone,
    },
  };
}
