// Words that work at every question: each answers at once and leaves the open question, or the way back, as it was.

import { type Command, readCommand } from './commands.ts';
import { phoneFor } from './lists.ts';
import { idle, type Memory } from './memory.ts';
import { reopened } from './outcomes.ts';
import { askStartOver } from './start-over.ts';
import { goOn, type Step, say, type Turn, wordsFor } from './turn.ts';

/** The step that a command asks for; undefined if the text is none, and so is an answer. */
export async function interrupted(turn: Turn, memory: Memory): Promise<Step | undefined> {
  // While "start over?" is open, the same words are its yes.
  const command = readCommand(turn.text, memory.asked !== undefined);
  if (command === undefined || (command === 'start-over' && memory.asked === 'start-over')) return undefined;
  return answerCommand(command, turn, memory);
}

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
  'not-yet': async (turn, memory) => goOn(memory, wordsFor(memory).notYet(await phone(turn, memory))),
  spanish: (_turn, memory) => inLanguage(memory, 'es'),
  english: (_turn, memory) => inLanguage(memory, 'en'),
  repeat: (_turn, memory) => goOn(memory),
  'start-over': (_turn, memory) => (memory.draft === undefined ? goOn(memory) : askStartOver(memory)),
  stop: (_turn, memory) => ({
    memory: idle(memory),
    replies: [say(memory, wordsFor(memory).stopped())],
    next: 'end',
  }),
  back: (_turn, memory) => back(memory),
};

/** Reopens the last thing that the patient answered; half a claim goes first, who it is for last; then the very first question stays. */
function back(memory: Memory): Step {
  if (memory.draft?.firstName !== undefined) return goOn(reopened(memory, 'who'));
  if (memory.asked === 'change' || memory.asked === 'start-over') return goOn(memory);
  // In a second booking "who" was answered in the first one: back from its first question asks for whom this one is.
  const last = memory.answered?.at(-1) ?? (memory.who === undefined ? undefined : 'who');
  return last === undefined ? goOn(memory, wordsFor(memory).nothingBefore()) : goOn(reopened(memory, last));
}
