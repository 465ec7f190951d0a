// Calling a visit off: asked about once, done only on a clear yes, and taken back for a minute.
import { appointmentId, patientId } from '../services/domain.ts';
import type { ChangeRequest } from '../services/visit-cases.ts';
import { actIn } from './acts.ts';
import { nextList } from './buttons.ts';
import { readAnswer } from './cancel-answer.ts';
import { changeErrorText } from './change-outcomes.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import { cardText } from './reply.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended, shownVisit, visitLine, whenOf } from './visits.ts';

/** Repeats which visit it is; nothing is called off before a clear yes. */
export function askCancel(memory: Memory, visit: ShownVisit): Step {
  const words = wordsFor(memory);
  const card = words.askCancel({
    person: memory.who?.name,
    doctor: visit.doctorName,
    office: visit.officeName,
    when: whenOf(words, visit),
  });
  const task: VisitTask = { kind: 'cancel', visits: taskVisits(memory), chosen: visit.appointment };
  const asked = waitFor(
    { ...memory, task, latest: visit.appointment },
    'cancel',
    cardText(card),
    optionsOf(memory, ['cancel-it', 'keep-it']),
  );
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, card })) };
}

const taskVisits = ({ task }: Memory): ShownVisit[] =>
  task !== undefined && 'visits' in task ? [...(task.visits ?? [])] : [];

export async function recordCancel(turn: Turn, memory: Memory, task: VisitTask): Promise<Step> {
  const visit = (task.visits ?? []).find(({ appointment }) => appointment === task.chosen);
  if (visit === undefined) return goOn({ ...memory, task: { kind: 'cancel' } });
  const words = wordsFor(memory);
  const answer = await readAnswer(turn, memory, task, visit);
  switch (answer.kind) {
    case 'no':
      return ended(memory, words.visitStands(visitLine(words, visit)));
    case 'echo':
      return goOn(memory);
    case 'half':
      return goOn(memory, words.missedCancel());
    case 'others': {
      const [only, second] = answer.visits;
      const chosen = second === undefined ? only?.appointment : undefined;
      return goOn({ ...memory, misses: undefined, task: { ...task, chosen, about: answer.about } });
    }
    case 'missed':
      return actIn(turn.text) === 'move'
        ? goOn({ ...memory, task: { ...task, kind: 'move' } })
        : missed(turn, memory, 'choice');
    case 'yes':
      return cancelled(turn, memory, visit, answer.reason);
  }
}

async function cancelled(
  turn: Turn,
  memory: Memory,
  visit: ShownVisit,
  reason: string | undefined,
): Promise<Step> {
  const outcome = await turn.desk.useCases.cancelVisit({
    ...changeRequest(turn, memory, visit),
    ...(reason === undefined ? {} : { reason }),
  });
  const words = wordsFor(memory);
  if (!outcome.ok) {
    const sentence = await changeErrorText(turn, memory, outcome.error);
    if (outcome.error.kind === 'ehr-unavailable' || outcome.error.kind === 'still-checking')
      return waitFor(
        { ...memory, misses: undefined },
        'cancel',
        sentence,
        optionsOf(memory, ['cancel-it', 'keep-it']),
      );
    return ended(memory, sentence);
  }
  const { visit: off, undoUntilMs: untilMs, reasonKept } = outcome.value;
  const undo = { visit: shownVisit(off), untilMs, list: nextList(memory) };
  const said = [
    words.cancelled(visitLine(words, undo.visit)),
    reasonKept === true ? words.reasonKept() : '',
    reasonKept === false ? words.reasonNotKept(await phoneFor(turn.desk, memory)) : '',
  ];
  return ended(
    { ...memory, undo },
    said.filter((part) => part !== '').join(' '),
    optionsOf(memory, ['undo']),
  );
}

/** What every change of a visit names: whose it is, which, and the time at which it was shown. */
export const changeRequest = (turn: Turn, memory: Memory, visit: ShownVisit): ChangeRequest => ({
  visit: {
    patientId: patientId(memory.who?.id ?? ''),
    appointment: appointmentId(visit.appointment),
    startsAt: visit.startsAt,
  },
  ...(memory.who === undefined ? {} : { patientName: memory.who.name }),
  channel: turn.channel,
  conversationId: turn.conversationId,
});
