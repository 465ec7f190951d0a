// The names of a practice's doctors as they may stand in a sentence: first, last, both, one letter off, "Dr. H. Alvarez".
import type { Words } from './hear-words.ts';
import { commonWords } from './ordinary-words.ts';
import type { Roster } from './understood.ts';
import { fold, nearly, wordsOf } from './words.ts';

export interface Person {
  readonly id: string;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

// A roster is the same object until the practice changes: its names are folded once.
const folded = new WeakMap<Roster, readonly Person[]>();
export function peopleOf(roster: Roster): readonly Person[] {
  const known = folded.get(roster);
  if (known !== undefined) return known;
  const people = roster.doctors.map(({ id, firstName, lastName }) => ({
    id,
    first: spelled(firstName),
    last: spelled(lastName),
  }));
  folded.set(roster, people);
  return people;
}

/** The words of a name, and the name in one ("Al-Hassan", "alhassan"). */
function spelled(name: string): readonly string[] {
  const words = wordsOf(fold(name));
  return words.length > 1 ? [...words, words.join('')] : words;
}

// Small words of long names: "la doctora de la piel" is not Dr. De la Cruz.
const particles = new Set('de la del las los van von der den da dos di du le al el y e'.split(' '));

export const has = (names: readonly string[], word: string, isNear: boolean): boolean =>
  names.some((name) => name === word || `${name}s` === word || (isNear && nearly(name, word)));

/** Those whom a word fits: exactly, else one letter off. */
function fitting(people: readonly Person[], word: string): readonly Person[] {
  const exact = people.filter(({ first, last }) => has(first, word, false) || has(last, word, false));
  if (exact.length > 0 || commonWords.has(word)) return exact;
  return people.filter(({ first, last }) => has(first, word, true) || has(last, word, true));
}

/** The longest run of a person's names from `at` on; "h alvarez" is Helen Alvarez. */
export function run(
  words: Words,
  at: number,
  people: readonly Person[],
): { people: readonly Person[]; to: number } {
  const initial = words[at] ?? '';
  if (/^\p{L}$/u.test(initial)) {
    const rest = run(
      words,
      at + 1,
      people.filter(({ first }) => first[0]?.startsWith(initial) === true),
    );
    return rest.people.length > 0 ? rest : { people: [], to: at };
  }
  let [left, to]: [readonly Person[], number] = [people, at];
  while (to < at + 4) {
    const word = words[to] ?? '';
    const next = word.length > 1 ? fitting(left, word) : [];
    if (next.length === 0) break;
    left = next;
    to++;
  }
  const isNamed = words.slice(at, to).some((word) => !particles.has(word));
  return isNamed ? { people: left, to } : { people: [], to: at };
}
