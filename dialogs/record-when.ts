// Takes an answer about day or time: a choice, a typed day, a typed time, or both at once.
import type { LocalDateTime } from '../services/domain.ts';
import { addDays, dayOf, minuteOf, todayIn } from './calendar.ts';
import { exactly } from './choose.ts';
import { readPaging } from './commands.ts';
import { isDay, isStart, openTimes, optionsOf, pageSize } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import { cannotLook, reopened } from './outcomes.ts';
import { readDay } from './read-day.ts';
import { readTime } from './read-time.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { daysOf, type Note, type Placed, placeDay, placeTime, shownAt, startsOn } from './when.ts';
import { fold, loneNumber } from './words.ts';

/** The memory with a day, or a day and a time, answered. */
export function taken(memory: Memory, day: string, time?: string): Memory {
  const others = (memory.answered ?? []).filter((slot) => slot !== 'day' && slot !== 'time');
  return {
    ...memory,
    draft: { ...memory.draft, day, time },
    answered: time === undefined ? [...others, 'day'] : [...others, 'day', 'time'],
    page: undefined,
    misses: undefined,
  };
}

const takenStart = (memory: Memory, start: LocalDateTime): Memory =>
  taken(memory, dayOf(start), start.slice(11, 16));

/** A choice from the list just shown, or undefined: then the text is to be understood. */
function recordShown(turn: Turn, memory: Memory): Step | undefined {
  const key = exactly(turn.text, optionsOf(memory, memory.shown ?? [])) ?? readPaging(turn.text);
  if (key === undefined) return undefined;
  if (isDay(key)) return goOn(taken(memory, key));
  if (isStart(key)) return goOn(takenStart(memory, key));
  if (key === 'other-day') return goOn(reopened(memory, 'day'));
  const size = pageSize(turn);
  // Outside of a paged list both words lead to its first page; past either end they stay where they are.
  const step = memory.shown?.includes(key) === true ? (key === 'more' ? size : -size) : 0;
  return goOn({ ...memory, page: Math.max(0, (memory.page ?? -step) + step), misses: undefined });
}

/** The day and time questions' answer. Everything but a definite, open time becomes a question. */
export async function recordWhen(turn: Turn, memory: Memory): Promise<Step> {
  return (
    recordShown(turn, memory) ??
    (await understoodWhen(turn, memory)) ??
    missed(turn, memory, memory.asked === 'day' ? 'day' : 'time')
  );
}

/** A day or a time in free text, placed on the offer; undefined if the text names neither. */
export async function understoodWhen(turn: Turn, memory: Memory): Promise<Step | undefined> {
  const folded = fold(turn.text);
  const offer = await openTimes(turn.desk, memory.draft ?? {});
  if (!offer.ok) return fromShown(turn, memory) ?? cannotLook(turn, memory, offer.error);
  const { slots, timeZone } = offer.value;
  const today = todayIn(timeZone, turn.desk.clock.now());
  const limit = addDays(today, turn.desk.horizonDays);
  const day = readDay(folded, today, memory.language, limit);
  const time = readTime(folded);
  const chosenDay = memory.draft?.day;
  if (day !== undefined) return placed(turn, memory, placeDay(day, time, { slots, today, limit }));
  const number = loneNumber(turn.text);
  if (number !== undefined) return outOfList(turn, memory, number, slots);
  if (time === undefined) return undefined;
  if (chosenDay === undefined) return goOn(memory, wordsFor(memory).dayFirst());
  const shown = shownAt(time, (memory.shown ?? []).filter(isStart));
  const [only, second] = shown;
  if (only !== undefined && second === undefined) return goOn(takenStart(memory, only));
  if (second !== undefined)
    return placed(turn, memory, { kind: 'times', note: 'askWhich', day: chosenDay, starts: shown });
  return placed(turn, memory, placeTime(time, chosenDay, slots));
}

/** The calendar cannot be read: a time is still understood if it is one of those just shown. */
function fromShown(turn: Turn, memory: Memory): Step | undefined {
  const time = readTime(fold(turn.text));
  const [only, second] = time === undefined ? [] : shownAt(time, (memory.shown ?? []).filter(isStart));
  return only !== undefined && second === undefined ? goOn(takenStart(memory, only)) : undefined;
}

/** A lone number past the end of the list could be a day of the month or an hour: what fits is asked about, never taken. */
function outOfList(
  turn: Turn,
  memory: Memory,
  number: number,
  slots: readonly { readonly localStart: LocalDateTime }[],
): Step | undefined {
  const day = memory.draft?.day;
  if (memory.asked === 'day') {
    const days = daysOf(slots).filter((date) => Number(date.slice(8, 10)) === number);
    return days.length === 0 ? undefined : placed(turn, memory, { kind: 'days', note: 'askWhich', days });
  }
  if (day === undefined) return undefined;
  const starts = startsOn(slots, day).filter((start) => {
    const hour = Math.floor(minuteOf(start) / 60);
    return hour === number || hour === number + 12;
  });
  return starts.length === 0
    ? undefined
    : placed(turn, memory, { kind: 'times', note: 'askWhich', day, starts });
}

/** Turns a placement into the next step of the conversation. */
function placed(turn: Turn, memory: Memory, where: Placed): Step {
  const note = (name: Note) => noteText(turn, memory, name);
  switch (where.kind) {
    case 'slot':
      return goOn(takenStart(memory, where.localStart));
    case 'day':
      return goOn({ ...taken(memory, where.day), page: where.page });
    case 'page':
      return goOn({ ...reopened(memory, 'day'), page: where.page });
    case 'days': {
      const open = reopened(memory, 'day');
      if (where.days.length === 0) return goOn(open, note(where.note));
      return waitFor(open, 'day', note(where.note), optionsOf(open, [...where.days, 'more']));
    }
    case 'times': {
      const open = taken(memory, where.day);
      const keys = [...where.starts.slice(0, pageSize(turn)), 'other-day'];
      return waitFor(open, 'time', note(where.note), optionsOf(open, keys));
    }
  }
}

function noteText(turn: Turn, memory: Memory, note: Note): string {
  const words = wordsFor(memory);
  if (note === 'askWhich') return words.askWhich();
  const reason = note === 'beyondHorizon' ? words.beyondHorizon(turn.desk.horizonDays) : words[note]();
  return `${reason} ${words.closest()}`;
}

/** Offers these starts instead of the one that cannot be had; everything else in the draft stays. */
export function offerInstead(memory: Memory, sentence: string, starts: readonly LocalDateTime[]): Step {
  const open = reopened(memory, 'time');
  if (starts.length === 0) return goOn(open, sentence);
  const text = `${sentence} ${wordsFor(memory).closest()}`;
  return waitFor(open, 'time', text, optionsOf(open, [...starts, 'other-day']));
}
