// botbuilder's Storage over the store port: one document per conversation, its eTag the document's version.
import { hash } from 'node:crypto';
import { ConversationState, type Storage, type StoreItem, type StoreItems } from 'botbuilder';
import type { Document, Store } from '../services/ports.ts';

type ConversationStore = Pick<Store, 'get' | 'insert' | 'replace' | 'remove' | 'batch'>;

/** botbuilder's conversation state, kept in the store under the kind `conversation`. */
export function createConversationState(store: ConversationStore): ConversationState {
  return new ConversationState(createStateStorage(store));
}

/**
 * Reads and writes state objects. `BotState` sets every eTag to `*` (last write wins) before it writes, so the version
 * that an object was read at is remembered beside the object and wins over its eTag. A write at another version throws.
 */
export function createStateStorage(store: ConversationStore): Storage {
  const readAt = new WeakMap<object, number>();

  async function write(key: string, item: StoreItem): Promise<void> {
    const { eTag, ...state } = item;
    const document: Document = state;
    const id = documentId(key);
    const expected = readAt.get(item) ?? (eTag === undefined || eTag === '*' ? undefined : Number(eTag));
    const written =
      expected === undefined
        ? await store.batch([{ op: 'put', kind: 'conversation', id, document }])
        : expected === 0
          ? await store.insert('conversation', id, document)
          : await store.replace('conversation', id, document, expected);
    if (!written.ok) throw new Error(`conversation state was changed by someone else: ${written.error.kind}`);
    const [now] = Array.isArray(written.value) ? written.value : [written.value];
    if (now !== undefined) readAt.set(item, now.version);
  }

  return {
    async read(keys) {
      const items: StoreItems = {};
      for (const key of keys) {
        const found = await store.get('conversation', documentId(key));
        const item: StoreItem = found === undefined ? {} : { ...found.document, eTag: String(found.version) };
        readAt.set(item, found?.version ?? 0);
        items[key] = item;
      }
      return items;
    },
    async write(changes) {
      for (const [key, item] of Object.entries(changes)) await write(key, item);
    },
    async delete(keys) {
      for (const key of keys) await store.remove('conversation', documentId(key));
    },
  };
}

// A conversation id may hold anything, a phone number included: its hash is safe as an id, in files and in logs.
function documentId(key: string): string {
  return hash('sha256', key, 'base64url').slice(0, 27);
}
