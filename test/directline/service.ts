// A running Direct Line endpoint for tests: restify on a free port, an echoing bot behind it, a clock that stands still.
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botbuilder';
import restify from 'restify';
import { createDirectLine } from '../../bot/directline.ts';
import { createLimits, type Limits } from '../../bot/limits.ts';
import type { Turns } from '../../bot/turn.ts';

/** Greets whoever comes and repeats whatever is said; `heard` is everything the bot was given. */
export function createEcho(heard: Activity[] = []): Turns & { readonly heard: Activity[] } {
  return {
    heard,
    async run(activity, deliver) {
      heard.push(activity);
      if (activity.type === 'conversationUpdate') await deliver([{ type: 'message', text: 'Hello!' }]);
      if (activity.type === 'message')
        await deliver([{ type: 'message', text: `You said: ${activity.text}` }]);
      return 'done';
    },
    async idle() {},
  };
}

export interface Service {
  readonly origin: string;
  readonly base: string;
  readonly clock: { at: number };
  stop(): Promise<void>;
}

export interface ServiceOptions {
  readonly turns?: Turns;
  readonly port?: number;
  readonly chatOrigins?: readonly string[];
  readonly at?: number;
  readonly color?: string;
  readonly limits?: Limits;
}

let made = 0;
const loose = createLimits({
  rates: { userPerMinute: 1_000_000, addressPerMinute: 1_000_000, apiPerMinute: 1_000_000 },
  trustedProxies: 0,
  boundsLoopback: true,
});

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const clock = { at: options.at ?? Date.parse('2025-02-10T15:00:00Z') };
  const directLine = createDirectLine({
    turns: options.turns ?? createEcho(),
    tokenSecret: 'a secret of the tests, 32 characters or more',
    clock: { now: () => clock.at, sleep: async () => {} },
    ids: {
      next: (length) => {
        made += 1;
        return String(made).padStart(length, 'x');
      },
    },
    log: { info() {}, warn() {}, error() {} },
    limits: options.limits ?? loose,
    chatOrigins: options.chatOrigins ?? [],
    practiceName: 'Harbor <Family> Practice',
    practiceColor: options.color ?? '#0b5f7a',
  });
  const server = restify.createServer();
  directLine.mount(server);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address: AddressInfo = server.address();
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    base: `${origin}/v3/directline`,
    clock,
    async stop() {
      await directLine.close();
      server.server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
