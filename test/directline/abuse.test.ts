// Hostile web chats: bodies as deep as they are long, prototypes, odd letters and numbers. Answered or refused, and never the end of the process.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begin, call, listen, poll, say, until } from './client.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test('a body as deep as it is long is refused or answered, and the stream goes on', async () => {
  const { conversationId: id, token, streamUrl } = await begin(service.base);
  const stream = listen(streamUrl);
  await until(() => stream.seen.length > 0);
  for (const field of ['value', 'channelData', 'entities', 'text']) {
    const { status } = await say(
      service.base,
      id,
      token,
      `{"type":"message","text":"x","${field}":${nested(30_000)}}`,
    );
    expect([field, status < 500]).toEqual([field, true]);
  }
  expect((await say(service.base, id, token, { type: 'message', text: 'still there' })).status).toBe(200);
  await until(() => stream.texts().includes('You said: still there'));
});

test('a body with a prototype of its own changes no other object, and is not sent on', async () => {
  const { conversationId: id, token } = await begin(service.base);
  const polluted = '{"polluted":1,"clientActivityID":"x"}';
  for (const body of [
    `{"type":"message","text":"x","__proto__":${polluted}}`,
    `{"type":"message","text":"x","channelData":{"__proto__":${polluted}}}`,
    `{"type":"message","text":"x","value":{"__proto__":${polluted},"constructor":{"prototype":${polluted}}}}`,
  ])
    expect((await say(service.base, id, token, body)).status).toBeLessThan(500);
  await call(`${service.base}/conversations`, { method: 'POST', token, body: `{"__proto__":${polluted}}` });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect((await say(service.base, id, token, { type: 'message', text: 'y' })).status).toBe(200);
});

test('ids of a browser’s own that are names of properties are ids', async () => {
  const { conversationId: id, token } = await begin(service.base);
  for (const clientActivityID of ['__proto__', 'constructor', 'toString', '\ud800', 'é', 'e\u0301']) {
    const body = { type: 'message', text: clientActivityID, channelData: { clientActivityID } };
    const first = await say(service.base, id, token, body);
    expect(first.status).toBe(200);
    expect((await say(service.base, id, token, body)).body).toEqual(first.body);
  }
});

test('watermarks and conversations that are none are read as none', async () => {
  const { conversationId: id, token } = await begin(service.base);
  for (const watermark of ['-1', '1e9', 'NaN', '9'.repeat(400), '%00', '0x10', 'a&watermark=1', '__proto__'])
    expect((await poll(service.base, id, token, watermark)).activities.length).toBeLessThanOrEqual(1);
  for (const other of ['__proto__', '..%2f..', '%00', 'é', 'x'.repeat(5_000)])
    expect((await call(`${service.base}/conversations/${other}/activities`, { token })).status).toBeLessThan(
      500,
    );
});
