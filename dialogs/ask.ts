// Asks: the first question of a booking that is still open, with the choices as they stand right now.
import type { AnyDoctorOffer } from '../services/use-cases.ts';
import { askConfirm } from './ask-confirm.ts';
import { mayLook } from './browse.ts';
import { askCode } from './code.ts';
import { fillLastDoctor } from './fill-doctor.ts';
import { nameOf } from './filling.ts';
import { askWho, identify, noWayToProve } from './identify.ts';
import { openTimes, optionsOf, pageOf, pageOfListed, pageSize, phoneFor } from './lists.ts';
import type { Draft, Memory } from './memory.ts';
import { chosenId, type ListedSlot, settle } from './options.ts';
import { askChange, cannotLook, reopened } from './outcomes.ts';
import { askPerson } from './person.ts';
import { placedWish } from './record-when.ts';
import { askRegister, askWaysOn } from './register.ts';
import { askMoveConfirm } from './reschedule.ts';
import { askTask } from './tasks.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import { daysWith, startsOn } from './when.ts';
import { wishedTime } from './wish.ts';

/** Asks the first question that is still open; known answers are skipped, and so is a list of one. */
export async function ask(turn: Turn, memory: Memory): Promise<Step> {
  const draft = memory.draft ?? {};
  if (memory.who === undefined && !mayLook(memory))
    return andThen(await askIdentity(turn, memory), (known) => ask(turn, known));
  if (memory.task !== undefined)
    return andThen(await askTask(turn, memory, memory.task), (known) => ask(turn, known));
  if (draft.moving !== undefined)
    return draft.day === undefined || draft.time === undefined
      ? askWhen(turn, memory)
      : askMoveConfirm(turn, memory, draft.moving, `${draft.day}T${draft.time}`);
  if (draft.sameDoctor === true)
    return andThen(await fillLastDoctor(turn, memory), (known) => ask(turn, known));
  const settled = await settle(turn.desk, draft);
  const current: Memory = { ...memory, draft: settled.draft };
  const left = await leftOver(turn, draft, settled.draft);
  if (left.length > 0)
    return andThen(goOn(current, wordsFor(current).heard(left)), (known) => ask(turn, known));
  switch (settled.kind) {
    case 'error':
      return cannotLook(turn, current, settled.error);
    case 'nothing':
      return askChange(
        turn,
        current,
        wordsFor(current).noDoctors(await phoneFor(turn.desk, current, settled.draft)),
      );
    case 'open':
      return waitFor(
        current,
        settled.slot,
        settled.slot === 'visitType' && draft.visitName !== undefined
          ? `${wordsFor(current).noSuchVisit()} ${questionFor(current, settled.slot)}`
          : questionFor(current, settled.slot),
        pageOfListed(turn, settled.options, current),
      );
    case 'settled': {
      const { day, time, anyDoctor } = settled.draft;
      if (day === undefined || time === undefined) return askWhen(turn, current);
      if (anyDoctor === true) return andThen(await withDoctorOf(turn, current), (known) => ask(turn, known));
      return andThen(await askConfirm(turn, current), (known) => ask(turn, known));
    }
  }
}

/** What is open of who it is: a new patient's answers, a code, one of those known here, a name and a birth date. */
async function askIdentity(turn: Turn, memory: Memory): Promise<Step> {
  const { firstName, birthDate } = memory.draft ?? {};
  const isWhole = firstName !== undefined && birthDate !== undefined;
  if (memory.register !== undefined) return isWhole ? askRegister(turn, memory) : askWho(memory);
  if (memory.claimOver === true) return askWaysOn(turn, memory);
  if (memory.challenge !== undefined) return askCode(memory);
  if (isWhole) return identify(turn, memory);
  const isClaimed = firstName !== undefined || birthDate !== undefined;
  const person = isClaimed ? undefined : await askPerson(turn, memory);
  if (person !== undefined) return person;
  return turn.desk.useCases.canIdentify() ? askWho(memory) : noWayToProve(turn, memory);
}

