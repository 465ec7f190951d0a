// The day that a sentence names: its pieces put together ("between Monday and Wednesday", "after the 10th", "not Tuesday") and held against the horizon.
import type { LocalDate } from '../services/domain.ts';
import { addDays } from './calendar.ts';
import { leadOf } from './day-bounds.ts';
import { namedDate, numericDate } from './hear-date.ts';
import { type Atom, nearDay, ordinalDay, weekday } from './hear-day-atoms.ts';
import { counted, phraseAtoms, stretches } from './hear-day-phrases.ts';
import { type Heard, judged } from './hear-wanted.ts';
import { masked, type Span, type Words } from './hear-words.ts';
import { everyWeek, settledDay } from './settle-day.ts';
import type { DayMention, Hearing } from './understood.ts';

type Piece = Atom & Heard;

export interface DayHeard {
  readonly mention?: DayMention;
  readonly unwanted: readonly LocalDate[];
  readonly spans: readonly Span[];
}

/** `isMove`: of "from Tuesday to Friday" the new day counts. `isTold`: a day in the past tells when it began, no wish. */
export function hearDay(words: Words, hearing: Hearing, isMove: boolean, isTold: boolean): DayHeard {
  const all = inWeeks(judged(words, atomsIn(words, hearing)), hearing.today);
  const unwanted = all.filter(({ wanted }) => !wanted).flatMap((atom) => turnedDown(atom, hearing));
  const wanted = all.filter((atom) => atom.wanted);
  const present = wanted.filter(({ past }) => past !== true);
  const pieces = present.length > 0 || isTold ? present : wanted;
  const mention = settledDay(words, isMove ? movedTo(words, pieces) : pieces, hearing);
  return { ...(mention === undefined ? {} : { mention }), unwanted: [...new Set(unwanted)], spans: all };
}

function atomsIn(words: Words, hearing: Hearing): readonly Atom[] {
  const first = phraseAtoms(words, counted, hearing.today);
  const atoms = [...first.atoms];
  for (let at = 0; at < words.length; at++) {
    const left = first.left;
    if (left[at] === '_' || left[at] === ',') continue;
    const atom =
      nearDay(left, at, hearing) ??
      namedDate(left, at, hearing) ??
      numericDate(left, at, hearing) ??
      weekday(left, at, hearing) ??
      ordinalDay(left, at, hearing);
    if (atom === undefined) continue;
    atoms.push(atom);
    at = atom.to - 1;
    const [date] = atom.dates;
    const more =
      date !== undefined && atom.kind === 'day' && !atom.past ? sameMonth(left, atom.to, date) : undefined;
    if (more !== undefined) {
      atoms.push(more);
      at = more.to - 1;
    }
  }
  const rest = phraseAtoms(masked(first.left, atoms), stretches, hearing.today);
  const yearAgo = addDays(hearing.today, -366);
  return [...atoms, ...rest.atoms]
    .filter(({ dated, dates }) => dated !== true || (dates[0] ?? yearAgo) > yearAgo || dates.length === 0)
    .sort((a, b) => a.from - b.from);
}

/** "Dec 7 to 10", "Dec 7 or 8": a second number in the month just named. */
function sameMonth(words: Words, at: number, date: LocalDate): Atom | undefined {
  const day = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(words[at + 1] ?? '')?.[1];
  if (day === undefined || !/^(?:to|-|through|thru|or|and|o|y|al)$/.test(words[at] ?? '')) return undefined;
  if (
    /^(?:am|pm|oclock|to|-|of|de)$/.test(words[at + 2] ?? '') ||
    Number(day) > 31 ||
    Number(day) <= Number(date.slice(8))
  )
    return undefined;
  return { kind: 'day', from: at + 1, to: at + 2, dates: [`${date.slice(0, 8)}${day.padStart(2, '0')}`] };
}

/** "Tuesday of next week", "next week but not Monday": weekdays inside the one week that is named. */
function inWeeks(atoms: readonly Piece[], today: LocalDate): readonly Piece[] {
  const [week, second] = atoms.filter(({ kind, wanted }) => kind === 'week' && wanted);
  const first = week?.dates[0];
  if (week === undefined || first === undefined || second !== undefined) return atoms;
  const isNamed = atoms.some(({ kind, wanted }) => kind === 'weekday' && wanted);
  return atoms
    .filter((atom) => atom !== week || !isNamed)
    .map((atom) =>
      atom.kind === 'weekday' && !(first <= today && atom.plural === true)
        ? { ...atom, plural: false, dates: (atom.weekdays ?? []).map((day) => addDays(first, (day + 6) % 7)) }
        : atom,
    );
}

/** The days of a mention that is not wanted: "not Tuesdays" turns down all of them. */
function turnedDown(atom: Piece, hearing: Hearing): readonly LocalDate[] {
  const { today, limit } = hearing;
  const inside = (date: LocalDate) => date >= today && date <= limit;
  if (atom.kind === 'weekday')
    return atom.dates
      .flatMap((date) => (atom.plural === true ? everyWeek(date, limit) : [date]))
      .filter(inside);
  const [from] = atom.dates;
  const to = atom.dates.at(-1);
  if (from === undefined || to === undefined || atom.kind === 'any') return [];
  const days: LocalDate[] = [];
  const last = to < limit ? to : limit;
  for (let date = from > today ? from : today; date <= last; date = addDays(date, 1)) days.push(date);
  return days;
}

/** "Move it from Tuesday to Friday", "my Tuesday appointment to Friday": the day behind "to". */
function movedTo(words: Words, pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length < 2) return pieces;
  const aimed = pieces.filter(({ from }) => /(?:^| )(?:to|al|a|para)$/.test(leadOf(words, from)));
  return aimed.length > 0 ? aimed : pieces;
}
