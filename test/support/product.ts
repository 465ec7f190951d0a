// The whole product on a free port, as `npm start` runs it, but for the clock: chats go over HTTP to /api/messages with expectReplies.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Bookadoc, type Overrides, startBookadoc } from '../../bot/main.ts';
import type { Clock, Log } from '../../services/ports.ts';
import { createSandboxControl, type SandboxControl } from './sandbox-control.ts';

const answer = z.object({
  activities: z.array(
    z.object({
      text: z.string(),
      value: z.unknown().optional(),
      suggestedActions: z
        .object({ actions: z.array(z.object({ title: z.string(), value: z.unknown() })) })
        .optional(),
    }),
  ),
});

export interface Said {
  readonly text: string;
  readonly buttons: readonly string[];
  readonly data: unknown;
}

export interface ProductOptions {
  readonly clock: Clock;
  readonly env?: Readonly<Record<string, string>>;
  readonly channels?: NonNullable<Overrides['channels']>;
}

export interface Product {
  readonly origin: () => string;
  readonly control: SandboxControl;
  readonly folder: string;
  readonly logLines: readonly string[];
  /** One message of a person; every reply of that turn. */
  say(conversation: string, text: string, channelId?: string): Promise<readonly Said[]>;
  /** Any body at all to /api/messages. */
  post(
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Stops Bookadoc and starts it again on the same folder; the sandbox, in the same process, starts again too. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openProduct(options: ProductOptions): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'bookadoc-product-'));
  const logLines: string[] = [];
  const note: Log['info'] = (event, fields) => logLines.push(JSON.stringify({ event, ...fields }));
  const log: Log = { info: note, warn: note, error: note };

  const start = async (): Promise<Bookadoc> => {
    const env = {
      DATA_DIR: join(folder, 'store'),
      PORT: '0',
      SANDBOX_PORT: '0',
      PRACTICE_NAME: 'Riverbend Family Practice',
      PRACTICE_PHONE: '555-0100',
      // Tests write faster than people.
      RATE_USER_PER_MINUTE: '1000000',
      RATE_API_PER_MINUTE: '1000000',
      ...options.env,
    };
    const started = await startBookadoc(env, {
      clock: options.clock,
      log,
      ehrLimits: { perHour: 1_000_000, perSecond: 1_000_000 },
      identityCallsPerHour: 1_000_000,
      ...(options.channels === undefined ? {} : { channels: options.channels }),
    });
    if (!started.ok) throw new Error(started.error.join(' '));
    await started.value.ehrStarted;
    return started.value;
  };
  const controlOf = async ({ sandbox }: Bookadoc): Promise<SandboxControl> => {
    if (sandbox === undefined) throw new Error('no sandbox');
    const control = createSandboxControl(sandbox.origin);
    await control.limits(1_000_000, 1_000_000);
    return control;
  };

  let bookadoc = await start();
  let control = await controlOf(bookadoc);
  let messages = 0;
  const post: Product['post'] = async (body, headers = {}) => {
    const reply = await fetch(`${bookadoc.origin}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: reply.status, body: await reply.text() };
  };
  return {
    origin: () => bookadoc.origin,
    get control() {
      return control;
    },
    folder,
    logLines,
    async say(conversation, text, channelId = 'webchat') {
      messages += 1;
      const { status, body } = await post({
        type: 'message',
        id: `m${messages}`,
        channelId,
        serviceUrl: 'http://127.0.0.1:9/',
        conversation: { id: conversation },
        from: { id: `user-of-${conversation}` },
        recipient: { id: 'bot' },
        locale: 'en-US',
        deliveryMode: 'expectReplies',
        text,
      });
      if (status !== 200) throw new Error(`/api/messages answered ${status}`);
      return answer.parse(JSON.parse(body)).activities.map((activity) => ({
        text: activity.text,
        buttons: activity.suggestedActions?.actions.map(({ title }) => title) ?? [],
        data: activity.value,
      }));
    },
    post,
    async restart() {
      await bookadoc.stop();
      bookadoc = await start();
      control = await controlOf(bookadoc);
    },
    async close() {
      await bookadoc.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A clock that starts where a test wants and then runs as fast as the real one. */
export function createRunningClock(instant: string): Clock {
  const offset = Date.parse(instant) - performance.now();
  return {
    now: () => Math.floor(offset + performance.now()),
    sleep: (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
      }),
  };
}
