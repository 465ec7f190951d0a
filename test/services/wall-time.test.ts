// An office's wall clock: gaps, folds and days.
import fc from 'fast-check';
import { DateTime } from 'luxon';
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

/** How luxon answers; it shifts what does not exist, and picks one of what comes twice. */
function byLuxon(local: string, zone: string): string | undefined {
  const time = DateTime.fromISO(local, { zone });
  const once = time.isValid && time.getPossibleOffsets().length === 1;
  const back = time.toFormat("yyyy-MM-dd'T'HH:mm");
  return once && back === local ? (time.toUTC().toISO() ?? undefined) : undefined;
}

const zones = [
  'America/New_York',
  'America/Phoenix',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Europe/Dublin',
  'Pacific/Apia',
  'Pacific/Chatham',
  'UTC',
  'No/Where',
];
const minuteMs = 60_000;

describe('luxon agrees', () => {
  test('at any minute in any zone', () => {
    const minute = fc.integer({ min: Date.UTC(2005, 0) / minuteMs, max: Date.UTC(2040, 0) / minuteMs });
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
        const local = new Date(at * minuteMs).toISOString().slice(0, 16);
        expect(instantOf(local, zone)).toBe(byLuxon(local, zone));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each(zones.slice(0, -1))('around each change of the clock in %s', (zone) => {
    const offset = (day: number) => DateTime.fromMillis(day * 1_440 * minuteMs, { zone }).offset;
    // Not before: in the year in which Samoa left out a day, luxon takes 4:00 on April 2, which came once, for a gap.
    const firstDay = Date.UTC(2012, 0, 1) / (1_440 * minuteMs);
    for (let day = firstDay; day < firstDay + 500; day += 1) {
      if (offset(day) === offset(day + 1)) continue;
      for (let minute = -1_440; minute <= 2 * 1_440; minute += 15) {
        const at = (day * 1_440 + minute) * minuteMs;
        const local = new Date(at).toISOString().slice(0, 16);
        expect(instantOf(local, zone), local).toBe(byLuxon(local, zone));
        expect(wallTimeOf(at, zone)).toBe(DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"));
        expect(dayOf(at, zone)).toBe(DateTime.fromMillis(at, { zone }).toISODate());
      }
    }
  });

  test.each(['2026-02-18T24:00', '2026-13-01T10:00', '2026-02-18T10:60', '2026-02-18', '20260218T1000'])(
    'on %s',
    (local) => {
      expect(instantOf(local, 'America/New_York')).toBe(byLuxon(local, 'America/New_York'));
    },
  );
});
