// Use case: the times of several doctors of one office together, for a patient who does not mind which; few calls, and it says whose.
import { ok, type Result, type Slot, type VisitType } from './domain.ts';
import type { OpenTimes } from './offer.ts';
import type { AnyDoctorOffer, Directory, UseCases } from './use-cases.ts';

/** Availability calls that one question may cost: the EHR's hour is shared by every patient. */
const mostDoctors = 4;

export interface AnyDoctorDeps {
  readonly directory: Directory;
  readonly openTimes: OpenTimes;
}

/**
 * Doctors of the office who have a visit of that name (all of them where none is named), in the practice's order, four at
 * most. One doctor's failure is the answer only if nobody's times could be read. Slots ascend; of two doctors free at
 * one time both are there.
 */
export function createOpenTimesOfAny({ directory, openTimes }: AnyDoctorDeps): UseCases['openTimesOfAny'] {
  return async ({ officeId, visitName }) => {
    const doctors = await directory.doctorsAt(officeId);
    if (!doctors.ok) return doctors;
    const able: { readonly doctor: (typeof doctors.value)[number]; readonly type: VisitType | undefined }[] =
      [];
    for (const doctor of doctors.value) {
      const types = await directory.visitTypesOf(doctor.id);
      if (!types.ok) return types;
      const type = types.value.find(({ name }) => name === visitName);
      if (visitName === undefined || type !== undefined) able.push({ doctor, type });
    }
    const asked = able.slice(0, mostDoctors);
    const offers = await Promise.all(
      asked.map(({ doctor, type }) =>
        openTimes({
          officeId,
          doctorId: doctor.id,
          ...(type === undefined ? {} : { visitTypeId: type.id }),
        }),
      ),
    );
    const read = offers.flatMap((offer) => (offer.ok ? [offer.value] : []));
    const [first] = read;
    if (first === undefined) return offers.find((offer) => !offer.ok) ?? emptyOffer(directory, officeId);
    const looked = asked.flatMap(({ doctor }, at) => (offers[at]?.ok === true ? [doctor] : []));
    return ok({
      slots: read.flatMap(({ slots }) => slots).sort(byStart),
      timeZone: first.timeZone,
      readAt: first.readAt,
      looked,
      notLooked: able.length - looked.length,
    });
  };
}

const byStart = (a: Slot, b: Slot): number =>
  a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0;

/** Nobody at this office has such a visit. */
async function emptyOffer(
  directory: Directory,
  officeId: Parameters<UseCases['openTimesOfAny']>[0]['officeId'],
): Promise<Result<AnyDoctorOffer, never>> {
  const roster = await directory.roster();
  const timeZone = roster.ok ? roster.value.timeZones.get(officeId) : undefined;
  return ok({ slots: [], timeZone: timeZone ?? '', readAt: '', looked: [], notLooked: 0 });
}
