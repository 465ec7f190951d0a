// The parts of a day that a sentence names: "in the morning", "first thing", "a última hora", "después del trabajo".
import { masked, phrasesIn, type Span, type Words } from './hear-words.ts';
import type { TimeMention } from './understood.ts';
import { anyOf } from './words.ts';

export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export const dayEnd = 1440;

/** Parts of the day; the longer ones first, because they contain the shorter. */
const parts: readonly (readonly [pattern: RegExp, from: number, until: number])[] = [
  [
    /\b(?:after|past) (?:noon|midday|12 noon)\b|\bdespues (?:de|del) (?:mediodia|medio dia|las doce)\b/g,
    720,
    dayEnd,
  ],
  [
    /\b(?:before|by) (?:noon|midday|lunch|lunchtime)\b|\bantes (?:de|del) (?:mediodia|medio dia|almuerzo|almorzar|comer)\b/g,
    0,
    720,
  ],
  [/\bafter lunch(?:time)?\b|\bdespues (?:de|del) (?:almuerzo|almorzar|comer)\b/g, 780, dayEnd],
  [
    /\bafter (?:school|the kids get out of school|class)\b|\bdespues (?:de|del) (?:la )?(?:escuela|colegio|clases?)\b/g,
    900,
    dayEnd,
  ],
  [/\bafter work\b|\bdespues (?:de|del) (?:trabajo|trabajar)\b|\bsaliendo del trabajo\b/g, 1020, dayEnd],
  [
    /\b(?:before|by) (?:work|school)\b|\bantes (?:de|del) (?:trabajo|trabajar|(?:la )?escuela|colegio)\b/g,
    0,
    540,
  ],
  [
    /\bfirst thing(?: in the morning| in the am)?\b|\btempranit[oa](?: (?:por|en|de) la manana)?\b|\b(?:a )?primera hora(?: de la manana)?\b|\bbright and early\b/g,
    0,
    600,
  ],
  [
    /\b(?:end of (?:the )?(?:work ?)?day|late in the day|(?:a )?ultima hora(?: de la tarde)?|(?:al )?final(?:es)? del dia|last (?:thing|appointment) (?:of the|in the) day|end of day)\b/g,
    900,
    dayEnd,
  ],
  [
    /\b(?:late|later in the|later) (?:mornings?)\b|\bmid ?mornings?\b|\bmedia manana\b|\b(?:mas )?tarde (?:por|en|de) la manana\b/g,
    600,
    720,
  ],
  [
    /\bearly (?:in the )?(?:mornings?|am)\b|\btemprano (?:por|en|de) la manana\b|\b(?:por|en) la manana (?:muy |bien )?temprano\b|\bmanana temprano\b|\bmornings? early\b/g,
    0,
    600,
  ],
  [/\bearly (?:in the )?afternoons?\b|\btemprano (?:por|en|de) la tarde\b/g, 720, 900],
  [
    /\b(?:late|later) (?:in the )?afternoons?\b|\b(?:tarde (?:por|en|de) la tarde|(?:por|en) la tarde tarde)\b/g,
    900,
    dayEnd,
  ],
  [/\bmid ?afternoons?\b|\bmedia tarde\b/g, 840, 960],
  [/\bearly (?:in the )?evenings?\b/g, 1020, 1140],
  [
    /\b(?:at |around |about |by )?(?:12 )?(?:noon|noonish|noontime|midday|mid day|lunch ?time|lunch hour|lunch)\b|\b(?:al |a )?(?:mediodia|medio dia)\b|\b(?:a la )?hora (?:de|del) (?:almuerzo|comida|almorzar|comer)\b/g,
    660,
    780,
  ],
  [
    /\b(?:in the |any |this )?mornings?\b|\bin the am\b|\b(?:por|en|a|de) las? mananas?\b|\blas mananas\b|\besta manana\b|\bmatutin[oa]\b/g,
    0,
    720,
  ],
  [
    /\b(?:in the |any |this )?(?:afternoons?|afternon|aftrenoon)\b|\bin the pm\b|\b(?:por|en|a|de) las? tardes?\b|\blas tardes\b|\besta tarde\b|\bvespertin[oa]\b/g,
    720,
    dayEnd,
  ],
  [
    /\b(?:in the |any |this )?(?:evenings?|nights?|tonight|tonite)\b|\b(?:por|en|a|de) las? noches?\b|\bestas? noche\b/g,
    1020,
    dayEnd,
  ],
  [/\bearly(?! (?:next|this|in|week|december|january|on in))\b|\btemprano\b/g, 0, 600],
  [/(?<=day )am\b/g, 0, 720],
  [/(?<=day )pm\b/g, 720, dayEnd],
];
// "Mañana por la tarde": "mañana" here is tomorrow and no part; "más tarde" and "good morning" are none either.
const noParts = [
  /\b(?:good|buen[oa]s) (?:morning|afternoon|evening|night|dias?|tardes?|noches?)\b/g,
  /\b(?:as early as|lo mas (?:temprano|pronto)|mas (?:tarde|temprano)|early as possible|earliest|all (?:day|night|morning)|last night|late for|toda la (?:noche|manana)|at night (?:my|i|it)|mejor tarde)\b/g,
];

interface Part extends Span {
  readonly part: Stretch;
}

export const withoutNoParts = (words: Words): Words =>
  noParts.reduce((left, pattern) => masked(left, phrasesIn(left, pattern)), words);

/** Both at once. */
export const met = (a: Stretch, b: Stretch): Stretch => ({
  from: Math.max(a.from, b.from),
  until: Math.min(a.until, b.until),
});

const anyPart = anyOf(parts.map(([pattern]) => pattern));

export function partsIn(words: Words): readonly Part[] {
  const found: Part[] = [];
  let left = words;
  let text = words.join(' ');
  if (!anyPart.test(text)) return found;
  for (const [pattern, from, until] of parts) {
    const spans = phrasesIn(left, pattern, text);
    if (spans.length === 0) continue;
    left = masked(left, spans);
    text = left.join(' ');
    for (const span of spans) found.push({ from: span.from, to: span.to, part: { from, until } });
  }
  return found.sort((a, b) => a.from - b.from);
}

/** Parts side by side are one stretch ("morning or afternoon"); apart they are a question. "Not in the morning" leaves the rest of the day. */
export function partMention(parts: readonly Stretch[], refused: readonly Stretch[]): TimeMention | undefined {
  const sorted = parts.toSorted((a, b) => a.from - b.from);
  const [first] = sorted;
  if (first === undefined) return refused.length === 1 ? restOf(refused[0]) : undefined;
  let whole = first;
  for (const part of sorted.slice(1)) {
    if (part.from > whole.until) return { kind: 'several' };
    // One inside the other: the narrower is meant ("in the morning, first thing").
    const isInside = part.until <= whole.until || part.from === whole.from;
    whole = isInside ? met(part, whole) : { from: whole.from, until: part.until };
  }
  return { kind: 'between', ...whole };
}

function restOf(refused: Stretch | undefined): TimeMention | undefined {
  if (refused?.from === 0) return { kind: 'between', from: refused.until, until: dayEnd };
  return refused?.until === dayEnd ? { kind: 'between', from: 0, until: refused.from } : undefined;
}
