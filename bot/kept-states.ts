// Conversation states in the store: one document each, and the last few of them ready for the next turn.
import { hash } from 'node:crypto';
import type { StoreItem } from 'botbuilder';
import type { Document, Store, Versioned } from '../services/ports.ts';

export type ConversationStore = Pick<Store, 'get' | 'insert' | 'replace' | 'remove' | 'batch'>;

/** A conversation goes on within moments or not for a while: more of them would only cost memory. */
const maxRecent = 64;

/**
 * States by their keys, each under the version that it was read or written at. The ones that were saved last stay as objects, so
 * that the conversation's next turn parses nothing.
 */
export function keptStates(store: ConversationStore) {
  const readAt = new WeakMap<object, { readonly id: string; readonly version: number }>();
  /** By document id, the one given back last at the end. */
  const recent = new Map<string, StoreItem>();

  const itemOf = (id: string, found: Versioned | undefined): StoreItem => {
    const item: StoreItem = found === undefined ? {} : { ...found.document, eTag: String(found.version) };
    readAt.set(item, { id, version: found?.version ?? 0 });
    return item;
  };

  return {
    async read(key: string): Promise<StoreItem> {
      const id = documentId(key);
      return itemOf(id, await store.get('conversation', id));
    },

    /** As `read`, but a state that was given back, and is what the store has, is not parsed again. Who takes it has it alone. */
    async take(key: string): Promise<StoreItem> {
      const id = documentId(key);
      const last = recent.get(id);
      recent.delete(id);
      const found = await store.get('conversation', id);
      return last !== undefined && readAt.get(last)?.version === found?.version ? last : itemOf(id, found);
    },

    /** Of a state as it is in the store, by somebody who will not touch it again. */
    giveBack(item: StoreItem): void {
      const read = readAt.get(item);
      if (read === undefined || read.version === 0) return;
      item.eTag = String(read.version);
      recent.set(read.id, item);
      if (recent.size <= maxRecent) return;
      for (const oldest of recent.keys()) {
        recent.delete(oldest);
        return;
      }
    },

    async write(key: string, item: StoreItem): Promise<void> {
      const { eTag, ...state } = item;
      const document: Document = state;
      const read = readAt.get(item);
      const id = read?.id ?? documentId(key);
      const expected = read?.version ?? (eTag === undefined || eTag === '*' ? undefined : Number(eTag));
      const written =
        expected === undefined
          ? await store.batch([{ op: 'put', kind: 'conversation', id, document }])
          : expected === 0
            ? await store.insert('conversation', id, document)
            : await store.replace('conversation', id, document, expected);
      if (!written.ok)
        throw new Error(`conversation state was changed by someone else: ${written.error.kind}`);
      const [now] = Array.isArray(written.value) ? written.value : [written.value];
      if (now !== undefined) readAt.set(item, { id, version: now.version });
    },

    async remove(key: string): Promise<void> {
      await store.remove('conversation', documentId(key));
    },
  };
}

// A conversation id may hold anything, a phone number included: its hash is safe as an id, in files and in logs.
function documentId(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 27);
}
