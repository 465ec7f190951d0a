// The named days of a sentence as one answer: a day, a stretch of days, a choice between several, or why it cannot be.
import type { LocalDate } from '../services/domain.ts';
import { addDays, weekdayOf } from './calendar.ts';
import { boundOf, leadOf } from './day-bounds.ts';
import { comingWeekday } from './day-names.ts';
import type { Atom } from './hear-day-atoms.ts';
import type { Words } from './hear-words.ts';
import { monday } from './read-day.ts';
import type { DayMention, Hearing } from './understood.ts';

interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

interface Said {
  /** Days named one by one, those of them that weekdays stand for, and stretches. */
  readonly singles: LocalDate[];
  readonly weekdays: Atom[];
  readonly ranges: Days[];
  /** "After the 10th", "by Friday": where the days may begin and end. */
  bound: Days | undefined;
}

/** `pieces`: in the order of the sentence, none of them turned down. */
export function settledDay(words: Words, pieces: readonly Atom[], hearing: Hearing): DayMention | undefined {
  if (pieces.length === 0) return undefined;
  const { today, limit } = hearing;
  const said = sorted(words, agreed(words, pieces), hearing);
  if (said.singles.length + said.weekdays.length + said.ranges.length === 0) {
    if (said.bound !== undefined) return clipped(said.bound, hearing);
    if (pieces.some(({ kind }) => kind === 'any')) return { kind: 'days', from: today, to: limit };
    return { kind: 'impossible' };
  }
  const singles = [
    ...said.singles,
    ...said.weekdays.flatMap((piece) => weekdaysOf(words, piece, said, hearing)),
  ];
  return singles.length > 0
    ? ofSingles(singles, said.ranges, hearing)
    : clipped(joined(said.ranges), hearing);
}

/** Ranges, bounds, single days and weekdays apart. */
function sorted(words: Words, pieces: readonly Atom[], { today, limit }: Hearing): Said {
  const said: Said = { singles: [], weekdays: [], ranges: [], bound: undefined };
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    const next = pieces[i + 1];
    const [first] = piece?.dates ?? [];
    if (piece === undefined || first === undefined || piece.kind === 'any') continue;
    const range = next === undefined ? undefined : rangeOf(words, piece, next);
    if (range !== undefined) {
      said.ranges.push(range);
      i++;
      continue;
    }
    const last = piece.dates.at(-1) ?? first;
    const bound = boundOf(words, piece);
    const { from, to } = said.bound ?? { from: today, to: limit };
    if (bound === 'week-of') said.ranges.push({ from: monday(first), to: addDays(monday(first), 6) });
    else if (bound === 'after') said.bound = { from: latest(from, addDays(last, 1)), to };
    else if (bound === 'from') said.bound = { from: latest(from, first), to };
    else if (bound === 'before') said.bound = { from, to: earliest(to, addDays(first, -1)) };
    else if (bound === 'until') said.bound = { from, to: earliest(to, last) };
    else if (piece.kind === 'weekday') said.weekdays.push(piece);
    else if (piece.kind === 'range' || piece.kind === 'week') said.ranges.push({ from: first, to: last });
    else said.singles.push(...piece.dates);
  }
  return said;
}

/** "Tuesday the 15th", where that is a Tuesday, is one day said twice. */
function agreed(words: Words, pieces: readonly Atom[]): readonly Atom[] {
  const isSame = (named: Atom | undefined, date: Atom | undefined): boolean => {
    const [day] = date?.dates ?? [];
    if (named?.kind !== 'weekday' || date?.kind !== 'day' || day === undefined) return false;
    const gap = named.from < date.from ? words.slice(named.to, date.from) : words.slice(date.to, named.from);
    const isJoined = gap.length <= 3 && !gap.some((word) => /^(?:or|o|and|y|to|a|al|through)$/.test(word));
    return isJoined && named.weekdays?.includes(weekdayOf(day)) === true;
  };
  return pieces.filter((piece, i) => !isSame(piece, pieces[i + 1]) && !isSame(piece, pieces[i - 1]));
}

