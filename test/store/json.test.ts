// The JSON store fulfils the contract of the port, with and without compaction going on all the time, plain and sealed.

import { expect, test } from 'vitest';
import { storeContract } from '../contracts/store.ts';
import { byStart, invented, newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

for (const [name, compactAfterBytes, dataKey] of [
  ['json', 8 * 1024 * 1024, undefined],
  ['json, compacting all the time', 1, undefined],
  ['json, sealed', 8 * 1024 * 1024, invented(1)],
  ['json, sealed, compacting all the time', 1, invented(1)],
] as const)
  storeContract({
    name,
    newPlace: newFolder,
    removePlace: removeFolder,
    open: (folder, indexes) => openedStore(storeOptions(folder, { indexes, compactAfterBytes, dataKey })),
  });

test('json: a key that holds a NUL is refused; a range may start after a key with one', async () => {
  const folder = await newFolder();
  const store = await openedStore(storeOptions(folder, { indexes: [byStart] }));
  await expect(store.insert('booking', 'nul', { startsAt: '1\0' })).rejects.toThrow(/NUL/);
  for (const startsAt of ['1', '2']) await store.insert('booking', startsAt, { startsAt });
  const ids = async (from: string, to: string) =>
    (await store.list('booking', 'startsAt', { from, to })).map((found) => found.id);
  expect(await ids('1\0', '3')).toEqual(['2']);
  expect(await ids('1', '1\0')).toEqual(['1']);
  await store.close();
  await removeFolder(folder);
});
