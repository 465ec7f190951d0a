// The sandbox's token endpoint: rotation, refusals, authorization codes, expiry and revocation.
import { expect, test } from 'vitest';
import { object, parsed, type Rig, rig, token } from './rig.ts';

const refresh = (own: Rig, refresh_token: string) =>
  token(own, { grant_type: 'refresh_token', refresh_token });
const offices = async ({ call }: Rig, access: unknown) =>
  (await call('GET', '/api/offices', undefined, { Authorization: `Bearer ${access}` })).status;

test('a refresh answers 48 hours and a scope string', async () => {
  const own = await rig();
  const answer = await refresh(own, own.sandbox.refreshToken);
  expect(answer.status).toBe(200);
  expect(object(answer)).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 172_800,
    refresh_token: expect.any(String),
    scope: 'user:read calendar:read calendar:write clinical:read clinical:write patients:read patients:write',
  });
});

test('every refresh kills the old refresh token and the old access token', async () => {
  const own = await rig();
  const first = object(await refresh(own, own.sandbox.refreshToken));
  expect(await offices(own, first['access_token'])).toBe(200);
  const second = object(await refresh(own, String(first['refresh_token'])));
  expect(await offices(own, first['access_token'])).toBe(401);
  expect(await offices(own, second['access_token'])).toBe(200);
  for (const old of [own.sandbox.refreshToken, String(first['refresh_token'])]) {
    const answer = await refresh(own, old);
    expect(answer.status).toBe(401);
    expect(parsed(answer)).toEqual({ error: 'invalid_grant' });
  }
});

test.each([
  [{ client_secret: 'wrong' }, 401, 'invalid_client'],
  [{ client_id: 'other' }, 401, 'invalid_client'],
  [{ grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
  [{ grant_type: 'authorization_code', code: 'x' }, 401, 'invalid_grant'],
])('%o is %i %s, and the good token still works', async (fields, status, error) => {
  const own = await rig();
  const good = { grant_type: 'refresh_token', refresh_token: own.sandbox.refreshToken };
  const answer = await token(own, { ...good, ...fields });
  expect(answer.status).toBe(status);
  expect(parsed(answer)).toEqual({ error });
  expect(await token(own, good)).toMatchObject({ status: 200 });
});

const REDIRECT = 'http://127.0.0.1:4000/callback';
async function authorize({ call, sandbox }: Rig, changes: Record<string, string> = {}) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clientId,
    redirect_uri: REDIRECT,
    scope: 'user:read calendar:read',
    state: 'a b&c',
    ...changes,
  });
  const answer = await call('GET', `/o/authorize/?${query}`);
  return {
    status: answer.status,
    query: new URL(answer.headers.get('location') ?? 'http://none').searchParams,
  };
}

test('a code comes back with the state and works once, for the same redirect, within a minute', async () => {
  const own = await rig();
  const exchange = (code: string | null, redirect_uri = REDIRECT) =>
    token(own, { grant_type: 'authorization_code', code: code ?? '', redirect_uri });
  const { status, query } = await authorize(own);
  expect([status, query.get('state')]).toEqual([302, 'a b&c']);
  const granted = await exchange(query.get('code'));
  expect(object(granted)['scope']).toBe('user:read calendar:read');
  expect(await exchange(query.get('code'))).toMatchObject({ status: 401 });
  const other = (await authorize(own)).query.get('code');
  expect(await exchange(other, `${REDIRECT}/`)).toMatchObject({ status: 401 });
  const late = (await authorize(own)).query.get('code');
  own.clock.now += 60_000;
  expect(await exchange(late)).toMatchObject({ status: 401 });
});

test('an unknown scope fails the whole authorize; codes go to loopback only', async () => {
  const own = await rig();
  expect((await authorize(own, { scope: 'user:read everything' })).query.get('error')).toBe('invalid_scope');
  for (const redirect_uri of ['https://evil.example/', 'http://localhost:x@evil.example/', 'nowhere'])
    expect((await authorize(own, { redirect_uri })).status).toBe(400);
  expect((await authorize(own, { client_id: 'other' })).status).toBe(400);
});

test("access tokens end after 48 hours by the sandbox's clock", async () => {
  const own = await rig();
  const { access_token: access } = object(await refresh(own, own.sandbox.refreshToken));
  own.clock.now += 172_800_000 - 1;
  expect(await offices(own, access)).toBe(200);
  own.clock.now += 1;
  expect(await offices(own, access)).toBe(401);
});

test('revoke ends access tokens, not refresh tokens; reset gives curl its token back', async () => {
  const own = await rig();
  const grant = object(await refresh(own, own.sandbox.refreshToken));
  await own.call('POST', '/sandbox/revoke');
  expect(await offices(own, grant['access_token'])).toBe(401);
  expect(await offices(own, own.sandbox.curlToken)).toBe(401);
  expect(await refresh(own, String(grant['refresh_token']))).toMatchObject({ status: 200 });
  await own.call('POST', '/sandbox/reset');
  expect(await offices(own, own.sandbox.curlToken)).toBe(200);
});

test.each([
  ['/api/offices', 'user:read'],
  ['/api/patients', 'patients:read'],
  ['/api/appointment_profiles', 'calendar:read'],
  ['/api/appointments?date=2025-02-18', 'clinical:read'],
])('%s without %s is 403', async (path, missing) => {
  const own = await rig();
  const all = 'user:read calendar:read clinical:read patients:read';
  await own.call('PUT', '/sandbox/scopes', { scope: all.replace(missing, '').trim() });
  const { access_token: access, refresh_token: next } = object(await refresh(own, own.sandbox.refreshToken));
  const ask = (token: unknown) => own.call('GET', path, undefined, { Authorization: `Bearer ${token}` });
  expect(await ask(access)).toMatchObject({ status: 403 });
  await own.call('PUT', '/sandbox/scopes', { scope: all });
  expect(await ask(object(await refresh(own, String(next)))['access_token'])).toMatchObject({ status: 200 });
});
