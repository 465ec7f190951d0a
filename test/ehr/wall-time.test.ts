// From wall minutes to slots, on ordinary days and on the two odd ones of a year.
import { describe, expect, test } from 'vitest';
import { doctorId, officeId } from '../../services/domain.ts';
import { createDayClocks, slotsOf } from '../../services/ehr/wall-time.ts';

describe('wall times that do not exist, or exist twice, are left out', () => {
  const halfHours = [0, 30, 60, 90, 120, 150, 180, 210, 540, 1410];
  test.each<[string, string, string, readonly string[]]>([
    [
      'an ordinary day',
      'America/New_York',
      '2026-03-07',
      [
        '00:00>05:00Z',
        '00:30>05:30Z',
        '01:00>06:00Z',
        '01:30>06:30Z',
        '02:00>07:00Z',
        '02:30>07:30Z',
        '03:00>08:00Z',
        '03:30>08:30Z',
        '09:00>14:00Z',
        '23:30>04:30Z',
      ],
    ],
    [
      'the spring gap',
      'America/New_York',
      '2026-03-08',
      [
        '00:00>05:00Z',
        '00:30>05:30Z',
        '01:00>06:00Z',
        '01:30>06:30Z',
        '03:00>07:00Z',
        '03:30>07:30Z',
        '09:00>13:00Z',
        '23:30>03:30Z',
      ],
    ],
    [
      'the autumn fold',
      'America/New_York',
      '2026-11-01',
      [
        '00:00>04:00Z',
        '00:30>04:30Z',
        '02:00>07:00Z',
        '02:30>07:30Z',
        '03:00>08:00Z',
        '03:30>08:30Z',
        '09:00>14:00Z',
        '23:30>04:30Z',
      ],
    ],
    [
      'a half-hour fold, south of the equator',
      'Australia/Lord_Howe',
      '2026-04-05',
      [
        '00:00>13:00Z',
        '00:30>13:30Z',
        '01:00>14:00Z',
        '02:00>15:30Z',
        '02:30>16:00Z',
        '03:00>16:30Z',
        '03:30>17:00Z',
        '09:00>22:30Z',
        '23:30>13:00Z',
      ],
    ],
    [
      'a gap at midnight',
      'America/Santiago',
      '2026-09-06',
      [
        '01:00>04:00Z',
        '01:30>04:30Z',
        '02:00>05:00Z',
        '02:30>05:30Z',
        '03:00>06:00Z',
        '03:30>06:30Z',
        '09:00>12:00Z',
        '23:30>02:30Z',
      ],
    ],
    [
      'no daylight saving',
      'America/Phoenix',
      '2026-03-08',
      [
        '00:00>07:00Z',
        '00:30>07:30Z',
        '01:00>08:00Z',
        '01:30>08:30Z',
        '02:00>09:00Z',
        '02:30>09:30Z',
        '03:00>10:00Z',
        '03:30>10:30Z',
        '09:00>16:00Z',
        '23:30>06:30Z',
      ],
    ],
  ])('%s', (_name, timeZone, date, expected) => {
    const place = { officeId: officeId('2'), doctorId: doctorId('1'), durationMinutes: 30, timeZone };
    const slots = slotsOf(new Map([[date, halfHours]]), place, date, date, createDayClocks());
    expect(
      slots.map(({ localStart, startsAt }) => `${localStart.slice(11)}>${startsAt.slice(11, 16)}Z`),
    ).toEqual(expected);
    for (const slot of slots) expect(Date.parse(slot.endsAt) - Date.parse(slot.startsAt)).toBe(1_800_000);
  });

  test('days outside the asked ones are dropped', () => {
    const place = { officeId: officeId('2'), doctorId: doctorId('1'), durationMinutes: 30, timeZone: 'UTC' };
    const starts = new Map(
      ['2026-03-21', '2026-03-18', '2026-03-19', '2026-03-20'].map((date) => [date, [540]]),
    );
    expect(
      slotsOf(starts, place, '2026-03-19', '2026-03-20', createDayClocks()).map(
        ({ localStart }) => localStart,
      ),
    ).toEqual(['2026-03-19T09:00', '2026-03-20T09:00']);
  });
});
