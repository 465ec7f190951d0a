// People whom this account has proven before: "who is this visit for?", by first names only.
import type { LinkedPerson } from '../services/identity-cases.ts';
import { choose, type Option, picked } from './choose.ts';
import { identified, notIdentified, recordWho } from './identify.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import { readName } from './read-person.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { fold } from './words.ts';

const someoneElse = 'someone-else';

/** The question where there is somebody to choose; undefined: ask for name and birth date. */
export async function askPerson(turn: Turn, memory: Memory): Promise<Step | undefined> {
  if (turn.account === undefined || memory.byName === true) return undefined;
  const people = await peopleFor(turn);
  if (people.length === 0) return undefined;
  return waitFor(memory, 'person', wordsFor(memory).askPerson(aboutOf(memory)), optionsFor(memory, people));
}

/** What they are asked for. */
export const aboutOf = ({ task }: Memory): 'booking' | 'visits' | 'data' =>
  task === undefined
    ? 'booking'
    : task.kind === 'show-data' || task.kind === 'delete-data'
      ? 'data'
      : 'visits';

interface Listed extends LinkedPerson {
  /** By their place among so many: nothing that leaves here names a chart, and a list that has changed has other keys. */
  readonly key: string;
}

/** Two of one first name cannot be told apart by it: those are left to name and birth date. */
async function peopleFor(turn: Turn): Promise<readonly Listed[]> {
  const people = await turn.desk.useCases.peopleOf(turn);
  return people
    .map((person, at) => ({ ...person, key: `person:${at}-${people.length}` }))
    .filter(({ firstName }) => people.filter((other) => other.firstName === firstName).length === 1);
}

const optionsFor = (memory: Memory, people: readonly Listed[]): readonly Option[] => [
  ...people.map(({ key, firstName }) => ({ key, label: firstName })),
  ...optionsOf(memory, [someoneElse]),
];

const other =
  /\b(?:someone else|somebody else|another person|other|new|otra persona|alguien mas|nadie|none|neither|no)\b/;
const self = /^(?:me|myself|mine|my own|for me|its me|para mi|(?:l[ao]s )?mi[ao]s|yo|soy yo|yes|si)$/;

/** One of those shown, or somebody else, who is asked for by name and birth date. */
export async function recordPerson(turn: Turn, memory: Memory): Promise<Step> {
  const people = await peopleFor(turn);
  const options = optionsFor(memory, people);
  // The list has changed since: nobody is taken for whoever stands in their place now.
  const isOther = ({ key }: { readonly key: string }) => memory.shown?.includes(key) !== true;
  if (memory.shown?.some((key) => key.startsWith('person:')) === true && people.some(isOther))
    return goOn(memory);
  const chosen = choose(turn.text, options);
  const folded = fold(turn.text).replace(/'/g, '');
  const key =
    picked(turn, options) ??
    (chosen.kind === 'one' ? chosen.key : undefined) ??
    (people.length === 1 && self.test(folded)
      ? people[0]?.key
      : other.test(folded)
        ? someoneElse
        : undefined);
  const byName: Memory = { ...memory, byName: true, misses: undefined };
  if (key === someoneElse) return goOn(byName);
  const person = people.find((one) => one.key === key);
  // A whole name, or a name with a birth date, is somebody's claim.
  if (person === undefined)
    return readName(turn.text)?.lastName ? recordWho(turn, byName) : missed(turn, memory, 'choice');
  const found = await turn.desk.useCases.asLinked(person.id, turn);
  if (found.ok) return identified(memory, found.value);
  return notIdentified(turn, byName, found.error, await phoneFor(turn.desk, memory));
}
