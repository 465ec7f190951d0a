// What an attacker sends: drop by drop, ambiguous, too big, polluted, in odd letters. It is refused or answered; nothing breaks, nobody else waits.
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { close, createHttpServer, listen } from '../../bot/server.ts';
import { answerTo } from './hostile-requests.ts';
import { type Edge, message, startEdge, temporaryFolder, testClock, testIds, testLog } from './support.ts';

let edge: Edge;
let remove: () => Promise<void>;
let port: number;
beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  edge = await startEdge({ folder: temporary.folder });
  port = Number(new URL(edge.origin).port);
});
afterEach(async () => {
  await edge.close();
  await remove();
});

let sent = 0;
const said = (fields: object = {}): object => {
  sent += 1;
  return message({ deliveryMode: 'expectReplies', id: `m${sent}`, ...fields });
};
const replies = z.object({ activities: z.array(z.object({ text: z.string() })) });
const textsOf = async (response: Response): Promise<readonly string[]> =>
  replies.parse(await response.json()).activities.map(({ text }) => text);
const post = (body: string): Promise<Response> =>
  fetch(`${edge.origin}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
const statusesIn = (heard: string): readonly string[] => heard.match(/HTTP\/1\.1 \d+/g) ?? [];

describe('drop by drop', () => {
  it('the times that the product sets', () => {
    const server = createHttpServer({ ids: testIds(), log: testLog(testClock()).log, mounts: [] });
    expect(server.server).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      maxConnections: 5_000,
    });
  });

  it.each([
    ['a head that does not end', 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\n', 'X: '],
    [
      'a body that does not end',
      'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
      ' ',
    ],
  ])('%s is cut off with 408, fifty of them too, while others are answered', async (_, head, drop) => {
    const server = createHttpServer({ ids: testIds(), log: testLog(testClock()).log, mounts: [] });
    Object.assign(server.server, {
      headersTimeout: 300,
      requestTimeout: 500,
      connectionsCheckingInterval: 50,
    });
    const slowPort = await listen(server, 0, '127.0.0.1');
    const slow = Array.from({ length: 50 }, () => dripping(head, drop, slowPort));
    expect(
      statusesIn(await answerTo('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', slowPort)),
    ).toEqual(['HTTP/1.1 404']);
    for (const heard of await Promise.all(slow)) expect(heard).toMatch(/^HTTP\/1\.1 (408|404) /);
    await close(server, 100);
  });
});

/** Sends a byte every 50 ms for at most ten seconds; what is heard until the other side closes. */
function dripping(head: string, drop: string, to: number): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = net.connect(to, '127.0.0.1', () => socket.write(head));
    const drops = setInterval(() => socket.writable && socket.write(drop.charAt(0)), 50);
    setTimeout(() => socket.destroy(), 10_000).unref();
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      clearInterval(drops);
      resolve(heard);
    });
  });
}

describe('too big', () => {
  it.each([
    ['a header of 32 KiB', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(32_768)}\r\n\r\n`, '431'],
    ['a path of 32 KiB', `GET /${'x'.repeat(32_768)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, '431'],
    ['5,000 headers', `GET / HTTP/1.1\r\nHost: localhost\r\n${'a: b\r\n'.repeat(5_000)}\r\n`, '431'],
  ])('%s', async (_, bytes, status) => {
    expect(statusesIn(await answerTo(bytes, port))).toEqual([`HTTP/1.1 ${status}`]);
  });

  it.each([
    ['an activity id', { id: 'x'.repeat(1_001) }],
    ['a conversation id', { conversation: { id: 'x'.repeat(1_001) } }],
    ['a sender id', { from: { id: 'x'.repeat(1_001) } }],
    ['a sender name', { from: { id: 'x', name: 'x'.repeat(1_001) } }],
    ['a channel', { channelId: 'x'.repeat(101) }],
    ['a service', { serviceUrl: `http://127.0.0.1/${'x'.repeat(2_000)}` }],
    ['a locale', { locale: 'x'.repeat(36) }],
    ['a crowd', { membersAdded: Array.from({ length: 501 }, (_, n) => ({ id: `${n}` })) }],
  ])('%s', async (_, fields) => {
    expect((await edge.post(said(fields))).status).toBe(400);
    expect(edge.conversation.turns).toBe(0);
  });

  it('an activity id as long as it may be is answered, and its repeat is not', async () => {
    const longest = { id: '\u{1F600}'.repeat(500) };
    expect(await textsOf(await edge.post(said(longest)))).toEqual(['message 1']);
    expect(await textsOf(await edge.post(said(longest)))).toEqual([]);
  });

  it('JSON as deep as it is long', async () => {
    const depth = 100_000;
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect((await post(deep)).status).toBe(400);
    const value = JSON.stringify(said()).replace(/}$/, `,"value":${deep}}`);
    expect((await post(value)).status).toBe(200);
  });
});

