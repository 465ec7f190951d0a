// Which of the shown choices a text means: one, several equally well, or none. Never a pick on doubt.
import { fold, loneNumber, nearly, wordsOf } from './words.ts';

export interface Option {
  /** What the state remembers: an id, a day, a wall time, or a word of ours (`more`). */
  readonly key: string;
  readonly label: string;
}

export type Chosen =
  | { readonly kind: 'one'; readonly key: string }
  | { readonly kind: 'several'; readonly keys: readonly string[] }
  | { readonly kind: 'none' };

// Words that say nothing about which choice is meant; a title is not a name.
const fillers = new Set(
  'a an the at in on with for to of and or i my me we want would like prefer see choose pick take please thanks thank you ok okay yes dr dra doctor doctora doc office clinic visit one el la los las un una en con de del para por favor y o quiero prefiero gracias si consultorio oficina clinica consulta cita'.split(
    ' ',
  ),
);
// Any of these turns a mention into something else than a choice.
const doubts = new Set(
  'no not never except but dont isnt cant than instead who what why where when how which whose is are does nunca excepto menos sin pero salvo quien que donde cuando como cual es'.split(
    ' ',
  ),
);

/**
 * The exact label (case and accents aside), else a lone number as the position in the list, else names by whole words.
 * Names may be one edit off from five letters on. A text with other digits, a negation or a question picks nothing.
 */
export function choose(text: string, options: readonly Option[]): Chosen {
  const exact = exactly(text, options);
  if (exact !== undefined) return { kind: 'one', key: exact };
  return byName(text, options);
}

/** The first two ways only: for lists of days and times, where words are for `readDay` and `readTime` to understand. */
export function exactly(text: string, options: readonly Option[]): string | undefined {
  // A tap sends the label back as it is: by far the most common answer, and the cheapest to know.
  const tapped = options.filter(({ label }) => label === text);
  if (tapped.length === 1) return tapped[0]?.key;
  const folded = fold(text);
  const same = options.filter(({ label }) => fold(label) === folded);
  if (same.length > 0) return same.length === 1 ? same[0]?.key : undefined;
  const number = loneNumber(text);
  if (number === undefined) return undefined;
  // "More" is 0 wherever choices are numbered, so that the others keep their numbers from page to page.
  if (number === 0) return options.find(({ key }) => key === 'more')?.key;
  return options.filter(({ key }) => key !== 'more')[number - 1]?.key;
}

const ordinals = [
  'first|1st|primero|primera|primer',
  'second|2nd|segundo|segunda',
  'third|3rd|tercero|tercera|tercer',
  'fourth|4th|cuarto|cuarta',
  'fifth|5th|quinto|quinta',
  'sixth|6th|sexto|sexta',
].map((words) => new RegExp(`^(?:the |el |la )?(?:${words})(?: one| option| choice| opcion)?$`));
const lastOne = /^(?:the |el |la )?(?:last|ultimo|ultima)(?: one| option| choice| opcion)?$/;

/** "The second one", "la primera", "the last one": a place in the list just shown. The ways to turn its pages have none. */
export function atPlace(text: string, options: readonly Option[]): string | undefined {
  const folded = fold(text);
  const counted = options.filter(({ key }) => !turns.has(key));
  // With more pages to come, the last one shown is not the last one there is.
  if (lastOne.test(folded))
    return options.some(({ key }) => key === 'more') ? undefined : counted.at(-1)?.key;
  const place = ordinals.findIndex((pattern) => pattern.test(folded));
  return place < 0 ? undefined : counted[place]?.key;
}

/** Says nothing but a place in some list. */
export const isPlace = (text: string): boolean =>
  lastOne.test(fold(text)) || ordinals.some((pattern) => pattern.test(fold(text)));

const turns = new Set(['more', 'earlier', 'other-day']);

/** The choice that was tapped, or that the text is exactly. */
export const picked = (
  turn: { readonly text: string; readonly picked?: string },
  options: readonly Option[],
): string | undefined =>
  turn.picked === undefined
    ? exactly(turn.text, options)
    : options.find(({ key }) => key === turn.picked)?.key;

function byName(text: string, options: readonly Option[]): Chosen {
  const all = wordsOf(fold(text));
  if (all.length > 24 || all.some((word) => doubts.has(word))) return { kind: 'none' };
  const said = all.filter((word) => !fillers.has(word));
  const scores = options.map(({ label }) => score(said, wordsOf(fold(label))));
  const best = Math.max(0, ...scores);
  const keys = options.flatMap(({ key }, at) => (scores[at] === best ? [key] : []));
  const [key] = keys;
  if (best === 0 || key === undefined) return { kind: 'none' };
  // Every choice fits ("visit"): the word tells nothing.
  if (keys.length === options.length && options.length > 1) return { kind: 'none' };
  if (keys.length > 1) return { kind: 'several', keys };
  const others = rivals(said, options, best, scores);
  return others.length === 0 ? { kind: 'one', key } : { kind: 'several', keys: [key, ...others] };
}

/** Two points for a whole word of the label, one for a near miss. A number in the text must stand in the label. */
function score(said: readonly string[], label: readonly string[]): number {
  const names = label.filter((word) => !fillers.has(word));
  let points = 0;
  for (const word of said) {
    if (names.includes(word)) points += 2;
    else if (/\d/.test(word)) return 0;
    else if (names.some((name) => nearly(name, word))) points += 1;
  }
  return points;
}

/** "Smith or Lee Brown": a word that fits only a lesser choice puts the best one in doubt; that choice's key. */
function rivals(
  said: readonly string[],
  options: readonly Option[],
  best: number,
  scores: readonly number[],
): readonly string[] {
  const winner = wordsOf(fold(options[scores.indexOf(best)]?.label ?? ''));
  const unexplained = said.filter((word) => !winner.some((name) => nearly(name, word)));
  return options.flatMap(({ key, label }) =>
    wordsOf(fold(label)).some((name) => unexplained.includes(name)) ? [key] : [],
  );
}
