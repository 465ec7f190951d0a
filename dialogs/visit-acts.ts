// What can be done with one visit on file: move it, call it off, find the way there; asked, and read from what is written.
import { type Act, actIn, acts } from './acts.ts';
import { isAgreeing, isFarewell, isThanks, readYesNo } from './answers.ts';
import { sayingOf } from './begin-task.ts';
import { choose, picked } from './choose.ts';
import { readChange } from './commands.ts';
import { wantsCalendar } from './later-words.ts';
import { officeLine, optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import { onlyTheTime } from './reschedule.ts';
import type { ShownVisit, VisitTask } from './task-memory.ts';
import { calendarLink, goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { ended, fitting, visitLine } from './visits.ts';
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

const cannotCome =
  /^(?:(?:sorry|but|perdon|pero|ya) )*(?:(?:i|we) (?:cant|cannot|can not|wont be able to|am not able to|will not be able to|wont)|im not able to|no (?:puedo|voy a poder|podre|podemos)) (?:come|make it|go|be there|attend|ir|asistir|llegar|venir)(?: then| that day| ese dia)?$/;

export const isDone = (text: string): boolean =>
  readYesNo(text) === 'no' ||
  isFarewell(text) ||
  isAgreeing(text) ||
  /^(?:done|nothing|thats all|that is all|(?:i want to |ill |just )?(?:keep|leave) it(?: as it is| like that)?|listo|nada|eso es todo|nada mas|dej(?:ela|ala)(?: asi)?|quiero conservarla)$/.test(
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
  if (visit === undefined) return missed(turn, memory, 'choice');
  if (meant === undefined && cannotCome.test(fold(turn.text).replace(/'/g, '')) && visit.changeable)
    return goOn({ ...memory, misses: undefined }, wordsFor(memory).moveOrCancel());
  if (meant === undefined && wantsCalendar(turn.text)) return goOn({ ...memory, misses: undefined });
  if (meant === undefined) return otherDay(turn, memory, task, visit);
  if (meant === 'move' && beyondTime.has(readChange(turn.text) ?? 'time')) return onlyTheTime(turn, memory);
  const { about, shift, ...said } = await sayingOf(turn, memory, meant === 'move' ? 'move' : 'see');
  // It is known which one is moved: a day beside "same time" is the new one.
  const wish = said.wish ?? (shift === undefined ? undefined : about?.when);
  const wished: VisitTask = {
    ...task,
    ...(wish === undefined ? {} : { wish }),
    ...(shift === undefined ? {} : { shift }),
  };
  return acted(turn, { ...memory, misses: undefined }, wished, visit, meant);
}

/** "Can I change the doctor?": only its time can be moved. */
const beyondTime: ReadonlySet<string> = new Set(['doctor', 'office', 'visitType']);

const asksAboutIt =
  /^(?:and |so |y )?(?:who|with who|which doctor|when|what (?:time|day)|at what time|con quien|con que (?:doctora?|medico)|cuando|a que hora|que dia)\b/;

/** "What about the Thursday one?" is another visit; "can we do Wednesday?", where none is on that day, is this one's new day. */
async function otherDay(turn: Turn, memory: Memory, task: VisitTask, visit: ShownVisit): Promise<Step> {
  const { about } = await sayingOf(turn, memory, 'see');
  const fits = about !== undefined && fitting([visit], about).length > 0;
  // "Is it on Thursday?", "who is it with?": said again, it is the answer.
  if (fits || asksAboutIt.test(fold(turn.text))) return goOn({ ...memory, misses: undefined });
  if (about === undefined) return missed(turn, memory, 'choice');
  const [only, second] = fitting(task.visits ?? [], about);
  const known: Memory = { ...memory, misses: undefined };
  if (only !== undefined && second === undefined)
    return goOn({ ...known, task: { ...task, kind: 'see', chosen: only.appointment, about: undefined } });
  const isMove = about.when !== undefined && only === undefined && visit.changeable;
  return isMove
    ? acted(turn, known, { ...task, wish: about.when }, visit, 'move')
    : missed(turn, memory, 'choice');
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
