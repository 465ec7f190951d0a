// Minutes after midnight, and half-open intervals of them: the arithmetic of one day, without dates or zones.

/** Half-open `[start, end)`. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** `HH:MM...` as minutes after midnight; `24:00` is 1440. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const CLOCK = Array.from(
  { length: 1440 },
  (_, minute) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
);

/** `HH:MM` of a minute; empty outside `[0, 1440)`. Looked up, as two months of slots need it thousands of times. */
export function clockOf(minute: number): string {
  return CLOCK[minute] ?? '';
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Ascending, with touching and overlapping ones joined; empty ones are dropped. */
export function joined(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const next of intervals.filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && next.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else result.push(next);
  }
  return result;
}

/** Starts in steps of `length` from the interval's start, each with room for `length` before its end. */
export function steps({ start, end }: Interval, length: number): readonly number[] {
  const starts: number[] = [];
  for (let at = start; at + length <= end; at += length) starts.push(at);
  return starts;
}
