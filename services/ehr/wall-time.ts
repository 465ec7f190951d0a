// From a day's wall minutes to instants: one offset a day, and only on the two odd days of a year one look a minute.
import { DateTime } from 'luxon';
import type { DoctorId, LocalDate, OfficeId, Slot, VisitTypeId } from '../domain.ts';
import type { StartsByDay } from './availability.wire.ts';
import { clockOf } from './minutes.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST_DAYS_KNOWN = 1_000;

export interface SlotPlace {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly durationMinutes: number;
  readonly timeZone: string;
  readonly visitTypeId?: VisitTypeId;
}

/** The instant of a wall minute of one day, or undefined where there is none, or are two. */
type DayClock = (minute: number) => number | undefined;
export type DayClocks = (date: LocalDate, timeZone: string) => DayClock;

/** Remembers each day's offset: finding one out costs as much as fifty slots. */
export function createDayClocks(): DayClocks {
  const known = new Map<string, DayClock>();
  return (date, timeZone) => {
    const key = `${date} ${timeZone}`;
    const clock = known.get(key) ?? dayClock(date, timeZone);
    if (known.size >= MOST_DAYS_KNOWN) known.clear();
    known.set(key, clock);
    return clock;
  };
}

/** Slots that were made for one place (visit type included) from a day's array of starts. */
export type MadeSlots = WeakMap<readonly number[], readonly Slot[]>;

/**
 * Slots, ascending, of the days from `fromDate` to `toDate`; starts in a spring gap or an autumn fold are left out.
 * `made` remembers: an array of starts that comes again (see `known-days.ts`) has its slots already.
 */
export function slotsOf(
  starts: StartsByDay,
  place: SlotPlace,
  fromDate: LocalDate,
  toDate: LocalDate,
  dayClocks: DayClocks,
  made: MadeSlots = new WeakMap(),
): readonly Slot[] {
  const days = [...starts.keys()].filter((day) => fromDate <= day && day <= toDate).sort();
  const slots = days.map((date) => {
    const ofDay = starts.get(date) ?? [];
    let daySlots = made.get(ofDay);
    if (daySlots === undefined) {
      daySlots = slotsOfDay(ofDay, date, place, dayClocks(date, place.timeZone));
      made.set(ofDay, daySlots);
    }
    return daySlots;
  });
  // At once: slot by slot, the list would grow ten times on the way.
  return none.concat(...slots);
}

const none: readonly Slot[] = [];

function slotsOfDay(
  starts: readonly number[],
  date: LocalDate,
  { officeId, doctorId, timeZone, durationMinutes, visitTypeId }: SlotPlace,
  instantOf: DayClock,
): readonly Slot[] {
  const instant = createInstantText();
  const type = visitTypeId === undefined ? {} : { visitTypeId };
  const slots: Slot[] = [];
  for (const minute of starts) {
    const startMs = minute < 1440 ? instantOf(minute) : undefined;
    if (startMs === undefined) continue;
    slots.push({
      officeId,
      doctorId,
      startsAt: instant(startMs),
      endsAt: instant(startMs + durationMinutes * MINUTE_MS),
      localStart: `${date}T${clockOf(minute)}`,
      timeZone,
      durationMinutes,
      ...type,
    });
  }
  return slots;
}

/** ISO instants of whole minutes; as neighbours share their day, a third of what `toISOString` costs. */
function createInstantText(): (epochMs: number) => string {
  let day = Number.NaN;
  let text = '';
  return (epochMs) => {
    const epochDay = Math.floor(epochMs / DAY_MS);
    if (epochDay !== day) {
      day = epochDay;
      text = new Date(epochDay * DAY_MS).toISOString().slice(0, 11);
    }
    return `${text}${clockOf((epochMs - epochDay * DAY_MS) / MINUTE_MS)}:00.000Z`;
  };
}

function dayClock(date: LocalDate, timeZone: string): DayClock {
  const midnight = DateTime.fromISO(date, { zone: timeZone });
  const startMs = midnight.toMillis();
  if (midnight.hour === 0 && midnight.plus({ days: 1 }).toMillis() - startMs === DAY_MS)
    return (minute) => startMs + minute * MINUTE_MS;
  const known = new Map<number, number | undefined>();
  return (minute) => {
    if (known.has(minute)) return known.get(minute);
    const time = DateTime.fromISO(`${date}T${clockOf(minute)}`, { zone: timeZone });
    const exists = time.hour * 60 + time.minute === minute;
    const instant = exists && time.getPossibleOffsets().length === 1 ? time.toMillis() : undefined;
    known.set(minute, instant);
    return instant;
  };
}

/** A naive or offset timestamp as wall time there, `YYYY-MM-DDTHH:MM`. */
export function toWall(timestamp: string, timeZone: string): string {
  return DateTime.fromISO(timestamp, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** The days from first to last, both included. */
export function daysBetween(fromDate: LocalDate, toDate: LocalDate): readonly LocalDate[] {
  const days: LocalDate[] = [];
  for (let at = Date.parse(fromDate); at <= Date.parse(toDate); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
