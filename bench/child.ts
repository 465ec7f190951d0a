// A bench process, seen from the bench: started with its settings, asked over IPC, stopped at the end.
import { fork } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Child<Ready> {
  readonly ready: Ready;
  ask<T>(command: string, answer: z.ZodType<T>, payload?: unknown): Promise<T>;
  stop(): Promise<void>;
}

const reply = z.object({ id: z.number(), value: z.unknown().optional(), error: z.string().optional() });

/** Starts `file` (beside this one) and waits until it is ready. What it prints goes to a file, shown if it fails. */
export async function startChild<Ready>(
  file: string,
  ready: z.ZodType<Ready>,
  settings: unknown = {},
  execArgv: readonly string[] = [],
): Promise<Child<Ready>> {
  const printed = join(mkdtempSync(join(tmpdir(), 'bookadoc-bench-')), 'printed.log');
  const output = openSync(printed, 'a');
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(settings)], {
    execArgv: [...execArgv],
    stdio: ['ignore', output, output, 'ipc'],
  });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  const expect = (id: number): Promise<unknown> => {
    const waiting = Promise.withResolvers<unknown>();
    open.set(id, waiting);
    return waiting.promise;
  };
  child.on('message', (raw) => {
    const { id, value, error } = reply.parse(raw);
    if (error === undefined) open.get(id)?.resolve(value);
    else open.get(id)?.reject(new Error(`${file}: ${error}`));
    open.delete(id);
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code) => {
      const said = code === 0 ? '' : readFileSync(printed, 'utf8');
      for (const waiting of open.values()) waiting.reject(new Error(`${file} ended with ${code}\n${said}`));
      resolve();
    }),
  );
  let id = 0;
  const said = ready.parse(await expect(0));
  return {
    ready: said,
    async ask(command, answer, payload) {
      id += 1;
      const answered = expect(id);
      child.send({ id, command, payload });
      return answer.parse(await answered);
    },
    async stop() {
      id += 1;
      child.send({ id, command: 'stop' });
      await ended;
    },
  };
}

/** Microseconds of CPU that the process has used while `work` ran. */
export async function cpuOf<T>(
  child: Child<unknown>,
  work: () => Promise<T>,
): Promise<{ readonly micros: number; readonly value: T }> {
  const before = await child.ask('cpu', z.number());
  const value = await work();
  return { micros: (await child.ask('cpu', z.number())) - before, value };
}
