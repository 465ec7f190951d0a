// Which of an office's rooms our own bookings use, by day and in memory: each booking asks, and a day is a hundred of them to read.
import { type Interval, intervalOf, longestVisitMinutes, overlaps } from './availability.ts';
import type { RoomHold } from './documents.ts';
import type { Booking, BookingId, OfficeId } from './domain.ts';

const dayMs = 86_400_000;
/** Whoever overlaps a visit started at most this long before it. */
const longestVisitMs = longestVisitMinutes * 60_000;
const mostDaysKept = 300;

interface Kept extends Interval {
  readonly room: number;
}
/** Bookings that hold a room and start on one UTC day at one office. */
type OfDay = Map<BookingId, Kept>;

export interface KeptRooms {
  /** Rooms in use at some moment of the visit, by pending, confirmed and changing bookings. */
  during(
    office: OfficeId,
    visit: { readonly startsAt: string; readonly durationMinutes: number },
  ): Promise<ReadonlySet<number>>;
  /** Takes over a booking's next state, once it is stored. */
  note(booking: Booking): Promise<void>;
}

/** `starting` reads from the store which of an office's bookings start in `[fromMs, toMs)`; once a day, as `kept-busy.ts` does and for its reasons. */
export function createKeptRooms(
  starting: (office: OfficeId, fromMs: number, toMs: number) => Promise<readonly RoomHold[]>,
): KeptRooms {
  const days = new Map<string, Promise<OfDay>>();
  const keyOf = (office: OfficeId, day: number) => `${office}|${day}`;

  const load = async (office: OfficeId, day: number): Promise<OfDay> => {
    const kept: OfDay = new Map();
    for (const booking of await starting(office, day * dayMs, (day + 1) * dayMs)) take(kept, booking);
    return kept;
  };

  const ofDay = (office: OfficeId, day: number): Promise<OfDay> => {
    const key = keyOf(office, day);
    const known = days.get(key);
    if (known !== undefined) return known;
    for (const oldest of days.keys().take(days.size >= mostDaysKept ? 1 : 0)) days.delete(oldest);
    const loading = load(office, day);
    days.set(key, loading);
    loading.catch(() => days.delete(key));
    return loading;
  };

  return {
    async during(office, visit) {
      const interval = intervalOf(visit);
      const rooms = new Set<number>();
      const last = Math.floor(interval.endMs / dayMs);
      for (let day = Math.floor((interval.startMs - longestVisitMs) / dayMs); day <= last; day += 1)
        for (const kept of (await ofDay(office, day)).values())
          if (overlaps(interval, kept)) rooms.add(kept.room);
      return rooms;
    },
    async note(booking) {
      const { startMs } = intervalOf(booking);
      const kept = await days.get(keyOf(booking.officeId, Math.floor(startMs / dayMs)));
      if (kept !== undefined) take(kept, booking);
    },
  };
}

function take(kept: OfDay, booking: RoomHold): void {
  const { id, room, status } = booking;
  if (status === 'pending' || status === 'confirmed' || status === 'changing')
    kept.set(id, { ...intervalOf(booking), room });
  else kept.delete(id);
}
