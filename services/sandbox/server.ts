// The sandbox practice: a DrChrono-compatible HTTP server on loopback, seeded from data/practice.json, kept in memory or in a file.
//
// Where the live service is known to differ from the vendor's OpenAPI document, this follows the live service:
// - lists are `{previous, results, next}`; the document says `data`;
// - `exam_rooms` is a list of `{index, name, online_scheduling}`, and an office's `doctor` a number; the document types both
//   as strings, as it does a user's `id` and flags, and a doctor's `practice_group`;
// - GET /api/users/current redirects (302) to /api/users/{id}; the document knows only the latter;
// - GET /api/availability has a body; the document declares none. One object for `date`, a list for `date_range`;
// - an API 401 is `text/html`, a token 401 `{"error"}`; 404, 409 and 429 are `{"detail"}`; 429 is not in the document;
// - an empty POST of an appointment does not complain of `duration`: 30 minutes, if no profile rules it;
// - a page of appointments holds at most 20 rows, 25 if verbose; the document says 250 and 25;
// - PUT, PATCH and DELETE answer 204 as text/html; names and birth date of a new chart are not required.
// Not played, since booking does not use it: writes of offices, profiles, blocks and schedules, PATCH of a chart, bulk lists,
// patients_summary, reminder_profiles, multipart bodies, JSON lists in a POST.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answerApi, isList } from './api.ts';
import { answerControl, type Call, type World } from './control.ts';
import { createFaults, faultReply, spoil, unauthorized } from './faults.ts';
import { type Body, detail, notFound, type Reply, readBody, unreadable } from './http.ts';
import { createLimiter, type Limits } from './limits.ts';
import { CLIENT_ID, CLIENT_SECRET, CURL_TOKEN, createOAuth } from './oauth.ts';
import type { OverlapScope } from './overlap.ts';
import { buildPractice, readSeed } from './seed.ts';
import { inMemory, openState } from './state.ts';
import { answerTwilio, createPhone, isTwilio, sandboxAccount, type TwilioAccount } from './twilio.ts';
import { createWebhooks } from './webhooks.ts';

export interface SandboxOptions {
  /** data/practice.json */
  readonly seedPath: string;
  /** 0 = any; always binds 127.0.0.1. */
  readonly port: number;
  /** Epoch ms. */
  readonly now: () => number;
  /** Default `room`. */
  readonly overlapScope?: OverlapScope;
  /** Default 500 and 10, as DrChrono's. */
  readonly limits?: Limits;
  /** Where charts and visits outlive the process; absent: a restart forgets them. Of one process at a time. */
  readonly stateFolder?: string;
  /** Who may send texts at `/sandbox/twilio`; an invented account unless told. */
  readonly twilio?: TwilioAccount;
}

export interface Sandbox {
  /** `http://127.0.0.1:3979` */
  readonly origin: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seeds an adapter; rotates on use. */
  readonly refreshToken: string;
  /** An access token that works with curl. */
  readonly curlToken: string;
  close(): Promise<void>;
}

const CALLS_KEPT = 100_000;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Tells the tokens of one start from those of the next, on a standing clock too. */
let starts = 0;
const fieldsSchema = z.record(z.string(), z.unknown());

