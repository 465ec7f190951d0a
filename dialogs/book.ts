// The booking flow: its questions, its answers, and the words that interrupt it everywhere.
import { ask } from './ask.ts';
import { takeBack, wantsUndo } from './cancel.ts';
import type { Flow } from './flow.ts';
import { interrupted } from './interrupt.ts';
import { record } from './record.ts';

export const bookFlow: Flow = {
  ask,
  async record(turn, memory) {
    if (wantsUndo(turn, memory)) return takeBack(turn, memory);
    return (turn.picked === undefined ? await interrupted(turn, memory) : undefined) ?? record(turn, memory);
  },
};
