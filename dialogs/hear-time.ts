// The time that a sentence names: a clock time, a stretch ("after 4", "between 2 and 4"), or a part of the day.
import { type Clock, clockAt, readingsOf } from './hear-clock.ts';
import { dayEnd, met, partMention, partsIn, type Stretch, withoutNoParts } from './hear-day-part.ts';
import { judged } from './hear-wanted.ts';
import { masked, type Span, type Words } from './hear-words.ts';
import type { TimeMention } from './understood.ts';

export interface TimeHeard {
  readonly mention?: TimeMention;
  readonly spans: readonly Span[];
}

/** `isDayBefore`: the word before a place was a day ("Tuesday 3"): a bare number there is an hour. */
export function hearTime(all: Words, isDayBefore: (at: number) => boolean): TimeHeard {
  const words = withNoon(withoutNoParts(all));
  const clocks = clocksIn(words, isDayBefore);
  const parts = judged(words, partsIn(masked(words, clocks)));
  const spans = [...clocks, ...parts];
  const wantedClocks = judged(words, clocks).filter(({ wanted }) => wanted);
  const partsSaid = parts.filter(({ wanted }) => wanted).map(({ part }) => part);
  const refused = parts.filter(({ wanted }) => !wanted).map(({ part }) => part);
  const mention =
    wantedClocks.length > 0 ? clockMention(words, wantedClocks, partsSaid) : partMention(partsSaid, refused);
  return { ...(mention === undefined ? {} : { mention }), spans };
}

/** "Between 9 and noon", "from noon to 3": beside such words noon is a clock time, not the lunch hour. */
const withNoon = (words: Words): Words =>
  words.map((word, at) => {
    if (!/^(?:noon|midday|mediodia)$/.test(word)) return word;
    const before = words[at - 1] === 'el' || words[at - 1] === 'the' ? words[at - 2] : words[at - 1];
    const isLinked = /^(?:from|between|to|until|till|-|desde|hasta|del|entre)$/.test(before ?? '');
    const isAnd =
      /^(?:and|y)$/.test(before ?? '') &&
      words.slice(Math.max(0, at - 5), at).some((each) => /^(?:between|entre)$/.test(each));
    return isLinked || isAnd ? '12pm' : word;
  });

function clocksIn(words: Words, isDayBefore: (at: number) => boolean): readonly Clock[] {
  const found: Clock[] = [];
  for (let at = 0; at < words.length; at++) {
    const clock = clockAt(words, at) ?? afterDay(words, at, isDayBefore);
    if (clock === undefined) continue;
    const last = found.at(-1);
    // "2 to 4", "3 or 4": the bare one counts only because the other is a time or both are a stretch.
    found.push(clock);
    at = clock.to - 1;
    if (last?.bare === true && clock.bare === true && !isStretch(words, last, clock)) found.splice(-2, 1);
  }
  return found.filter((clock, i) => {
    if (clock.bare !== true) return true;
    const [before, next] = [found[i - 1], found[i + 1]];
    return (
      (before !== undefined && linked(words, before, clock)) ||
      (next !== undefined && linked(words, clock, next))
    );
  });
}

function afterDay(words: Words, at: number, isDayBefore: (at: number) => boolean): Clock | undefined {
  const word = words[at] ?? '';
  if (!/^\d{1,2}$/.test(word) || Number(word) > 12 || Number(word) === 0 || !isDayBefore(at))
    return undefined;
  return /^(?:|,|please|_|with|works|and|or|if|at|in|is|would|con|en|por)$/.test(words[at + 1] ?? '')
    ? { from: at, to: at + 1, hour: Number(word), minute: 0 }
    : undefined;
}

const gapOf = (words: Words, first: Span, second: Span): string =>
  words.slice(first.to, second.from).join(' ');
const linked = (words: Words, first: Clock, second: Clock): boolean =>
  /^(?:to|-|or|and|o|y|a|until|till|thru|through|hasta|(?:to|or|and|o|y|a|hasta) (?:at|las|la|a las)|or at)$/.test(
    gapOf(words, first, second),
  ) &&
  (isStretch(words, first, second) || first.bare !== true || second.bare !== true);

/** "From 2 to 4", "entre las 2 y las 4", "2-4pm". Two bare numbers are one only behind a word for it ("10-2" could be a day). */
function isStretch(words: Words, first: Clock, second: Clock): boolean {
  const gap = gapOf(words, first, second);
  const lead = words.slice(Math.max(0, first.from - 3), first.from).join(' ');
  const isLed = /\b(?:from|between|de|desde|entre|las?|at|_)$/.test(lead);
  if (/^(?:-|to|until|till|thru|through|hasta|hasta las?|a|a las?)$/.test(gap))
    return first.bare !== true || second.bare !== true || isLed || gap === 'to';
  return /^(?:and|y|y las?|and at)$/.test(gap) && /\b(?:between|entre|entre las?)$/.test(lead);
}

type Bound = 'after' | 'before' | 'around' | 'at';

