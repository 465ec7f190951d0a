// The booking flow as two functions over the memory: ask the first open question, record an answer by the asked slot's name.
import { doctorId, officeId } from '../services/domain.ts';
import { choose } from './choose.ts';
import { readChange, readYesNo, slotNamed } from './commands.ts';
import { finish } from './finish.ts';
import { askWho, identify, recordWho } from './identify.ts';
import {
  type ListedSlot,
  listed,
  officeLine,
  openTimes,
  optionsFor,
  optionsOf,
  pageOf,
  pageSize,
  phoneFor,
  settle,
  withChoice,
} from './lists.ts';
import { type Draft, type Memory, newMemory, type SlotName } from './memory.ts';
import { missed } from './miss.ts';
import { askChange, cannotLook, reopened } from './outcomes.ts';
import { recordWhen, understoodWhen } from './record-when.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import { daysOf, startsOn } from './when.ts';
import { loneNumber } from './words.ts';

/** Asks the first question that is still open; known answers are skipped, and so is a list of one. */
export async function ask(turn: Turn, memory: Memory): Promise<Step> {
  const draft = memory.draft ?? {};
  if (memory.who === undefined) {
    if (draft.firstName === undefined || draft.birthDate === undefined) return askWho(memory);
    return andThen(await identify(turn, memory), (known) => ask(turn, known));
  }
  const settled = await settle(turn.desk, draft);
  const current: Memory = { ...memory, draft: settled.draft };
  switch (settled.kind) {
    case 'error':
      return cannotLook(turn, current, settled.error);
    case 'nothing':
      return askChange(turn, current, wordsFor(current).noDoctors(await phoneFor(turn.desk, settled.draft)));
    case 'open':
      return waitFor(current, settled.slot, questionFor(current, settled.slot), settled.options);
    case 'settled':
      return draft.day === undefined || settled.draft.time === undefined
        ? askWhen(turn, current)
        : askConfirm(turn, current);
  }
}

/** Replies of both steps, in order; the second only if the first goes on. */
async function andThen(step: Step, next: (memory: Memory) => Promise<Step>): Promise<Step> {
  if (step.next !== 'ask') return step;
  const following = await next(step.memory);
  return { ...following, replies: [...step.replies, ...following.replies] };
}

function questionFor(memory: Memory, slot: ListedSlot): string {
  const words = wordsFor(memory);
  const questions = { office: words.askOffice, doctor: words.askDoctor, visitType: words.askVisitType };
  return questions[slot]();
}

/** The day question, or the time question once the day is known; both page over what is open right now. */
async function askWhen(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const offer = await openTimes(turn.desk, memory.draft ?? {});
  if (!offer.ok) return cannotLook(turn, memory, offer.error);
  const { slots, timeZone } = offer.value;
  const page = memory.page ?? 0;
  const day = memory.draft?.day;
  const starts = day === undefined ? [] : startsOn(slots, day);
  if (day !== undefined && starts.length > 0) {
    const keys = [...pageOf(starts, page, pageSize(turn)), 'other-day'];
    return waitFor({ ...memory, page }, 'time', words.askTime(day), optionsOf(memory, keys));
  }
  const days = daysOf(slots);
  if (days.length === 0)
    return askChange(
      turn,
      reopened(memory, 'day'),
      words.noOpenTimes(await phoneFor(turn.desk, memory.draft)),
    );
  const open = {
    ...(day === undefined ? memory : reopened(memory, 'day')),
    page: day === undefined ? page : 0,
  };
  const step = waitFor(
    open,
    'day',
    words.askDay(words.zone(timeZone)),
    optionsOf(open, pageOf(days, open.page, pageSize(turn))),
  );
  return day === undefined ? step : { ...step, replies: [say(open, words.closedDay()), ...step.replies] };
}

/** Repeats everything that will be booked; nothing is booked before this question is answered with an explicit yes. */
async function askConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const { directory } = turn.desk.useCases;
  const draft = memory.draft ?? {};
  const [office, doctor] = [officeId(draft.officeId ?? ''), doctorId(draft.doctorId ?? '')];
  const offices = await directory.offices();
  if (!offices.ok) return cannotLook(turn, memory, offices.error);
  const doctors = await directory.doctorsAt(office);
  if (!doctors.ok) return cannotLook(turn, memory, doctors.error);
  const types = await directory.visitTypesOf(doctor);
  if (!types.ok) return cannotLook(turn, memory, types.error);
  const zone = await directory.timeZoneAt(office, doctor);
  if (!zone.ok) return cannotLook(turn, memory, zone.error);
  if (zone.value === undefined)
    return cannotLook(turn, memory, { kind: 'outside-policy', rule: 'no-time-zone' });
  const place = offices.value.find(({ id }) => id === office);
  const visitType = types.value.find(({ id }) => id === draft.visitTypeId)?.name;
  const text = wordsFor(memory).askConfirm({
    person: memory.who?.name ?? '',
    doctor: doctors.value.find(({ id }) => id === doctor)?.name ?? '',
    office: place === undefined ? '' : officeLine(place),
    ...(visitType === undefined ? {} : { visitType }),
    localStart: `${draft.day ?? ''}T${draft.time ?? ''}`,
    timeZone: zone.value,
  });
  return waitFor(memory, 'confirm', text, optionsOf(memory, ['yes', 'no']));
}

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
  const draft: Draft = withChoice(memory.draft ?? {}, slot, id);
  const others = (memory.answered ?? []).filter((answered) => answered !== slot);
  return { ...memory, draft, answered: [...others, slot], page: undefined, misses: undefined };
}

// Where choices are buttons, a number is no explicit yes: a "1" sent twice for the time must not book.
const buttonChannels = new Set(['webchat', 'directline', 'emulator', 'msteams']);

async function recordConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const isNumber = loneNumber(turn.text) !== undefined;
  const chosen = choose(turn.text, optionsOf(memory, memory.shown ?? []));
  const picked = isNumber && chosen.kind === 'one' ? chosen.key : undefined;
  // On SMS "yes" belongs to the carrier (it opts a number back in), so there it books nothing.
  const said = turn.channel === 'sms' && /^\W*yes\W*$/i.test(turn.text) ? undefined : readYesNo(turn.text);
  const label = optionsOf(memory, ['yes', 'no']).find((option) => option.label === turn.text.trim())?.key;
  const answer = label ?? said ?? (picked === 'yes' && buttonChannels.has(turn.channel) ? undefined : picked);
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
async function changed(
  turn: Turn,
  memory: Memory,
  slot: Exclude<SlotName, 'who' | 'confirm'>,
): Promise<Step> {
  if (slot !== 'day' && slot !== 'time') {
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
  const slot = [...listed, 'day' as const, 'time' as const].find((name) => key === `change:${name}`);
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
