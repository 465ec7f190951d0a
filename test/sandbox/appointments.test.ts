// Appointments in the sandbox: what a create needs, what comes back, changes, deletion, lists and overlaps.
import { describe, expect, test } from 'vitest';
import {
  ALVAREZ,
  ANN,
  DOE,
  FREE_TUESDAY,
  ids,
  LAKESIDE,
  object,
  page,
  parsed,
  type Rig,
  rig,
  visit,
} from './rig.ts';

const REQUIRED = ['This field is required.'];
const book = async ({ call }: Rig, changes: Record<string, unknown> = {}): Promise<string> => {
  const answer = await call('POST', '/api/appointments', visit(changes));
  expect(answer.status).toBe(201);
  return String(object(answer)['id']);
};

describe('create', () => {
  test('answers 201 with the whole object: string id, naive times, first status transition', async () => {
    const { call } = await rig();
    const answer = await call('POST', '/api/appointments', visit({ notes: 'Bookadoc abc' }));
    expect(answer.status).toBe(201);
    expect(object(answer)).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      patient: ANN,
      scheduled_time: `${FREE_TUESDAY}T09:00:00`,
      duration: 30,
      notes: 'Bookadoc abc',
      status: '',
      created_at: '2025-02-14T10:00:00',
      status_transitions: [{ datetime: '2025-02-14T10:00:00', from_status: '', to_status: '' }],
      vitals: { smoking_status: 'blank' },
    });
  });

  test("a doctor's own zone stamps the row", async () => {
    const { call } = await rig();
    const central = visit({ doctor: 511722, office: 540214 });
    expect(object(await call('POST', '/api/appointments', central))['created_at']).toBe(
      '2025-02-14T09:00:00',
    );
  });

  test('an empty body names exactly the five required fields', async () => {
    const { call } = await rig();
    const answer = await call('POST', '/api/appointments', {});
    expect(answer.status).toBe(400);
    expect(parsed(answer)).toEqual({
      exam_room: REQUIRED,
      scheduled_time: REQUIRED,
      patient: REQUIRED,
      office: REQUIRED,
      doctor: REQUIRED,
    });
  });

  test.each([
    ['a null patient', { patient: null }, { patient: ['This field may not be null.'] }],
    ['an unknown patient', { patient: 1 }, { patient: ['Invalid pk "1" - object does not exist.'] }],
    ['an unknown doctor', { doctor: 1 }, { doctor: [expect.any(String)] }],
    ['an unknown office', { office: 1 }, { office: [expect.any(String)] }],
    ['an unknown visit type', { profile: 1 }, { profile: [expect.any(String)] }],
    ['a room that the office lacks', { exam_room: 6 }, { exam_room: [expect.any(String)] }],
    ['a negative room', { exam_room: -1 }, { exam_room: [expect.any(String)] }],
    ['a room in words', { exam_room: 'first' }, { exam_room: ['A valid integer is required.'] }],
    ['no minutes at all', { duration: 0 }, { duration: [expect.any(String)] }],
    [
      'a time with an offset',
      { scheduled_time: '2025-06-10T09:00:00-04:00' },
      { scheduled_time: [expect.any(String)] },
    ],
    ['a day that is none', { scheduled_time: '2025-02-30T09:00' }, { scheduled_time: [expect.any(String)] }],
    ['a number for a status', { status: 3 }, { status: [expect.any(String)] }],
  ])('%s is 400 with that field', async (_, changes, errors) => {
    const { call } = await rig();
    const answer = await call('POST', '/api/appointments', visit(changes));
    expect(answer.status).toBe(400);
    expect(parsed(answer)).toEqual(errors);
  });

  test.each([
    ['room 0 is stored as 1', { exam_room: 0 }, { exam_room: 1 }],
    ['no duration is 30 minutes', { duration: undefined }, { duration: 30 }],
    [
      'a visit type gives length, reason and color',
      { duration: undefined, profile: 284053 },
      { duration: 45, reason: 'Annual physical', color: '#59A14F' },
    ],
    ['a duration overrides the visit type', { duration: 50, profile: 284053 }, { duration: 50 }],
    [
      'seconds and a space are taken',
      { scheduled_time: '2025-06-10 12:00:00' },
      { scheduled_time: '2025-06-10T12:00:00' },
    ],
    ['odd lengths are taken', { duration: 123 }, { duration: 123 }],
  ])('%s', async (_, changes, stored) => {
    const { call } = await rig();
    expect(object(await call('POST', '/api/appointments', visit(changes)))).toMatchObject(stored);
  });
});

