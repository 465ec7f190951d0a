// The ask/record loop over one flat WaterfallDialog: the only code, with root.ts, that knows step contexts.
import { type ConversationState, NullTelemetryClient, type TurnContext } from 'botbuilder';
import type { DialogContext, DialogState, DialogTurnResult, WaterfallStep } from 'botbuilder-dialogs';
// Not through the package's front door: that also loads its recognizers, a third of the start.
import { Dialog, DialogReason } from 'botbuilder-dialogs/lib/dialog.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog.js';
import { WaterfallStepContext } from 'botbuilder-dialogs/lib/waterfallStepContext.js';
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

/** More turns than this are seldom under way at once. */
const maxSpare = 32;

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

/** The fields of a step that change from turn to turn; the step's context reads them anew each time. */
interface StepInfo {
  index: number;
  reason: DialogReason;
  result: unknown;
  options: object;
  values: object;
}

/**
 * A waterfall of two steps, ask and record, that records whenever the patient writes: the stored step index is not even
 * read, and no turn pays for ending one dialog and beginning the next (a third of the library's cost of a turn).
 */
class AskRecordDialog extends WaterfallDialog {
  private readonly made = new WeakMap<DialogContext, { step: WaterfallStepContext; info: StepInfo }>();
  private readonly run: Readonly<Record<number, WaterfallStep>>;

  constructor(id: string, ask: WaterfallStep, record: WaterfallStep) {
    super(id, [ask, record]);
    this.run = [ask, record];
  }

  /** The SDK's own puts together a report on the step: only if somebody listens. */
  protected override onStep(step: WaterfallStepContext): Promise<DialogTurnResult> {
    const run = this.telemetryClient instanceof NullTelemetryClient ? this.run[step.index] : undefined;
    return run === undefined ? super.onStep(step) : run(step);
  }

  override continueDialog(dialog: DialogContext): Promise<DialogTurnResult> {
    return this.resumeDialog(dialog, DialogReason.continueCalled, dialog.context.activity.text);
  }

  override resumeDialog(
    dialog: DialogContext,
    reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    return this.runStep(dialog, 1, reason, result);
  }

  /** As the SDK's, with a step's context that is made once for each dialog context. */
  protected override runStep(
    dialog: DialogContext,
    index: number,
    reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    const { state } = dialog.stack.at(-1) ?? { state: {} };
    state.stepIndex = index;
    const { step, info } = this.made.get(dialog) ?? this.make(dialog);
    step.context = dialog.context;
    step.stack = dialog.stack;
    Object.assign(info, { index, reason, result, options: state.options, values: state.values });
    return this.onStep(step);
  }

  private make(dialog: DialogContext): { step: WaterfallStepContext; info: StepInfo } {
    const info = {
      index: 0,
      reason: DialogReason.beginCalled,
      result: undefined,
      options: {},
      values: {},
      onNext: (result: unknown) => this.resumeDialog(dialog, DialogReason.nextCalled, result),
    };
    const made = { step: new WaterfallStepContext(dialog, info), info };
    this.made.set(dialog, made);
    return made;
  }
}

/** The flow as one flat dialog. A redeploy can add questions: only the names of slots are stored. */
export function createFlow(state: ConversationState, id: string, flow: Flow): FlowRunner {
  const stored = state.createProperty<DialogState>('dialog');
  const dialogs = new DialogSet(stored);
  const asked = async (step: WaterfallStepContext, current: Running) => {
    const next = take(current, await flow.ask(current.turn, current.memory));
    return next === 'end' ? step.endDialog() : Dialog.EndOfTurn;
  };
  const ask = async (step: WaterfallStepContext) => asked(step, running(step));
  const record = async (step: WaterfallStepContext) => {
    const current = running(step);
    const next = take(current, await flow.record(current.turn, current.memory));
    if (next === 'ask') return asked(step, current);
    return next === 'end' ? step.endDialog() : Dialog.EndOfTurn;
  };
  const askRecord = new AskRecordDialog(id, ask, record);
  dialogs.add(askRecord);
  /** Contexts that no turn uses: the SDK takes longer to make one than for both steps. */
  const spare: DialogContext[] = [];

  const contextFor = async (context: TurnContext): Promise<DialogContext> => {
    const kept = spare.pop();
    if (kept === undefined) return dialogs.createContext(context);
    const saved = await stored.get(context, { dialogStack: [] });
    if (!Array.isArray(saved.dialogStack)) saved.dialogStack = [];
    kept.context = context;
    kept.stack = saved.dialogStack;
    return kept;
  };

  return {
    async run(context, turn, memory, how) {
      const current: Running = { turn, memory, replies: [] };
      context.turnState.set(runningKey, current);
      const dialog = await contextFor(context);
      // A stack of another release, or none though a question is open: the memory knows better, so begin at its question.
      if (how === 'continue' && dialog.stack.length === 1 && dialog.activeDialog?.id === id) {
        await askRecord.continueDialog(dialog);
      } else {
        dialog.stack.length = 0;
        dialog.stack.push({ id, state: {} });
        await askRecord.beginDialog(dialog);
      }
      if (spare.length < maxSpare) spare.push(dialog);
      return { memory: current.memory, replies: current.replies };
    },
  };
}
