// Records: an answer to the question that was asked, by its slot's name; what is no definite answer becomes a question.
import { choose, exactly } from './choose.ts';
import { readChange, readYesNo, slotNamed } from './commands.ts';
import { finish } from './finish.ts';
import { recordWho } from './identify.ts';
import { type ListedSlot, listed, optionsFor, optionsOf, withChoice } from './lists.ts';
import { type Memory, newMemory, type SlotName } from './memory.ts';
import { missed } from './miss.ts';
import { askChange, cannotLook, reopened } from './outcomes.ts';
import { recordWhen, understoodWhen } from './record-when.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { loneNumber } from './words.ts';

/** Records an answer to the open question. A memory without one (a restart in between) only has it asked again. */
export async function record(turn: Turn, memory: Memory): Promise<Step> {
  const change = memory.asked === 'who' ? undefined : readChange(turn.text);
  switch (memory.asked) {
    case undefined:
    case 'retry':
      return goOn(memory);
    case 'who':
      return recordWho(turn, memory);
    case 'office':
    case 'doctor':
    case 'visitType':
      return recordListed(turn, memory, memory.asked);
    case 'day':
    case 'time':
      return change !== undefined && change !== memory.asked
        ? changed(turn, memory, change)
        : recordWhen(turn, memory);
    case 'confirm':
      return recordConfirm(turn, memory);
    case 'change':
      return recordChange(turn, memory);
    case 'start-over':
      return recordStartOver(turn, memory);
  }
}

async function recordListed(turn: Turn, memory: Memory, slot: ListedSlot): Promise<Step> {
  const options = await optionsFor(turn.desk, slot, memory.draft ?? {});
  if (!options.ok) return cannotLook(turn, memory, options.error);
  // In the order in which they were shown, so that a number means what the patient saw.
  const shown = (memory.shown ?? []).flatMap((key) => options.value.filter((option) => option.key === key));
  const chosen = choose(turn.text, shown);
  const rest = options.value.filter(({ key }) => !shown.some((option) => option.key === key));
  const other =
    chosen.kind === 'none' && loneNumber(turn.text) === undefined ? choose(turn.text, rest) : chosen;
  if (other.kind === 'several') {
    const keys = other.keys;
    return waitFor(
      memory,
      slot,
      wordsFor(memory).askWhich(),
      options.value.filter(({ key }) => keys.includes(key)),
    );
  }
  if (other.kind === 'one') return goOn(answeredListed(memory, slot, other.key));
  const change = readChange(turn.text);
  if (change !== undefined && change !== slot) return changed(turn, memory, change);
  return missed(turn, memory, 'choice');
}

function answeredListed(memory: Memory, slot: ListedSlot, id: string): Memory {
  const draft = withChoice(memory.draft ?? {}, slot, id);
  const others = (memory.answered ?? []).filter((answered) => answered !== slot);
  return { ...memory, draft, answered: [...others, slot], page: undefined, misses: undefined };
}

// Where choices are buttons without numbers, a number is no explicit yes: a "1" sent twice for the time must not book.
const buttonChannels = new Set(['webchat', 'directline', 'emulator']);

async function recordConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const isNumber = loneNumber(turn.text) !== undefined;
  const shown = exactly(turn.text, optionsOf(memory, memory.shown ?? []));
  const picked = isNumber && shown === 'yes' && buttonChannels.has(turn.channel) ? undefined : shown;
  // On SMS "yes" belongs to the carrier (it opts a number back in), so there it books nothing.
  const isCarriers = turn.channel === 'sms' && /^\W*yes\W*$/i.test(turn.text);
  const answer = picked ?? (isCarriers ? undefined : readYesNo(turn.text));
  if (answer === 'yes') return finish(turn, memory);
  if (answer === 'no') return askChange(turn, memory);
  const change = readChange(turn.text);
  if (change !== undefined) return changed(turn, memory, change);
  if (!isNumber) {
    const when = await understoodWhen(turn, memory);
    if (when !== undefined) return when;
  }
  return missed(turn, memory, 'confirm');
}

/** Reopens one slot: only it and what depends on it are asked again. A list of one has nothing to change to. */
async function changed(turn: Turn, memory: Memory, slot: Exclude<SlotName, 'confirm'>): Promise<Step> {
  if (slot !== 'day' && slot !== 'time' && slot !== 'who') {
    const options = await optionsFor(turn.desk, slot, memory.draft ?? {});
    if (!options.ok) return cannotLook(turn, memory, options.error);
    if (options.value.length < 2) return goOn(memory, wordsFor(memory).onlyOne(slot));
  }
  return goOn(reopened(memory, slot));
}

async function recordChange(turn: Turn, memory: Memory): Promise<Step> {
  const options = optionsOf(memory, memory.shown ?? []);
  const chosen = choose(turn.text, options);
  const key = chosen.kind === 'one' ? chosen.key : undefined;
  if (key === 'start-over') return askStartOver(memory);
  const slot = [...listed, 'day' as const, 'time' as const, 'who' as const].find(
    (name) => key === `change:${name}`,
  );
  const named = slot ?? slotNamed(turn.text);
  if (named !== undefined) return changed(turn, memory, named);
  if (readYesNo(turn.text) === 'no') return goOn(memory);
  if (memory.draft?.day !== undefined && loneNumber(turn.text) === undefined) {
    const when = await understoodWhen(turn, memory);
    if (when !== undefined) return when;
  }
  const miss = await missed(turn, memory, 'choice');
  const again = await askChange(turn, miss.memory);
  return { ...again, replies: [...miss.replies, ...again.replies] };
}

/** "Start over" drops answers, so it is asked about first. */
export const askStartOver = (memory: Memory): Step =>
  waitFor(
    memory,
    'start-over',
    wordsFor(memory).askStartOver(),
    optionsOf(memory, ['start-over', 'keep-going']),
  );

function recordStartOver(turn: Turn, memory: Memory): Step {
  const chosen = choose(turn.text, optionsOf(memory, memory.shown ?? []));
  const isYes = readYesNo(turn.text) === 'yes' || (chosen.kind === 'one' && chosen.key === 'start-over');
  if (!isYes) return goOn({ ...memory, misses: undefined });
  const { language, languageChosen, lastTurnMs } = memory;
  const fresh = { ...newMemory(language, lastTurnMs), languageChosen, draft: {} };
  return goOn(fresh, wordsFor(fresh).startedOver());
}