describe('change and delete', () => {
  test('PATCH is 204 with nothing, bumps updated_at even when empty, and notes each change of status', async () => {
    const own = await rig();
    const id = await book(own);
    own.clock.now += 60_000;
    const answer = await own.call('PATCH', `/api/appointments/${id}`, { status: 'Cancelled' });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('content-type')).toBe('text/html');
    own.clock.now += 60_000;
    expect(await own.call('PATCH', `/api/appointments/${id}/`, {})).toMatchObject({ status: 204 });
    expect(object(await own.call('GET', `/api/appointments/${id}?verbose=true`))).toMatchObject({
      status: 'Cancelled',
      updated_at: '2025-02-14T10:02:00',
      status_transitions: [
        { from_status: '', to_status: '' },
        { from_status: '', to_status: 'Cancelled', datetime: '2025-02-14T10:01:00' },
      ],
    });
  });

  test('PUT wants the five fields and moves the visit under the same id', async () => {
    const own = await rig();
    const id = await book(own);
    const short = await own.call('PUT', `/api/appointments/${id}`, { doctor: DOE });
    expect(Object.keys(object(short)).toSorted()).toEqual([
      'exam_room',
      'office',
      'patient',
      'scheduled_time',
    ]);
    const moved = visit({ scheduled_time: `${FREE_TUESDAY}T10:00` });
    expect(await own.call('PUT', `/api/appointments/${id}`, moved)).toMatchObject({ status: 204, text: '' });
    expect(object(await own.call('GET', `/api/appointments/${id}`))).toMatchObject({
      scheduled_time: `${FREE_TUESDAY}T10:00:00`,
    });
  });

  test("an office without the visit's room refuses it", async () => {
    const own = await rig();
    const id = await book(own, { exam_room: 5 });
    expect(await own.call('PATCH', `/api/appointments/${id}`, { office: LAKESIDE })).toMatchObject({
      status: 400,
    });
  });

  test('DELETE is 204, then 404; show_archived still finds the row, flagged', async () => {
    const own = await rig();
    const id = await book(own);
    expect(await own.call('DELETE', `/api/appointments/${id}`)).toMatchObject({ status: 204, text: '' });
    expect(await own.call('GET', `/api/appointments/${id}`)).toMatchObject({ status: 404 });
    for (const method of ['DELETE', 'PATCH'])
      expect(await own.call(method, `/api/appointments/${id}`)).toMatchObject({ status: 404 });
    expect(ids(await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}`))).toEqual([]);
    const archived = page(await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}&show_archived=true`));
    expect(archived.results).toMatchObject([{ id, deleted_flag: true }]);
  });
});

describe('lists', () => {
  test.each([
    ['', 400],
    ['doctor=511718', 400],
    ['date=2025-06-31', 400],
    ['date_range=2025-01-01/2025-07-10', 400],
    ['date_range=2025-01-01/2025-07-09', 200],
    ['date_range=2025-01-02/2025-01-01', 400],
    ['date_range=2025-01-02', 400],
    ['since=2025-01-02T10:00:00', 200],
    ['since=2025-01-02T10:00:00Z', 400],
    ['occurred_since=2025-01-02', 200],
  ])('?%s is %i', async (query, status) => {
    const { call } = await rig();
    expect(await call('GET', `/api/appointments?${query}`)).toMatchObject({ status });
  });

  test('are sorted by time and filtered by date, doctor, office, patient, status and last change', async () => {
    const own = await rig();
    const late = await book(own, { scheduled_time: `${FREE_TUESDAY}T15:00` });
    const early = await book(own, { doctor: ALVAREZ, status: 'Confirmed', exam_room: 2 });
    own.clock.now += 3_600_000;
    const other = await book(own, { scheduled_time: '2025-06-12T09:00', patient: ANN + 1, office: LAKESIDE });
    const list = async (query: string) => ids(await own.call('GET', `/api/appointments?${query}`));
    expect(await list(`date=${FREE_TUESDAY}`)).toEqual([early, late]);
    expect(await list('date_range=2025-06-10/2025-06-12')).toEqual([early, late, other]);
    expect(await list(`date=${FREE_TUESDAY}&doctor=${ALVAREZ}`)).toEqual([early]);
    expect(await list(`date_range=2025-06-10/2025-06-12&office=${LAKESIDE}`)).toEqual([other]);
    expect(await list(`date_range=2025-06-10/2025-06-12&patient=${ANN + 1}`)).toEqual([other]);
    expect(await list(`date=${FREE_TUESDAY}&status=Confirmed`)).toEqual([early]);
    expect(await list('since=2025-02-14T11:00:00')).toEqual([other]);
    expect(await list('occurred_since=2025-06-10T10:00:00')).toEqual([late, other]);
  });

  test('a visit past midnight belongs to the day it starts on', async () => {
    const own = await rig();
    const id = await book(own, { scheduled_time: `${FREE_TUESDAY}T23:45` });
    expect(ids(await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}`))).toEqual([id]);
    expect(ids(await own.call('GET', '/api/appointments?date=2025-06-11'))).toEqual([]);
    const next = await own.call('POST', '/api/appointments', visit({ scheduled_time: '2025-06-11T00:00' }));
    expect(next.status).toBe(409);
  });

  test('leave out what only verbose carries, as does a read by id', async () => {
    const own = await rig();
    const path = `/api/appointments/${await book(own)}`;
    const inList = async (verbose: string) => {
      const answer = await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}${verbose}`);
      return Object.keys(page(answer).results[0] ?? {});
    };
    const [plain, verbose] = [await inList(''), await inList('&verbose=true')];
    expect(verbose.filter((key) => !plain.includes(key)).toSorted()).toEqual([
      'clinical_note',
      'custom_fields',
      'custom_vitals',
      'extended_updated_at',
      'reminders',
      'status_transitions',
      'vitals',
    ]);
    expect(Object.keys(object(await own.call('GET', path)))).toEqual(plain);
    expect(Object.keys(object(await own.call('GET', `${path}?verbose=true`)))).toEqual(verbose);
  });
});

