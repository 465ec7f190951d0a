// Free times as patients may be offered them; pure functions over half-open intervals `[start, end)` in epoch milliseconds.
import type { Instant, Slot } from './domain.ts';

/** No visit is longer; a visit type that is cannot be booked online. */
export const longestVisitMinutes = 480;

export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** `[startsAt, endsAt)`: a time that is taken. */
export interface Busy {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
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

/**
 * The EHR's free slots, ascending and of one length, less what we may not offer: outside the window, or in the way of a visit (`busy`, ascending) that
 * we know and the EHR may not show yet. Neither array may be changed afterwards: the next look at the same two gets the same answer.
 */
export function offered(
  slots: readonly Slot[],
  window: BookingWindow,
  busy: readonly Busy[],
): readonly Slot[] {
  const last = looks.get(slots);
  const free = last?.busy === busy ? last.free : lookAgain(slots, busy, last);
  // Instants are ISO strings in UTC, which sort by time: hundreds of slots are compared without parsing one of them.
  const first = firstFrom(free, isoOf(window.earliestMs));
  const beyond = firstFrom(free, isoOf(window.latestMs + 1));
  if (last !== undefined && last.free === free && last.first === first && last.beyond === beyond)
    return last.inside;
  const inside = first === 0 && beyond === free.length ? free : free.slice(first, beyond);
  looks.set(slots, { busy, free, first, beyond, inside });
  return inside;
}

interface Look {
  readonly busy: readonly Busy[];
  readonly free: readonly Slot[];
  readonly first: number;
  readonly beyond: number;
  readonly inside: readonly Slot[];
}

/** The last look at each array of slots: the questions of one conversation, and its neighbours', are about the same one. */
const looks = new WeakMap<readonly Slot[], Look>();

/** Mostly one visit has come since the last look: only that is taken off. */
function lookAgain(
  slots: readonly Slot[],
  busy: readonly Busy[],
  last: Pick<Look, 'busy' | 'free'> = { busy: [], free: slots },
): readonly Slot[] {
  const added = addedTo(last.busy, busy);
  return added === undefined ? withoutBusy(slots, busy) : withoutBusy(last.free, added);
}

/** What `now` has more than `before`; undefined where something has gone, too. */
function addedTo(before: readonly Busy[], now: readonly Busy[]): readonly Busy[] | undefined {
  const added: Busy[] = [];
  let same = 0;
  for (const busy of now) {
    if (busy === before[same]) same += 1;
    else added.push(busy);
  }
  return same === before.length ? added : undefined;
}

const none: readonly Slot[] = [];

function withoutBusy(slots: readonly Slot[], busy: readonly Busy[]): readonly Slot[] {
  if (busy.length === 0) return slots;
  const free: (readonly Slot[])[] = [];
  let at = 0;
  for (const stretch of stretchesOf(busy)) {
    const from = firstFrom(slots, stretch.startsAt, at);
    // Of one length: at most a few before it reach into it.
    let end = from;
    while (end > at && (slots[end - 1]?.endsAt ?? '') > stretch.startsAt) end -= 1;
    free.push(slots.slice(at, end));
    at = firstFrom(slots, stretch.endsAt, from);
  }
  return none.concat(...free, slots.slice(at));
}

/** Ascending, with those that meet as one: most visits of a busy day do, and each stretch is looked for among hundreds of slots. */
function stretchesOf(busy: readonly Busy[]): readonly Busy[] {
  const stretches: Busy[] = [];
  let last: { startsAt: Instant; endsAt: Instant } | undefined;
  for (const { startsAt, endsAt } of busy) {
    if (last === undefined || last.endsAt < startsAt) {
      last = { startsAt, endsAt };
      stretches.push(last);
    } else if (last.endsAt < endsAt) last.endsAt = endsAt;
  }
  return stretches;
}

/** Index of the first that starts then or later, of what is ascending by start; none of those before `from` does. */
export function firstFrom(
  ascending: readonly { readonly startsAt: Instant }[],
  instant: Instant,
  from = 0,
): number {
  // What is looked for is mostly near: in steps that double, then by halves.
  let [low, step] = [from, 1];
  for (; (ascending[low + step - 1]?.startsAt ?? '~') < instant; step *= 2) low += step;
  let high = Math.min(low + step - 1, ascending.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle]?.startsAt ?? '') < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isoOf = (epochMs: number): string => new Date(epochMs).toISOString();

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