const never =
  '\\b(?:not|no|nothing|never|nada|nunca|(?:cant|cannot|dont|wont)(?! (?:you|i|we)\\b))(?: (?:puedo|quiero|do|come|make|it|make it|go|want|anything|get in|ir|venir))?';
const notBefore = new RegExp(`${never} (?:before|earlier than|until|antes de)$`);
const notAfter = new RegExp(`${never} (?:after|past|later than|mas tarde de|despues de)$`);

function boundOf(words: Words, { from, to }: Span): Bound {
  const lead = words
    .slice(Math.max(0, from - 5), from)
    .filter((word) => !/^(?:las|la|at|los)$/.test(word))
    .join(' ');
  const tail = words.slice(to, to + 3).join(' ');
  // "I work until 5", "salgo a las 4": free after it.
  if (
    /\b(?:work|working|busy|class|school|trabajo|ocupad[oa]|clases?) (?:until|till|til|hasta)$|\b(?:get off|get out|off|get off work|out of work|off work|done|salgo|salgo del trabajo) ?a?$/.test(
      lead,
    )
  )
    return 'after';
  if (notBefore.test(lead)) return 'after';
  if (notAfter.test(lead)) return 'before';
  if (
    /\b(?:after|past|later than|despues de|from|desde|a partir de|partir de|starting|pasadas|luego de)$/.test(
      lead,
    )
  )
    return 'after';
  if (/\b(?:before|by|until|till|up to|earlier than|antes de|hasta|prior to)$/.test(lead)) return 'before';
  if (
    /\b(?:around|(?<!how |what )about|approximately|approx|roughly|ish|near|close to|a eso de|como a|tipo|sobre|hacia|cerca de|alrededor de|mas o menos|aproximadamente|como)$/.test(
      lead,
    )
  )
    return 'around';
  if (
    /^(?:at (?:the )?earliest|or later|or after|onwards?|and (?:after|later|on)|en adelante|o mas tarde|o despues|on$)/.test(
      tail,
    )
  )
    return 'after';
  if (/^(?:at (?:the )?latest|a mas tardar|or earlier|or before|or sooner|o antes|o mas temprano)/.test(tail))
    return 'before';
  return /^(?:ish|or so|mas o menos|aproximadamente)/.test(tail) || words[to - 1] === 'ish' ? 'around' : 'at';
}

function clockMention(words: Words, clocks: readonly Clock[], parts: readonly Stretch[]): TimeMention {
  const [first, second] = clocks;
  if (first === undefined) return { kind: 'several' };
  if (second !== undefined && clocks.length === 2 && isStretch(words, first, second)) {
    const stretch = stretchOf(first, second, parts);
    return stretch === undefined ? { kind: 'several' } : { kind: 'between', ...stretch };
  }
  let stretch: Stretch = { from: 0, until: dayEnd };
  const exact: (readonly number[])[] = [];
  for (const clock of clocks) {
    const readings = withPart(readingsOf(clock), parts);
    const usual = readings[0] ?? 0;
    const bound = boundOf(words, clock);
    if (bound === 'at') exact.push(readings);
    else if (bound === 'around')
      stretch = met(stretch, { from: Math.max(0, usual - 30), until: Math.min(dayEnd, usual + 30) });
    else
      stretch = met(stretch, bound === 'after' ? { from: usual, until: dayEnd } : { from: 0, until: usual });
  }
  const [readings, another] = exact;
  if (readings === undefined)
    return stretch.from < stretch.until ? { kind: 'between', ...stretch } : { kind: 'several' };
  if (another !== undefined && exact.some((each) => !agree(readings, each))) return { kind: 'several' };
  // "At 3, 3 pm": the one that is said more closely.
  const [closest = readings] = exact.toSorted((a, b) => a.length - b.length);
  return { kind: 'at', readings: closest };
}

const agree = (a: readonly number[], b: readonly number[]): boolean => a.some((minute) => b.includes(minute));

/** "Tuesday morning at 9": the part of the day tells which 9. */
function withPart(readings: readonly number[], parts: readonly Stretch[]): readonly number[] {
  const [part, another] = parts;
  if (part === undefined || another !== undefined || readings.length < 2) return readings;
  const half =
    part.until <= 720
      ? readings.filter((minute) => minute < 720)
      : readings.filter((minute) => minute >= Math.min(part.from, 720));
  return half.length > 0 ? half : readings;
}

/** The end as it is usual, the start before it: "10 to 2" is 10:00 to 14:00, "2-4pm" 14:00 to 16:00. */
function stretchOf(first: Clock, second: Clock, parts: readonly Stretch[]): Stretch | undefined {
  const starts = withPart(readingsOf(first), parts);
  const ends = withPart(readingsOf(second), parts);
  const isFixed = second.half !== undefined || ends.length === 1;
  if (isFixed) {
    const until = ends[0] ?? 0;
    const from = starts.filter((minute) => minute < until).toSorted((a, b) => b - a)[0];
    return from === undefined ? undefined : { from, until };
  }
  const from = starts[0] ?? 0;
  const until = ends.filter((minute) => minute > from).toSorted((a, b) => a - b)[0];
  return until === undefined ? undefined : { from, until };
}
