// Appointments in the sandbox: what a create needs, what comes back, changes and deletion.
import { describe, expect, test } from 'vitest';
import { ANN, book, DOE, FREE_TUESDAY, ids, LAKESIDE, object, page, parsed, rig, visit } from './rig.ts';

const REQUIRED = ['This field is required.'];

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
