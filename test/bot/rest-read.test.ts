// REST over real HTTP: who is let in, what it shows, and what it refuses without booking anything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiKey, authorization, type RestRig, refused, startRest } from './rest-rig.ts';

let rest: RestRig;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.close());

describe('the key', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['the key alone', { authorization: apiKey }],
    ['another scheme', { authorization: `Basic ${apiKey}` }],
    ['a longer one', { authorization: `${authorization}x` }],
  ])('%s: 401 on every route', async (_, headers) => {
    for (const path of ['/api/offices', '/api/doctors', '/api/availability?date=2026-03-10&office=123456']) {
      expect(await rest.get(path, headers)).toEqual({ status: 401, body: refused('unauthorized') });
    }
    const anonymous = { authorization: '', ...headers };
    expect((await rest.send('{', anonymous)).status).toBe(401);
  });

  it('without the setting there are no routes', async () => {
    const without = await startRest({ key: undefined });
    for (const path of ['/api/offices', '/api/doctors', '/api/availability', '/api/openapi.json']) {
      expect(await without.get(path)).toEqual({ status: 404, body: refused('not-found') });
    }
    await without.close();
  });
});

describe('the practice', () => {
  it('offices, without archived ones', async () => {
    const { status, body } = await rest.get('/api/offices');
    expect(status).toBe(200);
    const { offices } = z.object({ offices: z.array(z.looseObject({ id: z.number() })) }).parse(body);
    expect(offices.map(({ id }) => id)).toEqual(expect.arrayContaining([123456, 234567, 540214]));
    expect(offices.map(({ id }) => id)).not.toContain(198765);
    const main = offices.find(({ id }) => id === 123456);
    expect(main).toEqual({
      id: 123456,
      name: 'Main Street',
      address: '12 Main Street',
      city: 'Albany',
      state: 'NY',
      phone: '(518) 555-0112',
      timeZone: null, // without OFFICE_TIME_ZONES doctors of two zones could be booked here
      examRooms: expect.arrayContaining([{ index: 1, name: 'Exam 1', online: true }]),
    });
  });

  it('doctors, without suspended ones', async () => {
    const { status, body } = await rest.get('/api/doctors');
    expect(status).toBe(200);
    const { doctors } = z
      .object({ doctors: z.array(z.object({ id: z.number(), name: z.string() })) })
      .parse(body);
    expect(doctors).toContainEqual(expect.objectContaining({ id: 511718, name: 'Dr. John Doe' }));
    expect(doctors.map(({ id }) => id)).not.toContain(511724);
  });
});

describe('availability', () => {
  const question = '/api/availability?date=2026-03-10&office=123456';
  const shape = z.strictObject({
    date: z.string(),
    office: z.number(),
    doctor: z.number().optional(),
    duration: z.number(),
    open_slots: z.array(
      z.strictObject({
        start: z.string(),
        end: z.string(),
        availability: z.array(z.strictObject({ start: z.string(), end: z.string() })),
      }),
    ),
  });

  it('of one doctor: windows of contiguous slots in wall time', async () => {
    const { status, body } = await rest.get(`${question}&doctor=511718&duration=30`);
    expect(status).toBe(200);
    const answer = shape.parse(body);
    expect(answer).toMatchObject({ date: '2026-03-10', office: 123456, doctor: 511718, duration: 30 });
    for (const { start, end, availability } of answer.open_slots) {
      expect([availability[0]?.start, availability.at(-1)?.end]).toEqual([start, end]);
      availability.slice(1).forEach((slot, index) => {
        expect(slot.start).toBe(availability[index]?.end);
      });
    }
    for (const [index, window] of answer.open_slots.entries()) {
      const before = answer.open_slots[index - 1];
      if (before !== undefined) expect(before.end < window.start).toBe(true);
    }
    expect(answer.open_slots[0]?.availability[0]).toEqual({ start: '08:00', end: '08:30' });
  });

  it('without a doctor: the office’s doctors together, each start once', async () => {
    const starts = (body: unknown): readonly string[] =>
      shape.parse(body).open_slots.flatMap(({ availability }) => availability.map(({ start }) => start));
    const all = await rest.get(question);
    const one = await rest.get(`${question}&doctor=511718`);
    expect(shape.parse(all.body)).toMatchObject({ duration: 30 });
    expect(shape.parse(all.body)).not.toHaveProperty('doctor');
    expect(starts(all.body)).toEqual([...new Set(starts(all.body))].sort());
    expect(starts(all.body)).toEqual(expect.arrayContaining([...starts(one.body)]));
  });

  it('a past day and one beyond the horizon have no slots', async () => {
    for (const date of ['2026-03-02', '2027-03-02']) {
      const { status, body } = await rest.get(`/api/availability?date=${date}&office=123456&doctor=511718`);
      expect([status, shape.parse(body).open_slots]).toEqual([200, []]);
    }
  });

  it.each([
    ['', 400, refused('missing-fields', { missing: ['date', 'office'] })],
    ['?office=123456', 400, refused('missing-fields', { missing: ['date'] })],
    ['?date=2026-03-10&office=', 400, refused('missing-fields', { missing: ['office'] })],
    ['?date=03/10/2026&office=123456', 400, refused('invalid-request')],
    ['?date=2026-02-30&office=123456', 400, refused('invalid-request')],
    ['?date=2026-03-10&office=main', 400, refused('invalid-request')],
    ['?date=2026-03-10&office=123456&duration=0', 400, refused('invalid-request')],
    ['?date=2026-03-10&office=999', 422, refused('outside-policy')],
    ['?date=2026-03-10&office=123456&doctor=999', 422, refused('outside-policy')],
  ])('%s: %i', async (query, status, body) => {
    expect(await rest.get(`/api/availability${query}`)).toEqual({ status, body });
  });
});

