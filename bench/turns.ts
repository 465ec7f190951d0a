// (a) CPU of a turn of the whole booking conversation: Bookadoc against the stock bot, interleaved round by round.
import { join } from 'node:path';
import { z } from 'zod';
import { type Lists, listsOf } from './baseline/lists.ts';
import { type Child, cpuOf, startChild } from './child.ts';
import { bookVisit } from './patient.ts';
import { person } from './people.ts';
import { addPatients, type Practice, settingsFor, startPractice } from './practice.ts';
import { compared, type Finding, type Pair, spread } from './results.ts';
import { type Mode, openLine } from './talk.ts';

const origin = z.object({ origin: z.string() });
const counts = z.object({ turns: z.number(), detours: z.number() });
export type Server = Child<{ origin: string }>;

export const startOurs = (
  practice: Practice,
  folder: string,
  execArgv: readonly string[] = [],
): Promise<Server> => startChild('./ours.ts', origin, settingsFor(practice, folder), execArgv);

/** Ours, the stock bot with the lists that ours offered, and how many patients that took. */
export async function startBoth(folder: string, execArgv: readonly string[] = []) {
  const practice = await startPractice();
  const ours = await startOurs(practice, folder, execArgv);
  const lists = await recordLists(practice, ours);
  const stock: Server = await startChild('./stock.ts', origin, lists, execArgv);
  const stop = async (): Promise<void> => {
    for (const child of [ours, stock, practice]) await child.stop();
  };
  return { practice, ours, stock, stop };
}

async function recordLists(practice: Practice, ours: Server): Promise<Lists> {
  await addPatients(practice, 0, 1);
  const line = await openLine(ours.ready.origin, 'expectReplies');
  const booked = await bookVisit(line.user('lists'), person(0), 0, new Set());
  await line.close();
  return listsOf(
    booked,
    'Riverbend Family Practice',
    'America/New_York',
    new Date().toISOString().slice(0, 10),
  );
}

const limits: Readonly<Record<Mode, number>> = { expectReplies: 0.75, connector: 0.85 };
const concurrency = 16;
/** By then both have compiled what they will. */
const warmUps = 16;

interface Options {
  readonly folder: string;
  readonly rounds: number;
  readonly conversations: number;
  readonly execArgv: readonly string[];
}

export async function measureTurns(options: Options): Promise<readonly Finding[]> {
  return [await measureMode('expectReplies', options), await measureMode('connector', options)];
}

/** In processes of its own: neither kind of bot serves both ways at once, and what one way compiles the other would pay for. */
async function measureMode(
  mode: Mode,
  { folder, rounds, conversations, execArgv }: Options,
): Promise<Finding> {
  const { practice, ours, stock, stop } = await startBoth(join(folder, mode), execArgv);
  const load = await startChild('./load.ts', z.unknown());
  await addPatients(practice, 1, (rounds + warmUps) * conversations);
  let first = 1;
  let detours = 0;

  const microsPerTurn = async (server: Server): Promise<number> => {
    const task = { origin: server.ready.origin, mode, first, conversations, concurrency };
    const { micros, value } = await cpuOf(server, () => load.ask('bookAll', counts, task));
    detours += value.detours;
    return micros / value.turns;
  };
  const pairs: Pair[] = [];
  for (let number = -warmUps; number < rounds; number += 1) {
    const halves = { a: 0, b: 0 };
    for (const half of number % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const))
      halves[half] = await microsPerTurn(half === 'a' ? ours : stock);
    first += conversations;
    if (number >= 0) pairs.push(halves);
  }
  await load.stop();
  await stop();
  return {
    name: `CPU of a turn, ${mode === 'connector' ? 'through a connector' : mode}`,
    ...compared(pairs),
    limit: limits[mode],
    unit: 'µs',
    means: `Server CPU of one of the ten turns of a whole booking; a: Bookadoc with its store on disk and the EHR over HTTP, b: the stock bot, which has neither. ${rounds} rounds of ${conversations} conversations, ${concurrency} at a time, after ${warmUps} that do not count; ${spread(pairs)}; ${detours} conversations took another number of turns.`,
  };
}
