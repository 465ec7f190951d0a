// A web chat past its minute: 429 in Direct Line's form, one sentence on the stream; strangers, sockets and new chats by address.
import type { Activity } from 'botbuilder';
import { afterEach, expect, test } from 'vitest';
import { createArrivals } from '../../bot/directline-arrivals.ts';
import { createLimits, type Rates } from '../../bot/limits.ts';
import { begin, call, generate, listen, poll, say, until } from './client.ts';
import { createEcho, type Service, startService } from './service.ts';

const services: Service[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

const heard: Activity[] = [];
async function start(rates: Partial<Rates>): Promise<Service> {
  heard.length = 0;
  const loose = { userPerMinute: 1_000, addressPerMinute: 1_000, apiPerMinute: 1_000 };
  const limits = createLimits({ rates: { ...loose, ...rates }, trustedProxies: 1, boundsLoopback: true });
  const service = await startService({ limits, turns: createEcho(heard) });
  services.push(service);
  return service;
}
const from = (address: string) => ({ 'x-forwarded-for': address });
const tooMany = { status: 429, body: { error: { code: 'TooManyRequests', message: 'Please slow down.' } } };

test('the message past the limit is 429 and not kept; the chat says so once, in its language', async () => {
  const { base } = await start({ userPerMinute: 2 });
  const { conversationId: id, token } = await begin(base);
  const write = (text: string) => say(base, id, token, { type: 'message', text, locale: 'es-MX' });
  expect([(await write('one')).status, (await write('two')).status]).toEqual([200, 200]);
  for (let n = 0; n < 3; n += 1) {
    const refused = await write('three');
    expect(refused).toMatchObject(tooMany);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  }
  const { activities } = await poll(base, id, token);
  expect(activities.map(({ text }) => text)).toEqual([
    'Hello!',
    'one',
    'You said: one',
    'two',
    'You said: two',
    'Fue un poco rápido para mí. Espere un minuto y escríbame otra vez.',
  ]);
  expect(heard.filter(({ type }) => type === 'message')).toHaveLength(2);
  const other = await begin(base);
  expect((await say(base, other.conversationId, other.token, { type: 'message', text: 'x' })).status).toBe(
    200,
  );
});

test('reading has room for polling, and an end', async () => {
  const { base } = await start({ userPerMinute: 2 });
  const { conversationId: id, token } = await begin(base);
  const statuses: number[] = [];
  for (let n = 0; n < 20; n += 1)
    statuses.push((await call(`${base}/conversations/${id}/activities`, { token })).status);
  expect(statuses.slice(0, 19)).toEqual(Array(19).fill(200));
  expect(statuses.at(-1)).toBe(429);
});

test('forged tokens count for their address; a good one goes on beside them', async () => {
  const { base } = await start({ addressPerMinute: 3 });
  const { conversationId: id, token } = await begin(base);
  const ask = (shown: string, address: string) =>
    call(`${base}/conversations/${id}/activities`, { token: shown, headers: from(address) });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await ask('forged', '192.0.2.1')).status);
  expect(statuses).toEqual([403, 403, 403, 429, 429]);
  expect((await ask('forged', '192.0.2.2')).status).toBe(403);
  expect((await ask(token, '192.0.2.1')).status).toBe(200);
  const stream = listen(
    `${base.replace('http', 'ws')}/conversations/${id}/stream?t=forged`,
    from('192.0.2.1'),
  );
  await stream.closed;
  expect(stream.status()).toBe(429);
});

test('an address holds at most 200 streams; the next one is for another address, or for later', async () => {
  const { base } = await start({});
  const open = async (address: string) => listen((await begin(base)).streamUrl, from(address));
  const held: ReturnType<typeof listen>[] = [];
  for (let n = 0; n < 200; n += 1) held.push(await open('192.0.2.1'));
  await until(() => held.every(({ seen }) => seen.length > 0), 20_000);
  const refused = await open('192.0.2.1');
  await refused.closed;
  expect(refused.status()).toBe(429);
  const other = await open('192.0.2.2');
  await until(() => other.seen.length > 0);
  held[0]?.socket.terminate();
  await until(async () => {
    const next = await open('192.0.2.1');
    await Promise.race([next.closed, until(() => next.seen.length > 0)]);
    return next.status() === 101;
  });
}, 60_000);

test('a flood of new chats from one network: 60 a minute, whichever of its addresses is used', async () => {
  const { base } = await start({});
  const statuses = new Map<number, number>();
  for (let n = 0; n < 300; n += 1) {
    const headers = from(`2001:db8:0:1::${n.toString(16)}`);
    const { status } = await call(`${base}/tokens/generate`, { method: 'POST', headers });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses]).toEqual([
    [200, 60],
    [429, 240],
  ]);
  expect((await generate(base)).expires_in).toBe(3600);
});

test('a flood from ever new networks fills no memory', () => {
  const mayArrive = createArrivals({ now: () => 0 });
  const heapBefore = process.memoryUsage().heapUsed;
  for (let n = 0; n < 200_000; n += 1)
    mayArrive({
      socket: { remoteAddress: `2001:db8:${(n >> 8).toString(16)}:${(n & 255).toString(16)}::1` },
    });
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(100 * 1024 * 1024);
});
