// Calling a visit off: asked about once, done only on a clear yes, and taken back for a minute.
import { appointmentId, patientId } from '../services/domain.ts';
import type { ChangeRequest } from '../services/visit-cases.ts';
import { actIn } from './acts.ts';
import { isHalfYes, plain } from './answers.ts';
import { changeErrorText } from './change-outcomes.ts';
import { choose } from './choose.ts';
import { isCarriersWord, readDecision, readerOf } from './decision.ts';
import { optionsOf } from './lists.ts';
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
  new RegExp(
    [
      '^(?:(?:yes|si|ok|sure|claro) )*(?:go ahead|do it|adelante|hagalo|(?:im|i am) sure|estoy segur[oa]|call it off',
      '(?:go ahead and |quiero |i want to )?(?:cancel|cancel(?:ar|a|e)|anul(?:ar|a|e))(?:la| it| that| the visit)?)$',
    ].join('|') +
      '|^(?:yes|si) (?:quiero |i want to )?(?:cancel|cancelar|cancele|anular) (?:my|the|that|mi|la|esa) \\w+$',
  ),
  /^(?:(?:no|actually|mejor|oh|wait|espere) )*(?:no|wait|espere|keep|keep it|leave it|leave it as it is|dont|dont cancel|dont cancel it|do not cancel it|(?:ill|i will) (?:come|be there)|i changed my mind|dejarla|dejela|dejela asi|dejela como esta|conservar|conservarla|conservela|no cancelar|no la cancelen?|cambie de opinion)$/,
);
/** Words after a yes that take it back; "I can't come" and "ya no la necesito" do not. */
const otherwise =
  /\b(?:but|instead|rather|move|reschedule|wait|keep|pero|mejor|mover|cambiar|espere|dont (?!need|have|feel)|not (?!able|feeling|well|coming|going)|no (?!puedo|podre|voy|me|la necesito|tengo))\b/;
/** "Yes, I have to work", "yes I can't come". */
const withReason =
  /^\s*(?:yes|si|sí)(?:\s*[,;.:!-]\s*|\s+(?=(?:i|im|i'm|we|my|because|porque|no|ya|tengo|me)\b))(.{3,200})$/is;

/** A reason behind a yes ("yes, I have to work") is heard, and kept nowhere: it is health data that nobody here needs. */
function readAnswer(turn: Turn, memory: Memory): ReturnType<typeof readDecision> | 'half' {
  const answer = readDecision(turn, memory, 'cancel-it', readCancel);
  if (answer !== undefined) return answer;
  if (isHalfYes(turn.text) || isCarriersWord(turn)) return 'half';
  const reason = withReason.exec(turn.text)?.[1]?.trim();
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
