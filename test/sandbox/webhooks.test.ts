// The sandbox's webhook sender against a receiver of the test's own.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { object, rig, visit } from './rig.ts';

const SECRET = 'invented-secret';
const eventSchema = z.object({ receiver: z.object({}), object: z.object({ id: z.string() }) });

/** Answers the handshake with `secret` and keeps what it is sent. */
async function receiver(secret = SECRET) {
  const events: { event: unknown; delivery: unknown; signature: unknown; id: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const message = new URL(request.url ?? '/', 'http://receiver').searchParams.get('msg');
    let body = '';
    for await (const chunk of request) body += chunk;
    if (message === null) {
      const { object: sent } = eventSchema.parse(JSON.parse(body));
      const {
        'x-drchrono-event': event,
        'x-drchrono-delivery': delivery,
        'x-drchrono-signature': signature,
      } = request.headers;
      events.push({ event, delivery, signature, id: sent.id });
      response.end();
    } else
      response.end(
        JSON.stringify({ secret_token: createHmac('sha256', secret).update(message).digest('hex') }),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address: AddressInfo | string | null = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/hook`, events };
}

test('the handshake must answer the HMAC of the message, on this machine', async () => {
  const { call } = await rig();
  const [good, bad] = [await receiver(), await receiver('another-secret')];
  const register = async (url: string) =>
    (await call('PUT', '/sandbox/webhook', { url, secretToken: SECRET })).status;
  expect(await register(good.url)).toBe(204);
  expect(await register(bad.url)).toBe(400);
  expect(await register('http://example.com/hook')).toBe(400);
});

test('each write is an event that carries the secret verbatim', async () => {
  const { call } = await rig();
  const { url, events } = await receiver();
  await call('PUT', '/sandbox/webhook', { url, secretToken: SECRET });
  const id = object(await call('POST', '/api/appointments', visit()))['id'];
  await expect
    .poll(() => events)
    .toEqual([{ event: 'APPOINTMENT_CREATE', delivery: '1', signature: SECRET, id }]);
});

test('held deliveries go out twice and out of order on request', async () => {
  const { call } = await rig();
  const { url, events } = await receiver();
  await call('PUT', '/sandbox/webhook', { url, secretToken: SECRET, held: true });
  const id = object(await call('POST', '/api/appointments', visit()))['id'];
  await call('PATCH', `/api/appointments/${id}`, { status: 'Confirmed' });
  await call('DELETE', `/api/appointments/${id}`);
  expect(events).toEqual([]);
  const sent = await call('POST', '/sandbox/deliveries', { ids: [3, 1, 2, 1] });
  expect(object(sent)['deliveries']).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }]);
  expect(events.map(({ event, delivery }) => [event, delivery])).toEqual([
    ['APPOINTMENT_DELETE', '3'],
    ['APPOINTMENT_CREATE', '1'],
    ['APPOINTMENT_MODIFY', '2'],
    ['APPOINTMENT_CREATE', '1'],
  ]);
});
