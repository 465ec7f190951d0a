// Which free times are offered, and which lie nearest; half-open intervals throughout.
import { expect, test } from 'vitest';
import { bookingWindow, nearest, offered, overlaps } from '../../services/availability.ts';
import { doctorId, officeId, type Slot } from '../../services/domain.ts';

const at = (time: string): number => Date.parse(`2026-03-03T${time}:00Z`);
const interval = (from: string, to: string) => ({ startMs: at(from), endMs: at(to) });
const iso = (time: string) => new Date(at(time)).toISOString();
const slot = (time: string): Slot => ({
  officeId: officeId('1'),
  doctorId: doctorId('2'),
  startsAt: iso(time),
  endsAt: new Date(at(time) + 1_800_000).toISOString(),
  localStart: `2026-03-03T${time}`,
  timeZone: 'UTC',
  durationMinutes: 30,
});
const times = (slots: readonly Slot[]): readonly string[] => slots.map((each) => each.localStart.slice(11));
const day = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map(slot);

test.each([
  ['10:00-10:30 and 10:30-11:00 only touch', '10:00', '10:30', '10:30', '11:00', false],
  ['10:00-10:30 and 10:29-11:00', '10:00', '10:30', '10:29', '11:00', true],
  ['a long visit around a short one', '09:00', '12:00', '10:00', '10:15', true],
  ['a short visit inside a long one', '10:00', '10:15', '09:00', '12:00', true],
  ['apart', '09:00', '09:30', '11:00', '11:30', false],
])('%s', (_name, a, b, c, d, expected) => {
  expect(overlaps(interval(a, b), interval(c, d))).toBe(expected);
});

test('lead time and horizon bound the offer, both ends included', () => {
  const window = { earliestMs: at('09:30'), latestMs: at('11:00') };
  expect(times(offered(day, window, []))).toEqual(['09:30', '10:00', '10:30', '11:00']);
  expect(bookingWindow(at('09:00'), 120, 1)).toEqual({
    earliestMs: at('11:00'),
    latestMs: at('09:00') + 86_400_000,
  });
});

test('a time that a visit of ours is in the way of is not offered', () => {
  const window = { earliestMs: 0, latestMs: at('23:00') };
  expect(times(offered(day, window, [{ startsAt: iso('09:45'), endsAt: iso('10:30') }]))).toEqual([
    '09:00',
    '10:30',
    '11:00',
    '11:30',
  ]);
});

test.each([
  ['10:00', 3, ['09:00', '09:30', '10:30']],
  ['10:15', 3, ['09:30', '10:00', '10:30']],
  ['23:00', 2, ['11:00', '11:30']],
  ['08:00', 99, times(day)],
])('nearest to %s, %i of them: %s', (wanted, count, expected) => {
  expect(times(nearest(day, at(wanted), count))).toEqual(expected);
});
