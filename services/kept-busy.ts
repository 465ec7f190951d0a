// Times that are ours though the EHR's lists may not show them yet, by doctor and in memory: every look at the calendar asks for them.
import { type Busy, intervalOf } from './availability.ts';
import type { Booking, BookingId, DoctorId } from './domain.ts';
import { instantAt, msOf } from './wall-time.ts';

/** "List data may lag writes by some seconds" (DrChrono's documentation); generously. */
const listLagMs = 120_000;

interface Kept extends Busy {
  readonly untilMs: number;
}

interface OfDoctor {
  readonly byId: Map<BookingId, Kept>;
  ascending: readonly Busy[];
  /** When `ascending` is to be made anew; 0: now. */
  goodUntilMs: number;
}

export interface KeptBusy {
  /** Ascending by start. */
  of(doctor: DoctorId, nowMs: number): Promise<readonly Busy[]>;
  /** Takes over a booking's next state, once it is stored. */
  note(booking: Booking): Promise<void>;
}

/**
 * `coming` reads a doctor's bookings from the store, once a doctor. What is written afterwards is noted: one process writes the
 * embedded store. A store that several processes write needs an index by `updatedAt` here instead.
 */
export function createKeptBusy(
  coming: (doctor: DoctorId, nowMs: number) => Promise<readonly Booking[]>,
): KeptBusy {
  const doctors = new Map<DoctorId, Promise<OfDoctor>>();

  const load = async (doctor: DoctorId, nowMs: number): Promise<OfDoctor> => {
    const kept: OfDoctor = { byId: new Map(), ascending: [], goodUntilMs: 0 };
    for (const booking of await coming(doctor, nowMs)) take(kept, booking);
    return kept;
  };

  return {
    async of(doctor, nowMs) {
      let loading = doctors.get(doctor);
      if (loading === undefined) {
        loading = load(doctor, nowMs);
        doctors.set(doctor, loading);
        loading.catch(() => doctors.delete(doctor));
      }
      const kept = await loading;
      if (nowMs >= kept.goodUntilMs) refresh(kept, nowMs);
      return kept.ascending;
    },
    async note(booking) {
      const kept = await doctors.get(booking.doctorId);
      if (kept !== undefined) take(kept, booking);
    },
  };
}

function take(kept: OfDoctor, booking: Booking): void {
  const untilMs = keptUntilMs(booking);
  const { id, startsAt } = booking;
  if (untilMs === undefined) kept.byId.delete(id);
  else kept.byId.set(id, { startsAt, endsAt: instantAt(intervalOf(booking).endMs), untilMs });
  kept.goodUntilMs = 0;
}

function refresh(kept: OfDoctor, nowMs: number): void {
  for (const [id, { untilMs }] of kept.byId) if (untilMs <= nowMs) kept.byId.delete(id);
  const all = [...kept.byId.values()];
  kept.ascending = all.sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  kept.goodUntilMs = Math.min(Number.POSITIVE_INFINITY, ...all.map(({ untilMs }) => untilMs));
}

/** Until when it keeps its time from others: pending ones always (they may stand in the EHR), confirmed ones until the EHR's lists have caught up. */
function keptUntilMs(booking: Booking): number | undefined {
  if (booking.status === 'pending') return Number.POSITIVE_INFINITY;
  return booking.status === 'confirmed' ? msOf(booking.updatedAt) + listLagMs : undefined;
}
