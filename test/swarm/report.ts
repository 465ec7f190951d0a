// Counts what came of the simulated conversations: a table by persona, what is below expectation, and how to see it again.
import type { Outcome } from './converse.ts';
import type { Persona } from './personas.ts';

/** Percent of conversations that must end as was wanted. */
const expected = { cooperative: 100, wavering: 95, hostile: 0 } as const;

/** Worth a look: an assertion broken, or not got what was wanted. */
export const isFailed = ({ persona, isReached, broken }: Outcome): boolean =>
  broken.length > 0 || (persona.kind !== 'hostile' && !isReached);

export const replay = ({ persona, seed, channelId, turns, broken }: Outcome): string =>
  [
    `npm run swarm -- --seed ${seed} --personas ${persona.name} --conversations 1   (${channelId}, ${turns} turns)`,
    ...broken.map((breach) => `!! ${breach}`),
  ].join('\n');

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0;

const byPersona = (outcomes: readonly Outcome[]): ReadonlyMap<Persona, readonly Outcome[]> =>
  Map.groupBy(outcomes, ({ persona }) => persona);

export function table(outcomes: readonly Outcome[]): string {
  const rows = [...byPersona(outcomes)].map(([{ name, kind }, own]) => {
    const turns = own.filter(({ isReached }) => isReached || kind === 'hostile').map((one) => one.turns);
    const misses = own.reduce((sum, one) => sum + one.misses, 0);
    return [
      name,
      own.length,
      kind === 'hostile' ? '-' : `${successOf(own).toFixed(0)} %`,
      median(turns),
      Math.max(0, ...turns),
      (misses / own.length).toFixed(2),
      own.filter(({ broken }) => broken.length > 0).length,
    ].map(String);
  });
  const head = ['persona', 'conversations', 'reached', 'median turns', 'most turns', 'misses each', 'broken'];
  return [head, ...rows]
    .map((row) => row.map((cell, at) => cell.padEnd(Math.max(15, head[at]?.length ?? 0))).join(' '))
    .join('\n');
}

const successOf = (own: readonly Outcome[]): number =>
  (100 * own.filter(({ isReached }) => isReached).length) / own.length;

/** One line for each broken assertion and each persona that got less than is expected; empty when all is well. */
export function failures(outcomes: readonly Outcome[]): readonly string[] {
  const broken = outcomes.filter((outcome) => outcome.broken.length > 0).map(replay);
  const short = [...byPersona(outcomes)].flatMap(([{ name, kind }, own]) =>
    kind !== 'hostile' && successOf(own) < expected[kind]
      ? [`${name}: ${successOf(own).toFixed(0)} % reached, ${expected[kind]} % expected`]
      : [],
  );
  return [...broken, ...short];
}
