// Use case: take a cancellation back within a minute. A new look at the time, then the status, then a booking's verification; never a blind flip.
import { intervalOf, longestVisitMinutes, overlaps } from './availability.ts';
import { undoMs } from './cancel-visit.ts';
import { type Appointment, type Booking, fail, type Instant, ok, type Result } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import { keptUntilMs } from './kept-busy.ts';
import { ownOverlap } from './own-overlap.ts';
import type { Holder } from './use-cases.ts';
import { type Found, missedNotice, notBegun, onVisit, orUnsure, taken, unlucky } from './visit-act.ts';
import type { ChangeError, ChangeRequest, Visit, VisitCases } from './visit-cases.ts';
import { type Begun, begin, type ChangeCase, lockDays, recordOf } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import { send } from './visit-change-send.ts';
import { rivalsAt, standsAlone, takeBack } from './visit-change-verify.ts';
import { msOf } from './wall-time.ts';

type Outcome = Result<Visit, ChangeError>;

/** Four EHR calls. If anything fails the visit stays cancelled, and the answer says so or that nobody knows yet. */
export function createUndoCancel(deps: ChangeCase): VisitCases['undoCancel'] {
  return async (request) => {
    const outcome = await onVisit(deps, request, (found) => undo(deps, request, found));
    deps.log.info('cancellation taken back', { outcome: outcome.ok ? 'restored' : outcome.error.kind });
    return outcome;
  };
}

async function undo(deps: ChangeCase, request: ChangeRequest, { row, visit }: Found): Promise<Outcome> {
  if (msOf(visit.startsAt) !== msOf(request.visit.startsAt)) return fail({ kind: 'changed-since', visit });
  const own = await recordOf(deps, visit);
  // Taken back before: the same answer.
  if (visit.changeable && own?.status === 'confirmed') return ok(visit);
  const now = deps.clock.now();
  const cancelledAt = own === undefined ? undefined : cancelledAtOf(own);
  const isOpen = cancelledAt !== undefined && now < msOf(cancelledAt) + undoMs;
  if (visit.state !== 'cancelled' || !isOpen) return fail({ kind: 'not-changeable', visit });
  if (missedNotice(visit.startsAt, now, 0) !== undefined)
    return fail({ kind: 'too-late', visit, noticeMinutes: 0 });
  const booking = await ownOverlap(deps, visit.patientId, visit, row.id);
  if (booking !== undefined) return fail({ kind: 'overlaps-own', booking });
  const date = visit.localStart.slice(0, 10);
  return lockDays(deps.store, visit.doctorId, [date], async () => {
    const day = await deps.ehr.appointmentsOn({ date, doctorId: visit.doctorId }, 'booking');
    if (!day.ok) return fail(failureOf(day.error));
    const { length: rivals } = rivalsAt(day.value, visit, visit.localStart, visit.durationMinutes);
    if (rivals > 0 || (await isKept(deps, visit))) return taken(deps, visit, visit.startsAt);
    // Free again, it may be held by somebody who reads the check for it; while it is taken back, nobody else can.
    const letGo = await deps.holds.claim(visit, holderOf(request));
    if (letGo === undefined) return taken(deps, visit, visit.startsAt);
    try {
      return await undoClaimed(deps, request, { row, visit }, cancelledAt);
    } finally {
      letGo();
    }
  });
}

/** By the patient, here; a try to take it back that came to nothing, as far as could be seen, may be made again. */
function cancelledAtOf(own: Booking): Instant | undefined {
  if (own.status === 'cancelled' && own.by === 'patient') return own.cancelledAt ?? own.updatedAt;
  const isTried = own.status === 'changing' && own.change.kind === 'undo' && own.change.back !== true;
  return isTried ? (own.change.cancelledAt ?? own.updatedAt) : undefined;
}

const holderOf = ({ visit: { patientId }, conversationId }: ChangeRequest): Holder => ({
  patientId,
  ...(conversationId === undefined ? {} : { conversationId }),
});

async function undoClaimed(
  deps: ChangeCase,
  request: ChangeRequest,
  { row, visit }: Found,
  cancelledAt: Instant,
): Promise<Outcome> {
  let begun: Begun | undefined;
  try {
    begun = await begin(deps, request, visit, row, { kind: 'undo', cancelledAt });
  } catch (error) {
    return notBegun(deps, error);
  }
  return begun === undefined ? fail({ kind: 'ehr-unavailable' }) : restore(deps, begun, row, visit);
}

/** Somebody has the time with us whom the EHR's list may not show yet. */
async function isKept({ bookings, clock }: ChangeCase, visit: Visit): Promise<boolean> {
  const { startMs, endMs } = intervalOf(visit);
  const fromMs = startMs - longestVisitMinutes * 60_000;
  const near = await bookings.starting({ doctor: visit.doctorId }, fromMs, endMs, 1_000);
  return near.some(
    (other) =>
      overlaps({ startMs, endMs }, intervalOf(other)) &&
      !('appointment' in other && other.appointment === visit.appointment) &&
      (keptUntilMs(other) ?? 0) > clock.now(),
  );
}

const restore = (deps: ChangeCase, begun: Begun, row: Appointment, visit: Visit): Promise<Outcome> =>
  orUnsure(deps, begun, async () => {
    const { ref, notesHold } = row;
    // A visit that stands has no reason for being cancelled.
    const notes = notesHold === 'reason' ? { notes: ref === undefined ? {} : { ref } } : {};
    const sent = await send(deps, begun, { status: '', ...notes });
    if (sent.kind === 'conflict') {
      await end(deps, begun, 'nothing', 'request', 'slot-taken');
      return taken(deps, visit, visit.startsAt);
    }
    if (sent.kind !== 'done') return unlucky(deps, begun, sent);
    // Whatever the account checks: that it checks where only the status changes is written nowhere.
    switch (await standsAlone(deps, begun.booking, 'again')) {
      case 'stands':
        await end(deps, begun, 'done', 'request');
        return ok({ ...visit, state: 'booked', changeable: true });
      case 'unproven':
        return unlucky(deps, begun, { kind: 'unsure' });
      case 'lost': {
        const back = await takeBack(deps, begun);
        if (back.sent.kind !== 'done') return unlucky(deps, back.begun, { kind: 'unsure' });
        await end(deps, back.begun, 'nothing', 'request', 'slot-taken');
        return taken(deps, visit, visit.startsAt);
      }
    }
  });
