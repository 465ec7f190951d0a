// The invented practice that sentences are understood against, and a hearing on any day.
import { addDays } from '../../dialogs/calendar.ts';
import type { Hearing, Intent, Roster, Understood } from '../../dialogs/understood.ts';

const member = (id: string, firstName: string, lastName: string, specialty: string) => ({
  id,
  firstName,
  lastName,
  name: `Dr. ${firstName} ${lastName}`,
  specialty,
});
const types = (doctorId: string, ...names: string[]) =>
  names.map((name) => ({ id: `${doctorId}-${name}`, name, doctorId }));
const family = ['Follow-up visit', 'Sick visit', 'Annual physical', 'New patient visit'];

export const roster: Roster = {
  offices: [
    { id: 'main', name: 'Main Street', address: '12 Main Street', city: 'Albany' },
    { id: 'lakeside', name: 'Lakeside', address: '480 Lake Avenue, Suite 3', city: 'Saratoga Springs' },
    { id: 'northgate', name: 'Northgate', address: '2210 Ridge Road', city: 'Evanston' },
  ],
  doctors: [
    member('doe', 'John', 'Doe', 'Family Practitioner'),
    member('maria', 'Maria', 'Alvarez', 'Internist'),
    member('raman', 'Priya', 'Raman', 'Pediatrician'),
    member('kowalski', 'Daniel', 'Kowalski', 'Obstetrician/Gynecologist'),
    member('okafor', 'Samuel', 'Okafor', 'Family Practitioner'),
    member('helen', 'Helen', 'Alvarez', 'Dermatologist'),
    member('lee', 'Grace', 'Lee', 'Family Practitioner'),
  ],
  visitTypes: [
    ...types('doe', ...family),
    ...types('maria', ...family),
    ...types('okafor', ...family),
    ...types('lee', ...family),
    ...types('raman', 'Well-child visit', 'Sick visit', 'Vaccination'),
    ...types('kowalski', 'Follow-up visit', 'Prenatal visit', 'Annual exam'),
    ...types('helen', 'Skin check', 'Follow-up visit'),
  ],
};

/** Nine in the morning of `today`, 60 days ahead bookable. */
export const hearingOn = (today: string, language: Hearing['language'] = 'en'): Hearing => ({
  roster,
  language,
  today,
  nowMinute: 540,
  limit: addDays(today, 60),
});

const dayMs = 86_400_000;
/** A day so many days later. */
export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
type Weekday = (typeof names)[number];
const numberOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

/** Days as the phrase tables count them, by arithmetic of their own. */
export interface Calendar {
  readonly today: string;
  readonly limit: string;
  plus(days: number): string;
  /** The first such weekday strictly after today. */
  next(weekday: Weekday): string;
  /** A weekday of this week (0), the following one (1), ... Weeks begin on Monday. */
  of(week: number, weekday: Weekday): string;
}

export function calendarOf(today: string): Calendar {
  const monday = shifted(today, -((numberOf(today) + 6) % 7));
  return {
    today,
    limit: shifted(today, 60),
    plus: (days) => shifted(today, days),
    next: (weekday) => shifted(today, ((names.indexOf(weekday) - numberOf(today) + 6) % 7) + 1),
    of: (week, weekday) => shifted(monday, 7 * week + ((names.indexOf(weekday) + 6) % 7)),
  };
}

/** What a sentence is expected to say, given the day it is said on. */
export type Reading = Understood | ((calendar: Calendar) => Understood);
export type Phrase = readonly [text: string, reading: Reading];

/** Monday to Sunday, November 23 to 29, 2026: every weekday as today. */
export const week = Array.from({ length: 7 }, (_, day) => shifted('2026-11-23', day));

export const expected = (reading: Reading, today: string): Understood =>
  typeof reading === 'function' ? reading(calendarOf(today)) : reading;

export const on = (date: string): Understood => ({ day: { kind: 'days', from: date, to: date } });
/** A stretch of days, cut to what can be booked. */
export const span = ({ today, limit }: Calendar, from: string, to: string): Understood => ({
  day: { kind: 'days', from: from < today ? today : from, to: to > limit ? limit : to },
});
export const choice = (...dates: string[]): Understood => ({ day: { kind: 'choices', dates: dates.sort() } });
export const noDay = (kind: 'past' | 'beyond-horizon' | 'impossible'): Understood => ({ day: { kind } });
/** Clock times as `9:30`; the usual reading first. */
export const at = (...times: string[]): Understood => ({
  time: { kind: 'at', readings: times.map(minutes) },
});
export const between = (from: string, until: string): Understood => ({
  time: { kind: 'between', from: minutes(from), until: minutes(until) },
});
const minutes = (time: string): number => {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};
export const morning = between('0:00', '12:00');
export const afternoon = between('12:00', '24:00');
export const evening = between('17:00', '24:00');
export const dr = (...ids: string[]): Understood => ({
  doctor: ids[1] === undefined ? { kind: 'one', id: ids[0] ?? '' } : { kind: 'several', ids },
});
export const doctor = (kind: 'any' | 'same' | 'unknown'): Understood => ({ doctor: { kind } });
export const office = (...ids: string[]): Understood => ({
  office: ids[1] === undefined ? { kind: 'one', id: ids[0] ?? '' } : { kind: 'several', ids },
});
export const visit = (...types: string[]): Understood => ({
  visitType:
    types[1] === undefined ? { kind: 'one', name: types[0] ?? '' } : { kind: 'several', names: types },
});
export const reason = (...types: string[]): Understood => ({ visitType: { kind: 'reason', names: types } });
export const intent = (name: Intent): Understood => ({ intent: name });
export const book = intent('book');
export const other: Understood = { forWhom: 'other' };
export const soonest: Understood = { soonest: true };
