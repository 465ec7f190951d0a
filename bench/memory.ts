// (d) What ten thousand conversations leave in memory: each a whole booking, in one process, after two collections.
import { z } from 'zod';
import { startChild } from './child.ts';
import { addPatients, settingsFor, startPractice, writeLongHours } from './practice.ts';
import { type Finding, rounded } from './results.ts';

const inUse = z.object({ heapUsed: z.number(), external: z.number() });
const few = 100;

export async function measureMemory(folder: string, many: number): Promise<readonly Finding[]> {
  const practice = await startPractice('room', writeLongHours(folder));
  const ours = await startChild(
    './ours.ts',
    z.object({ origin: z.string() }),
    settingsFor(practice, folder),
    ['--expose-gc'],
  );
  const load = await startChild('./load.ts', z.unknown());
  await addPatients(practice, 0, many);

  const after = async (first: number, conversations: number) => {
    const task = { origin: ours.ready.origin, mode: 'expectReplies', first, conversations, concurrency: 16 };
    await load.ask('bookAll', z.unknown(), task);
    return ours.ask('heap', inUse);
  };
  const small = await after(0, few);
  const large = await after(few, many - few);
  for (const child of [load, ours, practice]) await child.stop();

  const perConversation = (bytes: number): number => rounded(bytes / (many - few));
  return [
    {
      name: `heap used after ${many.toLocaleString('en')} conversations, against after ${few}`,
      a: rounded(large.heapUsed / 2 ** 20),
      b: rounded(small.heapUsed / 2 ** 20),
      ratio: rounded(large.heapUsed / small.heapUsed),
      limit: 1.3,
      rounds: 1,
      unit: 'MiB',
      means:
        'After two collections. Every conversation is a whole booking of ten turns, its visit on file in the store: the bookings count too.',
    },
    {
      name: 'kept per idle conversation with its booking',
      a: perConversation(large.heapUsed - small.heapUsed + large.external - small.external),
      b: null,
      ratio: null,
      limit: null,
      rounds: 1,
      unit: 'bytes',
      means: `On the heap and in buffers beside it (of which ${perConversation(large.external - small.external)} beside it).`,
    },
  ];
}
