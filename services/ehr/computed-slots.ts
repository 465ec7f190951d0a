// Free starts worked out from hours, appointments and blocks: what is left where the EHR's availability cannot be read.
import { type Appointment, fail, type LocalDate, type Office, ok, type Result } from '../domain.ts';
import type { EhrError, Priority, SlotQuery } from '../ports.ts';
import type { StartsByDay } from './availability.wire.ts';
import type { Client } from './client.ts';
import { type Interval, minuteOf, overlaps, steps } from './minutes.ts';
import { appointmentRows, blockRows } from './usual-rows.ts';
import { daysBetween, toWall } from './wall-time.ts';

export interface Hours {
  readonly opensMinute: number;
  readonly closesMinute: number;
}

/** Starts on the grid of the length from opening on, at which the doctor is free everywhere and a room is free here. */
export function freeStarts(
  office: Office,
  openHours: Hours,
  appointments: readonly Appointment[],
  doctorBusy: readonly Busy[],
  query: SlotQuery,
): StartsByDay {
  const hours = hoursOf(office, openHours);
  const online = office.rooms.filter((room) => room.online);
  const rooms = online.length > 0 ? online : office.rooms;
  const live = appointments.filter((appointment) => appointment.live);
  return new Map(
    daysBetween(query.fromDate, query.toDate).map((date): [LocalDate, readonly number[]] => {
      const today = live.flatMap((appointment) => {
        const busy = onDay(date, busyOf(appointment));
        return busy === undefined ? [] : [{ appointment, busy }];
      });
      const doctor = [
        ...doctorBusy.flatMap((busy) => onDay(date, busy) ?? []),
        ...today.filter(({ appointment }) => appointment.doctorId === query.doctorId).map(({ busy }) => busy),
      ];
      const byRoom = rooms.map(({ index }) =>
        today
          .filter(({ appointment }) => appointment.officeId === office.id && appointment.room === index)
          .map(({ busy }) => busy),
      );
      const starts = steps(
        { start: hours.opensMinute, end: hours.closesMinute },
        query.durationMinutes,
      ).filter((start) => {
        const slot = { start, end: start + query.durationMinutes };
        const free = (taken: readonly Interval[]) => !taken.some((busy) => overlaps(busy, slot));
        return free(doctor) && byRoom.some(free);
      });
      return [date, starts];
    }),
  );
}

/** A stretch of wall time, possibly over several days, `YYYY-MM-DDTHH:MM`. */
export interface Busy {
  readonly from: string;
  readonly to: string;
}

/** Reads the office's and the doctor's appointments and the doctor's blocks of the whole range, then decides. */
export async function computeStarts(
  client: Client,
  offices: Result<readonly Office[], EhrError>,
  openHours: Hours,
  query: SlotQuery,
  priority: Priority,
): Promise<Result<StartsByDay, EhrError>> {
  if (!offices.ok) return offices;
  const office = offices.value.find(({ id }) => id === query.officeId);
  if (office === undefined) return fail({ kind: 'not-found' });
  const range = { date_range: `${query.fromDate}/${query.toDate}` };
  const appointmentsOf = (filter: Readonly<Record<string, string>>) =>
    client.readAll(
      { label: 'appointments', path: '/api/appointments', query: { ...filter, ...range } },
      appointmentRows,
      priority,
    );
  const [atOffice, ofDoctor, blocks] = await Promise.all([
    appointmentsOf({ office: query.officeId }),
    appointmentsOf({ doctor: query.doctorId }),
    client.readAll(
      { label: 'schedule_blocks', path: '/api/schedule_blocks', query: { doctor: query.doctorId, ...range } },
      blockRows,
      priority,
    ),
  ]);
  if (!atOffice.ok) return atOffice;
  if (!ofDoctor.ok) return ofDoctor;
  if (!blocks.ok) return blocks;
  const busy = blocks.value.map(({ start, end }) => ({
    from: toWall(start, query.timeZone),
    to: toWall(end, query.timeZone),
  }));
  return ok(freeStarts(office, openHours, [...atOffice.value, ...ofDoctor.value], busy, query));
}

/** The office's own hours, or the practice's setting where the office says "all day". */
function hoursOf({ opensMinute, closesMinute }: Office, openHours: Hours): Hours {
  const allDay = opensMinute === closesMinute || (opensMinute === 0 && closesMinute === 1440);
  return allDay ? openHours : { opensMinute, closesMinute };
}

function busyOf({ localStart, durationMinutes }: Appointment): Busy {
  const from = Date.parse(`${localStart}Z`);
  return { from: localStart, to: new Date(from + durationMinutes * 60_000).toISOString().slice(0, 16) };
}

/** The part of a stretch that falls on a day, in its minutes. */
function onDay(date: LocalDate, { from, to }: Busy): Interval | undefined {
  if (from.slice(0, 10) > date || to.slice(0, 10) < date) return undefined;
  const start = from.slice(0, 10) < date ? 0 : minuteOf(from.slice(11));
  const end = to.slice(0, 10) > date ? 1440 : minuteOf(to.slice(11));
  return start < end ? { start, end } : undefined;
}
