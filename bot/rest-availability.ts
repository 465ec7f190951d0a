// GET /api/availability: the free slots of one day at an office, in the specification's shape.
import {
  type BookingError,
  type DoctorId,
  fail,
  type LocalDate,
  type OfficeId,
  ok,
  type Result,
  type Slot,
} from '../services/domain.ts';
import type { UseCases } from '../services/use-cases.ts';

export interface Times {
  readonly start: string;
  readonly end: string;
}

/** A stretch without a gap, and the slots in it. Times are the office's wall clock, `HH:MM`. */
export interface Window extends Times {
  readonly availability: readonly Times[];
}

export interface DayQuestion {
  readonly date: LocalDate;
  readonly officeId: OfficeId;
  readonly doctorId?: DoctorId;
  readonly durationMinutes: number;
}

/** Windows of the day for one doctor, or for all who can be booked at the office together (each start once). */
export async function windowsOn(
  useCases: Pick<UseCases, 'directory' | 'openTimes'>,
  question: DayQuestion,
): Promise<Result<readonly Window[], BookingError>> {
  const { officeId, durationMinutes } = question;
  const doctors = await doctorsAsked(useCases, question);
  if (!doctors.ok) return doctors;
  const offers = await Promise.all(
    doctors.value.map((doctorId) => useCases.openTimes({ officeId, doctorId, durationMinutes })),
  );
  const slots: Slot[] = [];
  for (const offer of offers) {
    if (!offer.ok) return offer;
    slots.push(...offer.value.slots.filter(({ localStart }) => localStart.startsWith(question.date)));
  }
  return ok(merged(slots));
}

async function doctorsAsked(
  { directory }: Pick<UseCases, 'directory'>,
  { officeId, doctorId }: DayQuestion,
): Promise<Result<readonly DoctorId[], BookingError>> {
  if (doctorId !== undefined) return ok([doctorId]);
  const doctors = await directory.doctorsAt(officeId);
  if (!doctors.ok) return doctors;
  if (doctors.value.length === 0) return fail({ kind: 'outside-policy', rule: 'not-bookable-here' });
  return ok(doctors.value.map(({ id }) => id));
}

function merged(slots: readonly Slot[]): readonly Window[] {
  const byStart = new Map(slots.map((slot) => [minuteOf(slot.localStart), slot.durationMinutes]));
  const windows: { start: number; end: number; availability: Times[] }[] = [];
  for (const [start, duration] of [...byStart].sort(([a], [b]) => a - b)) {
    const slot = { start: clockTime(start), end: clockTime(start + duration) };
    const last = windows.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = Math.max(last.end, start + duration);
      last.availability.push(slot);
    } else windows.push({ start, end: start + duration, availability: [slot] });
  }
  return windows.map(({ start, end, availability }) => ({
    start: clockTime(start),
    end: clockTime(end),
    availability,
  }));
}

function minuteOf(localStart: string): number {
  return Number(localStart.slice(11, 13)) * 60 + Number(localStart.slice(14, 16));
}

/** `HH:MM`; a slot that ends at or past midnight ends on the next day's clock. */
function clockTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}
