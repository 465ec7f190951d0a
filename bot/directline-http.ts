// How Direct Line answers over HTTP: JSON bodies in and out, its error shape, and CORS for the pages allowed to embed the chat.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fail, ok, type Result } from '../services/domain.ts';
import { dataHeaders } from './security-headers.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Direct Line's error body; the message never repeats what was sent. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): Answer => ({
  status,
  body: { error: { code, message } },
  ...(headers === undefined ? {} : { headers }),
});

const bodyLimitBytes = 64 * 1024;
const tooLarge = refusal(413, 'MessageSizeTooBig', 'At most 64 KiB, please.', { Connection: 'close' });

const notJson = refusal(400, 'BadArgument', 'The body is not JSON.');

/** The request's JSON, at most 64 KiB; an empty body is `undefined`. `parsed`: what a parser before us has made of it. */
export async function readJson(request: IncomingMessage, parsed: unknown): Promise<Result<unknown, Answer>> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) return fail(tooLarge);
  if (parsed !== undefined) return ok(parsed);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Kept open past the limit, because the refusal is still to be written to it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      if (bytes > bodyLimitBytes) return fail(tooLarge);
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    return ok(text === '' ? undefined : JSON.parse(text));
  } catch {
    return fail(notJson);
  }
}

/** What follows the `?` of a request's URL; never throws, whatever the URL is. */
export const queryOf = (request: IncomingMessage): URLSearchParams =>
  new URLSearchParams(request.url?.split('?', 2)[1]);

/** The host as the browser knows it, also behind a proxy that says so. */
export const hostOf = (request: IncomingMessage): string =>
  (request.headers['x-forwarded-host'] ?? request.headers.host ?? 'localhost').toString();

/** The bearer token of a request, if it carries one. */
export function bearerOf(request: IncomingMessage): string | undefined {
  return /^Bearer ([\w.-]{1,2000})$/.exec(request.headers.authorization ?? '')?.[1];
}

/** True where the request comes from our own page, from no page at all, or from one that may embed the chat. */
export function isKnownOrigin(request: IncomingMessage, chatOrigins: readonly string[]): boolean {
  const origin = request.headers.origin;
  if (origin === undefined || chatOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === hostOf(request);
}

/** For preflights too: a header that is not named here is not shown to the page. */
function corsHeaders(request: IncomingMessage, chatOrigins: readonly string[]): Record<string, string> {
  const origin = request.headers.origin;
  if (origin === undefined || !chatOrigins.includes(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Expose-Headers': 'retry-after',
    'Access-Control-Max-Age': '600',
  };
}

export function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  chatOrigins: readonly string[],
  answer: Answer,
): void {
  const body =
    answer.body === undefined
      ? ''
      : typeof answer.body === 'string'
        ? answer.body
        : JSON.stringify(answer.body);
  response.writeHead(answer.status, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...dataHeaders(request),
    ...Object.entries({ ...corsHeaders(request, chatOrigins), ...answer.headers }).flat(),
  ]);
  response.end(body);
}
