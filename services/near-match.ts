// Is somebody who wants to register perhaps on file already? Pure, and generous: a doubt goes to the front desk, and makes no second chart.
import type { Patient } from './domain.ts';
import { fold } from './identity.ts';
import type { Claim } from './use-cases.ts';

/**
 * Of one birth date: last names alike; first and last name alike the other way round; or first names alike (people marry).
 * Alike: folded, up to one typo, or with a word in common; a nickname on the chart counts as a first name.
 */
export function isNear(claim: Claim, patient: Patient): boolean {
  if (claim.birthDate !== patient.birthDate) return false;
  const lastNames = [patient.lastName];
  const firstNames = [patient.firstName, `${patient.firstName} ${patient.middleName}`, patient.nickName];
  const isAlike = (name: string, others: readonly string[]) => others.some((other) => alike(name, other));
  return (
    isAlike(claim.lastName, lastNames) ||
    isAlike(claim.firstName, firstNames) ||
    (isAlike(claim.firstName, lastNames) && isAlike(claim.lastName, firstNames))
  );
}

/** The same name, letter for letter but for case, accents and where it divides. */
export const isExactly = ({ firstName, lastName }: Claim, patient: Patient): boolean =>
  fold(firstName).join('') === fold(patient.firstName).join('') &&
  fold(lastName).join('') === fold(patient.lastName).join('');

/** Initials and particles ("de", "la") are in many names. */
const tellingLength = 3;

function alike(one: string, other: string): boolean {
  const [words, others] = [fold(one), fold(other)];
  if (words.length === 0 || others.length === 0) return false;
  if (isOneTypo(words.join(''), others.join(''))) return true;
  const telling = words.filter((word) => word.length >= tellingLength);
  return telling.some((word) => others.some((theirs) => isOneTypo(word, theirs)));
}

/** Equal, or one letter more, less, other, or two neighbours changed places. Names of one or two letters have to be equal. */
function isOneTypo(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.min(a.length, b.length) < tellingLength || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
