// Use case: cancel a visit. Two EHR calls: it is read, then its status becomes Cancelled; the row and its history stay.
import { fail, type Instant, ok, type Result } from './domain.ts';
import { type Found, notBegun, onVisit, orUnsure, unlucky, whyNot } from './visit-act.ts';
import type { Cancelled, ChangeError, ChangeRequest, Visit, VisitCases } from './visit-cases.ts';
import { type Begun, begin, type ChangeCase, lockDays, recordOf } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import { send } from './visit-change-send.ts';
import { msOf } from './wall-time.ts';

type Outcome = Result<Cancelled, ChangeError>;

/** So long a cancellation may be taken back. */
export const undoMs = 60_000;

export function createCancelVisit(deps: ChangeCase): VisitCases['cancelVisit'] {
  const { store, clock, log, settings } = deps;
  return async (request) => {
    const outcome = await onVisit(deps, request, async ({ row, visit }): Promise<Outcome> => {
      const before = await ownCancellation(deps, request, visit);
      if (before !== undefined) return ok(before);
      const refusal = whyNot(visit, request.visit, clock.now(), settings.cancelNoticeMinutes);
      if (refusal !== undefined) return fail(refusal);
      return lockDays(store, visit.doctorId, [visit.localStart.slice(0, 10)], async () => {
        let begun: Begun | undefined;
        try {
          begun = await begin(deps, request, visit, row, { kind: 'cancel' });
        } catch (error) {
          return notBegun(deps, error);
        }
        if (begun === undefined) return fail({ kind: 'ehr-unavailable' });
        return cancel(deps, begun, { row, visit }, request.reason);
      });
    });
    log.info('cancellation ended', { outcome: outcome.ok ? 'cancelled' : outcome.error.kind });
    return outcome;
  };
}

const cancel = (
  deps: ChangeCase,
  begun: Begun,
  { row, visit }: Found,
  cancelReason: string | undefined,
): Promise<Outcome> =>
  orUnsure(deps, begun, async () => {
    const { ref, notesHold } = row;
    // A PATCH overwrites: where the desk has written, its words stay.
    const isKept = cancelReason !== undefined && notesHold !== undefined;
    const notes = isKept ? { notes: { ...(ref === undefined ? {} : { ref }), cancelReason } } : {};
    const sent = await send(deps, begun, { status: 'Cancelled', ...notes });
    // Nobody overlaps a visit that is gone; an EHR that says so all the same has refused.
    if (sent.kind === 'conflict')
      return unlucky(deps, begun, { kind: 'refused', error: { kind: 'ehr-refused', reason: 'conflict' } });
    if (sent.kind !== 'done') return unlucky(deps, begun, sent);
    const { updatedAt } = await end(deps, begun, 'done', 'request');
    const ofReason = cancelReason === undefined ? {} : { reasonKept: isKept };
    return ok({ ...cancelledVisit(visit, updatedAt), ...ofReason });
  });

const cancelledVisit = (visit: Visit, cancelledAt: Instant): Cancelled => ({
  visit: { ...visit, state: 'cancelled', changeable: false } as const,
  undoUntilMs: msOf(cancelledAt) + undoMs,
});

/** Asked a second time within the minute: the same answer, not "it has changed since". */
async function ownCancellation(
  deps: ChangeCase,
  { visit: shown }: ChangeRequest,
  visit: Visit,
): Promise<Cancelled | undefined> {
  if (visit.state !== 'cancelled' || msOf(visit.startsAt) !== msOf(shown.startsAt)) return undefined;
  const booking = await recordOf(deps, visit);
  if (booking?.status !== 'cancelled' || booking.by !== 'patient') return undefined;
  const cancelled = cancelledVisit(visit, booking.cancelledAt ?? booking.updatedAt);
  return deps.clock.now() < cancelled.undoUntilMs ? cancelled : undefined;
}
