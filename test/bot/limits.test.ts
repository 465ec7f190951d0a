// The limits over real HTTP: a conversation's, an address's and the key's; 429 with Retry-After, and one sentence in the chat.

import type { Server } from 'restify';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { mountCalendar } from '../../bot/calendar-download.ts';
import { createCalendarLinks } from '../../bot/calendar-link.ts';
import { boundStrangers } from '../../bot/limits.ts';
import { appointmentId, ok, patientId } from '../../services/domain.ts';
import { sampleNotice } from '../support/sample-notice.ts';
import { startConnectorServer } from './connector-server.ts';
import { apiKey, authorization, startRest } from './rest-rig.ts';
import { type Edge, looseLimits, message, startEdge, temporaryFolder, testClock } from './support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(rates: Parameters<typeof looseLimits>[0], trustedProxies = 0): Promise<Edge> {
  const { folder, remove } = await temporaryFolder();
  const limits = looseLimits(rates, trustedProxies);
  const edge = await startEdge({ folder, limits, mounts: [(routes) => boundStrangers(routes, limits)] });
  cleanups.push(remove, () => edge.close());
  return edge;
}

let sent = 0;
const said = (fields: object = {}): object => {
  sent += 1;
  return message({ deliveryMode: 'expectReplies', id: `m${sent}`, ...fields });
};
const texts = z.object({ activities: z.array(z.object({ text: z.string() })) });
const refusal = { error: 'too-many-requests', message: expect.stringMatching(/^[A-Z].*\.$/) };
const tooFast = 'That was a little fast for me. Please wait a minute, then write again.';

async function expect429(response: Response): Promise<void> {
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(await response.json()).toEqual(refusal);
}

it('a conversation past its minute is asked once to wait, then 429; no turn is run, and the next conversation goes on', async () => {
  const edge = await start({ userPerMinute: 3 });
  for (let n = 0; n < 3; n += 1) expect((await edge.post(said())).status).toBe(200);
  const asked = await edge.post(said());
  expect([asked.status, texts.parse(await asked.json())]).toEqual([200, { activities: [{ text: tooFast }] }]);
  // What the sender calls himself is his own choice, and does not begin a new count.
  for (let n = 0; n < 3; n += 1) await expect429(await edge.post(said({ from: { id: `user-${n}` } })));
  expect(edge.conversation.turns).toBe(3);
  expect((await edge.post(said({ conversation: { id: 'another' } }))).status).toBe(200);
});

it('in Spanish where the conversation is, and in an SMS as GSM-7 has it', async () => {
  const edge = await start({ userPerMinute: 1 });
  // Before anything has been said there, the sender's locale tells.
  await edge.post(said({ locale: 'es-US', channelId: 'sms', text: 'silent' }));
  const asked = texts.parse(await (await edge.post(said({ locale: 'es-US', channelId: 'sms' }))).json());
  expect(asked.activities[0]?.text).toMatch(
    /^Fue un poco r[aá]pido para m[ií]\. Espere un minuto y escr[ií]bame/,
  );
});

it('through a connector the sentence is posted once, and every refusal is 429', async () => {
  const edge = await start({ userPerMinute: 1 });
  const channel = await startConnectorServer();
  cleanups.push(() => channel.close());
  const posted = () =>
    edge.post(said({ deliveryMode: 'normal', channelId: 'msteams', serviceUrl: channel.origin }));
  expect((await posted()).status).toBe(200);
  for (let n = 0; n < 3; n += 1) await expect429(await posted());
  await expect.poll(() => channel.posted.length).toBe(2);
  expect(channel.posted.map(({ body }) => body.text)).toEqual(['message 1', tooFast]);
});

it('typing does not use up what a person may write, and is bounded too', async () => {
  const edge = await start({ userPerMinute: 2 });
  for (let n = 0; n < 2; n += 1) expect((await edge.post(said({ type: 'typing' }))).status).toBe(200);
  await expect429(await edge.post(said({ type: 'typing' })));
  expect(texts.parse(await (await edge.post(said())).json()).activities).toEqual([{ text: 'message 3' }]);
});

