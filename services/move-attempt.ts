// A move that is on disk: sent, and its answer made into one of three truths: moved, not moved, or not known yet.
import { roomsFor } from './booking-attempt.ts';
import type { Wanted } from './booking-check.ts';
import { occupancy } from './booking-create.ts';
import { ok, type Result } from './domain.ts';
import { orUnsure, taken, unlucky } from './visit-act.ts';
import type { ChangeError, Visit } from './visit-cases.ts';
import { type Begun, type ChangeCase, noted } from './visit-change.ts';
import { end } from './visit-change-end.ts';
import { send } from './visit-change-send.ts';
import { standsAlone, takeBack } from './visit-change-verify.ts';

type Outcome = Result<Visit, ChangeError>;

export const moveTo = (deps: ChangeCase, begun: Begun, visit: Visit, wanted: Wanted): Promise<Outcome> =>
  orUnsure(deps, begun, () => attempt(deps, begun, visit, wanted, true));

async function attempt(
  deps: ChangeCase,
  begun: Begun,
  visit: Visit,
  wanted: Wanted,
  mayRetryRoom: boolean,
): Promise<Outcome> {
  const { change, room: present } = begun.booking;
  const room = change.kind === 'move' && change.room !== present ? { room: change.room } : {};
  const sent = await send(deps, begun, { localStart: wanted.localStart, ...room });
  if (sent.kind === 'done') return verified(deps, begun, visit, wanted);
  if (sent.kind !== 'conflict') return unlucky(deps, begun, sent);
  const other = mayRetryRoom ? await otherRoom(deps, begun, wanted) : undefined;
  if (other !== undefined) return attempt(deps, other, visit, wanted, false);
  await end(deps, begun, 'nothing', 'request', 'slot-taken');
  return taken(deps, visit, wanted.startsAt);
}

/** After a 409: the same move into a free room, if the day shows that only the room was in the way. */
async function otherRoom(deps: ChangeCase, begun: Begun, wanted: Wanted): Promise<Begun | undefined> {
  const { booking } = begun;
  const { change } = booking;
  if (change.kind !== 'move') return undefined;
  const day = await deps.ehr.appointmentsOn({ date: wanted.date, officeId: wanted.office.id }, 'booking');
  if (!day.ok) return undefined;
  const others = day.value.filter(({ id }) => id !== booking.appointment);
  const { busyRooms, doctorBusy } = occupancy(others, { ...booking, startsAt: change.startsAt });
  const room = roomsFor(wanted, busyRooms).find((index) => !busyRooms.has(index));
  if (doctorBusy || !busyRooms.has(change.room) || room === undefined) return undefined;
  return noted(deps, begun, { change: { ...change, room } });
}

/** As a booking's step 6: the EHR's yes proves a free doctor only where the account checks by doctor. */
async function verified(deps: ChangeCase, begun: Begun, visit: Visit, wanted: Wanted): Promise<Outcome> {
  const standing =
    deps.overlapScope === 'doctor' ? 'stands' : await standsAlone(deps, begun.booking, 'again');
  switch (standing) {
    case 'stands': {
      const { id } = await end(deps, begun, 'done', 'request');
      const { startsAt, localStart } = wanted;
      return ok({ ...visit, startsAt, localStart, booking: id });
    }
    case 'unproven':
      return unlucky(deps, begun, { kind: 'unsure' });
    case 'lost': {
      const back = await takeBack(deps, begun);
      if (back.sent.kind !== 'done') return unlucky(deps, back.begun, { kind: 'unsure' });
      await end(deps, back.begun, 'nothing', 'request', 'slot-taken');
      return taken(deps, visit, wanted.startsAt);
    }
  }
}
