// Whether a changed visit has its time to itself, and the way back where it has not.
import { overlaps } from './availability.ts';
import { roomsFor } from './booking-attempt.ts';
import { occupancy, wallInterval } from './booking-create.ts';
import type { Appointment, ChangingBooking, LocalDateTime } from './domain.ts';
import { type Begun, type ChangeCase, noted } from './visit-change.ts';
import { localStart, type Sent, send } from './visit-change-send.ts';

const readAgainMs = [1000, 2000];

/**
 * Whether the visit has its new time to itself. Counts only once the day's list shows it there, and not as it stood there earlier (a list
 * may lag, and a visit come back). Of a visit that came by a change the id does not tell who was there first, so whoever else is there
 * has the time: both of a race give way, and none is doubled.
 */
export async function standsAlone(
  deps: ChangeCase,
  booking: ChangingBooking,
  tries: 'once' | 'again',
): Promise<'stands' | 'lost' | 'unproven'> {
  const { change, doctorId, durationMinutes } = booking;
  const start = localStart(booking, change.kind === 'move' ? change.startsAt : booking.startsAt);
  for (const waitMs of tries === 'once' ? [0] : [0, ...readAgainMs]) {
    if (waitMs > 0) await deps.clock.sleep(waitMs);
    const day = await deps.ehr.appointmentsOn({ date: start.slice(0, 10), doctorId }, 'booking');
    if (!day.ok) continue;
    const own = day.value.find(({ id }) => id === booking.appointment);
    if (own?.live !== true || own.localStart !== start || isEarlier(own, booking)) continue;
    return rivalsAt(day.value, booking, start, durationMinutes).length > 0 ? 'lost' : 'stands';
  }
  return 'unproven';
}

/** Of an EHR without stamps nothing is known to be earlier. */
const isEarlier = (read: Appointment, { changeStamp }: ChangingBooking): boolean =>
  read.changeStamp !== undefined && changeStamp !== undefined && read.changeStamp < changeStamp;

/** Other live visits of the doctor that overlap this time. */
export function rivalsAt(
  day: readonly Appointment[],
  { appointment, doctorId }: Pick<ChangingBooking, 'appointment' | 'doctorId'>,
  start: LocalDateTime,
  durationMinutes: number,
): readonly Appointment[] {
  const interval = wallInterval(start, durationMinutes);
  return day.filter(
    (row) =>
      row.id !== appointment &&
      row.live &&
      row.doctorId === doctorId &&
      overlaps(interval, wallInterval(row.localStart, row.durationMinutes)),
  );
}

/** Somebody else has the time: back to how it was, on disk first. What is left open here is reconcile's. */
export async function takeBack(
  deps: ChangeCase,
  begun: Begun,
): Promise<{ readonly begun: Begun; readonly sent: Sent }> {
  const { booking } = begun;
  const { change } = booking;
  if (change.kind === 'cancel') throw new Error('a cancellation is never taken back by itself');
  const back = change.back === true ? begun : await noted(deps, begun, { change: { ...change, back: true } });
  deps.log.warn('change taken back: the time was taken', { kind: change.kind, ref: booking.ref });
  if (change.kind === 'undo')
    return { begun: back, sent: await send(deps, back, { status: 'Cancelled' }, 'origin') };

  const ownTime = { localStart: localStart(booking, booking.startsAt) };
  const room = change.room === booking.room ? {} : { room: booking.room };
  const sent = await send(deps, back, { ...ownTime, ...room }, 'origin');
  // Its own room has been given away meanwhile. In another one it is where it was, as far as the patient is concerned.
  const other = sent.kind === 'conflict' ? await otherRoom(deps, booking, ownTime.localStart) : undefined;
  if (other === undefined) return { begun: back, sent };
  const elsewhere = await noted(deps, back, { room: other });
  return { begun: elsewhere, sent: await send(deps, elsewhere, { ...ownTime, room: other }, 'origin') };
}

async function otherRoom(
  { ehr }: ChangeCase,
  booking: ChangingBooking,
  start: LocalDateTime,
): Promise<number | undefined> {
  const { officeId, appointment } = booking;
  const offices = await ehr.offices('booking');
  const day = await ehr.appointmentsOn({ date: start.slice(0, 10), officeId }, 'booking');
  const office = offices.ok ? offices.value.find(({ id }) => id === officeId) : undefined;
  if (office === undefined || !day.ok) return undefined;
  const { busyRooms } = occupancy(
    day.value.filter(({ id }) => id !== appointment),
    booking,
  );
  return roomsFor({ office }, busyRooms).find((index) => !busyRooms.has(index));
}
