// A claim that is put right where something else is asked: a whole name with a birth date, or the date alone.
import { addDays, todayIn } from './calendar.ts';
import type { Memory } from './memory.ts';
import { type NameReading, readBirthDate, readName, withoutBirthDate } from './read-person.ts';
import { goOn, type Step, type Turn } from './turn.ts';
import { fold, wordsOf } from './words.ts';

/** Written as a name is: words around it are no part of it. */
const asName = /\p{Lu}[\p{L}'’-]*(?:\s+(?:de|del|la|van|von|\p{Lu}[\p{L}'’-]*)){0,3}\s+\p{Lu}[\p{L}'’-]+/u;
const aroundDate = new Set(
  'no not sorry oops actually i mean meant it its is was the date of birth birthday born dob on my she he correct right perdon disculpe es fue naci nacio el la fecha de nacimiento mi quise decir'.split(
    ' ',
  ),
);

/** First and last name beside a date; undefined where that is not written as a name. */
export function nameBesideDate(text: string): NameReading | undefined {
  const stated = /\d/.test(text) ? asName.exec(text.normalize('NFC'))?.[0] : undefined;
  const name = stated === undefined ? undefined : readName(stated);
  return name?.lastName === '' ? undefined : name;
}

/** The claim again with what was put right; undefined where the text says nothing of the kind, or nothing new. */
export function putRight(turn: Turn, memory: Memory): Step | undefined {
  const { draft = {} } = memory;
  const folded = fold(turn.text);
  const tomorrow = addDays(todayIn('UTC', turn.desk.clock.now()), 1);
  const birth = readBirthDate(folded, tomorrow, memory.language);
  if (birth?.kind !== 'date' || turn.picked !== undefined) return undefined;
  const name = nameBesideDate(turn.text);
  const isDateAlone = wordsOf(withoutBirthDate(folded)).every((word) => aroundDate.has(word));
  if (name === undefined && !isDateAlone) return undefined;
  const next = { ...draft, ...name, birthDate: birth.date };
  const isNew = (['firstName', 'lastName', 'birthDate'] as const).some(
    (part) => fold(next[part] ?? '') !== fold(draft[part] ?? ''),
  );
  if (!isNew) return undefined;
  return goOn({ ...memory, draft: next, challenge: undefined, claimOver: undefined, misses: undefined });
}