describe('overlap', () => {
  const first = { scheduled_time: `${FREE_TUESDAY}T09:00`, duration: 30 };
  const HERE = {};
  const OTHER_ROOM = { exam_room: 2 };
  const OTHER_OFFICE = { office: LAKESIDE };
  const OTHER_DOCTOR = { doctor: ALVAREZ };
  test.each([
    ['room', 'same room, same doctor', HERE, 409],
    ['room', 'same room, other doctor', OTHER_DOCTOR, 409],
    ['room', 'other room, same doctor', OTHER_ROOM, 201],
    ['room', 'other office, same doctor', OTHER_OFFICE, 201],
    ['doctor', 'same room, same doctor', HERE, 409],
    ['doctor', 'same room, other doctor', OTHER_DOCTOR, 201],
    ['doctor', 'other room, same doctor', OTHER_ROOM, 409],
    ['doctor', 'other office, same doctor', OTHER_OFFICE, 409],
    ['off', 'same room, same doctor', HERE, 201],
  ] as const)('scope %s: %s is %4$i', async (overlapScope, _, changes, status) => {
    const own = await rig({ overlapScope });
    await book(own, first);
    const answer = await own.call('POST', '/api/appointments', visit({ ...first, ...changes }));
    expect(answer.status).toBe(status);
    if (status === 409) expect(object(answer)['detail']).toMatch(/^Appointment overlaps with \[\d+\]$/);
  });

  test.each([
    ['08:30', 30, 201],
    ['09:30', 30, 201],
    ['08:30', 31, 409],
    ['09:29', 30, 409],
    ['08:00', 180, 409],
    ['09:10', 5, 409],
  ])('half-open: 09:00-09:30 against %s for %i minutes is %i', async (time, duration, status) => {
    const own = await rig();
    await book(own, first);
    const answer = await own.call(
      'POST',
      '/api/appointments',
      visit({ scheduled_time: `${FREE_TUESDAY}T${time}`, duration }),
    );
    expect(answer.status).toBe(status);
  });

  test.each(['Cancelled', 'No Show', 'Rescheduled'])(
    'a row that is %s does not block, until it lives again',
    async (status) => {
      const own = await rig();
      const id = await book(own, first);
      await own.call('PATCH', `/api/appointments/${id}`, { status });
      await book(own, first);
      expect(await own.call('PATCH', `/api/appointments/${id}`, { status: 'Confirmed' })).toMatchObject({
        status: 409,
      });
    },
  );

  test('a deleted row does not block; a row of any other status does', async () => {
    const own = await rig();
    const id = await book(own, { ...first, status: "Practice's own" });
    expect(await own.call('POST', '/api/appointments', visit(first))).toMatchObject({ status: 409 });
    await own.call('DELETE', `/api/appointments/${id}`);
    await book(own, first);
  });

  test('allow_overlapping skips the check', async () => {
    const own = await rig();
    await book(own, first);
    await book(own, { ...first, allow_overlapping: true });
  });

  test('PATCH and PUT onto a taken time are 409 and change nothing; notes can always be changed', async () => {
    const own = await rig();
    await book(own, first);
    const id = await book(own, { scheduled_time: `${FREE_TUESDAY}T10:00` });
    const forced = await book(own, { ...first, allow_overlapping: true });
    const onto = { scheduled_time: `${FREE_TUESDAY}T09:15` };
    expect(await own.call('PATCH', `/api/appointments/${id}`, onto)).toMatchObject({ status: 409 });
    expect(await own.call('PUT', `/api/appointments/${id}`, visit(onto))).toMatchObject({ status: 409 });
    expect(object(await own.call('GET', `/api/appointments/${id}`))['scheduled_time']).toBe(
      `${FREE_TUESDAY}T10:00:00`,
    );
    for (const each of [id, forced])
      expect(await own.call('PATCH', `/api/appointments/${each}`, { notes: 'x' })).toMatchObject({
        status: 204,
      });
  });
});
