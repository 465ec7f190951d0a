// Serves the chat page at `/` and `/chat`: the files of bot/web, under a strict content security policy.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Server } from 'restify';
import { pageHeaders } from './security-headers.ts';

export interface ChatPage {
  mount(server: Server): void;
}

const ownFolder = new URL('./web/', import.meta.url);

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Scripts only from our own origin, none inline, no eval. Web Chat puts its styles into the page as it runs, hence
 * 'unsafe-inline' for styles. `connect-src 'self'` covers our WebSocket.
 */
const contentSecurityPolicy = (chatOrigins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...chatOrigins].join(' ')}`,
  ].join('; ');

interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  readonly etag: string;
}

const asset = (type: string, bytes: Buffer): Asset => ({
  type,
  bytes,
  etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
});

const acceptsGzip = (request: IncomingMessage): boolean =>
  /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');

/** `folder` holds chat.html, chat.js, chat-look.js, chat.css and, once fetched, webchat.js; tests may pass another. */
export function createChatPage(deps: {
  readonly chatOrigins: readonly string[];
  readonly practiceName: string;
  /** `#rrggbb`. */
  readonly color: string;
  readonly folder?: URL;
}): ChatPage {
  const folder = deps.folder ?? ownFolder;
  const bundle = new URL('webchat.js', folder);
  const policy = contentSecurityPolicy(deps.chatOrigins);
  const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
  const page = (name: string): Asset =>
    asset(
      'text/html; charset=utf-8',
      Buffer.from(
        text(name)
          .replaceAll('{{practice}}', () => escapeHtml(deps.practiceName))
          .replaceAll('{{color}}', () => escapeHtml(deps.color)),
      ),
    );

  const headers = (request: IncomingMessage, type: string, cache: string) => ({
    'Content-Type': type,
    'Cache-Control': cache,
    ...pageHeaders(request, policy),
  });

  function notModified(request: IncomingMessage, response: ServerResponse, etag: string): boolean {
    if (request.headers['if-none-match'] !== etag) return false;
    response.writeHead(304, { ETag: etag, ...pageHeaders(request, policy) });
    response.end();
    return true;
  }

  function send(request: IncomingMessage, response: ServerResponse, found: Asset, status = 200): void {
    if (status === 200 && notModified(request, response, found.etag)) return;
    response.writeHead(status, {
      ...headers(request, found.type, 'no-cache'),
      'Content-Length': found.bytes.length,
      ETag: found.etag,
    });
    response.end(found.bytes);
  }

  // Packed once, at the first request for it, off the main thread: 3.9 MB become 0.9.
  let packed: Promise<Asset> | undefined;
  const isFetched = (): Promise<boolean> =>
    stat(bundle).then(
      (found) => found.isFile(),
      () => false,
    );
  const pack = async (): Promise<Asset> =>
    asset('text/javascript; charset=utf-8', await promisify(gzip)(await readFile(bundle)));

  async function sendBundle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!(await isFetched())) {
      response.writeHead(404, headers(request, 'text/plain', 'no-store'));
      response.end('not fetched yet');
      return;
    }
    packed ??= pack();
    packed.catch(() => {
      packed = undefined; // Read anew next time: the file may be back by then.
    });
    const { bytes, etag, type } = await packed;
    if (notModified(request, response, etag)) return;
    const cached = {
      ...headers(request, type, 'public, max-age=86400'),
      ETag: etag,
      Vary: 'Accept-Encoding',
    };
    if (!acceptsGzip(request)) {
      response.writeHead(200, cached);
      // Not `pipe`: a visitor who leaves half way would leave the file open, for ever.
      await pipeline(createReadStream(bundle), response).catch(() => response.destroy());
      return;
    }
    response.writeHead(200, { ...cached, 'Content-Encoding': 'gzip', 'Content-Length': bytes.length });
    response.end(bytes);
  }

  return {
    mount(server) {
      const chat = page('chat.html');
      const missing = page('missing.html');
      const style = asset('text/css; charset=utf-8', Buffer.from(text('chat.css')));
      for (const path of ['/', '/chat'])
        server.get(path, async (request, response) =>
          (await isFetched()) ? send(request, response, chat) : send(request, response, missing, 503),
        );
      for (const name of ['chat.js', 'chat-look.js']) {
        const script = asset('text/javascript; charset=utf-8', Buffer.from(text(name)));
        server.get(`/${name}`, async (request, response) => send(request, response, script));
      }
      server.get('/chat.css', async (request, response) => send(request, response, style));
      server.get('/webchat.js', sendBundle);
    },
  };
}
