// What can be done with one visit on file: move it, call it off, find the way there; asked, and read from what is written.
import { type Act, actIn, acts } from './acts.ts';
import { isAgreeing, isFarewell, isThanks, readYesNo } from './answers.ts';
import { sayingOf } from './begin-task.ts';
import { choose, picked } from './choose.ts';
import { officeLine, optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import { calendarLink, goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended, visitLine } from './visits.ts';
import { fold } from './words.ts';

export function askAct(
  { desk }: Turn,
  memory: Memory,
  task: VisitTask & { readonly visits: readonly ShownVisit[] },
  visit: ShownVisit,
): Step {
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
  const asked = waitFor(
    { ...memory, task: { ...task, chosen: visit.appointment }, latest: visit.appointment },
    'act',
    text.filter((part) => part !== '').join(' '),
    optionsOf(memory, keys),
  );
  const link = calendarLink(desk, memory, memory.who?.id ?? '', visit.appointment);
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, link })) };
}

export const isDone = (text: string): boolean =>
  readYesNo(text) === 'no' ||
  isFarewell(text) ||
  isAgreeing(text) ||
  /^(?:done|nothing|thats all|that is all|listo|nada|eso es todo|nada mas)$/.test(
    fold(text).replace(/'/g, ''),
  );

/** Nothing more is wanted. Thanks for having seen a visit get their answer; nothing was about to change. */
export function leftAsIs({ text }: Turn, memory: Memory): Step {
  const words = wordsFor(memory);
  const isSeen = memory.task?.kind === 'see' && isThanks(text);
  return ended(memory, isSeen ? words.smallTalk.thanks('') : words.leftAsIs());
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
  if (key === 'do:done' || (key === undefined && isDone(turn.text))) return leftAsIs(turn, memory);
  if (key === 'do:list') return goOn({ ...memory, task: { ...task, chosen: undefined, about: undefined } });
  const visit = (task.visits ?? []).find(({ appointment }) => appointment === task.chosen);
  const meant = acts.find((each) => key === `do:${each}`);
  if (visit === undefined || meant === undefined) return missed(turn, memory, 'choice');
  const { wish } = await sayingOf(turn, memory, meant === 'move' ? 'move' : 'see');
  const wished: VisitTask = wish === undefined ? task : { ...task, wish };
  return acted(turn, { ...memory, misses: undefined }, wished, visit, meant);
}

export async function acted(
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
