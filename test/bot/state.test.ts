// botbuilder's Storage over the real store: versions, hostile ids, and what is written.
import { BotAdapter, TurnContext } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createConversationState, createStateStorage } from '../../bot/state.ts';
import type { Store } from '../../services/ports.ts';
import { openStore, temporaryFolder, testClock, testLog } from './support.ts';

class SimpleAdapter extends BotAdapter {
  override sendActivities = async () => [];
  override updateActivity = async () => undefined;
  override deleteActivity = async () => undefined;
  override continueConversation = async () => undefined;
}

let store: Store;
let folder: string;
let remove: () => Promise<void>;
const clock = testClock();

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  store = await openStore(folder, clock, testLog(clock).log);
});
afterEach(async () => {
  await store.close();
  await remove();
});

const read = async (key: string) => (await createStateStorage(store).read([key]))[key];

it('an unknown conversation is empty, a known one comes back, also after a restart', async () => {
  const storage = createStateStorage(store);
  const { one } = await storage.read(['one']);
  expect(one).toEqual({});
  await storage.write({ one: Object.assign(one, { draft: { day: '2025-02-18' }, eTag: '*' }) });
  await store.close();
  store = await openStore(folder, clock, testLog(clock).log);
  expect(await read('one')).toEqual({ draft: { day: '2025-02-18' }, eTag: '1' });
});

it('a state read before another’s write is not written over it, whatever its eTag says', async () => {
  const storage = createStateStorage(store);
  const { one: mine } = await storage.read(['one']);
  const { one: theirs } = await storage.read(['one']);
  await storage.write({ one: Object.assign(theirs, { count: 1, eTag: '*' }) });
  await expect(storage.write({ one: Object.assign(mine, { count: 9, eTag: '*' }) })).rejects.toThrow(
    'someone else',
  );
  expect(await read('one')).toMatchObject({ count: 1 });
});

it('one object can be written again and again', async () => {
  const storage = createStateStorage(store);
  const { one } = await storage.read(['one']);
  for (const count of [1, 2, 3]) await storage.write({ one: Object.assign(one, { count }) });
  expect(await read('one')).toEqual({ count: 3, eTag: '3' });
});

it('changing what was read changes nothing in the store', async () => {
  const storage = createStateStorage(store);
  await storage.write({ one: { draft: { slots: ['a'] } } });
  const { one } = await storage.read(['one']);
  one.draft.slots.push('b');
  expect(await read('one')).toMatchObject({ draft: { slots: ['a'] } });
});

it('deletes', async () => {
  const storage = createStateStorage(store);
  await storage.write({ one: { count: 1 } });
  await storage.delete(['one']);
  expect(await read('one')).toEqual({});
});

it('any characters in a conversation’s id are kept apart', async () => {
  const ids = [
    '../../etc/passwd',
    'a/b',
    'a|b',
    'a\u0000b',
    '\u00f1',
    'n\u0303',
    '__proto__',
    '+15551230001',
    'x'.repeat(2000),
  ];
  const storage = createStateStorage(store);
  for (const [index, id] of ids.entries()) await storage.write({ [`sms/conversations/${id}/`]: { index } });
  for (const [index, id] of ids.entries())
    expect(await read(`sms/conversations/${id}/`)).toMatchObject({ index });
});

describe('a conversation’s state from turn to turn', () => {
  const adapter = new SimpleAdapter();
  const contextOf = (id: string): TurnContext =>
    new TurnContext(adapter, {
      type: 'message',
      channelId: 'emulator',
      conversation: { id, isGroup: false, conversationType: '', name: '' },
    });

  /** A state in which conversation `a` has saved the list [1]. */
  async function saved() {
    const state = createConversationState(store, 15);
    const list = state.createProperty<number[]>('list');
    const context = contextOf('a');
    await list.set(context, [1]);
    await state.saveChanges(context);
    return { state, list };
  }

  it('what a turn changed but did not save is not there in the next', async () => {
    const { list } = await saved();
    (await list.get(contextOf('a')))?.push(2);
    expect(await list.get(contextOf('a'))).toEqual([1]);
  });

  it.each([
    ['knows nobody: it begins anew', undefined, 1],
    ['knows somebody who was forgotten: it begins anew', { id: '' }, 1],
    ['still knows somebody: it does not come back', { id: '5' }, 0],
  ])('whose document was deleted during a turn, and %s', async (_, who, left) => {
    const state = createConversationState(store, 15);
    const memory = state.createProperty<object>('memory');
    const first = contextOf('a');
    await memory.set(first, { lastTurnMs: 1, who: { id: '5' } });
    await state.saveChanges(first);
    const context = contextOf('a');
    await memory.set(context, { lastTurnMs: 2, ...(who === undefined ? {} : { who }) });
    for (const { id } of await store.all('conversation')) await store.remove('conversation', id);
    const saving = state.saveChanges(context, true);
    await (left === 1 ? saving : expect(saving).rejects.toThrow('someone else'));
    expect(await store.all('conversation')).toHaveLength(left);
  });

  it('two turns at once never have one object, and the later save is refused', async () => {
    const { state, list } = await saved();
    const [one, other] = [contextOf('a'), contextOf('a')];
    await list.set(one, [1, 2]);
    expect(await list.get(other)).toEqual([1]);
    await list.set(other, [3]);
    await state.saveChanges(other);
    await expect(state.saveChanges(one)).rejects.toThrow('someone else');
    expect(await list.get(contextOf('a'))).toEqual([3]);
  });

  it('a state that somebody else has written since is read anew', async () => {
    const { list } = await saved();
    await createStateStorage(store).write({ 'emulator/conversations/a/': { list: [7] } });
    expect(await list.get(contextOf('a'))).toEqual([7]);
  });

  it('saving again and again in one turn saves each change; without one, nothing is written', async () => {
    const { state, list } = await saved();
    const context = contextOf('a');
    for (const next of [2, 3]) {
      (await list.get(context))?.push(next);
      await state.saveChanges(context);
    }
    await state.saveChanges(context);
    expect(await read('emulator/conversations/a/')).toEqual({ list: [1, 2, 3], eTag: '3' });
  });

  it('holds for more conversations than are kept ready', async () => {
    const { state, list } = await saved();
    const ids = Array.from({ length: 200 }, (_, n) => `c${n}`);
    for (const id of [...ids, ...ids]) {
      const context = contextOf(id);
      await list.set(context, [...((await list.get(context)) ?? []), 1]);
      await state.saveChanges(context);
    }
    expect(await list.get(contextOf('c0'))).toEqual([1, 1]);
    expect(await list.get(contextOf('c199'))).toEqual([1, 1]);
  });
});
