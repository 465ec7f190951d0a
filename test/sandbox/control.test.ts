// The sandbox's side door: every fault effect, the call log, limits, the clock, front-desk writes, reset.
import { describe, expect, test } from 'vitest';
import { ANN, DEFAULT_LIMITS, DOE, FREE_TUESDAY, ids, object, parsed, type Rig, rig, visit } from './rig.ts';

const fault = async ({ call }: Rig, fields: Record<string, unknown>): Promise<unknown> => {
  const answer = await call('POST', '/sandbox/faults', fields);
  expect(answer.status).toBe(201);
  return object(answer)['id'];
};
const onFreeTuesday = async ({ call }: Rig) =>
  ids(await call('GET', `/api/appointments?date=${FREE_TUESDAY}`));
const calls = async ({ call }: Rig) => object(await call('GET', '/sandbox/calls'))['calls'];

describe('faults', () => {
  test.each([
    [{ status: 500 }, 500, '<h1>Server Error</h1>'],
    [{ status: 401 }, 401, 'Authorization failed.'],
    [{ status: 429 }, 429, '{"detail":"Request was throttled. Expected available in 30 seconds."}'],
    [{ status: 503, body: { detail: 'Down.' } }, 503, '{"detail":"Down."}'],
    [{ status: 502, body: '<b>', contentType: 'text/plain' }, 502, '<b>'],
  ])('status %o, once, and nothing is committed', async (fields, status, text) => {
    const own = await rig();
    await fault(own, { effect: 'status', ...fields });
    expect(await own.call('POST', '/api/appointments', visit())).toMatchObject({ status, text });
    expect(await onFreeTuesday(own)).toEqual([]);
  });

  test('drop cuts the connection before anything is done', async () => {
    const own = await rig();
    await fault(own, { effect: 'drop', method: 'POST' });
    await expect(own.call('POST', '/api/appointments', visit())).rejects.toThrow();
    expect(await onFreeTuesday(own)).toEqual([]);
    expect(await calls(own)).toMatchObject([
      { method: 'POST', status: 0 },
      { method: 'GET', status: 200 },
    ]);
  });

  test('commit-then-drop books, then cuts the connection', async () => {
    const own = await rig();
    await fault(own, { effect: 'commit-then-drop', path: '/api/appointments', method: 'post' });
    await expect(own.call('POST', '/api/appointments', visit())).rejects.toThrow();
    expect(await onFreeTuesday(own)).toHaveLength(1);
  });

  test.each([
    ['garbage', 200],
    ['truncate', 201],
    ['wrong-shape', 201],
  ])('%s books and answers %i with a body that is of no use', async (effect, status) => {
    const own = await rig();
    await fault(own, { effect });
    const answer = await own.call('POST', '/api/appointments', visit());
    expect(answer.status).toBe(status);
    if (effect === 'wrong-shape') expect(object(answer)).not.toHaveProperty('id');
    else expect(() => parsed(answer)).toThrow(SyntaxError);
    expect(await onFreeTuesday(own)).toHaveLength(1);
  });

  test('delay waits, then answers as ever', async () => {
    const own = await rig();
    await fault(own, { effect: 'delay', ms: 80 });
    const before = performance.now();
    expect(await own.call('GET', '/api/offices')).toMatchObject({ status: 200 });
    expect(performance.now() - before).toBeGreaterThan(70);
  });

  test('stale-lists hides recent writes from lists, not from reads by id, until they are old', async () => {
    const own = await rig();
    const kept = object(await own.call('POST', '/api/appointments', visit()))['id'];
    own.clock.now += 10_000;
    await fault(own, { effect: 'stale-lists', times: 0 });
    await own.call('PATCH', `/api/appointments/${kept}`, { scheduled_time: '2025-06-11T09:00' });
    const made = object(await own.call('POST', '/api/appointments', visit()))['id'];
    expect(await onFreeTuesday(own)).toEqual([kept]);
    expect(await own.call('GET', `/api/appointments/${made}`)).toMatchObject({ status: 200 });
    own.clock.now += 2999;
    expect(await onFreeTuesday(own)).toEqual([kept]);
    own.clock.now += 1;
    expect(await onFreeTuesday(own)).toEqual([made]);
  });

  test('strike only their method and path, as often as told', async () => {
    const own = await rig();
    await fault(own, { effect: 'status', status: 500, method: 'GET', path: '/api/off', times: 2 });
    const ask = async (method: string, path: string) => (await own.call(method, path)).status;
    expect(await ask('GET', '/api/doctors')).toBe(200);
    expect(await ask('DELETE', '/api/offices')).toBe(405);
    expect([await ask('GET', '/api/offices'), await ask('GET', '/api/offices/')]).toEqual([500, 500]);
    expect(await ask('GET', '/api/offices')).toBe(200);
  });

  test('times 0 lasts until removed, one by one or all', async () => {
    const own = await rig();
    const id = await fault(own, { effect: 'status', status: 500, times: 0 });
    await fault(own, { effect: 'status', status: 503, times: 0 });
    const ask = async () => (await own.call('GET', '/api/offices')).status;
    expect([await ask(), await ask()]).toEqual([500, 500]);
    expect(object(await own.call('GET', '/sandbox/faults'))['faults']).toHaveLength(2);
    expect(await own.call('DELETE', `/sandbox/faults/${id}`)).toMatchObject({ status: 204 });
    expect(await ask()).toBe(503);
    await own.call('DELETE', '/sandbox/faults');
    expect(await ask()).toBe(200);
  });

  test.each([
    {},
    { effect: 'explode' },
    { effect: 'status' },
    { effect: 'delay' },
    { effect: 'drop', tiems: 2 },
  ])('%o is no fault', async (fields) => {
    const own = await rig();
    expect(await own.call('POST', '/sandbox/faults', fields)).toMatchObject({ status: 400 });
  });
});

