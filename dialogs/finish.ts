// The explicit yes: one use case books, and its outcome becomes words; every failure leads on to a question or an honest end.
import { confirmationOf } from '../services/confirmation.ts';
import {
  type BookingError,
  type ConfirmedBooking,
  doctorId,
  officeId,
  patientId,
  type RequiredField,
  visitTypeId,
} from '../services/domain.ts';
import type { BookRequest } from '../services/use-cases.ts';
import { officeLine, phoneFor } from './lists.ts';
import { localStartOf } from './local-start.ts';
import { idle, type Memory, type SlotName } from './memory.ts';
import { askChange, cannotLook, errorText, reopened } from './outcomes.ts';
import { offerInstead } from './record-when.ts';
import { cardText } from './reply.ts';
import { calendarLink, goOn, type Step, say, type Turn, wordsFor } from './turn.ts';

/** The choice after a booking; while it is the one shown, a second "yes" is an echo of the first. */
export const bookAnother = 'book-another';

/** Where the EHR answers, reconcile has found out by then; "still checking" is not said for longer. */
const settledWithinMs = 15 * 60_000;

/** Length of a visit where the doctor has no visit types: the availability's default. */
const defaultDurationMinutes = 30;

/** The draft as a request, whole or not. */
export function bookRequest(turn: Turn, { who, draft = {} }: Memory): BookRequest {
  return {
    ...(who === undefined ? {} : { patientId: patientId(who.id), patientName: who.name }),
    ...(draft.doctorId === undefined ? {} : { doctorId: doctorId(draft.doctorId) }),
    ...(draft.officeId === undefined ? {} : { officeId: officeId(draft.officeId) }),
    ...(draft.day === undefined || draft.time === undefined
      ? {}
      : { localStart: `${draft.day}T${draft.time}` }),
    ...(draft.visitTypeId === undefined
      ? { durationMinutes: defaultDurationMinutes }
      : { visitTypeId: visitTypeId(draft.visitTypeId) }),
    channel: turn.channel,
    conversationId: turn.conversationId,
  };
}

/** Books the draft. Booked or unsure: the flow ends and only who it was stays known; else the draft stays, too. */
export async function finish(turn: Turn, memory: Memory): Promise<Step> {
  const outcome = await turn.desk.useCases.book(bookRequest(turn, memory));
  return outcome.ok ? booked(turn, memory, outcome.value) : notBooked(turn, memory, outcome.error);
}

async function booked(turn: Turn, memory: Memory, booking: ConfirmedBooking): Promise<Step> {
  const words = wordsFor(memory);
  const offices = await turn.desk.useCases.directory.offices();
  const office = offices.ok ? offices.value.find(({ id }) => id === booking.officeId) : undefined;
  const card = words.booked(
    {
      doctor: booking.doctorName,
      office: office === undefined ? booking.officeName : officeLine(office),
      localStart: localStartOf(booking.startsAt, booking.timeZone),
      timeZone: booking.timeZone,
    },
    booking.appointment,
  );
  const another = { key: bookAnother, label: words.bookAnotherLabel() };
  return {
    memory: { ...idle(memory), shown: [another.key], latest: booking.appointment },
    replies: [
      {
        ...say(memory, cardText(card), [another]),
        card,
        link: calendarLink(turn.desk, memory, booking.patientId, booking.appointment),
        confirmation: confirmationOf(booking),
      },
    ],
    next: 'end',
  };
}

const slotOf: Readonly<Record<RequiredField, SlotName>> = {
  patientid: 'who',
  doctorid: 'doctor',
  officeid: 'office',
  scheduled_time: 'day',
  'appointmenttypeid or duration': 'visitType',
};

/** Why it is not booked, in words, and the question or the honest end that this leads to. */
export async function notBooked(turn: Turn, memory: Memory, error: BookingError): Promise<Step> {
  const sentence = await errorText(turn, memory, error);
  switch (error.kind) {
    case 'slot-taken': {
      const lost = (memory.lost ?? 0) + 1;
      const phone = lost > 1 ? ` ${wordsFor(memory).lostAgain(await phoneFor(turn.desk, memory))}` : '';
      return offerInstead({ ...memory, lost }, sentence + phone, sameDoctor(memory, error.alternatives));
    }
    case 'outside-policy':
      return outsidePolicy(turn, memory, error, sentence);
    case 'overlaps-own':
      return goOn(reopened(memory, 'time'), sentence);
    case 'patient-not-found':
    case 'patient-ambiguous':
      return goOn(reopened(memory, 'who'), sentence);
    case 'missing-fields':
      return goOn(
        error.fields.reduce((open, field) => reopened(open, slotOf[field]), memory),
        sentence,
      );
    case 'ehr-unavailable':
      return cannotLook(turn, memory, error);
    case 'unconfirmed':
      return {
        memory: { ...idle(memory), unsureUntilMs: turn.desk.clock.now() + settledWithinMs },
        replies: [say(memory, sentence)],
        next: 'end',
      };
    case 'ehr-refused':
    case 'booking-not-found':
    case 'already-cancelled':
      return askChange(turn, memory, sentence);
  }
}

function outsidePolicy(
  turn: Turn,
  memory: Memory,
  error: Extract<BookingError, { kind: 'outside-policy' }>,
  sentence: string,
): Promise<Step> | Step {
  switch (error.rule) {
    case 'past':
    case 'lead-time':
    case 'horizon':
    case 'impossible-time':
    case 'not-offered': {
      const starts = sameDoctor(memory, error.alternatives ?? []);
      return starts.length > 0
        ? offerInstead(memory, sentence, starts)
        : goOn(reopened(memory, 'day'), sentence);
    }
    case 'not-bookable-here':
    case 'no-time-zone':
    case 'unknown-visit-type':
    case 'duration':
      return askChange(turn, memory, sentence);
  }
}

/** Alternatives for the doctor and office that were chosen; another doctor's time would need to be asked about. */
const sameDoctor = (
  { draft }: Memory,
  slots: readonly { officeId: string; doctorId: string; localStart: string }[],
): readonly string[] =>
  slots.flatMap((slot) =>
    slot.doctorId === draft?.doctorId && slot.officeId === draft?.officeId ? [slot.localStart] : [],
  );
