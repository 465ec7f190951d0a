// What was said about day and time, kept until it can be held against open times: from a sentence into the draft, and back.
import type { LocalDate } from '../services/domain.ts';
import type { Draft, Wish } from './memory.ts';
import type { Phrases } from './phrases/index.ts';
import type { DayMention, TimeMention, Understood } from './understood.ts';

/** The wish with what a sentence adds; a new day drops the old one, a new time the old time. */
export function withWish(draft: Draft, { day, time, soonest }: Understood): Draft {
  const { from, to, dates, at, between, soonest: asap } = draft.wish ?? {};
  const wish: Wish = {
    ...(day === undefined ? { from, to, dates } : dayWish(day)),
    ...(time === undefined ? { at, between } : timeWish(time)),
    ...(soonest === true || (asap === true && day === undefined) ? { soonest: true as const } : {}),
  };
  return { ...draft, wish: isEmpty(wish) ? undefined : wish };
}

function dayWish(day: DayMention): Wish {
  if (day.kind === 'days') return { from: day.from, to: day.to };
  return day.kind === 'choices' ? { dates: [...day.dates] } : {};
}

function timeWish(time: TimeMention): Wish {
  if (time.kind === 'at') return { at: [...time.readings] };
  return time.kind === 'between' ? { between: [time.from, time.until] } : {};
}

const isEmpty = (wish: Wish): boolean => Object.values(wish).every((value) => value === undefined);

export function wishedDay({ from, to, dates }: Wish): DayMention | undefined {
  if (dates !== undefined) return { kind: 'choices', dates };
  return from === undefined || to === undefined ? undefined : { kind: 'days', from, to };
}

export function wishedTime({ at, between }: Wish): TimeMention | undefined {
  if (at !== undefined) return { kind: 'at', readings: at };
  return between === undefined ? undefined : { kind: 'between', from: between[0], until: between[1] };
}

/** The wish in words, as parts of "I understood: ...". */
export function wishParts(
  words: Phrases,
  { from, to, dates, at, between, soonest }: Wish,
): readonly string[] {
  const day = (date: LocalDate): string => words.day(date);
  return [
    ...(from === undefined || to === undefined ? [] : [from === to ? day(from) : words.days(from, to)]),
    ...(dates ?? []).map(day),
    ...(at?.[0] === undefined ? [] : [words.time(at[0])]),
    ...(between === undefined ? [] : [words.partOfDay(...between)]),
    ...(soonest === true ? [words.soonest()] : []),
  ];
}
