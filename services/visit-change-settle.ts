// Reconcile's part for visits: a change that a crash, a lost reply or a lagging list left open is ended by what the EHR shows.
import type { ChangingBooking } from './domain.ts';
import type { Begun, ChangeCase } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import { whereabouts } from './visit-change-send.ts';
import { standsAlone, takeBack } from './visit-change-verify.ts';
import { msOf } from './wall-time.ts';

/** What was sent may arrive late; a request that has not been heard of for so long will not. */
const mayArriveMs = 60_000;

/** Under the locks of a change. Leaves it for the next minute where the EHR does not say enough. */
export async function settleChange(deps: ChangeCase, begun: Begun): Promise<void> {
  const { booking } = begun;
  const at = await whereabouts(deps, booking);
  if (!at.ok) return;
  switch (at.value) {
    case 'elsewhere':
      await end(deps, begun, 'gone', 'reconcile');
      return;
    case 'origin': {
      const isOver = isGoingBack(booking) || deps.clock.now() - msOf(booking.updatedAt) >= mayArriveMs;
      if (isOver) await end(deps, begun, 'nothing', 'reconcile');
      return;
    }
    case 'target':
      return settleDone(deps, begun);
  }
}

async function settleDone(deps: ChangeCase, begun: Begun): Promise<void> {
  const { booking } = begun;
  const isProven =
    booking.change.kind === 'cancel' || (booking.change.kind === 'move' && deps.overlapScope === 'doctor');
  const standing = isProven && !isGoingBack(booking) ? 'stands' : await standsAlone(deps, booking, 'once');
  if (standing === 'stands') {
    await end(deps, begun, 'done', 'reconcile');
    return;
  }
  if (standing === 'unproven') return;
  const back = await takeBack(deps, begun);
  if (back.sent.kind === 'done') await end(deps, back.begun, 'nothing', 'reconcile');
  else deps.log.error('visit stands at a time that is taken', { ref: booking.ref, outcome: back.sent.kind });
}

const isGoingBack = ({ change }: ChangingBooking): boolean =>
  change.kind !== 'cancel' && change.back === true;
