// "My appointments": the visits that are coming up, and what can be done with one of them.
import { readYesNo } from './answers.ts';
import { pointsBack, sayingOf } from './begin-task.ts';
import { askCancel } from './cancel.ts';
import { choose, picked } from './choose.ts';
import { officeLine, optionsOf, phoneFor, turnedPage } from './lists.ts';
import { localStartOf } from './local-start.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import type { Phrases } from './phrases/index.ts';
import { askMove } from './reschedule.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import { goOn, type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended, fitting, listVisits, stateLine, visitLine, visitMeant, withVisits } from './visits.ts';
import { fold } from './words.ts';

type Read = VisitTask & { readonly visits: readonly ShownVisit[] };

/** Asks what is open of a task about visits: which one it is, then what is to be done with it. */
export async function askVisits(turn: Turn, memory: Memory, begun: VisitTask): Promise<Step> {
  const read = await withVisits(turn, memory, begun);
  if ('step' in read) return read.step;
  const { task } = read;
  const words = wordsFor(memory);
  const known: Memory = { ...memory, task };
  if (task.visits.length === 0) return ended(known, words.noVisits());
  const chosen = chosenOf(task);
  // Our own records are good enough to look at, not to act on.
  if (chosen === undefined || task.asOf !== undefined) return listed(turn, known, task);
  if (task.kind !== 'see' && !chosen.changeable)
    return ended(known, words.notChangeable(stateLine(words, chosen), await phoneFor(turn.desk, memory)));
  switch (task.kind) {
    case 'see':
      return askAct(known, task, chosen);
    case 'cancel':
      return askCancel(known, chosen);
    case 'move':
      return askMove(known, task, chosen);
  }
}

/** The one that was picked, or the only one that can be meant. */
function chosenOf({ visits, chosen, about }: Read): ShownVisit | undefined {
  if (chosen !== undefined) return visits.find(({ appointment }) => appointment === chosen);
  const [only, second] = about === undefined ? visits : fitting(visits, about);
  return second === undefined ? only : undefined;
}

function listed(turn: Turn, memory: Memory, task: Read): Step {
  const words = wordsFor(memory);
  const meant = task.about === undefined ? [] : fitting(task.visits, task.about);
  const visits = meant.length > 0 ? meant : task.visits;
  const title = {
    see: words.yourVisits(),
    cancel: words.askWhichToCancel(),
    move: words.askWhichToMove(),
  }[task.asOf === undefined ? task.kind : 'see'];
  const list = listVisits(turn, memory, visits, title);
  return task.asOf === undefined
    ? list
    : { ...list, replies: [say(memory, words.asOf(knownAt(words, task))), ...list.replies] };
}

/** When the practice's system last agreed, on the clock of the first visit's office. */
function knownAt(words: Phrases, { asOf = '', visits }: Read): string {
  const zone = visits[0]?.timeZone ?? 'Etc/UTC';
  return words.when(localStartOf(asOf, zone), zone);
}

const acts = ['move', 'cancel', 'directions'] as const;
type Act = (typeof acts)[number];

function askAct(memory: Memory, task: Read, visit: ShownVisit): Step {
  const words = wordsFor(memory);
  const state = words.visitState[visit.state]();
  const text = [
    task.visits.length === 1 ? words.yourVisit() : '',
    `${visitLine(words, visit)}, ${visit.officeName}.`,
    state === '' ? '' : `${state[0]?.toUpperCase()}${state.slice(1)}.`,
  ];
  const keys = [
    ...(visit.changeable ? ['do:move', 'do:cancel'] : []),
    'do:directions',
    ...(task.visits.length > 1 ? ['do:list'] : []),
    'do:done',
  ];
  return waitFor(
    { ...memory, task: { ...task, chosen: visit.appointment }, latest: visit.appointment },
    'act',
    text.filter((part) => part !== '').join(' '),
    optionsOf(memory, keys),
  );
}

const actWords: Readonly<Record<Act, RegExp>> = {
  move: /\b(?:move|reschedule|change|another time|different (?:day|time)|cambiar|cambie|mover|reprogramar|otra hora|otro dia)\b/,
  cancel: /\b(?:cancel|call (?:it )?off|cancelar|cancela|cancele|anular|anule)\b/,
  directions: /\b(?:directions?|address|where|how do i get|direccion|donde|como llego|ubicacion)\b/,
};

