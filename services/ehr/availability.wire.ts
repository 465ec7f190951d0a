// The availability reply, which the vendor documents nowhere: windows of a day, each with the free pieces inside.
import { z } from 'zod';
import type { LocalDate, Result } from '../domain.ts';
import { ok } from '../domain.ts';
import type { EhrError } from '../ports.ts';
import { type Interval, joined, minuteOf, steps } from './minutes.ts';
import { parseReply, unexpected } from './wire.ts';

/** `HH:MM`, `HH:MM:SS`, or the same behind a date. */
const minute = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}[T ])?([01]\d|2[0-4]):[0-5]\d(:\d{2})?$/)
  .transform((value) => minuteOf(value.replace(/^.*[T ]/, '')));

/** An end at midnight is the end of the day. */
const interval = z
  .object({ start: minute, end: minute })
  .transform(({ start, end }): Interval => ({ start, end: end === 0 ? 1440 : end }));

const window = z.intersection(interval, z.object({ availability: z.array(interval).nullish() }));

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
    const starts = open_slots.flatMap((open) =>
      startsIn(open, open.availability ?? undefined, durationMinutes),
    );
    found.set(
      on,
      [...new Set([...(found.get(on) ?? []), ...starts])].sort((a, b) => a - b),
    );
  }
  return ok(found);
}

/** The pieces' own starts, where enough free time follows; a window without pieces is cut into steps. */
function startsIn(
  window: Interval,
  pieces: readonly Interval[] | undefined,
  length: number,
): readonly number[] {
  if (pieces === undefined) return steps(window, length);
  const free = joined(pieces);
  return pieces
    .map(({ start }) => start)
    .filter((start) => free.some((piece) => piece.start <= start && start + length <= piece.end));
}
