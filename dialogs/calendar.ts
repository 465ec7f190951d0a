// Calendar days as `YYYY-MM-DD` strings and day numbers: integer arithmetic, so that no turn pays for date objects.
import type { LocalDate } from '../services/domain.ts';

const dayMs = 86_400_000;

/** Days since 1970-01-01; ascending, one per calendar day, free of time zones. */
export const dayNumber = (date: LocalDate): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** The inverse of `dayNumber`. */
export const dateOf = (day: number): LocalDate => new Date(day * dayMs).toISOString().slice(0, 10);

export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(dayNumber(date) + days);

/** 0 Sunday to 6 Saturday (1970-01-01 was a Thursday). */
export const weekdayOf = (date: LocalDate): number => (dayNumber(date) + 4) % 7;

/** The date if it exists in the calendar (month 1-12): no February 30. */
export function realDate(year: number, month: number, day: number): LocalDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 1800 || year > 2999) return undefined;
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return dateOf(dayNumber(date)) === date ? date : undefined;
}

/** A zone's formatter, which costs as much as a turn to make, and what it said last: zones are few (they come from the EHR). */
interface Wall {
  readonly formatter: Intl.DateTimeFormat;
  minute: number;
  date: LocalDate;
  minuteOfDay: number;
}
const walls = new Map<string, Wall>();

/** Date and minute on the zone's wall. Days begin with a minute: within one there is nothing new to ask. */
function wallIn(timeZone: string, nowMs: number): Wall {
  let wall = walls.get(timeZone);
  if (wall === undefined) {
    const formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    wall = { formatter, minute: Number.NaN, date: '', minuteOfDay: 0 };
    walls.set(timeZone, wall);
  }
  const minute = Math.floor(nowMs / 60_000);
  if (wall.minute !== minute) {
    // `YYYY-MM-DD, HH:MM`
    const text = wall.formatter.format(nowMs);
    wall.minute = minute;
    wall.date = text.slice(0, 10);
    wall.minuteOfDay = Number(text.slice(-5, -3)) * 60 + Number(text.slice(-2));
  }
  return wall;
}

/** The calendar day that `timeZone` (IANA) is living at `nowMs`. */
export const todayIn = (timeZone: string, nowMs: number): LocalDate => wallIn(timeZone, nowMs).date;

/** Minutes after midnight on the zone's wall at `nowMs`. */
export const minuteIn = (timeZone: string, nowMs: number): number => wallIn(timeZone, nowMs).minuteOfDay;

/** Minutes after midnight of an office wall time `YYYY-MM-DDTHH:MM`. */
export const minuteOf = (localStart: string): number =>
  Number(localStart.slice(11, 13)) * 60 + Number(localStart.slice(14, 16));

export const dayOf = (localStart: string): LocalDate => localStart.slice(0, 10);