describe('limits', () => {
  const limited = () => rig({ limits: { perHour: 12, perSecond: 3 } });
  const ask = async ({ call }: Rig) => {
    const answer = await call('GET', '/api/offices');
    return answer.status === 429 ? object(answer)['detail'] : answer.status;
  };
  const wait = (seconds: number) => `Request was throttled. Expected available in ${seconds} seconds.`;

  test('by default 10 calls a second and 500 a clock hour are admitted', async () => {
    const own = await rig({ limits: DEFAULT_LIMITS });
    for (let count = 0; count < 10; count += 1) expect(await ask(own)).toBe(200);
    expect(await ask(own)).toBe(wait(1));
    own.clock.now += 1000;
    for (let count = 10; count < 500; count += 1) {
      own.clock.now += 100;
      expect(await ask(own)).toBe(200);
    }
    own.clock.now += 1000;
    expect(await ask(own)).toBe(wait(3600 - 51));
  });

  test('a burst is throttled for a second, an hour for the rest of the clock hour, told only in the text', async () => {
    const own = await limited();
    own.clock.now += 40 * 60_000;
    expect([await ask(own), await ask(own), await ask(own), await ask(own)]).toEqual([
      200,
      200,
      200,
      wait(1),
    ]);
    own.clock.now += 999;
    expect(await ask(own)).toBe(wait(1));
    own.clock.now += 1;
    expect([await ask(own), await ask(own), await ask(own)]).toEqual([200, 200, 200]);
    for (let round = 0; round < 2; round += 1) {
      own.clock.now += 1000;
      expect([await ask(own), await ask(own), await ask(own)]).toEqual([200, 200, 200]);
    }
    own.clock.now += 1000;
    expect(await ask(own)).toBe(wait(20 * 60 - 4));
    expect((await own.call('GET', '/api/offices')).headers.has('retry-after')).toBe(false);
    own.clock.now += 20 * 60_000;
    expect(await ask(own)).toBe(200);
  });

  test('count each application apart, and neither the control API nor the token endpoint', async () => {
    const own = await limited();
    for (let count = 0; count < 4; count += 1) await ask(own);
    expect(await ask(own)).toBe(wait(1));
    const { refreshToken, clientId, clientSecret } = own.sandbox;
    const grant = await own.call('POST', '/o/token', {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      client_secret: clientSecret,
    });
    const headers = { Authorization: `Bearer ${object(grant)['access_token']}` };
    expect(await own.call('GET', '/api/offices', undefined, headers)).toMatchObject({ status: 200 });
  });
});

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
