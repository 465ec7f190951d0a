// Times told from the one that stands: "an hour earlier", "a week later, same time", "push it back by two hours".
import type { LocalDateTime } from '../services/domain.ts';
import { addDays, dayOf, minuteOf } from './calendar.ts';
import { type Heard, hear } from './hear.ts';
import type { Memory } from './memory.ts';
import type { Shift, Wish } from './task-memory.ts';
import type { Turn } from './turn.ts';
import { wishedDay, wishedTime, withWish } from './wish.ts';
import { fold } from './words.ts';

export interface ShiftSaid {
  readonly shift: Shift;
  /** What stands before the first of its words, and the others behind it, folded. */
  readonly before: string;
  readonly after: string;
}

const amount =
  '(?:by |por )?(?<count>an?|one|two|three|four|una?|dos|tres|cuatro|half(?: an?)?|media|a couple(?: of)?|\\d{1,3}) ?' +
  '(?<unit>hours?|hrs?|minutes?|mins?|days?|weeks?|horas?|minutos?|dias?|semanas?)(?<half> and a half| y media)?';
const about = '(?!.{0,8}\\bof\\b)';
const later = [
  `\\b${amount} (?:later|mas tarde|despues(?! de| del| que))\\b${about}`,
  `(?<=\\bback )${amount}\\b`,
  `(?<=\\b(?:postpone|delay|posponer(?:la)?|posponga(?:la)?|retrasar(?:la)?|atrasar(?:la)?|aplazar(?:la)?)\\b.{0,60} )(?<!\\b(?:in|within|de|en) )${amount}\\b`,
];
const earlier = [
  `\\b${amount} (?:earlier|sooner|mas temprano|antes(?! de| del| que))\\b${about}`,
  `(?<=\\b(?:up|forward) )${amount}\\b`,
  `(?<=\\b(?:adelantar(?:la)?|adelante(?:la)?|adelanten(?:la)?)\\b.{0,60} )(?<!\\b(?:de|en) )${amount}\\b`,
];
const moved = [
  ...later.map((pattern) => [new RegExp(pattern), 1] as const),
  ...earlier.map((pattern) => [new RegExp(pattern), -1] as const),
];
const same =
  /(?:\b(?:at|a) )?\b(?:(?:the |la |el )?(?:same time|same hour|misma hora|mismo horario))\b(?! as| que)/;

const counts: Readonly<Record<string, number>> = { one: 1, an: 1, a: 1, un: 1, una: 1 };
const more: Readonly<Record<string, number>> = { two: 2, dos: 2, three: 3, tres: 3, four: 4, cuatro: 4 };
const countOf = (word: string): number =>
  /^\d/.test(word) ? Number(word) : /^(?:half|media)/.test(word) ? 0.5 : (counts[word] ?? more[word] ?? 2);

/** The shift that a sentence asks for; undefined where it tells none. */
export function readShift(text: string): ShiftSaid | undefined {
  const folded = fold(text).replace(/'/g, '');
  const step = moved
    .map(([pattern, sign]) => ({ found: pattern.exec(folded), sign }))
    .find(({ found }) => found !== null);
  const found = step?.found ?? null;
  const rest = found === null ? folded : without(folded, found);
  const isSame = same.exec(rest);
  if (found === null && isSame === null) return undefined;
  const left = isSame === null ? rest : without(rest, isSame);
  const at = Math.min(found?.index ?? folded.length, isSame?.index ?? folded.length);
  const shift: Shift = {
    ...(found === null ? {} : shiftOf(found.groups ?? {}, step?.sign ?? 1)),
    ...(isSame === null ? {} : { minutes: 0 }),
  };
  return { shift, before: left.slice(0, at).trim(), after: left.slice(at).trim() };
}

const without = (text: string, found: RegExpExecArray): string =>
  text.slice(0, found.index) + text.slice(found.index + found[0].length);

function shiftOf(groups: Readonly<Record<string, string | undefined>>, sign: number): Shift {
  const unit = groups['unit'] ?? '';
  const count = sign * (countOf(groups['count'] ?? '') + (groups['half'] === undefined ? 0 : 0.5));
  if (/^(?:day|dia)/.test(unit)) return { days: Math.trunc(count) };
  if (/^(?:week|semana)/.test(unit)) return { days: Math.trunc(count * 7) };
  return { minutes: Math.trunc(/^m/.test(unit) ? count : count * 60) };
}

/** The wish, told from `start`; a day that the sentence names beside it wins. "Same time" alone leaves the day open. */
export function shiftedWish({ days, minutes }: Shift, start: LocalDateTime, wish: Wish = {}): Wish {
  const minute = minuteOf(start) + (minutes ?? 0);
  const day = addDays(dayOf(start), days ?? 0);
  const isOpen = wishedDay(wish) !== undefined || (days === undefined && minutes === 0);
  return {
    ...wish,
    ...(isOpen ? {} : { from: day, to: day }),
    ...(minutes === undefined || minute < 0 || minute >= 1440 ? {} : { at: [minute] }),
  };
}

/** What a sentence says while a time is asked for or checked: days and times told from `start` are days and times. */
export async function hearShifted(turn: Turn, memory: Memory, start: LocalDateTime): Promise<Heard> {
  const found = readShift(turn.text);
  if (found === undefined) return hear(turn, memory);
  const said = await hear({ ...turn, text: `${found.before} ${found.after}` }, memory);
  const told = withWish({}, said.day === undefined ? {} : { day: said.day }).wish;
  const wish = shiftedWish(found.shift, start, told);
  const [day, time] = [wishedDay(wish), wishedTime(wish)];
  return { ...said, ...(day === undefined ? {} : { day }), ...(time === undefined ? {} : { time }) };
}
