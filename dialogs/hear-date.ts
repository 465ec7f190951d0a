// Dates in a row of words: "Feb 18", "18 de febrero del 2025", "2/18", "2025-02-18".
import type { LocalDate } from '../services/domain.ts';
import { realDate } from './calendar.ts';
import { countOf, monthAt, nearestDate, numberedDay } from './day-names.ts';
import { type Atom, dayAtom } from './hear-day-atoms.ts';
import type { Words } from './hear-words.ts';
import type { Hearing } from './understood.ts';

/** `Feb 18`, `18th of February 2025`, `el 18 de febrero del 2025`. */
export function namedDate(words: Words, at: number, hearing: Hearing): Atom | undefined {
  const dayFirst = numberedDay(words, at);
  if (dayFirst !== undefined) {
    const monthPlace = /^(?:of|de)$/.test(words[dayFirst.to] ?? '') ? dayFirst.to + 1 : dayFirst.to;
    const month = monthAt(words, monthPlace, hearing.language);
    return month === undefined
      ? undefined
      : withYear(words, at, monthPlace + 1, month, dayFirst.day, hearing);
  }
  const month = monthAt(words, at, hearing.language);
  if (month === undefined) return undefined;
  const place = /^(?:the|el)$/.test(words[at + 1] ?? '') ? at + 2 : at + 1;
  const spoken = !/^(?!an?$|couple$|una?$|par$)\p{L}/u.test(words[place] ?? '')
    ? undefined
    : countOf(words[place]);
  const day =
    numberedDay(words, place) ?? (spoken === undefined ? undefined : { day: spoken, to: place + 1 });
  // "May 3pm"? "in March 2 to 4pm"? A clock's number is no day.
  if (day === undefined || /^(?:am|pm|oclock)$/.test(words[day.to] ?? '')) return undefined;
  return withYear(words, at, day.to, month, day.day, hearing);
}

function withYear(
  words: Words,
  from: number,
  at: number,
  month: number,
  day: number,
  { today, limit }: Hearing,
): Atom {
  const place = /^(?:of|de|del|,)$/.test(words[at] ?? '') ? at + 1 : at;
  const year = /^(?:19|20)\d\d$/.test(words[place] ?? '') ? Number(words[place]) : undefined;
  const date = year === undefined ? nearestDate(month, day, today, limit) : realDate(year, month, day);
  const span = { from, to: year === undefined ? at : place + 1, dated: year !== undefined };
  return date === undefined
    ? { ...span, kind: 'impossible', dates: [] }
    : { ...span, kind: 'day', dates: [date] };
}

/** `2/18`, `18/2/2025`, `2025-02-18`: month first in English, day first in Spanish; a question where the other could be meant. */
export function numericDate(words: Words, at: number, hearing: Hearing): Atom | undefined {
  const word = words[at] ?? '';
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word);
  const span = { from: at, to: at + 1 };
  const impossible: Atom = { ...span, kind: 'impossible', dates: [] };
  if (iso !== null) {
    const date = realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return date === undefined
      ? { ...impossible, dated: true }
      : { ...dayAtom(at, at + 1, date), dated: true };
  }
  const found = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(word);
  // "5/6 pm" is about hours.
  const isClock = /^(?:am|pm)$/.test(words[at + 1] ?? '');
  if (found === null || isClock || (found[3] === undefined && word.includes('.'))) return undefined;
  const { today, limit, language } = hearing;
  const year = found[3] === undefined ? undefined : fullYear(found[3], today);
  const read = (month: number, day: number) =>
    year === undefined ? nearestDate(month, day, today, limit) : realDate(year, month, day);
  const [first, second] = [Number(found[1]), Number(found[2])];
  const readings = [valid(first, second, read), valid(second, first, read)];
  const [usual, other] = language === 'es' ? readings.toReversed() : readings;
  const dated = year !== undefined;
  if (usual === undefined)
    return other === undefined ? { ...impossible, dated } : { ...dayAtom(at, at + 1, other), dated };
  const isNear = other !== undefined && other >= today && other <= limit && other !== usual;
  if (!isNear) return { ...dayAtom(at, at + 1, usual), dated };
  const [one = usual, ...others] = [usual, other].filter((date) => date >= today && date <= limit).sort();
  return { ...span, kind: 'choices', dates: [one, ...others], dated };
}

const valid = (month: number, day: number, read: (month: number, day: number) => LocalDate | undefined) =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? read(month, day) : undefined;

const fullYear = (text: string, today: LocalDate): number => {
  const year = Number(text);
  if (text.length === 4) return year;
  return 2000 + year <= Number(today.slice(0, 4)) + 2 ? 2000 + year : 1900 + year;
};
