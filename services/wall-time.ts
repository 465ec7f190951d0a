// An office's wall clock and the instants behind it; pure. DrChrono's times carry no offset, so this is where DST is decided.
import { DateTime, IANAZone } from 'luxon';
import type { Instant, LocalDate, LocalDateTime } from './domain.ts';

/**
 * The instant of a wall time, or undefined where the wall time does not exist (spring gap), exists twice (autumn fold),
 * or is no time at all. Luxon would silently shift the first and pick one of the second.
 */
export function instantOf(local: LocalDateTime, timeZone: string): Instant | undefined {
  const time = DateTime.fromISO(local, { zone: timeZone });
  if (!time.isValid || wallTimeOf(time.toMillis(), timeZone) !== local) return undefined;
  if (time.getPossibleOffsets().length > 1) return undefined;
  return time.toUTC().toISO() ?? undefined;
}

const quarterMs = 15 * 60_000;
const mostOffsets = 1_000;
const offsets = new Map<string, number>();

/** Every look at the calendar asks for today and for the horizon's end. Offsets change on quarters of an hour, so one a quarter is remembered. */
function offsetMinutes(epochMs: number, timeZone: string): number {
  const quarter = Math.floor(epochMs / quarterMs);
  const key = `${quarter} ${timeZone}`;
  const minutes = offsets.get(key) ?? IANAZone.create(timeZone).offset(epochMs);
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, minutes);
  return minutes;
}

/** What the office's clock shows at an instant, `YYYY-MM-DDTHH:MM`. */
export function wallTimeOf(epochMs: number, timeZone: string): LocalDateTime {
  return instantAt(epochMs + offsetMinutes(epochMs, timeZone) * 60_000).slice(0, 16);
}

/** The office's calendar day at an instant. */
export function dayOf(epochMs: number, timeZone: string): LocalDate {
  return wallTimeOf(epochMs, timeZone).slice(0, 10);
}

/** The calendar day that many days later (or earlier). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** Epoch milliseconds of a stored instant; NaN never passes a schema. */
export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

export function instantAt(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}
