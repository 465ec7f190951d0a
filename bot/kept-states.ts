// Conversation states in the store: one document each, and the last few of them ready for the next turn.
import { hash } from 'node:crypto';
import type { StoreItem } from 'botbuilder';
import { claimInConversation, patientOfConversation } from '../services/conversation-documents.ts';
import type { Document, Store, StoreError, Versioned } from '../services/ports.ts';
import { silentStates } from './silent-states.ts';

export type ConversationStore = Pick<Store, 'all' | 'get' | 'insert' | 'replace' | 'remove' | 'batch'>;

/** A conversation's state, and the version that the store has of it (0: none yet). */
export interface Kept {
  readonly id: string;
  readonly state: StoreItem;
  version: number;
}

/** A conversation goes on within moments or not for a while: more of them would only cost memory. */
const maxRecent = 64;

/** The states that were saved last stay as objects, so that the conversation's next turn parses nothing. */
export function keptStates(store: ConversationStore, sessionMinutes: number) {
  /** By document id, the one given back last at the end. */
  const recent = new Map<string, Kept>();
  const silent = silentStates(store, sessionMinutes);

  return {
    async read(key: string): Promise<Kept> {
      const id = documentId(key);
      return keptOf(id, await store.get('conversation', id));
    },

    /** As `read`, but a state that was given back, and is what the store has, is not parsed again. Who takes it has it alone. */
    async take(key: string): Promise<Kept> {
      const id = documentId(key);
      const waiting = silent.entered(id);
      if (waiting !== undefined) await waiting;
      const last = recent.get(id);
      recent.delete(id);
      const found = await store.get('conversation', id);
      return last !== undefined && last.version === found?.version ? last : keptOf(id, found);
    },

    /** Of a state as it is in the store, by somebody who will not touch it again. */
    giveBack(kept: Kept): void {
      silent.left(kept.id);
      if (kept.version === 0) return;
      recent.set(kept.id, kept);
      if (recent.size <= maxRecent) return;
      for (const oldest of recent.keys()) {
        recent.delete(oldest);
        return;
      }
    },

    /**
     * Throws where the store has another version by now. Where it has none any more, its patient had everything deleted in this turn or
     * during it: a state that knows nobody begins anew, one that still knows somebody, or their claim, must not come back.
     */
    async write(kept: Kept): Promise<void> {
      const { id, version } = kept;
      const document: Document = kept.state;
      const replaced = version === 0 ? undefined : await store.replace('conversation', id, document, version);
      const isGone = replaced?.ok === false && replaced.error.kind === 'not-found';
      const begins = replaced === undefined || (isGone && !knowsSomebody(document));
      const written = begins ? await store.insert('conversation', id, document) : replaced;
      if (!written.ok) throw changedMeanwhile(written.error);
      kept.version = written.value.version;
      silent.written(id);
    },

    /** Forgets who was there in conversations that have been silent for as long as a session lasts, on disk and here; how many there were. */
    forgetSilent: (nowMs: number): Promise<number> => silent.forget(nowMs, (id) => void recent.delete(id)),
  };
}

const knowsSomebody = (document: Document): boolean =>
  patientOfConversation(document) !== undefined || claimInConversation(document) !== undefined;

export const keptOf = (id: string, found: Versioned | undefined): Kept =>
  found === undefined
    ? { id, state: {}, version: 0 }
    : { id, state: { ...found.document }, version: found.version };

export const changedMeanwhile = ({ kind }: StoreError): Error =>
  new Error(`conversation state was changed by someone else: ${kind}`);

// A conversation id may hold anything, a phone number included: its hash is safe as an id, in files and in logs.
export function documentId(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 27);
}