/** What was taken because nothing else is left of what is wanted ("not Lakeside"): said back, as it was not said by name. */
async function leftOver(turn: Turn, before: Draft, after: Draft): Promise<readonly string[]> {
  if ((before.unwanted ?? []).length === 0 && (before.among ?? []).length === 0) return [];
  const taken = (['office', 'doctor'] as const).filter(
    (slot) => chosenId(before, slot) === undefined && chosenId(after, slot) !== undefined,
  );
  return Promise.all(taken.map((slot) => nameOf(turn, slot, chosenId(after, slot) ?? '')));
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
  const { maybeVisits } = memory.draft ?? {};
  return slot === 'visitType' && maybeVisits !== undefined
    ? `${words.maybeVisit(maybeVisits)} ${questions[slot]()}`
    : questions[slot]();
}

/** The day question, or the time question once the day is known; both page over what is open right now. A wish said earlier is placed first. */
async function askWhen(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  const offer = await openTimes(turn, memory);
  if (!offer.ok) return cannotLook(turn, memory, offer.error);
  const { slots, timeZone } = offer.value;
  const wish = memory.draft?.wish;
  const wished = wish === undefined ? undefined : placedWish(turn, memory, wish, slots);
  if (wished !== undefined)
    return withLookedAt(memory, await andThen(wished, (known) => ask(turn, known)), offer.value);
  const page = memory.page ?? 0;
  const day = memory.draft?.day;
  const starts = day === undefined ? [] : startsOn(slots, day);
  if (day !== undefined && starts.length > 0) {
    const keys = [...pageOf(starts, page, pageSize(turn, 'time')), 'other-day'];
    return waitFor({ ...memory, page }, 'time', words.askTime(day), optionsOf(memory, keys));
  }
  const time = wish === undefined ? undefined : wishedTime(wish);
  const days = daysWith(time, slots);
  if (days.length === 0 && time !== undefined) {
    const open = { ...memory, draft: { ...memory.draft, wish: undefined } };
    return andThen(goOn(open, words.noTimesThen()), (known) => askWhen(turn, known));
  }
  if (days.length === 0)
    return askChange(turn, reopened(memory, 'day'), words.noOpenTimes(await phoneFor(turn.desk, memory)));
  const open = {
    ...(day === undefined ? memory : reopened(memory, 'day')),
    page: day === undefined ? page : 0,
  };
  const step = waitFor(
    open,
    'day',
    time === undefined ? words.askDay(words.zone(timeZone)) : words.fittingDays(),
    optionsOf(open, pageOf(days, open.page, pageSize(turn))),
  );
  const asked = withLookedAt(memory, step, offer.value);
  return day === undefined ? asked : { ...asked, replies: [say(open, words.closedDay()), ...asked.replies] };
}

/** With "any doctor", the first list says whose times it was made of. */
function withLookedAt(before: Memory, step: Step, { looked, notLooked = 0 }: Partial<AnyDoctorOffer>): Step {
  const isFirst = before.asked !== 'day' && before.asked !== 'time';
  if (!isFirst || looked === undefined || looked.length === 0 || step.next !== 'wait') return step;
  const names = looked.map(({ name }) => name);
  return {
    ...step,
    replies: [say(step.memory, wordsFor(step.memory).lookedAt(names, notLooked)), ...step.replies],
  };
}

/** "Any doctor" becomes the one who has the chosen time; of two, the first in the practice's order. */
async function withDoctorOf(turn: Turn, memory: Memory): Promise<Step> {
  const { draft = {} } = memory;
  const offer = await openTimes(turn, memory);
  if (!offer.ok) return cannotLook(turn, memory, offer.error);
  const start = `${draft.day}T${draft.time}`;
  const free = new Set(
    offer.value.slots.filter(({ localStart }) => localStart === start).map((slot) => slot.doctorId),
  );
  const doctor = offer.value.looked?.find(({ id }) => free.has(id));
  if (doctor === undefined) return goOn(reopened(memory, 'time'), wordsFor(memory).timeNotOffered());
  const { anyDoctor: _, ...known } = draft;
  return goOn({ ...memory, draft: { ...known, doctorId: doctor.id } });
}
