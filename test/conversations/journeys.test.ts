// One written transcript a journey, in English and Spanish, on web chat, Teams and SMS: every message of every turn is as written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { perform } from '../support/journey.ts';

const folder = join(import.meta.dirname, 'journeys');
const names = readdirSync(folder).sort();

/** Only Teams has groups, and doctors; only there and by SMS somebody vouches for who is writing. */
const oneChannel: ReadonlyMap<string, readonly string[]> = new Map([
  ['group', ['msteams']],
  ['my-day', ['msteams']],
  ['teams-link', ['msteams']],
  ['family', ['sms']],
]);

test('every journey is there in both languages on all channels', () => {
  const journeys = new Set(names.map((name) => name.split('.')[0] ?? ''));
  expect(journeys.size).toBeGreaterThanOrEqual(27);
  const wanted = [...journeys].flatMap((journey) =>
    ['en', 'es'].flatMap((language) =>
      (oneChannel.get(journey) ?? ['msteams', 'sms', 'webchat']).map(
        (channelId) => `${journey}.${language}.${channelId}.txt`,
      ),
    ),
  );
  expect(names).toEqual(wanted.sort());
});

test.concurrent.for(names)('%s', async (name, { expect: expected }) => {
  const written = readFileSync(join(folder, name), 'utf8');
  expected(await perform(written)).toBe(written);
});
