// All that our store has of one patient: shown in numbers, or deleted. The EHR's chart is the practice's.
import type { Audit } from './audit.ts';
import { patientLock } from './bookings.ts';
import { claimKeyOf } from './claim.ts';
import { claimInConversation, patientOfConversation } from './conversation-documents.ts';
import type { PatientId } from './domain.ts';
import type { OwnData } from './identity-cases.ts';
import { exactly } from './identity-documents.ts';
import type { Keyed } from './keyed.ts';
import type { Document, Json, Store, StoreOp, Versioned } from './ports.ts';
import { registrationIdOf } from './registration.ts';

export interface PatientDataDeps {
  readonly store: Store;
  readonly audit: Audit;
  /** Identity's own: claims are counted under it. */
  readonly keyed: Keyed;
}

export interface Deleted {
  readonly bookings: number;
  readonly conversations: number;
  readonly messages: number;
  readonly links: number;
}

interface Found {
  readonly bookings: readonly Versioned[];
  readonly conversations: readonly Versioned[];
  readonly messages: readonly Versioned[];
  /** Accounts that identify the patient. */
  readonly links: readonly Versioned[];
  /** Challenges, counts of claims and codes, a registration: all of hours. */
  readonly counts: readonly Versioned[];
}

async function dataOf(deps: PatientDataDeps, patient: PatientId): Promise<Found> {
  const { store, audit } = deps;
  const whole = { limit: Number.MAX_SAFE_INTEGER };
  const range = { from: `${patient}|`, to: `${patient}|\uffff`, ...whole };
  const bookings = await store.list('booking', 'patient', range);
  const conversationIds = new Set(bookings.map(({ document }) => document['conversationId']));
  const ids = new Set(bookings.map(({ id }) => id));
  const counts = await countsOfSubject(store, audit.pseudonym(patient));
  const conversations = (await store.all('conversation')).filter(
    ({ document }) => patientOfConversation(document) === patient || isClaimed(deps, document, counts),
  );
  return {
    bookings,
    conversations,
    messages: (await store.all('message')).filter(
      ({ document }) =>
        document['patientId'] === patient ||
        ids.has(String(document['bookingId'])) ||
        // Several people may write in one conversation: what names another one's visit is theirs.
        (!('bookingId' in document || 'patientId' in document) &&
          conversationIds.has(document['conversationId'] ?? null)),
    ),
    links: await store.list('contact', 'patient', { ...exactly(patient), ...whole }),
    counts: [...counts, ...(await proofsOf(deps, counts, conversations))],
  };
}

const countsOfSubject = (store: Store, subject: string): Promise<readonly Versioned[]> =>
  store.list('token', 'subject', { ...exactly(subject), limit: Number.MAX_SAFE_INTEGER });

/** Whoever is half-way through a claim is nobody yet; that it was made, or a chart made from it, is kept under its hash for a day. */
function isClaimed({ keyed }: PatientDataDeps, document: Document, counts: readonly Versioned[]): boolean {
  const half = counts.length === 0 ? undefined : claimInConversation(document);
  if (half === undefined) return false;
  const [made, registered] = [claimKeyOf(keyed, half.claim), registrationIdOf(keyed, half.claim)];
  return counts.some(({ id }) => id === made || id === registered);
}

/** Proofs of contacts name no patient: the registration does that they were used for, or the conversation that asked for one. */
async function proofsOf(
  { store, keyed }: PatientDataDeps,
  counts: readonly Versioned[],
  conversations: readonly Versioned[],
): Promise<readonly Versioned[]> {
  const asked = conversations.flatMap(
    ({ document }) => claimInConversation(document)?.contactChallenge ?? [],
  );
  const proofs = new Set<Json>([
    ...counts.flatMap(({ document }) => document['challenge'] ?? []),
    ...asked.map((challenge) => keyed('challenge', challenge)),
  ]);
  const known = new Set(counts.map(({ id }) => id));
  return (await store.all('token')).filter(
    ({ id, document }) => !known.has(id) && proofs.has(document['challenge'] ?? null),
  );
}

/** What never came about, and the places that a visit was moved from. */
const notVisits: ReadonlySet<Json> = new Set(['failed', 'moved']);

/** Counted for the patient, with an entry in the audit trail; bookings that never came about are no visits. */
export async function showPatientData(deps: PatientDataDeps, patient: PatientId): Promise<OwnData> {
  const { bookings, messages, conversations, links } = await dataOf(deps, patient);
  const visits = bookings.filter(({ document }) => !notVisits.has(document['status'] ?? null));
  const dates = [...bookings, ...messages, ...links].flatMap(({ document }) =>
    ['createdAt', 'owedAt', 'linkedAt'].flatMap((field) => {
      const at = document[field];
      return typeof at === 'string' ? [at] : [];
    }),
  );
  const [oldestAt] = dates.sort();
  const shown: OwnData = {
    visits: visits.length,
    messages: messages.length,
    conversations: conversations.length,
    links: links.length,
    ...(oldestAt === undefined ? {} : { oldestAt }),
  };
  await deps.store.batch([deps.audit.ofShowing(patient, countsOf([visits, conversations, messages, links]))]);
  return shown;
}

/**
 * Takes the name and the way back to the conversation out of the patient's bookings, and removes the conversations in which they
 * are known or have claimed to be who they are, the news owed to them, the accounts linked to them and what counts their claims. That a visit was booked stays, or it
 * could be booked twice. One batch with its audit entry; when this resolves, no file of the store holds any of it. Throws StoreUnavailable.
 */
export async function deletePatientData(
  deps: PatientDataDeps,
  patient: PatientId,
  by: 'operator' | 'patient',
): Promise<Deleted> {
  const { store, audit } = deps;
  return store.withLock(patientLock(patient), async () => {
    const { bookings, conversations, messages, links, counts } = await dataOf(deps, patient);
    const holds = (await store.all('hold')).filter(({ document }) => document['patientId'] === patient);
    const ops: readonly StoreOp[] = [
      ...bookings.map(
        ({ id, version, document }): StoreOp => ({
          op: 'replace',
          kind: 'booking',
          id,
          document: withoutPerson(document),
          expectedVersion: version,
        }),
      ),
      ...conversations.map(({ id }): StoreOp => ({ op: 'remove', kind: 'conversation', id })),
      ...messages.map(({ id }): StoreOp => ({ op: 'remove', kind: 'message', id })),
      ...holds.map(({ id }): StoreOp => ({ op: 'remove', kind: 'hold', id })),
      ...links.map(({ id }): StoreOp => ({ op: 'remove', kind: 'contact', id })),
      ...counts.map(({ id }): StoreOp => ({ op: 'remove', kind: 'token', id })),
      audit.ofDeletion(patient, countsOf([bookings, conversations, messages, links]), by),
    ];
    const written = await store.batch(ops);
    if (!written.ok) throw new Error(`patient data changed while it was deleted (${written.error.kind})`);
    await store.compact();
    return {
      bookings: bookings.length,
      conversations: conversations.length,
      messages: messages.length,
      links: links.length,
    };
  });
}

const names = ['bookings', 'conversations', 'messages', 'links'] as const;
const countsOf = (found: readonly (readonly Versioned[])[]): string =>
  names.map((name, at) => `${name} ${found[at]?.length ?? 0}`).join(', ');

function withoutPerson(document: Document): Document {
  const { conversationId: _, ...rest } = document;
  return { ...rest, patientName: '' };
}
