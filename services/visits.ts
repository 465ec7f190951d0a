// A visit as the EHR or our own record has it, in the words that a patient is shown: names, and a time on the office's clock.
import {
  type Appointment,
  type ChangingBooking,
  type ConfirmedBooking,
  fail,
  ok,
  type PatientId,
  type Result,
} from './domain.ts';
import type { Ehr, EhrError, Priority } from './ports.ts';
import type { Directory } from './use-cases.ts';
import type { Visit } from './visit-cases.ts';
import { isChangeable, stateOf } from './visit-state.ts';
import { instantOf, msOf, wallTimeOf } from './wall-time.ts';

export interface VisitDeps {
  readonly ehr: Pick<Ehr, 'offices' | 'doctors'>;
  readonly directory: Pick<Directory, 'timeZoneAt'>;
}

/**
 * Undefined for a visit of which nobody can say when it is: no zone is known for its doctor at its office (or two are), or
 * its wall time exists twice or not at all. No EHR call once warm.
 */
export async function visitOf(
  { ehr, directory }: VisitDeps,
  row: Appointment,
  patientId: PatientId,
  priority: Priority,
): Promise<Result<Visit | undefined, EhrError>> {
  const [offices, doctors] = await Promise.all([ehr.offices(priority), ehr.doctors(priority)]);
  if (!offices.ok) return offices;
  if (!doctors.ok) return doctors;
  const office = offices.value.find(({ id }) => id === row.officeId);
  const doctor = doctors.value.find(({ id }) => id === row.doctorId);
  const zone = await directory.timeZoneAt(row.officeId, row.doctorId);
  // The two lists that it needs have just been read.
  if (!zone.ok) return fail({ kind: 'unavailable' });
  const startsAt = zone.value === undefined ? undefined : instantOf(row.localStart, zone.value);
  if (office === undefined || doctor === undefined || zone.value === undefined || startsAt === undefined)
    return ok(undefined);
  return ok({
    appointment: row.id,
    patientId,
    doctorId: doctor.id,
    doctorName: doctor.name,
    officeId: office.id,
    officeName: office.name,
    startsAt,
    localStart: row.localStart,
    timeZone: zone.value,
    durationMinutes: row.durationMinutes,
    ...(row.visitTypeId === undefined ? {} : { visitTypeId: row.visitTypeId }),
    state: stateOf(row.ehrStatus),
    changeable: isChangeable(row),
  });
}

/** As our own record has it. */
export function visitOfBooking(booking: ConfirmedBooking | ChangingBooking): Visit {
  const { ehrStatus, appointment } = booking;
  return {
    appointment,
    patientId: booking.patientId,
    doctorId: booking.doctorId,
    doctorName: booking.doctorName,
    officeId: booking.officeId,
    officeName: booking.officeName,
    startsAt: booking.startsAt,
    localStart: wallTimeOf(msOf(booking.startsAt), booking.timeZone),
    timeZone: booking.timeZone,
    durationMinutes: booking.durationMinutes,
    ...(booking.visitTypeId === undefined ? {} : { visitTypeId: booking.visitTypeId }),
    state: stateOf(ehrStatus),
    // Nobody knows what becomes of one that is being changed.
    changeable: booking.status === 'confirmed' && isChangeable({ id: appointment, ehrStatus, live: true }),
  };
}
