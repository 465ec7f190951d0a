// What is meant by the answer to "Shall I cancel it?": a clear yes with a reason or without, a no, or another visit.
import { isHalfYes, plain } from './answers.ts';
import { sayingOf } from './begin-task.ts';
import { choose } from './choose.ts';
import { isCarriersWord, readDecision, readerOf } from './decision.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import type { Turn } from './turn.ts';
import { fitting } from './visits.ts';

const readCancel = readerOf(
  new RegExp(
    [
      '^(?:(?:yes|si|ok|sure|claro) )*(?:go ahead|do it|adelante|hagalo|(?:im|i am) sure|i (?:do|would|will|want(?: to)?|know)|lo se|estoy segur[oa]|call it off',
      '(?:go ahead and |quiero |i want to )?(?:cancel|cancel(?:ar|a|e)|anul(?:ar|a|e))(?:la| it| that| the visit)?)$',
    ].join('|') +
      '|^(?:yes|si) (?:quiero |i want to )?(?:cancel|cancelar|cancele|anular) (?:my|the|that|mi|la|esa) \\w+$',
  ),
  /^(?:(?:no|actually|mejor|oh|wait|espere) )*(?:no|wait|espere|keep|keep it|leave it|leave it as it is|dont|dont cancel|dont cancel it|do not cancel it|(?:ill|i will) (?:come|be there)|i changed my mind|dejarla|dejela|dejela asi|dejela como esta|conservar|conservarla|conservela|no cancelar|no la cancelen?|cambie de opinion)$/,
);
/** Words after a yes that take it back, or mean another visit; "I can't come" and "ya no la necesito" do not. */
const otherwise =
  /\b(?:but|instead|rather|move|reschedule|wait|keep|meant?|both|all|other|another|different|wrong|pero|mejor|mover|cambiar|espere|otr[ao]|distint[ao]|ambas|todas|las dos|quise|refiero|dont (?!need|have|feel)|not (?!able|feeling|well|coming|going)|no (?!puedo|podre|voy|me|la necesito|tengo))\b/;
const afterYes = /^\s*(?:yes|si|sí)(?:,? (?:please|por favor))?[\s,;.:!-]+(.{3,1000})$/is;
/** What fits into the notes beside the desk's own words. */
const mostReasonLetters = 200;
const because = /^(?:because|since|porque|es que)\s+/i;
/** Only what begins as a reason is one: "I have to work", "no puedo ir", and not "the Thursday one". */
const aReason =
  /^(?:i|im|ive|ill|we|were|my|our|something|sorry|there|feeling|got|cant|cannot|no|ya|tengo|tuve|me|mi|nos|se|estoy|voy|surgio|hay|lo siento)\b/;

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

function reasonIn(text: string): string | undefined {
  const said = afterYes.exec(text)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  const isOne = (because.test(said) || aReason.test(plain(said))) && !otherwise.test(plain(said));
  return isOne ? said.replace(because, '').slice(0, mostReasonLetters) : undefined;
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
