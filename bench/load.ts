// The load generator, a process of its own: so many whole booking conversations, so many at a time.
import { z } from 'zod';
import { bookVisit } from './patient.ts';
import { person } from './people.ts';
import { serve } from './served.ts';
import { type Line, type Mode, openLine } from './talk.ts';

const run = z.object({
  origin: z.string(),
  mode: z.enum(['expectReplies', 'connector']),
  /** Number of the first patient; every conversation has the next one. */
  first: z.number(),
  conversations: z.number(),
  concurrency: z.number(),
});

const lines = new Map<string, Promise<Line>>();
const taken = new Map<string, Set<string>>();

function lineTo(origin: string, mode: Mode): Promise<Line> {
  const key = `${origin}|${mode}`;
  const line = lines.get(key) ?? openLine(origin, mode);
  lines.set(key, line);
  return line;
}

async function bookAll(payload: unknown): Promise<{ turns: number; detours: number }> {
  const { origin, mode, first, conversations, concurrency } = run.parse(payload);
  const line = await lineTo(origin, mode);
  const times = taken.get(origin) ?? new Set<string>();
  taken.set(origin, times);
  let next = first;
  let turns = 0;
  let detours = 0;
  const lane = async (): Promise<void> => {
    while (next < first + conversations) {
      const number = next;
      next += 1;
      const booked = await bookVisit(line.user(`${mode}-${number}`), person(number), number, times);
      turns += booked.turns;
      if (booked.turns !== 10) detours += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { turns, detours };
}

serve({}, { bookAll }, async () => {
  for (const line of lines.values()) await (await line).close();
});
