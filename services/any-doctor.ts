// Use case: the times of several doctors of one office together, for a patient who does not mind which; few calls, and it says whose.
import { type Doctor, type OfficeId, ok, type Result, type Slot } from './domain.ts';
import { type OfferDeps, type OpenTimes, slotQuery } from './offer.ts';
import type { AnyDoctorOffer, BrowseError, Holder, OfferRequest, UseCases } from './use-cases.ts';

/** Availability calls that one question may cost: the EHR's hour is shared by every patient. */
const mostDoctors = 4;

interface Able {
  readonly doctor: Doctor;
  readonly request: OfferRequest;
}

/**
 * Doctors of the office who have a visit of that name (all of them where none is named): those whose times are known
 * already first, then in the practice's order, four at most. One doctor's failure is the answer only if nobody's times
 * could be read. Slots ascend; of two doctors free at one time both are there.
 */
export function createOpenTimesOfAny(
  deps: Pick<OfferDeps, 'ehr' | 'directory' | 'clock' | 'settings'> & { readonly openTimes: OpenTimes },
): UseCases['openTimesOfAny'] {
  const { ehr, directory, clock, openTimes } = deps;

  const isKnown = async ({ request }: Able): Promise<boolean> => {
    const query = await slotQuery(deps, request, 'browsing', clock.now());
    return query.ok && ehr.knowsOpenSlots(query.value);
  };

  async function ableAt(
    officeId: OfficeId,
    visitName: string | undefined,
    holder: Holder | undefined,
  ): Promise<Result<readonly Able[], BrowseError>> {
    const doctors = await directory.doctorsAt(officeId);
    if (!doctors.ok) return doctors;
    const able: Able[] = [];
    for (const doctor of doctors.value) {
      const types = await directory.visitTypesOf(doctor.id);
      if (!types.ok) return types;
      const type = types.value.find(({ name }) => name === visitName);
      const common = { officeId, doctorId: doctor.id, ...(holder === undefined ? {} : { holder }) };
      if (type !== undefined) able.push({ doctor, request: { ...common, visitTypeId: type.id } });
      else if (visitName === undefined) able.push({ doctor, request: common });
    }
    return ok(able);
  }

  return async ({ officeId, visitName, holder }) => {
    const able = await ableAt(officeId, visitName, holder);
    if (!able.ok) return able;
    const known = await Promise.all(able.value.map(isKnown));
    const asked = [
      ...able.value.filter((_, at) => known[at]),
      ...able.value.filter((_, at) => !known[at]),
    ].slice(0, mostDoctors);
    const offers = await Promise.all(asked.map(({ request }) => openTimes(request)));
    const failed = offers.find((offer) => !offer.ok);
    const read = offers.flatMap((offer) => (offer.ok ? [offer.value] : []));
    if (read.length === 0 && failed !== undefined) return failed;
    const looked = asked.flatMap(({ doctor }, at) => (offers[at]?.ok === true ? [doctor] : []));
    const roster = await directory.roster();
    const offer: AnyDoctorOffer = {
      slots: read.flatMap(({ slots }) => slots).sort(byStart),
      timeZone: read[0]?.timeZone ?? (roster.ok ? (roster.value.timeZones.get(officeId) ?? '') : ''),
      readAt: read[0]?.readAt ?? new Date(clock.now()).toISOString(),
      looked,
      notLooked: able.value.length - looked.length,
    };
    return ok(offer);
  };
}

/** By the office's clock, as they are shown and looked for; doctors of one office may keep different zones. */
const byStart = (a: Slot, b: Slot): number =>
  a.localStart < b.localStart ? -1 : a.localStart > b.localStart ? 1 : 0;
