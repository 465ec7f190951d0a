// Reads the day out of a sentence, in English and Spanish, against the office's own today. Pure, linear, never guesses.
import type { LocalDate } from '../services/domain.ts';
import { addDays, realDate, weekdayOf } from './calendar.ts';
import type { Language } from './reply.ts';
import { nearly, wordsOf } from './words.ts';

/**
 * What a sentence says about the day. `either`: two or more readings, for the patient to choose from. `range`: a
 * week; both ends included. `impossible`: a date that the calendar does not have. Past days are read, not judged.
 */
export type DayReading =
  | { readonly kind: 'day'; readonly date: LocalDate }
  | { readonly kind: 'either'; readonly dates: readonly LocalDate[] }
  | { readonly kind: 'range'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly kind: 'impossible' };

/** Sunday first. */
export const weekdays: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'domingo', 'dom'],
  ['monday', 'mon', 'lunes', 'lun'],
  ['tuesday', 'tue', 'tues', 'martes'],
  ['wednesday', 'wed', 'weds', 'miercoles', 'mie'],
  ['thursday', 'thu', 'thur', 'thurs', 'jueves', 'jue'],
  ['friday', 'fri', 'viernes', 'vie'],
  ['saturday', 'sat', 'sabado', 'sab'],
];
/** January first. */
export const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'enero', 'ene'],
  ['february', 'feb', 'febrero'],
  ['march', 'mar', 'marzo'],
  ['april', 'apr', 'abril', 'abr'],
  ['may', 'mayo'],
  ['june', 'jun', 'junio'],
  ['july', 'jul', 'julio'],
  ['august', 'aug', 'agosto', 'ago'],
  ['september', 'sep', 'sept', 'septiembre', 'setiembre'],
  ['october', 'oct', 'octubre'],
  ['november', 'nov', 'noviembre'],
  ['december', 'dec', 'diciembre', 'dic'],
];

/** Where in a table of names a word stands: exactly, else one letter off; several places where it is near to several. */
export const indexesOf = (table: readonly (readonly string[])[], word: string): readonly number[] => {
  const exact = table.findIndex((names) => names.includes(word));
  if (exact >= 0) return [exact];
  if (word.length < 5) return [];
  return table.flatMap((names, index) => (names.some((name) => nearly(name, word)) ? [index] : []));
};

/** The number (1-12) of a month's name, full, short or one letter off; undefined where none or two fit. */
export function monthOf(word: string): number | undefined {
  const found = indexesOf(months, word);
  return found.length === 1 && found[0] !== undefined ? found[0] + 1 : undefined;
}

/** A day of the month as written: `18`, `18th`, `1ro`. */
export function dayNumberOf(word: string | undefined): number | undefined {
  const found = word === undefined ? null : /^(\d{1,2})(?:st|nd|rd|th|o|ro|ero)?$/.exec(word);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

const distinct = (dates: readonly LocalDate[]): DayReading | undefined => {
  const [first, ...others] = [...new Set(dates)].sort();
  if (first === undefined) return undefined;
  return others.length === 0 ? { kind: 'day', date: first } : { kind: 'either', dates: [first, ...others] };
};

/** Without a year: this year's, or next year's once it is past. */
function comingDate(month: number, day: number, today: LocalDate): LocalDate | undefined {
  const year = Number(today.slice(0, 4));
  const thisYear = realDate(year, month, day);
  if (thisYear !== undefined && thisYear >= today) return thisYear;
  return realDate(year + 1, month, day) ?? realDate(year + 4 - (year % 4), month, day);
}

/** `2/18`, `18/2/2025`, `2025-02-18`: month first in English, day first in Spanish; both readings where both could be meant. */
function numericDate(
  text: string,
  today: LocalDate,
  language: Language,
  limit: LocalDate,
): DayReading | undefined {
  const iso = /(?<![\d/-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-])/.exec(text);
  if (iso !== null) {
    const date = realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return date === undefined ? { kind: 'impossible' } : { kind: 'day', date };
  }
  const found = /(?<![\d/:.-])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?![\d/:-])/.exec(text);
  if (found === null) return undefined;
  const [first, second] = [Number(found[1]), Number(found[2])];
  const year = found[3] === undefined ? undefined : Number(found[3].padStart(4, '20'));
  const read = (month: number, day: number) =>
    year === undefined ? comingDate(month, day, today) : realDate(year, month, day);
  const readings = [read(first, second), read(second, first)];
  const [usual, other] = language === 'es' ? readings.reverse() : readings;
  if (usual === undefined) return other === undefined ? { kind: 'impossible' } : { kind: 'day', date: other };
  const near = (date: LocalDate) => date >= today && date <= limit;
  return other !== undefined && near(other) ? distinct([usual, other]) : { kind: 'day', date: usual };
}

/**
 * `Feb 18`, `18th of February 2025`, `18 de febrero`: a month counts only beside a day's number; two such dates are an
 * `either`. "mar" is March in English only: in Spanish it could be Tuesday, too.
 */
