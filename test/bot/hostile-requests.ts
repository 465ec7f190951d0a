// Malformed and hostile requests, each with a mark in it that must not come out anywhere.
import net from 'node:net';
import { type Asked, json } from './every-route.ts';

const bodies: readonly unknown[] = [
  ['Marked'],
  { type: 'message', channelId: 'Marked', conversation: { id: 'Marked\0' }, from: { id: 'Marked' } },
  {
    type: 'invoke',
    name: 'Marked',
    channelId: 'x',
    serviceUrl: 'http://127.0.0.1:9/Marked',
    conversation: { id: 'Marked' },
    from: { id: 'Marked' },
  },
  {
    type: 'message',
    channelId: 'x',
    serviceUrl: 'https://marked.example/',
    conversation: { id: 'Marked' },
    from: { id: 'Marked' },
  },
  'Marked'.repeat(60_000),
];
const post = (body: string, headers: Asked['headers'] = json): Asked => ({
  method: 'POST',
  path: '/api/messages',
  headers: headers ?? {},
  body,
});
const stranger = { authorization: 'Bearer Marked', cookie: 'Marked=1', referer: 'https://x/Marked' };

export const hostile: readonly Asked[] = [
  ...bodies.map((body) => post(JSON.stringify(body))),
  post('{"text":"Markedbroken'),
  post('{"__proto__":{"Marked":1},"type":"Marked"}'),
  post('Marked=1', { 'content-type': 'text/marked' }),
  post('{}', { ...json, authorization: 'Bearer Marked.Marked.Marked', 'x-marked': 'Marked' }),
  { path: '/Marked', headers: stranger },
  { path: '/chat?name=Markedlast', headers: stranger },
  { path: '/v3/directline/conversations/Marked/activities', headers: stranger },
  { path: '/%4Darked%', headers: stranger },
  { path: '/api/offices/Marked', headers: stranger },
  { path: '/healthz', headers: { host: 'marked.example' } },
  { path: '/calendar/Markedlast.ics', headers: stranger },
  { path: '/calendar/%4Darked%2f..%2f.ics?name=Markedlast', headers: stranger },
  { path: '/calendar/%.ics', headers: stranger },
  { method: 'DELETE', path: '/calendar/Marked.ics', headers: stranger },
];

/** What is sent as it stands: some of it no HTTP at all. */
export const noHttp: readonly string[] = [
  'GET /v3/directline/conversations/Marked/stream?t=Marked HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'MARKED / HTTP/1.1\r\nHost: Marked\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'Marked'.repeat(4_000)}\r\n\r\n`,
  'Marked\r\n\r\n',
];

/** What comes back for bytes, until the other side closes, or has said nothing more for two seconds. */
export function answerTo(bytes: string, port: number, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = net.connect(port, host, () => socket.write(bytes));
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve(heard));
  });
}