/** What the text asks to be done; undefined where it names none or two. */
function actIn(text: string): Act | undefined {
  const folded = fold(text);
  const [only, second] = acts.filter((act) => actWords[act].test(folded));
  return second === undefined ? only : undefined;
}

const isDone = (text: string): boolean =>
  readYesNo(text) === 'no' ||
  /^(?:done|nothing|thats all|that is all|listo|nada|eso es todo|nada mas)$/.test(
    fold(text).replace(/'/g, ''),
  );

/** The answer to a list of visits: one of them, and perhaps at once what is to be done with it. */
export async function recordVisit(turn: Turn, memory: Memory, begun: VisitTask): Promise<Step> {
  const paging = picked(
    turn,
    optionsOf(
      memory,
      (memory.shown ?? []).filter((key) => key === 'more' || key === 'earlier'),
    ),
  );
  if (paging !== undefined) return goOn(turnedPage(turn, memory, paging));
  if (isDone(turn.text)) return ended(memory, wordsFor(memory).leftAsIs());
  const { visits = [] } = begun;
  const act = turn.picked === undefined ? actIn(turn.text) : undefined;
  const { about, wish } = await sayingOf(turn, memory, act === 'move' ? 'move' : 'see');
  const latest = visits.find(({ appointment }) => appointment === memory.latest);
  const pointed = act !== undefined && about === undefined && pointsBack(turn.text) ? latest : undefined;
  const visit = visitMeant(turn, memory, visits, about) ?? pointed;
  // What is to be done is clear, and only which one is not.
  if (visit === undefined && (act === 'move' || act === 'cancel') && begun.kind !== act)
    return goOn({
      ...memory,
      misses: undefined,
      task: { ...begun, kind: act, ...(wish === undefined ? {} : { wish }) },
    });
  if (visit === undefined) return missed(turn, memory, 'choice');
  if (begun.asOf !== undefined)
    return goOn({
      ...memory,
      task: { ...begun, visits: undefined, asOf: undefined, chosen: visit.appointment },
    });
  return acted(
    turn,
    { ...memory, page: undefined, misses: undefined },
    { ...begun, chosen: visit.appointment, ...(wish === undefined ? {} : { wish }) },
    visit,
    act,
  );
}

/** The answer to what is to be done with the visit that was picked. */
export async function recordAct(turn: Turn, memory: Memory, task: VisitTask): Promise<Step> {
  const options = optionsOf(memory, memory.shown ?? []);
  const chosen = choose(turn.text, options);
  const act = actIn(turn.text);
  const key =
    picked(turn, options) ??
    (act === undefined ? undefined : `do:${act}`) ??
    (chosen.kind === 'one' ? chosen.key : undefined);
  if (key === 'do:done' || (key === undefined && isDone(turn.text)))
    return ended(memory, wordsFor(memory).leftAsIs());
  if (key === 'do:list') return goOn({ ...memory, task: { ...task, chosen: undefined, about: undefined } });
  const visit = (task.visits ?? []).find(({ appointment }) => appointment === task.chosen);
  const meant = acts.find((each) => key === `do:${each}`);
  if (visit === undefined || meant === undefined) return missed(turn, memory, 'choice');
  const { wish } = await sayingOf(turn, memory, meant === 'move' ? 'move' : 'see');
  const wished: VisitTask = wish === undefined ? task : { ...task, wish };
  return acted(turn, { ...memory, misses: undefined }, wished, visit, meant);
}

async function acted(
  turn: Turn,
  memory: Memory,
  task: VisitTask,
  visit: ShownVisit,
  act: Act | undefined,
): Promise<Step> {
  const words = wordsFor(memory);
  switch (act) {
    case undefined:
      return goOn({ ...memory, task });
    case 'move':
    case 'cancel':
      return goOn({ ...memory, task: { ...task, kind: act } });
    case 'directions': {
      const offices = await turn.desk.useCases.directory.offices();
      const office = offices.ok ? offices.value.find(({ id }) => id === visit.officeId) : undefined;
      return goOn(
        { ...memory, task },
        words.places([office === undefined ? visit.officeName : officeLine(office)]),
      );
    }
  }
}
