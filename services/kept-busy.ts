// Times that are ours though the EHR's lists may not show them yet, by doctor and in memory: every look at the calendar asks for them.
import { type Busy, firstFrom, intervalOf } from './availability.ts';
import type { Booking, BookingId, DoctorId } from './domain.ts';
import { instantAt, msOf } from './wall-time.ts';

/** "List data may lag writes by some seconds" (DrChrono's documentation); generously. */
const listLagMs = 120_000;

interface Kept {
  readonly busy: Busy;
  readonly untilMs: number;
}

interface OfDoctor {
  readonly byId: Map<BookingId, Kept>;
  /** Never changed, only replaced, and only when a time comes or goes: whoever looks again may go by identity. */
  ascending: readonly Busy[];
  /** When the first of them has to leave. */
  nextUntilMs: number;
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
    const kept: OfDoctor = { byId: new Map(), ascending: [], nextUntilMs: Number.POSITIVE_INFINITY };
    for (const booking of await coming(doctor, nowMs)) take(kept, booking, nowMs);
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
      if (nowMs >= kept.nextUntilMs) dropPast(kept, nowMs);
      return kept.ascending;
    },
    async note(booking) {
      const kept = await doctors.get(booking.doctorId);
      if (kept !== undefined) take(kept, booking);
    },
  };
}

/** Takes over one booking; `sinceMs`: what no longer counts by then is left out. */
function take(kept: OfDoctor, booking: Booking, sinceMs = Number.NEGATIVE_INFINITY): void {
  const { id, startsAt } = booking;
  const untilMs = keptUntilMs(booking);
  const before = kept.byId.get(id)?.busy;
  if (untilMs === undefined || untilMs <= sinceMs) {
    kept.byId.delete(id);
    if (before !== undefined) kept.ascending = kept.ascending.filter((busy) => busy !== before);
    return;
  }
  const endsAt = instantAt(intervalOf(booking).endMs);
  const isSame = before !== undefined && before.startsAt === startsAt && before.endsAt === endsAt;
  const busy = isSame ? before : { startsAt, endsAt };
  kept.byId.set(id, { busy, untilMs });
  kept.nextUntilMs = Math.min(kept.nextUntilMs, untilMs);
  if (isSame) return;
  const others = before === undefined ? kept.ascending : kept.ascending.filter((other) => other !== before);
  kept.ascending = others.toSpliced(firstFrom(others, startsAt), 0, busy);
}

function dropPast(kept: OfDoctor, nowMs: number): void {
  const past = new Set<Busy>();
  kept.nextUntilMs = Number.POSITIVE_INFINITY;
  for (const [id, { busy, untilMs }] of kept.byId) {
    if (untilMs > nowMs) {
      kept.nextUntilMs = Math.min(kept.nextUntilMs, untilMs);
    } else {
      kept.byId.delete(id);
      past.add(busy);
    }
  }
  if (past.size > 0) kept.ascending = kept.ascending.filter((busy) => !past.has(busy));
}

/** Until when it keeps its time from others: pending and changing ones always (they may stand in the EHR), confirmed ones until the EHR's lists have caught up. */
export function keptUntilMs(booking: Booking): number | undefined {
  if (booking.status === 'pending' || booking.status === 'changing') return Number.POSITIVE_INFINITY;
  return booking.status === 'confirmed' ? msOf(booking.updatedAt) + listLagMs : undefined;
}
