// Who may read and write: forged, expired, swapped and reused tokens, as the endpoint answers them.
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTokens } from '../../bot/directline-token.ts';
import { begin, call, generate, listen, poll, reconnect, say } from './client.ts';
import { type Service, startService } from './service.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const refused = (code: string) => ({ status: 403, body: { error: { code } } });
const hello = { type: 'message', text: 'hello' };

test('a token names its user to Direct Line clients, and every token another', async () => {
  const [first, second] = [await generate(service.base), await generate(service.base)];
  const userOf = (token: string): unknown =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).user;
  expect(userOf(first.token)).toMatch(/^dl_/);
  expect(userOf(first.token)).not.toBe(userOf(second.token));
});

test('no token is 401', async () => {
  const { conversationId } = await begin(service.base);
  expect((await call(`${service.base}/conversations`, { method: 'POST' })).status).toBe(401);
  expect((await call(`${service.base}/conversations/${conversationId}/activities`)).status).toBe(401);
});

describe('a forged token is 403', () => {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const sign = (signed: string, key: string) => createHmac('sha256', key).update(signed).digest('base64url');

  test.each<[string, (token: string) => string]>([
    ['garbage', () => 'garbage'],
    ['two parts', (token) => token.split('.').slice(0, 2).join('.')],
    ['four parts', (token) => `${token}.x`],
    ['no signature', (token) => `${token.split('.').slice(0, 2).join('.')}.`],
    ['a changed payload', (token) => token.replace(/\.(.)/, (_, first) => `.${first === 'e' ? 'f' : 'e'}`)],
    ['a cut signature', (token) => token.slice(0, -4)],
    ['alg none', (token) => `${part({ alg: 'none', typ: 'JWT' })}.${token.split('.')[1]}.`],
    [
      'another key',
      (token) => {
        const signed = token.split('.').slice(0, 2).join('.');
        return `${signed}.${sign(signed, 'another key')}`;
      },
    ],
    [
      'the plain secret as key',
      (token) => {
        const signed = token.split('.').slice(0, 2).join('.');
        return `${signed}.${sign(signed, 'a secret of the tests, 32 characters or more')}`;
      },
    ],
  ])('%s', async (_, forge) => {
    const { conversationId, token } = await begin(service.base);
    expect(await say(service.base, conversationId, token, hello)).toMatchObject({ status: 200 });
    const forged = forge(token);
    expect(await say(service.base, conversationId, forged, hello)).toMatchObject(refused('TokenInvalid'));
    const refresh = await call(`${service.base}/tokens/refresh`, { method: 'POST', token: forged });
    expect(refresh).toMatchObject(refused('TokenInvalid'));
  });
});

test('a token of one conversation neither reads, writes nor listens to another', async () => {
  const mine = await begin(service.base);
  const other = await begin(service.base);
  const path = `${service.base}/conversations/${other.conversationId}`;
  for (const url of [path, `${path}/activities`])
    expect(await call(url, { token: mine.token })).toMatchObject(refused('TokenInvalid'));
  expect(await say(service.base, other.conversationId, mine.token, hello)).toMatchObject(
    refused('TokenInvalid'),
  );

  const stream = listen(mine.streamUrl.replaceAll(mine.conversationId, other.conversationId));
  await stream.closed;
  expect([stream.status(), stream.seen]).toEqual([403, []]);
  expect((await poll(service.base, other.conversationId, other.token)).activities).toHaveLength(1);
});

test('a token has one purpose', async () => {
  const { conversationId, streamUrl, token } = await begin(service.base);
  const streamToken = new URL(streamUrl).searchParams.get('t') ?? '';
  expect(await say(service.base, conversationId, streamToken, hello)).toMatchObject(refused('TokenInvalid'));
  const stream = listen(streamUrl.replace(streamToken, token));
  await stream.closed;
  expect(stream.status()).toBe(403);
});

