// The last question: everything that will be booked, its time held, and what else the patient has that day.
import { doctorId, officeId } from '../services/domain.ts';
import type { OwnVisit } from '../services/use-cases.ts';
import { minuteOf } from './calendar.ts';
import { bookRequest, notBooked } from './finish.ts';
import { officeLine, optionsOf, phoneFor } from './lists.ts';
import { localStartOf } from './local-start.ts';
import type { Memory } from './memory.ts';
import { cannotLook, reopened } from './outcomes.ts';
import { cardText } from './reply.ts';
import type { SeenVisit } from './task-memory.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';

/** Nothing is booked before this question is answered with an explicit yes. */
export async function askConfirm(turn: Turn, before: Memory): Promise<Step> {
  const { useCases } = turn.desk;
  const { directory } = useCases;
  const held = await useCases.hold(bookRequest(turn, before));
  if (!held.ok) return notBooked(turn, before, held.error);
  const draft = before.draft ?? {};
  const [office, doctor] = [officeId(draft.officeId ?? ''), doctorId(draft.doctorId ?? '')];
  const offices = await directory.offices();
  if (!offices.ok) return cannotLook(turn, before, offices.error);
  const doctors = await directory.doctorsAt(office);
  if (!doctors.ok) return cannotLook(turn, before, doctors.error);
  const types = await directory.visitTypesOf(doctor);
  if (!types.ok) return cannotLook(turn, before, types.error);
  const zone = await directory.timeZoneAt(office, doctor);
  if (!zone.ok) return cannotLook(turn, before, zone.error);
  const timeZone = zone.value;
  if (timeZone === undefined)
    return cannotLook(turn, before, { kind: 'outside-policy', rule: 'no-time-zone' });
  // The question is asked again after every answer that is none; the EHR is asked once a booking.
  const own = await useCases.sameDayVisits(bookRequest(turn, before), draft.ownDayRead !== true);
  const memory: Memory = own.readEhr ? { ...before, draft: { ...draft, ownDayRead: true } } : before;
  const place = offices.value.find(({ id }) => id === office);
  const visitType = types.value.find(({ id }) => id === draft.visitTypeId)?.name;
  const words = wordsFor(memory);
  const plain = words.askConfirm({
    person: memory.who?.name ?? '',
    doctor: doctors.value.find(({ id }) => id === doctor)?.name ?? '',
    office: place === undefined ? '' : officeLine(place),
    ...(visitType === undefined ? {} : { visitType }),
    localStart: `${draft.day ?? ''}T${draft.time ?? ''}`,
    timeZone,
  });
  const start = `${draft.day ?? ''}T${draft.time ?? ''}`;
  const beside = (before.seen ?? []).filter(
    (seen) =>
      seen.localStart.startsWith(draft.day ?? '-') &&
      own.visits.every(({ startsAt }) => startsAt !== seen.startsAt),
  );
  const clash = beside.find((seen) => seen.localStart === start || isWithin(start, seen));
  if (clash !== undefined) return overlapping(turn, memory, clash);
  const also = [...own.visits, ...beside].map((visit) => visitThen(memory, visit, timeZone));
  const card = also.length === 0 ? plain : { ...plain, closing: words.askConfirmAlso(also) };
  const asked = waitFor(memory, 'confirm', cardText(card), optionsOf(memory, ['yes', 'no']));
  return { ...asked, replies: asked.replies.map((reply) => ({ ...reply, card })) };
}

/** Does the wall time begin while the patient is at another visit of theirs? */
const isWithin = (start: string, { localStart, durationMinutes }: SeenVisit): boolean =>
  localStart <= start && minuteOf(start) < minuteOf(localStart) + durationMinutes;

/** A visit that the front desk made, and that the conversation has read: our own store does not know it, so it would not refuse. */
async function overlapping(turn: Turn, memory: Memory, visit: SeenVisit): Promise<Step> {
  const words = wordsFor(memory);
  const otherVisit = `${visit.doctorName}, ${words.when(visit.localStart, visit.timeZone)}`;
  const facts = { phone: await phoneFor(turn.desk, memory), otherVisit, leadMinutes: 0, horizonDays: 0 };
  return goOn(reopened(memory, 'time'), words.bookingErrors['overlaps-own'](facts));
}

/** `Dr. John Doe, 10:00 AM`; the zone where it is another than that of the visit on the card. */
function visitThen(memory: Memory, { doctorName, startsAt, timeZone }: OwnVisit, cardZone: string): string {
  const words = wordsFor(memory);
  const start = localStartOf(startsAt, timeZone);
  const time = words.time(Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16)));
  return `${doctorName}, ${time}${timeZone === cardZone ? '' : ` (${words.zone(timeZone)})`}`;
}
