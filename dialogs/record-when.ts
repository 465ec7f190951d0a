// Takes an answer about day or time: a choice, a typed day, a typed time, or both at once.
import type { LocalDateTime, Slot } from '../services/domain.ts';
import { readYesNo } from './answers.ts';
import { dayOf, minuteOf } from './calendar.ts';
import { atPlace, picked } from './choose.ts';
import { readPaging } from './commands.ts';
import { isDay, isStart, openTimes, optionsOf, pageSize, turnedPage } from './lists.ts';
import type { Draft, Memory, Wish } from './memory.ts';
import { cannotLook, reopened } from './outcomes.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import type { DayMention, TimeMention, Understood } from './understood.ts';
import { daysOf, isAt, type Note, type Placed, placeDay, placeTime, shownAt, startsOn } from './when.ts';
import { wishedDay, wishedTime, withWish } from './wish.ts';
import { fold, loneNumber } from './words.ts';

/** The memory with a day, or a day and a time, answered. */
export function taken(memory: Memory, day: string, time?: string): Memory {
  const others = (memory.answered ?? []).filter((slot) => slot !== 'day' && slot !== 'time');
  return {
    ...memory,
    draft: { ...memory.draft, day, time, ...(time === undefined ? {} : { wish: undefined }) },
    answered: time === undefined ? [...others, 'day'] : [...others, 'day', 'time'],
    page: undefined,
    misses: undefined,
  };
}

const takenStart = (memory: Memory, start: LocalDateTime): Memory =>
  taken(memory, dayOf(start), start.slice(11, 16));

/** A choice from the list just shown, or undefined: then the text is to be understood. */
export function recordShown(turn: Turn, memory: Memory): Step | undefined {
  const shown = optionsOf(memory, memory.shown ?? []);
  const key =
    picked(turn, shown) ??
    onButton(turn, memory) ??
    (memory.asked === 'time' ? atPlace(turn.text, shown) : undefined) ??
    readPaging(turn.text) ??
    noneOf(turn, memory);
  if (key === undefined) return undefined;
  if (isDay(key)) return goOn(taken(memory, key));
  if (isStart(key)) return goOn(takenStart(memory, key));
  if (key === 'other-day') return goOn(reopened(memory, 'day'));
  return goOn(turnedPage(turn, memory, key));
}

/** The one start shown whose time is all that was said, as its button has it where the text above names the day. */
function onButton({ text, picked: tapped }: Turn, memory: Memory): string | undefined {
  if (memory.asked !== 'time' || tapped !== undefined) return undefined;
  const { time } = wordsFor(memory);
  const [only, second] = (memory.shown ?? []).filter((key) => isStart(key) && time(minuteOf(key)) === text);
  return second === undefined ? only : undefined;
}

/** "None of these", "no": the next page, or the other days. */
function noneOf({ text }: Turn, { shown = [], asked }: Memory): string | undefined {
  const isNone =
    readYesNo(text) === 'no' ||
    /^(?:none|none of (?:these|those|them)|neither|nothing there|other days|other times|different (?:day|days|time|times)|ninguna|ninguno|ninguna de (?:esas|estas)|ninguno de (?:esos|estos)|otros dias|otras horas)$/.test(
      fold(text),
    );
  if (!isNone) return undefined;
  if (asked === 'time' && /\bdays?\b|\bdias?\b/.test(fold(text))) return 'other-day';
  return shown.includes('more') ? 'more' : asked === 'time' ? 'other-day' : undefined;
}

