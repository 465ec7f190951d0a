// Browsing the practice: which offices, doctors and visit types can be booked, and in which time zone. No call once the EHR's caches are warm.
import { type Doctor, fail, type Office, type OfficeId, ok, type Result, type VisitType } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Ehr, EhrError, Log } from './ports.ts';
import type { BrowseError, Directory, Roster } from './use-cases.ts';
import { zoneAt } from './zones.ts';

export function createDirectory(ehr: Ehr, officeTimeZones: ReadonlyMap<string, string>): Directory {
  const bookable = (office: Office, doctor: Doctor): boolean =>
    office.rooms.length > 0 && zoneAt(office, doctor, officeTimeZones).bookable;

  const whole = async (): Promise<Result<Practice, BrowseError>> => {
    const [offices, doctors] = await Promise.all([ehr.offices('browsing'), ehr.doctors('browsing')]);
    if (!offices.ok) return browseFailure(offices.error);
    if (!doctors.ok) return browseFailure(doctors.error);
    return ok({ offices: offices.value, doctors: doctors.value });
  };

  // Made again only when one of the EHR's lists is another: sentences are read against it every turn.
  let known: { readonly of: readonly unknown[]; readonly roster: Roster } | undefined;

  return {
    async roster() {
      const [practice, types] = await Promise.all([whole(), ehr.visitTypes('browsing')]);
      if (!practice.ok) return practice;
      if (!types.ok) return browseFailure(types.error);
      const of = [practice.value.offices, practice.value.doctors, types.value];
      if (known === undefined || of.some((list, at) => known?.of[at] !== list))
        known = { of, roster: rosterOf(practice.value, types.value, officeTimeZones) };
      return ok(known.roster);
    },
    async offices() {
      const practice = await whole();
      if (!practice.ok) return practice;
      const { offices, doctors } = practice.value;
      return ok(offices.filter((office) => doctors.some((doctor) => bookable(office, doctor))));
    },
    async doctors() {
      const practice = await whole();
      if (!practice.ok) return practice;
      const { offices, doctors } = practice.value;
      return ok(doctors.filter((doctor) => offices.some((office) => bookable(office, doctor))));
    },
    async doctorsAt(officeId) {
      const practice = await whole();
      if (!practice.ok) return practice;
      const office = practice.value.offices.find(({ id }) => id === officeId);
      return ok(
        office === undefined ? [] : practice.value.doctors.filter((doctor) => bookable(office, doctor)),
      );
    },
    async visitTypesOf(doctorId) {
      const types = await ehr.visitTypes('browsing');
      if (!types.ok) return browseFailure(types.error);
      return ok(
        types.value.filter(
          (type) => type.online && (type.doctorId === undefined || type.doctorId === doctorId),
        ),
      );
    },
    async timeZoneAt(officeId, doctorId) {
      const practice = await whole();
      if (!practice.ok) return practice;
      const office = practice.value.offices.find(({ id }) => id === officeId);
      const doctor = practice.value.doctors.find(({ id }) => id === doctorId);
      if (office === undefined || doctor === undefined) return ok(undefined);
      const zone = zoneAt(office, doctor, officeTimeZones);
      return ok(zone.bookable ? zone.timeZone : undefined);
    },
  };
}

interface Practice {
  readonly offices: readonly Office[];
  readonly doctors: readonly Doctor[];
}

function rosterOf(
  { offices, doctors }: Practice,
  types: readonly VisitType[],
  officeTimeZones: ReadonlyMap<string, string>,
): Roster {
  const zones = new Map<OfficeId, string>();
  const bookable = new Set<Doctor>();
  for (const office of offices.filter(({ rooms }) => rooms.length > 0))
    for (const doctor of doctors) {
      const zone = zoneAt(office, doctor, officeTimeZones);
      if (!zone.bookable) continue;
      bookable.add(doctor);
      if (!zones.has(office.id)) zones.set(office.id, zone.timeZone);
    }
  return {
    offices: offices.filter(({ id }) => zones.has(id)),
    doctors: doctors.filter((doctor) => bookable.has(doctor)),
    visitTypes: types.filter(({ online }) => online),
    timeZones: zones,
  };
}

const browseFailure = (error: EhrError): Result<never, BrowseError> => fail(failureOf(error));

/** Says in the start log which doctors are not offered at which office, and why; ids only. */
export async function logUnbookable(
  ehr: Ehr,
  officeTimeZones: ReadonlyMap<string, string>,
  log: Log,
): Promise<void> {
  const [offices, doctors] = await Promise.all([ehr.offices('background'), ehr.doctors('background')]);
  if (!offices.ok || !doctors.ok) return;
  for (const office of offices.value) {
    if (office.rooms.length === 0) log.warn('office has no exam room: not offered', { officeId: office.id });
    for (const doctor of doctors.value) {
      const zone = zoneAt(office, doctor, officeTimeZones);
      if (!zone.bookable) {
        log.warn('doctor not offered at office', {
          officeId: office.id,
          doctorId: doctor.id,
          reason: zone.why,
        });
      }
    }
  }
}
