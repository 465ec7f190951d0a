// Whom a sentence names as the patient: a name with a birth date, or "this is Ann Bishop". Decides nothing: who it is, is looked up or asked.
import { addDays, todayIn } from './calendar.ts';
import type { Memory } from './memory.ts';
import { monthOf } from './read-day.ts';
import { readBirthDate, readName } from './read-person.ts';
import type { Turn } from './turn.ts';
import type { Roster } from './understood.ts';
import { fold, wordsOf } from './words.ts';

export interface NamedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate?: string;
}

// The name must be written as one: "this is urgent", "for tuesday morning" name nobody.
const introduced =
  /(?:\b(?:[Tt]his is|[Mm]y name is|[Mm]y name's|[Ii] am|[Ii]'m|[Ii]m|[Ff]or|[Mm]e llamo|[Mm]i nombre es|[Ss]oy|[Pp]ara)\s+(?:\p{Ll}+\s+){0,2})(\p{Lu}[\p{Ll}'’-]\p{L}*(?:\s+(?:de|del|la|van|von|\p{Lu}[\p{L}'’-]*)){0,3}\s+\p{Lu}[\p{L}'’-]+)/u;

/** The person a sentence names, unless it is who is known already; undefined: nobody, or nobody else. */
export function hearPerson(turn: Turn, { language, who }: Memory, roster: Roster): NamedPerson | undefined {
  const folded = fold(turn.text);
  const birth = readBirthDate(folded, addDays(todayIn('UTC', turn.desk.clock.now()), 1), language);
  const stated = introduced.exec(turn.text.normalize('NFC'))?.[1];
  const whole = birth?.kind === 'date' ? readName(stated ?? turn.text) : undefined;
  const name = whole ?? (stated === undefined ? undefined : readName(stated));
  if (
    name === undefined ||
    name.lastName === '' ||
    isOfPractice(`${name.firstName} ${name.lastName}`, roster)
  )
    return undefined;
  const isKnown = who !== undefined && isSamePerson(`${name.firstName} ${name.lastName}`, who.name);
  if (isKnown) return undefined;
  return { ...name, ...(birth?.kind === 'date' ? { birthDate: birth.date } : {}) };
}

/** One name's words are all in the other: "Sofía Hernández" is "Sofía Hernández López". */
function isSamePerson(one: string, other: string): boolean {
  const [a, b] = [wordsOf(fold(one)), wordsOf(fold(other))];
  return a.every((word) => b.includes(word)) || b.every((word) => a.includes(word));
}

/** A doctor's, an office's or a visit's name, or a date, is no patient's. */
function isOfPractice(name: string, { doctors, offices, visitTypes }: Roster): boolean {
  const words = wordsOf(fold(name));
  if (words.some((word) => monthOf(word) !== undefined)) return true;
  return [...doctors, ...offices, ...visitTypes].some((thing) => {
    const known = wordsOf(fold(thing.name));
    return words.every((word) => known.includes(word));
  });
}
