// Visits on file: reads them once, lists them in office time, and finds the one that is meant.
import { patientId } from '../services/domain.ts';
import type { Visit } from '../services/visit-cases.ts';
import { dayOf, weekdayOf } from './calendar.ts';
import { atPlace, type Option, picked } from './choose.ts';
import { optionsOf, pageOf, pageSize } from './lists.ts';
import type { Memory } from './memory.ts';
import { cannotLook } from './outcomes.ts';
import type { Phrases } from './phrases/index.ts';
import { cardText } from './reply.ts';
import type { ShownVisit, VisitTask, Wish } from './task-memory.ts';
import { type Step, say, type Turn, waitFor, wordsFor } from './turn.ts';
import type { Understood } from './understood.ts';
import { isAt } from './when.ts';
import { wishedDay, wishedTime } from './wish.ts';

export const visitKey = (appointment: string): string => `visit:${appointment}`;

/** As it is kept while it is talked about. */
export const shownVisit = ({ patientId: _, ...visit }: Visit): ShownVisit => ({ ...visit });

/** The task with its visits; a step where they cannot be read. One EHR call, the first time only. */
export async function withVisits(
  turn: Turn,
  memory: Memory,
  task: VisitTask,
): Promise<
  { readonly task: VisitTask & { readonly visits: readonly ShownVisit[] } } | { readonly step: Step }
> {
  const { visits } = task;
  if (visits !== undefined) return { task: { ...task, visits } };
  const found = await turn.desk.useCases.upcoming(patientId(memory.who?.id ?? ''));
  if (!found.ok) return { step: await cannotLook(turn, memory, found.error) };
  const { asOf, untimed } = found.value;
  return {
    task: {
      ...task,
      visits: found.value.visits.map(shownVisit),
      ...(asOf === undefined ? {} : { asOf }),
      ...(untimed === 0 ? {} : { untimed }),
    },
  };
}

/** `Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)` */
export const whenOf = (words: Phrases, { localStart, timeZone }: ShownVisit): string =>
  words.when(localStart, timeZone);

/** `Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)`: one visit in a sentence. */
export const visitLine = (words: Phrases, visit: ShownVisit): string =>
  `${visit.doctorName}, ${whenOf(words, visit)}`;

/** The same, with its state where it is more than booked. */
export function stateLine(words: Phrases, visit: ShownVisit): string {
  const state = words.visitState[visit.state]();
  return `${visitLine(words, visit)}${state === '' ? '' : ` (${state})`}`;
}

export const visitOptions = (words: Phrases, visits: readonly ShownVisit[]): readonly Option[] =>
  visits.map((visit) => ({
    key: visitKey(visit.appointment),
    label: `${words.dayAndTime(visit.localStart)}, ${visit.doctorName}`,
  }));

/** A page of the visits as a card; the choices are the visits themselves. */
export function listVisits(turn: Turn, before: Memory, visits: readonly ShownVisit[], title: string): Step {
  const memory = { ...before, page: before.page ?? 0 };
  const words = wordsFor(memory);
  const all = new Map(visitOptions(words, visits).map((option) => [option.key, option]));
  const keys = pageOf([...all.keys()], memory.page ?? 0, pageSize(turn, 'visit'));
  const onPage = visits.filter(({ appointment }) => keys.includes(visitKey(appointment)));
  const options = keys.flatMap((key) => all.get(key) ?? optionsOf(memory, [key]));
  // A text message numbers the choices: the same lines need not stand above them.
  if (turn.channel === 'sms') {
    const zones = [...new Set(onPage.map(({ timeZone }) => words.zone(timeZone)))];
    const zoned = title.endsWith(':')
      ? `${title.slice(0, -1)} (${zones.join(', ')}):`
      : `${title} (${zones.join(', ')})`;
    return waitFor(memory, 'visit', zoned, options);
  }
  const card = {
    title,
    rows: onPage.map((visit) => ({
      label: whenOf(words, visit),
      value: [visit.doctorName, visit.officeName, words.visitState[visit.state]()]
        .filter((part) => part !== '')
        .join(', '),
    })),
  };
  const asked = waitFor(memory, 'visit', cardText(card), options);
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, card })) };
}

/**
 * The visits that fit what a sentence said of them: doctor, office, day, time. "Tuesday" is heard as the next one; where no visit is on that
 * day, one on another Tuesday may be meant: it is repeated before anything is done.
 */