it('a stranger to /api/messages is 401, then 429; who is authenticated gets through from the same address', async () => {
  const edge = await start({ addressPerMinute: 2 });
  const stranger = () => edge.post(said({ serviceUrl: 'https://smba.example.com/', deliveryMode: 'normal' }));
  expect([(await stranger()).status, (await edge.post({})).status]).toEqual([401, 400]);
  await expect429(await stranger());
  await expect429(await edge.post({}));
  expect((await edge.post(said())).status).toBe(200);
});

it('every route that asks for nothing counts, unknown ones too; each forwarded address by itself', async () => {
  const edge = await start({ addressPerMinute: 3 }, 1);
  const get = (path: string, forwarded: string, method = 'GET') =>
    fetch(edge.origin + path, { method, headers: { 'x-forwarded-for': forwarded } });
  const paths = ['/', '/nothing', '/api/messages?x'];
  for (const path of paths) expect((await get(path, '192.0.2.1')).status).not.toBe(429);
  await expect429(await get('/chat', '192.0.2.1'));
  await expect429(await get('/api/messages', '198.51.100.7, 192.0.2.1'));
  await expect429(await get('/v3/directline/x', '192.0.2.1', 'OPTIONS'));
  expect((await get('/', '192.0.2.2')).status).toBe(404);
  for (let n = 0; n < 3; n += 1) await get('/', `2001:db8:0:1::${n}`);
  await expect429(await get('/', '2001:db8:0:1:ffff::9'));
  expect((await get('/', '2001:db8:0:2::1')).status).toBe(404);
});

it('without trusted proxies X-Forwarded-For counts for nothing', async () => {
  const edge = await start({ addressPerMinute: 3 });
  const get = (forwarded: string) => fetch(edge.origin, { headers: { 'x-forwarded-for': forwarded } });
  for (let n = 0; n < 3; n += 1) expect((await get(`192.0.2.${n}`)).status).toBe(404);
  await expect429(await get('192.0.2.9'));
});

it('REST: the key has its own count; a wrong key counts for its address', async () => {
  const rest = await startRest({
    key: apiKey,
    limits: looseLimits({ apiPerMinute: 2, addressPerMinute: 2 }),
  });
  cleanups.push(() => rest.close());
  const statusOf = async (authorized: string) =>
    (await rest.get('/api/doctors', { authorization: authorized })).status;
  expect([await statusOf('Bearer wrong'), await statusOf(''), await statusOf('Bearer wrong')]).toEqual([
    401, 401, 429,
  ]);
  expect([await statusOf(authorization), await statusOf(authorization)]).toEqual([200, 200]);
  expect(await rest.book()).toEqual({ status: 429, body: refusal });
  expect(await rest.booked()).toEqual([]);
});

it('a calendar link that fits gets through beside a stranger; forged ones count, and so does one that is followed all the time', async () => {
  const limits = looseLimits({ addressPerMinute: 2, userPerMinute: 1 });
  const { folder, remove } = await temporaryFolder();
  const secret = 'a secret of the tests';
  const calendar = (routes: Server): void =>
    mountCalendar(routes, {
      limits,
      links: createCalendarLinks(secret, testClock()),
      useCases: { calendarVisit: async () => ok(sampleNotice) },
      calendarFileOf: async () => 'BEGIN:VCALENDAR',
    });
  const edge = await startEdge({
    folder,
    limits,
    mounts: [(routes) => boundStrangers(routes, limits), calendar],
  });
  cleanups.push(remove, () => edge.close());
  const get = (path: string) => fetch(edge.origin + path);
  expect([(await get('/calendar/a.ics')).status, (await get('/calendar/b.ics')).status]).toEqual([404, 404]);
  await expect429(await get('/calendar/c.ics'));
  const path = createCalendarLinks(secret, testClock()).pathOf({
    ...{ patientId: patientId('1'), appointment: appointmentId('2'), language: 'en' },
  });
  // Ten times what a person may write.
  for (let n = 0; n < 10; n += 1) expect((await get(path)).status).toBe(200);
  await expect429(await get(path));
});
