// One process at a time: a live holder is named, a dead one is taken over at once, and of many who try exactly one wins.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJsonStore } from '../../services/store/json.ts';
import { takeProcessLock } from '../../services/store/process-lock.ts';
import { newFolder, removeFolder, storeOptions } from './open.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

const held = { ok: false, error: { pid: process.pid } };
const readLock = async (name: string): Promise<object> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'));

test('the store in use is refused with a sentence, and opens once it is closed', async () => {
  const first = await openJsonStore(storeOptions(folder));
  expect(await openJsonStore(storeOptions(folder))).toEqual({
    ok: false,
    error: {
      kind: 'locked',
      message: `The store in ${folder} is in use by process ${process.pid}: stop it first, or set another DATA_DIR.`,
    },
  });
  if (first.ok) await first.value.close();
  const second = await openJsonStore(storeOptions(folder));
  expect(second.ok).toBe(true);
  if (second.ok) await second.value.close();
});

test('a store that did not open lets go of the folder', async () => {
  await writeFile(join(folder, 'journal.1'), 'not ours\nnot ours\n');
  const sentences = [];
  for (let n = 0; n < 2; n += 1) {
    const opened = await openJsonStore(storeOptions(folder));
    sentences.push(opened.ok ? 'opened' : opened.error.kind);
  }
  expect(sentences).toEqual(['damaged', 'damaged']);
});

test.each([
  ['its process is gone', { pid: 2 ** 22 + 1 }],
  ['its process id is another process now', { startTicks: '1' }],
  ['the machine was started again', { bootId: '00000000-0000-0000-0000-000000000000' }],
])('a holder is dead: %s', async (_, change) => {
  await takeProcessLock(folder);
  expect(await takeProcessLock(folder)).toEqual(held);
  await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...(await readLock('lock.1')), ...change }));
  expect(await takeProcessLock(folder)).toMatchObject({ ok: true });
  expect(await readdir(folder)).toEqual(['lock.2']);
  expect(await takeProcessLock(folder)).toEqual(held);
});

test.each(['', '{"pid":', 'null'])('a lock file that says %j is nobody', async (text) => {
  await writeFile(join(folder, 'lock.7'), text);
  expect(await takeProcessLock(folder)).toMatchObject({ ok: true });
  expect(await readdir(folder)).toEqual(['lock.8']);
});

test('of 20 who find a dead holder at once exactly one wins, 30 times over', async () => {
  for (let round = 1; round <= 30; round += 1) {
    await writeFile(join(folder, `lock.${round}`), '{"pid":4194305,"startTicks":"1","bootId":"gone"}');
    const answers = await Promise.all(Array.from({ length: 20 }, () => takeProcessLock(folder)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await readdir(folder)).toEqual([`lock.${round + 1}`]);
  }
});

test('of 6 processes that race for a dead holder exactly one opens the store', async () => {
  await writeFile(join(folder, 'lock.1'), '{"pid":4194305,"startTicks":"1","bootId":"gone"}');
  const script = `
    const { openedStore, storeOptions } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))});
    const said = await openedStore(storeOptions(${JSON.stringify(folder)})).then(() => 'won', (error) => error.message);
    process.stdout.write(said);
    process.stdin.resume().on('end', () => process.exit());
  `;
  const racers = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const said = await Promise.all(
    racers.map(async ({ stdout }) => {
      const [bytes] = await once(stdout, 'data');
      return String(bytes);
    }),
  );
  const winner = racers[said.indexOf('won')]?.pid;
  expect(said.filter((what) => what === 'won')).toHaveLength(1);
  expect(said.filter((what) => what.includes(`in use by process ${winner}:`))).toHaveLength(5);
  const ended = Promise.all(racers.map((racer) => once(racer, 'exit')));
  for (const { stdin } of racers) stdin.end();
  await ended;
});
