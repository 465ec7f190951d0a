// A few conversations of every simulated patient, one on each channel; `npm run swarm` holds as many as you like.
import { expect, test } from 'vitest';
import { channelIds, converse } from '../swarm/converse.ts';
import { readPractice } from '../swarm/goal.ts';
import { personas } from '../swarm/personas.ts';
import { failures, isFailed, replay } from '../swarm/report.ts';

const practice = readPractice();
const firstSeed = 42;

test.each(personas)('$name: every conversation ends as it should', { timeout: 30_000 }, async (persona) => {
  const outcomes = await Promise.all(
    channelIds.map((_channelId, at) => converse(persona, firstSeed + at, practice)),
  );
  expect(new Set(outcomes.map(({ channelId }) => channelId)).size).toBe(channelIds.length);
  const seen = outcomes.filter(isFailed).map((outcome) => `${replay(outcome)}\n${outcome.transcript}`);
  expect(seen.join('\n\n')).toBe('');
  expect(failures(outcomes)).toEqual([]);
});

test('a seed replays to the letter', { timeout: 30_000 }, async () => {
  const [persona] = personas.filter(({ name }) => name === 'changes-of-mind');
  if (persona === undefined) throw new Error('no such persona');
  const [first, second] = [await converse(persona, 7, practice), await converse(persona, 7, practice)];
  expect(first.transcript.split('\n').length).toBeGreaterThan(20);
  expect(second.transcript).toBe(first.transcript);
});
