// The availability reply, which the vendor documents nowhere: windows of a day, each with the free pieces inside.
import { z } from 'zod';
import type { LocalDate, Result } from '../domain.ts';
import { ok } from '../domain.ts';
import type { EhrError } from '../ports.ts';
import { type KnownDays, readByDay } from './known-days.ts';
import { ascending, isUsualDay, startsIn } from './usual-day.ts';
import { parseReply, unexpected } from './wire.ts';

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

/** The usual reply: a list of days, dated, with lists of windows. */
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
 * `known` keeps what is learnt of a range's days for its next reading.
 */
export function parseAvailability(
  body: string,
  askedDate: LocalDate | undefined,
  durationMinutes: number,
  known: KnownDays = new Map(),
): Result<StartsByDay, EhrError> {
  const usualDays = readByDay(body, durationMinutes, known);
  if (usualDays !== undefined) return ok(usualDays);
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
