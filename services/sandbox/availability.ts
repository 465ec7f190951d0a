// GET /api/availability: open windows of a day and the free slots in them. Integer minutes on the practice's wall.
import type { ApiRequest } from './api.ts';
import { detail, json, type Reply } from './http.ts';
import { blocksTime } from './overlap.ts';
import { asOf, type Practice } from './rows.ts';
import { clockText, dateOf, dayNumber, MINUTES_PER_DAY, weekdayOf } from './wall.ts';

/** Half-open `[start, end)`, minutes of the day. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

interface Filters {
  readonly office: number | undefined;
  readonly doctor: number | undefined;
  readonly durationMinutes: number;
}

const DEFAULT_DURATION_MINUTES = 30;
const MAX_RANGE_DAYS = 190;

/** One object for `date`, a list of them for `date_range`; only the filters given are echoed. 400 with neither. */
export function availability(practice: Practice, request: ApiRequest): Reply {
  const { query } = request;
  const filters = readFilters(query);
  if (!filters) return detail(400, 'office, doctor and duration must be positive integers.');
  const day = dayNumber(query.get('date') ?? '');
  if (query.has('date'))
    return day === undefined
      ? detail(400, 'date must be YYYY-MM-DD.')
      : json(200, dayObject(practice, request, filters, day));
  if (!query.has('date_range')) return detail(400, 'Either date or date_range must be specified.');
  const days = readDays(query.get('date_range') ?? '');
  if (!days) return detail(400, `date_range must be YYYY-MM-DD/YYYY-MM-DD, at most ${MAX_RANGE_DAYS} days.`);
  return json(
    200,
    days.map((each) => dayObject(practice, request, filters, each)),
  );
}

/** The days of `a/b`, both included; undefined if malformed, backwards or longer than 190 days. */
export function readDays(range: string): readonly number[] | undefined {
  const [from, to, extra] = range.split('/').map((date) => dayNumber(date));
  if (from === undefined || to === undefined || extra !== undefined || range.split('/').length !== 2)
    return undefined;
  if (to < from || to - from >= MAX_RANGE_DAYS) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function readFilters(query: URLSearchParams): Filters | undefined {
  const read = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
  const [office, doctor, duration] = [read('office'), read('doctor'), read('duration')];
  const good = [office, doctor, duration].every(
    (value) => value === undefined || (Number.isInteger(value) && value > 0),
  );
  return good ? { office, doctor, durationMinutes: duration ?? DEFAULT_DURATION_MINUTES } : undefined;
}

function dayObject(practice: Practice, request: ApiRequest, filters: Filters, day: number): unknown {
  // Without calendar:read the live service shows an empty calendar instead of refusing.
  const windows = request.scopes.has('calendar:read')
    ? openWindows(practice, filters, day, request.readAt)
    : [];
  return {
    date: dateOf(day),
    ...(filters.office !== undefined && { office: filters.office }),
    ...(filters.doctor !== undefined && { doctor: filters.doctor }),
    duration: filters.durationMinutes,
    open_slots: windows.map(({ start, end, slots }) => ({
      start: clockText(start),
      end: clockText(end),
      availability: slots.map((slot) => ({ start: clockText(slot.start), end: clockText(slot.end) })),
    })),
  };
}

/** Windows of the doctors asked for, joined; a slot is free if one of them is free for the whole of it. */
function openWindows(practice: Practice, filters: Filters, day: number, readAt: number) {
  const doctors = practice.doctors.filter(
    ({ id, suspended }) => !suspended && (filters.doctor === undefined || filters.doctor === id),
  );
  const days = doctors.map(({ id }) => doctorDay(practice, id, filters.office, day, readAt));
  const free = days.flatMap((each) => each.free);
  return join(days.flatMap((each) => each.windows)).map((window) => ({
    ...window,
    slots: slotsOf(window, filters.durationMinutes).filter((slot) =>
      free.some(({ start, end }) => start <= slot.start && slot.end <= end),
    ),
  }));
}

/** `windows`: hours at the office less breaks and blocks; `free`: those less appointments at any office. */
function doctorDay(
  practice: Practice,
  doctor: number,
  office: number | undefined,
  day: number,
  readAt: number,
): { windows: readonly Interval[]; free: readonly Interval[] } {
  const hours = practice.workHours
    .filter((row) => row.doctor === doctor && row.weekday === weekdayOf(day))
    .filter((row) => office === undefined || row.office === office)
    .map((row) => ({ start: row.startMinute, end: row.endMinute }));
  if (hours.length === 0) return { windows: [], free: [] };
  const midnight = day * MINUTES_PER_DAY;
  const within = (start: number, end: number): Interval => ({ start: start - midnight, end: end - midnight });
  const blocks = practice.blocks
    .filter((row) => row.provider === doctor)
    .map((row) => within(row.startMinute, row.endMinute));
  const visits = [...(practice.appointmentsByDay.get(day) ?? [])]
    .map((id) => asOf(practice.appointments.get(id), readAt))
    .filter((row) => row !== undefined)
    .filter((row) => row.doctor === doctor && blocksTime(row));
  const breaks = visits.filter((row) => row.isBreak);
  const interval = (row: { startMinute: number; durationMinutes: number }): Interval =>
    within(row.startMinute, row.startMinute + row.durationMinutes);
  const windows = subtract(hours, [...blocks, ...breaks.map(interval)]);
  return { windows, free: subtract(windows, visits.map(interval)) };
}

/** Back-to-back slots from the window's start; a rest shorter than a slot is dropped. */
function slotsOf(window: Interval, durationMinutes: number): Interval[] {
  const count = Math.max(0, Math.floor((window.end - window.start) / durationMinutes));
  return Array.from({ length: count }, (_, index) => {
    const start = window.start + index * durationMinutes;
    return { start, end: start + durationMinutes };
  });
}

/** What is left of `windows` when every busy interval is cut out. */
function subtract(windows: readonly Interval[], busy: readonly Interval[]): readonly Interval[] {
  return busy.reduce<readonly Interval[]>(
    (left, cut) =>
      left.flatMap((window) =>
        cut.end <= window.start || window.end <= cut.start
          ? [window]
          : [
              { start: window.start, end: cut.start },
              { start: cut.end, end: window.end },
            ].filter(({ start, end }) => start < end),
      ),
    windows,
  );
}

/** Overlapping and touching intervals become one; ascending. */
function join(intervals: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && next.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
    else joined.push(next);
  }
  return joined;
}
