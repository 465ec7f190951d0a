// Every fault effect of the sandbox: what the client sees, and what was committed.
import { expect, test } from 'vitest';
import { calls, fault, object, onFreeTuesday, parsed, rig, visit } from './rig.ts';

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

test('commit-then-delay books at once and answers late', async () => {
  const own = await rig();
  await fault(own, { effect: 'commit-then-delay', method: 'POST', ms: 300 });
  let answered = false;
  const answer = own.call('POST', '/api/appointments', visit()).finally(() => {
    answered = true;
  });
  await expect.poll(() => onFreeTuesday(own)).toHaveLength(1);
  expect(answered).toBe(false);
  expect(await answer).toMatchObject({ status: 201 });
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
  { effect: 'commit-then-delay' },
  { effect: 'drop', tiems: 2 },
])('%o is no fault', async (fields) => {
  const own = await rig();
  expect(await own.call('POST', '/sandbox/faults', fields)).toMatchObject({ status: 400 });
});
