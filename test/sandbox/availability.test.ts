// GET /api/availability in the sandbox: shape, filters, windows and slots, ranges over clock changes.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  ALVAREZ,
  type Answer,
  DOE,
  FREE_TUESDAY,
  LAKESIDE,
  MAIN_STREET,
  object,
  parsed,
  type Rig,
  rig,
  visit,
} from './rig.ts';

const interval = z.strictObject({ start: z.string(), end: z.string() });
const daySchema = z.strictObject({
  date: z.string(),
  office: z.number().optional(),
  doctor: z.number().optional(),
  duration: z.number(),
  open_slots: z.array(interval.extend({ availability: z.array(interval) })),
});
const dayOf = (answer: Answer) => daySchema.parse(parsed(answer));
const daysOf = (answer: Answer) => z.array(daySchema).parse(parsed(answer));
const ask = ({ call }: Rig, query: string) => call('GET', `/api/availability?${query}`);

/** Windows as `08:00-12:00`, and the starts of the free slots. */
const windows = (day: z.infer<typeof daySchema>) => day.open_slots.map(({ start, end }) => `${start}-${end}`);
const starts = (day: z.infer<typeof daySchema>) =>
  day.open_slots.flatMap(({ availability }) => availability.map(({ start }) => start));

const DOE_TUESDAY = `date=${FREE_TUESDAY}&office=${MAIN_STREET}&doctor=${DOE}`;

test("the specification's own question has the specification's shape", async () => {
  const own = await rig();
  const day = object(await ask(own, 'date=2025-02-18&office=123456'));
  expect(Object.keys(day)).toEqual(['date', 'office', 'duration', 'open_slots']);
  expect(day).toMatchObject({
    date: '2025-02-18',
    office: 123456,
    duration: 30,
    open_slots: [{ start: '08:00', end: '18:00' }],
  });
});

test.each([
  ['date=2025-06-10', ['date', 'duration', 'open_slots']],
  [`date=2025-06-10&office=${MAIN_STREET}`, ['date', 'office', 'duration', 'open_slots']],
  [`date=2025-06-10&doctor=${DOE}`, ['date', 'doctor', 'duration', 'open_slots']],
  [
    `date=2025-06-10&doctor=${DOE}&office=${MAIN_STREET}`,
    ['date', 'office', 'doctor', 'duration', 'open_slots'],
  ],
])('?%s echoes only the filters given', async (query, keys) => {
  expect(Object.keys(object(await ask(await rig(), query)))).toEqual(keys);
});

test.each([
  '',
  'office=123456',
  'date=',
  'date=2025-02-30',
  'date=tomorrow',
  'date=2025-06-10&office=main',
  'date=2025-06-10&duration=0',
  'date_range=2025-06-10',
  'date_range=2025-06-10/2025-06-09',
  'date_range=2025-01-01/2025-12-31',
])('?%s is 400 with a detail', async (query) => {
  const answer = await ask(await rig(), query);
  expect(answer.status).toBe(400);
  expect(object(answer)).toEqual({ detail: expect.any(String) });
});

test('windows are the work hours without lunch; slots follow each other in steps of the duration', async () => {
  const own = await rig();
  const day = dayOf(await ask(own, `${DOE_TUESDAY}&duration=45`));
  expect(windows(day)).toEqual(['08:00-12:00', '13:00-17:00']);
  expect(day.open_slots[0]?.availability).toEqual([
    { start: '08:00', end: '08:45' },
    { start: '08:45', end: '09:30' },
    { start: '09:30', end: '10:15' },
    { start: '10:15', end: '11:00' },
    { start: '11:00', end: '11:45' },
  ]);
});

test('blocks and breaks cut windows, visits cut only slots', async () => {
  const own = await rig();
  // Seeded for Dr. Doe on February 18: 08:30-09:15 a visit, 11:30-12:00 a break, 15:00-17:00 blocked.
  const day = dayOf(await ask(own, `date=2025-02-18&office=${MAIN_STREET}&doctor=${DOE}`));
  expect(windows(day)).toEqual(['08:00-11:30', '13:00-15:00']);
  expect(starts(day)).toEqual([
    '08:00',
    '09:30',
    '10:00',
    '10:30',
    '11:00',
    '13:00',
    '13:30',
    '14:00',
    '14:30',
  ]);
});

