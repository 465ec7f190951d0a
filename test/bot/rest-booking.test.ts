// REST over real HTTP, down to the sandbox practice: a booking happens once, whatever is repeated.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { confirmation, type RestRig, refused, startRest } from './rest-rig.ts';

const day = 24 * 60 * 60 * 1000;

let rest: RestRig;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

describe('booking', () => {
  it('201 with the specification’s confirmation, and the visit stands in the EHR', async () => {
    expect(await rest.book()).toEqual({ status: 201, body: confirmation });
    expect(await rest.booked()).toMatchObject([
      { doctor: 511718, office: 123456, scheduled_time: '2026-03-10T08:00:00', duration: 30 },
    ]);
  });

  it('ids may be digit strings, the time may have seconds, an appointment type may rule the length', async () => {
    const typed = { duration: undefined, appointmenttypeid: '284053', scheduled_time: '2026-03-10T08:00:00' };
    const answer = await rest.book({
      patientid: String(rest.patientid),
      doctorid: '511718',
      officeid: '123456',
      ...typed,
    });
    expect(answer).toEqual({ status: 201, body: confirmation });
    expect(await rest.booked()).toMatchObject([{ duration: 45 }]);
  });

  it('a taken time: 409 with the three nearest free ones, which can be posted as they are', async () => {
    const [other = 0] = await rest.world.control.addPatients([
      {
        first_name: 'Otto',
        last_name: 'Tester',
        date_of_birth: '1990-01-01',
        gender: 'Male',
        doctor: 511718,
      },
    ]);
    await rest.book({ patientid: other });
    const answer = await rest.book();
    expect(answer).toEqual({ status: 409, body: refused('slot-taken', { alternatives: expect.any(Array) }) });
    const { alternatives } = z
      .object({
        alternatives: z.array(
          z.strictObject({
            scheduled_time: z.string(),
            doctorid: z.number(),
            officeid: z.number(),
            duration: z.number(),
          }),
        ),
      })
      .parse(answer.body);
    expect(alternatives).toHaveLength(3);
    expect((await rest.book(alternatives[0])).status).toBe(201);
  });

  it('the patient’s own visit at that time with another doctor: 409; the same day is no error', async () => {
    await rest.book();
    const sameTime = await rest.book({ doctorid: 511720 });
    expect(sameTime).toEqual({ status: 409, body: refused('overlaps-own') });
    expect((await rest.book({ scheduled_time: '2026-03-10T16:30' })).status).toBe(201);
  });

  it('an id with leading zeros is the same patient: no second visit at that time, whoever the doctor', async () => {
    const first = await rest.book();
    const patientid = `00${rest.patientid}`;
    expect(await rest.book({ patientid })).toEqual(first);
    expect(await rest.book({ patientid, doctorid: 511719 })).toEqual({
      status: 409,
      body: refused('overlaps-own'),
    });
    expect(await rest.booked()).toHaveLength(1);
  });

  it('the EHR down: 500, and nothing was booked', async () => {
    await rest.world.control.fault({
      method: 'POST',
      path: '/api/appointments',
      effect: 'status',
      status: 503,
      times: 0,
    });
    await rest.world.control.fault({
      method: 'GET',
      path: '/api/patients',
      effect: 'status',
      status: 503,
      times: 0,
    });
    const answer = await rest.book();
    expect(answer).toEqual({ status: 500, body: refused('ehr-unavailable') });
    expect(await rest.booked()).toEqual([]);
  });

  it('a permission that the token lacks: refused by its name', async () => {
    await rest.world.control.scopes(
      'user:read calendar:write clinical:read clinical:write patients:read patients:write',
    );
    expect(await rest.book()).toEqual({
      status: 422,
      body: {
        error: 'ehr-refused',
        message:
          "The practice's EHR account does not give the permission calendar:read, so nothing can be booked.",
      },
    });
    expect(await rest.booked()).toEqual([]);
  });

  it('a booked time is gone at once', async () => {
    await rest.book();
    const { body } = await rest.get('/api/availability?date=2026-03-10&office=123456&doctor=511718');
    expect(JSON.stringify(body)).not.toContain('{"start":"08:00","end":"08:30"}');
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'order-1' };

  it('the same request again: the same status and body, one visit', async () => {
    const first = await rest.book({}, key);
    const again = await rest.book({ doctorid: '511718', scheduled_time: '2026-03-10T08:00:00' }, key);
    expect([first.status, again]).toEqual([201, first]);
    expect(await rest.booked()).toHaveLength(1);
  });

  it('a refusal is kept as well', async () => {
    const first = await rest.book({ patientid: 999_999_999 }, key);
    await rest.world.control.forgetCalls();
    expect(await rest.book({ patientid: 999_999_999 }, key)).toEqual(first);
    expect(await rest.world.control.calls()).toEqual([]);
  });

  it('another request: 422', async () => {
    await rest.book({}, key);
    expect(await rest.book({ scheduled_time: '2026-03-10T09:00' }, key)).toEqual({
      status: 422,
      body: refused('idempotency-key-reused'),
    });
    expect(await rest.booked()).toHaveLength(1);
  });

  it('twenty at once: one visit, twenty equal answers', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => rest.book({}, key)));
    for (const answer of answers) expect(answer).toEqual({ status: 201, body: confirmation });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await rest.booked()).toHaveLength(1);
  });

  it('another key for the same visit: the first confirmation, 201', async () => {
    const first = await rest.book({}, key);
    expect(await rest.book({}, { 'idempotency-key': 'order-2' })).toEqual(first);
    expect(await rest.booked()).toHaveLength(1);
  });

  it('survives a restart, and is forgotten after 24 hours', async () => {
    const first = await rest.book({}, key);
    await rest.restart();
    expect(await rest.book({}, key)).toEqual(first);
    rest.world.clock.advance(day - 1);
    expect((await rest.book({ scheduled_time: '2026-03-12T09:00' }, key)).status).toBe(422);
    rest.world.clock.advance(1);
    expect((await rest.book({ scheduled_time: '2026-03-12T09:00' }, key)).status).toBe(201);
  });

  it('expired answers leave the store', async () => {
    for (const n of [1, 2, 3]) await rest.book({ patientid: 999_999_999 }, { 'idempotency-key': `old-${n}` });
    const kept = () => rest.world.now().store.list('answer', 'expires', { from: '', to: '~' });
    expect(await kept()).toHaveLength(3);
    rest.world.clock.advance(day + 1);
    await rest.book({ patientid: 999_999_999 }, { 'idempotency-key': 'new' });
    expect(await kept()).toHaveLength(1);
  });

  it('a crash that lost the answer but not the booking: one visit, the same confirmation', async () => {
    const first = await rest.book({}, key);
    const id = createHash('sha256').update('order-1').digest('base64url');
    expect(await rest.world.now().store.remove('answer', id)).toMatchObject({ ok: true });
    expect(await rest.book({}, key)).toEqual(first);
    expect(await rest.booked()).toHaveLength(1);
  });

  it.each(['x'.repeat(256), 'two words', ''])('%j is no key: 400', async (bad) => {
    expect((await rest.book({}, { 'idempotency-key': bad })).status).toBe(bad === '' ? 201 : 400);
  });
});
