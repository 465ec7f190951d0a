// botbuilder's Storage over the store port: one document per conversation, its eTag the document's version.
import {
  ConversationState,
  type StatePropertyAccessor,
  type Storage,
  type StoreItem,
  type StoreItems,
  type TurnContext,
} from 'botbuilder';
import { type ConversationStore, keptStates } from './kept-states.ts';

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
      const state = await kept.take(key);
      loaded.set(context, { key, state });
      return state;
    }
    /** After it the state is no longer this turn's: the next one has it. */
    override async saveChanges(context: TurnContext, force = false): Promise<void> {
      if (force) await this.load(context);
      const cached = loaded.get(context);
      if (cached === undefined) return;
      const { key, state } = cached;
      if (force || textOf(state) !== textOf(await kept.read(key))) await kept.write(key, state);
      loaded.delete(context);
      kept.giveBack(state);
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
