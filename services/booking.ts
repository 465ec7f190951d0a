// Use case: book a visit once or not at all, and say which. The protocol's steps are numbered as in the README.
import { nearest } from './availability.ts';
import { alternatives, create, newFacts, resume, slotRequest } from './booking-attempt.ts';
import { checkPolicy, checkRequest, heldVisitOf, outsideHours, type Wanted } from './booking-check.ts';
import { answer, type BookingCase, nameOf, type Pending } from './booking-settle.ts';
import { asInEhr } from './booking-standing.ts';
import { doctorDayLock, factsOf, idOf, patientLock, stillSought } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import { type BookingError, type ConfirmedBooking, fail, ok, type Result } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import { ownOverlap } from './own-overlap.ts';
import type { BookRequest } from './use-cases.ts';
import { msOf } from './wall-time.ts';

type Outcome = Result<ConfirmedBooking, BookingError>;

/** Books by the protocol "Booking once, and only once". Never throws for what the EHR, the network or a full disk does. */
export function createBook(deps: BookingCase): (request: BookRequest) => Promise<Outcome> {
  const { store, log } = deps;
  return async (request) => {
    const wanted = await checkRequest(deps, request);
    if (!wanted.ok) return answer(deps, request, wanted);
    const { patientId, doctor, date } = wanted.value;
    // Step 0: always the patient first, then the doctor's day, so that two bookings never wait for each other.
    const outcome = await store.withLock(patientLock(patientId), () =>
      store.withLock(doctorDayLock(doctor.id, date), () => bookLocked(deps, request, wanted.value)),
    );
    log.info('booking ended', {
      outcome: outcome.ok ? 'confirmed' : outcome.error.kind,
      channel: request.channel,
    });
    return outcome;
  };
}

/** What is known of the visit already, the rules and the holds, then a new attempt; under the locks. */
async function bookLocked(deps: BookingCase, request: BookRequest, wanted: Wanted): Promise<Outcome> {
  const kept = await deps.bookings.get(idOf(wanted.key));
  const known = kept === undefined ? undefined : await asInEhr(deps, kept);
  if (known?.booking.status === 'confirmed') {
    // The same time with the same doctor, but elsewhere: the first confirmation would name a place that was not asked for.
    const { booking } = known;
    const outcome =
      booking.officeId === wanted.office.id ? ok(booking) : fail({ kind: 'overlaps-own', booking } as const);
    return answer(deps, request, outcome);
  }
  if (known?.booking.status === 'pending') {
    const pending = { ...known, facts: factsOf(known.booking) };
    return orUnconfirmed(deps, pending, () => resume(deps, request, wanted, pending));
  }
  // It stands or has just been moved or cancelled: reconcile finds out within minutes.
  if (known?.booking.status === 'changing') {
    return answer(deps, request, fail({ kind: 'unconfirmed', ref: known.booking.ref }));
  }
  // A lost race whose row is still to be cancelled: its reference must not be overwritten by a new attempt.
  if (known?.booking.status === 'withdrawing') {
    return answer(
      deps,
      request,
      fail({ kind: 'slot-taken', alternatives: await alternatives(deps, wanted) }),
    );
  }

  const policy = checkPolicy(wanted, deps.clock.now(), deps.settings);
  if (!policy.ok) return answer(deps, request, policy);
  const letGo = await deps.holds.claim(heldVisitOf(wanted), wanted.holder);
  if (letGo === undefined) {
    return answer(
      deps,
      request,
      fail({ kind: 'slot-taken', alternatives: await alternatives(deps, wanted) }),
    );
  }
  try {
    return await bookClaimed(deps, request, wanted, known);
  } finally {
    letGo();
  }
}

/** Steps 1 to 7 of a new attempt, while nobody else can take hold of the time. */
async function bookClaimed(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
  known: StoredBooking | undefined,
): Promise<Outcome> {
  const allowed = await mayBook(deps, request, wanted);
  if (!allowed.ok) return answer(deps, request, allowed);
  const facts = await newFacts(deps, request, wanted, known, allowed.value);

  let pending: StoredBooking;
  try {
    const intent = { ...facts, status: 'pending', told: 'nothing' } as const;
    pending = await deps.bookings.write(intent, known?.version, stillSought(known));
  } catch (error) {
    deps.log.error('booking not begun: the store did not take the intent', { reason: nameOf(error) });
    return fail({ kind: 'ehr-unavailable' });
  }
  return orUnconfirmed(deps, { ...pending, facts }, () =>
    create(deps, request, wanted, { ...pending, facts }),
  );
}

/** From the moment the intent is on disk, whatever breaks leaves one honest answer: not sure yet, and reconcile finds out. */
async function orUnconfirmed(
  deps: BookingCase,
  pending: Pending,
  work: () => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('booking left to reconcile', { ref: pending.facts.ref, reason: nameOf(error) });
    return fail({ kind: 'unconfirmed', ref: pending.facts.ref });
  }
}

/** Steps 1 to 3: the patient's own visits, the slot. The value is the patient's name. */
async function mayBook(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
): Promise<Result<string, BookingError>> {
  const own = await ownOverlap(deps, wanted.patientId, wanted);
  if (own !== undefined) return fail({ kind: 'overlaps-own', booking: own });
  const name = await patientName(deps, request, wanted);
  if (!name.ok) return name;

  const day = await deps.openTimes(slotRequest(wanted), 'booking', wanted.date);
  if (!day.ok) return day;
  if (day.value.slots.some((slot) => slot.startsAt === wanted.startsAt)) return name;
  // The day is at hand; the horizon is read only where the day has not three other times.
  const sameDay = nearest(day.value.slots, msOf(wanted.startsAt), 3);
  const others = sameDay.length === 3 ? sameDay : await alternatives(deps, wanted);
  return fail(
    outsideHours(wanted)
      ? { kind: 'outside-policy', rule: 'not-offered', alternatives: others }
      : { kind: 'slot-taken', alternatives: others },
  );
}

async function patientName(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
): Promise<Result<string, BookingError>> {
  if (request.patientName !== undefined) return ok(request.patientName);
  const patient = await deps.ehr.patient(wanted.patientId, 'booking');
  if (!patient.ok) {
    return fail(
      patient.error.kind === 'not-found' ? { kind: 'patient-not-found' } : failureOf(patient.error),
    );
  }
  if (!patient.value.active) return fail({ kind: 'ehr-refused', reason: 'inactive-chart' });
  return ok(`${patient.value.firstName} ${patient.value.lastName}`);
}