/** A weekday: the coming one; inside a month or after a bound those that are meant; all of "Tuesdays", five at most. */
function weekdaysOf(
  words: Words,
  piece: Atom,
  { ranges, bound }: Said,
  { today, limit }: Hearing,
): readonly LocalDate[] {
  const [range] = ranges;
  const isLong = range !== undefined && addDays(range.from, 7) <= range.to;
  const isFirst = words[piece.from - 1] === 'first' || words[piece.from - 1] === 'primer';
  const from = isLong ? latest(range.from, today) : bound?.from;
  const to = isLong ? range.to : (bound?.to ?? limit);
  if (!isLong && piece.plural !== true)
    return piece.dates.map((date) => (from === undefined || date >= from ? date : onOrAfter(date, from)));
  const all = piece.dates
    .flatMap((date) => everyWeek(from === undefined ? date : onOrAfter(date, from), to))
    .sort();
  const open = all.filter((date) => date <= limit);
  return (open.length > 0 ? open : all).slice(0, isFirst ? 1 : 5);
}

/** A weekday's dates from one of them on. */
export const everyWeek = (date: LocalDate, to: LocalDate): readonly LocalDate[] =>
  Array.from({ length: 54 }, (_, week) => addDays(date, 7 * week)).filter((each) => each <= to);

const latest = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);
const earliest = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b);
const onOrAfter = (date: LocalDate, from: LocalDate): LocalDate =>
  comingWeekday(weekdayOf(date), addDays(from, -1));

/** "Monday through Wednesday", "between the 7th and the 10th of December", "de lunes a miércoles". */
function rangeOf(words: Words, first: Atom, second: Atom): Days | undefined {
  const gap = words
    .slice(first.to, second.from)
    .filter((word) => word !== '_')
    .join(' ');
  const isSpan = /^(?:(?:and )?(?:through|thru|to|until|till|-|a|al|hasta)(?: the| el)?)$/.test(gap);
  const isBetween =
    /^(?:and|y|e)(?: the| el)?$/.test(gap) && /\b(?:between|entre)$/.test(leadOf(words, first.from));
  const [from, to] = [first.dates[0], second.dates.at(-1)];
  if ((!isSpan && !isBetween) || from === undefined || to === undefined) return undefined;
  // "Del 7 al 10 de enero": the first number is of January, too.
  const isSharedMonth = first.ordinal !== undefined && second.ordinal === undefined && second.kind === 'day';
  const start = isSharedMonth ? `${to.slice(0, 8)}${String(first.ordinal).padStart(2, '0')}` : from;
  const end = second.kind === 'weekday' && to < start ? onOrAfter(to, start) : to;
  return end < start ? undefined : { from: start, to: end };
}

/** Single days, inside the stretches where some are: one is taken, several are a choice. */
function ofSingles(singles: readonly LocalDate[], ranges: readonly Days[], hearing: Hearing): DayMention {
  const { today, limit } = hearing;
  const inside = singles.filter((date) => ranges.some(({ from, to }) => date >= from && date <= to));
  const dates = [...new Set(inside.length > 0 ? inside : singles)].sort();
  const [date = today, second] = dates;
  if (second === undefined) return clipped({ from: date, to: date }, hearing);
  const open = dates.filter((each) => each >= today && each <= limit);
  if (open.length > 0) return { kind: 'choices', dates: open };
  return { kind: dates.some((each) => each > limit) ? 'beyond-horizon' : 'past' };
}

/** Stretches that are named side by side ("this week or next week"), from the first day to the last. */
const joined = (ranges: readonly Days[]): Days => ({
  from: ranges.map(({ from }) => from).sort()[0] ?? '',
  to:
    ranges
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? '',
});

function clipped({ from, to }: Days, { today, limit }: Hearing): DayMention {
  if (from > limit) return { kind: 'beyond-horizon' };
  if (to < today || from > to) return { kind: 'past' };
  return { kind: 'days', from: latest(from, today), to: earliest(to, limit) };
}
