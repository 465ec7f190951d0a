// The ask/record loop over one flat WaterfallDialog: the only code, with root.ts, that knows step contexts.
import type { ConversationState, TurnContext } from 'botbuilder';
import type { DialogContext, DialogReason, DialogTurnResult, WaterfallStepContext } from 'botbuilder-dialogs';
// Not through the package's front door: that also loads its recognizers, a third of the start.
import { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';
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
}

const runningKey = Symbol('running');
/** Where the SDK looks for its memory scopes and path resolvers, which know nothing of a turn. */
const pathsKey = 'DialogStateManagerConfiguration';

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

/**
 * A waterfall of two steps, ask and record, that records whenever the patient writes: the stored step index is not even
 * read, and no turn pays for ending one dialog and beginning the next (a third of the library's cost of a turn).
 */
class AskRecordDialog extends WaterfallDialog {
  override resumeDialog(dialog: DialogContext, reason: DialogReason): Promise<DialogTurnResult> {
    return this.runStep(dialog, 1, reason, undefined);
  }
}

/** The flow as one flat dialog. A redeploy can add questions: only the names of slots are stored. */
export function createFlow(state: ConversationState, id: string, flow: Flow): FlowRunner {
  const dialogs = new DialogSet(state.createProperty('dialog'));
  const asked = async (step: WaterfallStepContext, current: Running) => {
    const next = take(current, await flow.ask(current.turn, current.memory));
    return next === 'end' ? step.endDialog() : Dialog.EndOfTurn;
  };
  dialogs.add(
    new AskRecordDialog(id, [
      (step) => asked(step, running(step)),
      async (step) => {
        const current = running(step);
        const next = take(current, await flow.record(current.turn, current.memory));
        if (next === 'ask') return asked(step, current);
        return next === 'end' ? step.endDialog() : Dialog.EndOfTurn;
      },
    ]),
  );
  let paths: unknown;
  return {
    async run(context, turn, memory, how) {
      const current: Running = { turn, memory, replies: [] };
      context.turnState.set(runningKey, current);
      // Kept from turn to turn: the SDK would put it together anew for each, which costs as much as the two steps.
      if (paths !== undefined) context.turnState.set(pathsKey, paths);
      const dialog = await dialogs.createContext(context);
      paths = context.turnState.get(pathsKey);
      // A stack of another release, or none though a question is open: the memory knows better, so begin at its question.
      if (how === 'continue' && dialog.stack.length === 1 && dialog.activeDialog?.id === id) {
        await dialog.continueDialog();
      } else {
        dialog.stack.length = 0;
        await dialog.beginDialog(id);
      }
      return { memory: current.memory, replies: current.replies };
    },
  };
}