export function fitting(
  visits: readonly ShownVisit[],
  about: NonNullable<VisitTask['about']>,
): readonly ShownVisit[] {
  const exact = fittingExactly(visits, about);
  const { from, to } = about.when ?? {};
  if (exact.length > 0 || from === undefined || from !== to) return exact;
  const { from: _from, to: _to, ...when } = about.when ?? {};
  return fittingExactly(visits, { ...about, when }).filter(
    ({ localStart }) => weekdayOf(dayOf(localStart)) === weekdayOf(from),
  );
}

function fittingExactly(
  visits: readonly ShownVisit[],
  { doctors, office, when }: NonNullable<VisitTask['about']>,
): readonly ShownVisit[] {
  const day = when === undefined ? undefined : wishedDay(when);
  const time = when === undefined ? undefined : wishedTime(when);
  return visits.filter(
    (visit) =>
      (doctors === undefined || doctors.includes(visit.doctorId)) &&
      (office === undefined || office === visit.officeId) &&
      (day === undefined ||
        (day.kind === 'days' && day.from <= dayOf(visit.localStart) && dayOf(visit.localStart) <= day.to) ||
        (day.kind === 'choices' && day.dates.includes(dayOf(visit.localStart)))) &&
      (time === undefined || isAt(time, visit.localStart)),
  );
}

/** What a sentence says about a visit on file; undefined: nothing. */
export function aboutVisit({ doctor, office, day, time }: Understood): VisitTask['about'] {
  const doctors =
    doctor?.kind === 'one' ? [doctor.id] : doctor?.kind === 'several' ? [...doctor.ids] : undefined;
  const when: Wish = {
    ...(day?.kind === 'days' ? { from: day.from, to: day.to } : {}),
    ...(day?.kind === 'choices' ? { dates: [...day.dates] } : {}),
    ...(time?.kind === 'at' ? { at: [...time.readings] } : {}),
    ...(time?.kind === 'between' ? { between: [time.from, time.until] } : {}),
  };
  const about = {
    ...(doctors === undefined ? {} : { doctors }),
    ...(office?.kind === 'one' ? { office: office.id } : {}),
    ...(Object.keys(when).length === 0 ? {} : { when }),
  };
  return Object.keys(about).length === 0 ? undefined : about;
}

/** Which of the visits an answer means: a tap, a number, a place, or what it names. Undefined where it is none or more than one. */
export function visitMeant(
  turn: Turn,
  memory: Memory,
  visits: readonly ShownVisit[],
  about: VisitTask['about'],
): ShownVisit | undefined {
  const words = wordsFor(memory);
  const shown = (memory.shown ?? []).flatMap((key) =>
    visitOptions(words, visits).filter((option) => option.key === key),
  );
  const key = picked(turn, shown) ?? placeIn(turn.text, shown);
  if (key !== undefined) return visits.find(({ appointment }) => visitKey(appointment) === key);
  const [only, second] = about === undefined ? [] : fitting(visits, about);
  return second === undefined ? only : undefined;
}

/** "The first", "cancel the second one". */
const placeIn = (text: string, shown: readonly Option[]): string | undefined => {
  const behind = /\b(?:the|el|la)\s+(\S+(?:\s+(?:one|visit|appointment|cita))?)\s*[.!]?$/i.exec(
    text.trim(),
  )?.[1];
  return (
    atPlace(text, shown) ?? (behind === undefined ? undefined : atPlace(behind.split(/\s/)[0] ?? '', shown))
  );
};

/** Says something and ends, or goes back to the booking that was under way. */
export function ended(memory: Memory, text: string, options: readonly Option[] = []): Step {
  const words = wordsFor(memory);
  const { task: _task, aside, draft: _draft, ...known } = memory;
  const { challenge: _challenge, claimOver: _over, register: _register, ...rest } = known;
  if (aside !== undefined)
    return {
      memory: {
        ...rest,
        draft: aside,
        asked: undefined,
        shown: undefined,
        page: undefined,
        misses: undefined,
      },
      replies: [say(memory, `${text} ${words.backToBooking()}`)],
      next: 'ask',
    };
  const { asked: _asked, page: _page, misses: _misses, ...left } = rest;
  const choices = [...options, { key: 'book', label: words.bookLabel() }];
  return {
    memory: { ...left, shown: choices.map(({ key }) => key) },
    replies: [say(memory, text, choices)],
    next: 'end',
  };
}
