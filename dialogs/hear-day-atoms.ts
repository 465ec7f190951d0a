// The pieces of a sentence that name days, one at a time: today, a weekday, a date, an ordinal, so many days ahead.
import type { LocalDate } from '../services/domain.ts';
import { addDays, realDate, weekdayOf } from './calendar.ts';
import { comingWeekday, countOf, weekdayAt } from './day-names.ts';
import type { Span, Words } from './hear-words.ts';
import { comingDayOfMonth } from './read-day.ts';
import type { Hearing } from './understood.ts';

/** What one piece says: days in a row, days to choose from, or a date that the calendar does not have. */
export interface Atom extends Span {
  readonly kind: 'day' | 'weekday' | 'range' | 'week' | 'choices' | 'any' | 'impossible';
  /** First and last day of it; `choices` has every day. Ascending. */
  readonly dates: readonly LocalDate[];
  /** Of a weekday: which (0 Sunday), and "Tuesdays" for every one of them. */
  readonly weekdays?: readonly number[];
  readonly plural?: boolean;
  /** "Yesterday", "last week": said about the past. */
  readonly past?: boolean;
  /** An explicit year stood with it. */
  readonly dated?: boolean;
  /** "The 7th": a day's number whose month another date of the sentence may tell. */
  readonly ordinal?: number;
}

export const dayAtom = (from: number, to: number, date: LocalDate): Atom => ({
  kind: 'day',
  from,
  to,
  dates: [date],
});

const tomorrow =
  /^(?:tomorrow|tomorow|tommorow|tommorrow|tomorrrow|tomorrows|tmrw|tmrow|tmr|tmw|tomoro|tomorro|2morrow)$/;

/** Today, tomorrow, yesterday and their neighbours. */
export function nearDay(words: Words, at: number, { today }: Hearing): Atom | undefined {
  const word = words[at] ?? '';
  const [next, third, fourth] = [words[at + 1] ?? '', words[at + 2] ?? '', words[at + 3] ?? ''];
  const ahead = (days: number, length: number): Atom => dayAtom(at, at + length, addDays(today, days));
  if (word === 'day' && next === 'after' && tomorrow.test(third)) return ahead(2, 3);
  if (word === 'day' && next === 'before' && third === 'yesterday') return { ...ahead(-2, 3), past: true };
  if (word === 'pasado' && next === 'manana') return ahead(2, 2);
  if (
    word === 'de' &&
    /^(?:hoy|manana)$/.test(next) &&
    third === 'en' &&
    /^(?:ocho|8|quince|15)$/.test(fourth)
  )
    return ahead((/^(?:ocho|8)$/.test(fourth) ? 7 : 14) + (next === 'manana' ? 1 : 0), 4);
  if (tomorrow.test(word)) return ahead(1, 1);
  if (/^(?:today|tonight|tonite|hoy)$/.test(word)) return ahead(0, 1);
  if (word === 'this' && /^(?:morning|afternoon|evening)$/.test(next)) return ahead(0, 2);
  if (word === 'esta' && /^(?:manana|tarde|noche)$/.test(next)) return ahead(0, 2);
  if (/^(?:yesterday|ayer|anoche)$/.test(word)) return { ...ahead(-1, 1), past: true };
  if (/^(?:anteayer|antier)$/.test(word)) return { ...ahead(-2, 1), past: true };
  if (word !== 'manana' || /^(?:la|las|media|por)$/.test(words[at - 1] ?? '')) return undefined;
  return ahead(1, 1);
}

/** A weekday with what stands around it: "next Tuesday", "martes que viene", "Tuesday week", "a week from Tuesday", "last Tuesday". */
export function weekday(words: Words, at: number, hearing: Hearing): Atom | undefined {
  const found = weekdayAt(words, at);
  if (found === undefined) return undefined;
  const before = words[at - 1] ?? '';
  const [next, third] = [words[at + 1] ?? '', words[at + 2] ?? ''];
  const dates = found.days.map((day) => comingWeekday(day, hearing.today)).sort();
  const isNext = /^(?:next|this|coming|upcoming|proximo|este|siguiente|el|los)$/.test(before);
  const from = isNext ? at - 1 : at;
  let to = at + 1;
  if (next === 'que' && /^(?:viene|entra)$/.test(third)) to = at + 3;
  else if (/^(?:proximo|siguiente)$/.test(next)) to = at + 2;
  if ((/^(?:last|past)$/.test(before) && words[at - 2] !== 'the') || /^pasado$/.test(next))
    return { kind: 'day', from: at - 1, to: at + 2, dates: [addDays(dates[0] ?? '', -7)], past: true };
  const ahead = weeksFrom(words, at, from);
  if (ahead !== undefined && dates[0] !== undefined)
    return { kind: 'day', from: ahead.from, to: at + 1, dates: [addDays(dates[0], 7 * ahead.weeks)] };
  const isWeekLater =
    (next === 'week' && !/^(?:of|from|after)$/.test(third)) ||
    (next === 'after' && third === 'next') ||
    (next === 'en' && /^(?:ocho|8)$/.test(third));
  if (isWeekLater && dates[0] !== undefined)
    return { kind: 'day', from, to: at + (next === 'week' ? 2 : 3), dates: [addDays(dates[0], 7)] };
  const [first, ...others] = dates;
  if (first === undefined) return undefined;
  return { kind: 'weekday', from, to, dates: [first, ...others], weekdays: found.days, plural: found.plural };
}

