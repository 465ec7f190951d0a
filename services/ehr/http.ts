// One HTTP exchange over axios: keep-alive, a deadline for the whole call, and failures reduced to what is safe to say.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';

/** The most of a reply that is read: a page of 250 full patient rows stays well below. */
const MAX_REPLY_BYTES = 10 * 1024 * 1024;

interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Over a connection of its own: one that was kept may have died unnoticed, which leaves a write's outcome unknown. */
  readonly ownConnection?: boolean;
}

/**
 * A reply of any status with its body unread, or none. `sent: false` only where no connection came about, so that
 * nothing can have happened at the other end. Nothing here carries the URL, a header or a body of the request.
 */
type HttpAnswer =
  | { readonly kind: 'reply'; readonly status: number; readonly body: string; readonly location?: string }
  | { readonly kind: 'no-reply'; readonly sent: boolean };

export interface Http {
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

/** Never follows a redirect, never asks the environment for a proxy, never repeats: the caller decides on all three. */
export function createHttp(timeoutMs: number): Http {
  const kept = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  const own = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };
  const client = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    maxContentLength: MAX_REPLY_BYTES,
    responseType: 'text',
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
  });

  return {
    async send({ method, url, headers, body, ownConnection }) {
      // Not AbortSignal.timeout: its timer outlives the call and makes an error with a stack when it fires.
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), timeoutMs);
      try {
        const reply = await client.request<unknown>({
          ...(ownConnection ? own : kept),
          method,
          url,
          headers: { Accept: 'application/json', ...headers },
          ...(body === undefined ? {} : { data: body }),
          signal: deadline.signal,
        });
        const location: unknown = reply.headers['location'];
        return {
          kind: 'reply',
          status: reply.status,
          body: typeof reply.data === 'string' ? reply.data : '',
          ...(typeof location === 'string' ? { location } : {}),
        };
      } catch (error) {
        return { kind: 'no-reply', sent: !neverConnected(error) };
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      for (const agents of [kept, own]) {
        agents.httpAgent.destroy();
        agents.httpsAgent.destroy();
      }
    },
  };
}

/** True where the connection itself failed: refused, unresolvable or unreachable host, or a certificate turned down. */
function neverConnected(error: unknown): boolean {
  if (!isAxiosError(error) || error.code === undefined) return false;
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(error.code) ||
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(error.code)
  );
}