describe('a booking that is refused', () => {
  it.each<[name: string, fields: object, status: number, body: object]>([
    ['no patient', { patientid: undefined }, 400, refused('missing-fields', { missing: ['patientid'] })],
    ['a null patient', { patientid: null }, 400, refused('missing-fields', { missing: ['patientid'] })],
    ['a blank doctor', { doctorid: '' }, 400, refused('missing-fields', { missing: ['doctorid'] })],
    [
      'nothing but a patient',
      { doctorid: undefined, officeid: undefined, scheduled_time: undefined, duration: undefined },
      400,
      refused('missing-fields', {
        missing: ['doctorid', 'officeid', 'scheduled_time', 'appointmenttypeid or duration'],
      }),
    ],
    ['an id with letters', { patientid: '12a' }, 400, refused('invalid-request')],
    ['a negative id', { doctorid: -1 }, 400, refused('invalid-request')],
    ['an id that is a fraction', { officeid: 1.5 }, 400, refused('invalid-request')],
    ['a time with an offset', { scheduled_time: '2026-03-10T08:00-05:00' }, 400, refused('invalid-request')],
    ['a time in UTC', { scheduled_time: '2026-03-10T13:00:00Z' }, 400, refused('invalid-request')],
    ['a time with odd seconds', { scheduled_time: '2026-03-10T08:00:30' }, 400, refused('invalid-request')],
    ['a date alone', { scheduled_time: '2026-03-10' }, 400, refused('invalid-request')],
    ['a day that is none', { scheduled_time: '2026-02-30T08:00' }, 400, refused('invalid-request')],
    ['type and duration', { appointmenttypeid: 284052 }, 400, refused('invalid-request')],
    ['an unknown patient', { patientid: 999_999_999 }, 404, refused('patient-not-found')],
    ['a doctor who is not there', { doctorid: 999 }, 422, refused('outside-policy')],
    ['a past time', { scheduled_time: '2026-03-02T08:00' }, 422, refused('outside-policy')],
    ['too far ahead', { scheduled_time: '2027-03-09T08:00' }, 422, refused('outside-policy')],
    ['an unknown type', { duration: undefined, appointmenttypeid: 1 }, 422, refused('outside-policy')],
  ])('%s: refused', async (_, fields, status, body) => {
    expect(await rest.book(fields)).toEqual({ status, body });
    expect(await rest.booked()).toEqual([]);
  });

  it.each([
    ['broken JSON', '{', {}, 400],
    ['a list', '[]', {}, 400],
    ['a word', '"book"', {}, 400],
    ['nothing', '', {}, 400],
    ['a form', 'patientid=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['16 KiB and more', JSON.stringify({ note: 'x'.repeat(20_000) }), {}, 413],
  ])('%s: %i', async (_, body, headers, status) => {
    const answer = await rest.send(body, headers);
    expect(answer).toEqual({ status, body: expect.objectContaining({ error: expect.any(String) }) });
  });
});