/** "A week from Tuesday", "two weeks from Friday", "a week on Monday". */
function weeksFrom(words: Words, at: number, from: number): { weeks: number; from: number } | undefined {
  let back = from - 1;
  while (back > 0 && /^(?:this|next|the|on|coming)$/.test(words[back] ?? '')) back--;
  const isLed = words[back] === 'from' || (words[at - 1] === 'on' && /^weeks?$/.test(words[at - 2] ?? ''));
  const week = words[back] === 'from' ? back - 1 : at - 2;
  if (!isLed || !/^weeks?$/.test(words[week] ?? '')) return undefined;
  const count = words[week - 1] === 'of' ? countOf(words[week - 2]) : countOf(words[week - 1]);
  // "In two weeks, on Tuesday" is another thing than "two weeks on Tuesday".
  if (words[back] !== 'from' && /^(?:in|en)$/.test(words[week - 2] ?? '')) return undefined;
  return count === undefined || count > 12 ? undefined : { weeks: count, from: week - 1 };
}

const afterOrdinal =
  /^(?:|,|-|_|at|in|of|for|with|please|pls|works?|would|is|if|or|and|to|through|thru|until|after|before|around|from|between|by|by|a|de|del|por|con|en|y|o|al|hasta|si|esta|seria|estaria|this|next|morning|afternoon|evening|que|instead|then|\d.*)$/;

/** "The 18th", "el 18", "Tuesday the 18th", "martes 18": the next day of that number. */
export function ordinalDay(words: Words, at: number, { today, language }: Hearing): Atom | undefined {
  const word = words[at] ?? '';
  const found = /^(\d{1,2})(st|nd|rd|th|ro|o|ero)?$/.exec(word);
  if (found === null) return undefined;
  const day = Number(found[1]);
  const [before, next] = [words[at - 1] ?? '', words[at + 1] ?? ''];
  const isMarked = found[2] !== undefined && found[2] !== 'o';
  const beforeThat = weekdayAt(words, at - 1);
  const isLed = /^(?:the|el|dia|del|al)$/.test(before);
  const beside =
    beforeThat !== undefined && !isMarked && day <= 12
      ? besideWeekday(
          at,
          day,
          beforeThat.days,
          /^las?$/.test(words[at + 2] ?? '') ? '' : next,
          today,
          language,
        )
      : undefined;
  if (beside !== undefined) return beside;
  const isClock =
    /^(?:am|pm|oclock|hrs|horas|y|en|minutes?)$/.test(next) && !isMarked && next !== 'en' && next !== 'y';
  if (isClock || !(isMarked || isLed || (beforeThat !== undefined && day > 12))) return undefined;
  if (!afterOrdinal.test(next) && beforeThat === undefined) return undefined;
  const from = /^(?:the|el|dia)$/.test(before) ? at - 1 : at;
  const inMonth = monthWords(words, at + 1, today);
  const date =
    inMonth === undefined ? comingDayOfMonth(day, today) : realDate(inMonth.year, inMonth.month, day);
  const span = { from, to: inMonth?.to ?? at + 1 };
  return date === undefined || day === 0
    ? { ...span, kind: 'impossible', dates: [] }
    : { ...span, kind: 'day', dates: [date], ...(inMonth === undefined ? { ordinal: day } : {}) };
}

/** "Martes 8", where that is a Tuesday, is the date; "Tuesday 8" in English could be an hour as well. */
function besideWeekday(
  at: number,
  day: number,
  days: readonly number[],
  next: string,
  today: LocalDate,
  language: Hearing['language'],
): Atom | undefined {
  const date = comingDayOfMonth(day, today);
  const isClock = /^(?:am|pm|oclock|o|hrs|horas|-|to|or|a|y|de|in)$/.test(next);
  if (date === undefined || isClock || !days.includes(weekdayOf(date))) return undefined;
  if (language === 'es') return dayAtom(at, at + 1, date);
  const coming = days.map((weekdayNumber) => comingWeekday(weekdayNumber, today));
  return { kind: 'choices', from: at, to: at + 1, dates: [...new Set([...coming, date])].sort() };
}

/** "... of this month", "... del próximo mes". */
function monthWords(
  words: Words,
  at: number,
  today: LocalDate,
): { year: number; month: number; to: number } | undefined {
  if (!/^(?:of|de|del)$/.test(words[at] ?? '')) return undefined;
  const said = `${words[at + 1] ?? ''} ${words[at + 2] ?? ''} ${words[at + 3] ?? ''} ${words[at + 4] ?? ''}`;
  const isNext = /^(?:next month|proximo mes|mes (?:que (?:viene|entra)|proximo|siguiente))/.exec(said);
  const found = isNext ?? /^(?:this month|the month|este mes|mes en curso)/.exec(said);
  if (found === null) return undefined;
  const month = Number(today.slice(5, 7)) + (isNext === null ? 0 : 1);
  const year = Number(today.slice(0, 4)) + (month > 12 ? 1 : 0);
  return { year, month: ((month - 1) % 12) + 1, to: at + 1 + found[0].split(' ').length };
}
