// Numbers, weekdays and dates as they stand in a row of words: the small readings that the day's grammar is made of.
import type { LocalDate } from '../services/domain.ts';
import { addDays, dayNumber, realDate, weekdayOf } from './calendar.ts';
import type { Words } from './hear-words.ts';
import { dayNumberOf, indexesOf, monthOf, weekdays } from './read-day.ts';

export const ordinals: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fourth', 4],
  ['fifth', 5],
  ['sixth', 6],
  ['seventh', 7],
  ['eighth', 8],
  ['ninth', 9],
  ['tenth', 10],
  ['eleventh', 11],
  ['twelfth', 12],
  ['thirteenth', 13],
  ['fourteenth', 14],
  ['fifteenth', 15],
  ['sixteenth', 16],
  ['seventeenth', 17],
  ['eighteenth', 18],
  ['nineteenth', 19],
  ['twentieth', 20],
  ['thirtieth', 30],
  ['primero', 1],
  ['uno', 1],
  ['dos', 2],
  ['tres', 3],
  ['cuatro', 4],
  ['cinco', 5],
  ['seis', 6],
  ['siete', 7],
  ['ocho', 8],
  ['nueve', 9],
  ['diez', 10],
  ['once', 11],
  ['doce', 12],
  ['trece', 13],
  ['catorce', 14],
  ['quince', 15],
  ['dieciseis', 16],
  ['diecisiete', 17],
  ['dieciocho', 18],
  ['diecinueve', 19],
  ['veinte', 20],
  ['veintiuno', 21],
  ['veintidos', 22],
  ['veintitres', 23],
  ['veinticuatro', 24],
  ['veinticinco', 25],
  ['veintiseis', 26],
  ['veintisiete', 27],
  ['veintiocho', 28],
  ['veintinueve', 29],
  ['treinta', 30],
]);
const small: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['couple', 2],
  ['un', 1],
  ['una', 1],
  ['uno', 1],
  ['dos', 2],
  ['tres', 3],
  ['cuatro', 4],
  ['cinco', 5],
  ['seis', 6],
  ['siete', 7],
  ['ocho', 8],
  ['nueve', 9],
  ['diez', 10],
  ['once', 11],
  ['doce', 12],
  ['trece', 13],
  ['catorce', 14],
  ['quince', 15],
  ['veinte', 20],
  ['par', 2],
]);

/** How many, in digits or words. */
export const countOf = (word: string | undefined): number | undefined =>
  word === undefined ? undefined : /^\d{1,3}$/.test(word) ? Number(word) : small.get(word);

// Short forms that are words themselves: "the sun", "I sat".
const doubtful = new Set(['sun', 'sat', 'mon', 'wed', 'dom', 'sab']);
const wordsBeforeThem = /^(?:the|i|we|he|she|was|my|in|of|to|get|got)$/;

/** The weekdays (0 Sunday) that a word names; several where it is one letter off from several; `plural`: "Tuesdays". */
export function weekdayAt(
  words: Words,
  at: number,
): { readonly days: readonly number[]; readonly plural: boolean } | undefined {
  const word = words[at] ?? '';
  if (word.length < 3 || (doubtful.has(word) && wordsBeforeThem.test(words[at - 1] ?? ''))) return undefined;
  if (plurals.test(word) && word.endsWith('s')) {
    const one = indexesOf(weekdays, word.slice(0, -1));
    if (one.length === 1) return { days: one, plural: true };
  }
  const days = indexesOf(weekdays, word);
  return days.length === 0 ? undefined : { days, plural: /^(?:los|every|cada)$/.test(words[at - 1] ?? '') };
}

// "Tues" and "weds" are short forms, not several days; "martes" is one day or all of them, which "los" tells.
const plurals = /^(?:\p{L}{3,6}days|sabados|domingos)$/u;

/** The first such weekday strictly after `from`. */
export const comingWeekday = (weekday: number, from: LocalDate): LocalDate =>
  addDays(from, ((weekday - weekdayOf(from) + 6) % 7) + 1);

/** A month's number, for a place beside a day's number; "mar" is March in English only: in Spanish it could be Tuesday, too. */
export function monthAt(words: Words, at: number, language: 'en' | 'es'): number | undefined {
  const word = words[at] ?? '';
  return word.length < 3 || (word === 'mar' && language === 'es') ? undefined : monthOf(word);
}

/** A day of the month in digits or words, and where it ends: `18`, `18th`, `twenty third`, `veintitrés`. */
export function numberedDay(
  words: Words,
  at: number,
): { readonly day: number; readonly to: number } | undefined {
  const word = words[at];
  const digits = dayNumberOf(word);
  if (digits !== undefined) return { day: digits, to: at + 1 };
  if (word === 'twenty' || word === 'thirty') {
    const unit = ordinals.get(words[at + 1] ?? '') ?? small.get(words[at + 1] ?? '');
    return unit !== undefined && unit < 10
      ? { day: (word === 'twenty' ? 20 : 30) + unit, to: at + 2 }
      : undefined;
  }
  const named = ordinals.get(word ?? '');
  return named === undefined ? undefined : { day: named, to: at + 1 };
}

/** The last day of a month. */
export function lastOf(year: number, month: number): LocalDate {
  for (let day = 31; day > 27; day--) {
    const date = realDate(year, month, day);
    if (date !== undefined) return date;
  }
  return realDate(year, month, 28) ?? '';
}

/** Nobody asks for a day that is longer over than this. */
const justPastDays = 30;

/**
 * A date without a year: the coming one, or one that is just over (on November 25, "November 24" is yesterday, and
 * "March 5" is next year's), where the coming one cannot be booked.
 */
export function nearestDate(
  month: number,
  day: number,
  today: LocalDate,
  limit: LocalDate,
): LocalDate | undefined {
  const year = Number(today.slice(0, 4));
  const dates = [year - 1, year, year + 1].flatMap((each) => realDate(each, month, day) ?? []);
  const coming = dates.find((date) => date >= today);
  const past = dates.findLast((date) => date < today);
  if (coming !== undefined && coming <= limit) return coming;
  if (past !== undefined && dayNumber(today) - dayNumber(past) <= justPastDays) return past;
  return coming ?? realDate(year + 4 - (year % 4), month, day);
}
