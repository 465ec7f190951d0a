// (g) What the audit trail and sealing cost: the same bookings in a store with both and in one without, taking turns.
import { createSecretKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { compared, type Finding, type Pair, spread } from './results.ts';
import { costOf, fill, openIn } from './store.ts';

const onFile = 1_000;
const pairsPerRound = 20;

/** A booking with audit and sealing (a) and without (b): the process's CPU, and the time. */
export async function measureRecord(folder: string, rounds: number): Promise<readonly Finding[]> {
  const both = await openIn(join(folder, 'both'), createSecretKey(randomBytes(32)));
  const neither = await openIn(join(folder, 'neither'));
  for (const store of [both, neither]) await fill(store, onFile);

  const aloneCpu: Pair[] = [];
  const aloneTime: Pair[] = [];
  const togetherCpu: Pair[] = [];
  // Many short pairs: whatever else the machine does meets a few of them, and the median does not mind.
  const measure = async (from: number, count: number, writers: number, cpu: Pair[], time: Pair[]) => {
    const withBoth = () => costOf(both, from, count, writers, true);
    const without = () => costOf(neither, from, count, writers, false);
    const isFirst = from % (2 * count) === 0;
    const early = await (isFirst ? withBoth() : without());
    const late = await (isFirst ? without() : withBoth());
    const [a, b] = isFirst ? [early, late] : [late, early];
    cpu.push({ a: (1_000 * a.cpuMs) / count, b: (1_000 * b.cpuMs) / count });
    time.push({ a: (1_000 * a.tookMs) / count, b: (1_000 * b.tookMs) / count });
  };
  // The first pairs are not counted: what runs first compiles.
  for (let pair = 0; pair < 5; pair += 1) await measure(20_000 + pair * 320, 320, 16, [], []);
  for (let pair = 0; pair < rounds * pairsPerRound; pair += 1) {
    await measure(100_000 + pair * 20, 20, 1, aloneCpu, aloneTime);
    if (pair % 4 === 0) await measure(1_000_000 + pair * 80, 320, 16, togetherCpu, []);
  }
  await both.close();
  await neither.close();
  return [
    finding(
      'record: a booking audited and sealed, and neither',
      aloneTime,
      1.2,
      'Its time, one writer, as in part c',
    ),
    finding('record: the same, CPU', aloneCpu, null, 'The process’s, user and system'),
    finding('record: the same, CPU, 16 writers at once', togetherCpu, null, 'They share syncs and envelopes'),
  ];
}

function finding(name: string, pairs: readonly Pair[], limit: number | null, means: string): Finding {
  return { name, ...compared(pairs), limit, unit: 'µs', means: `${means}; ${spread(pairs)}.` };
}
