// One day of an availability reply: is it of the usual shape, and which starts are free in it?
import { clockOf, type Interval, joined, minuteOf, steps } from './minutes.ts';

// Plain strings here and minutes below: a schema that transforms every time of two months costs three times as much.
export interface Piece {
  readonly start: string;
  readonly end: string;
}

export interface Window extends Piece {
  readonly availability?: readonly Piece[] | null | undefined;
}

export interface UsualDay {
  readonly date: string;
  readonly open_slots: readonly Window[];
}

/** A dated day with a list of windows, each with a list of pieces: recognised by hand, at a fraction of what a schema costs. */
export function isUsualDay(value: unknown): value is UsualDay {
  return (
    isObject(value) &&
    'date' in value &&
    typeof value.date === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value.date) &&
    'open_slots' in value &&
    Array.isArray(value.open_slots) &&
    value.open_slots.every(isUsualWindow)
  );
}

function isUsualWindow(value: unknown): boolean {
  return (
    isPiece(value) &&
    'availability' in value &&
    Array.isArray(value.availability) &&
    value.availability.every(isPiece)
  );
}

function isPiece(value: unknown): value is Piece {
  return (
    isObject(value) &&
    'start' in value &&
    typeof value.start === 'string' &&
    'end' in value &&
    typeof value.end === 'string'
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Each once, in order; as they come where they come so. */
export function ascending(starts: readonly number[]): readonly number[] {
  const sorted = starts.every((start, at) => at === 0 || (starts[at - 1] ?? start) < start);
  return sorted ? starts : [...new Set(starts)].sort((a, b) => a - b);
}

/** The pieces' own starts, where enough free time follows; a window without pieces is cut into steps. */
export function startsIn(open: Window, length: number): readonly number[] | undefined {
  const whole = readInterval(open);
  if (whole === undefined) return undefined;
  if (!open.availability) return steps(whole, length);
  const pieces: Interval[] = [];
  for (const piece of open.availability) {
    const read = readInterval(piece);
    if (read === undefined) return undefined;
    pieces.push(read);
  }
  const free = joined(pieces);
  const starts: number[] = [];
  for (const { start } of pieces)
    if (free.some((piece) => piece.start <= start && start + length <= piece.end)) starts.push(start);
  return starts;
}

/** An end at midnight is the end of the day. */
function readInterval({ start, end }: Piece): Interval | undefined {
  const [from, to] = [readMinute(start), readMinute(end)];
  return from === undefined || to === undefined ? undefined : { start: from, end: to === 0 ? 1440 : to };
}

/** `HH:MM`, `HH:MM:SS`, or the same behind a date. */
function readMinute(text: string): number | undefined {
  const known = MINUTES.get(text);
  if (known !== undefined) return known;
  const time = text.length > 8 ? text.replace(/^\d{4}-\d{2}-\d{2}[T ]/, '') : text;
  return /^([01]\d|2[0-4]):[0-5]\d(:\d{2})?$/.test(time) ? minuteOf(time) : undefined;
}

const MINUTES: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 1440 }, (_, minute) => [clockOf(minute), minute]),
);
