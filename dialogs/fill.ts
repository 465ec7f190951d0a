// Puts everything that one sentence names into the draft, says it back, and goes on; what is unclear becomes one question.

import { takeDoctor } from './fill-doctor.ts';
import { answered, type Filling, nameOf, narrowed, type Take, wanted } from './filling.ts';
import type { Heard } from './hear.ts';
import type { Draft, Memory } from './memory.ts';
import { withChoice } from './options.ts';
import { reopened } from './outcomes.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import type { SlotMentioned, Understood, VisitTypeMention } from './understood.ts';
import { wishParts, withWish } from './wish.ts';

/** Slots that the sentence says something about. */
export function mentioned(said: Heard): ReadonlySet<SlotMentioned> {
  const slots = new Set<SlotMentioned>(said.reopen);
  if (said.office !== undefined || said.unwanted?.offices !== undefined) slots.add('office');
  if (said.doctor !== undefined || said.unwanted?.doctors !== undefined) slots.add('doctor');
  if (said.visitType !== undefined) slots.add('visitType');
  if (said.day !== undefined || said.soonest === true || said.unwanted?.days !== undefined) slots.add('day');
  if (said.time !== undefined) slots.add('time');
  if (said.forWhom === 'other' || said.person !== undefined) slots.add('who');
  return slots;
}

/** Undefined if the sentence names nothing. `asked`: the open question, which needs no saying back. */
export async function fill(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  const slots = mentioned(said);
  if (slots.size === 0) return undefined;
  let filling: Filling = { memory: { ...memory, misses: undefined }, parts: [], notes: [] };
  for (const take of [takeUnwanted, takeWho, takeOffice, takeDoctor, takeVisitType, takeWhen])
    filling = await take(turn, filling, said);
  const { memory: filled, parts, notes } = filling;
  const words = wordsFor(filled);
  const beyond = [...slots].some((slot) => slot !== memory.asked);
  const texts = [...(beyond && parts.length > 0 ? [words.heard(parts)] : []), ...notes];
  return goOn(filled, ...texts);
}

/** "Not Main St", "change the doctor": opens what was chosen, and leaves the unwanted off the next list. */
const takeUnwanted: Take = (_turn, filling, { unwanted = {}, reopen = [] }) => {
  const ids = [...(unwanted.offices ?? []), ...(unwanted.doctors ?? [])];
  let { memory } = filling;
  const { draft = {} } = memory;
  if (ids.length > 0)
    memory = { ...memory, draft: { ...draft, unwanted: [...new Set([...(draft.unwanted ?? []), ...ids])] } };
  if (draft.officeId !== undefined && ids.includes(draft.officeId)) memory = reopened(memory, 'office');
  if (draft.doctorId !== undefined && ids.includes(draft.doctorId)) memory = reopened(memory, 'doctor');
  if (draft.day !== undefined && unwanted.days?.includes(draft.day) === true)
    memory = reopened(memory, 'day');
  for (const slot of reopen) memory = reopened(memory, slot);
  return { ...filling, memory };
};

/** "What about my son", "this is Robert Hale": nobody else gets a visit in the place of whom the sentence names. */
const takeWho: Take = (_turn, filling, { forWhom, person }) => {
  if (person !== undefined) {
    const open = reopened(filling.memory, 'who');
    return { ...filling, memory: { ...open, draft: { ...open.draft, ...person } } };
  }
  return forWhom === 'other' && filling.memory.who !== undefined
    ? { ...filling, memory: reopened(filling.memory, 'who') }
    : filling;
};

const takeOffice: Take = async (turn, filling, { office }) => {
  if (office?.kind === 'several')
    return { ...filling, memory: narrowed(filling.memory, 'office', office.ids) };
  if (office?.kind !== 'one') return filling;
  const { memory } = filling;
  const name = await nameOf(turn, 'office', office.id);
  const draft = wanted(withChoice(memory.draft ?? {}, 'office', office.id), office.id);
  return {
    ...filling,
    memory: answered(memory, draft, 'office'),
    parts: [...filling.parts, name],
  };
};

const takeVisitType: Take = (_turn, filling, { visitType }) => {
  if (visitType === undefined) return filling;
  const { memory } = filling;
  if (visitType.kind === 'one') {
    const draft: Draft = { ...memory.draft, visitName: visitType.name, visitTypeId: undefined };
    return {
      ...filling,
      memory: answered(memory, sameTime(memory, draft, visitType.name), 'visitType'),
      parts: [...filling.parts, visitType.name],
    };
  }
  return suggested(filling, visitType);
};

/** A visit of another kind may take longer: its times are other times. */
const sameTime = ({ draft: before = {} }: Memory, draft: Draft, name: string): Draft =>
  before.visitName === name
    ? { ...draft, visitTypeId: before.visitTypeId }
    : { ...draft, day: undefined, time: undefined };

/** What may fit comes first in the list, and is named; it is never chosen for the patient. */
function suggested(
  filling: Filling,
  visitType: Exclude<VisitTypeMention, { readonly kind: 'one' }>,
): Filling {
  const open = reopened(filling.memory, 'visitType');
  const names = [...visitType.names].slice(0, 3);
  if (names.length === 0)
    return { ...filling, memory: open, notes: [...filling.notes, wordsFor(open).noSuchVisit()] };
  return {
    ...filling,
    memory: { ...open, draft: { ...open.draft, maybeVisits: names } },
  };
}

/** A day drops the day and time chosen before; a time alone stays on the chosen day, a day alone keeps the chosen time if it is open then. */
const takeWhen: Take = (turn, filling, said) => {
  const { day, time, soonest } = said;
  if (day === undefined && time === undefined && soonest === undefined) return filling;
  const { memory, parts, notes } = filling;
  const words = wordsFor(memory);
  const before = memory.draft ?? {};
  const note =
    day?.kind === 'past'
      ? [words.pastDay()]
      : day?.kind === 'impossible'
        ? [words.impossibleDay()]
        : day?.kind === 'beyond-horizon'
          ? [words.beyondHorizon(turn.desk.horizonDays)]
          : [];
  const carried: Understood =
    day !== undefined && time === undefined && before.time !== undefined
      ? { ...said, time: { kind: 'at', readings: [minuteOfTime(before.time)] } }
      : day === undefined && before.day !== undefined && soonest === undefined
        ? { ...said, day: { kind: 'days', from: before.day, to: before.day } }
        : said;
  const draft = withWish({ ...before, day: undefined, time: undefined }, carried);
  return {
    ...filling,
    memory: { ...memory, draft, page: undefined },
    parts: [...parts, ...wishParts(words, draft.wish ?? {})],
    notes: [...notes, ...note],
  };
};

const minuteOfTime = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
