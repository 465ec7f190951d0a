// What identity keeps in the store: challenges, the counts that slow guessing down, registrations, and accounts linked to charts.
// Ids and what they are found by are keyed hashes. Kind `token`, each with its end, but for links (kind `contact`).
import { z } from 'zod';
import { patientId } from './domain.ts';
import type { Document, IndexDeclaration, Json, Store, Versioned } from './ports.ts';
import { instantAt } from './wall-time.ts';

const endsAt = z.iso.datetime();

const challenge = z.object({
  what: z.literal('challenge'),
  /** The hash of what the conversation holds. */
  challenge: z.string(),
  /** `chart`: a claim; `contact`: a new patient's phone or e-mail. */
  purpose: z.enum(['chart', 'contact']),
  /** The hash of the account that it was asked by; empty without one. */
  account: z.string(),
  /** The hash of challenge and code; of nothing that can be typed, where no code goes out. */
  code: z.string(),
  triesLeft: z.number().int(),
  /** `proven`: a contact's code was given, and it counts for one person's registration. */
  state: z.enum(['asked', 'proven', 'used']),
  /** The pseudonym of the patient; of the claim, where it fits nobody; of the contact. */
  subject: z.string(),
  /** The id of the count that success takes back; of a proven contact the registration that it was used for, empty before. */
  claim: z.string(),
  /** What the right code leads to; see `packed`. */
  details: z.string(),
  endsAt,
});
export type StoredChallenge = z.infer<typeof challenge>;
export const readChallenge = (stored: Versioned): StoredChallenge => challenge.parse(stored.document);

/** More than what a right code leads to takes, but for very long names: all challenges are of one size. */
const detailsBytes = 256;

/** JSON as base64, filled up with spaces: escapes and accents do not show in its length. */
export function packed(details: Json): string {
  const json = Buffer.from(JSON.stringify(details));
  const room = Buffer.alloc(Math.max(json.length, detailsBytes), ' ');
  json.copy(room);
  return room.toString('base64');
}

/** What was packed, for a schema to judge. */
export const unpacked = ({ details }: StoredChallenge): unknown =>
  JSON.parse(Buffer.from(details, 'base64').toString());

const claimCount = z.object({
  what: z.literal('claim'),
  subject: z.string(),
  count: z.number().int(),
  nextAtMs: z.number(),
  endsAt,
});
export type ClaimCount = z.infer<typeof claimCount>;
export const readClaimCount = (stored: Versioned): ClaimCount => claimCount.parse(stored.document);

const codeCount = z.object({
  what: z.literal('codes'),
  subject: z.string(),
  /** Of the last hour. */
  askedAtMs: z.array(z.number()),
  endsAt,
});
export const readCodeCount = (stored: Versioned): z.infer<typeof codeCount> =>
  codeCount.parse(stored.document);

const registration = z.object({
  what: z.literal('registration'),
  /** The hash of the one challenge that it was made with. */
  challenge: z.string(),
  /** The chart, once it is known; until then nobody knows whether there is one. */
  patientId: z.string().transform(patientId).exactOptional(),
  /** The patient's pseudonym, likewise; empty before. */
  subject: z.string(),
  endsAt,
});
export type Registration = z.infer<typeof registration>;
export const readRegistration = (stored: Versioned): Registration => registration.parse(stored.document);

const link = z.object({
  account: z.string(),
  patientId: z.string().transform(patientId),
  firstName: z.string(),
  linkedAt: z.iso.datetime(),
  usedAt: z.iso.datetime(),
});
export type Link = z.infer<typeof link>;
export const readLink = (stored: Versioned): Link => link.parse(stored.document);

const textOf = (document: Document, field: string): string | undefined => {
  const value = document[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** `ends`: what is swept. `subject`: what is about one patient. `account`, `patient`: links. */
export const identityIndexes: readonly IndexDeclaration[] = [
  { kind: 'token', name: 'ends', key: (d) => textOf(d, 'endsAt') },
  { kind: 'token', name: 'subject', key: (d) => textOf(d, 'subject') },
  { kind: 'contact', name: 'account', key: (d) => textOf(d, 'account') },
  { kind: 'contact', name: 'patient', key: (d) => textOf(d, 'patientId') },
];

/** The range of one key. */
export const exactly = (key: string) => ({ from: key, to: `${key}\u0000` });

const atOnce = 500;

/** Removes what has ended; how many there were. One that was written anew meanwhile stays. */
export async function removeEnded(store: Pick<Store, 'list' | 'remove'>, nowMs: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const ended = await store.list('token', 'ends', { from: '', to: instantAt(nowMs), limit: atOnce });
    const answers = await Promise.all(ended.map(({ id, version }) => store.remove('token', id, version)));
    const gone = answers.filter(({ ok }) => ok).length;
    removed += gone;
    if (ended.length < atOnce || gone === 0) return removed;
  }
}
