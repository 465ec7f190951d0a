// A writing process is killed 50 times, often while it compacts: what it acknowledged is there, and the next one writes on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { verifyTrail } from '../../services/audit-trail.ts';
import { seeded } from './faulty-disk.ts';
import { invented, newFolder, openedStore, removeFolder, storeOptions } from './open.ts';

const child = join(import.meta.dirname, 'writing-child.ts');
const unfinished = '0123abcd\tbooking\t"w0"\t7\t{"n":1';

test.concurrent.each([
  { name: 'compacting seldom', compactAfterBytes: 1_000_000, keyNumber: 0 },
  { name: 'compacting all the time', compactAfterBytes: 2_000, keyNumber: 0 },
  { name: 'sealed, compacting all the time', compactAfterBytes: 2_000, keyNumber: 7 },
])(
  '25 kills, $name',
  async ({ compactAfterBytes, keyNumber }) => {
    const random = seeded(compactAfterBytes);
    const folder = await newFolder();
    const acknowledged = new Map<string, number>();
    const answeredIn: number[] = [];
    let generations = 0;
    for (let kill = 0; kill < 25; kill += 1) {
      const answers = await writeUntilKilled(folder, compactAfterBytes, keyNumber, random(30));
      for (const [writer, n] of answers) acknowledged.set(writer, Math.max(acknowledged.get(writer) ?? 0, n));
      answeredIn.push(answers.length);
      const journals = (await readdir(folder)).filter((name) => name.startsWith('journal.'));
      const last = Math.max(...journals.map((name) => Number(name.slice('journal.'.length))));
      generations = Math.max(generations, last);
      if (kill % 3 === 0) await appendFile(join(folder, `journal.${last}`), unfinished);

      const dataKey = keyNumber === 0 ? undefined : invented(keyNumber);
      const store = await openedStore(storeOptions(folder, { dataKey }));
      for (const [writer, n] of acknowledged) {
        const booking = await store.get('booking', writer);
        expect(booking?.document['n']).toBeGreaterThanOrEqual(n);
        expect(await store.get('message', writer)).toEqual(booking);
      }
      const trail = await verifyTrail(store);
      expect(trail.ok ? trail.value.entries : trail.error).toBeGreaterThanOrEqual(
        [...acknowledged.values()].reduce((sum, n) => sum + n, 0),
      );
      await store.close();
    }
    expect(Math.min(...answeredIn)).toBeGreaterThan(0);
    expect(generations > 25).toBe(compactAfterBytes < 1_000_000);
    await removeFolder(folder);
  },
  60_000,
);

/** The (writer, n) that a child acknowledged until it was killed, so many milliseconds after its first answer. */
async function writeUntilKilled(
  folder: string,
  compactAfterBytes: number,
  keyNumber: number,
  afterMs: number,
): Promise<readonly (readonly [string, number])[]> {
  const running = spawn(process.execPath, [child, folder, String(compactAfterBytes), String(keyNumber)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  let output = '';
  const answered = new Promise<void>((resolve) => {
    running.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      if (output.includes('\n')) resolve();
    });
  });
  const closed = once(running, 'close');
  await Promise.race([answered, closed]);
  await wait(afterMs);
  running.kill('SIGKILL');
  await closed;
  // A last line cut by the kill was not an answer.
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(' ')), Number(line.slice(line.indexOf(' ') + 1))]);
}
