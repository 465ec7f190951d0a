// The ask/record loop over one flat WaterfallDialog: the only code, with root.ts, that knows step contexts.
import type { ConversationState, TurnContext } from 'botbuilder';
import { Dialog, DialogSet, WaterfallDialog, type WaterfallStepContext } from 'botbuilder-dialogs';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';
import type { Step, Turn } from './turn.ts';

/** A conversation's questions. Both are functions of the memory: nothing is kept in a step's index or in its options. */
export interface Flow {
  ask(turn: Turn, memory: Memory): Promise<Step>;
  record(turn: Turn, memory: Memory): Promise<Step>;
}

/** What a turn has come to so far; rides on the turn context, because the waterfall's steps get nothing else. */
interface Running {
  readonly turn: Turn;
  memory: Memory;
  replies: readonly Reply[];
  isAsked: boolean;
}

const runningKey = Symbol('running');

function running(step: WaterfallStepContext): Running {
  const found = step.context.turnState.get<Running | undefined>(runningKey);
  if (found === undefined) throw new Error('The flow was continued outside of its turn: use runFlow');
  return found;
}

function take(state: Running, { memory, replies, next }: Step): Step['next'] {
  state.memory = memory;
  state.replies = [...state.replies, ...replies];
  return next;
}

export interface FlowRunner {
  /** Runs one turn of the flow: begins it, or records the answer and asks on. The dialog's own state is kept by botbuilder. */
  run(
    context: TurnContext,
    turn: Turn,
    memory: Memory,
    how: 'begin' | 'continue',
  ): Promise<{ readonly memory: Memory; readonly replies: readonly Reply[] }>;
}

/** One waterfall of two steps: ask; then record and begin again. A redeploy can add questions: only their names are stored. */
export function createFlow(state: ConversationState, id: string, flow: Flow): FlowRunner {
  const dialogs = new DialogSet(state.createProperty('dialog'));
  dialogs.add(
    new WaterfallDialog(id, [
      async (step) => {
        const current = running(step);
        if (current.isAsked) return Dialog.EndOfTurn;
        const next = take(current, await flow.ask(current.turn, current.memory));
        return next === 'end' ? step.endDialog() : Dialog.EndOfTurn;
      },
      async (step) => {
        const current = running(step);
        const next = take(current, await flow.record(current.turn, current.memory));
        if (next === 'end') return step.endDialog();
        current.isAsked = next === 'wait';
        return step.replaceDialog(id);
      },
    ]),
  );
  return {
    async run(context, turn, memory, how) {
      const current: Running = { turn, memory, replies: [], isAsked: false };
      context.turnState.set(runningKey, current);
      const dialog = await dialogs.createContext(context);
      // A stack of another release, or none though a question is open: the memory knows better, so begin at its question.
      if (dialog.activeDialog !== undefined && dialog.activeDialog.id !== id) dialog.stack.length = 0;
      if (how === 'continue' && dialog.activeDialog !== undefined) {
        await dialog.continueDialog();
      } else {
        dialog.stack.length = 0;
        await dialog.beginDialog(id);
      }
      return { memory: current.memory, replies: current.replies };
    },
  };
}
