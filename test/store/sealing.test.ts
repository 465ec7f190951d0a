// Sealed documents: nothing readable on disk, the wrong key and changed envelopes refused, and a plain store sealed once a key is given.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Log } from '../../services/ports.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { faultyDisk, seeded } from './faulty-disk.ts';
import { invented, newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

const sealed = { dataKey: invented(1) };
const names = ['Markedfirst', 'Markedsecond', 'Markedthird'];

async function write(options: Parameters<typeof storeOptions>[1]): Promise<void> {
  const store = await openedStore(storeOptions(folder, options));
  for (const [n, name] of names.entries()) await store.insert('booking', `b${n}`, { name });
  await store.close();
}
async function onDisk(): Promise<string> {
  const texts = (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8'));
  return (await Promise.all(texts)).join('');
}
async function found(options: Parameters<typeof storeOptions>[1]): Promise<readonly unknown[]> {
  const store = await openedStore(storeOptions(folder, options));
  const all = await store.all('booking');
  await store.close();
  return all.map(({ document }) => document['name']);
}
const refusal = async (options: Parameters<typeof storeOptions>[1]) => {
  const opened = await openJsonStore(storeOptions(folder, options));
  if (opened.ok) await opened.value.close();
  return opened.ok ? 'opened' : [opened.error.kind, opened.error.message];
};

describe.each([
  ['in the journal', 1_000_000],
  ['in the snapshot', 1],
])('%s', (_, compactAfterBytes) => {
  test('nothing of a document can be read, and all of it comes back', async () => {
    await write({ ...sealed, compactAfterBytes });
    const text = await onDisk();
    expect(text).toMatch(/"sealedWith":"[0-9a-f]{8}"/);
    expect(text).not.toMatch(/Marked|name/);
    expect(await found(sealed)).toEqual(names);
  });

  test('without the key, or with another, one sentence says which key it wants', async () => {
    await write({ ...sealed, compactAfterBytes });
    const before = await onDisk();
    expect(await refusal({})).toEqual([
      'key',
      expect.stringMatching(/^The store's file \w+\.\d is sealed: set DATA_KEY to the key [0-9a-f]{8}\.$/),
    ]);
    expect(await refusal({ dataKey: invented(2) })).toEqual([
      'key',
      expect.stringMatching(
        /^The store's file \w+\.\d is sealed with the key [0-9a-f]{8}, but DATA_KEY is the key [0-9a-f]{8}\.$/,
      ),
    ]);
    expect(await onDisk()).toBe(before);
  });
});

describe('an envelope whose line has a right checksum', () => {
  const swap = (at: number, field: number, change: (text: string) => string) => (lines: string[][]) => {
    const fields = lines[at];
    if (fields !== undefined) fields[field] = change(fields[field] ?? '');
  };
  const bitChanged = (text: string) => `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`;
  test.each<[string, (lines: string[][]) => void]>([
    ['with a bit changed', swap(2, 3, bitChanged)],
    ['with another document’s content', (lines) => swap(2, 3, () => lines[1]?.[3] ?? '')(lines)],
    ['of an earlier version', swap(2, 2, (places) => places.replace(',1]', ',2]'))],
    ['said to be removed', swap(2, 2, (places) => places.replace(',1]', ',0]'))],
    ['of another kind', swap(2, 2, (places) => places.replace('booking', 'message'))],
    ['for one place more', swap(2, 2, (places) => places.replace(']]', '],["hold","h",1]]'))],
    ['cut to nothing', swap(2, 3, (text) => text.slice(0, 12))],
    ['that is plain text', swap(2, 3, () => '{"name":"Forged"}')],
    [
      'written as a plain line',
      (lines) => lines.splice(2, 1, ['', 'booking', '"b1"', '1', '{"name":"Forged"}']),
    ],
  ])('%s does not open; its place is named, never its content', async (_, change) => {
    const store = await openedStore(storeOptions(folder, sealed));
    for (const [n, name] of names.entries()) await store.insert('booking', `b${n}`, { name });
    await store.close();
    await rewrite(join(folder, 'journal.1'), change);
    expect(await refusal(sealed)).toEqual([
      'damaged',
      "The store's file journal.1 is unreadable at line 3: restore the folder from a backup.",
    ]);
  });
});

describe('a store that was written plain', () => {
  test.each([
    ['a journal', 1_000_000],
    ['a snapshot and a journal', 1],
  ])('(%s) is sealed when it is opened with a key, and the log says so', async (_, compactAfterBytes) => {
    await write({ compactAfterBytes });
    expect(await onDisk()).toContain('Marked');
    const events: string[] = [];
    const info: Log['info'] = (event) => events.push(event);
    const log: Log = { info, warn: info, error: info };
    expect(await found({ ...sealed, log })).toEqual(names);
    expect(events).toContain('store sealed');
    expect(await onDisk()).not.toContain('Marked');
    events.length = 0;
    expect(await found({ ...sealed, log })).toEqual(names);
    expect(events).toEqual(['store open']);
  });

  test('does not open where the disk refuses to take the sealed one, and does next time', async () => {
    const disk = faultyDisk(seeded(5));
    const plain = await openedStore(storeOptions('/disk', { files: disk.files }));
    await plain.insert('booking', 'b1', { name: 'Marked' });
    await plain.close();
    disk.fault = (operation, name) =>
      operation === 'write' && name.startsWith('snapshot') ? 'ENOSPC' : undefined;
    const opened = await openJsonStore(storeOptions('/disk', { files: disk.files, ...sealed }));
    expect(opened).toEqual({
      ok: false,
      error: {
        kind: 'folder',
        message: 'The store in /disk cannot be sealed: the store could not be compacted (ENOSPC).',
      },
    });
    disk.fault = () => undefined;
    const store = await openedStore(storeOptions('/disk', { files: disk.files, ...sealed }));
    expect(await store.get('booking', 'b1')).toMatchObject({ document: { name: 'Marked' } });
    expect(
      disk
        .names()
        .map((name) => disk.text(name))
        .join(''),
    ).not.toContain('Marked');
  });
});

test('what was removed or replaced is in no file once compacting has resolved', async () => {
  const store = await openedStore(storeOptions(folder));
  await store.insert('booking', 'b1', { name: 'Markedremoved' });
  await store.insert('booking', 'b2', { name: 'Markedreplaced' });
  await store.replace('booking', 'b2', { name: 'new' }, 1);
  await store.remove('booking', 'b1');
  expect(await onDisk()).toMatch(/Markedremoved[\s\S]*Markedreplaced/);
  await store.compact();
  expect(await onDisk()).not.toContain('Marked');
  await store.close();
  expect(await found({})).toEqual(['new']);
});

test('compacting that the disk refuses says so, and the store writes on', async () => {
  const disk = faultyDisk(seeded(6));
  const store = await openedStore(storeOptions('/disk', { files: disk.files }));
  disk.fault = (operation, name) =>
    operation === 'remove' || (operation === 'create' && name.startsWith('snapshot')) ? 'EIO' : undefined;
  await expect(store.compact()).rejects.toThrow('could not be compacted (EIO)');
  disk.fault = (operation) => (operation === 'remove' ? 'EIO' : undefined);
  await expect(store.compact()).rejects.toThrow('could not be removed');
  disk.fault = () => undefined;
  expect(await store.insert('booking', 'b1', {})).toMatchObject({ ok: true });
  await store.compact();
  expect(disk.names()).toHaveLength(2);
});

/** Changes the fields of a file's lines and makes every checksum right again. */
async function rewrite(path: string, change: (lines: string[][]) => void): Promise<void> {
  const lines = (await readFile(path, 'utf8'))
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
  change(lines);
  let checksum = crc32(lines[0]?.join('\t') ?? '');
  const written = lines.map((fields, at) => {
    if (at === 0) return fields.join('\t');
    const rest = `\t${fields.slice(1).join('\t')}`;
    checksum = crc32(rest, checksum);
    return checksum.toString(16).padStart(8, '0') + rest;
  });
  await writeFile(path, `${written.join('\n')}\n`);
}