/** Rejects if the port is taken, or the seed or the state kept does not read. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const seed = readSeed(options.seedPath);
  const limiter = createLimiter();
  const webhooks = createWebhooks();
  const state = options.stateFolder === undefined ? inMemory : openState(options.stateFolder);
  const original = () => ({
    practice: Object.assign(buildPractice(seed, options.now()), {
      record: state.record,
      written: webhooks.emit,
    }),
    overlapScope: options.overlapScope ?? 'room',
    duplicates: 'made' as const,
    limits: options.limits ?? { perHour: 500, perSecond: 10 },
    clockAt: undefined,
    calls: [],
    phone: createPhone(),
  });
  const world: World = {
    ...original(),
    faults: createFaults(),
    oauth: createOAuth(`${options.now().toString(36)}-${++starts}`),
    webhooks,
    now: () => world.clockAt ?? options.now(),
    reset() {
      state.empty();
      Object.assign(world, original());
      world.faults.clear();
      world.oauth.carry(undefined);
      world.oauth.restoreCurl();
      limiter.forget();
      webhooks.forget();
    },
  };
  state.restore(world.practice);

  /** Everything after the body has been read; undefined cuts the connection. */
  async function answer(request: IncomingMessage, url: URL, body: Body): Promise<Reply | undefined> {
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(/\/$/, '');
    if (path.startsWith('/sandbox/')) {
      if (!LOOPBACK_HOSTS.has(url.hostname)) return detail(403, 'Loopback only.');
      // Any page in a browser on this machine can POST here, though not read the answer.
      if (request.headers.origin !== undefined) return detail(403, 'Not for web pages.');
      if (!isTwilio(path))
        return body.kind === 'parsed'
          ? answerControl(world, method, path, body.value)
          : unreadable(body.kind);
    }
    const call: Call = {
      at: new Date(world.now()).toISOString(),
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      status: 0,
    };
    if (world.calls.length >= CALLS_KEPT) world.calls.splice(0, CALLS_KEPT / 2);
    world.calls.push(call);
    const harm = world.faults.strike({ method, path, isList: method === 'GET' && isList(path) });
    if (harm.delayMs > 0) await sleep(harm.delayMs, undefined, { ref: false });
    const fault = harm.reply;
    if (fault?.effect === 'drop') return undefined;
    const reply =
      fault?.effect === 'status'
        ? faultReply(fault)
        : serve(request, url, path, body, world.now() - harm.staleMs);
    if (fault?.effect === 'commit-then-drop') return undefined;
    if (fault?.effect === 'commit-then-delay') await sleep(fault.ms, undefined, { ref: false });
    const sent = fault ? spoil(reply, fault.effect) : reply;
    call.status = sent.status;
    return sent;
  }

  function serve(request: IncomingMessage, url: URL, path: string, body: Body, readAt: number): Reply {
    const method = request.method ?? 'GET';
    const now = world.now();
    if (body.kind !== 'parsed') return unreadable(body.kind);
    const parsed = fieldsSchema.safeParse(body.value);
    if (!parsed.success) return detail(400, 'Expected an object.');
    const { authorization } = request.headers;
    if (isTwilio(path)) {
      const asked = { method, path, authorization, fields: parsed.data, now };
      return answerTwilio(options.twilio ?? sandboxAccount, world.phone, asked);
    }
    if (path === '/o/token' && method === 'POST') return world.oauth.token(parsed.data, now);
    if (path === '/o/authorize' && method === 'GET') return world.oauth.authorize(url.searchParams, now);
    if (!path.startsWith('/api/')) return notFound();
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    const grant = token === undefined ? undefined : world.oauth.grantOf(token, now);
    if (!grant) return unauthorized();
    const refused = limiter.admit(grant.clientId, world.limits, now);
    if (refused) return refused;
    return answerApi(world.practice, {
      method,
      path,
      url: `${url.origin}${url.pathname}`,
      query: url.searchParams,
      body: parsed.data,
      scopes: new Set(grant.scope.split(' ')),
      overlapScope: world.overlapScope,
      duplicates: world.duplicates,
      now,
      readAt,
    });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const address = `http://${request.headers.host ?? '127.0.0.1'}${request.url ?? '/'}`;
    if (!URL.canParse(address)) return send(response, detail(400, 'Malformed request.'));
    const reply = await answer(request, new URL(address), body);
    if (reply) send(response, reply);
    else response.destroy();
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => {
      // A bug here, or a client that went away: never take the process down.
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, contentType: 'text/html', body: '<h1>Server Error</h1>' });
    });
  });
  // Longer than clients keep idle connections, so that they do not post into a closing one.
  server.keepAliveTimeout = 120_000;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      const bound = server.address();
      resolve(bound !== null && typeof bound === 'object' ? bound.port : options.port);
    });
  });
  return {
    origin: `http://127.0.0.1:${port}`,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    refreshToken: world.oauth.refreshToken,
    curlToken: CURL_TOKEN,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'Content-Type': reply.contentType,
    ...(reply.status !== 204 && { 'Content-Length': body.length }),
    'Cache-Control': 'no-cache',
    Vary: 'User-Agent, Authorization, Cookie',
    ...reply.headers,
  });
  response.end(body);
}
