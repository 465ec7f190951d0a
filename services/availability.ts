// Free times as patients may be offered them; pure functions over half-open intervals `[start, end)` in epoch milliseconds.
import type { Slot } from './domain.ts';

export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Half-open: a visit that ends at ten does not overlap one that starts at ten. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

export function intervalOf(visit: { readonly startsAt: string; readonly durationMinutes: number }): Interval {
  const startMs = Date.parse(visit.startsAt);
  return { startMs, endMs: startMs + visit.durationMinutes * 60_000 };
}

/** When a visit may start: not before the lead time has passed, not after the horizon's last moment. */
export interface BookingWindow {
  readonly earliestMs: number;
  readonly latestMs: number;
}

export function bookingWindow(nowMs: number, leadMinutes: number, horizonDays: number): BookingWindow {
  return { earliestMs: nowMs + leadMinutes * 60_000, latestMs: nowMs + horizonDays * 86_400_000 };
}

/** The EHR's free slots less what we may not offer: outside the window, or in the way of a visit that we know and the EHR may not show yet. */
export function offered(
  slots: readonly Slot[],
  window: BookingWindow,
  busy: readonly Interval[],
): readonly Slot[] {
  return slots.filter((slot) => {
    const interval = intervalOf(slot);
    if (interval.startMs < window.earliestMs || interval.startMs > window.latestMs) return false;
    return !busy.some((other) => overlaps(interval, other));
  });
}

/** The `count` slots whose starts lie nearest to a wanted one, in order of time. */
export function nearest(slots: readonly Slot[], wantedMs: number, count: number): readonly Slot[] {
  return slots
    .map((slot) => ({ slot, startMs: Date.parse(slot.startsAt) }))
    .filter(({ startMs }) => startMs !== wantedMs)
    .sort((a, b) => Math.abs(a.startMs - wantedMs) - Math.abs(b.startMs - wantedMs) || a.startMs - b.startMs)
    .slice(0, count)
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ slot }) => slot);
}
