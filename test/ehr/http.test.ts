// One HTTP exchange: what of a reply comes back, in whichever form it was sent, and which failures leave it open.
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createHttp } from '../../services/ehr/http.ts';

const http = createHttp(300);
let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  if (server?.listening) await once(server, 'close');
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}/x?y=1`;
}

const get = (url: string) => http.send({ method: 'GET', url, headers: {} });
const text = 'Zoë, čaj, 茶'.repeat(1_000);
const tooLong = Buffer.alloc(11 * 1024 * 1024, 'x');

test.each<[string, RequestListener, object]>([
  ['a text', (_, response) => response.end(text), { status: 200, body: text }],
  [
    'a text in pieces, cut inside a letter',
    (_, response) => {
      response.write(Buffer.from(text).subarray(0, 3));
      setTimeout(() => response.end(Buffer.from(text).subarray(3)), 20);
    },
    { status: 200, body: text },
  ],
  [
    'a packed text',
    (_, response) => response.writeHead(201, { 'Content-Encoding': 'gzip' }).end(gzipSync(text)),
    { status: 201, body: text },
  ],
  [
    'a packed nothing',
    (_, response) => response.writeHead(204, { 'Content-Encoding': 'gzip' }).end(),
    { status: 204, body: '' },
  ],
  ['a text behind a byte order mark', (_, response) => response.end('\uFEFF{}'), { status: 200, body: '{}' }],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { Location: '/y' }).end(),
    { status: 302, location: '/y' },
  ],
  ['a failure', (_, response) => response.writeHead(503).end('no'), { status: 503, body: 'no' }],
])('%s comes back as it is', async (_name, listener, reply) => {
  expect(await get(await serve(listener))).toMatchObject({ kind: 'reply', ...reply });
});

test.each<[string, RequestListener]>([
  ['a reply that is too long', (_, response) => response.end(tooLong)],
  [
    'a reply that is too long when unpacked',
    (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(tooLong)),
  ],
  [
    'a packed reply that is damaged',
    (_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('x'),
  ],
  [
    'a reply cut short',
    (request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('{');
      setTimeout(() => request.socket.destroy(), 20);
    },
  ],
  [
    'a reply that drips beyond the deadline',
    (_, response) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
  ],
  ['a cut connection', (request) => request.socket.destroy()],
])('%s is none, and what was asked may have happened', async (_name, listener) => {
  expect(await get(await serve(listener))).toEqual({ kind: 'no-reply', sent: true });
});

test('where nobody listens, nothing was sent', async () => {
  expect(await get('http://127.0.0.1:1/x')).toEqual({ kind: 'no-reply', sent: false });
});

test('a request arrives whole, reads over a kept connection, writes over one of their own', async () => {
  const seen: unknown[] = [];
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    request.setEncoding('utf8').on('data', (body) => {
      const {
        connection,
        'content-length': length,
        'content-type': type,
        'user-agent': agent,
      } = request.headers;
      seen.push([request.method, request.url, connection, length, type, agent?.slice(0, 6), body]);
    });
    request.on('end', () => response.end('{}'));
  });
  await get(url);
  await get(url);
  expect(ports.size).toBe(1);
  const headers = { 'Content-Type': 'application/json' };
  await http.send({ method: 'POST', url, headers, body: '"é"', ownConnection: true });
  expect(ports.size).toBe(2);
  expect(seen).toEqual([['POST', '/x?y=1', 'close', '4', 'application/json', 'axios/', '"é"']]);
});

test('an address that is written unusually leads to the same place, each time', async () => {
  const paths: unknown[] = [];
  const url = await serve((request, response) => {
    paths.push(request.url);
    response.end('{}');
  });
  const unusual = url.replace('http://127.0.0.1', 'HTTP://127.0.0.01');
  for (const each of [unusual, url, unusual]) await get(each);
  expect(paths).toEqual(['/x?y=1', '/x?y=1', '/x?y=1']);
});
