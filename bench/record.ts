// (g) What the audit trail and sealing cost: the same bookings in a store with both and in one without, taking turns.
import { createSecretKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { compared, type Finding, type Pair, spread } from './results.ts';
import { fill, openIn, timeBookings } from './store.ts';

const onFile = 1_000;

/** Time a booking, one writer and sixteen, with audit and sealing (a) and without (b). */
export async function measureRecord(folder: string, rounds: number): Promise<readonly Finding[]> {
  const both = await openIn(join(folder, 'both'), createSecretKey(randomBytes(32)));
  const neither = await openIn(join(folder, 'neither'));
  for (const store of [both, neither]) await fill(store, onFile);

  const alone: Pair[] = [];
  const together: Pair[] = [];
  // The first round is not counted: what runs first compiles.
  for (let round = -1; round < rounds; round += 1) {
    const from = onFile + (round + 2) * 100_000;
    for (const [writers, count, batches] of [
      [1, 20, 20],
      [16, 320, 5],
    ] as const) {
      let a = 0;
      let b = 0;
      for (let batch = 0; batch < batches; batch += 1) {
        const at = from + batch * count;
        const withBoth = async (): Promise<void> => {
          a += await timeBookings(both, at, count, writers, true);
        };
        const without = async (): Promise<void> => {
          b += await timeBookings(neither, at, count, writers, false);
        };
        for (const side of batch % 2 === 0 ? [withBoth, without] : [without, withBoth]) await side();
      }
      if (round < 0) continue;
      const each = 1_000 / (count * batches);
      (writers === 1 ? alone : together).push({ a: a * each, b: b * each });
    }
  }
  await both.close();
  await neither.close();
  return [
    finding(
      'record: a booking with audit and sealing, without',
      alone,
      1.2,
      'One writer, fsynced twice, as in part c',
    ),
    finding(
      'record: the same, 16 writers at once',
      together,
      null,
      'Writers share syncs, so the CPU counts for more',
    ),
  ];
}

function finding(name: string, pairs: readonly Pair[], limit: number | null, means: string): Finding {
  return { name, ...compared(pairs), limit, unit: 'µs', means: `${means}; ${spread(pairs)}.` };
}