function namedDate(words: readonly string[], today: LocalDate, language: Language): DayReading | undefined {
  const dates: LocalDate[] = [];
  for (const [at, word] of words.entries()) {
    const month = word === 'mar' && language === 'es' ? undefined : monthOf(word);
    if (month === undefined) continue;
    const before = dayNumberOf(words[['of', 'de'].includes(words[at - 1] ?? '') ? at - 2 : at - 1]);
    const day = before ?? dayNumberOf(words[at + 1]);
    if (day === undefined) continue;
    const next = before === undefined ? at + 2 : at + 1;
    const yearWord = words[['of', 'de', 'del'].includes(words[next] ?? '') ? next + 1 : next] ?? '';
    const date = /^(?:19|20)\d\d$/.test(yearWord)
      ? realDate(Number(yearWord), month, day)
      : comingDate(month, day, today);
    if (date === undefined) return { kind: 'impossible' };
    dates.push(date);
  }
  return distinct(dates);
}

// "No, Tuesday" is a correction; these turn the day that follows into one that is not wanted.
const negations = new Set('not except besides cant cannot dont wont isnt excepto menos salvo'.split(' '));

/** The Monday of a day's week. */
export const monday = (date: LocalDate): LocalDate => addDays(date, -((weekdayOf(date) + 6) % 7));

/** Phrases that count from today; the longer ones first, because they contain the shorter. Weeks run Monday to Sunday. */
function relativeDay(text: string, today: LocalDate): DayReading | undefined {
  const week = (weeks: number): DayReading => {
    const from = addDays(monday(today), 7 * weeks);
    return { kind: 'range', from: from < today ? today : from, to: addDays(monday(today), 7 * weeks + 6) };
  };
  const after = (days: number): DayReading => ({ kind: 'day', date: addDays(today, days) });
  if (/\bday after tomorrow\b|\bpasado manana\b/.test(text)) return after(2);
  if (/\bday before yesterday\b|\banteayer\b|\bantier\b/.test(text)) return after(-2);
  if (/\byesterday\b|\bayer\b/.test(text)) return after(-1);
  if (/\bweek after next\b|\bsemana despues de la (proxima|siguiente)\b/.test(text)) return week(2);
  if (/\bnext week\b|\b(proxima|siguiente) semana\b|\bsemana (que viene|proxima|siguiente)\b/.test(text))
    return week(1);
  if (/\bthis week\b|\besta semana\b/.test(text)) return week(0);
  if (/\b(?:in )?(?:2|two) weeks\b|\ben (?:2|dos) semanas\b/.test(text))
    return { kind: 'range', from: addDays(today, 13), to: addDays(today, 20) };
  const inDays = /\b(?:in|en) (\d{1,2}) (?:days|dias)\b/.exec(text);
  if (inDays !== null) return after(Number(inDays[1]));
  if (/\btoday\b|\btonight\b|\bhoy\b/.test(text)) return after(0);
  const withoutMorning = text
    .replace(/\b(?:por|en|de) la manana\b/g, ' ')
    .replace(/\b(?:las|la|los) mananas\b/g, ' ');
  return /\btomorrow\b|\btomorow\b|\btommorow\b|\bmanana\b/.test(withoutMorning) ? after(1) : undefined;
}

/**
 * The day that folded text names. A weekday (bare, "this", "next") is the first strictly after today. Two weekdays, or a
 * weekday that contradicts its date, are an `either`; "not Tuesday" is no day at all. `limit`: the last day that can be booked.
 */
export function readDay(
  text: string,
  today: LocalDate,
  language: Language,
  limit: LocalDate,
): DayReading | undefined {
  const words = wordsOf(text);
  if (words.some((word) => negations.has(word)) || /\bno puedo\b/.test(text)) return undefined;
  const named = words.flatMap((word) => indexesOf(weekdays, word));
  const coming = named.map((weekday) => addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1));
  const dated = namedDate(words, today, language) ?? numericDate(text, today, language, limit);
  if (dated?.kind === 'day' && named.length > 0 && !named.includes(weekdayOf(dated.date)))
    return distinct([dated.date, ...coming]);
  const relative = dated ?? relativeDay(text, today);
  if (relative?.kind === 'range' && coming.length > 0) {
    // "Tuesday of next week": the weekday inside that week.
    const inside = named.map((weekday) => addDays(monday(relative.to), (weekday + 6) % 7));
    return distinct(inside);
  }
  if (relative !== undefined) return relative;
  const ordinal =
    /\b(?:the|el|dia) (\d{1,2})(?:st|nd|rd|th)?(?!\d|:|\/| ?[ap]m| o'?clock)\b/.exec(text) ??
    /\b(\d{1,2})(?:st|nd|rd|th)\b/.exec(text);
  if (ordinal !== null) {
    const date = comingDayOfMonth(Number(ordinal[1]), today);
    if (date === undefined) return { kind: 'impossible' };
    return distinct(named.length > 0 && !named.includes(weekdayOf(date)) ? [date, ...coming] : [date]);
  }
  return distinct(coming);
}

/** "The 18th": the next day of that number from today on; months that lack it are passed over. */
export function comingDayOfMonth(day: number, today: LocalDate): LocalDate | undefined {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  for (let ahead = 0; ahead < 4; ahead++) {
    const date = realDate(year + Math.floor((month - 1 + ahead) / 12), ((month - 1 + ahead) % 12) + 1, day);
    if (date !== undefined && date >= today) return date;
  }
  return undefined;
}
