// Browsing the practice: which offices, doctors and visit types can be booked, and in which time zone. No call once the EHR's caches are warm.
import { type Doctor, fail, type Office, ok, type Result } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Ehr, EhrError, Log } from './ports.ts';
import type { BrowseError, Directory } from './use-cases.ts';
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

  return {
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
