// "Delete this patient's data": what our store knows about who somebody is goes; the EHR's chart is the practice's.
import type { Audit } from './audit.ts';
import { patientLock } from './bookings.ts';
import { patientOfConversation } from './documents.ts';
import type { PatientId } from './domain.ts';
import type { Document, Store, StoreOp } from './ports.ts';

export interface PatientDataDeps {
  readonly store: Store;
  readonly audit: Audit;
}

export interface Deleted {
  readonly bookings: number;
  readonly conversations: number;
  readonly messages: number;
}

/**
 * Takes the name and the way back to the conversation out of the patient's bookings, and removes the conversations in which they
 * are known and the news owed to them. That a visit was booked stays, or it could be booked twice. One batch with its audit
 * entry; when this resolves, no file of the store holds any of it. Throws StoreUnavailable.
 */
export async function deletePatientData(
  { store, audit }: PatientDataDeps,
  patient: PatientId,
): Promise<Deleted> {
  return store.withLock(patientLock(patient), async () => {
    const range = { from: `${patient}|`, to: `${patient}|\uffff`, limit: Number.MAX_SAFE_INTEGER };
    const bookings = await store.list('booking', 'patient', range);
    const conversationIds = new Set(bookings.map(({ document }) => document['conversationId']));
    const conversations = (await store.all('conversation')).filter(
      ({ document }) => patientOfConversation(document) === patient,
    );
    const ids = new Set(bookings.map(({ id }) => id));
    const messages = (await store.all('message')).filter(
      ({ document }) =>
        document['patientId'] === patient ||
        ids.has(String(document['bookingId'])) ||
        conversationIds.has(document['conversationId'] ?? null),
    );
    const deleted: Deleted = {
      bookings: bookings.length,
      conversations: conversations.length,
      messages: messages.length,
    };
    const holds = (await store.all('hold')).filter(({ document }) => document['patientId'] === patient);
    const counts = Object.entries(deleted).map(([what, count]) => `${what} ${count}`);
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
      audit.ofDeletion(patient, counts.join(', ')),
    ];
    const written = await store.batch(ops);
    if (!written.ok) throw new Error(`patient data changed while it was deleted (${written.error.kind})`);
    await store.compact();
    return deleted;
  });
}

function withoutPerson(document: Document): Document {
  const { conversationId: _, ...rest } = document;
  return { ...rest, patientName: '' };
}
