// The edge on a real port: real store, real HTTP, a clock passed in, and a small conversation that does as it is told.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConversationState, TurnContext } from 'botbuilder';
import type { Server } from 'restify';
import { type ChannelAuthDeps, createChannelAuth } from '../../bot/auth.ts';
import { createConnector } from '../../bot/connector.ts';
import { createLimits, type Limits } from '../../bot/limits.ts';
import { createLog } from '../../bot/log.ts';
import { mountMessages } from '../../bot/messages.ts';
import { close, createHttpServer, listen } from '../../bot/server.ts';
import type { Timers } from '../../bot/slow-turn.ts';
import { createConversationState } from '../../bot/state.ts';
import { createTurns, type TurnDeps, type Turns } from '../../bot/turn.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { storeIndexes } from '../../services/documents.ts';
import type { Clock, Ids, Log, Store } from '../../services/ports.ts';
import { openJsonStore } from '../../services/store/json.ts';

export const testStart = Date.parse('2025-02-17T13:00:00Z');

export interface TestClock extends Clock {
  /** Every wait asked for, in ms; none is waited. */
  readonly slept: number[];
  advance(ms: number): void;
}

export function testClock(start = testStart): TestClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

/** Timers that fire when the test says how late it is. */
export function testTimers(): Timers & { pass(ms: number): void; readonly pending: number } {
  const waiting = new Set<{ readonly at: number; readonly work: () => void }>();
  let now = 0;
  return {
    after(ms, work) {
      const timer = { at: now + ms, work };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        waiting.delete(next);
        now = next.at;
        next.work();
      }
      now = until;
    },
    get pending() {
      return waiting.size;
    },
  };
}

/** `aaaaa1`, `aaaaa2`, ... */
export function testIds(): Ids {
  let count = 0;
  return { next: (length) => String(++count).padStart(length, 'a') };
}

/** A real log, its lines kept. */
export function testLog(clock: Clock): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: createLog(clock.now, { write: (line) => lines.push(line) }), lines };
}

export async function temporaryFolder(): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function openStore(folder: string, clock: Clock, log: Log): Promise<Store> {
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** Limits that no test reaches unasked. */
export function looseLimits(
  rates: Partial<Parameters<typeof createLimits>[0]['rates']> = {},
  trustedProxies = 0,
): Limits {
  const loose = { userPerMinute: 1_000_000, addressPerMinute: 1_000_000, apiPerMinute: 1_000_000 };
  return createLimits({ rates: { ...loose, ...rates }, trustedProxies, boundsLoopback: true });
}

/** A message as a channel sends it. */
export function message(fields: object = {}): object {
  return {
    type: 'message',
    id: 'activity-1',
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:9',
    conversation: { id: 'conversation-1' },
    from: { id: 'user-1', name: 'Marked Name' },
    recipient: { id: 'bot-1', name: 'Bookadoc' },
    text: 'hello',
    locale: 'en-US',
    ...fields,
  };
}

/**
 * Counts a conversation's messages in its state and says the count; `throw` throws after changing the state, `wait`
 * waits for `release`, `silent` says nothing, `two` says two things.
 */
export function obedientConversation(state: ConversationState) {
  const counter = state.createProperty<number>('count');
  const gate = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  return {
    turns: 0,
    mostAtOnce: () => most,
    release: () => gate.resolve(),
    async respond(context: TurnContext): Promise<readonly Reply[]> {
      this.turns += 1;
      running += 1;
      most = Math.max(most, running);
      try {
        const { text } = context.activity;
        const count = (await counter.get(context, 0)) + 1;
        await counter.set(context, count);
        if (text === 'wait') await gate.promise;
        if (text === 'throw') throw new Error('could not book for Marked Name, born 1980-01-02');
        if (text === 'silent' || context.activity.type !== 'message') return [];
        if (text === 'two') return ['first', 'second'].map((said) => ({ text: said, language: 'en' }));
        return [{ text: `message ${count}`, language: 'en' }];
      } finally {
        running -= 1;
      }
    },
  };
}

export interface Edge {
  readonly origin: string;
  readonly turns: Turns;
  readonly conversation: ReturnType<typeof obedientConversation>;
  readonly clock: TestClock;
  readonly log: Log;
  readonly lines: string[];
  readonly store: Store;
  readonly state: ConversationState;
  post(activity: object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

export interface EdgeOptions {
  readonly folder: string;
  readonly auth?: Omit<ChannelAuthDeps, 'clock'>;
  readonly answerWithinMs?: number;
  readonly timers?: Timers;
  readonly limits?: Limits;
  readonly clock?: TestClock;
  readonly turnDeps?: Partial<TurnDeps>;
  readonly mounts?: readonly ((server: Server) => void)[];
}

/** /api/messages on port 0 over the obedient conversation. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const clock = options.clock ?? testClock();
  const { log, lines } = testLog(clock);
  const store = await openStore(options.folder, clock, log);
  const state = createConversationState(store, 15);
  const conversation = obedientConversation(state);
  const turns = createTurns({ conversation, state, store, clock, ids: testIds(), log, ...options.turnDeps });
  const auth = createChannelAuth({ bot: undefined, ...options.auth, clock });
  const connector = createConnector({ token: auth.replyToken, clock, log, timeoutMs: 2_000 });
  const { answerWithinMs, timers } = options;
  const server = createHttpServer({
    ids: testIds(),
    log,
    mounts: [
      (routes) =>
        mountMessages(routes, {
          turns,
          auth,
          connector,
          limits: options.limits ?? looseLimits(),
          ...(answerWithinMs === undefined ? {} : { answerWithinMs }),
          ...(timers === undefined ? {} : { timers }),
        }),
      ...(options.mounts ?? []),
    ],
  });
  const origin = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  return {
    origin,
    turns,
    conversation,
    clock,
    log,
    lines,
    store,
    state,
    post: (activity, headers = {}) =>
      fetch(`${origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(activity),
      }),
    async close() {
      const closed = close(server, 100);
      await turns.idle();
      await closed;
      connector.close();
      await store.close();
    },
  };
}
