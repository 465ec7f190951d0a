// Calling a visit off: asked about once, done only on a clear yes, and taken back for a minute.
import { appointmentId, patientId } from '../services/domain.ts';
import type { ChangeRequest } from '../services/visit-cases.ts';
import { actIn } from './acts.ts';
import { isHalfYes, plain } from './answers.ts';
import { changeErrorText } from './change-outcomes.ts';
import { choose, picked } from './choose.ts';
import { isCarriersYes, readDecision, readerOf } from './decision.ts';
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

const readCancel = readerOf(
  /^(?:(?:yes|si|ok) )?(?:cancel|cancel it|cancel that|cancel the visit|call it off|cancelar|cancelela|cancelarla|cancela|anular|anularla)$/,
  /^(?:keep|keep it|leave it|dejarla|dejela|conservar|conservarla)$/,
);
const otherwise =
  /\b(?:but|instead|rather|move|reschedule|dont|not|wait|pero|mejor|mover|cambiar|no|espere)\b/;

/** A reason behind a yes ("yes, I have to work") is heard, and kept nowhere: it is health data that nobody here needs. */
function readAnswer(turn: Turn, memory: Memory): ReturnType<typeof readDecision> | 'half' {
  const answer = readDecision(turn, memory, 'cancel-it', readCancel);
  if (answer !== undefined) return answer;
  if (isHalfYes(turn.text) || isCarriersYes(turn)) return 'half';
  const reason = /^\s*(?:yes|si|sí)\s*[,;.:!-]\s*(.{3,200})$/is.exec(turn.text)?.[1]?.trim();
  if (reason !== undefined && !otherwise.test(plain(reason))) return 'yes';
  const named = choose(turn.text, optionsOf(memory, memory.shown ?? []));
  return named.kind === 'one' && named.key === 'keep-it' ? 'no' : undefined;
}

export async function recordCancel(turn: Turn, memory: Memory, task: VisitTask): Promise<Step> {
  const visit = (task.visits ?? []).find(({ appointment }) => appointment === task.chosen);
  if (visit === undefined) return goOn({ ...memory, task: { kind: 'cancel' } });
  const words = wordsFor(memory);
  switch (readAnswer(turn, memory)) {
    case 'no':
      return ended(memory, words.visitStands(visitLine(words, visit)));
    case 'echo':
      return goOn(memory);
    case 'half':
      return goOn(memory, words.missedCancel());
    case undefined:
      return actIn(turn.text) === 'move'
        ? goOn({ ...memory, task: { ...task, kind: 'move' } })
        : missed(turn, memory, 'choice');
    case 'yes':
      return cancelled(turn, memory, visit);
  }
}

async function cancelled(turn: Turn, memory: Memory, visit: ShownVisit): Promise<Step> {
  const outcome = await turn.desk.useCases.cancelVisit(changeRequest(turn, memory, visit));
  const words = wordsFor(memory);
  if (!outcome.ok) {
    const sentence = await changeErrorText(turn, memory, outcome.error);
    if (outcome.error.kind === 'ehr-unavailable')
      return waitFor(
        { ...memory, misses: undefined },
        'cancel',
        sentence,
        optionsOf(memory, ['cancel-it', 'keep-it']),
      );
    return ended(memory, sentence);
  }
  const undo = { visit: shownVisit(outcome.value.visit), untilMs: outcome.value.undoUntilMs };
  return ended({ ...memory, undo }, words.cancelled(visitLine(words, visit)), optionsOf(memory, ['undo']));
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

const undoing =
  /\b(?:undo|take (?:it|that) back|deshacer(?:l[oa])?|deshaz(?:l[oa])?|deshaga(?:l[oa])?)\b|^(?:no cancelar|dont cancel|dont cancel it|no la cancele)$/;

/** Is it "undo", and is there something that it can mean? */
export const wantsUndo = (turn: Turn, memory: Memory): boolean =>
  memory.undo !== undefined &&
  (turn.picked === 'undo' ||
    undoing.test(plain(turn.text)) ||
    picked(turn, optionsOf(memory, memory.shown ?? [])) === 'undo');

/** Within its minute: the time is checked anew and the visit stands again, or it stays called off and that is said. */
export async function takeBack(turn: Turn, memory: Memory): Promise<Step> {
  const { undo, ...rest } = memory;
  const words = wordsFor(memory);
  // A booking that went on meanwhile goes on.
  const say = (text: string): Step => (memory.asked === undefined ? ended(rest, text) : goOn(rest, text));
  if (undo === undefined) return say(words.undoOver());
  if (turn.desk.clock.now() > undo.untilMs) return say(words.undoOver());
  const outcome = await turn.desk.useCases.undoCancel(changeRequest(turn, memory, undo.visit));
  if (outcome.ok) return say(words.undone(visitLine(words, shownVisit(outcome.value))));
  if (outcome.error.kind === 'unsure') return say(words.changeUnsure(await phoneFor(turn.desk, memory)));
  return say(words.notUndone(await phoneFor(turn.desk, memory)));
}
