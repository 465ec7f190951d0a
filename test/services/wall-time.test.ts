// An office's wall clock: gaps, folds and days.
import { describe, expect, test } from 'vitest';
import { addDays, dayOf, instantOf, wallTimeOf } from '../../services/wall-time.ts';

describe('instantOf', () => {
  test.each([
    // Tue Feb 18 2025, winter: UTC-5
    ['2025-02-18T09:30', 'America/New_York', '2025-02-18T14:30:00.000Z'],
    // The old alias that DrChrono sends
    ['2025-07-01T09:30', 'US/Eastern', '2025-07-01T13:30:00.000Z'],
    ['2025-02-18T23:30', 'America/Chicago', '2025-02-19T05:30:00.000Z'],
    // Spring gap: 2:00 to 3:00 does not exist on Mar 8 2026
    ['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59:00.000Z'],
    ['2026-03-08T02:30', 'America/New_York', undefined],
    ['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    // Autumn fold: 1:00 to 2:00 comes twice on Nov 1 2026
    ['2026-11-01T01:30', 'America/New_York', undefined],
    ['2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
    ['2026-02-30T10:00', 'America/New_York', undefined],
    ['2026-02-18T10:00:00Z', 'America/New_York', undefined],
    ['', 'America/New_York', undefined],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
  });
});

test('the office decides which day it is', () => {
  const lateEvening = Date.parse('2026-03-03T04:30:00Z');
  expect(wallTimeOf(lateEvening, 'America/New_York')).toBe('2026-03-02T23:30');
  expect(dayOf(lateEvening, 'America/Chicago')).toBe('2026-03-02');
});

test.each([
  ['2026-02-28', 1, '2026-03-01'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2026-03-08', 60, '2026-05-07'],
  ['2026-03-01', -1, '2026-02-28'],
])('%s and %i days is %s', (date, days, then) => {
  expect(addDays(date, days)).toBe(then);
});
