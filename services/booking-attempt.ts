// Steps 4 and 5 of a booking: one create, what its answer means, and looking instead of posting again.
import { nearest } from './availability.ts';
import type { Wanted } from './booking-check.ts';
import { findLostCreate, newAppointmentOf, occupancy, ownRow } from './booking-create.ts';
import { type BookingCase, failed, type Pending, settleCreated, unconfirmed } from './booking-settle.ts';
import { calendarOf, idOf } from './bookings.ts';
import type { StoredBooking } from './documents.ts';
import type { BookingError, BookingFacts, ConfirmedBooking, Result, Slot } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { BookRequest, OfferRequest } from './use-cases.ts';
import { instantAt, msOf } from './wall-time.ts';

type Outcome = Result<ConfirmedBooking, BookingError>;

export const slotRequest = (wanted: Wanted): OfferRequest => ({
  officeId: wanted.office.id,
  doctorId: wanted.doctor.id,
  durationMinutes: wanted.durationMinutes,
  ...(wanted.visitTypeId === undefined ? {} : { visitTypeId: wanted.visitTypeId }),
  holder: wanted.holder,
});

export async function newFacts(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
  known: StoredBooking | undefined,
  patientName: string,
): Promise<BookingFacts> {
  const at = instantAt(deps.clock.now());
  return {
    id: idOf(wanted.key),
    ref: deps.ids.next(12),
    ...(known === undefined ? {} : calendarOf(known)),
    key: wanted.key,
    attempt: (known?.booking.attempt ?? 0) + 1,
    patientId: wanted.patientId,
    patientName,
    doctorId: wanted.doctor.id,
    doctorName: wanted.doctor.name,
    officeId: wanted.office.id,
    officeName: wanted.office.name,
    // Availability does not tell rooms.
    room: roomsFor(wanted, await deps.bookings.busyRooms(wanted.office.id, wanted))[0] ?? 1,
    startsAt: wanted.startsAt,
    timeZone: wanted.timeZone,
    durationMinutes: wanted.durationMinutes,
    ...(wanted.visitTypeId === undefined ? {} : { visitTypeId: wanted.visitTypeId }),
    channel: request.channel,
    ...(request.conversationId === undefined ? {} : { conversationId: request.conversationId }),
    ehrStatus: '',
    createdAt: at,
    updatedAt: at,
  };
}

/** Free rooms, those meant for online booking first; all rooms where none seems free, for the EHR to judge. */
export function roomsFor(wanted: Pick<Wanted, 'office'>, busy: ReadonlySet<number>): readonly number[] {
  const rooms = wanted.office.rooms.toSorted(
    (a, b) => Number(b.online) - Number(a.online) || a.index - b.index,
  );
  const free = rooms.filter(({ index }) => !busy.has(index));
  return (free.length > 0 ? free : rooms).map(({ index }) => index);
}

/** Step 4: one create, and what its answer means. */
export async function create(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
  pending: Pending,
  mayRetryRoom = true,
): Promise<Outcome> {
  const { facts } = pending;
  const created = await deps.ehr.createAppointment(newAppointmentOf(facts));
  deps.ehr.forgetOpenSlots(facts.doctorId, wanted.date);
  if (created.ok)
    return settleCreated(deps, request, pending, created.value, () => alternatives(deps, wanted));
  switch (created.error.kind) {
    case 'unknown':
    case 'unexpected':
      return resume(deps, request, wanted, pending);
    case 'conflict':
      return afterConflict(deps, request, wanted, pending, mayRetryRoom);
    default:
      return failed(deps, request, pending, failureOf(created.error));
  }
}

/** A 409 (step 4): ours after all, only the room taken, or really somebody else's time. */
async function afterConflict(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
  pending: Pending,
  mayRetryRoom: boolean,
): Promise<Outcome> {
  const { facts } = pending;
  const day = await deps.ehr.appointmentsOn({ date: wanted.date, officeId: facts.officeId }, 'booking');
  // Without the day's list nobody can say that it is not our own visit, twice delivered, that stands in the way.
  if (!day.ok) return unconfirmed(deps, request, pending);
  const ours = ownRow(day.value, facts);
  if (ours !== undefined) {
    return settleCreated(deps, request, pending, ours, () => alternatives(deps, wanted));
  }
  const { busyRooms: busy, doctorBusy } = occupancy(day.value, facts);
  const room = roomsFor(wanted, busy).find((index) => !busy.has(index));
  if (!mayRetryRoom || doctorBusy || !busy.has(facts.room) || room === undefined) {
    return failed(deps, request, pending, {
      kind: 'slot-taken',
      alternatives: await alternatives(deps, wanted),
    });
  }
  const moved: BookingFacts = { ...facts, room };
  const written = await deps.bookings.write(
    { ...moved, status: 'pending', told: 'nothing' },
    pending.version,
  );
  return create(deps, request, wanted, { ...written, facts: moved }, false);
}

/** Three nearest free times, freshly read; none where the EHR does not answer now. */
export async function alternatives(deps: BookingCase, wanted: Wanted): Promise<readonly Slot[]> {
  const offer = await deps.openTimes(slotRequest(wanted), 'booking');
  return offer.ok ? nearest(offer.value.slots, msOf(wanted.startsAt), 3) : [];
}

/** Step 5: a create went out and nobody knows what came of it. Look, never post again. */
export async function resume(
  deps: BookingCase,
  request: BookRequest,
  wanted: Wanted,
  pending: Pending,
): Promise<Outcome> {
  const row = await findLostCreate(deps, pending.facts);
  if (row === undefined) return unconfirmed(deps, request, pending);
  return settleCreated(deps, request, pending, row, () => alternatives(deps, wanted));
}
