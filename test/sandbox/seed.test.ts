// The seeded practice is believable on whatever day it is started: hours, rooms, people, and a calendar around today.
import { describe, expect, test } from 'vitest';
import { blocksTime } from '../../services/sandbox/overlap.ts';
import type { AppointmentRow } from '../../services/sandbox/rows.ts';
import { buildPractice, readSeed } from '../../services/sandbox/seed.ts';
import { dayNumber, dayOfMinute, MINUTES_PER_DAY, weekdayOf } from '../../services/sandbox/wall.ts';
import { NOW, SEED_PATH } from './rig.ts';

const seed = readSeed(SEED_PATH);
const practice = buildPractice(seed, NOW);
const rows = [...practice.appointments.values()];

test('two builds on the same day are equal', () => {
  const again = buildPractice(seed, NOW);
  const hooks = { record: undefined, written: undefined };
  expect({ ...again, ...hooks }).toEqual({ ...practice, ...hooks });
});

describe.each([0, 1, 2, 3, 4, 5, 6])('started %i days later', (days) => {
  const { workHours, appointments } = buildPractice(seed, NOW + days * 86_400_000);
  const visits = [...appointments.values()];
  const end = (row: AppointmentRow) => row.startMinute + row.durationMinutes;

  test("every visit lies in its doctor's hours at its office", () => {
    const outside = visits.filter((row) => {
      const day = dayOfMinute(row.startMinute);
      const midnight = day * MINUTES_PER_DAY;
      return !workHours.some(
        (hours) =>
          hours.doctor === row.doctor &&
          hours.office === row.office &&
          hours.weekday === weekdayOf(day) &&
          midnight + hours.startMinute <= row.startMinute &&
          end(row) <= midnight + hours.endMinute,
      );
    });
    expect(outside).toEqual([]);
  });

  test('no doctor, room or patient is in two visits at once', () => {
    const live = visits.filter(blocksTime);
    const clashes = live.flatMap((a) =>
      live
        .filter((b) => a.id < b.id && a.startMinute < end(b) && b.startMinute < end(a))
        .filter(
          (b) =>
            a.doctor === b.doctor ||
            (a.patient !== null && a.patient === b.patient) ||
            (a.office === b.office && a.examRoom === b.examRoom),
        )
        .map((b) => [a.id, b.id]),
    );
    expect(clashes).toEqual([]);
  });
});

test('the calendar reaches from last week to the coming weeks', () => {
  const today = dayNumber('2025-02-14') ?? 0;
  const away = rows.map((row) => dayOfMinute(row.startMinute) - today);
  expect(away.filter((days) => days < 0).length).toBeGreaterThan(5);
  expect(away.filter((days) => days >= 0 && days < 7).length).toBeGreaterThan(20);
  expect(Math.max(...away)).toBeGreaterThan(13);
});

test('Sundays are closed, and one doctor alone works on Saturdays', () => {
  expect(practice.workHours.filter(({ weekday }) => weekday === 6)).toEqual([]);
  expect(
    new Set(practice.workHours.filter(({ weekday }) => weekday === 5).map(({ doctor }) => doctor)).size,
  ).toBe(1);
});

test('every office has online rooms and a phone that nobody owns', () => {
  for (const { exam_rooms: rooms, fields } of practice.offices.filter(
    (row) => row.fields['archived'] !== true,
  )) {
    expect(rooms.map(({ index }) => index)).toEqual(rooms.map((_, position) => position + 1));
    expect(rooms.filter((room) => room.online_scheduling).length).toBeGreaterThan(1);
    expect(rooms.some((room) => !room.online_scheduling)).toBe(true);
    expect(fields['phone_number']).toMatch(/^\(\d{3}\) 555-01\d\d$/);
  }
});

test('there is something to filter out: an archived office, a suspended doctor, an archived visit type, an inactive chart', () => {
  expect(practice.offices.filter(({ fields }) => fields['archived'] === true)).toHaveLength(1);
  expect(practice.doctors.filter(({ suspended }) => suspended)).toHaveLength(1);
  expect(practice.profiles.filter(({ fields }) => fields['archived'] === true)).toHaveLength(1);
  expect(
    [...practice.patients.values()].filter(({ fields }) => fields['patient_status'] === 'I'),
  ).toHaveLength(1);
});

test('the people are hard to tell apart: twins, father and son, duplicate charts, shared names and phones', () => {
  const people = [...practice.patients.values()].map(({ fields }) => fields);
  const sharing = (...names: string[]) =>
    Object.values(Object.groupBy(people, (row) => names.map((name) => row[name]).join('|'))).filter(
      (group) => (group?.length ?? 0) > 1,
    ).length;
  expect(people.length).toBeGreaterThanOrEqual(25);
  expect(sharing('last_name', 'date_of_birth', 'cell_phone')).toBe(2);
  expect(sharing('first_name', 'last_name', 'date_of_birth')).toBe(1);
  expect(sharing('first_name', 'last_name')).toBe(3);
  expect(people.filter((row) => row['preferred_language'] === 'spa').length).toBeGreaterThan(3);
});
