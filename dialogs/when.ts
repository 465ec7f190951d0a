// Places what was said about day and time on the times that are on offer. Pure: a definite match is taken, all else is a question.
import type { LocalDate, LocalDateTime, Slot } from '../services/domain.ts';
import { dayNumber, dayOf, minuteOf } from './calendar.ts';
import type { DayReading } from './read-day.ts';
import type { TimeReading } from './read-time.ts';

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
  /** The list of days from the `page`-th on. */
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'days'; readonly note: Note; readonly days: readonly LocalDate[] }
  | {
      readonly kind: 'times';
      readonly note: Note;
      readonly day: LocalDate;
      readonly starts: readonly LocalDateTime[];
    };

export interface OnOffer {
  /** Ascending. */
  readonly slots: readonly Pick<Slot, 'localStart'>[];
  readonly today: LocalDate;
  /** Last day that can be booked. */
  readonly limit: LocalDate;
}

/** Days with an open time, ascending. */
export function daysOf(slots: OnOffer['slots']): readonly LocalDate[] {
  const days: LocalDate[] = [];
  let last = '-';
  for (const { localStart } of slots)
    if (!localStart.startsWith(last)) {
      last = dayOf(localStart);
      days.push(last);
    }
  return days;
}

/** Starts on one day, ascending, each once (a doctor may offer one start in two rooms). */
export function startsOn(slots: OnOffer['slots'], day: LocalDate): readonly LocalDateTime[] {
  const starts: LocalDateTime[] = [];
  for (const { localStart } of slots)
    if (localStart.startsWith(day) && starts.at(-1) !== localStart) starts.push(localStart);
  return starts;
}

const nearestBy = <T>(items: readonly T[], count: number, distance: (item: T) => number): readonly T[] => {
  const kept = new Set([...items].sort((a, b) => distance(a) - distance(b)).slice(0, count));
  return items.filter((item) => kept.has(item));
};

/** A day reading against the open days; a time, if one was named too, on the day that was found. */
export function placeDay(day: DayReading, time: TimeReading | undefined, offer: OnOffer): Placed {
  const days = daysOf(offer.slots);
  const near = (date: LocalDate) => nearestBy(days, 3, (open) => Math.abs(dayNumber(open) - dayNumber(date)));
  switch (day.kind) {
    case 'impossible':
      return { kind: 'days', note: 'impossibleDay', days: days.slice(0, 3) };
    case 'either': {
      const open = day.dates.filter((date) => days.includes(date));
      if (open.length > 0) return { kind: 'days', note: 'askWhich', days: open };
      return { kind: 'days', note: 'closedDay', days: near(day.dates[0] ?? offer.today) };
    }
    case 'range': {
      const page = days.findIndex((date) => date >= day.from);
      if (page >= 0 && (days[page] ?? '') <= day.to) return { kind: 'page', page };
      const note = day.from > offer.limit ? 'beyondHorizon' : 'noTimesThen';
      return { kind: 'days', note, days: near(day.from) };
    }
    case 'day': {
      if (days.includes(day.date))
        return time === undefined
          ? { kind: 'day', day: day.date, page: 0 }
          : placeTime(time, day.date, offer.slots);
      const note =
        day.date < offer.today ? 'pastDay' : day.date > offer.limit ? 'beyondHorizon' : 'closedDay';
      return { kind: 'days', note, days: near(day.date) };
    }
  }
}

/** A time reading on a day that has open times. */
export function placeTime(time: TimeReading, day: LocalDate, slots: OnOffer['slots']): Placed {
  const starts = startsOn(slots, day);
  const nearest = (minute: number) => nearestBy(starts, 2, (start) => Math.abs(minuteOf(start) - minute));
  if (time.kind === 'from') {
    const page = starts.findIndex((start) => minuteOf(start) >= time.minute);
    const first = starts[page];
    return first !== undefined && minuteOf(first) < time.until
      ? { kind: 'day', day, page }
      : {
          kind: 'times',
          note: 'noTimesThen',
          day,
          starts: nearest(time.minute === 0 ? time.until : time.minute),
        };
  }
  const meant = starts.filter((start) => time.minutes.includes(minuteOf(start)));
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return { kind: 'slot', localStart: only };
  if (second !== undefined) return { kind: 'times', note: 'askWhich', day, starts: meant };
  // Of "9:30" both halves of the day are open: the closest are looked for around office hours (7:00 to 19:00).
  const likely = time.minutes.find((minute) => minute >= 420 && minute < 1140) ?? time.minutes[0] ?? 0;
  return { kind: 'times', note: 'timeNotOffered', day, starts: nearest(likely) };
}

/** The shown starts (of several days, perhaps) at exactly the time that was said. */
export const shownAt = (time: TimeReading, shown: readonly LocalDateTime[]): readonly LocalDateTime[] =>
  time.kind === 'at' ? shown.filter((start) => time.minutes.includes(minuteOf(start))) : [];
