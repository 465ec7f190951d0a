// The Spanish phrase table, with every weekday as today.
import { describe, expect, test } from 'vitest';
import { understand } from '../../dialogs/understand.ts';
import { expected, hearingOn, week } from './hearing.ts';
import { spanish } from './phrases-es.ts';

test('the table is large', () => {
  expect(new Set(spanish.map(([text]) => text)).size).toBe(spanish.length);
  expect(spanish.length).toBeGreaterThanOrEqual(100);
});

describe.each(week)('on %s', (today) => {
  test.each(spanish)('%s', (text, reading) => {
    expect(understand(text, hearingOn(today, 'es'))).toEqual(expected(reading, today));
  });
});
