// The raw protocol, for tests: HTTP calls with their status, and frames off a WebSocket.
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { z } from 'zod';

const activitySchema = z.looseObject({
  id: z.string().optional(),
  type: z.string(),
  text: z.string().optional(),
  from: z.object({ id: z.string() }),
});
type SeenActivity = z.infer<typeof activitySchema>;
const frameSchema = z.object({ activities: z.array(activitySchema), watermark: z.string() });
const sessionSchema = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() });
const startedSchema = sessionSchema.extend({ streamUrl: z.string() });

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export async function call(
  url: string,
  options: { method?: string; token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: options.method ?? 'GET',
    headers: {
      'Content-Type': 'application/json',
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export const generate = async (base: string) =>
  sessionSchema.parse((await call(`${base}/tokens/generate`, { method: 'POST' })).body);

/** A token and its conversation, started. */
export async function begin(base: string) {
  const { token } = await generate(base);
  return startedSchema.parse((await call(`${base}/conversations`, { method: 'POST', token, body: {} })).body);
}

export const reconnect = async (base: string, id: string, token: string, watermark: string) =>
  startedSchema.parse((await call(`${base}/conversations/${id}?watermark=${watermark}`, { token })).body);

export const say = (base: string, id: string, token: string, body: unknown) =>
  call(`${base}/conversations/${id}/activities`, { method: 'POST', token, body });

export const poll = async (base: string, id: string, token: string, watermark = '') =>
  frameSchema.parse(
    (await call(`${base}/conversations/${id}/activities?watermark=${watermark}`, { token })).body,
  );

/** Opens a stream and collects what it sends. */
export function listen(streamUrl: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(streamUrl, { headers });
  const seen: SeenActivity[] = [];
  let watermark = '';
  let status = 101;
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  socket.on('unexpected-response', (_, response) => {
    status = response.statusCode ?? 0;
    socket.terminate();
  });
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const frame = frameSchema.parse(JSON.parse(String(data)));
    seen.push(...frame.activities);
    watermark = frame.watermark;
  });
  return {
    socket,
    seen,
    closed,
    status: () => status,
    watermark: () => watermark,
    texts: () => seen.map((activity) => activity.text),
  };
}

/** Resolves once `check` holds; for what arrives from elsewhere. */
export async function until(check: () => boolean | Promise<boolean>, timeoutMs = 5_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A GET as it comes over the wire: nothing unpacked, no header added. */
export async function fetchRaw(url: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { headers }, resolve).on('error', reject),
  );
  const bytes = await buffer(response);
  return { status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() };
}
