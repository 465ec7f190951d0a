// A bench process, seen from inside: answers the bench's questions over IPC, its own CPU time and heap among them.
import { z } from 'zod';

const question = z.object({ id: z.number(), command: z.string(), payload: z.unknown().optional() });

export type Answers = Readonly<Record<string, (payload: unknown) => unknown>>;

const measures: Answers = {
  /** Microseconds of CPU, user and system, of every thread of this process since it started. */
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Bytes in use after two collections: on the heap, and in buffers outside of it. */
  heap() {
    if (globalThis.gc === undefined) throw new Error('the process was started without --expose-gc');
    globalThis.gc();
    globalThis.gc();
    const { heapUsed, external } = process.memoryUsage();
    return { heapUsed, external };
  },
};

/** What the bench has given this process to start with. */
export const given = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** Says that the process is ready, and answers until it is told to stop or the bench goes away. */
export function serve(ready: unknown, answers: Answers, stop: () => Promise<void> | void): void {
  const all: Answers = { ...measures, ...answers, stop };
  const answer = async (raw: unknown): Promise<void> => {
    const { id, command, payload } = question.parse(raw);
    try {
      process.send?.({ id, value: await all[command]?.(payload) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
    }
    if (command === 'stop') process.disconnect();
  };
  process.on('message', (raw) => void answer(raw));
  process.on('disconnect', () => process.exit(0));
  process.send?.({ id: 0, value: ready });
}
