// What the store says when it cannot open, and what it mends by itself.
import {
  appendFile,
  chmod,
  constants,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJsonStore } from '../../services/store/json.ts';
import { newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

const refusal = async (where = folder) => {
  const opened = await openJsonStore(storeOptions(where));
  if (opened.ok) await opened.value.close();
  return opened.ok ? 'opened' : [opened.error.kind, opened.error.message.replaceAll(folder, 'FOLDER')];
};

/** Three bookings, a line each after the header, in journal.1. */
const write = async (compactAfterBytes = 1_000_000): Promise<void> => {
  const store = await openedStore(storeOptions(folder, { compactAfterBytes }));
  for (const id of ['b1', 'b2', 'b3']) await store.insert('booking', id, { id, text: 'line' });
  await store.close();
};
const bookings = async (): Promise<readonly boolean[]> => {
  const store = await openedStore(storeOptions(folder));
  const found = await Promise.all(['b1', 'b2', 'b3'].map((id) => store.get('booking', id)));
  await store.close();
  return found.map((booking) => booking !== undefined);
};
const edit = async (name: string, change: (text: string) => string): Promise<void> =>
  writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8')));
const lines = (text: string): string[] => text.split('\n').slice(0, -1);
const joined = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

test('the folder is for its owner only, whoever made it', async () => {
  const made = join(folder, 'data', 'store');
  await mkdir(made, { recursive: true, mode: 0o755 });
  const store = await openedStore(storeOptions(made, { compactAfterBytes: 1 }));
  for (const id of ['a', 'b', 'c']) await store.insert('booking', id, {});
  expect((await stat(made)).mode & 0o777).toBe(0o700);
  // Closed first: a compaction under way would take files from under the list.
  await store.close();
  const names = await readdir(made);
  expect(names.length).toBeGreaterThan(1);
  for (const name of names) expect((await stat(join(made, name))).mode & 0o777).toBe(0o600);
});

test('a folder that everybody writes into is not taken from them', async () => {
  const shared = join(folder, 'shared');
  await mkdir(shared);
  await chmod(shared, 0o777);
  await writeFile(join(shared, 'somebody.txt'), 'else');
  const opened = await openJsonStore(storeOptions(shared));
  expect(opened).toMatchObject({ ok: false, error: { kind: 'folder' } });
  expect((await stat(shared)).mode & 0o777).toBe(0o777);
});

// A line is acknowledged when its write returns: the kernel itself must know that it is to be on disk then.
test.skipIf(process.platform !== 'linux')(
  'the journal, new or found, is open for synced writes',
  async () => {
    const isSynced = async (): Promise<readonly boolean[]> => {
      const found: boolean[] = [];
      for (const fd of await readdir('/proc/self/fd')) {
        const path = await readlink(`/proc/self/fd/${fd}`).catch(() => '');
        if (path !== join(folder, 'journal.1')) continue;
        const flags = /^flags:\s+(\d+)$/m.exec(await readFile(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '';
        found.push((Number.parseInt(flags, 8) & constants.O_DSYNC) === constants.O_DSYNC);
      }
      return found;
    };
    for (const _ of ['new', 'found']) {
      const store = await openedStore(storeOptions(folder));
      await store.insert('hold', 'h', {});
      expect(await isSynced()).toEqual([true]);
      await store.close();
    }
  },
);

describe('the last line is dropped if it is broken', () => {
  test.each([
    ['cut short', (text: string) => text.slice(0, -4)],
    ['without its end', (text: string) => text.slice(0, -1)],
    ['changed', (text: string) => `${text.slice(0, -5)}LINE\n`],
    ['half zeros', (text: string) => `${text.slice(0, -12)}${'\0'.repeat(11)}\n`],
  ])('%s', async (_, change) => {
    await write();
    await edit('journal.1', change);
    expect(await bookings()).toEqual([true, true, false]);
    const store = await openedStore(storeOptions(folder));
    expect(await store.insert('booking', 'b3', {})).toMatchObject({ ok: true });
    await store.close();
    expect(await bookings()).toEqual([true, true, true]);
  });

  test('and so is the beginning of one after it', async () => {
    await write();
    await appendFile(join(folder, 'journal.1'), '\0\0\0\0');
    expect(await bookings()).toEqual([true, true, true]);
  });
});

describe('any other broken line is named', () => {
  test.each([
    ['changed', 3, (text: string) => text.replace('"b2","text":"line"', '"b2","text":"LINE"')],
    ['lost', 2, (text: string) => joined(lines(text).filter((_, at) => at !== 1))],
    ['swapped', 3, (text: string) => joined([0, 1, 3, 2].map((at) => lines(text)[at] ?? ''))],
    ['doubled', 3, (text: string) => joined([0, 1, 1, 2, 3].map((at) => lines(text)[at] ?? ''))],
    ['the header', 1, (text: string) => text.replace('"generation":1', '"generation":2')],
    ['followed by half a line', 4, (text: string) => `${text.slice(0, -5)}LINE\nhalf`],
  ])('%s', async (_, line, change) => {
    await write();
    await edit('journal.1', change);
    const sentence = `The store's file journal.1 is unreadable at line ${line}: restore the folder from a backup.`;
    const before = await readFile(join(folder, 'journal.1'), 'utf8');
    expect(await refusal()).toEqual(['damaged', sentence]);
    expect(await readFile(join(folder, 'journal.1'), 'utf8')).toBe(before);
  });

  test('in a snapshot also the last, and its end', async () => {
    await write(1);
    const name = (await readdir(folder)).find((candidate) => /^snapshot\.\d+$/.test(candidate)) ?? '';
    const whole = await readFile(join(folder, name), 'utf8');
    const count = lines(whole).length;
    await edit(name, (text) => joined(lines(text).slice(0, -1)));
    expect(await refusal()).toEqual([
      'damaged',
      expect.stringContaining(`${name} is unreadable at line ${count}:`),
    ]);
    await writeFile(join(folder, name), whole.slice(0, -3));
    expect(await refusal()).toEqual([
      'damaged',
      expect.stringContaining(`${name} is unreadable at line ${count}:`),
    ]);
  });

  test('a journal that is gone', async () => {
    await write(1);
    const name = (await readdir(folder)).find((candidate) => candidate.startsWith('journal.')) ?? '';
    await rm(join(folder, name));
    expect(await refusal()).toEqual(['damaged', `The store's file ${name} is missing.`]);
  });
});

test('files of a newer version are left alone', async () => {
  await write();
  await edit('journal.1', (text) => text.replace('"version":1,', '"version":3,"more":true,'));
  expect(await refusal()).toEqual([
    'newer-format',
    "The store's file journal.1 was written by a newer Bookadoc: start that version, or restore a backup.",
  ]);
});

test('a folder that cannot be one', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await refusal(join(folder, 'file', 'store'))).toEqual([
    'folder',
    "The store's folder FOLDER/file/store cannot be read and written (ENOTDIR).",
  ]);
});
