// What cancelling, moving and taking back have in common: the visit is read first, acted on only as it was shown, and every end is said honestly.
import { nearest } from './availability.ts';
import { nameOf } from './booking-settle.ts';
import { patientLock } from './bookings.ts';
import {
  type Appointment,
  type BookingError,
  fail,
  type Instant,
  ok,
  type Result,
  type Slot,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { ChangeError, ChangeRequest, Visit, VisitRef } from './visit-cases.ts';
import { type Begun, type ChangeCase, noted } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import type { Sent } from './visit-change-send.ts';
import { type Settled, settleEarlier } from './visit-change-settle.ts';
import { isAhead, stateOf } from './visit-state.ts';
import { visitOf } from './visits.ts';
import { msOf } from './wall-time.ts';

export interface Found {
  readonly row: Appointment;
  readonly visit: Visit;
}

/** Reads the visit and works on it while nothing else here works for its patient. What is refused before anything is sent is audited. */
export async function onVisit<T>(
  deps: ChangeCase,
  request: ChangeRequest,
  work: (found: Found) => Promise<Result<T, ChangeError>>,
): Promise<Result<T, ChangeError>> {
  const { patientId } = request.visit;
  return deps.store.withLock(patientLock(patientId), async () => {
    if ((await settledEarlier(deps, request.visit)) === 'open') return fail({ kind: 'still-checking' });
    const found = await readVisit(deps, request.visit);
    const outcome = found.ok ? await work(found.value) : found;
    if (!outcome.ok && isRefusal(outcome.error, found.ok)) await noteRefusal(deps, request, outcome.error);
    return outcome;
  });
}

/** What broke on the way may have changed the visit. */
async function settledEarlier(deps: ChangeCase, visit: VisitRef): Promise<Settled> {
  try {
    return await settleEarlier(deps, visit);
  } catch (error) {
    deps.log.error('earlier change not settled', { reason: nameOf(error) });
    return 'open';
  }
}

/** What is sent has an entry of its own, also where it turns out that the visit is gone. */
const isRefusal = ({ kind }: ChangeError, isFound: boolean): boolean =>
  kind === 'too-late' ||
  kind === 'changed-since' ||
  kind === 'not-changeable' ||
  (kind === 'visit-not-found' && !isFound);

/** Nothing has changed, and that is said whether or not it could be written down. */
async function noteRefusal(
  { store, audit, log }: ChangeCase,
  { visit }: ChangeRequest,
  { kind }: ChangeError,
): Promise<void> {
  try {
    await store.batch([audit.ofRefusal(visit, kind)]);
  } catch (error) {
    log.error('refusal not audited', { reason: nameOf(error) });
  }
}

/** By its id, which does not lag. Whose it is not learns nothing of it. */
async function readVisit(deps: ChangeCase, ref: VisitRef): Promise<Result<Found, ChangeError>> {
  const row = await deps.ehr.appointment(ref.appointment, 'booking');
  if (!row.ok)
    return fail(row.error.kind === 'not-found' ? { kind: 'visit-not-found' } : failureOf(row.error));
  const { patientId, live, ehrStatus } = row.value;
  // Not live with a status of one that is ahead: deleted.
  if (patientId !== ref.patientId || (!live && isAhead(stateOf(ehrStatus))))
    return fail({ kind: 'visit-not-found' });
  const visit = await visitOf(deps, row.value, patientId, 'booking');
  if (!visit.ok) return fail(failureOf(visit.error));
  if (visit.value === undefined) return fail({ kind: 'outside-policy', rule: 'no-time-zone' });
  return ok({ row: row.value, visit: visit.value });
}

/** Why a visit that was shown like this is not to be changed now; undefined: it may be. */
export function whyNot(
  visit: Visit,
  shown: VisitRef,
  nowMs: number,
  noticeMinutes: number,
): ChangeError | undefined {
  if (msOf(visit.startsAt) !== msOf(shown.startsAt) || !isAhead(visit.state))
    return { kind: 'changed-since', visit };
  if (!visit.changeable) return { kind: 'not-changeable', visit };
  const missedMinutes = missedNotice(visit.startsAt, nowMs, noticeMinutes);
  return missedMinutes === undefined ? undefined : { kind: 'too-late', visit, noticeMinutes: missedMinutes };
}

/** The notice that a visit is nearer than, in minutes; 0: it has begun. Exactly as long before is in time: undefined. */
export function missedNotice(startsAt: Instant, nowMs: number, noticeMinutes: number): number | undefined {
  const leftMs = msOf(startsAt) - nowMs;
  if (leftMs <= 0) return 0;
  return leftMs < noticeMinutes * 60_000 ? noticeMinutes : undefined;
}

/** From the moment the intent is on disk, whatever breaks leaves one honest answer: not sure, and reconcile finds out. */
export async function orUnsure<T>(
  deps: ChangeCase,
  begun: Begun,
  work: () => Promise<Result<T, ChangeError>>,
): Promise<Result<T, ChangeError>> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('change left to reconcile', { ref: begun.booking.ref, reason: nameOf(error) });
    return fail({ kind: 'unsure' });
  }
}

/** The intent could not be written: nothing was sent. */
export function notBegun(
  deps: ChangeCase,
  error: unknown,
): { readonly ok: false; readonly error: ChangeError } {
  deps.log.error('change not begun: the store did not take the intent', { reason: nameOf(error) });
  return fail({ kind: 'ehr-unavailable' });
}

/** Every end of a change that was sent but the good one and the overlap. */
export async function unlucky(
  deps: ChangeCase,
  begun: Begun,
  sent: Exclude<Sent, { kind: 'done' | 'conflict' }>,
): Promise<{ readonly ok: false; readonly error: ChangeError }> {
  switch (sent.kind) {
    case 'refused':
      await end(deps, begun, 'nothing', 'request', sent.error.kind);
      return fail(sent.error);
    case 'gone':
      await end(deps, begun, 'gone', 'request');
      return fail({ kind: 'visit-not-found' });
    case 'not-done':
      await noted(deps, begun, { told: 'not-done' });
      return fail({ kind: 'ehr-unavailable' });
    case 'unsure':
      await noted(deps, begun, { told: 'unsure' });
      return fail({ kind: 'unsure' });
  }
}

/** Somebody else has the time; nothing has changed for the visit. */
export async function taken(
  deps: ChangeCase,
  visit: Visit,
  wanted: Instant,
): Promise<{ readonly ok: false; readonly error: Extract<BookingError, { kind: 'slot-taken' }> }> {
  return fail({ kind: 'slot-taken', alternatives: await otherTimes(deps, visit, wanted) });
}

/** Three free times nearest to the one that was wanted, for a visit of this doctor, office and length; none where the EHR does not answer now. */
export async function otherTimes(deps: ChangeCase, visit: Visit, wanted: Instant): Promise<readonly Slot[]> {
  const offer = await deps.openTimes(offerFor(visit), 'booking');
  if (!offer.ok) return [];
  const others = offer.value.slots.filter(({ startsAt }) => startsAt !== visit.startsAt);
  return nearest(others, msOf(wanted), 3);
}

/** By its length alone: a visit type may be archived since, or its visit have been made longer by the practice. */
export const offerFor = ({
  officeId,
  doctorId,
  durationMinutes,
  patientId,
}: Pick<Visit, 'officeId' | 'doctorId' | 'durationMinutes' | 'patientId'>) => ({
  officeId,
  doctorId,
  durationMinutes,
  holder: { patientId },
});