/** A day or a time as it was understood, placed on the offer; undefined if the text names neither. */
export async function understoodWhen(
  turn: Turn,
  memory: Memory,
  said: Understood,
): Promise<Step | undefined> {
  const { day, time } = said;
  const number = loneNumber(turn.text);
  if (day === undefined && time === undefined && said.soonest === undefined && number === undefined)
    return undefined;
  const draft = memory.draft ?? {};
  const offer = await openTimes(turn, memory);
  if (!offer.ok) return fromShown(memory, time) ?? cannotLook(turn, memory, offer.error);
  const { slots } = offer.value;
  if (said.soonest === true)
    return goOn({ ...memory, draft: withWish(unplaced(draft), said), page: undefined });
  if (day !== undefined) return placed(turn, memory, placeKeepingTime(day, time, memory, slots));
  if (time === undefined) return number === undefined ? undefined : outOfList(turn, memory, number, slots);
  const chosenDay = draft.day;
  const shown = shownAt(time, (memory.shown ?? []).filter(isStart));
  const [only, second] = shown;
  if (only !== undefined && second === undefined) return goOn(takenStart(memory, only));
  if (chosenDay === undefined)
    return goOn({ ...memory, draft: withWish(unplaced(draft), said), page: undefined });
  if (second !== undefined)
    return placed(turn, memory, { kind: 'times', note: 'askWhich', day: chosenDay, starts: shown });
  return placed(turn, memory, placeTime(time, chosenDay, slots));
}

const unplaced = (draft: Draft): Draft => ({ ...draft, day: undefined, time: undefined });

/** "No, Friday": the time that was chosen goes along if it is open then; else Friday's times are shown. */
function placeKeepingTime(
  day: DayMention,
  time: TimeMention | undefined,
  { draft }: Memory,
  slots: readonly Pick<Slot, 'localStart'>[],
): Placed {
  if (time === undefined && draft?.time !== undefined) {
    const kept = placeDay(day, { kind: 'at', readings: [minuteOf(`${draft.day}T${draft.time}`)] }, slots);
    if (kept.kind === 'slot') return kept;
  }
  return placeDay(day, time, slots);
}

/** A wish from an earlier sentence, now that there are open times to hold it against; undefined: ask as always. */
export function placedWish(
  turn: Turn,
  memory: Memory,
  wish: Wish,
  slots: readonly Pick<Slot, 'localStart'>[],
): Step | undefined {
  const [day, time] = [wishedDay(wish), wishedTime(wish)];
  const { draft = {} } = memory;
  // Placed once: what comes of it is an answer or a question.
  const open: Memory = { ...memory, draft: { ...draft, wish: undefined } };
  if (draft.day !== undefined)
    return time === undefined ? undefined : placed(turn, open, placeTime(time, draft.day, slots));
  if (wish.soonest === true) return firstTimes(memory, day, time, slots);
  return day === undefined ? undefined : placed(turn, open, placeDay(day, time, slots));
}

/** "As soon as possible": the first open starts, of whatever day, that fit what else was said. */
function firstTimes(
  memory: Memory,
  day: DayMention | undefined,
  time: TimeMention | undefined,
  slots: readonly Pick<Slot, 'localStart'>[],
): Step | undefined {
  const isInside = (date: string): boolean => day?.kind !== 'days' || (day.from <= date && date <= day.to);
  const starts = new Set<LocalDateTime>();
  for (const { localStart } of slots) {
    if (starts.size === 3) break;
    if (isInside(dayOf(localStart)) && (time === undefined || isAt(time, localStart))) starts.add(localStart);
  }
  if (starts.size === 0) return undefined;
  const keys = [...starts, 'other-day'];
  return waitFor(memory, 'time', wordsFor(memory).firstTimes(), optionsOf(memory, keys));
}

/** The calendar cannot be read: a time is still understood if it is one of those just shown. */
function fromShown(memory: Memory, time: TimeMention | undefined): Step | undefined {
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
    case 'page': {
      const open = reopened(memory, 'day');
      const { time } = where;
      const draft = time === undefined ? (open.draft ?? {}) : withWish(open.draft ?? {}, { time });
      return goOn({ ...open, draft, page: where.page });
    }
    case 'days': {
      const open = reopened(memory, 'day');
      if (where.days.length === 0) return goOn(open, note(where.note));
      return waitFor(open, 'day', note(where.note), optionsOf(open, [...where.days, 'more']));
    }
    case 'times': {
      const open = taken(memory, where.day);
      const keys = [...where.starts.slice(0, pageSize(turn, 'time')), 'other-day'];
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
