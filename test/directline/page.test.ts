// The chat page as files over HTTP: its policy, caching and packing, and what it says without the bundle.
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import restify from 'restify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChatPage } from '../../bot/chat-page.ts';
import { fetchRaw, until } from './client.ts';

const bundle = 'window.WebChat = {};'.repeat(1_000);
const servers: restify.Server[] = [];
let folder: string;

async function serve(): Promise<string> {
  const server = restify.createServer();
  createChatPage({
    chatOrigins: ['https://clinic.example', 'https://www.clinic.example'],
    practiceName: 'Smith & <Sons> "Family" Practice',
    color: '#8a1538',
    folder: pathToFileURL(`${folder}/`),
  }).mount(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-page-'));
  const files = {
    'chat.html': '<title>{{practice}}</title>{{color}}',
    'missing.html': 'npm run chat',
    'chat.js': '1',
    'chat-look.js': '2',
    'chat.css': 'a{}',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

test('without the bundle the page says so, and serves it as soon as it is there', async () => {
  const origin = await serve();
  await rm(path.join(folder, 'webchat.js'), { force: true });
  expect(await fetchRaw(`${origin}/chat`)).toMatchObject({ status: 503, text: 'npm run chat' });
  expect((await fetchRaw(`${origin}/webchat.js`)).status).toBe(404);
  await writeFile(path.join(folder, 'webchat.js'), bundle);
  expect((await fetchRaw(`${origin}/chat`)).status).toBe(200);
  expect((await fetchRaw(`${origin}/webchat.js`)).status).toBe(200);
});

test('a visitor who leaves in the middle of the bundle leaves no open file behind', async () => {
  const origin = await serve();
  // More than a connection buffers.
  await writeFile(path.join(folder, 'webchat.js'), Buffer.alloc(24_000_000));
  await new Promise((resolve, reject) => {
    const request = http.get(`${origin}/webchat.js`, (response) => {
      response.once('readable', () => request.destroy());
      response.on('error', () => undefined).on('close', resolve);
    });
    request.on('error', reject);
  });
  await until(async () => !(await openFiles()).includes(path.join(folder, 'webchat.js')));
});

/** What this process has open, as Linux tells it. */
async function openFiles(): Promise<readonly string[]> {
  const names = await readdir('/proc/self/fd');
  return Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
}

describe('with the bundle', () => {
  let origin: string;
  beforeAll(async () => {
    await writeFile(path.join(folder, 'webchat.js'), bundle);
    origin = await serve();
  });

  test.each(['/', '/chat'])(
    "%s is the page, with the practice's name escaped, and its colour",
    async (url) => {
      const { headers, text } = await fetchRaw(`${origin}${url}`);
      expect(text).toBe('<title>Smith &#38; &#60;Sons&#62; &#34;Family&#34; Practice</title>#8a1538');
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
    },
  );

  test.each(['/', '/chat', '/chat.js', '/chat-look.js', '/chat.css', '/webchat.js'])(
    '%s comes under the strict policy',
    async (url) => {
      const { headers } = await fetchRaw(`${origin}${url}`);
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; ");
      expect(policy).toContain("frame-ancestors 'self' https://clinic.example https://www.clinic.example");
      expect(policy).not.toContain('unsafe-eval');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    },
  );

  test.each(['/chat', '/chat.js', '/chat-look.js', '/chat.css', '/webchat.js'])(
    '%s is not sent again to who has it',
    async (url) => {
      const { headers } = await fetchRaw(`${origin}${url}`);
      const etag = headers['etag'] ?? '';
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      expect(await fetchRaw(`${origin}${url}`, { 'If-None-Match': etag })).toMatchObject({
        status: 304,
        text: '',
      });
    },
  );

  test('the bundle is packed for who can unpack it', async () => {
    const packed = await fetchRaw(`${origin}/webchat.js`, { 'Accept-Encoding': 'br, gzip' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(packed.bytes).toString()).toBe(bundle);
    const plain = await fetchRaw(`${origin}/webchat.js`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.text).toBe(bundle);
  });
});