test('a stream token serves no other route, and a chat token no stream of another', async () => {
  const { conversationId: id, streamUrl } = await begin(service.base);
  const token = new URL(streamUrl).searchParams.get('t') ?? '';
  const routes: readonly (readonly [method: string, path: string])[] = [
    ['POST', 'conversations'],
    ['POST', 'tokens/refresh'],
    ['GET', `conversations/${id}`],
    ['GET', `conversations/${id}/activities`],
    ['POST', `conversations/${id}/activities`],
    ['POST', `conversations/${id}/upload`],
  ];
  for (const [method, path] of routes) {
    const answer = await call(`${service.base}/${path}`, { method, token });
    expect([path, answer]).toMatchObject([path, refused('TokenInvalid')]);
  }
});

test('a token signed by us for a purpose that does not exist, or without one, is none', async () => {
  const secret = 'a secret of the tests, 32 characters or more';
  const key = createHmac('sha256', secret).update('bookadoc direct line').digest();
  const { conversationId: id, token } = await begin(service.base);
  const [head = '', body = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
  const signed = (changed: object): string => {
    const payload = Buffer.from(JSON.stringify({ ...claims, ...changed })).toString('base64url');
    return `${head}.${payload}.${createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url')}`;
  };
  expect((await say(service.base, id, signed({}), hello)).status).toBe(200);
  expect(await say(service.base, id, signed({ aud: 'stream' }), hello)).toMatchObject(
    refused('TokenInvalid'),
  );
  for (const changed of [{ aud: 'upload' }, { aud: undefined }, { exp: undefined }, { aud: ['chat'] }])
    expect(await say(service.base, id, signed(changed), hello)).toMatchObject(refused('TokenInvalid'));
});

describe('time', () => {
  const pass = (seconds: number) => {
    service.clock.at += seconds * 1_000;
  };
  const refresh = (token: string) => call(`${service.base}/tokens/refresh`, { method: 'POST', token });

  test('a token serves an hour, and its refreshed successor the next', async () => {
    const { conversationId: id, token } = await begin(service.base);
    pass(3_599);
    expect((await say(service.base, id, token, hello)).status).toBe(200);
    const next = await refresh(token);
    expect(next).toMatchObject({ status: 200, body: { conversationId: id, expires_in: 3600 } });
    pass(1);
    expect(await say(service.base, id, token, hello)).toMatchObject(refused('TokenExpired'));
    const { token: fresh } = z.object({ token: z.string() }).parse(next.body);
    expect((await say(service.base, id, fresh, hello)).status).toBe(200);
  });

  test('a laptop that slept goes on within a day, not longer', async () => {
    const { token } = await begin(service.base);
    pass(24 * 3_600 - 1);
    expect((await refresh(token)).status).toBe(200);
    pass(1);
    expect(await refresh(token)).toMatchObject(refused('TokenExpired'));
  });

  test('the token in a stream URL serves a minute', async () => {
    const { conversationId: id, token } = await begin(service.base);
    const { streamUrl } = await reconnect(service.base, id, token, '');
    pass(60);
    const stream = listen(streamUrl);
    await stream.closed;
    expect(stream.status()).toBe(403);
  });
});

test('another secret means another practice', () => {
  const clock = { now: () => 0, sleep: async () => {} };
  const token = createTokens('one', clock).issue('chat', { conversationId: 'c', userId: 'u', bornAt: 0 });
  expect(createTokens('one', clock).read('chat', token).ok).toBe(true);
  expect(createTokens('two', clock).read('chat', token)).toEqual({ ok: false, error: 'invalid' });
});

test.each(['//', '//[', '/%', '/v3/directline/conversations/%/stream', '/?t=%'])(
  'an upgrade of %s is refused and ends nothing',
  async (target) => {
    const socket = connect(Number(new URL(service.origin).port), '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /);
    expect((await generate(service.base)).expires_in).toBe(3600);
  },
);

test('upgrades elsewhere are 404', async () => {
  const stream = listen(`${service.base.replace('http', 'ws')}/elsewhere`);
  await stream.closed;
  expect(stream.status()).toBe(404);
});
