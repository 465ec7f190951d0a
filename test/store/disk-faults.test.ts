// A disk that fails: nothing that failed is visible, what was acknowledged stays, and the store says when it must be reopened.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextRound } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { StoreUnavailable } from '../../services/store/errors.ts';
import { trailOf } from '../support/trail.ts';
import { type FaultyDisk, faultyDisk, type Operation, seeded } from './faulty-disk.ts';
import { byStart, newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

const openOn = (disk: FaultyDisk, compactAfterBytes = 1_000_000) =>
  openedStore(storeOptions('/disk', { files: disk.files, indexes: [byStart], compactAfterBytes }));

const failing =
  (wanted: Operation, code: string, namesLike = /./): FaultyDisk['fault'] =>
  (operation, name) =>
    operation === wanted && namesLike.test(name) ? code : undefined;

const everything = { from: '', to: '~' };

describe.each([
  { fault: 'the disk is full', operation: 'write', code: 'ENOSPC', goesOn: true },
  { fault: 'a sync fails', operation: 'sync', code: 'EIO', goesOn: false },
] as const)('$fault', ({ operation, code, goesOn }) => {
  test('everybody in the group is refused, also who had lost already; nothing is visible', async () => {
    const disk = faultyDisk(seeded(1));
    const store = await openOn(disk);
    await store.insert('booking', 'old', { startsAt: '1' });
    disk.fault = failing(operation, code);
    const writes = await Promise.allSettled([
      store.insert('booking', 'new', { startsAt: '2' }),
      store.insert('booking', 'new', { startsAt: '3' }),
      store.replace('booking', 'old', { startsAt: '4' }, 1),
      store.remove('booking', 'old'),
    ]);
    for (const write of writes) {
      expect(write.status).toBe('rejected');
      if (write.status === 'rejected') expect(write.reason).toBeInstanceOf(StoreUnavailable);
    }
    const untouched = [{ id: 'old', version: 1, document: { startsAt: '1' } }];
    expect(await store.list('booking', 'startsAt', everything)).toEqual(untouched);
    expect(await store.get('booking', 'new')).toBeUndefined();

    disk.fault = () => undefined;
    disk.restart('power, unsynced lost');
    expect(await (await openOn(disk)).list('booking', 'startsAt', everything)).toEqual(untouched);
  });

  test(
    goesOn ? 'writing goes on once there is room' : 'nothing is written until the store is opened anew',
    async () => {
      const disk = faultyDisk(seeded(2));
      const store = await openOn(disk);
      // Once is enough: what the next sync says counts for nothing.
      const fault = failing(operation, code);
      disk.fault = (asked, name) => {
        const found = fault(asked, name);
        if (found !== undefined) disk.fault = () => undefined;
        return found;
      };
      await expect(store.insert('booking', 'a', {})).rejects.toThrow(code);
      const second = await store.insert('booking', 'b', { startsAt: '2' }).catch((error: unknown) => error);
      if (goesOn) expect(second).toMatchObject({ ok: true });
      else expect(second).toBeInstanceOf(StoreUnavailable);
      await store.close();
      const reopened = await openOn(disk);
      expect(await reopened.get('booking', 'a')).toBeUndefined();
      expect((await reopened.get('booking', 'b'))?.version).toBe(goesOn ? 1 : undefined);
      expect(await reopened.insert('booking', 'c', {})).toMatchObject({ ok: true });
    },
  );
});

test('a full disk that cannot take back half a line stops the store', async () => {
  const disk = faultyDisk(seeded(3));
  const store = await openOn(disk);
  disk.fault = (operation) => (operation === 'write' || operation === 'truncate' ? 'ENOSPC' : undefined);
  await expect(store.insert('booking', 'a', {})).rejects.toBeInstanceOf(StoreUnavailable);
  disk.fault = () => undefined;
  await expect(store.insert('booking', 'b', {})).rejects.toBeInstanceOf(StoreUnavailable);
});

test.each([
  ['no file can be made', failing('create', 'ENOSPC')],
  ['the new journal cannot be synced', failing('sync', 'EIO', /^journal\.[2-9]/)],
  ['the snapshot cannot be written', failing('write', 'ENOSPC', /^snapshot/)],
  ['the snapshot cannot be synced', failing('sync', 'EIO', /^snapshot/)],
  ['the snapshot cannot be renamed', failing('rename', 'EIO')],
  ['old files cannot be removed', failing('remove', 'EIO')],
] as const)('compaction fails (%s): bookings go on, and later it succeeds', async (_, fault) => {
  const disk = faultyDisk(seeded(4));
  const store = await openOn(disk, 300);
  let faults = 0;
  disk.fault = (operation, name) => {
    // Only compaction's own files: the journal that is written to works.
    const code = name === 'journal.1' && operation !== 'remove' ? undefined : fault(operation, name);
    if (code !== undefined) faults += 1;
    return code;
  };
  const put = (n: number) => store.insert('booking', `b${n}`, { startsAt: String(n).padStart(3, '0') });
  for (let n = 0; n < 20; n += 1) expect(await put(n)).toMatchObject({ ok: true });
  expect(faults).toBeGreaterThan(0);
  disk.fault = () => undefined;
  for (let n = 20; n < 100; n += 1) expect(await put(n)).toMatchObject({ ok: true });
  await store.close();
  disk.restart('power, unsynced lost');
  const reopened = await openOn(disk, 300);
  expect(await reopened.list('booking', 'startsAt', everything)).toHaveLength(100);
  expect(disk.names().filter((name) => name.startsWith('snapshot.'))).toHaveLength(1);
});

test('links that went bad on disk are not taken into a snapshot: compaction says so, bookings go on, nothing is removed', async () => {
  const folder = await newFolder();
  const store = await openedStore(storeOptions(folder));
  for (const n of [1, 2, 3]) await store.batch([{ op: 'append', kind: 'audit', document: { n } }]);
  const journal = join(folder, 'journal.1');
  const whole = await readFile(journal, 'utf8');
  const sentence = "The store's file journal.1 is unreadable at line 3: restore the folder from a backup.";
  for (const bad of [whole.replace('"n":2', '"n":7'), whole.slice(0, whole.indexOf('"n":2'))]) {
    await writeFile(journal, bad);
    await expect(store.compact()).rejects.toThrow('could not be compacted (damaged)');
    await expect(trailOf(store)).rejects.toThrow(sentence);
    expect(await store.insert('booking', `b${bad.length}`, {})).toMatchObject({ ok: true });
    expect(await readFile(journal, 'utf8')).toBe(bad);
  }
  await writeFile(journal, whole);
  await store.compact();
  expect((await trailOf(store)).map(({ document }) => document['n'])).toEqual([1, 2, 3]);
  expect((await readdir(folder)).filter((name) => name.startsWith('journal.1'))).toEqual([]);
  await store.close();
  await removeFolder(folder);
});

test('writers who come while others still come share one write; a stream without end holds nobody up', async () => {
  const disk = faultyDisk(seeded(5));
  const store = await openOn(disk);
  let writes = 0;
  disk.fault = (operation) => {
    if (operation === 'write') writes += 1;
    return undefined;
  };
  const put = (n: number) => store.insert('booking', `b${n}`, { startsAt: String(n) });
  const few = [put(0), put(1)];
  for (const n of [2, 3]) {
    await nextRound();
    few.push(put(n));
  }
  await Promise.all(few);
  expect(writes).toBe(1);

  let answered = false;
  const all: Promise<unknown>[] = [put(100), put(101)];
  void all[0]?.then(() => {
    answered = true;
  });
  for (let n = 102; !answered && n < 200; n += 1) {
    await nextRound();
    all.push(put(n));
  }
  expect(all.length).toBeLessThan(30);
  await Promise.all(all);
});
