// Wall time as integers: a day is counted from 1970-01-01, a minute from that day's midnight; no zones inside.
import { DateTime } from 'luxon';

export const MINUTES_PER_DAY = 1440;
const MS_PER_DAY = 86_400_000;

/** `YYYY-MM-DD` as a day count, or undefined if there is no such day. */
export function dayNumber(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date) ? undefined : ms / MS_PER_DAY;
}

export const dateOf = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** 0 = Monday to 6 = Sunday, as DrChrono counts. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** `HH:MM`, with or without seconds, as a minute of the day; `24:00` is allowed as an end. */
export function minuteOfDay(text: string): number | undefined {
  const match = /^(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text);
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match && Number(match[2]) < 60 && minute <= MINUTES_PER_DAY ? minute : undefined;
}

/** `YYYY-MM-DDTHH:MM[:SS]` (or with a space) as minutes since 1970-01-01T00:00 on the same wall; no offset is accepted. */
export function wallMinute(text: string): number | undefined {
  const day = /^.{10}[T ]/.test(text) ? dayNumber(text.slice(0, 10)) : undefined;
  const minute = minuteOfDay(text.slice(11));
  return day === undefined || minute === undefined || minute === MINUTES_PER_DAY
    ? undefined
    : day * MINUTES_PER_DAY + minute;
}

export const dayOfMinute = (minute: number): number => Math.floor(minute / MINUTES_PER_DAY);

/** Minutes of a day as `HH:MM`. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Minutes since 1970 on the wall as DrChrono prints a time: `2025-02-18T09:30:00`. */
export const wallText = (minute: number): string =>
  `${dateOf(dayOfMinute(minute))}T${clockText(minute - dayOfMinute(minute) * MINUTES_PER_DAY)}:00`;

/** An instant as a clock in `zone` shows it, `YYYY-MM-DDTHH:MM:SS`. */
export const wallClock = (epochMs: number, zone: string): string =>
  DateTime.fromMillis(epochMs, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
