// Step 1 of a booking: is the request whole, does everything in it exist, and is it inside the practice's rules? No EHR call once warm.
import { bookingWindow } from './availability.ts';
import { keyText } from './bookings.ts';
import {
  type BookingError,
  type Doctor,
  fail,
  type Instant,
  type LocalDate,
  type LocalDateTime,
  type Office,
  ok,
  type PatientId,
  type RequiredField,
  type Result,
  type VisitTypeId,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { HeldVisit } from './holds.ts';
import { type OfferDeps, visitMinutes } from './offer.ts';
import type { BookRequest, Holder } from './use-cases.ts';
import { instantOf, msOf } from './wall-time.ts';

/** A request of which every part is known to exist. */
export interface Wanted {
  readonly key: string;
  readonly patientId: PatientId;
  readonly doctor: Doctor;
  readonly office: Office;
  readonly startsAt: Instant;
  readonly localStart: LocalDateTime;
  readonly date: LocalDate;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
  /** Who may book what is held. */
  readonly holder: Holder;
}

export const heldVisitOf = ({ doctor, startsAt, durationMinutes }: Wanted): HeldVisit => ({
  doctorId: doctor.id,
  startsAt,
  durationMinutes,
});

export async function checkRequest(
  deps: OfferDeps,
  request: BookRequest,
): Promise<Result<Wanted, BookingError>> {
  const { patientId, doctorId, officeId, localStart, visitTypeId, durationMinutes } = request;
  if (
    patientId === undefined ||
    doctorId === undefined ||
    officeId === undefined ||
    localStart === undefined ||
    (visitTypeId === undefined && durationMinutes === undefined)
  ) {
    return fail({ kind: 'missing-fields', fields: missingFields(request) });
  }
  const [offices, doctors] = await Promise.all([deps.ehr.offices('booking'), deps.ehr.doctors('booking')]);
  if (!offices.ok) return fail(failureOf(offices.error));
  if (!doctors.ok) return fail(failureOf(doctors.error));
  const office = offices.value.find(({ id }) => id === officeId);
  const doctor = doctors.value.find(({ id }) => id === doctorId);
  if (office === undefined || doctor === undefined || office.rooms.length === 0) {
    return fail({ kind: 'outside-policy', rule: 'not-bookable-here' });
  }
  const zone = await deps.directory.timeZoneAt(officeId, doctorId);
  if (!zone.ok) return zone;
  if (zone.value === undefined) {
    // A doctor with a zone is kept out by another one: the office's entry.
    const rule = doctor.timeZone === '' ? 'no-time-zone' : 'not-bookable-here';
    return fail({ kind: 'outside-policy', rule });
  }
  const startsAt = instantOf(localStart, zone.value);
  if (startsAt === undefined) return fail({ kind: 'outside-policy', rule: 'impossible-time' });
  const minutes = await visitMinutes(deps.ehr, { doctorId, ...visitOf(request) }, 'booking');
  if (!minutes.ok) return minutes;
  return ok({
    key: keyText({ ehr: deps.ehr.name, patientId, doctorId, startsAt }),
    patientId,
    doctor,
    office,
    startsAt,
    localStart,
    date: localStart.slice(0, 10),
    timeZone: zone.value,
    durationMinutes: minutes.value,
    ...(visitTypeId === undefined ? {} : { visitTypeId }),
    holder: {
      patientId,
      ...(request.conversationId === undefined ? {} : { conversationId: request.conversationId }),
    },
  });
}

const visitOf = ({ visitTypeId, durationMinutes }: BookRequest) => ({
  ...(visitTypeId === undefined ? {} : { visitTypeId }),
  ...(durationMinutes === undefined ? {} : { durationMinutes }),
});

/** Names what is missing, by the specification's field names. */
export function missingFields(request: BookRequest): readonly RequiredField[] {
  const missing: RequiredField[] = [];
  if (request.patientId === undefined) missing.push('patientid');
  if (request.doctorId === undefined) missing.push('doctorid');
  if (request.officeId === undefined) missing.push('officeid');
  if (request.localStart === undefined) missing.push('scheduled_time');
  if (request.visitTypeId === undefined && request.durationMinutes === undefined) {
    missing.push('appointmenttypeid or duration');
  }
  return missing;
}

/** The practice's rules about when: past, lead time, horizon, and the office's hours (which "all day" leaves open). */
export function checkPolicy(
  wanted: Wanted,
  nowMs: number,
  settings: OfferDeps['settings'],
): Result<void, BookingError> {
  const startMs = msOf(wanted.startsAt);
  const window = bookingWindow(nowMs, settings.leadMinutes, settings.horizonDays);
  if (startMs <= nowMs) return fail({ kind: 'outside-policy', rule: 'past' });
  if (startMs < window.earliestMs) {
    return fail({ kind: 'outside-policy', rule: 'lead-time', leadMinutes: settings.leadMinutes });
  }
  if (startMs > window.latestMs) {
    return fail({ kind: 'outside-policy', rule: 'horizon', horizonDays: settings.horizonDays });
  }
  return ok(undefined);
}

/** Is the start outside the hours that the office keeps? Unknown ("all day") is not outside. */
export function outsideHours(wanted: Wanted): boolean {
  const { opensMinute, closesMinute } = wanted.office;
  if (closesMinute <= opensMinute) return false;
  const minute = Number(wanted.localStart.slice(11, 13)) * 60 + Number(wanted.localStart.slice(14, 16));
  return minute < opensMinute || minute + wanted.durationMinutes > closesMinute;
}
