// `npm run swarm -- --seed 1 --personas terse,hostile --conversations 20`: the simulated patients, a table, and every failure's transcript.
import { parseArgs } from 'node:util';
import { converse, type Outcome } from './converse.ts';
import { readPractice } from './goal.ts';
import { personas } from './personas.ts';
import { failures, isFailed, replay, table } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    personas: { type: 'string', default: personas.map(({ name }) => name).join(',') },
    conversations: { type: 'string', default: '20' },
    /** Prints every transcript, not only those of failures. */
    verbose: { type: 'boolean', default: false },
  },
});

const [firstSeed, count] = [Number(values.seed), Number(values.conversations)];
const wanted = values.personas.split(',').map((name) => personas.find((persona) => persona.name === name));
const known = wanted.filter((persona) => persona !== undefined);
if (!Number.isInteger(firstSeed) || !Number.isInteger(count) || known.length < wanted.length) {
  console.error(`Numbers, and personas out of: ${personas.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const sideBySide = 3;
const practice = readPractice();
const jobs = known.flatMap((persona) =>
  Array.from({ length: count }, (_, at) => () => converse(persona, firstSeed + at, practice)),
);
const outcomes: Outcome[] = [];
const next = jobs.entries();
/** Each conversation has a practice of its own, so a few are held side by side. */
async function hold(): Promise<void> {
  for (const [at, job] of next) {
    const outcome = await job();
    outcomes[at] = outcome;
    if (values.verbose || isFailed(outcome)) console.log(`${replay(outcome)}\n${outcome.transcript}\n`);
  }
}
await Promise.all(Array.from({ length: sideBySide }, hold));
console.log(table(outcomes));
const failed = failures(outcomes);
console.log(failed.join('\n'));
process.exitCode = failed.length === 0 ? 0 : 1;
