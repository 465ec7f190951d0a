// From a day's wall minutes to instants: one offset a day, and only on the two odd days of a year one look a slot.
import { DateTime } from 'luxon';
import type { DoctorId, LocalDate, OfficeId, Slot } from '../domain.ts';
import type { StartsByDay } from './availability.wire.ts';
import { clockOf } from './minutes.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface SlotPlace {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly durationMinutes: number;
  readonly timeZone: string;
}

/** Slots, ascending, of the days from `fromDate` to `toDate`; starts in a spring gap or an autumn fold are left out. */
export function slotsOf(
  starts: StartsByDay,
  place: SlotPlace,
  fromDate: LocalDate,
  toDate: LocalDate,
): readonly Slot[] {
  const days = [...starts.keys()].filter((date) => fromDate <= date && date <= toDate).sort();
  return days.flatMap((date) => {
    const instantOf = dayClock(date, place.timeZone);
    return (starts.get(date) ?? []).flatMap((minute) => {
      const startMs = minute < 1440 ? instantOf(minute) : undefined;
      return startMs === undefined ? [] : [slotAt(startMs, `${date}T${clockOf(minute)}`, place)];
    });
  });
}

function slotAt(startMs: number, localStart: string, place: SlotPlace): Slot {
  return {
    officeId: place.officeId,
    doctorId: place.doctorId,
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(startMs + place.durationMinutes * MINUTE_MS).toISOString(),
    localStart,
    timeZone: place.timeZone,
    durationMinutes: place.durationMinutes,
  };
}

/** The instant of a wall minute of this day, or undefined where there is none, or are two. */
function dayClock(date: LocalDate, timeZone: string): (minute: number) => number | undefined {
  const midnight = DateTime.fromISO(date, { zone: timeZone });
  const startMs = midnight.toMillis();
  if (midnight.hour === 0 && midnight.plus({ days: 1 }).toMillis() - startMs === DAY_MS)
    return (minute) => startMs + minute * MINUTE_MS;
  return (minute) => {
    const time = DateTime.fromISO(`${date}T${clockOf(minute)}`, { zone: timeZone });
    const exists = time.hour * 60 + time.minute === minute;
    return exists && time.getPossibleOffsets().length === 1 ? time.toMillis() : undefined;
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
