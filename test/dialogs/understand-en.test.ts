// The English phrase table, with every weekday as today.
import { describe, expect, test } from 'vitest';
import { understand } from '../../dialogs/understand.ts';
import { expected, hearingOn, week } from './hearing.ts';
import { english } from './phrases-en.ts';

test('the table is large', () => {
  expect(new Set(english.map(([text]) => text)).size).toBe(english.length);
  expect(english.length).toBeGreaterThanOrEqual(150);
});

describe.each(week)('on %s', (today) => {
  test.each(english)('%s', (text, reading) => {
    expect(understand(text, hearingOn(today))).toEqual(expected(reading, today));
  });
});
