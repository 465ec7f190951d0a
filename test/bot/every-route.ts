// Every route of the product with every kind of answer that it gives, as a table of requests.
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { message } from './support.ts';

export const apiKey = 'an-invented-api-key';
export const embedder = 'https://clinic.example';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Over a connection of its own, with no header added that a client would add. */
export async function askAt(origin: string, { method = 'GET', path, headers = {}, body = '' }: Asked) {
  const { port } = new URL(origin);
  const request = http.request({ port, method, path, headers, agent: false });
  const answered = Promise.withResolvers<http.IncomingMessage>();
  request.on('response', answered.resolve).on('error', answered.reject);
  request.end(body);
  const response = await answered.promise;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

export const json = { 'content-type': 'application/json' };
const key = { authorization: `Bearer ${apiKey}` };
export const dl = '/v3/directline';

export const data: readonly (readonly [what: string, status: number, asked: Asked])[] = [
  ['the process', 200, { path: '/healthz' }],
  ['the state', 200, { path: '/readyz' }],
  ['the description of REST', 200, { path: '/api/openapi.json' }],
  ['offices', 200, { path: '/api/offices', headers: key }],
  ['doctors', 200, { path: '/api/doctors', headers: key }],
  ['visits', 200, { path: '/api/appointments?patient=125651758', headers: key }],
  ['availability', 200, { path: '/api/availability?date=2026-03-10&office=123456', headers: key }],
  ['recorded visits', 200, { path: '/api/appointments?patient=1', headers: key }],
  [
    'a booking that lacks all',
    400,
    { method: 'POST', path: '/api/appointments', headers: { ...key, ...json }, body: '{}' },
  ],
  ['a wrong key', 401, { path: '/api/offices' }],
  ['no activity', 400, { method: 'POST', path: '/api/messages', headers: json, body: '{}' }],
  ['broken JSON', 400, { method: 'POST', path: '/api/messages', headers: json, body: '{' }],
  [
    'a stranger',
    401,
    {
      method: 'POST',
      path: '/api/messages',
      headers: json,
      body: JSON.stringify(message({ serviceUrl: 'https://x.example' })),
    },
  ],
  [
    'an invoke',
    501,
    {
      method: 'POST',
      path: '/api/messages',
      headers: json,
      body: JSON.stringify(message({ type: 'invoke' })),
    },
  ],
  [
    'a message',
    200,
    {
      method: 'POST',
      path: '/api/messages',
      headers: json,
      body: JSON.stringify(message({ deliveryMode: 'expectReplies' })),
    },
  ],
  [
    'a type that is not taken',
    415,
    { method: 'POST', path: '/api/messages', headers: { 'content-type': 'text/plain' }, body: 'x' },
  ],
  ['too much', 413, { method: 'POST', path: '/api/messages', headers: json, body: ' '.repeat(262_145) }],
  ['a method that is not taken', 405, { path: '/api/messages' }],
  ['a calendar link that is none', 404, { path: '/calendar/x.ics' }],
  ['a calendar link as long as it may be asked', 404, { path: `/calendar/${'A'.repeat(4_000)}.ics` }],
  ['a calendar link written to', 405, { method: 'POST', path: '/calendar/x.ics', headers: json, body: '{}' }],
  ['a page that is none', 404, { path: '/nothing' }],
  ['a name of the machine that is none', 403, { path: '/healthz', headers: { host: 'page.example' } }],
  ['an address that is none', 400, { path: '/', headers: { host: '[' } }],
  ['a token', 200, { method: 'POST', path: `${dl}/tokens/generate` }],
  ['no token', 401, { method: 'POST', path: `${dl}/conversations` }],
  [
    'a token that is none',
    403,
    { path: `${dl}/conversations/x/activities`, headers: { authorization: 'Bearer x' } },
  ],
  [
    'a question before a request',
    204,
    { method: 'OPTIONS', path: `${dl}/conversations`, headers: { origin: embedder } },
  ],
];

export const pages: readonly (readonly [what: string, asked: Asked])[] = [
  ['the page', { path: '/' }],
  ['the chat', { path: '/chat' }],
  ['its script', { path: '/chat.js' }],
  ['its look', { path: '/chat-look.js' }],
  ['its style', { path: '/chat.css' }],
  ['the bundle', { path: '/webchat.js' }],
];
