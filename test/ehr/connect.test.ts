// Connecting a practice: the authorize address, the redirect on loopback, the tokens, what the operator is told.
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { doctorId } from '../../services/domain.ts';
import { authorizeUrl, connect, connectionReport, readRedirect } from '../../services/ehr/connect.ts';
import { createDrchronoEhr } from '../../services/ehr/drchrono.ts';
import { startSandbox } from '../../services/sandbox/server.ts';
import { createTestClock } from '../support/test-clock.ts';
import { seedPath } from '../support/world.ts';
import { adapterOptions, createMemoryVault, isToken, startScriptedEhr } from './scripted-ehr.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const minimum =
  'user:read calendar:read calendar:write clinical:read clinical:write patients:read patients:write';

test('the authorize address asks for the booking minimum and nothing more', () => {
  const url = new URL(authorizeUrl('https://ehr.example', 'client', 'http://127.0.0.1:3980/connect', 's1'));
  expect(url.origin + url.pathname).toBe('https://ehr.example/o/authorize/');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: 'http://127.0.0.1:3980/connect',
    scope: minimum,
    state: 's1',
  });
});

test.each([
  ['/connect?code=c1&state=s1', { kind: 'code', code: 'c1' }],
  ['/connect?error=access_denied&state=s1', { kind: 'denied' }],
  ['/connect?code=c1&state=s2', { kind: 'not-ours' }],
  ['/connect?code=c1', { kind: 'not-ours' }],
  ['/connect?error=access_denied', { kind: 'not-ours' }],
  ['/connect?state=s1', { kind: 'not-ours' }],
  ['/connect?code=&state=s1', { kind: 'not-ours' }],
  ['/favicon.ico', { kind: 'not-ours' }],
  ['//[', { kind: 'not-ours' }],
])('the redirect %s is %o', (target, expected) => {
  expect(readRedirect(target, 'http://127.0.0.1:3980/connect', 's1')).toEqual(expected);
});

test('the report names doctors, zones and what was not granted', () => {
  const doctor = (id: string, name: string, timeZone: string) => ({
    id: doctorId(id),
    firstName: '',
    lastName: '',
    name,
    specialty: '',
    timeZone,
  });
  const doctors = [doctor('7', 'Dr. Ada Example', 'America/New_York'), doctor('8', 'Dr. Ben Example', '')];
  expect(
    connectionReport(doctors, 'user:read calendar:write clinical:read clinical:write patients:read'),
  ).toEqual([
    'Doctors and their time zones:',
    '  7  Dr. Ada Example  America/New_York',
    '  8  Dr. Ben Example  NO TIME ZONE: not bookable',
    'Scopes granted: user:read calendar:write clinical:read clinical:write patients:read',
    'Missing for booking: calendar:read patients:write. Nothing can be booked until they are granted: run this again.',
  ]);
});

test('an operator connects: strays are turned away, the code becomes tokens, and the adapter works on them', async () => {
  const clock = createTestClock('2026-03-03T14:00:00Z');
  const sandbox = await startSandbox({ seedPath, port: 0, now: () => clock.now() });
  closing.push(() => sandbox.close());
  const tokens = createMemoryVault();
  const account = { ...sandbox, baseUrl: sandbox.origin, refreshTokenSetting: undefined, tokens, clock };
  const redirectUri = `http://127.0.0.1:${await freePort()}/connect`;
  const said: string[] = [];
  const addressSaid = Promise.withResolvers<string>();
  const connecting = connect({
    ...account,
    state: 'a-state',
    redirectUri,
    say(line) {
      said.push(line);
      if (line.includes('/o/authorize/')) addressSaid.resolve(line);
    },
  });
  const address = await addressSaid.promise;
  expect((await fetch(`${redirectUri}?code=stolen&state=other`)).status).toBe(404);
  expect((await fetch(address)).status).toBe(200);
  expect(await connecting).toMatchObject({ ok: true, value: { scope: minimum } });
  expect(said.join('\n')).not.toContain(tokens.held?.refreshToken);

  const ehr = createDrchronoEhr({ ...adapterOptions(sandbox.origin), ...account });
  closing.push(() => ehr.stop());
  expect((await ehr.doctors('booking')).ok).toBe(true);
  expect(ehr.state()).toEqual({ state: 'ready' });
});

test.each([
  ['the user says no', 'error=access_denied', 200, /did not grant/],
  ['the code is refused', 'code=c1', 401, /refused the code/],
  ['the token endpoint is down', 'code=c1', 503, /no readable answer/],
])('when %s the operator reads why and nothing is stored', async (_what, query, status, sentence) => {
  const ehr = await startScriptedEhr((call) => ({ status: isToken(call) ? status : 404, body: '{}' }));
  closing.push(() => ehr.close());
  const tokens = createMemoryVault();
  const redirectUri = `http://127.0.0.1:${await freePort()}/connect`;
  const listening = Promise.withResolvers<void>();
  const connecting = connect({
    ...adapterOptions(ehr.origin),
    tokens,
    state: 's1',
    redirectUri,
    say: () => listening.resolve(),
  });
  await listening.promise;
  await fetch(`${redirectUri}?${query}&state=s1`);
  expect(await connecting).toEqual({ ok: false, error: expect.stringMatching(sentence) });
  expect(tokens.held).toBeUndefined();
});

test('a port in use is said, not thrown', async () => {
  const blocker = await startScriptedEhr(() => ({ status: 404 }));
  closing.push(() => blocker.close());
  const result = await connect({
    ...adapterOptions(blocker.origin),
    state: 's1',
    redirectUri: `${blocker.origin}/connect`,
    say: () => {},
  });
  expect(result).toEqual({ ok: false, error: expect.stringMatching(/is in use/) });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise((closed) => {
    server.close(closed);
  });
  return port;
}
