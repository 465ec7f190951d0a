// The sandbox's throttles: 10 calls a second and 500 a clock hour for each application.
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, object, type Rig, rig } from './rig.ts';

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
  expect([await ask(own), await ask(own), await ask(own), await ask(own)]).toEqual([200, 200, 200, wait(1)]);
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
