// Use case: the times on offer for a doctor at an office. The EHR's free slots, less lead time, horizon, what we know to be taken and what others hold.
import { bookingWindow, longestVisitMinutes, offered } from './availability.ts';
import type { Bookings } from './bookings.ts';
import { type BookingError, fail, type LocalDate, ok, type Result, type VisitTypeId } from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { Holds } from './holds.ts';
import type { Clock, Ehr, Priority, SlotQuery } from './ports.ts';
import type { Directory, Offer, OfferRequest } from './use-cases.ts';
import { dayOf } from './wall-time.ts';

export interface OfferSettings {
  readonly leadMinutes: number;
  readonly horizonDays: number;
  /** The oldest availability that is offered or booked from. */
  readonly availabilityFreshSeconds: number;
}

export interface OfferDeps {
  readonly ehr: Ehr;
  readonly bookings: Bookings;
  readonly holds: Holds;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly settings: OfferSettings;
}

const defaultMinutes = 30;

/** `onDate`: only that office-local day is needed, which is all that is read where nothing fresh is at hand. */
export type OpenTimes = (
  request: OfferRequest,
  priority?: Priority,
  onDate?: LocalDate,
) => Promise<Result<Offer, BookingError>>;

/** The whole horizon in one call, always the same range, so that every question and check within the fresh time shares it; or one day. */
export function createOpenTimes(deps: OfferDeps): OpenTimes {
  const { ehr, bookings, holds, clock, settings } = deps;
  return async (request, priority = 'browsing', onDate) => {
    const now = clock.now();
    const query = await slotQuery(deps, request, priority, now, onDate);
    if (!query.ok) return query;
    const open = await ehr.openSlots(query.value, priority);
    if (!open.ok) return fail(failureOf(open.error));
    const busy = await bookings.keptBusy(request.doctorId, now);
    const window = bookingWindow(now, settings.leadMinutes, settings.horizonDays);
    const free = offered(open.value.slots, window, busy);
    const held = await holds.ofOthers(request.doctorId, request.holder);
    return ok({
      slots: held.length === 0 ? free : offered(free, window, held),
      timeZone: query.value.timeZone,
      readAt: open.value.readAt,
    });
  };
}

/** What the EHR is asked for a request: the doctor's clock there, the visit's length, and from today to the horizon (or one day). */
export async function slotQuery(
  { ehr, directory, settings }: Pick<OfferDeps, 'ehr' | 'directory' | 'settings'>,
  request: OfferRequest,
  priority: Priority,
  now: number,
  onDate?: LocalDate,
): Promise<Result<SlotQuery, BookingError>> {
  const zone = await directory.timeZoneAt(request.officeId, request.doctorId);
  if (!zone.ok) return zone;
  if (zone.value === undefined) return fail({ kind: 'outside-policy', rule: 'not-bookable-here' });
  const minutes = await visitMinutes(ehr, request, priority);
  if (!minutes.ok) return minutes;
  const { latestMs } = bookingWindow(now, settings.leadMinutes, settings.horizonDays);
  return ok({
    officeId: request.officeId,
    doctorId: request.doctorId,
    fromDate: onDate ?? dayOf(now, zone.value),
    toDate: onDate ?? dayOf(latestMs, zone.value),
    durationMinutes: minutes.value,
    ...(request.visitTypeId === undefined ? {} : { visitTypeId: request.visitTypeId }),
    timeZone: zone.value,
    freshSeconds: settings.availabilityFreshSeconds,
  });
}

/** How long the visit takes: the visit type's length (the EHR takes no other for it), else what was asked for, else the specification's 30 minutes. */
export async function visitMinutes(
  ehr: Ehr,
  visit: Pick<OfferRequest, 'doctorId' | 'visitTypeId' | 'durationMinutes'>,
  priority: Priority,
): Promise<Result<number, BookingError>> {
  const asked = visit.durationMinutes;
  if (asked !== undefined && (!Number.isInteger(asked) || asked < 5 || asked > longestVisitMinutes)) {
    return fail({ kind: 'outside-policy', rule: 'duration' });
  }
  if (visit.visitTypeId === undefined) return ok(asked ?? defaultMinutes);
  return minutesOfType(ehr, visit.visitTypeId, visit.doctorId, priority);
}

async function minutesOfType(
  ehr: Ehr,
  id: VisitTypeId,
  doctor: OfferRequest['doctorId'],
  priority: Priority,
): Promise<Result<number, BookingError>> {
  const types = await ehr.visitTypes(priority);
  if (!types.ok) return fail(failureOf(types.error));
  const type = types.value.find(
    (each) => each.id === id && (each.doctorId === undefined || each.doctorId === doctor),
  );
  if (type === undefined) return fail({ kind: 'outside-policy', rule: 'unknown-visit-type' });
  return type.durationMinutes > longestVisitMinutes
    ? fail({ kind: 'outside-policy', rule: 'duration' })
    : ok(type.durationMinutes);
}
