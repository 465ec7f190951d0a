// The short way of the usual POST: what takes it, what does not, and that both ways answer alike.
import { once } from 'node:events';
import http, { type RequestOptions } from 'node:http';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import type { Server } from 'restify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseOtherHosts } from '../../bot/loopback-hosts.ts';
import { type Edge, message, startEdge, temporaryFolder } from './support.ts';

let edge: Edge;
let remove: () => Promise<void>;
let longWay = 0;

const countLongWay = (server: Server): void => {
  server.pre((_request, _response, next) => {
    longWay += 1;
    return next();
  });
};

beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  longWay = 0;
  const mounts = [refuseOtherHosts, countLongWay];
  edge = await startEdge({ folder: temporary.folder, mounts });
});
afterEach(async () => {
  await edge.close();
  await remove();
});

let sent = 0;
const activity = (fields: object = {}): object => {
  sent += 1;
  return message({ deliveryMode: 'expectReplies', id: `sent-${sent}`, ...fields });
};
const json = { 'content-type': 'application/json' };

/** Status, headers but for the time, and body of the answer. */
async function answerTo(body: string, options: RequestOptions = {}): Promise<readonly unknown[]> {
  const { port } = new URL(edge.origin);
  const request = http.request({ port, method: 'POST', path: '/api/messages', agent: false, ...options });
  const answered = once(request, 'response');
  request.end(body);
  const [response] = await answered;
  const { date, ...headers } = response.headers;
  return [response.statusCode, headers, await text(response)];
}

const usual = (body = JSON.stringify(activity()), headers: object = {}): Promise<readonly unknown[]> =>
  answerTo(body, { headers: { ...json, 'content-length': Buffer.byteLength(body), ...headers } });

describe('the short way', () => {
  it('is taken once a Host has come through the checks', async () => {
    await usual();
    expect(longWay).toBe(1);
    for (let turns = 0; turns < 3; turns += 1) expect((await usual())[0]).toBe(200);
    expect(longWay).toBe(1);
    expect(edge.conversation.turns).toBe(4);
  });

  it('another Host is checked, and does not spoil it', async () => {
    await usual();
    expect((await usual(undefined, { host: 'practice.example' }))[0]).toBe(403);
    expect((await usual(undefined, { host: '[' }))[0]).toBe(400);
    expect(edge.conversation.turns).toBe(1);
    const before = longWay;
    expect((await usual())[0]).toBe(200);
    expect(longWay).toBe(before);
  });

  it.each<readonly [string, string, RequestOptions]>([
    ['a query', '{}', { path: '/api/messages?x=1', headers: json }],
    ['another method', '', { method: 'GET' }],
    ['another type', '{}', { headers: { 'content-type': 'text/plain', 'content-length': 2 } }],
    ['no type', '{}', { headers: { 'content-length': 2 } }],
    ['a compressed body', '{}', { headers: { ...json, 'content-length': 2, 'content-encoding': 'gzip' } }],
    ['a digest', '{}', { headers: { ...json, 'content-length': 2, 'content-md5': 'x' } }],
    ['no declared length', '{}', { headers: { ...json, 'transfer-encoding': 'chunked' } }],
    ['no body', '', { headers: { ...json, 'content-length': 0 } }],
    ['a body too large', ' '.repeat(262_145), { headers: { ...json, 'content-length': 262_145 } }],
  ])('is not taken with %s', async (_, body, options) => {
    const first = await answerTo(body, options);
    await usual();
    const before = longWay;
    expect(await answerTo(body, options)).toEqual(first);
    expect(longWay).toBe(before + 1);
  });

  it.each([
    ['JSON', JSON.stringify(message({ deliveryMode: 'expectReplies', id: undefined, text: 'silent' }))],
    ['no JSON', '{"type":'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['a list', '[]'],
    ['a byte order mark', `\uFEFF${JSON.stringify(message())}`],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1')],
    ['no activity', '{}'],
    ['a sender who may not', JSON.stringify(message({ serviceUrl: 'https://smba.example.com/' }))],
    ['an invoke', JSON.stringify(message({ type: 'invoke' }))],
  ])('answers %s as the long way does', async (_, body) => {
    const long = await usual(body);
    await usual();
    const before = longWay;
    expect(await usual(body)).toEqual(long);
    expect(longWay).toBe(before);
  });

  it('reads a body that comes in pieces, within a character too', async () => {
    await usual();
    const body = Buffer.from(JSON.stringify(activity({ text: 'dos años' })));
    const cut = body.indexOf(0xc3) + 1;
    const socket = net.connect(Number(new URL(edge.origin).port), '127.0.0.1');
    const { host } = new URL(edge.origin);
    const head = `POST /api/messages HTTP/1.1\r\nhost: localhost:${host.split(':')[1]}\r\ncontent-type: application/json\r\n`;
    socket.write(`${head}content-length: ${body.length}\r\nconnection: close\r\n\r\n`);
    socket.write(body.subarray(0, cut));
    setTimeout(() => socket.write(body.subarray(cut)), 50);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK.*"text":"message 2"/s);
    expect(longWay).toBe(1);
  });

  it('a sender who goes away in mid-body is no turn, and no harm', async () => {
    await usual();
    const socket = net.connect(Number(new URL(edge.origin).port), '127.0.0.1');
    const { port } = new URL(edge.origin);
    socket.write(`POST /api/messages HTTP/1.1\r\nhost: localhost:${port}\r\n`);
    socket.write('content-type: application/json\r\ncontent-length: 100\r\n\r\n{"type":');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await usual())[0]).toBe(200);
    expect(edge.conversation.turns).toBe(2);
    expect(longWay).toBe(1);
  });
});

it('what throws on the short way: 500 with a reference, and in the log', async () => {
  const temporary = await temporaryFolder();
  const failing = await startEdge({
    folder: temporary.folder,
    turnDeps: {
      store: {
        withLock: () => {
          throw new TypeError('broken');
        },
      },
    },
  });
  for (const attempt of [1, 2]) {
    const response = await failing.post(activity());
    expect([attempt, response.status]).toEqual([attempt, 500]);
    expect(await response.json()).toEqual({
      error: 'internal',
      message: expect.stringContaining('Reference:'),
    });
  }
  expect(failing.lines.filter((line) => line.includes('request failed'))).toHaveLength(2);
  await failing.close();
  await temporary.remove();
});
