// `npm run swarm -- --seed 1 --personas terse,hostile --conversations 30`: the simulated patients, a table, and every failure's transcript.
import { parseArgs } from 'node:util';
import { converse, type Outcome } from './converse.ts';
import { readPractice } from './goal.ts';
import { personas } from './personas.ts';
import { failures, isFailed, replay, table } from './report.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    personas: { type: 'string', default: personas.map(({ name }) => name).join(',') },
    conversations: { type: 'string', default: '30' },
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

const practice = readPractice();
const outcomes: Outcome[] = [];
for (const persona of known)
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const outcome = await converse(persona, seed, practice);
    outcomes.push(outcome);
    if (values.verbose || isFailed(outcome)) console.log(`${replay(outcome)}\n${outcome.transcript}\n`);
  }
console.log(table(outcomes));
const failed = failures(outcomes);
console.log(failed.join('\n'));
process.exitCode = failed.length === 0 ? 0 : 1;
