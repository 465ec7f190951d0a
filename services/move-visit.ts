// Use case: move a visit to another time of its own doctor, office and length. Three EHR calls: read, fresh availability, PATCH of what changes.
import { intervalOf, overlaps } from './availability.ts';
import { roomsFor } from './booking-attempt.ts';
import { checkPolicy, checkRequest, heldVisitOf, outsideHours, type Wanted } from './booking-check.ts';
import { idOf } from './bookings.ts';
import { type BookingError, fail, ok, type Result } from './domain.ts';
import { moveTo } from './move-attempt.ts';
import { ownOverlap } from './own-overlap.ts';
import { type Found, notBegun, offerFor, onVisit, otherTimes, taken, whyNot } from './visit-act.ts';
import type { ChangeError, ChangeRequest, Visit, VisitCases } from './visit-cases.ts';
import { type Begun, begin, type ChangeCase, lockDays, recordOf } from './visit-change.ts';
import { instantAt, msOf, wallTimeOf } from './wall-time.ts';

type Outcome = Result<Visit, ChangeError>;
type Move = Parameters<VisitCases['moveVisit']>[0];

/** Keeps the EHR's id. Whatever fails, the visit stands where it was, or the answer is that nobody knows yet. */
export function createMoveVisit(deps: ChangeCase): VisitCases['moveVisit'] {
  const { store, clock, log, settings } = deps;
  return async (request) => {
    const outcome = await onVisit(deps, request, async (found): Promise<Outcome> => {
      const { visit } = found;
      const wanted = await wantedOf(deps, request, visit);
      if (!wanted.ok) return wanted;
      if (await isThere(deps, request, visit, wanted.value)) return ok(visit);
      const refusal = whyNot(visit, request.visit, clock.now(), settings.cancelNoticeMinutes);
      if (refusal !== undefined) return fail(refusal);
      const days = [visit.localStart.slice(0, 10), wanted.value.date];
      return lockDays(store, visit.doctorId, days, () => moveLocked(deps, request, found, wanted.value));
    });
    log.info('move ended', { outcome: outcome.ok ? 'moved' : outcome.error.kind });
    return outcome;
  };
}

export function createTimesForMove({ openTimes }: ChangeCase): VisitCases['timesForMove'] {
  return async (visit) => {
    const offer = await openTimes(offerFor(visit));
    if (!offer.ok) return offer;
    const { slots, timeZone } = offer.value;
    return ok({ slots: slots.filter(({ startsAt }) => startsAt !== visit.startsAt), timeZone });
  };
}

/** The target as a booking would be asked for: everything in it exists, and its wall time is one. */
async function wantedOf(
  deps: ChangeCase,
  request: Move,
  { patientId, doctorId, officeId, durationMinutes }: Visit,
): Promise<Result<Wanted, ChangeError>> {
  const { to: localStart, channel } = request;
  const asked = { patientId, doctorId, officeId, durationMinutes, localStart, channel };
  const wanted = await checkRequest(deps, asked);
  return wanted.ok ? wanted : fail(changeError(wanted.error));
}

function changeError(error: BookingError): ChangeError {
  switch (error.kind) {
    case 'outside-policy':
    case 'ehr-unavailable':
    case 'ehr-refused':
      return error;
    default:
      return { kind: 'ehr-refused', reason: error.kind };
  }
}

/** It has that time already: nothing to move, or moved before and asked again. */
async function isThere(
  deps: ChangeCase,
  { visit: shown }: ChangeRequest,
  visit: Visit,
  { startsAt }: Wanted,
): Promise<boolean> {
  if (visit.startsAt !== startsAt || !visit.changeable) return false;
  if (msOf(shown.startsAt) === msOf(startsAt)) return true;
  return (await recordOf(deps, visit))?.status === 'confirmed';
}

async function moveLocked(
  deps: ChangeCase,
  request: Move,
  { row, visit }: Found,
  wanted: Wanted,
): Promise<Outcome> {
  const policy = checkPolicy(wanted, deps.clock.now(), deps.settings);
  if (!policy.ok) return fail(changeError(policy.error));
  const booking = await ownOverlap(deps, visit.patientId, wanted, row.id);
  if (booking !== undefined) return fail({ kind: 'overlaps-own', booking });
  // A lost race of this patient at that time, whose row is still to be cancelled.
  const there = await deps.bookings.get(idOf(wanted.key));
  if (there?.booking.status === 'withdrawing') return taken(deps, visit, wanted.startsAt);
  // While it is being moved, nobody else can take hold of the new time.
  const letGo = await deps.holds.claim(heldVisitOf(wanted), wanted.holder);
  if (letGo === undefined) return taken(deps, visit, wanted.startsAt);
  try {
    return await moveClaimed(deps, request, { row, visit }, wanted);
  } finally {
    letGo();
  }
}

async function moveClaimed(
  deps: ChangeCase,
  request: Move,
  { row, visit }: Found,
  wanted: Wanted,
): Promise<Outcome> {
  const free = await isFree(deps, visit, wanted);
  if (!free.ok) return fail(changeError(free.error));
  if (!free.value) {
    if (!outsideHours(wanted)) return taken(deps, visit, wanted.startsAt);
    const alternatives = await otherTimes(deps, visit, wanted.startsAt);
    return fail({ kind: 'outside-policy', rule: 'not-offered', alternatives });
  }
  const room = await roomAt(deps, row.room, visit, wanted);
  let begun: Begun | undefined;
  try {
    const { startsAt } = wanted;
    begun = await begin(deps, request, visit, row, { kind: 'move', startsAt, room });
  } catch (error) {
    return notBegun(deps, error);
  }
  if (begun === undefined) return fail({ kind: 'ehr-unavailable' });
  const outcome = await moveTo(deps, begun, visit, wanted);
  if (outcome.ok) await deps.holds.releaseOver(heldVisitOf(wanted));
  return outcome;
}

/** The whole of the new time is free, but for what the visit has itself: of that the EHR can only say that it is taken. */
async function isFree(
  { openTimes }: ChangeCase,
  visit: Visit,
  wanted: Wanted,
): Promise<Result<boolean, BookingError>> {
  const [own, target] = [intervalOf(visit), intervalOf(wanted)];
  const isLater = target.startMs > own.startMs;
  const rest = !overlaps(own, target)
    ? target
    : isLater
      ? { startMs: own.endMs, endMs: target.endMs }
      : { startMs: target.startMs, endMs: own.startMs };
  const durationMinutes = (rest.endMs - rest.startMs) / 60_000;
  const date = wallTimeOf(rest.startMs, visit.timeZone).slice(0, 10);
  const day = await openTimes({ ...offerFor(visit), durationMinutes }, 'booking', date);
  // By a few minutes: no such time is on offer.
  if (!day.ok && day.error.kind === 'outside-policy' && day.error.rule === 'duration') return ok(false);
  if (!day.ok) return day;
  const start = instantAt(rest.startMs);
  return ok(day.value.slots.some(({ startsAt }) => startsAt === start));
}

/** The room that it has, unless a booking of ours is in it then. */
async function roomAt(
  { bookings }: ChangeCase,
  present: number,
  visit: Visit,
  wanted: Wanted,
): Promise<number> {
  if (overlaps(intervalOf(visit), intervalOf(wanted))) return present;
  const busy = await bookings.busyRooms(wanted.office.id, wanted);
  return busy.has(present) ? (roomsFor(wanted, busy)[0] ?? present) : present;
}
