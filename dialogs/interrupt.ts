// Words that work at every question: each answers at once and leaves the open question, or the way back, as it was.

import { plain } from './answers.ts';
import { beginData, beginVisits } from './begin-task.ts';
import type { Command } from './command-words.ts';
import { readCommand } from './commands.ts';
import { phoneFor } from './lists.ts';
import { idle, type Memory, withoutWho } from './memory.ts';
import { reopened } from './outcomes.ts';
import { leaveMove } from './reschedule.ts';
import { askStartOver } from './start-over.ts';
import { goOn, type Step, say, type Turn, wordsFor } from './turn.ts';
import { takeBack, wantsUndo } from './undo.ts';
import { ended } from './visits.ts';

/** The step that a command asks for; undefined if the text is none, and so is an answer. */
export async function interrupted(turn: Turn, memory: Memory): Promise<Step | undefined> {
  if (wantsUndo(turn, memory)) return takeBack(turn, memory);
  // While "start over?" is open, the same words are its yes.
  const command = readCommand(turn.text, memory.asked !== undefined);
  if (command === undefined || (command === 'start-over' && memory.asked === 'start-over')) return undefined;
  // Among visits, "cancel" is about one of them, and "move it" about the one that is shown.
  const isOfTask = memory.asked === 'visit' || memory.asked === 'act' || memory.asked === 'cancel';
  if (isOfTask && (ofVisits.has(command) || (command === 'stop' && isBareCancel(turn.text))))
    return undefined;
  return answerCommand(command, turn, memory);
}

const ofVisits: ReadonlySet<Command> = new Set(['move', 'call-off']);
const isBareCancel = (text: string): boolean => /^(?:cancel|cancelar)$/.test(plain(text));

export const answerCommand = async (command: Command, turn: Turn, memory: Memory): Promise<Step> =>
  answers[command](turn, memory);

const phone = (turn: Turn, memory: Memory): Promise<string> => phoneFor(turn.desk, memory);

const inLanguage = (memory: Memory, language: Memory['language']): Step => {
  const switched = { ...memory, language, languageChosen: true };
  return goOn(switched, wordsFor(switched).languageSwitched());
};

const answers: Readonly<Record<Command, (turn: Turn, memory: Memory) => Promise<Step> | Step>> = {
  help: async (turn, memory) =>
    goOn(memory, wordsFor(memory).help(await phone(turn, memory), turn.channel === 'sms')),
  person: async (turn, memory) => goOn(memory, wordsFor(memory).person(await phone(turn, memory))),
  see: (turn, memory) => beginVisits(turn, memory, 'see'),
  move: (turn, memory) => beginVisits(turn, memory, 'move'),
  'call-off': (turn, memory) => beginVisits(turn, memory, 'cancel'),
  late: async (turn, memory) => goOn(memory, wordsFor(memory).late(await phone(turn, memory))),
  'show-data': (_turn, memory) => beginData(memory, 'show-data'),
  'delete-data': (_turn, memory) => beginData(memory, 'delete-data'),
  'sign-out': (_turn, memory) => signedOut(memory),
  spanish: (_turn, memory) => inLanguage(memory, 'es'),
  english: (_turn, memory) => inLanguage(memory, 'en'),
  repeat: (_turn, memory) => goOn(memory),
  'start-over': (_turn, memory) => (memory.draft === undefined ? goOn(memory) : askStartOver(memory)),
  stop: (_turn, memory) => {
    const { moving } = memory.draft ?? {};
    if (moving !== undefined) return leaveMove(memory, moving);
    if (memory.task !== undefined) return ended(memory, wordsFor(memory).leftAsIs());
    return { memory: idle(memory), replies: [say(memory, wordsFor(memory).stopped())], next: 'end' };
  },
  back: (_turn, memory) => back(memory),
};

/** Who it was, and everything that was said or shown because of it, is dropped; what a booking under way has beside it stays. */
function signedOut(memory: Memory): Step {
  const { draft, task: _task, aside: _aside, ...rest } = withoutWho(memory);
  const words = wordsFor(memory);
  return {
    memory: { ...idle({ ...rest, who: undefined }), language: memory.language },
    replies: [
      say(memory, memory.who === undefined && draft === undefined ? words.notSignedIn() : words.signedOut()),
    ],
    next: 'end',
  };
}

/** Reopens the last thing that the patient answered; half a claim goes first, who it is for last; then the very first question stays. */
function back(memory: Memory): Step {
  const { task } = memory;
  if (memory.draft?.firstName !== undefined) return goOn(reopened(memory, 'who'));
  if (task !== undefined && 'chosen' in task && (task.visits ?? []).length > 1)
    return goOn({ ...memory, task: { ...task, kind: 'see', chosen: undefined, about: undefined } });
  if (task !== undefined) return ended(memory, wordsFor(memory).leftAsIs());
  if (memory.asked === 'change' || memory.asked === 'start-over') return goOn(memory);
  // In a second booking "who" was answered in the first one: back from its first question asks for whom this one is.
  const last = memory.answered?.at(-1) ?? (memory.who === undefined ? undefined : 'who');
  return last === undefined ? goOn(memory, wordsFor(memory).nothingBefore()) : goOn(reopened(memory, last));
}
