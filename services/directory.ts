// Browsing the practice: which offices, doctors and visit types can be booked, and in which time zone. No call once the EHR's caches are warm.
import {
  type Doctor,
  type DoctorId,
  doctorId,
  fail,
  type Office,
  type OfficeId,
  ok,
  type Result,
  type VisitType,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Ehr, EhrError, Log } from './ports.ts';
import type { BrowseError, Directory, Roster } from './use-cases.ts';
import { zoneAt } from './zones.ts';

/** What can be booked at a practice, worked out once for each state of the EHR's lists: every turn asks several times. */
interface Practice {
  readonly offices: readonly Office[];
  readonly doctors: readonly Doctor[];
  readonly at: ReadonlyMap<OfficeId, AtOffice>;
  readonly officesOf: ReadonlyMap<DoctorId, readonly Office[]>;
}

interface AtOffice {
  readonly doctors: readonly Doctor[];
  /** Of every doctor whose times here are in a known zone. */
  readonly zones: ReadonlyMap<DoctorId, string>;
}

export function createDirectory(
  ehr: Pick<Ehr, 'offices' | 'doctors' | 'visitTypes'>,
  officeTimeZones: ReadonlyMap<string, string>,
): Directory {
  const practiceOf = ofLatest((offices: readonly Office[], doctors: readonly Doctor[]): Practice => {
    const at = new Map(
      offices.map((office): [OfficeId, AtOffice] => [office.id, atOffice(office, doctors, officeTimeZones)]),
    );
    const staffed = [...at.values()].map((here) => new Set(here.doctors));
    const open = offices.filter(({ id }) => (at.get(id)?.doctors.length ?? 0) > 0);
    const seen = doctors.filter((doctor) => staffed.some((here) => here.has(doctor)));
    const where = (doctor: Doctor) => open.filter(({ id }) => at.get(id)?.doctors.includes(doctor));
    return {
      offices: open,
      doctors: seen,
      at,
      officesOf: new Map(seen.map((doctor) => [doctor.id, where(doctor)])),
    };
  });
  const rosterOf = ofLatest(
    ({ offices, doctors, at }: Practice, types: readonly VisitType[]): Roster => ({
      offices,
      doctors,
      visitTypes: types.filter(({ online }) => online),
      timeZones: new Map(
        offices.flatMap(({ id }) => {
          const here = at.get(id);
          const zone = here?.zones.get(here.doctors[0]?.id ?? doctorId(''));
          return zone === undefined ? [] : [[id, zone]];
        }),
      ),
    }),
  );
  const typesByDoctor = ofLatest((_types: readonly VisitType[]) => new Map<DoctorId, readonly VisitType[]>());

  type Answer<T> = Promise<Result<T, BrowseError>>;
  // An EHR that gives the same answer again, and not only the same list, is not even waited for twice.
  const wholeOf = ofLatest(
    async (...lists: [ReturnType<Ehr['offices']>, ReturnType<Ehr['doctors']>]): Answer<Practice> => {
      const [offices, doctors] = await Promise.all(lists);
      if (!offices.ok) return browseFailure(offices.error);
      if (!doctors.ok) return browseFailure(doctors.error);
      return ok(practiceOf(offices.value, doctors.value));
    },
  );
  const whole = (): Answer<Practice> => wholeOf(ehr.offices('browsing'), ehr.doctors('browsing'));
  const wholeRosterOf = ofLatest(
    async (...parts: [Answer<Practice>, ReturnType<Ehr['visitTypes']>]): Answer<Roster> => {
      const [practice, types] = await Promise.all(parts);
      if (!practice.ok) return practice;
      return types.ok ? ok(rosterOf(practice.value, types.value)) : browseFailure(types.error);
    },
  );

  return {
    roster: () => wholeRosterOf(whole(), ehr.visitTypes('browsing')),
    async offices() {
      const practice = await whole();
      return practice.ok ? ok(practice.value.offices) : practice;
    },
    async doctors() {
      const practice = await whole();
      return practice.ok ? ok(practice.value.doctors) : practice;
    },
    async doctorsAt(officeId) {
      const practice = await whole();
      return practice.ok ? ok(practice.value.at.get(officeId)?.doctors ?? nobody) : practice;
    },
    async officesOf(doctor) {
      const practice = await whole();
      return practice.ok ? ok(practice.value.officesOf.get(doctor) ?? nowhere) : practice;
    },
    async visitTypesOf(doctor) {
      const types = await ehr.visitTypes('browsing');
      if (!types.ok) return browseFailure(types.error);
      const known = typesByDoctor(types.value);
      const ofDoctor = known.get(doctor) ?? types.value.filter((type) => isOfferedBy(type, doctor));
      if (known.size < mostDoctors) known.set(doctor, ofDoctor);
      return ok(ofDoctor);
    },
    async timeZoneAt(office, doctor) {
      const practice = await whole();
      return practice.ok ? ok(practice.value.at.get(office)?.zones.get(doctor)) : practice;
    },
  };
}

const nobody: readonly Doctor[] = [];
const nowhere: readonly Office[] = [];
/** Doctors come from callers, too (REST): a stranger's ids must not fill the memory. */
const mostDoctors = 1_000;

function atOffice(
  office: Office,
  doctors: readonly Doctor[],
  officeTimeZones: ReadonlyMap<string, string>,
): AtOffice {
  const zones = new Map<DoctorId, string>();
  for (const doctor of doctors) {
    const zone = zoneAt(office, doctor, officeTimeZones);
    if (zone.bookable) zones.set(doctor.id, zone.timeZone);
  }
  return { doctors: office.rooms.length === 0 ? [] : doctors.filter(({ id }) => zones.has(id)), zones };
}

const isOfferedBy = (type: VisitType, doctor: DoctorId): boolean =>
  type.online && (type.doctorId === undefined || type.doctorId === doctor);

/** Works out once, and anew only for other arguments than the last; lists are known by identity. */
function ofLatest<Args extends readonly unknown[], T>(work: (...args: Args) => T): (...args: Args) => T {
  let latest: { readonly args: Args; readonly value: T } | undefined;
  return (...args) => {
    if (latest === undefined || latest.args.some((arg, at) => arg !== args[at]))
      latest = { args, value: work(...args) };
    return latest.value;
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
