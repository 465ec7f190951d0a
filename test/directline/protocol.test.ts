// Direct Line over HTTP and WebSocket: what a client is answered, call by call.
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { begin, call, generate, listen, poll, reconnect, say, until } from './client.ts';
import { createEcho, type Service, startService } from './service.ts';

let service: Service;
let heard: Activity[];

beforeEach(async () => {
  heard = [];
  service = await startService({ turns: createEcho(heard), chatOrigins: ['https://clinic.example'] });
});
afterEach(() => service.stop());

describe('a conversation', () => {
  test('starts with 201, tells the bot once who has come, and is echoed and answered on the stream', async () => {
    const { token, conversationId } = await generate(service.base);
    const start = { method: 'POST', token, body: { locale: 'es-MX', user: { id: 'mallory' } } };
    const first = await call(`${service.base}/conversations`, start);
    expect(first).toMatchObject({ status: 201, body: { conversationId, expires_in: 3600 } });
    expect((await call(`${service.base}/conversations`, start)).status).toBe(200);
    expect(heard).toMatchObject([
      {
        type: 'conversationUpdate',
        channelId: 'webchat',
        locale: 'es-MX',
        membersAdded: [{ role: 'bot' }, { role: 'user' }],
      },
    ]);

    const { streamUrl } = await reconnect(service.base, conversationId, token, '');
    const stream = listen(streamUrl);
    await until(() => stream.seen.length === 1);
    const sent = await say(service.base, conversationId, token, {
      type: 'message',
      text: 'Good morning',
      from: { id: 'mallory', name: 'Dr. Mallory', role: 'bot' },
      conversation: { id: 'another' },
      attachments: [{ contentType: 'text/html', content: '<b>' }],
      channelData: { clientActivityID: 'c1', secret: 'dropped' },
    });
    expect(sent).toMatchObject({ status: 200, body: { id: `${conversationId}|0000002` } });
    await until(() => stream.seen.length === 3);

    expect(stream.texts()).toEqual(['Hello!', 'Good morning', 'You said: Good morning']);
    const [hello, echo, answer] = stream.seen;
    expect(hello?.id).toBe(`${conversationId}|0000001`);
    expect(echo).toMatchObject({
      channelData: { clientActivityID: 'c1' },
      from: { id: expect.stringMatching(/^dl_/) },
    });
    expect(echo).not.toHaveProperty('attachments');
    expect(answer).toMatchObject({ replyToId: `${conversationId}|0000002`, from: { id: 'bookadoc' } });
    expect(stream.watermark()).toBe('3');
    expect(heard[1]).toMatchObject({
      id: `${conversationId}|0000002`,
      conversation: { id: conversationId },
      from: { id: echo?.from.id, name: '' },
      channelData: { clientActivityID: 'c1' },
    });
  });

  test('can be polled from a watermark', async () => {
    const { conversationId: id, token } = await begin(service.base);
    await say(service.base, id, token, { type: 'message', text: 'one' });
    const all = await poll(service.base, id, token);
    expect(all.activities.map(({ text }) => text)).toEqual(['Hello!', 'one', 'You said: one']);
    expect((await poll(service.base, id, token, '2')).activities.map(({ text }) => text)).toEqual([
      'You said: one',
    ]);
    expect(await poll(service.base, id, token, all.watermark)).toEqual({
      activities: [],
      watermark: all.watermark,
    });
  });

  test('takes a repeated POST of one message once', async () => {
    const { conversationId: id, token } = await begin(service.base);
    const message = { type: 'message', text: 'once', channelData: { clientActivityID: 'same' } };
    const first = await say(service.base, id, token, message);
    expect((await say(service.base, id, token, message)).body).toEqual(first.body);
    expect(heard.filter(({ text }) => text === 'once')).toHaveLength(1);
  });

  test('shows typing while a turn takes long, and does not keep it', async () => {
    let finish = () => {};
    const slow = await startService({
      turns: { run: () => new Promise((resolve) => (finish = () => resolve('done'))), idle: async () => {} },
    });
    const { conversationId: id, token, streamUrl } = await begin(slow.base);
    const stream = listen(streamUrl);
    await until(() => stream.seen.some(({ type }) => type === 'typing'));
    finish();
    expect((await poll(slow.base, id, token)).activities).toEqual([]);
    await slow.stop();
  });
});

