// Posts replies to the channel that a message came from, and replaces them: plain keep-alive HTTP, in order, with a modest retry.
import http from 'node:http';
import https from 'node:https';
import type { Activity } from 'botbuilder';
import type { Clock, Log } from '../services/ports.ts';
import { whereOf } from './where.ts';

export interface Connector {
  /** Posts one turn's replies, each after the one before it was taken; the first that fails for good ends it, and is logged. */
  post(replies: readonly Partial<Activity>[]): Promise<void>;
  /** Puts an activity in the place of one that was sent: a used card's receipt. Where it fails, the log says so, and no more. */
  update(activityId: string, activity: Partial<Activity>): Promise<void>;
  close(): void;
}

export interface ConnectorDeps {
  readonly token: () => Promise<string | undefined>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
  readonly timeoutMs?: number;
}

const longestWaitSeconds = 5;
const transportFailure = { status: 0, retryAfterSeconds: 0 } as const;

type Method = 'POST' | 'PUT';
type Outcome = { readonly status: number; readonly retryAfterSeconds: number };

/** The SDK's connector client builds an Azure pipeline for every turn; this is one `http.request` on a kept connection. */
export function createConnector({ token, clock, log, timeoutMs = 8_000 }: ConnectorDeps): Connector {
  const options = {
    keepAlive: true,
    maxSockets: 64,
    maxFreeSockets: 8,
    maxTotalSockets: 256,
    timeout: 60_000,
  };
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };

  function send(
    method: Method,
    url: URL,
    body: Buffer,
    bearer: string | undefined,
  ): Promise<Outcome & { reused: boolean }> {
    const secure = url.protocol === 'https:';
    return new Promise((resolve) => {
      const request = (secure ? https : http).request(url, {
        method,
        agent: secure ? agents['https:'] : agents['http:'],
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': body.length,
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        },
      });
      // Not AbortSignal.timeout: its timer outlives the call and makes an error with a stack when it fires.
      const timer = setTimeout(
        () => request.destroy(new Error('the channel did not answer in time')),
        timeoutMs,
      );
      request.on('close', () => clearTimeout(timer));
      request.on('response', (response) => {
        const retryAfterSeconds = Number(response.headers['retry-after'] ?? 1);
        response.resume();
        response.on('error', () => undefined); // The status is what counts; the body is thrown away.
        resolve({ status: response.statusCode ?? 0, retryAfterSeconds, reused: request.reusedSocket });
      });
      request.on('error', () => resolve({ ...transportFailure, reused: request.reusedSocket }));
      request.end(body);
    });
  }

  /** One repeat, with the same body: after 429 when told to, after a 5xx, or when a kept connection had been closed. */
  async function deliver(method: Method, url: URL, body: Buffer): Promise<Outcome> {
    const bearer = await token();
    const first = await send(method, url, body, bearer);
    if (first.status === 429 && first.retryAfterSeconds <= longestWaitSeconds) {
      await clock.sleep(first.retryAfterSeconds * 1000);
    } else if (first.status >= 500) {
      await clock.sleep(500);
    } else if (first.status !== 0 || !first.reused) {
      return first;
    }
    return send(method, url, body, bearer);
  }

  /** True where the channel took it; else it is logged. */
  async function take(
    method: Method,
    activity: Partial<Activity>,
    to: string | undefined,
    undelivered: number,
  ): Promise<boolean> {
    const channel = activity.channelId;
    try {
      const { status } = await deliver(method, urlOf(activity, to), Buffer.from(JSON.stringify(activity)));
      if (status >= 200 && status < 300) return true;
      log.error('reply refused by channel', { channel, status, undelivered });
    } catch (error) {
      log.error('reply not sent', { channel, undelivered, ...whereOf(error) });
    }
    return false;
  }

  return {
    async post(replies) {
      for (const [index, reply] of replies.entries())
        if (!(await take('POST', reply, reply.replyToId, replies.length - index))) return;
    },
    async update(activityId, activity) {
      await take('PUT', activity, activityId, 1);
    },
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

/**
 * `{serviceUrl}/v3/conversations/{id}/activities[/{the one it answers or replaces}]`; throws where the service URL is none. Its query is dropped:
 * with our path in it, a reply would be posted to whatever path the sender likes.
 */
function urlOf(reply: Partial<Activity>, to: string | undefined): URL {
  const url = new URL(reply.serviceUrl ?? '');
  const conversation = encodeURIComponent(reply.conversation?.id ?? '');
  const activity = to === undefined ? '' : `/${encodeURIComponent(to)}`;
  const base = url.origin + url.pathname.replace(/\/+$/, '');
  return new URL(`${base}/v3/conversations/${conversation}/activities${activity}`);
}
