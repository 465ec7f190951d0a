// Which free times are offered, and which lie nearest; half-open intervals throughout.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Busy, bookingWindow, nearest, offered, overlaps } from '../../services/availability.ts';
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

test('every look gives what looking afresh would, whatever was looked at before', () => {
  const minute = fc.integer({ min: 8 * 60, max: 13 * 60 });
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const busyList = fc
    .array(fc.tuple(minute, fc.integer({ min: 5, max: 90 })), { maxLength: 3 })
    .map((visits): readonly Busy[] =>
      visits
        .toSorted(([a], [b]) => a - b)
        .map(([start, length]) => ({ startsAt: iso(clock(start)), endsAt: iso(clock(start + length)) })),
    );
  const look = fc.record({
    calendar: fc.nat(1),
    busy: fc.nat(3),
    earliest: minute,
    latest: fc.constantFrom(600, 640, 800),
  });
  const calendars = [day, day.slice(1)];
  fc.assert(
    fc.property(fc.tuple(busyList, busyList, busyList), fc.array(look, { maxLength: 12 }), (lists, looks) => {
      const [first, second] = lists;
      const both = [...first, ...second].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
      const visits = [...lists, both];
      for (const { calendar, busy, earliest, latest } of looks) {
        const window = { earliestMs: at(clock(earliest)), latestMs: at(clock(latest)) };
        const [slots, taken] = [calendars[calendar] ?? [], visits[busy] ?? []];
        const expected = slots.filter(
          ({ startsAt, endsAt }) =>
            Date.parse(startsAt) >= window.earliestMs &&
            Date.parse(startsAt) <= window.latestMs &&
            !taken.some((visit) => visit.startsAt < endsAt && startsAt < visit.endsAt),
        );
        expect(offered(slots, window, taken)).toEqual(expected);
      }
    }),
  );
});

test('the same look again is answered with the same array, so that callers can go by it', () => {
  const window = { earliestMs: at('09:30'), latestMs: at('11:00') };
  const busy = [{ startsAt: iso('10:00'), endsAt: iso('10:30') }];
  expect(offered(day, window, busy)).toBe(offered(day, { ...window, earliestMs: at('09:29') }, busy));
});

test.each([
  ['10:00', 3, ['09:00', '09:30', '10:30']],
  ['10:15', 3, ['09:30', '10:00', '10:30']],
  ['23:00', 2, ['11:00', '11:30']],
  ['08:00', 99, times(day)],
])('nearest to %s, %i of them: %s', (wanted, count, expected) => {
  expect(times(nearest(day, at(wanted), count))).toEqual(expected);
});

test('slots that overlap each other, in any steps, against any busy times: as looking at each one would', () => {
  const wide = { earliestMs: at('00:00'), latestMs: at('23:59') };
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(
      fc.constantFrom(5, 10, 15, 30),
      fc.constantFrom(15, 30, 45, 60),
      fc.array(fc.tuple(fc.integer({ min: 480, max: 900 }), fc.integer({ min: 5, max: 120 })), {
        maxLength: 8,
      }),
      fc.boolean(),
      (stepMinutes, durationMinutes, taken, twice) => {
        const starts: number[] = [];
        for (let minute = 510; minute < 840; minute += stepMinutes)
          for (let room = 0; room < (twice ? 2 : 1); room += 1) starts.push(minute);
        const slots = starts.map((minute): Slot => {
          const endsAt = new Date(at(clock(minute)) + durationMinutes * 60_000).toISOString();
          return { ...slot(clock(minute)), endsAt, durationMinutes };
        });
        const busy: Busy[] = taken
          .map(([minute, minutes]) => ({
            startsAt: iso(clock(minute)),
            endsAt: iso(clock(minute + minutes)),
          }))
          .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
        const each = slots.filter(
          ({ startsAt, endsAt }) => !busy.some((one) => one.startsAt < endsAt && startsAt < one.endsAt),
        );
        expect(offered(slots, wide, busy)).toEqual(each);
      },
    ),
    { numRuns: 500 },
  );
});