describe('what is sent', () => {
  test.each([
    ['no type', { text: 'x' }],
    ['another type', { type: 'endOfConversation' }],
    ['a text that is no text', { type: 'message', text: 7 }],
    ['4,001 characters', { type: 'message', text: 'x'.repeat(4_001) }],
    ['a mark within a mark', { type: 'message', value: { bookadoc: { step: { deeper: 1 } } } }],
    ['a nested value', { type: 'message', value: { deep: { deeper: 1 } } }],
    ['a list', []],
    ['nothing', undefined],
    ['no JSON', '{'],
  ])('%s is 400, and the bot hears nothing', async (_, body) => {
    const { conversationId: id, token } = await begin(service.base);
    expect((await say(service.base, id, token, body)).status).toBe(400);
    expect(heard.filter(({ type }) => type === 'message')).toEqual([]);
  });

  test('4,000 characters pass, 64 KiB do not, and typing is not passed on', async () => {
    const { conversationId: id, token } = await begin(service.base);
    expect((await say(service.base, id, token, { type: 'message', text: 'x'.repeat(4_000) })).status).toBe(
      200,
    );
    expect((await say(service.base, id, token, { type: 'message', pad: 'x'.repeat(65_536) })).status).toBe(
      413,
    );
    expect((await say(service.base, id, token, { type: 'typing' })).status).toBe(200);
    expect(heard.map(({ type }) => type)).toEqual(['conversationUpdate', 'message']);
  });

  test('64 KiB do not pass without a Content-Length either', async () => {
    const { conversationId: id, token } = await begin(service.base);
    const response = await fetch(`${service.base}/conversations/${id}/activities`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: ReadableStream.from(Array.from({ length: 65 }, () => Buffer.alloc(1_024, ' '))),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
  });

  test('files are refused', async () => {
    const { conversationId: id, token } = await begin(service.base);
    const body = new FormData();
    body.append('file', new Blob(['x'.repeat(1_000)]), 'x.txt');
    const response = await fetch(`${service.base}/conversations/${id}/upload?userId=x`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body,
    });
    expect([response.status, await response.json()]).toEqual([
      415,
      { error: { code: 'NotSupported', message: 'This chat takes no files.' } },
    ]);
  });

  test('more than 60 messages a minute are 429', async () => {
    const { conversationId: id, token } = await begin(service.base);
    const statuses = [];
    for (let n = 0; n < 61; n += 1)
      statuses.push((await say(service.base, id, token, { type: 'message', text: 'hi' })).status);
    expect(statuses.lastIndexOf(200)).toBe(59);
    expect(statuses.at(-1)).toBe(429);
    service.clock.at += 60_000;
    expect((await say(service.base, id, token, { type: 'message', text: 'hi' })).status).toBe(200);
  });
});

describe('pages elsewhere', () => {
  const preflight = (origin: string) =>
    call(`${service.base}/conversations`, {
      method: 'OPTIONS',
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });

  test('an allowed origin gets CORS headers', async () => {
    const { headers, status } = await preflight('https://clinic.example');
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('https://clinic.example');
    expect(headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent');
  });

  test('another gets none, and no stream', async () => {
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const { streamUrl } = await begin(service.base);
    const stream = listen(streamUrl, { Origin: 'https://evil.example' });
    await stream.closed;
    expect(stream.status()).toBe(403);
  });
});

test('behind a proxy that ends TLS the stream is wss, at the host that the browser knows', async () => {
  const { token } = await generate(service.base);
  const { body } = await call(`${service.base}/conversations`, {
    method: 'POST',
    token,
    body: {},
    headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'chat.example' },
  });
  expect(body).toMatchObject({ streamUrl: expect.stringMatching(/^wss:\/\/chat\.example\//) });
});
