// One HTTP exchange over axios: keep-alive, a deadline for the whole call, and failures reduced to what is safe to say.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { createExchange, type Sent } from './exchange.ts';

/** The most of a reply that is read: a page of 250 full patient rows stays well below. */
const MAX_REPLY_BYTES = 10 * 1024 * 1024;

interface HttpRequest extends Sent {
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
  const kept = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
  const own = { http: new HttpAgent(), https: new HttpsAgent() };
  const limits = { timeoutMs, maxBytes: MAX_REPLY_BYTES };
  const exchanges = { kept: createExchange(kept, limits), own: createExchange(own, limits) };
  // Not `axios.create`: its defaults (header sets, transforms) cost more a call than all the rest of axios.
  const client = new axios.Axios();

  return {
    async send(request) {
      const exchange = request.ownConnection ? exchanges.own : exchanges.kept;
      try {
        // The request goes to the adapter by itself: axios copies and checks headers four times on the way.
        const reply = await client.request<string>({
          url: request.url,
          adapter: (config) => exchange(request, config),
        });
        const location: unknown = reply.headers['location'];
        return {
          kind: 'reply',
          status: reply.status,
          body: reply.data,
          ...(typeof location === 'string' ? { location } : {}),
        };
      } catch (error) {
        return { kind: 'no-reply', sent: !neverConnected(error) };
      }
    },
    close() {
      for (const agents of [kept, own]) {
        agents.http.destroy();
        agents.https.destroy();
      }
    },
  };
}

/** True where the connection itself failed: refused, unresolvable or unreachable host, or a certificate turned down. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(error.code) ||
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(error.code)
  );
}
