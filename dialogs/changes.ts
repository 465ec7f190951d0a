// Changes of answers given before: by a sentence, by a slot's name; and what to do with a text that is neither answer nor change.
import { isGoodbye } from './answers.ts';
import { beginVisits, sayingOf } from './begin-task.ts';
import { fill, mentioned } from './fill.ts';
import type { Heard } from './hear.ts';
import { answerCommand } from './interrupt.ts';
import type { Memory, SlotName } from './memory.ts';
import { missed } from './miss.ts';
import { optionsFor } from './options.ts';
import { cannotLook, reopened } from './outcomes.ts';
import type { MissKind } from './phrases/index.ts';
import { understoodWhen } from './record-when.ts';
import { onlyTheTime } from './reschedule.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import { fitting } from './visits.ts';

/** No answer to the question: perhaps about a visit on file, or a call for help; else a miss. */
export async function unanswered(turn: Turn, memory: Memory, said: Heard, kind: MissKind): Promise<Step> {
  if (isGoodbye(turn.text)) return answerCommand('stop', turn, memory);
  const command = said.intent === undefined ? undefined : commandOf[said.intent];
  return command === undefined ? missed(turn, memory, kind) : answerCommand(command, turn, memory);
}

const commandOf = {
  see: 'see',
  move: 'move',
  cancel: 'call-off',
  person: 'person',
  help: 'help',
  book: undefined,
} as const;

/** "I can't come to my appointment on Friday" is about a visit on file, and its Friday is no answer; so is a move while no day is chosen that could be changed. */
export async function aboutVisits(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  const { draft = {} } = memory;
  if (draft.moving !== undefined) {
    // "Move my Thursday visit to Friday", while another one is being moved.
    const { about, wish } = said.intent === 'move' ? await sayingOf(turn, memory, 'move') : {};
    const isOther = about !== undefined && wish !== undefined && fitting([draft.moving], about).length === 0;
    return isOther ? beginVisits(turn, memory, 'move') : undefined;
  }
  const isMove = said.intent === 'move' && draft.day === undefined && draft.wish === undefined;
  return said.intent === 'see' || said.intent === 'cancel' || isMove
    ? beginVisits(turn, memory, said.intent === 'see' || said.intent === 'cancel' ? said.intent : 'move')
    : undefined;
}

/** What a visit that is being moved keeps: another doctor, office or kind is another visit. */
export async function beyondMove(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  if (memory.draft?.moving === undefined) return undefined;
  const isBeyond = [...mentioned(said)].some((slot) => slot !== 'day' && slot !== 'time');
  return isBeyond ? onlyTheTime(turn, memory) : undefined;
}

/** A change of one slot by name ("another doctor") asks for it anew; everything else that is named is filled. */
export async function changedBy(turn: Turn, memory: Memory, said: Heard): Promise<Step> {
  const [slot, second] = said.reopen ?? [];
  const { reopen: _, ...named } = said;
  if (slot !== undefined && second === undefined && mentioned(named).size === 0)
    return changed(turn, memory, slot);
  return (await fill(turn, memory, said)) ?? missed(turn, memory, 'choice');
}

/** Whatever a sentence changes about a booking that is as good as whole. */
export async function corrected(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  const slots = mentioned(said);
  if (slots.size === 0) return undefined;
  if ([...slots].some((slot) => slot !== 'day' && slot !== 'time') || (said.reopen ?? []).length > 0)
    return changedBy(turn, memory, said);
  return (await understoodWhen(turn, memory, said)) ?? fill(turn, memory, said);
}

/** Reopens one slot: only it and what depends on it are asked again. A list of one has nothing to change to. */
export async function changed(turn: Turn, memory: Memory, slot: Exclude<SlotName, 'confirm'>): Promise<Step> {
  if (slot !== 'day' && slot !== 'time' && slot !== 'who') {
    const options = await optionsFor(turn.desk, slot, memory.draft ?? {});
    if (!options.ok) return cannotLook(turn, memory, options.error);
    if (options.value.length < 2) return goOn(memory, wordsFor(memory).onlyOne(slot));
  }
  return goOn(reopened(memory, slot));
}
