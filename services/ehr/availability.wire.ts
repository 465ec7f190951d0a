// The availability reply, which the vendor documents nowhere: windows of a day, each with the free pieces inside.
import { z } from 'zod';
import type { LocalDate, Result } from '../domain.ts';
import { ok } from '../domain.ts';
import type { EhrError } from '../ports.ts';
import { clockOf, type Interval, joined, minuteOf, steps } from './minutes.ts';
import { parseReply, unexpected } from './wire.ts';

// Plain strings here and minutes below: a schema that transforms every time of two months costs three times as much.
const interval = z.object({ start: z.string(), end: z.string() });
const window = interval.extend({ availability: z.array(interval).nullish() });

const day = z.object({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}/)
    .transform((value) => value.slice(0, 10))
    .nullish(),
  open_slots: z.union([z.array(window), window.transform((only) => [only])]),
});

/** The usual reply: a list of days, dated, with lists of windows. Recognised by hand, at a fraction of what the schemas below cost. */
const usual = z.custom<readonly z.infer<typeof day>[]>(
  (value) => Array.isArray(value) && value.every(isUsualDay),
);

// Seen for one date: an object. For a range: not recorded anywhere, so a list, bare or in an envelope, is read too.
const reply = z.union([
  usual,
  day.transform((only) => [only]),
  z.array(day),
  z.object({ results: z.array(day) }).transform(({ results }) => results),
  z.object({ data: z.array(day) }).transform(({ data }) => data),
]);

/** Free starts by day, in minutes after midnight, ascending. */
export type StartsByDay = ReadonlyMap<LocalDate, readonly number[]>;

/**
 * Every start from which `durationMinutes` are free, whatever length the reply's own pieces have. `askedDate` stands in
 * where a single day's reply does not repeat its date; in a reply about several days that is `unexpected`.
 */
export function parseAvailability(
  body: string,
  askedDate: LocalDate | undefined,
  durationMinutes: number,
): Result<StartsByDay, EhrError> {
  const parsed = parseReply('availability', reply, body);
  if (!parsed.ok) return parsed;
  const found = new Map<LocalDate, readonly number[]>();
  for (const [index, { date, open_slots }] of parsed.value.entries()) {
    const on = date ?? askedDate;
    if (on === undefined) return unexpected('availability', `${index}.date`);
    const starts = [...(found.get(on) ?? [])];
    for (const [at, open] of open_slots.entries()) {
      const more = startsIn(open, durationMinutes);
      if (more === undefined) return unexpected('availability', `${index}.open_slots.${at}`);
      starts.push(...more);
    }
    found.set(on, ascending(starts));
  }
  return ok(found);
}

/** Each once, in order; as they come where they come so. */
function ascending(starts: readonly number[]): readonly number[] {
  const sorted = starts.every((start, at) => at === 0 || (starts[at - 1] ?? start) < start);
  return sorted ? starts : [...new Set(starts)].sort((a, b) => a - b);
}

/** The pieces' own starts, where enough free time follows; a window without pieces is cut into steps. */
function startsIn(open: z.infer<typeof window>, length: number): readonly number[] | undefined {
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
function readInterval({ start, end }: z.infer<typeof interval>): Interval | undefined {
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

function isUsualDay(value: unknown): boolean {
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
    isInterval(value) &&
    'availability' in value &&
    Array.isArray(value.availability) &&
    value.availability.every(isInterval)
  );
}

function isInterval(value: unknown): value is z.infer<typeof interval> {
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
