// A few conversations of every simulated patient; `npm run swarm` holds as many as you like.
import { expect, test } from 'vitest';
import { channelIds, converse } from '../swarm/converse.ts';
import { readPractice } from '../swarm/goal.ts';
import { type Persona, personas } from '../swarm/personas.ts';
import { failures, isFailed, replay } from '../swarm/report.ts';

const practice = readPractice();
const firstSeed = 42;

/** Whoever only books does so on every channel; the others share channels and manners among them, as the swarm does over its seeds. */
const seedsOf = ({ codes, plans }: Persona, at: number): readonly number[] => {
  const isBooking = codes === undefined && plans.every((plan) => plan.join() === 'book');
  return isBooking ? channelIds.map((_channelId, channel) => firstSeed + channel) : [firstSeed + at];
};

test.each(personas.map((persona, at) => ({ name: persona.name, persona, seeds: seedsOf(persona, at) })))(
  '$name: every conversation ends as it should',
  { timeout: 30_000 },
  async ({ persona, seeds }) => {
    const outcomes = await Promise.all(seeds.map((seed) => converse(persona, seed, practice)));
    const seen = outcomes.filter(isFailed).map((outcome) => `${replay(outcome)}\n${outcome.transcript}`);
    expect(seen.join('\n\n')).toBe('');
    expect(failures(outcomes)).toEqual([]);
  },
);

test('a seed replays to the letter', { timeout: 30_000 }, async () => {
  const [persona] = personas.filter(({ name }) => name === 'changes-of-mind');
  if (persona === undefined) throw new Error('no such persona');
  const [first, second] = [await converse(persona, 7, practice), await converse(persona, 7, practice)];
  expect(first.transcript.split('\n').length).toBeGreaterThan(20);
  expect(second.transcript).toBe(first.transcript);
});
