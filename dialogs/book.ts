// The booking flow: its questions, its answers, and the words that interrupt it everywhere.
import { ask } from './ask.ts';
import type { Flow } from './flow.ts';
import { interrupted } from './interrupt.ts';
import { record } from './record.ts';

export const bookFlow: Flow = {
  ask,
  record: async (turn, memory) =>
    (turn.picked === undefined ? await interrupted(turn, memory) : undefined) ?? record(turn, memory),
};
