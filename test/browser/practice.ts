// The whole product for the browser tests: a Bookadoc of its own in a temporary folder, on Monday, February 10, 2025, or when it is told.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Bookadoc, startBookadoc } from '../../bot/main.ts';

const usualStart = Date.parse('2025-02-10T15:00:00Z');

export interface Practice {
  readonly origin: string;
  readonly now: () => number;
  readonly sandbox: { readonly origin: string; readonly curlToken: string };
  /** Stops the program; `start` starts it again on the same port and folder. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops and leaves nothing behind. */
  close(): Promise<void>;
}

export async function openPractice(startedAt = usualStart): Promise<Practice> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-browser-'));
  const now = () => startedAt + performance.now();
  const clock = { now, sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
  const log = { info() {}, warn() {}, error() {} };

  async function run(port: string): Promise<Bookadoc> {
    const env = {
      DATA_DIR: path.join(folder, 'store'),
      PORT: port,
      SANDBOX_PORT: '0',
      PRACTICE_NAME: 'Riverbend Family Practice',
    };
    const started = await startBookadoc(env, { clock, log });
    if (!started.ok) throw new Error(started.error.join(' '));
    await started.value.ehrStarted;
    return started.value;
  }

  let bookadoc = await run('0');
  const { origin, sandbox } = bookadoc;
  if (sandbox === undefined) throw new Error('the sandbox practice is missing');
  return {
    origin,
    now,
    sandbox,
    stop: () => bookadoc.stop(),
    async start() {
      bookadoc = await run(new URL(origin).port);
    },
    async close() {
      await bookadoc.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
