// The sandbox's side door: the call log, the clock, front-desk writes, the overlap switch, reset.
import { expect, test } from 'vitest';
import { ANN, calls, DOE, fault, object, onFreeTuesday, rig, visit } from './rig.ts';

test('the call log tells method, path, query, status and time of API and token calls only', async () => {
  const own = await rig();
  await own.call('GET', '/api/patients/?date_of_birth=2016-06-02');
  await own.call('POST', '/o/token/', {});
  expect(await calls(own)).toEqual([
    {
      at: '2025-02-14T15:00:00.000Z',
      method: 'GET',
      path: '/api/patients',
      query: { date_of_birth: '2016-06-02' },
      status: 200,
    },
    { at: '2025-02-14T15:00:00.000Z', method: 'POST', path: '/o/token', query: {}, status: 401 },
  ]);
  await own.call('DELETE', '/sandbox/calls');
  expect(await calls(own)).toEqual([]);
});

test('the clock can be set and let go', async () => {
  const own = await rig();
  const createdAt = async () =>
    object(await own.call('POST', '/api/patients', { gender: '', doctor: DOE }))['created_at'];
  await own.call('PUT', '/sandbox/clock', { now: '2025-03-09T06:59:59Z' });
  expect(await createdAt()).toBe('2025-03-09T01:59:59');
  await own.call('PUT', '/sandbox/clock', { now: '2025-03-09T07:00:00Z' });
  expect(await createdAt()).toBe('2025-03-09T03:00:00');
  await own.call('PUT', '/sandbox/clock', { now: null });
  expect(await createdAt()).toBe('2025-02-14T10:00:00');
  expect(await own.call('PUT', '/sandbox/clock', { now: 'noon' })).toMatchObject({ status: 400 });
});

test('the front desk adds patients and visits, overlapping ones and breaks too, and changes them', async () => {
  const own = await rig();
  const people = [
    { first_name: 'Una', last_name: 'Maddox', gender: 'Female', doctor: DOE },
    { gender: '', doctor: DOE },
  ];
  const made = await own.call('POST', '/sandbox/patients', people);
  expect(made.status).toBe(201);
  expect(object(made)['ids']).toHaveLength(2);
  const one = await own.call('POST', '/sandbox/appointments', visit());
  const two = await own.call('POST', '/sandbox/appointments', [
    visit(),
    visit({ patient: null, appt_is_break: true }),
  ]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(await onFreeTuesday(own)).toHaveLength(3);
  const [id] = await onFreeTuesday(own);
  const deletion = await own.call('PATCH', `/sandbox/appointments/${id}`, { deleted_flag: true });
  expect(deletion.status).toBe(204);
  expect(await onFreeTuesday(own)).toHaveLength(2);
  expect(await own.call('PATCH', `/sandbox/patients/${ANN}`, { patient_status: 'I', id: 1 })).toMatchObject({
    status: 204,
  });
  expect(object(await own.call('GET', `/api/patients/${ANN}`))).toMatchObject({
    id: ANN,
    patient_status: 'I',
  });
  expect(await own.call('PATCH', '/sandbox/patients/1', {})).toMatchObject({ status: 404 });
  expect(object(await own.call('GET', '/sandbox/appointments'))['appointments']).toContainEqual(
    expect.objectContaining({ id, patient: ANN, deleted_flag: true }),
  );
  expect(await own.call('POST', '/sandbox/appointments', visit({ doctor: 1 }))).toMatchObject({
    status: 400,
  });
});

test('the overlap scope can be changed while it runs', async () => {
  const own = await rig();
  await own.call('POST', '/api/appointments', visit());
  const again = async () => (await own.call('POST', '/api/appointments', visit())).status;
  expect(await again()).toBe(409);
  await own.call('PUT', '/sandbox/overlap', { scope: 'off' });
  expect(await again()).toBe(201);
});

test('reset puts back data, faults, calls, limits and clock; tokens stay valid', async () => {
  const own = await rig();
  const seeded = (await own.call('GET', '/sandbox/appointments')).text;
  await own.call('POST', '/api/appointments', visit());
  await fault(own, { effect: 'drop', times: 0 });
  await own.call('PUT', '/sandbox/limits', { perHour: 1, perSecond: 1 });
  await own.call('PUT', '/sandbox/clock', { now: '2030-01-01T00:00:00Z' });
  expect(await own.call('POST', '/sandbox/reset')).toMatchObject({ status: 204 });
  expect((await own.call('GET', '/sandbox/appointments')).text).toBe(seeded);
  expect([
    (await own.call('GET', '/api/offices')).status,
    (await own.call('GET', '/api/offices')).status,
  ]).toEqual([200, 200]);
  expect(await calls(own)).toMatchObject([{ at: '2025-02-14T15:00:00.000Z' }, {}]);
});

test('a web page in the operator’s browser cannot drive it', async () => {
  const own = await rig();
  // What a browser sends for any page without asking first: a POST of plain text, with the page's origin.
  const page = { Origin: 'https://page.example', 'Content-Type': 'text/plain' };
  for (const name of ['reset', 'revoke', 'patients', 'appointments', 'faults', 'deliveries'])
    expect(await own.call('POST', `/sandbox/${name}`, '{}', page)).toMatchObject({ status: 403 });
  const opaque = { ...page, Origin: 'null' };
  expect(await own.call('POST', '/sandbox/reset', '{}', opaque)).toMatchObject({ status: 403 });
  expect((await own.call('GET', '/api/offices')).status).toBe(200);
});
