// A sentence as a row of words that the hearers walk over: dates and clock times whole, punctuation as breaks, noise masked.
import { indexesOf, weekdays } from './read-day.ts';
import { maxTextLength, plainLetters } from './words.ts';

/** Words in order; `,` is a break of any kind, `-` a dash, `_` something that has been understood or means nothing here. */
export type Words = readonly string[];

/** Half-open, in words. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const phone = /(?<!\d)(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])?\d{3}[ .-]\d{4}(?!\d)|\d{6,}/g;
const chunk = /[\p{L}\p{N}'@#:/.-]+|[,;!?()\n&+]/gu;
const abbreviations = new Set(
  'dr dra st ave av rd blvd ln apt ste mr mrs ms sr sra srta tue tues wed weds thu thur thurs fri sat sun mon jan feb mar apr jun jul aug sep sept oct nov dec approx lun mie jue vie sab dom ene abr ago dic pm am p a'.split(
    ' ',
  ),
);

/** Linear in the text, of which at most 500 characters are read. */
export function hearWords(text: string): Words {
  const plain = plainLetters(text.slice(0, maxTextLength))
    .slice(0, 2 * maxTextLength)
    .toLowerCase()
    .replace(/(^|[^a-z])([ap])\. ?m\b\.?/g, '$1$2m')
    .replace(phone, ' _ ')
    // "Mañana x la tarde", "pa mi hijo".
    .replace(/(?<=^| )x (?=la |el |las |favor)/g, 'por ')
    .replace(/(?<=^| )pa (?=mi |el |la |hoy|manana)/g, 'para ');
  const words: string[] = [];
  for (const [found] of plain.matchAll(chunk)) words.push(...wordsOfChunk(found));
  return words;
}

function wordsOfChunk(raw: string): Words {
  if (/^[,;!?()\n]$/.test(raw)) return [','];
  if (raw === '&' || raw === '+') return ['and'];
  if (/^-+$/.test(raw)) return ['-'];
  if (raw.includes('@')) return atSign(raw);
  const bare = raw.replace(/^[:/.'#-]+/, '').replace(/[:/.'#-]+$/, '');
  if (bare === '') return [','];
  const ended = /[.:]$/.test(raw) && !abbreviations.has(bare);
  const words = /\p{N}/u.test(bare) ? numbers(bare) : plainWords(bare);
  return ended ? [...words, ','] : words;
}

/** `@3pm` is "at 3pm"; an address of mail means nothing here. */
function atSign(raw: string): Words {
  const after = /^@+(.*)$/.exec(raw)?.[1];
  if (after === undefined) return ['_'];
  return ['at', ...(after === '' || after.includes('@') ? [] : wordsOfChunk(after))];
}

function plainWords(bare: string): Words {
  const parts = bare.split(/([/.:-])/).filter((part) => part !== '');
  return parts.flatMap((part, at): Words => {
    if (part === '/') return ['or'];
    if (part === '-') return isWeekday(parts[at - 1]) && isWeekday(parts[at + 1]) ? ['-'] : [];
    if (part === '.' || part === ':') return [];
    // "Dr. Lee's" is about Dr. Lee; "don't" stays one word.
    const word = part.replace(/(?<=\p{L}{2})'s$/u, '').replaceAll("'", '');
    return word === '' ? [] : [word];
  });
}

const isWeekday = (word: string | undefined): boolean =>
  word !== undefined && indexesOf(weekdays, word).length > 0;

const clockShape = '\\d{1,2}(?:[:.h]\\d{2})?(?:am|pm|a|p|hrs|h)?';
const whole = new RegExp(
  `^(?:\\d{1,4}|${clockShape}|\\d{1,2}(?:st|nd|rd|th|ro|do|er|ero|o)|\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[/-]\\d{1,2}(?:[/-](?:\\d{4}|\\d{2}))?|\\d{1,2}\\.\\d{1,2}\\.\\d{4})$`,
);
const clockRange = new RegExp(`^(${clockShape})-(${clockShape})$`);

function numbers(bare: string): Words {
  // "10-2" is two hours or two days, and only what stands around it can tell; "2-18" is a date.
  const pair = /^(\d{1,2})-(\d{1,2})$/.exec(bare);
  if (pair?.[1] !== undefined && pair[2] !== undefined && Number(pair[1]) <= 12 && Number(pair[2]) <= 12)
    return [pair[1], '-', pair[2]];
  if (whole.test(bare)) return [bare];
  const range = clockRange.exec(bare);
  if (range?.[1] !== undefined && range[2] !== undefined) return [range[1], '-', range[2]];
  const near = /^(\d{1,2}(?:[:.]\d{2})?)-?ish$/.exec(bare);
  if (near?.[1] !== undefined) return ['around', near[1]];
  const iso = /^(\d{4}-\d{1,2}-\d{1,2})t(\d{2}:\d{2})/.exec(bare);
  if (iso?.[1] !== undefined && iso[2] !== undefined) return [iso[1], iso[2]];
  const plainClock = /^(\d{1,2})(\d{2})(am|pm|a|p|h|hrs)$/.exec(bare);
  if (plainClock !== null) return [`${plainClock[1]}:${plainClock[2]}${plainClock[3]}`];
  // Run together: "feb18", "tue3pm", "18feb", "7-year-old".
  const [first = '', ...others] = bare.split(/(?<=\p{L}{2})(?=\p{N})|(?<=\p{N})(?=\p{L}{3})|-(?=\p{L})/u);
  if (others.length === 0 || others.length > 4) return ['_'];
  return [first, ...others].flatMap((part) =>
    part === '' ? [] : /^\p{L}+$/u.test(part) ? [part] : whole.test(part) ? [part] : ['_'],
  );
}

/** The words with these spans masked; the others keep their places. */
export function masked(words: Words, spans: readonly Span[]): Words {
  if (spans.length === 0) return words;
  const left = [...words];
  for (const { from, to } of spans) left.fill('_', from, to);
  return left;
}

/** Masks every match of a pattern over the words joined by blanks, word by word. */
export function maskedAll(words: Words, patterns: readonly RegExp[]): Words {
  const text = words.join(' ');
  const left = patterns.reduce(
    (rest, pattern) => rest.replace(pattern, (found) => found.replace(/\S+/g, '_')),
    text,
  );
  return left === text ? words : left.split(' ');
}

/**
 * Every match of a pattern (with the flag `g`) over the words joined by blanks, and the words it takes; whole words only.
 * `text`: the words joined, where many patterns are looked for in the same ones.
 */
export function phrasesIn(
  words: Words,
  pattern: RegExp,
  text: string = words.join(' '),
): readonly (Span & { readonly found: RegExpExecArray })[] {
  // `exec` and not `matchAll`, which makes a copy of the pattern each time: most patterns find nothing.
  pattern.lastIndex = 0;
  let found = pattern.exec(text);
  if (found === null) return [];
  const phrases: (Span & { readonly found: RegExpExecArray })[] = [];
  let [at, start] = [0, 0];
  while (found !== null) {
    const end = found.index + found[0].trimEnd().length;
    while (start + (words[at]?.length ?? 0) < found.index) start += (words[at++]?.length ?? 0) + 1;
    let [to, next] = [at, start];
    while (next < end) next += (words[to++]?.length ?? 0) + 1;
    phrases.push({ from: at, to, found });
    if (found[0] === '') pattern.lastIndex++;
    found = pattern.exec(text);
  }
  return phrases;
}
