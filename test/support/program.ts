// Bookadoc as an operator runs it: a process of its own, everything it prints kept, stopped or killed, and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const main = path.join(import.meta.dirname, '../../bot/main.ts');

export interface Program {
  readonly folder: string;
  readonly origin: () => string;
  readonly sandbox: () => string;
  /** All that was printed since the beginning, on both outputs. */
  readonly printed: () => string;
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Ends it as an operator does; its folder stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function runProgram(env: Readonly<Record<string, string>>): Promise<Program> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-program-'));
  let printed = '';
  let child: ChildProcess;
  let origin = '';
  let sandbox = '';

  async function start(): Promise<void> {
    const from = printed.length;
    const started = spawn(process.execPath, [main], {
      cwd: folder,
      env: { PORT: '0', SANDBOX_PORT: '0', DATA_DIR: path.join(folder, 'store'), ...env },
    });
    child = started;
    const listening = Promise.withResolvers<void>();
    const note = (chunk: Buffer): void => {
      printed += chunk.toString();
      const said = printed.slice(from);
      origin = /Chat with the practice: +(\S+)\/chat\n/.exec(said)?.[1] ?? origin;
      sandbox = /Sandbox practice: +(\S+)\n/.exec(said)?.[1] ?? sandbox;
      if (said.includes('Sandbox practice:')) listening.resolve();
    };
    started.stdout.on('data', note);
    started.stderr.on('data', note);
    started.on('exit', () => listening.reject(new Error(`it ended:\n${printed.slice(from)}`)));
    await listening.promise;
  }
  async function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    folder,
    origin: () => origin,
    sandbox: () => sandbox,
    printed: () => printed,
    async restart(signal) {
      await stop(signal);
      await start();
    },
    stop: () => stop('SIGTERM'),
    async close() {
      await stop('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
