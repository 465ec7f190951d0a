// After any number of kills and power cuts at any moment, every acknowledged write is there, and every batch is whole.
import { expect, test } from 'vitest';
import type { Store, StoreOp } from '../../services/ports.ts';
import { type Crash, faultyDisk, seeded } from './faulty-disk.ts';
import { byStart, invented, openedStore, storeOptions } from './open.ts';

const crashes: readonly Crash[] = ['kill', 'power, unsynced lost', 'power, unsynced half kept'];
const writers = ['w0', 'w1', 'w2', 'w3', 'w4'];

/** Step n of a writer: its booking and its message say n, or neither exists (every fourth step). */
const step = (writer: string, n: number): StoreOp[] => {
  const document = { startsAt: writer, n, padding: 'x'.repeat((n * 37) % 200) };
  return n % 4 === 0
    ? [
        { op: 'remove', kind: 'booking', id: writer },
        { op: 'remove', kind: 'message', id: writer },
      ]
    : [
        { op: 'put', kind: 'booking', id: writer, document },
        { op: 'put', kind: 'message', id: writer, document },
      ];
};
const nAt = (n: number): number | undefined => (n % 4 === 0 ? undefined : n);

const blocks = Array.from({ length: 15 }, (_, block) => ({ block, seal: block < 10 ? 'plain' : 'sealed' }));

test.each(blocks)(
  'no acknowledged write is lost (25 disks of 8 crashes each, block $block, $seal)',
  async ({ block, seal }) => {
    let acknowledgedInAll = 0;
    for (let disk = 0; disk < 25; disk += 1) {
      const random = seeded(block * 25 + disk);
      const lives = Array.from({ length: 8 }, (): Life => [1 + random(250), crashes[random(3)] ?? 'kill']);
      acknowledgedInAll += await liveAndDie(block * 25 + disk, lives, seal === 'sealed');
    }
    expect(acknowledgedInAll).toBeGreaterThan(1_000);
  },
);

test('nor is it by a kill at each operation in turn with a power cut soon after the next start', async () => {
  for (let operations = 1; operations <= 100; operations += 1)
    for (let soon = 1; soon <= 7; soon += 1)
      await liveAndDie(operations * 10 + soon, [
        [operations, 'kill'],
        [soon, 'power, unsynced half kept'],
      ]);
}, 60_000);

const unharmed: Life = [Number.POSITIVE_INFINITY, 'kill'];
const stepsPerLife = 30;

/** A process that lives for so many operations on the disk, and how it ends. */
type Life = readonly [operations: number, crash: Crash];

/** One disk's lives, and a last one without a crash; returns how many steps were acknowledged. */
async function liveAndDie(seed: number, lives: readonly Life[], sealed = false): Promise<number> {
  const random = seeded(seed);
  const disk = faultyDisk(random);
  const acknowledged = new Map(writers.map((writer) => [writer, 0]));
  const attempted = new Map(acknowledged);
  let count = 0;
  for (const [life, [operations, crash]] of [...lives, unharmed].entries()) {
    const options = storeOptions('/disk', {
      indexes: [byStart],
      files: disk.files,
      compactAfterBytes: 200 + random(4_000),
      dataKey: sealed ? invented(1) : undefined,
    });
    const died = disk.crashAfter(operations);
    const writeOn = async (store: Store, writer: string, from: number): Promise<void> => {
      for (let n = from + 1; n < from + stepsPerLife; n += 1) {
        attempted.set(writer, n);
        const answer = await store.batch(step(writer, n));
        expect(answer.ok).toBe(true);
        acknowledged.set(writer, n);
        count += 1;
      }
    };
    const living = openedStore(options).then(async (store) => {
      for (const writer of writers) {
        const n = await foundStep(store, writer, `seed ${seed}, life ${life}`);
        const least = acknowledged.get(writer) ?? 0;
        const most = attempted.get(writer) ?? 0;
        const is = [least, most].find((candidate) => nAt(candidate) === n);
        expect(
          is,
          `${writer} of seed ${seed}, life ${life}: ${n} where ${least} to ${most} was written`,
        ).toBeDefined();
        // Whoever reads it may act on it, so from now on it may not be lost any more.
        acknowledged.set(writer, is ?? 0);
        attempted.set(writer, is ?? 0);
      }
      await Promise.all(writers.map((writer) => writeOn(store, writer, acknowledged.get(writer) ?? 0)));
      await store.close();
    });
    await Promise.race([living, died]);
    disk.restart(crash);
  }
  return count;
}

/** The writer's step that the store holds, the same in its booking, its message and the index. */
async function foundStep(store: Store, writer: string, where: string): Promise<number | undefined> {
  const booking = await store.get('booking', writer);
  const message = await store.get('message', writer);
  const [listed] = await store.list('booking', 'startsAt', { from: writer, to: `${writer}~` });
  expect(message?.document, where).toEqual(booking?.document);
  expect(listed, where).toEqual(booking);
  const n = booking?.document['n'];
  return typeof n === 'number' ? n : undefined;
}
