// The availability reply, which the vendor documents nowhere: windows of a day, each with the free pieces inside.
import { z } from 'zod';
import type { LocalDate, Result } from '../domain.ts';
import { ok } from '../domain.ts';
import type { EhrError } from '../ports.ts';
import { type Interval, joined, minuteOf, steps } from './minutes.ts';
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

// Seen for one date: an object. For a range: not recorded anywhere, so a list, bare or in an envelope, is read too.
const reply = z.union([
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
    found.set(
      on,
      [...new Set(starts)].sort((a, b) => a - b),
    );
  }
  return ok(found);
}

/** The pieces' own starts, where enough free time follows; a window without pieces is cut into steps. */
function startsIn(open: z.infer<typeof window>, length: number): readonly number[] | undefined {
  const whole = readInterval(open);
  const pieces = open.availability?.map(readInterval);
  if (whole === undefined || pieces?.includes(undefined)) return undefined;
  if (pieces === undefined) return steps(whole, length);
  const known = pieces.filter((piece) => piece !== undefined);
  const free = joined(known);
  return known
    .map(({ start }) => start)
    .filter((start) => free.some((piece) => piece.start <= start && start + length <= piece.end));
}

/** An end at midnight is the end of the day. */
function readInterval({ start, end }: z.infer<typeof interval>): Interval | undefined {
  const [from, to] = [readMinute(start), readMinute(end)];
  return from === undefined || to === undefined ? undefined : { start: from, end: to === 0 ? 1440 : to };
}

/** `HH:MM`, `HH:MM:SS`, or the same behind a date. */
function readMinute(text: string): number | undefined {
  const time = text.length > 8 ? text.replace(/^\d{4}-\d{2}-\d{2}[T ]/, '') : text;
  return /^([01]\d|2[0-4]):[0-5]\d(:\d{2})?$/.test(time) ? minuteOf(time) : undefined;
}
