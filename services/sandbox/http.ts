// Plain HTTP for the sandbox: bounded bodies in JSON or form encoding, and replies as data.
import type { IncomingMessage } from 'node:http';

const BODY_LIMIT_BYTES = 1024 * 1024;

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A parsed body, or why there is none. */
export type Body =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'malformed' };

export const json = (status: number, value: unknown, headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
  ...(headers && { headers }),
});
export const detail = (status: number, text: string): Reply => json(status, { detail: text });
export const notFound = (): Reply => detail(404, 'Not found.');
/** PUT, PATCH and DELETE succeed with 204 and nothing, in text/html: recorded so. */
export const noContent = (): Reply => ({ status: 204, contentType: 'text/html', body: '' });
export const methodNotAllowed = (method: string, allow: string): Reply =>
  json(405, { detail: `Method "${method}" not allowed.` }, { Allow: allow });

/** Why a body could not be read, as a reply. */
export const unreadable = (kind: 'too-large' | 'malformed'): Reply =>
  kind === 'too-large' ? detail(413, 'Request body too large.') : detail(400, 'JSON parse error');

/** Reads a request's body up to 1 MiB; an empty body parses to an empty object. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += buffer.length;
    // Read on, keeping nothing: the client gets its 413 instead of a reset.
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(buffer);
  }
  if (bytes > BODY_LIMIT_BYTES) return { kind: 'too-large' };
  return parseBody(Buffer.concat(chunks).toString('utf8'), request.headers['content-type'] ?? '');
}

function parseBody(text: string, contentType: string): Body {
  if (text.trim() === '') return { kind: 'parsed', value: {} };
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return { kind: 'parsed', value: Object.fromEntries(new URLSearchParams(text)) };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'parsed', value };
  } catch {
    return { kind: 'malformed' };
  }
}
