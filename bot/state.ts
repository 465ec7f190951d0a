// botbuilder's Storage over the store port: one document per conversation, its eTag the document's version.
import { hash } from 'node:crypto';
import {
  ConversationState,
  type StatePropertyAccessor,
  type Storage,
  type StoreItem,
  type StoreItems,
  type TurnContext,
} from 'botbuilder';
import type { Document, Store } from '../services/ports.ts';

type ConversationStore = Pick<Store, 'get' | 'insert' | 'replace' | 'remove' | 'batch'>;

/**
 * botbuilder's conversation state, kept in the store under the kind `conversation`. A change is noticed by comparing with what the
 * store has: the SDK's own comparison serialises the state three times a turn, cycle-proof and slowly, although a state is
 * plain data. `saveChanges` with `force` compares nothing: for callers who know that they changed something.
 */
export function createConversationState(store: ConversationStore): ConversationState {
  const kept = keptStates(store);
  const loaded = new WeakMap<TurnContext, { readonly key: string; readonly state: StoreItem }>();

  class StoredState extends ConversationState {
    override async load(context: TurnContext, force = false): Promise<StoreItem> {
      const cached = force ? undefined : loaded.get(context);
      if (cached !== undefined) return cached.state;
      const key = this.getStorageKey(context) ?? '';
      const state = await kept.read(key);
      loaded.set(context, { key, state });
      return state;
    }
    override async saveChanges(context: TurnContext, force = false): Promise<void> {
      if (force) await this.load(context);
      const cached = loaded.get(context);
      if (cached === undefined) return;
      const { key, state } = cached;
      if (!force && textOf(state) === textOf(await kept.read(key))) return;
      await kept.write(key, state);
    }
    override get(context: TurnContext): StoreItem | undefined {
      return loaded.get(context)?.state;
    }
    /** As the SDK's, without its generators: three of these are awaited in a turn. */
    override createProperty<T>(name: string): StatePropertyAccessor<T> {
      const stateOf = (context: TurnContext): StoreItem | Promise<StoreItem> =>
        loaded.get(context)?.state ?? this.load(context);
      return {
        async get(context: TurnContext, defaultValue?: T) {
          const state = await stateOf(context);
          if (defaultValue !== undefined && !Object.hasOwn(state, name))
            state[name] = structuredClone(defaultValue);
          return state[name];
        },
        async set(context, value) {
          const state = await stateOf(context);
          state[name] = value;
        },
        async delete(context) {
          const state = await stateOf(context);
          delete state[name];
        },
      };
    }
    override async clear(context: TurnContext): Promise<void> {
      const state = await this.load(context);
      for (const name of Object.keys(state)) delete state[name];
    }
    override async delete(context: TurnContext): Promise<void> {
      await kept.remove(this.getStorageKey(context) ?? '');
      loaded.delete(context);
    }
  }
  return new StoredState(createStateStorage(store));
}

const textOf = ({ eTag, ...state }: StoreItem): string => JSON.stringify(state);

/**
 * Reads and writes state objects. `BotState` sets every eTag to `*` (last write wins) before it writes, so the version
 * that an object was read at is remembered beside the object and wins over its eTag. A write at another version throws.
 */
export function createStateStorage(store: ConversationStore): Storage {
  const kept = keptStates(store);
  return {
    async read(keys) {
      const items: StoreItems = {};
      for (const key of keys) items[key] = await kept.read(key);
      return items;
    },
    async write(changes) {
      for (const [key, item] of Object.entries(changes)) await kept.write(key, item);
    },
    async delete(keys) {
      for (const key of keys) await kept.remove(key);
    },
  };
}

function keptStates(store: ConversationStore) {
  const readAt = new WeakMap<object, { readonly id: string; readonly version: number }>();

  return {
    async read(key: string): Promise<StoreItem> {
      const id = documentId(key);
      const found = await store.get('conversation', id);
      const item: StoreItem = found === undefined ? {} : { ...found.document, eTag: String(found.version) };
      readAt.set(item, { id, version: found?.version ?? 0 });
      return item;
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
