// Records: an answer to the question that was asked, by its slot's name; what is no definite answer becomes a question.

import { isGoodbye, isHalfYes, readYesNo } from './answers.ts';
import { askedAbout, isAnyTime, isOtherTime, isWrongPerson, withoutBareAny } from './beside.ts';
import { atPlace, choose, type Option, picked } from './choose.ts';
import { slotNamed } from './commands.ts';
import { fill, mentioned } from './fill.ts';
import { finish } from './finish.ts';
import { type Heard, hear } from './hear.ts';
import { recordWho } from './identify.ts';
import { answerCommand } from './interrupt.ts';
import { optionsOf, turnedPage } from './lists.ts';
import type { Memory, SlotName } from './memory.ts';
import { type MissKind, missed } from './miss.ts';
import { type ListedSlot, listed, optionsFor, withChoice, withVisit } from './options.ts';
import { askChange, cannotLook, reopened } from './outcomes.ts';
import { recordShown, understoodWhen } from './record-when.ts';
import { askStartOver, recordStartOver } from './start-over.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { fold, loneNumber } from './words.ts';

/** Records an answer to the open question. A memory without one (a restart in between) only has it asked again. */
export async function record(turn: Turn, memory: Memory): Promise<Step> {
  if (memory.shown?.includes('retry') === true && wantsRetry(turn, memory)) return goOn(memory);
  switch (memory.asked) {
    case undefined:
      return goOn(memory);
    case 'retry':
      return goOn({ ...memory, misses: undefined });
    case 'who':
      return recordWho(turn, memory);
    case 'office':
    case 'doctor':
    case 'visitType':
      return recordListed(turn, memory, memory.asked);
    case 'day':
    case 'time':
      return recordTimes(turn, memory, memory.asked);
    case 'confirm':
      return recordConfirm(turn, memory);
    case 'change':
      return recordChange(turn, memory);
    case 'start-over':
      return recordStartOver(turn, memory);
  }
}

/** No answer to the question: perhaps about a visit on file, or a call for help; else a miss. */
async function unanswered(turn: Turn, memory: Memory, said: Heard, kind: MissKind): Promise<Step> {
  if (isGoodbye(turn.text)) return answerCommand('stop', turn, memory);
  const command = said.intent === undefined ? undefined : commandOf[said.intent];
  return command === undefined ? missed(turn, memory, kind) : answerCommand(command, turn, memory);
}

const commandOf = {
  see: 'not-yet',
  move: 'not-yet',
  cancel: 'not-yet',
  person: 'person',
  help: 'help',
  book: undefined,
} as const;

/** A yes to "try again?" is no yes to anything else. */
const wantsRetry = (turn: Turn, memory: Memory): boolean =>
  picked(turn, optionsOf(memory, memory.shown ?? [])) === 'retry' || readYesNo(turn.text) === 'yes';

async function recordListed(turn: Turn, memory: Memory, slot: ListedSlot): Promise<Step> {
  const options = await optionsFor(turn.desk, slot, memory.draft ?? {});
  if (!options.ok) return cannotLook(turn, memory, options.error);
  // In the order in which they were shown, so that a number means what the patient saw.
  const shown = (memory.shown ?? []).flatMap((key) => options.value.filter((option) => option.key === key));
  const paging = optionsOf(
    memory,
    (memory.shown ?? []).filter((key) => key === 'more' || key === 'earlier'),
  );
  const exact = picked(turn, [...shown, ...paging]) ?? atPlace(turn.text, [...shown, ...paging]);
  if (exact === 'more' || exact === 'earlier') return goOn(turnedPage(turn, memory, exact));
  if (exact !== undefined) return goOn(answeredListed(memory, slot, exact, options.value));
  const about = await askedAbout(turn, memory);
  if (about !== undefined) return about;
  const said = withoutBareAny(turn, memory, await hear(turn, memory));
  const chosen = choose(turn.text, shown);
  const slots = mentioned(said);
  if ([...slots].some((other) => other !== slot)) {
    // "Main, any doctor": the list's own short names count beside what the sentence names in full.
    const also = chosen.kind === 'one' && !slots.has(slot);
    const answered = also ? answeredListed(memory, slot, chosen.key, options.value) : memory;
    const filled = await fill(turn, answered, said);
    if (filled !== undefined) return filled;
  }
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
  if (other.kind === 'one') return goOn(answeredListed(memory, slot, other.key, options.value));
  return (await fill(turn, memory, said)) ?? unanswered(turn, memory, said, 'choice');
}

/** Day and time: a definite, open one is taken; what else the sentence names is filled as well. */
async function recordTimes(turn: Turn, memory: Memory, slot: 'day' | 'time'): Promise<Step> {
  const shown = recordShown(turn, memory);
  if (shown !== undefined) return shown;
  const said = withoutBareAny(turn, memory, await hear(turn, memory));
  // "Any time", "the earliest": of the day that was chosen, whose times are shown from the first on.
  if (slot === 'time' && memory.draft?.day !== undefined && isAnyTime(turn, said))
    return goOn({ ...memory, page: 0, misses: undefined }, wordsFor(memory).pickTime());
  const reopens = (said.reopen ?? []).filter((other) => other !== slot);
  const beyond = [...mentioned(said)].some((other) => other !== 'day' && other !== 'time');
  if (beyond || reopens.length > 0) return changedBy(turn, memory, said);
  return (
    (await understoodWhen(turn, memory, said)) ??
    (await fill(turn, memory, said)) ??
    unanswered(turn, memory, said, slot)
  );
}

