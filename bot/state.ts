// botbuilder's Storage over the store port: one document per conversation, its eTag the document's version.
import {
  ConversationState,
  type StatePropertyAccessor,
  type Storage,
  type StoreItem,
  type StoreItems,
  type TurnContext,
} from 'botbuilder';
import type { Document } from '../services/ports.ts';
import {
  type ConversationStore,
  changedMeanwhile,
  documentId,
  type Kept,
  keptOf,
  keptStates,
} from './kept-states.ts';

export interface ForgetfulState extends ConversationState {
  /** Forgets who was there in conversations that have been silent for as long as a session lasts; how many there were. */
  forgetSilent(nowMs: number): Promise<number>;
}

/**
 * botbuilder's conversation state, kept in the store under the kind `conversation`. A change is noticed by comparing with what the
 * store has: the SDK's own comparison serialises the state three times a turn, cycle-proof and slowly, although a state is
 * plain data. `saveChanges` with `force` compares nothing: for callers who know that they changed something.
 */
export function createConversationState(store: ConversationStore, sessionMinutes: number): ForgetfulState {
  const kept = keptStates(store, sessionMinutes);
  const loadedKey = Symbol('conversation state');
  const loadedIn = (context: TurnContext): Kept | undefined =>
    context.turnState.get<Kept | undefined>(loadedKey);

  class StoredState extends ConversationState implements ForgetfulState {
    forgetSilent = kept.forgetSilent;
    override async load(context: TurnContext, force = false): Promise<StoreItem> {
      const loaded = force ? undefined : loadedIn(context);
      if (loaded !== undefined) return loaded.state;
      const taken = await kept.take(this.getStorageKey(context) ?? '');
      context.turnState.set(loadedKey, taken);
      return taken.state;
    }
    /** After it the state is no longer this turn's: the next one has it. */
    override async saveChanges(context: TurnContext, force = false): Promise<void> {
      if (force && loadedIn(context) === undefined) await this.load(context);
      const loaded = loadedIn(context);
      if (loaded === undefined) return;
      if (force || (await this.isChanged(context, loaded))) await kept.write(loaded);
      context.turnState.delete(loadedKey);
      kept.giveBack(loaded);
    }
    private async isChanged(context: TurnContext, { state }: Kept): Promise<boolean> {
      const before = await kept.read(this.getStorageKey(context) ?? '');
      return JSON.stringify(state) !== JSON.stringify(before.state);
    }
    override get(context: TurnContext): StoreItem | undefined {
      return loadedIn(context)?.state;
    }
    /** As the SDK's, without its generators, and waiting only for what is not there yet: three of these are awaited in a turn. */
    override createProperty<T>(name: string): StatePropertyAccessor<T> {
      return {
        get: async (context: TurnContext, defaultValue?: T) => {
          const state = loadedIn(context)?.state ?? (await this.load(context));
          if (defaultValue !== undefined && !Object.hasOwn(state, name))
            state[name] = structuredClone(defaultValue);
          return state[name];
        },
        set: async (context, value) => {
          const state = loadedIn(context)?.state ?? (await this.load(context));
          state[name] = value;
        },
        delete: async (context) => {
          const state = loadedIn(context)?.state ?? (await this.load(context));
          delete state[name];
        },
      };
    }
    override async clear(context: TurnContext): Promise<void> {
      const state = await this.load(context);
      for (const name of Object.keys(state)) delete state[name];
    }
    override async delete(context: TurnContext): Promise<void> {
      await store.remove('conversation', documentId(this.getStorageKey(context) ?? ''));
      context.turnState.delete(loadedKey);
    }
  }
  return new StoredState(createStateStorage(store));
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
    if (!written.ok) throw changedMeanwhile(written.error);
    const [now] = Array.isArray(written.value) ? written.value : [written.value];
    if (now !== undefined) readAt.set(item, now.version);
  }

  return {
    async read(keys) {
      const items: StoreItems = {};
      for (const key of keys) {
        const id = documentId(key);
        const { state, version } = keptOf(id, await store.get('conversation', id));
        const item: StoreItem = version === 0 ? state : { ...state, eTag: String(version) };
        readAt.set(item, version);
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
