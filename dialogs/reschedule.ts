// Moving a visit: the same doctor and office, another time, chosen with the questions of a booking and checked like one.

import type { Slot } from '../services/domain.ts';
import { plain } from './answers.ts';
import { dayOf } from './calendar.ts';
import { changeRequest } from './cancel.ts';
import { changeErrorText } from './change-outcomes.ts';
import { readerOf } from './decision.ts';
import { bookRequest } from './finish.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Draft, Memory } from './memory.ts';
import { reopened } from './outcomes.ts';
import { offerInstead } from './record-when.ts';
import { cardText } from './reply.ts';
import { shiftedWish } from './shift.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import { calendarLink, goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended, shownVisit, visitLine, whenOf } from './visits.ts';
import { wishedDay } from './wish.ts';

/** From the visit that was picked to the question for its new time: from here on it is a draft like any other. */
export function askMove(memory: Memory, { wish: wished, shift }: VisitTask, visit: ShownVisit): Step {
  const words = wordsFor(memory);
  const { task: _, ...rest } = memory;
  // "Move it to 10": on the day that it is.
  const day = dayOf(visit.localStart);
  const wish = shift === undefined ? wished : shiftedWish(shift, visit.localStart, wished);
  const isTimeOnly =
    shift?.minutes !== 0 && wish !== undefined && wishedDay(wish) === undefined && wish.soonest === undefined;
  const draft: Draft = {
    moving: visit,
    officeId: visit.officeId,
    doctorId: visit.doctorId,
    ...(visit.visitTypeId === undefined ? {} : { visitTypeId: visit.visitTypeId }),
    ...(wish === undefined ? {} : { wish: isTimeOnly ? { ...wish, from: day, to: day } : wish }),
  };
  return goOn(
    { ...rest, draft, page: undefined, answered: ['who'], latest: visit.appointment },
    words.movingFrom(visitLine(words, visit)),
  );
}

/** Repeats the visit with its old and its new time, which is held meanwhile. */
export async function askMoveConfirm(
  turn: Turn,
  memory: Memory,
  visit: ShownVisit,
  localStart: string,
): Promise<Step> {
  const words = wordsFor(memory);
  // The visit keeps its length, whatever its kind takes by now.
  const { visitTypeId: _, ...request } = bookRequest(turn, memory);
  const held = await turn.desk.useCases.hold({ ...request, durationMinutes: visit.durationMinutes });
  if (!held.ok && held.error.kind === 'slot-taken') return taken(memory, visit, held.error.alternatives);
  const card = words.askMove({
    person: memory.who?.name,
    doctor: visit.doctorName,
    office: visit.officeName,
    from: whenOf(words, visit),
    to: words.when(localStart, visit.timeZone),
  });
  const asked = waitFor(memory, 'confirm', cardText(card), optionsOf(memory, ['move-it', 'no']));
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, card })) };
}

/** The explicit yes to a move. Whatever fails, the sentence says at which time the visit stands. */
export async function finishMove(turn: Turn, memory: Memory, visit: ShownVisit): Promise<Step> {
  const { day = '', time = '' } = memory.draft ?? {};
  const outcome = await turn.desk.useCases.moveVisit({
    ...changeRequest(turn, memory, visit),
    to: `${day}T${time}`,
  });
  const words = wordsFor(memory);
  if (outcome.ok) {
    const moved = shownVisit(outcome.value);
    const card = words.moved(
      { doctor: moved.doctorName, office: moved.officeName, when: whenOf(words, moved) },
      moved.appointment,
    );
    const aside = withoutTimeOf(moved, memory.aside);
    const step = ended({ ...memory, aside, latest: moved.appointment }, cardText(card));
    const link = calendarLink(turn.desk, memory, outcome.value.patientId, moved.appointment);
    const shown = { ...(step.next === 'end' ? { card } : {}), link };
    return { ...step, replies: step.replies.map((reply) => ({ ...reply, ...shown })) };
  }
  const { error } = outcome;
  const sentence = await changeErrorText(turn, memory, error);
  const stands = words.visitStands(visitLine(words, visit));
  switch (error.kind) {
    case 'slot-taken':
      return taken(memory, visit, error.alternatives);
    case 'outside-policy':
      return offerInstead(
        memory,
        `${words.cannotMoveThere()} ${stands}`,
        (error.alternatives ?? []).map(({ localStart }) => localStart),
      );
    case 'overlaps-own':
      return goOn(reopened(memory, 'time'), sentence);
    case 'ehr-unavailable':
    case 'still-checking':
      return waitFor(memory, 'retry', sentence, optionsOf(memory, ['retry']));
    case 'visit-not-found':
    case 'changed-since':
    case 'not-changeable':
    case 'too-late':
    case 'ehr-refused':
    case 'unsure':
      return ended(memory, sentence);
  }
}

/** A booking that was put aside cannot have the time to which a visit was moved meanwhile. */
const withoutTimeOf = ({ localStart }: ShownVisit, aside: Draft | undefined): Draft | undefined =>
  aside !== undefined && localStart === `${aside.day ?? ''}T${aside.time ?? ''}`
    ? { ...aside, time: undefined }
    : aside;

const taken = (memory: Memory, visit: ShownVisit, alternatives: readonly Slot[]): Step =>
  offerInstead(
    memory,
    `${wordsFor(memory).moveTaken()} ${wordsFor(memory).visitStands(visitLine(wordsFor(memory), visit))}`,
    alternatives.map(({ localStart }) => localStart),
  );

/** The visit cannot be moved to another doctor, office or kind: those stay, and only the time is asked. */
export async function onlyTheTime(turn: Turn, memory: Memory): Promise<Step> {
  return goOn(
    { ...memory, misses: undefined },
    wordsFor(memory).moveOnlyTime(await phoneFor(turn.desk, memory)),
  );
}

const leaving =
  /^(?:leave it|leave it as it is|keep it|keep it as it is|dont move it|dejala|dejela|dejarla|dejela asi|dejarla como esta|dejela como esta|dejala como esta|mejor no|no la cambie|no la mueva)$/;

/** The answer to "shall I move it?". "Book it" is about something else. */
export const readMove = readerOf(
  /^(?:(?:yes|si) )?(?:move it|muevala|moverla|cambiela|cambiarla)$/,
  /^(?:change|change it|change something|cambiar|cambiar algo)$/,
);

/** "Leave it", while a new time is asked for. */
export const wantsToLeave = (text: string): boolean => leaving.test(plain(text));

/** The visit stays where it is. */
export const leaveMove = (memory: Memory, visit: ShownVisit): Step => {
  const words = wordsFor(memory);
  return ended(memory, words.visitStands(visitLine(words, visit)));
};
