// Steps 6 and 7 of a booking: from a row that stands in the EHR to a confirmed booking, a withdrawn one, or an honest "not sure yet".
import { type CreateDeps, isAsAsked, standingOf } from './booking-create.ts';
import type { Bookings } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import {
  type Appointment,
  type BookingError,
  type BookingFacts,
  type ConfirmedBooking,
  fail,
  ok,
  type Result,
  type Slot,
} from './domain.ts';
import type { OfferDeps, OpenTimes } from './offer.ts';
import type { Owe } from './owed.ts';
import type { Ids, Log, Store, StoreOp } from './ports.ts';
import type { BookRequest } from './use-cases.ts';
import { instantAt } from './wall-time.ts';

export interface BookingCase extends OfferDeps, CreateDeps {
  readonly store: Store;
  readonly bookings: Bookings;
  readonly openTimes: OpenTimes;
  readonly owe: Owe;
  readonly ids: Ids;
  readonly log: Log;
}

type Outcome = Result<ConfirmedBooking, BookingError>;

/** A booking that stands as `pending` on disk, in the hands of this request. */
export interface Pending extends StoredBooking {
  readonly facts: BookingFacts;
}

/** A live row with our reference exists: is it what was asked for, and does it stand alone? */
export async function settleCreated(
  deps: BookingCase,
  request: BookRequest,
  pending: Pending,
  row: Appointment,
  alternatives: () => Promise<readonly Slot[]>,
): Promise<Outcome> {
  const facts: BookingFacts = { ...pending.facts, ehrStatus: row.ehrStatus };
  if (!isAsAsked(row, facts)) {
    deps.log.error('the EHR created something else than was asked: withdrawn', { ref: facts.ref });
    return withdraw(deps, request, pending, row, { kind: 'ehr-refused', reason: 'changed-by-ehr' });
  }
  switch (await standingOf(deps, facts, row.id)) {
    case 'stands':
      return confirm(deps, request, pending, {
        ...facts,
        status: 'confirmed',
        appointment: row.id,
        updatedAt: instantAt(deps.clock.now()),
      });
    case 'lost':
      deps.ehr.forgetOpenSlots(facts.doctorId, row.localStart.slice(0, 10));
      return withdraw(deps, request, pending, row, {
        kind: 'slot-taken',
        alternatives: await alternatives(),
      });
    case 'unproven':
      return unconfirmed(deps, request, pending);
  }
}

/** Step 7: one batch holds the booking and everything owed for it; only then is "booked" said. */
async function confirm(
  deps: BookingCase,
  request: BookRequest,
  pending: Pending,
  booking: ConfirmedBooking,
): Promise<Outcome> {
  // Written in the same moment, so one with the batch.
  await deps.holds.releaseOver(booking);
  await deps.bookings.write(booking, pending.version, [
    ...(request.alsoWrite?.(ok(booking)) ?? []),
    ...deps.owe('booked', booking, pending.version + 1),
  ]);
  return ok(booking);
}

/** The row must go: first on disk, then in the EHR, so that a crash between leaves it to reconcile. */
async function withdraw(
  deps: BookingCase,
  request: BookRequest,
  pending: Pending,
  row: Appointment,
  error: BookingError,
): Promise<Outcome> {
  const facts: BookingFacts = { ...pending.facts, updatedAt: instantAt(deps.clock.now()) };
  const withdrawing = await deps.bookings.write(
    { ...facts, status: 'withdrawing', appointment: row.id },
    pending.version,
  );
  const cancelled = await deps.ehr.changeAppointment(row.id, { status: 'Cancelled' });
  if (!cancelled.ok && cancelled.error.kind !== 'not-found') {
    deps.log.warn('withdrawal left to reconcile', { ref: facts.ref, reason: cancelled.error.kind });
    return answer(deps, request, fail(error));
  }
  return failed(deps, request, { ...withdrawing, facts }, error);
}

/** Nothing of this booking stands in the EHR. */
export async function failed(
  deps: BookingCase,
  request: BookRequest,
  pending: Pending,
  error: BookingError,
): Promise<Outcome> {
  const outcome = fail(error);
  const updatedAt = instantAt(deps.clock.now());
  await deps.bookings.write(
    { ...pending.facts, updatedAt, status: 'failed', error: error.kind },
    pending.version,
    request.alsoWrite?.(outcome) ?? [],
  );
  return outcome;
}

/** It may stand in the EHR: kept `pending`, marked as told, for reconcile to settle and for the conversation to hear of. */
export async function unconfirmed(
  deps: BookingCase,
  request: BookRequest,
  pending: Pending,
): Promise<Outcome> {
  const outcome = fail({ kind: 'unconfirmed', ref: pending.facts.ref } as const);
  // Whoever asked last is told what comes of it, where the patient asked again elsewhere.
  const { conversationId = pending.facts.conversationId } = request;
  const told = conversationId === undefined ? {} : { conversationId };
  await deps.bookings.write(
    { ...pending.facts, ...told, status: 'pending', told: 'unconfirmed' },
    pending.version,
    request.alsoWrite?.(outcome) ?? [],
  );
  return outcome;
}

/** An outcome that changes no booking, with what the caller wants remembered of it. */
export async function answer(deps: BookingCase, request: BookRequest, outcome: Outcome): Promise<Outcome> {
  const ops: readonly StoreOp[] = request.alsoWrite?.(outcome) ?? [];
  if (ops.length > 0) await deps.store.batch(ops);
  return outcome;
}

/** The class of an error for the log: messages may hold anything. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
