// A small HTTP server that plays the EHR line by line, for what the sandbox practice would never do; and an adapter on it.
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import { createDrchronoEhr, type DrchronoOptions } from '../../services/ehr/drchrono.ts';
import { BOOKING_SCOPES } from '../../services/ehr/scopes.ts';
import type { StoredToken, TokenVault } from '../../services/ehr/token-vault.ts';
import type { Log } from '../../services/ports.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';

export interface Call {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

/** What the script answers: a status with a body (JSON unless it is text), a cut connection, or nothing at all. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'cut'
  | 'silence';

export interface ScriptedEhr {
  readonly origin: string;
  readonly calls: Call[];
  close(): Promise<void>;
}

/** Calls of the token endpoint are scripted like any other: `tokenAnswer` is the usual line. */
export async function startScriptedEhr(
  script: (call: Call) => Answer | Promise<Answer>,
): Promise<ScriptedEhr> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = {
      method: request.method ?? '',
      path: request.url ?? '',
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
      body: await bodyOf(request),
    };
    calls.push(call);
    const answer = await script(call);
    if (answer === 'cut') request.socket.destroy();
    else if (answer !== 'silence') {
      response.writeHead(answer.status, answer.headers);
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    }
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

export const isToken = (call: Call) => call.path === '/o/token/';

/** A token reply: `access-2` and `refresh-2` for round 2, valid two days. */
export function tokenAnswer(round: number, more: Readonly<Record<string, unknown>> = {}): Answer {
  return {
    status: 200,
    body: {
      access_token: `access-${round}`,
      refresh_token: `refresh-${round}`,
      expires_in: 172_800,
      scope: BOOKING_SCOPES.join(' '),
      ...more,
    },
  };
}

export interface MemoryVault extends TokenVault {
  held: StoredToken | undefined;
  /** Set: every write throws, as a full disk would make it. */
  broken: boolean;
}

export function createMemoryVault(held?: StoredToken): MemoryVault {
  const vault: MemoryVault = {
    held,
    broken: false,
    read: () => Promise.resolve(vault.held),
    write(token) {
      if (vault.broken) return Promise.reject(new Error('disk full'));
      vault.held = token;
      return Promise.resolve();
    },
  };
  return vault;
}

export function createTestLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const note: Log['info'] = (event, fields) => lines.push(JSON.stringify({ event, ...fields }));
  return { lines, info: note, warn: note, error: note };
}

/** Options of an adapter that is on its own: a standing clock, no limits to speak of, a vault in memory. */
export function adapterOptions(
  baseUrl: string,
  more: Partial<DrchronoOptions> = {},
): DrchronoOptions & { readonly clock: TestClock } {
  return {
    baseUrl,
    clientId: 'client',
    clientSecret: 'secret-of-client',
    refreshTokenSetting: 'refresh-0',
    tokens: createMemoryVault(),
    openHours: { opensMinute: 8 * 60, closesMinute: 18 * 60 },
    log: createTestLog(),
    limits: { perHour: 100_000, perSecond: 100_000 },
    timeoutMs: 300,
    ...more,
    clock: createTestClock('2026-03-03T14:00:00Z'),
  };
}

/** An adapter on a script that hands out tokens by itself; `api` plays the rest. */
export async function openScripted(
  api: (call: Call, times: number) => Answer | Promise<Answer>,
  more: Partial<DrchronoOptions> = {},
) {
  let round = 0;
  let times = 0;
  const ehr = await startScriptedEhr((call) => {
    if (isToken(call)) {
      round += 1;
      return tokenAnswer(round);
    }
    times += 1;
    return api(call, times);
  });
  const options = adapterOptions(ehr.origin, more);
  const adapter = createDrchronoEhr(options);
  return {
    ...options,
    adapter,
    /** Calls but for the token endpoint's. */
    calls: () => ehr.calls.filter((call) => !isToken(call)),
    tokenCalls: () => ehr.calls.filter(isToken),
    async close() {
      await adapter.stop();
      await ehr.close();
    },
  };
}

export type Scripted = Awaited<ReturnType<typeof openScripted>>;
