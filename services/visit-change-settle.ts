// A change that a crash, a lost reply or a lagging list left open is ended by what the EHR shows: by reconcile, or before the visit is changed again.
import type { ChangingBooking } from './domain.ts';
import type { VisitRef } from './visit-cases.ts';
import { type Begun, type ChangeCase, daysOf, lockDays } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import { whereabouts } from './visit-change-send.ts';
import { standsAlone, takeBack } from './visit-change-verify.ts';
import { msOf } from './wall-time.ts';

/** What was sent may arrive late; a request that has not been heard of for so long will not. */
const mayArriveMs = 60_000;

/** `tried`: nothing of it is to be seen, though it may still arrive. `open`: the EHR does not say enough, or it could not be taken back. */
export type Settled = 'ended' | 'tried' | 'open';

/** Under the locks of a change. What does not end now is left for the next minute. */
export async function settleChange(deps: ChangeCase, begun: Begun): Promise<Settled> {
  const { booking } = begun;
  const at = await whereabouts(deps, booking);
  if (!at.ok) return 'open';
  switch (at.value) {
    case 'elsewhere':
      await end(deps, begun, 'gone', 'reconcile');
      return 'ended';
    case 'origin': {
      const isOver = isGoingBack(booking) || deps.clock.now() - msOf(booking.updatedAt) >= mayArriveMs;
      if (!isOver) return 'tried';
      await end(deps, begun, 'nothing', 'reconcile');
      return 'ended';
    }
    case 'target':
      return settleDone(deps, begun);
  }
}

/**
 * What was left open of the visit comes first: a change begun over it would end as if it had never been, unproven and untold.
 * With the patient's lock held.
 */
export async function settleEarlier(
  deps: ChangeCase,
  { patientId, appointment }: VisitRef,
): Promise<Settled> {
  for (const { booking } of await deps.bookings.ofVisit(patientId, appointment)) {
    if (booking.status !== 'changing') continue;
    return lockDays(deps.store, booking.doctorId, daysOf(booking), async () => {
      const now = await deps.bookings.get(booking.id);
      return now?.booking.status === 'changing'
        ? settleChange(deps, { booking: now.booking, version: now.version })
        : 'ended';
    });
  }
  return 'ended';
}

async function settleDone(deps: ChangeCase, begun: Begun): Promise<Settled> {
  const { booking } = begun;
  const isProven =
    booking.change.kind === 'cancel' || (booking.change.kind === 'move' && deps.overlapScope === 'doctor');
  const standing = isProven && !isGoingBack(booking) ? 'stands' : await standsAlone(deps, booking, 'once');
  if (standing === 'stands') {
    await end(deps, begun, 'done', 'reconcile');
    return 'ended';
  }
  if (standing === 'unproven') return 'open';
  const back = await takeBack(deps, begun);
  if (back.sent.kind === 'done') {
    await end(deps, back.begun, 'nothing', 'reconcile');
    return 'ended';
  }
  deps.log.error('visit stands at a time that is taken', { ref: booking.ref, outcome: back.sent.kind });
  return 'open';
}

const isGoingBack = ({ change }: ChangingBooking): boolean =>
  change.kind !== 'cancel' && change.back === true;
