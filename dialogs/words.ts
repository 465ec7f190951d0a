// A patient's text as words that can be compared: case, accents, punctuation and odd spacing folded away.

/** Longest text that is read at all, in UTF-16 units; longer ones get a polite answer. */
export const maxTextLength = 500;

/**
 * Lower case, no accents, `a.m.`/`p. m.` as `am`/`pm`; digits, letters, `: / - . ' @` kept, everything else a space.
 * Linear in the text's length.
 */
export function fold(text: string): string {
  const short = text.slice(0, maxTextLength);
  const lower = short.toLowerCase();
  // Most answers are: a dozen looks in a turn would fold them in vain.
  if (isFolded.test(lower)) return lower;
  return (isAscii.test(short) ? short : plainLetters(short))
    .toLowerCase()
    .replace(/(^|[^a-z])([ap])\. ?m\b\.?/g, '$1$2m')
    .replace(/[^\p{L}\p{N}:/.'-]+/gu, ' ')
    .replace(/\.+(?= |$)/g, '')
    .trim();
}

const isAscii = /^[\0-\x7f]*$/;
const isFolded = /^[a-z\d:/'-]+(?: [a-z\d:/'-]+)*$/;

/** Letters without accents, straight quotes and dashes; what cannot be seen (marks of direction, zero width) is gone. */
export const plainLetters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/[\u2018\u2019\u02bc`]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-');

/** The words of folded text; `-`, `.` and `/` part words, an apostrophe does not (`dont`, `obrien`). */
export const wordsOf = (folded: string): readonly string[] =>
  folded
    .replaceAll("'", '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/**
 * One pattern that finds something where any of these does: one look instead of dozens, most of which find nothing. Takes no back
 * references, and of their flags only `u`.
 */
export const anyOf = (patterns: readonly RegExp[]): RegExp =>
  new RegExp(
    patterns.map(({ source }) => source).join('|'),
    patterns.some(({ unicode }) => unicode) ? 'u' : '',
  );

/** Equal, or one edit apart (a letter more, less, other, or two swapped) where both have five letters or more. */
export function nearly(a: string, b: string): boolean {
  if (a === b) return true;
  return a.length <= b.length ? isOneEditFrom(a, b) : isOneEditFrom(b, a);
}

function isOneEditFrom(short: string, long: string): boolean {
  if (short.length < 5 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return swapped && short.slice(at + 2) === long.slice(at + 2);
}

/** A number alone (`3`, `#3`, `option 3`, `3.`), which selects from the list just shown; no other digits do. */
export function loneNumber(text: string): number | undefined {
  const found =
    /^(?:#|option |number |opcion |numero )?(\d{1,2})[.)]?(?: more| mas| please| por favor)?$/.exec(
      text.length > 20 ? '' : fold(text).replace(/^# ?/, ''),
    );
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
