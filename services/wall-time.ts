// An office's wall clock and the instants behind it; pure. DrChrono's times carry no offset, so this is where DST is decided.
import { DateTime, IANAZone } from 'luxon';
import type { Instant, LocalDate, LocalDateTime } from './domain.ts';

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 86_400_000;

/**
 * The instant of a wall time, or undefined where the wall time does not exist (spring gap), exists twice (autumn fold),
 * or is no time at all. Of the offsets a day before and a day after, those count that bring the same wall time back.
 */
export function instantOf(local: LocalDateTime, timeZone: string): Instant | undefined {
  const wallMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? Date.parse(`${local}Z`) : Number.NaN;
  // February 30 is read as a day in March.
  if (Number.isNaN(wallMs) || instantAt(wallMs).slice(0, 16) !== local) return undefined;
  const before = wallMs - offsetMinutes(wallMs - dayMs, timeZone) * minuteMs;
  const after = wallMs - offsetMinutes(wallMs + dayMs, timeZone) * minuteMs;
  const shows = (epochMs: number) => epochMs + offsetMinutes(epochMs, timeZone) * minuteMs === wallMs;
  if (shows(before)) return before !== after && shows(after) ? undefined : instantAt(before);
  return shows(after) ? instantAt(after) : undefined;
}

/** Offsets that were asked for, in minutes: of days without a change of the clock, and of a changing day's quarters of an hour. */
interface Offsets {
  readonly zone: IANAZone;
  readonly days: Map<number, number | 'changes'>;
  readonly quarters: Map<number, number>;
}

const mostOffsets = 1_000;
const mostZones = 600;
const zones = new Map<string, Offsets>();

function offsetsIn(timeZone: string): Offsets {
  let offsets = zones.get(timeZone);
  if (offsets === undefined) {
    offsets = { zone: IANAZone.create(timeZone), days: new Map(), quarters: new Map() };
    if (zones.size >= mostZones) zones.clear();
    zones.set(timeZone, offsets);
  }
  return offsets;
}

/** Asking the runtime costs as much as a whole look at the calendar. Clocks change on quarters of an hour, and not there and back in a day. */
function offsetMinutes(epochMs: number, timeZone: string): number {
  const { zone, days, quarters } = offsetsIn(timeZone);
  const ofDay = remembered(days, Math.floor(epochMs / dayMs), (day) => {
    const offset = zone.offset(day * dayMs);
    return offset === zone.offset((day + 1) * dayMs) ? offset : 'changes';
  });
  if (ofDay !== 'changes') return ofDay;
  return remembered(quarters, Math.floor(epochMs / quarterMs), () => zone.offset(epochMs));
}

function remembered<T>(known: Map<number, T>, key: number, find: (key: number) => T): T {
  let value = known.get(key);
  if (value === undefined) {
    value = find(key);
    if (known.size >= mostOffsets) known.clear();
    known.set(key, value);
  }
  return value;
}

const wallMsOf = (epochMs: number, timeZone: string): number =>
  epochMs + offsetMinutes(epochMs, timeZone) * minuteMs;

/** What the office's clock shows at an instant, `YYYY-MM-DDTHH:MM`. */
export function wallTimeOf(epochMs: number, timeZone: string): LocalDateTime {
  return instantAt(wallMsOf(epochMs, timeZone)).slice(0, 16);
}

const dates = new Map<number, LocalDate>();
const dateOf = (day: number): LocalDate => instantAt(day * dayMs).slice(0, 10);

/** The office's calendar day at an instant. */
export function dayOf(epochMs: number, timeZone: string): LocalDate {
  return remembered(dates, Math.floor(wallMsOf(epochMs, timeZone) / dayMs), dateOf);
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