describe('a visit from 09:10 to 09:40', () => {
  const at = { scheduled_time: `${FREE_TUESDAY}T09:10` };
  test.each([
    ['with that doctor', {}, false],
    ['with that doctor at another office', { office: LAKESIDE }, false],
    ['with another doctor', { doctor: ALVAREZ }, true],
    ['that is cancelled', { status: 'Cancelled' }, true],
    ['that was a no-show', { status: 'No Show' }, true],
    ['that was rescheduled', { status: 'Rescheduled' }, true],
  ])('%s leaves 09:00 and 09:30 free: %3$s', async (_, changes, free) => {
    const own = await rig();
    expect(await own.call('POST', '/api/appointments', visit({ ...at, ...changes }))).toMatchObject({
      status: 201,
    });
    const found = starts(dayOf(await ask(own, DOE_TUESDAY)));
    expect([found.includes('09:00'), found.includes('09:30')]).toEqual([free, free]);
    expect(found).toContain('08:30');
    expect(found).toContain('10:00');
  });
});

test('an office without a doctor is the union: a slot stays while one of them is free', async () => {
  const own = await rig();
  const question = `date=${FREE_TUESDAY}&office=${MAIN_STREET}`;
  const at = { scheduled_time: `${FREE_TUESDAY}T08:00` };
  const all = dayOf(await ask(own, question));
  // Doe from 08:00, Raman from 08:00, Kowalski to 18:00; lunches overlap only in part.
  expect(windows(all)).toEqual(['08:00-18:00']);
  await own.call('POST', '/api/appointments', visit(at));
  expect(starts(dayOf(await ask(own, question)))).toContain('08:00');
  await own.call('POST', '/api/appointments', visit({ ...at, doctor: 511720, exam_room: 2 }));
  expect(starts(dayOf(await ask(own, question)))).not.toContain('08:00');
});

test('a doctor has no windows on days at another office, a suspended doctor none at all', async () => {
  const own = await rig();
  expect(dayOf(await ask(own, `date=2025-06-09&office=${MAIN_STREET}&doctor=${DOE}`)).open_slots).toEqual([]);
  expect(windows(dayOf(await ask(own, `date=2025-06-09&doctor=${DOE}`)))).toEqual([
    '08:30-12:00',
    '13:00-17:00',
  ]);
  expect(dayOf(await ask(own, 'date=2025-06-09&doctor=511724')).open_slots).toEqual([]);
});

test('past dates answer like any other', async () => {
  const own = await rig();
  expect(windows(dayOf(await ask(own, `date=2019-02-19&doctor=${DOE}`)))).toEqual([
    '08:00-12:00',
    '13:00-17:00',
  ]);
});

test.each([
  ['2025-03-08', '2025-03-10'],
  ['2025-11-01', '2025-11-03'],
])('a range over the clock change (%s/%s) has each day once, on wall time', async (from, to) => {
  const own = await rig();
  const days = daysOf(await ask(own, `date_range=${from}/${to}&office=${MAIN_STREET}`));
  expect(days.map(windows)).toEqual([['09:00-13:00'], [], ['09:00-12:30', '13:30-17:30']]);
  expect([days[0]?.date, days[2]?.date, days.length]).toEqual([from, to, 3]);
});

test('without calendar:read the calendar looks empty and nothing says why', async () => {
  const own = await rig();
  const scope = 'user:read clinical:read patients:read';
  await own.call('PUT', '/sandbox/scopes', { scope });
  const { sandbox, call } = own;
  const grant = await call('POST', '/o/token/', {
    grant_type: 'refresh_token',
    refresh_token: sandbox.refreshToken,
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
  });
  const { access_token: token, scope: carried } = object(grant);
  expect(carried).toBe(scope);
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await call('GET', `/api/availability?${DOE_TUESDAY}`, undefined, headers);
  expect(dayOf(answer).open_slots).toEqual([]);
  expect(
    object(await call('GET', '/api/appointments?date=2025-02-18', undefined, headers))['results'],
  ).toEqual([]);
  expect(await call('POST', '/api/appointments', visit(), headers)).toMatchObject({ status: 403 });
});
