// What came of a change: the next state of a visit, in one batch with its messages, its news and its audit entry.
import { factsOf, idOf } from './bookings.ts';
import { numbered, sequenceOf } from './documents.ts';
import type {
  CancelledBooking,
  ChangingBooking,
  ConfirmedBooking,
  MessageKind,
  VisitChange,
} from './domain.ts';
import { newsOps } from './news.ts';
import type { GoneNews, StandingNews } from './use-cases.ts';
import { type Begun, type ChangeCase, daysOf, keyFor } from './visit-change.ts';
import { instantAt } from './wall-time.ts';

/** `nothing`: the visit is as it was before. `gone`: it is neither; the practice has cancelled it or moved it meanwhile. */
export type Outcome = 'done' | 'nothing' | 'gone';

/** Writes what came of it; returns the booking that the visit has now. Only then is it said. `why`: of what came to nothing. */
export async function end(
  deps: ChangeCase,
  begun: Begun,
  outcome: Outcome,
  by: 'request' | 'reconcile',
  why?: string,
): Promise<ConfirmedBooking | CancelledBooking> {
  const { booking, version } = begun;
  const { change, appointment, told } = booking;
  const at = instantAt(deps.clock.now());
  const after = await stateAfter(deps, booking, outcome);
  const there = after.next.id === booking.id ? begun : await deps.bookings.get(after.next.id);
  const nextVersion = (there?.version ?? 0) + 1;
  const sequence = sequenceOf(begun) + (after.about === undefined ? 0 : 1);
  const next = { ...numbered(after.next, nextVersion, sequence), updatedAt: at };
  const left = { ...factsOf(booking), updatedAt: at, status: 'moved', appointment } as const;

  const isNews = by === 'reconcile' && !(told === 'not-done' && after.what === 'not-changed');
  const fact = { kind: newsAbout[change.kind][outcome], bookingId: next.id };
  const news = isNews ? newsOps(next, `news|${next.id}|v${nextVersion}`, fact, at) : [];
  const messages = after.about === undefined ? [] : deps.owe(after.about, next, nextVersion);
  const reason = why === undefined ? {} : { why };
  const entry = deps.audit.ofChange({ booking: next, what: after.what, by, ...reason });
  await deps.bookings.writeAll(
    [
      ...(next.id === booking.id ? [] : [{ booking: left, version }]),
      { booking: next, version: there?.version },
    ],
    [...news, ...messages, entry],
  );
  for (const date of daysOf(booking)) deps.ehr.forgetOpenSlots(booking.doctorId, date);
  deps.log.info('change ended', { kind: change.kind, outcome: after.what, ref: booking.ref });
  return next;
}

interface After {
  readonly next: ConfirmedBooking | CancelledBooking;
  /** The message that tells of it; none where nothing has changed for the patient. */
  readonly about?: MessageKind;
  readonly what: 'cancelled' | 'cancelled-by-practice' | 'moved' | 'restored' | 'not-changed';
}

async function stateAfter(deps: ChangeCase, booking: ChangingBooking, outcome: Outcome): Promise<After> {
  const { change, appointment } = booking;
  const facts = factsOf(booking);
  const stands = { ...facts, status: 'confirmed', appointment } as const;
  const cancelled = {
    ...facts,
    ehrStatus: 'Cancelled',
    status: 'cancelled',
    appointment,
    by: 'patient',
  } as const;
  if (change.kind === 'undo' && outcome !== 'done') {
    // Its minute goes on from where it began.
    const { cancelledAt } = change;
    const next = { ...cancelled, ...(cancelledAt === undefined ? {} : { cancelledAt }) };
    return { next, what: 'not-changed' };
  }
  switch (outcome) {
    case 'nothing':
      return { next: stands, what: 'not-changed' };
    case 'gone':
      return { next: { ...cancelled, by: 'practice' }, about: 'cancelled', what: 'cancelled-by-practice' };
    case 'done':
      break;
  }
  switch (change.kind) {
    case 'cancel':
      return { next: cancelled, about: 'cancelled', what: 'cancelled' };
    case 'undo':
      return { next: { ...stands, ehrStatus: '' }, about: 'booked', what: 'restored' };
    case 'move': {
      const { startsAt, room } = change;
      const key = await keyFor(deps, { ...facts, startsAt }, { id: appointment, ref: facts.ref });
      return { next: { ...stands, id: idOf(key), key, startsAt, room }, about: 'changed', what: 'moved' };
    }
  }
}

const newsAbout: Readonly<Record<VisitChange['kind'], Readonly<Record<Outcome, StandingNews | GoneNews>>>> = {
  cancel: { done: 'cancelled-after-all', nothing: 'not-cancelled', gone: 'cancelled-after-all' },
  move: { done: 'moved-after-all', nothing: 'not-moved', gone: 'cancelled-after-all' },
  undo: { done: 'restored-after-all', nothing: 'not-restored', gone: 'not-restored' },
};
