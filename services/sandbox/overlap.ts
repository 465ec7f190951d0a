// Which appointments stand in each other's way, by the scope that the practice's account is set to.
import type { AppointmentRow, Practice } from './rows.ts';
import { dayOfMinute } from './wall.ts';

/** What an account checks on create and change: the office's exam room, the doctor at any office, or nothing. */
export type OverlapScope = 'room' | 'doctor' | 'off';

const NOT_BLOCKING: ReadonlySet<string> = new Set(['Cancelled', 'No Show', 'Rescheduled']);

/** Whether a row keeps others out of its time. */
export const blocksTime = (row: AppointmentRow): boolean => !row.deleted && !NOT_BLOCKING.has(row.status);

/** Every day that a visit touches. */
export function daysOf(row: AppointmentRow): readonly number[] {
  const first = dayOfMinute(row.startMinute);
  const last = dayOfMinute(row.startMinute + row.durationMinutes - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A live row in the way of `row`, by the account's scope; half-open, so that visits may touch. */
export function overlapping(
  practice: Practice,
  row: AppointmentRow,
  scope: OverlapScope,
  base?: AppointmentRow,
): AppointmentRow | undefined {
  if (scope === 'off' || row.allowOverlapping || !blocksTime(row)) return undefined;
  if (base && blocksTime(base) && samePlaceAndTime(base, row)) return undefined;
  const sameScope = (other: AppointmentRow): boolean =>
    scope === 'doctor'
      ? other.doctor === row.doctor
      : other.office === row.office && other.examRoom === row.examRoom;
  return daysOf(row)
    .flatMap((day) => [...(practice.appointmentsByDay.get(day) ?? [])])
    .map((id) => practice.appointments.get(id))
    .filter((other) => other !== undefined)
    .find(
      (other) =>
        other.id !== row.id &&
        blocksTime(other) &&
        sameScope(other) &&
        other.startMinute < row.startMinute + row.durationMinutes &&
        row.startMinute < other.startMinute + other.durationMinutes,
    );
}

const samePlaceAndTime = (a: AppointmentRow, b: AppointmentRow): boolean =>
  a.doctor === b.doctor &&
  a.office === b.office &&
  a.examRoom === b.examRoom &&
  a.startMinute === b.startMinute &&
  a.durationMinutes === b.durationMinutes;