describe('one request that might be two', () => {
  const smuggled = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const head = 'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
  it.each([
    [
      'length and chunks',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', `${head}Content-Length: 0\r\nContent-Length: 44\r\n\r\n${smuggled}`],
    ['a list of lengths', `${head}Content-Length: 0, 44\r\n\r\n${smuggled}`],
    ['a signed length', `${head}Content-Length: +0\r\n\r\n${smuggled}`],
    ['a length below zero', `${head}Content-Length: -1\r\n\r\n${smuggled}`],
    ['a hexadecimal length', `${head}Content-Length: 0x0\r\n\r\n${smuggled}`],
    ['a space before the colon', `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunks that are not last', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a folded header', `${head}X: a\r\n Transfer-Encoding: chunked\r\n\r\n${smuggled}`],
    ['a line feed alone', `${head}X: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a chunk size that is none', `${head}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${smuggled}`],
    ['a NUL in a header', `${head}X: a\0b\r\n\r\n${smuggled}`],
    ['no Host', `POST /api/messages HTTP/1.1\r\nContent-Length: 0\r\n\r\n${smuggled}`],
  ])('%s: refused once, and the line is closed', async (_, bytes) => {
    const heard = await answerTo(bytes, port);
    expect(statusesIn(heard)).toHaveLength(1);
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(heard).not.toContain('"ok"');
    expect(edge.conversation.turns).toBe(0);
  });
});

describe('prototypes', () => {
  const polluted = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
  it.each([
    'value',
    'channelData',
    'entities',
    'conversation',
    'from',
    'recipient',
    'membersAdded',
    '__proto__',
    'constructor',
  ])('an activity with a prototype of its own in %s changes no other object', async (field) => {
    await edge.post(said());
    const body = JSON.stringify(said()).replace(/}$/, `,"${field}":${polluted}}`);
    expect([200, 400]).toContain((await post(body)).status);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect((await edge.post(said())).status).toBe(200);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'])(
    '%s is a name like others: of a conversation, a channel, a sender, an activity',
    async (name) => {
      const named = { conversation: { id: name }, channelId: name, from: { id: name } };
      expect(await textsOf(await edge.post(said({ ...named, id: name })))).toEqual(['message 1']);
      expect(await textsOf(await edge.post(said(named)))).toEqual(['message 2']);
      expect(await textsOf(await edge.post(said({ ...named, id: name })))).toEqual([]);
    },
  );
});

describe('letters', () => {
  it.each([
    ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
    ['Latin and Cyrillic', 'a', '\u0430'],
    ['case', 'A', 'a'],
    ['full width', '1', '\uff11'],
    ['with and without a zero-width space', 'a', 'a\u200b'],
    ['right to left', 'a', '\u202ea'],
    ['a way up', 'a', '../a'],
    ['a separator', 'emulator|a', 'a'],
    ['encoded', '%61', 'a'],
    ['a line break', 'a\n', 'a'],
  ])('%s: two ids are two conversations', async (_, first, second) => {
    const of = (id: string) => edge.post(said({ conversation: { id } }));
    expect(await textsOf(await of(first))).toEqual(['message 1']);
    expect(await textsOf(await of(second))).toEqual(['message 1']);
    expect(await textsOf(await of(first))).toEqual(['message 2']);
  });

  it.each([
    ['conversation', { conversation: { id: '\ud800' } }],
    ['activity', { id: 'a\udfff' }],
    ['sender', { from: { id: '\ud800a' } }],
  ])('half a character in the id of a %s is refused: all such ids would be one', async (_, fields) => {
    expect((await edge.post(said(fields))).status).toBe(400);
    expect((await edge.post(said({ ...fields, membersAdded: [] }))).status).toBe(400);
  });
});
