// "My appointments": the visits that are coming up, as a list, and the one that is meant.
import { actIn } from './acts.ts';
import { pointsBack, sayingOf } from './begin-task.ts';
import { askCancel } from './cancel.ts';
import { picked } from './choose.ts';
import { wantsCalendar } from './later-words.ts';
import { optionsOf, phoneFor, turnedPage } from './lists.ts';
import { localStartOf } from './local-start.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import type { Phrases } from './phrases/index.ts';
import { askMove } from './reschedule.ts';
import type { SeenVisit, ShownVisit, VisitTask } from './task-memory.ts';
import { goOn, type Step, say, type Turn, wordsFor } from './turn.ts';
import { acted, askAct, isDone, leftAsIs } from './visit-acts.ts';
import { ended, fitting, listVisits, stateLine, visitLine, visitMeant, withVisits } from './visits.ts';

type Read = VisitTask & { readonly visits: readonly ShownVisit[] };

/** Asks what is open of a task about visits: which one it is, then what is to be done with it. */
export async function askVisits(turn: Turn, memory: Memory, begun: VisitTask): Promise<Step> {
  const read = await withVisits(turn, memory, begun);
  if ('step' in read) return read.step;
  const { task } = read;
  const words = wordsFor(memory);
  const seen = task.asOf === undefined ? task.visits.slice(0, mostSeen).map(seenVisit) : undefined;
  const known: Memory = { ...memory, task, ...(seen === undefined ? {} : { seen }) };
  const phone = await phoneFor(turn.desk, memory);
  if (task.visits.length === 0)
    return ended(known, task.untimed === undefined ? words.noVisits() : words.untimed(task.untimed, phone));
  const chosen = chosenOf(task);
  // Our own records are good enough to look at, not to act on.
  if (chosen === undefined || task.asOf !== undefined) return listed(turn, known, task, phone);
  if (task.kind !== 'see' && chosen.tooLateMinutes !== undefined)
    return ended(known, words.tooLate(visitLine(words, chosen), chosen.tooLateMinutes, phone));
  if (task.kind !== 'see' && !chosen.changeable)
    return ended(known, words.notChangeable(stateLine(words, chosen), phone));
  switch (task.kind) {
    case 'see':
      return askAct(turn, known, task, chosen);
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

function listed(turn: Turn, memory: Memory, task: Read, phone: string): Step {
  const words = wordsFor(memory);
  const meant = task.about === undefined ? [] : fitting(task.visits, task.about);
  const visits = meant.length > 0 ? meant : task.visits;
  const title = {
    see: words.yourVisits(),
    cancel: words.askWhichToCancel(),
    move: words.askWhichToMove(),
  }[task.asOf === undefined ? task.kind : 'see'];
  const list = listVisits(turn, memory, visits, title);
  const first = firstOf(words, task, phone, meant.length === 0 && memory.asked !== 'visit');
  return first === undefined ? list : { ...list, replies: [say(memory, first), ...list.replies] };
}

/** What is to be known about a list before it is read. */
function firstOf(words: Phrases, task: Read, phone: string, isNoneMeant: boolean): string | undefined {
  if (task.asOf !== undefined) return words.asOf(knownAt(words, task));
  if (task.untimed !== undefined) return words.untimed(task.untimed, phone);
  return task.about !== undefined && isNoneMeant ? words.noVisitLikeThat() : undefined;
}

/** When the practice's system last agreed, on the clock of the first visit's office. */
function knownAt(words: Phrases, { asOf = '', visits }: Read): string {
  const zone = visits[0]?.timeZone ?? 'Etc/UTC';
  return words.when(localStartOf(asOf, zone), zone);
}

/** As many as somebody may have within the weeks that can be booked. */
const mostSeen = 10;
const seenVisit = ({
  appointment,
  doctorName,
  startsAt,
  localStart,
  timeZone,
  durationMinutes,
}: ShownVisit): SeenVisit => ({ appointment, doctorName, startsAt, localStart, timeZone, durationMinutes });

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
  if (isDone(turn.text)) return leftAsIs(turn, memory);
  const { visits = [] } = begun;
  const act = turn.picked === undefined ? actIn(turn.text) : undefined;
  const { which, about, wish, shift } = await sayingOf(turn, memory, act === 'move' ? 'move' : 'see');
  const latest = visits.find(({ appointment }) => appointment === memory.latest);
  const pointed = act !== undefined && about === undefined && pointsBack(turn.text) ? latest : undefined;
  const visit = visitMeant({ ...turn, text: which }, memory, visits, about) ?? pointed;
  // What is to be done is clear, and only which one is not.
  if (visit === undefined && (act === 'move' || act === 'cancel') && begun.kind !== act)
    return goOn({
      ...memory,
      misses: undefined,
      task: {
        ...begun,
        kind: act,
        ...(wish === undefined ? {} : { wish }),
        ...(shift === undefined ? {} : { shift }),
      },
    });
  if (visit === undefined)
    return wantsCalendar(turn.text)
      ? goOn({ ...memory, misses: undefined }, wordsFor(memory).askWhich())
      : missed(turn, memory, 'choice');
  if (begun.asOf !== undefined)
    return goOn({
      ...memory,
      task: { ...begun, visits: undefined, asOf: undefined, chosen: visit.appointment },
    });
  return acted(
    turn,
    { ...memory, page: undefined, misses: undefined },
    {
      ...begun,
      chosen: visit.appointment,
      ...(wish === undefined ? {} : { wish }),
      ...(shift === undefined ? {} : { shift }),
    },
    visit,
    act,
  );
}
