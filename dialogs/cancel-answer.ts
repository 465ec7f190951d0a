// What is meant by the answer to "Shall I cancel it?": a clear yes with a reason or without, a no, or another visit.
import { isHalfYes, plain } from './answers.ts';
import { sayingOf } from './begin-task.ts';
import { reasonIn } from './cancel-reason.ts';
import { choose } from './choose.ts';
import { isCarriersWord, readDecision, readerOf } from './decision.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import type { Turn } from './turn.ts';
import { fitting } from './visits.ts';

const slip = '(?:(?:i made|it was|was) a mistake|(?:my|by) mistake|me equivoque|fue un error)';
/** "I made a mistake, I can come", "sí voy a poder ir". */
const comesAfterAll = [
  `${slip}`,
  `(?:${slip} )?(?:(?:yes|no) )?(?:(?:i|we) (?:can|will) (?:come|make it|go|be there)(?: after all| now)?|(?:i am|im|we are) coming)`,
  `(?:${slip} )?(?:(?:yes|si) )?(?:voy a poder(?: ir| asistir| llegar)?|voy(?: a ir| a asistir)?|vamos a ir|puedo ir|podre ir|ire|asistire)`,
].join('|');
const readCancel = readerOf(
  new RegExp(
    [
      '^(?:(?:yes|si|ok|sure|claro) )*(?:go ahead|do it|adelante|hagalo|(?:im|i am) sure|i (?:do|want(?: to)?|know)|lo se|estoy segur[oa]|call it off',
      '(?:go ahead and |quiero |i want to )?(?:cancel|cancel(?:ar|a|e)|anul(?:ar|a|e))(?:la| it| that| the visit)?)$',
    ].join('|') +
      '|^(?:yes|si) (?:quiero |i want to )?(?:cancel|cancelar|cancele|anular) (?:my|the|that|mi|la|esa) \\w+$',
  ),
  new RegExp(
    [
      '^(?:(?:no|actually|mejor|oh|wait|espere) )*(?:no|wait|espere|keep|keep it|leave it|leave it as it is|dont|dont cancel|dont cancel it|do not cancel it|(?:ill|i will) (?:come|be there)|i changed my mind|dejarla|dejela|dejela asi|dejela como esta|conservar|conservarla|conservela|no cancelar|no la cancelen?|cambie de opinion)$',
      `^(?:(?:oh|sorry|wait|actually|perdon|ay|disculpe|espere) )*(?:${comesAfterAll})$`,
    ].join('|'),
  ),
);
export type CancelAnswer =
  | { readonly kind: 'yes'; readonly reason?: string }
  | { readonly kind: 'no' | 'echo' | 'half' | 'missed' }
  /** These are meant instead; none of them is called off by this answer. */
  | { readonly kind: 'others'; readonly visits: readonly ShownVisit[]; readonly about: VisitTask['about'] };

/** `visit`: the one that was asked about. */
export async function readAnswer(
  turn: Turn,
  memory: Memory,
  task: VisitTask,
  visit: ShownVisit,
): Promise<CancelAnswer> {
  const answer = readDecision(turn, memory, 'cancel-it', readCancel);
  if (answer !== undefined) return { kind: answer };
  if (isHalfYes(turn.text) || isCarriersWord(turn)) return { kind: 'half' };
  const others = await othersMeant(turn, memory, task, visit);
  if (others !== undefined) return others;
  const reason = reasonIn(turn.text);
  if (reason !== undefined) return { kind: 'yes', reason };
  const named = choose(turn.text, optionsOf(memory, memory.shown ?? []));
  return { kind: named.kind === 'one' && named.key === 'keep-it' ? 'no' : 'missed' };
}

const saysWhy = /\b(?:because|porque|es que)\b/i;
const theOther = /\b(?:the other|la otra|el otro)\b/;

/** "No, the one on Thursday", "the other one": named by what is not true of the visit asked about. */
async function othersMeant(
  turn: Turn,
  memory: Memory,
  task: VisitTask,
  visit: ShownVisit,
): Promise<Extract<CancelAnswer, { kind: 'others' }> | undefined> {
  const visits = task.visits ?? [];
  const rest = visits.filter(({ appointment }) => appointment !== visit.appointment);
  // A reason may name another day.
  if (rest.length === 0 || saysWhy.test(turn.text)) return undefined;
  if (theOther.test(plain(turn.text))) return { kind: 'others', visits: rest, about: undefined };
  const { about } = await sayingOf(turn, memory, 'see');
  const meant = about === undefined ? [] : fitting(visits, about);
  return meant.length === 0 || meant.includes(visit) ? undefined : { kind: 'others', visits: meant, about };
}
