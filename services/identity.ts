// Does a claim (name and birth date) fit exactly one chart? Pure, and says why field by field, for tests and the audit.
import type { Patient } from './domain.ts';
import type { Claim } from './use-cases.ts';

export type FieldMatch = 'exact' | 'partial' | 'none';

export interface Reasons {
  readonly birthDate: FieldMatch;
  readonly firstName: FieldMatch;
  readonly lastName: FieldMatch;
  readonly active: boolean;
}

export type Match =
  | { readonly kind: 'one'; readonly patient: Patient; readonly reasons: Reasons }
  | { readonly kind: 'none' }
  /** Duplicate charts, or two people whom the claim cannot tell apart: never an automatic pick. */
  | { readonly kind: 'several'; readonly count: number };

/** Exactly one active chart fits, or nobody does. An exact and a partial fit together are a doubt, and count as several. */
export function matchPatient(claim: Claim, candidates: readonly Patient[]): Match {
  const fits = candidates
    .map((patient) => ({ patient, reasons: compare(claim, patient) }))
    .filter(({ reasons }) => fitsWhole(reasons));
  const [first, second] = fits;
  if (first === undefined) return { kind: 'none' };
  if (second !== undefined) return { kind: 'several', count: fits.length };
  return { kind: 'one', patient: first.patient, reasons: first.reasons };
}

function fitsWhole(reasons: Reasons): boolean {
  return (
    reasons.active &&
    reasons.birthDate === 'exact' &&
    reasons.firstName !== 'none' &&
    reasons.lastName !== 'none'
  );
}

/**
 * Where the typed name divides into first and last is unknown ("Mary Ann Lee", "Luis García López"), so every division is
 * tried. Folded before comparing: case, accents, apostrophes, hyphens and spaces mean nothing.
 */
export function compare(claim: Claim, patient: Patient): Reasons {
  const birthDate: FieldMatch = claim.birthDate === patient.birthDate ? 'exact' : 'none';
  const words = fold(`${claim.firstName} ${claim.lastName}`);
  let best: { firstName: FieldMatch; lastName: FieldMatch } = { firstName: 'none', lastName: 'none' };
  for (let cut = 1; cut < words.length; cut += 1) {
    const firstName = firstNameMatch(words.slice(0, cut), patient);
    const lastName = lastNameMatch(words.slice(cut), patient);
    if (score(firstName) * score(lastName) > score(best.firstName) * score(best.lastName)) {
      best = { firstName, lastName };
    }
  }
  return { birthDate, ...best, active: patient.active };
}

const scores = { exact: 2, partial: 1, none: 0 } as const;
const score = (match: FieldMatch): number => scores[match];

/** Besides the whole name: its first word, the nickname on the chart, or a middle initial. */
function firstNameMatch(words: readonly string[], patient: Patient): FieldMatch {
  const typed = words.join('');
  const first = fold(patient.firstName);
  const middle = fold(patient.middleName);
  if (typed === first.join('')) return 'exact';
  if (middle.length > 0 && typed === [...first, ...middle].join('')) return 'exact';
  if (patient.nickName !== '' && typed === fold(patient.nickName).join('')) return 'partial';
  if (first.length > 1 && typed === first[0]) return 'partial';
  const initial = middle[0]?.[0];
  return initial !== undefined && typed === first.join('') + initial ? 'partial' : 'none';
}

/** A chart with two surnames also answers to its first one, as its bearer uses it. */
function lastNameMatch(words: readonly string[], patient: Patient): FieldMatch {
  const typed = words.join('');
  const last = fold(patient.lastName);
  if (typed === last.join('')) return 'exact';
  return last.length > 1 && last[0] === typed && typed.length > 2 ? 'partial' : 'none';
}

/** Words of letters and digits, lower case, without accents; apostrophes join ("O'Brien"), everything else divides. */
export function fold(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f'\u2019\u02bc`.]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
