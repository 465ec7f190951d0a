// Which time zone a doctor's times at an office are in; pure. An office has no zone in DrChrono, only a doctor has.
import { IANAZone } from 'luxon';
import type { Doctor, Office } from './domain.ts';

export type ZoneDecision =
  | { readonly bookable: true; readonly timeZone: string }
  | { readonly bookable: false; readonly why: 'no-time-zone' | 'zone-differs' };

/**
 * An office with an entry in OFFICE_TIME_ZONES has that zone, and a doctor who keeps another is not offered there: nobody
 * could say which of the two a naive `scheduled_time` means. An office without an entry takes the doctor's zone.
 */
export function zoneAt(
  office: Office,
  doctor: Doctor,
  officeTimeZones: ReadonlyMap<string, string>,
): ZoneDecision {
  const doctorZone = isZone(doctor.timeZone) ? doctor.timeZone : undefined;
  const entry = officeTimeZones.get(office.id);
  if (entry === undefined) {
    return doctorZone === undefined
      ? { bookable: false, why: 'no-time-zone' }
      : { bookable: true, timeZone: doctorZone };
  }
  if (doctorZone !== undefined && !sameZone(entry, doctorZone))
    return { bookable: false, why: 'zone-differs' };
  return { bookable: true, timeZone: entry };
}

const validity = new Map<string, boolean>();

/** Remembered: asking the runtime builds a formatter each time, and a practice has few zones. */
function isZone(name: string): boolean {
  const known = validity.get(name) ?? (name !== '' && IANAZone.isValidZone(name));
  validity.set(name, known);
  return known;
}

const sameness = new Map<string, boolean>();

/** True where two names keep the same clock (`US/Eastern` and `America/New_York`): equal offsets twice a month for two years. */
function sameZone(a: string, b: string): boolean {
  if (a === b) return true;
  const pair = `${a} ${b}`;
  const known = sameness.get(pair);
  if (known !== undefined) return known;
  const halfMonthMs = 15 * 86_400_000;
  const from = Date.UTC(2026, 0, 1);
  const samples = Array.from({ length: 48 }, (_, i) => from + i * halfMonthMs);
  const same = samples.every((at) => IANAZone.create(a).offset(at) === IANAZone.create(b).offset(at));
  sameness.set(pair, same);
  return same;
}
