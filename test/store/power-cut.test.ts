// After any number of kills and power cuts at any moment, every acknowledged write is there, every batch is whole, and the chain is one.
import { expect, test } from 'vitest';
import { linkHash } from '../../services/audit-trail.ts';
import type { Store, StoreOp, Versioned } from '../../services/ports.ts';
import { trailOf } from '../support/trail.ts';
import { type Crash, faultyDisk, seeded } from './faulty-disk.ts';
import { byStart, invented, openedStore, storeOptions } from './open.ts';

const crashes: readonly Crash[] = ['kill', 'power, unsynced lost', 'power, unsynced half kept'];
const writers = ['w0', 'w1', 'w2', 'w3', 'w4'];

/** Step n of a writer: its booking and its message say n, or neither exists (every fourth step); the chain's link says n always. */
const step = (writer: string, n: number): StoreOp[] => [
  ...documentsOf(writer, n),
  { op: 'append', kind: 'audit', document: { writer, n } },
];
const documentsOf = (writer: string, n: number): StoreOp[] => {
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
  let cutThrough = 0;
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
        const link = answer.ok ? Number(answer.value.at(-1)?.id) : 0;
        // One of them cuts the chain now and then, a little before what it has just written.
        if (writer !== 'w0' || n % 10 !== 5 || link < 4) continue;
        const through = String(link - 3).padStart(12, '0');
        expect(await store.batch([{ op: 'cut', kind: 'audit', through }])).toEqual({ ok: true, value: [] });
        cutThrough = link - 3;
      }
    };
    const living = openedStore(options).then(async (store) => {
      const trail = await trailOf(store);
      expectChain(trail, cutThrough);
      for (const writer of writers) {
        const n = await foundStep(store, writer, `seed ${seed}, life ${life}`);
        const least = acknowledged.get(writer) ?? 0;
        const most = attempted.get(writer) ?? 0;
        const is = [least, most].find((candidate) => nAt(candidate) === n);
        const linked = trail.findLast(({ document }) => document['writer'] === writer)?.document['n'];
        if (linked !== undefined) expect(is).toBe(linked);
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

/** Each link follows from the one before; what was cut off stays so. */
function expectChain(trail: readonly Versioned[], cutThrough: number): void {
  expect(Number(trail[0]?.id ?? cutThrough + 1)).toBeGreaterThan(cutThrough);
  for (const [at, before] of trail.slice(0, -1).entries()) {
    expect(Number(trail[at + 1]?.id)).toBe(Number(before.id) + 1);
    expect(trail[at + 1]?.document['previous']).toBe(linkHash(before));
  }
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
