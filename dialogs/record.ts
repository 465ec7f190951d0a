// Records: an answer to the question that was asked, by its slot's name; what is no definite answer becomes a question.

import { readYesNo, takesSuggestion } from './answers.ts';
import { withBareHour } from './bare-hour.ts';
import {
  askedAbout,
  isAnyOffice,
  isAnyTime,
  isIndifferent,
  isUnsureWhich,
  withoutBareAny,
} from './beside.ts';
import { dayOf } from './calendar.ts';
import { aboutVisits, beyondMove, changed, changedBy, corrected, unanswered } from './changes.ts';
import { atPlace, choose, type Option, picked } from './choose.ts';
import { slotNamed } from './commands.ts';
import { askedEarlier } from './earlier.ts';
import { fill, mentioned } from './fill.ts';
import { type Heard, hear } from './hear.ts';
import { recordWho } from './identify.ts';
import { optionsOf, turnedPage } from './lists.ts';
import { type Memory, withoutClaim } from './memory.ts';
import { type ListedSlot, listed, optionsFor, withChoice, withVisit } from './options.ts';
import { askChange, cannotLook } from './outcomes.ts';
import { recordConfirm } from './record-confirm.ts';
import { recordShown, understoodWhen } from './record-when.ts';
import { leaveMove, wantsToLeave } from './reschedule.ts';
import { hearShifted } from './shift.ts';
import { askStartOver, recordStartOver } from './start-over.ts';
import { recordTask } from './tasks.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { fold, loneNumber } from './words.ts';

/** Records an answer to the open question. A memory without one (a restart in between) only has it asked again. */
export async function record(turn: Turn, memory: Memory): Promise<Step> {
  if (memory.shown?.includes('retry') === true && wantsRetry(turn, memory)) return goOn(memory);
  const { moving } = memory.draft ?? {};
  if (moving !== undefined && wantsToLeave(turn.text)) return leaveMove(memory, moving);
  switch (memory.asked) {
    case undefined:
      return goOn(memory);
    case 'retry':
      return goOn({ ...(correctsClaim(turn, memory) ? withoutClaim(memory) : memory), misses: undefined });
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
    default:
      return recordTask(turn, memory, memory.asked);
  }
}

/** A yes to "try again?" is no yes to anything else. */
const wantsRetry = (turn: Turn, memory: Memory): boolean =>
  picked(turn, optionsOf(memory, memory.shown ?? [])) === 'retry' || readYesNo(turn.text) === 'yes';

/** A claim that has to wait is kept, unless its person says that it was wrong. */
const correctsClaim = (turn: Turn, memory: Memory): boolean => {
  const chosen = choose(turn.text, optionsOf(memory, memory.shown ?? []));
  return turn.picked === 'claim-again' || (chosen.kind === 'one' && chosen.key === 'claim-again');
};

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
  const taken = slot === 'visitType' ? recordSuggestion(turn, memory, options.value) : undefined;
  if (taken !== undefined) return taken;
  if (slot === 'visitType' && isUnsureWhich(turn.text)) return goOn(memory, wordsFor(memory).tellWhy());
  const about = await askedAbout(turn, memory);
  if (about !== undefined) return about;
  const heard = withoutBareAny(turn, memory, await hear(turn, memory));
  const visits = await aboutVisits(turn, memory, heard);
  if (visits !== undefined) return visits;
  const [firstShown] = shown;
  if (slot === 'office' && firstShown !== undefined && isAnyOffice(turn, heard))
    return goOn(
      answeredListed(memory, slot, firstShown.key, options.value),
      wordsFor(memory).thenOffice(firstShown.label),
    );
  const said: Heard =
    slot === 'doctor' && isIndifferent(turn.text) ? { ...heard, doctor: { kind: 'any' } } : heard;
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
      withoutSuggestion(memory),
      slot,
      wordsFor(memory).askWhich(),
      options.value.filter(({ key }) => keys.includes(key)),
    );
  }
  if (other.kind === 'one') return goOn(answeredListed(memory, slot, other.key, options.value));
  return (await fill(turn, memory, said)) ?? unanswered(turn, memory, said, 'choice');
}

/** "Yes" takes the kind of visit that was suggested, if it was one alone; "no" asks for the kind without a suggestion. */
function recordSuggestion(turn: Turn, memory: Memory, options: readonly Option[]): Step | undefined {
  const [only, second] = memory.draft?.maybeVisits ?? [];
  if (only === undefined || turn.picked !== undefined) return undefined;
  if (readYesNo(turn.text) === 'no') return goOn({ ...withoutSuggestion(memory), misses: undefined });
  const key = options.find(({ label }) => label === only)?.key;
  if (second !== undefined || key === undefined || !takesSuggestion(turn.text)) return undefined;
  return goOn(answeredListed(memory, 'visitType', key, options));
}

const withoutSuggestion = (memory: Memory): Memory => ({
  ...memory,
  draft: { ...memory.draft, maybeVisits: undefined },
});

/** An hour, as no number of a list stands behind "to". */
const toHour: readonly RegExp[] = [/^(?:move|change|make|put|reschedule) it (?:to |at |for )?(\d{1,2})$/i];

/** Day and time: a definite, open one is taken; what else the sentence names is filled as well. */
async function recordTimes(turn: Turn, memory: Memory, slot: 'day' | 'time'): Promise<Step> {
  const earlier = await askedEarlier(turn, memory);
  if (earlier !== undefined) return earlier;
  const shown = recordShown(turn, memory);
  if (shown !== undefined) return shown;
  const { moving, day } = memory.draft ?? {};
  const saying =
    moving === undefined
      ? await hear(turn, memory)
      : await hearShifted(turn, memory, `${day ?? dayOf(moving.localStart)}${moving.localStart.slice(10)}`);
  const heard = withoutBareAny(turn, memory, saying);
  const said = slot === 'time' ? withBareHour(turn.text, heard, toHour) : heard;
  const other = (await aboutVisits(turn, memory, said)) ?? (await beyondMove(turn, memory, said));
  if (other !== undefined) return other;
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

function answeredListed(memory: Memory, slot: ListedSlot, key: string, options: readonly Option[]): Memory {
  const before = memory.draft ?? {};
  const draft = slot === 'visitType' ? withVisit(before, options, key) : withChoice(before, slot, key);
  const others = (memory.answered ?? []).filter((answered) => answered !== slot);
  return { ...memory, draft, answered: [...others, slot], page: undefined, misses: undefined };
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
  const { moving } = memory.draft ?? {};
  if (moving !== undefined && key === 'leave-it') return leaveMove(memory, moving);
  const slot = [...listed, 'day' as const, 'time' as const, 'who' as const].find(
    (name) => key === `change:${name}`,
  );
  if (slot !== undefined) return changed(turn, memory, slot);
  // The times of the day that it is, with the way to the other days behind them.
  if (key === 'change:when') return changed(turn, memory, slotNamed(turn.text) === 'day' ? 'day' : 'time');
  if (readYesNo(turn.text) === 'no' || isNothing.test(fold(turn.text).replace(/'/g, ''))) return goOn(memory);
  const isNumber = loneNumber(turn.text) !== undefined;
  const said = isNumber ? {} : await hear(turn, memory);
  const other = await beyondMove(turn, memory, said);
  if (other !== undefined) return other;
  const step = await corrected(turn, memory, said);
  if (step !== undefined) return step;
  const named = slotNamed(turn.text);
  if (named !== undefined) return changed(turn, memory, named);
  const miss = await unanswered(turn, memory, said, 'choice');
  const again = await askChange(turn, miss.memory);
  return { ...again, replies: [...miss.replies, ...again.replies] };
}
