// botbuilder's Storage over the real store: versions, hostile ids, and what is written.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStateStorage } from '../../bot/state.ts';
import type { Store } from '../../services/ports.ts';
import { openStore, temporaryFolder, testClock, testLog } from './support.ts';

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
