// GET /api/appointments: what is on our own books, by doctor or by patient, and nothing of anybody's name.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { patientId } from '../../services/domain.ts';
import { type RestRig, refused, startRest } from './rest-rig.ts';

let rest: RestRig;
beforeEach(async () => {
  rest = await startRest();
});
afterEach(() => rest.close());

const rows = z.object({ appointments: z.array(z.looseObject({ scheduled_time: z.string() })) });
const times = async (path: string): Promise<readonly string[]> =>
  rows.parse((await rest.get(path)).body).appointments.map(({ scheduled_time }) => scheduled_time);

test('a booked visit stands there with its ids, its office time and when the EHR agreed', async () => {
  await rest.book();
  const { status, body } = await rest.get(`/api/appointments?patient=${rest.patientid}`);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      appointments: [
        {
          appointmentId: expect.stringMatching(/^\d+$/),
          status: 'confirmed',
          ehrStatus: '',
          patientid: rest.patientid,
          doctorid: 511718,
          officeid: 123456,
          scheduled_time: '2026-03-10T08:00',
          timeZone: expect.stringMatching(/^(?:America\/New_York|US\/Eastern)$/),
          duration: 30,
          provider: 'Dr. John Doe',
          ehrAgreedAt: expect.stringMatching(/^2026-03-03T14:00:/),
        },
      ],
    },
  });
  expect(JSON.stringify(body)).not.toContain('Wilma');
});

test('days are the office’s, and both ends count', async () => {
  await rest.book({ scheduled_time: '2026-03-10T08:00' });
  await rest.book({ scheduled_time: '2026-03-12T16:30' });
  const of = '/api/appointments?doctor=511718';
  expect(await times(`${of}&from=2026-03-10&to=2026-03-12`)).toEqual([
    '2026-03-10T08:00',
    '2026-03-12T16:30',
  ]);
  expect(await times(`${of}&from=2026-03-11&to=2026-03-12`)).toEqual(['2026-03-12T16:30']);
  expect(await times(`${of}&from=2026-03-10&to=2026-03-10`)).toEqual(['2026-03-10T08:00']);
  expect(await times('/api/appointments?doctor=511719&from=2026-03-10&to=2026-03-12')).toEqual([]);
  expect(await times('/api/appointments?patient=1')).toEqual([]);
});

test('a visit that was moved is one row, at its present time; one that is being changed says so', async () => {
  await rest.book();
  const { world, patientid } = rest;
  const patient = patientId(String(patientid));
  const visitNow = async () => {
    const upcoming = await world.now().useCases.upcoming(patient);
    const [visit] = upcoming.ok ? upcoming.value.visits : [];
    if (visit === undefined) throw new Error('no visit');
    return visit;
  };
  const to = '2026-03-12T09:00';
  const { useCases } = world.now();
  expect(await useCases.moveVisit({ visit: await visitNow(), to, channel: 'webchat' })).toMatchObject({
    ok: true,
  });
  const path = `/api/appointments?patient=${patientid}`;
  const listed = async () =>
    rows
      .parse((await rest.get(path)).body)
      .appointments.map((row) => `${row['status']} ${row.scheduled_time}`);
  expect(await listed()).toEqual([`confirmed ${to}`]);

  const patch = { method: 'PATCH', path: '/api/appointments' };
  await world.control.fault({ ...patch, effect: 'drop', times: 2 });
  expect(await useCases.cancelVisit({ visit: await visitNow(), channel: 'webchat' })).toMatchObject({
    ok: false,
  });
  expect(await listed()).toEqual([`changing ${to}`]);
  expect(await useCases.cancelVisit({ visit: await visitNow(), channel: 'webchat' })).toMatchObject({
    ok: true,
  });
  expect(await listed()).toEqual([`cancelled ${to}`]);
});

test('a visit that never came about is not one', async () => {
  await rest.world.control.fault({
    method: 'POST',
    path: '/api/appointments',
    effect: 'status',
    status: 400,
  });
  expect((await rest.book()).status).toBe(422);
  expect(await times(`/api/appointments?patient=${rest.patientid}`)).toEqual([]);
});

test.each([
  ['', refused('missing-fields', { missing: ['doctor or patient'] })],
  ['?doctor=1', refused('missing-fields', { missing: ['from', 'to'] })],
  ['?doctor=1&from=2026-03-10', refused('missing-fields', { missing: ['to'] })],
  ['?doctor=1&patient=2', refused('invalid-request')],
  ['?doctor=x&from=2026-03-10&to=2026-03-12', refused('invalid-request')],
  ['?doctor=1&from=2026-02-30&to=2026-03-12', refused('invalid-request')],
  ['?doctor=1&from=2026-03-12&to=2026-03-10', refused('invalid-request')],
  ['?doctor=1&from=2026-03-12&to=2028-03-10', refused('invalid-request')],
])('"%s" is refused', async (query, body) => {
  expect(await rest.get(`/api/appointments${query}`)).toEqual({ status: 400, body });
});

test('without the key nothing is shown', async () => {
  expect(await rest.get(`/api/appointments?patient=${rest.patientid}`, {})).toEqual({
    status: 401,
    body: refused('unauthorized'),
  });
});