/** A change of one slot by name ("another doctor") asks for it anew; everything else that is named is filled. */
async function changedBy(turn: Turn, memory: Memory, said: Heard): Promise<Step> {
  const [slot, second] = said.reopen ?? [];
  const { reopen: _, ...named } = said;
  if (slot !== undefined && second === undefined && mentioned(named).size === 0)
    return changed(turn, memory, slot);
  return (await fill(turn, memory, said)) ?? missed(turn, memory, 'choice');
}

function answeredListed(memory: Memory, slot: ListedSlot, key: string, options: readonly Option[]): Memory {
  const before = memory.draft ?? {};
  const draft = slot === 'visitType' ? withVisit(before, options, key) : withChoice(before, slot, key);
  const others = (memory.answered ?? []).filter((answered) => answered !== slot);
  return { ...memory, draft, answered: [...others, slot], page: undefined, misses: undefined };
}

// Where choices are buttons without numbers, a number is no explicit yes: a "1" sent twice for the time must not book.
const buttonChannels = new Set(['webchat', 'directline', 'emulator', 'msteams']);

async function recordConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const isNumber = turn.picked === undefined && loneNumber(turn.text) !== undefined;
  const shown = picked(turn, optionsOf(memory, memory.shown ?? []));
  const exact = isNumber && shown === 'yes' && buttonChannels.has(turn.channel) ? undefined : shown;
  // On SMS "yes" belongs to the carrier (it opts a number back in), so there it books nothing.
  const isCarriers = turn.channel === 'sms' && /^\W*yes\W*$/i.test(turn.text);
  const answer = exact ?? (isCarriers ? undefined : readYesNo(turn.text));
  // A "1" for the time that was sent twice must not book.
  if (answer === 'yes' && turn.isEcho === true) return goOn(memory);
  if (answer === 'yes') return finish(turn, memory);
  if (answer === 'no') return askChange(turn, memory);
  // Not a no, and not clear enough to book: the question again, as often as it takes.
  if (isHalfYes(turn.text)) return goOn(memory, wordsFor(memory).missed.confirm());
  if (isWrongPerson(turn.text)) return changed(turn, memory, 'who');
  if (isOtherTime(turn.text)) return changed(turn, memory, 'time');
  const said = withBareHour(turn.text, await hear(turn, memory));
  return (await corrected(turn, memory, said)) ?? unanswered(turn, memory, said, 'confirm');
}

/** "No, 10": an hour, as there is no list that a number could select from; 1 to 7 are afternoon first. */
function withBareHour(text: string, said: Heard): Heard {
  const found =
    /^(?:no|make it|better|rather|mejor)\b[\s,.:;-]*(\d{1,2})$/i.exec(text.trim()) ??
    /^(\d{1,2}) (?:instead|please instead|mejor)$/i.exec(text.trim());
  const hour = Number(found?.[1] ?? Number.NaN);
  if (said.time !== undefined || !(hour >= 1 && hour <= 12)) return said;
  const [morning, evening] = [(hour % 12) * 60, (hour % 12) * 60 + 720];
  const readings = hour <= 7 || hour === 12 ? [evening, morning] : [morning, evening];
  return { ...said, time: { kind: 'at', readings } };
}

/** Whatever a sentence changes about a booking that is as good as whole. */
async function corrected(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  const slots = mentioned(said);
  if (slots.size === 0) return undefined;
  if ([...slots].some((slot) => slot !== 'day' && slot !== 'time') || (said.reopen ?? []).length > 0)
    return changedBy(turn, memory, said);
  return (await understoodWhen(turn, memory, said)) ?? fill(turn, memory, said);
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

/** Nothing to change after all: back to the check. */
const isNothing =
  /^(?:nothing|none|its fine|its ok|all good|never ?mind|leave it|no change|no changes|nada|ninguno|ninguna|esta bien|asi esta bien|dejelo asi)$/;

async function recordChange(turn: Turn, memory: Memory): Promise<Step> {
  const options = optionsOf(memory, memory.shown ?? []);
  const tapped = picked(turn, options);
  const chosen = tapped === undefined ? choose(turn.text, options) : { kind: 'one' as const, key: tapped };
  const key = chosen.kind === 'one' ? chosen.key : undefined;
  if (key === 'start-over') return askStartOver(memory);
  const slot = [...listed, 'day' as const, 'time' as const, 'who' as const].find(
    (name) => key === `change:${name}`,
  );
  if (slot !== undefined) return changed(turn, memory, slot);
  if (readYesNo(turn.text) === 'no' || isNothing.test(fold(turn.text).replace(/'/g, ''))) return goOn(memory);
  const isNumber = loneNumber(turn.text) !== undefined;
  const said = isNumber ? {} : await hear(turn, memory);
  const step = await corrected(turn, memory, said);
  if (step !== undefined) return step;
  const named = slotNamed(turn.text);
  if (named !== undefined) return changed(turn, memory, named);
  const miss = await unanswered(turn, memory, said, 'choice');
  const again = await askChange(turn, miss.memory);
  return { ...again, replies: [...miss.replies, ...again.replies] };
}
