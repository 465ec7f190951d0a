// Places what was said about day and time on the times that are on offer. Pure: a definite match is taken, all else is a question.
import type { LocalDate, LocalDateTime, Slot } from '../services/domain.ts';
import { dayNumber, dayOf, minuteOf } from './calendar.ts';
import type { DayMention, TimeMention } from './understood.ts';

export type Note =
  | 'impossibleDay'
  | 'pastDay'
  | 'beyondHorizon'
  | 'closedDay'
  | 'noTimesThen'
  | 'timeNotOffered'
  | 'askWhich';

/** Where the conversation goes: a day or a time taken, or a question with these choices and the reason for it. */
export type Placed =
  | { readonly kind: 'slot'; readonly localStart: LocalDateTime }
  /** The day is taken; its times are shown from the `page`-th on. */
  | { readonly kind: 'day'; readonly day: LocalDate; readonly page: number }
  /** The list of days (those with the time that was said, if one was) from the `page`-th on. */
  | { readonly kind: 'page'; readonly page: number; readonly time?: TimeMention }
  | { readonly kind: 'days'; readonly note: Note; readonly days: readonly LocalDate[] }
  | {
      readonly kind: 'times';
      readonly note: Note;
      readonly day: LocalDate;
      readonly starts: readonly LocalDateTime[];
    };

/** Ascending. */
type Starts = readonly Pick<Slot, 'localStart'>[];

/** Days with an open time, ascending. */
export function daysOf(slots: Starts): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let at = 0; at < slots.length; ) {
    const day = dayOf(slots[at]?.localStart ?? '');
    days.push(day);
    at = endOf(day, slots, at);
  }
  return days;
}

/** Starts on one day, ascending, each once (a doctor may offer one start in two rooms). */
export function startsOn(slots: Starts, day: LocalDate): readonly LocalDateTime[] {
  const from = firstAt(day, slots, 0);
  const starts = slots.slice(from, endOf(day, slots, from)).map(({ localStart }) => localStart);
  return starts.filter((start, at) => start !== starts[at - 1]);
}

/** Index of the first that starts then or later, none of those before `from`: of two months of slots a few are looked at. */
function firstAt(start: string, slots: Starts, from: number): number {
  let [low, high] = [from, slots.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((slots[middle]?.localStart ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index behind a day's last start: `~` is after every time of day. */
const endOf = (day: LocalDate, slots: Starts, from: number): number => firstAt(`${day}~`, slots, from);

const nearestBy = <T>(items: readonly T[], count: number, distance: (item: T) => number): readonly T[] => {
  const kept = new Set([...items].sort((a, b) => distance(a) - distance(b)).slice(0, count));
  return items.filter((item) => kept.has(item));
};

/** Is the start at the time that was said? */
export const isAt = (time: TimeMention, start: LocalDateTime): boolean => {
  const minute = minuteOf(start);
  if (time.kind === 'between') return time.from <= minute && minute < time.until;
  return time.kind === 'at' && time.readings.includes(minute);
};

/** What was said about the day against the open days; a time, if one was named too, on the day that was found. */
export function placeDay(day: DayMention, time: TimeMention | undefined, slots: Starts): Placed {
  const days = daysOf(slots);
  const near = (date: LocalDate) => nearestBy(days, 3, (open) => Math.abs(dayNumber(open) - dayNumber(date)));
  switch (day.kind) {
    case 'impossible':
      return { kind: 'days', note: 'impossibleDay', days: days.slice(0, 3) };
    case 'past':
      return { kind: 'days', note: 'pastDay', days: days.slice(0, 3) };
    case 'beyond-horizon':
      return { kind: 'days', note: 'beyondHorizon', days: days.slice(-3) };
    case 'choices': {
      const open = day.dates.filter((date) => days.includes(date));
      if (open.length > 0) return { kind: 'days', note: 'askWhich', days: open };
      return { kind: 'days', note: 'closedDay', days: near(day.dates[0] ?? '') };
    }
    case 'days':
      if (day.from !== day.to) return placeRange(day, time, slots, days);
      if (!days.includes(day.from)) return { kind: 'days', note: 'closedDay', days: near(day.from) };
      return time === undefined ? { kind: 'day', day: day.from, page: 0 } : placeTime(time, day.from, slots);
  }
}

/** Days with a time like the one that was said. */
export const daysWith = (time: TimeMention | undefined, slots: Starts): readonly LocalDate[] =>
  daysOf(time === undefined ? slots : slots.filter(({ localStart }) => isAt(time, localStart)));

/** "Next week in the afternoon": the list of days that have such a time, from the range's first on. */
function placeRange(
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  said: TimeMention | undefined,
  slots: Starts,
  days: readonly LocalDate[],
): Placed {
  const time = said?.kind === 'several' ? undefined : said;
  const fitting = daysWith(time, slots);
  const page = fitting.findIndex((date) => date >= from);
  if (page >= 0 && (fitting[page] ?? '') <= to)
    return { kind: 'page', page, ...(time === undefined ? {} : { time }) };
  const near = nearestBy(days, 3, (open) => Math.abs(dayNumber(open) - dayNumber(from)));
  return { kind: 'days', note: 'noTimesThen', days: near };
}

/** The two starts closest to a minute; of two that are as close, the one on the other side of it. */
function nearestTwo(starts: readonly LocalDateTime[], minute: number): readonly LocalDateTime[] {
  const [first, ...others] = starts.toSorted((a, b) => gap(a, minute) - gap(b, minute));
  if (first === undefined) return [];
  const isOtherSide = (start: LocalDateTime) => minuteOf(start) < minute !== minuteOf(first) < minute;
  const closest = others.filter((start) => gap(start, minute) === gap(others[0] ?? '', minute));
  const second = closest.find(isOtherSide) ?? closest[0];
  return second === undefined ? [first] : [first, second].sort();
}

const gap = (start: LocalDateTime, minute: number): number => Math.abs(minuteOf(start) - minute);

/** A time on a day that has open times. */
export function placeTime(time: TimeMention, day: LocalDate, slots: Starts): Placed {
  const starts = startsOn(slots, day);
  if (time.kind === 'several') return { kind: 'times', note: 'askWhich', day, starts };
  const nearest = (minute: number) => nearestTwo(starts, minute);
  if (time.kind === 'between') {
    const page = starts.findIndex((start) => minuteOf(start) >= time.from);
    const first = starts[page];
    if (first !== undefined && minuteOf(first) < time.until) return { kind: 'day', day, page };
    const wanted = time.from === 0 ? time.until : time.from;
    return { kind: 'times', note: 'noTimesThen', day, starts: nearest(wanted) };
  }
  const meant = starts.filter((start) => isAt(time, start));
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return { kind: 'slot', localStart: only };
  if (second !== undefined) return { kind: 'times', note: 'askWhich', day, starts: meant };
  return { kind: 'times', note: 'timeNotOffered', day, starts: nearest(time.readings[0] ?? 0) };
}

/** The shown starts (of several days, perhaps) at exactly the time that was said. */
export const shownAt = (time: TimeMention, shown: readonly LocalDateTime[]): readonly LocalDateTime[] =>
  time.kind === 'at' ? shown.filter((start) => isAt(time, start)) : [];
