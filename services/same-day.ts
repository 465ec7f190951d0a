// Use case: the patient's other visits on the day that they are about to book, for them to hear of before they say yes.
import { intervalOf, overlaps } from './availability.ts';
import { checkRequest } from './booking-check.ts';
import type { BookingNow } from './booking-standing.ts';
import type { OfferDeps } from './offer.ts';
import type { UseCases } from './use-cases.ts';
import { dayOf, msOf } from './wall-time.ts';

/** Wherever its office is, a visit of that local day starts within so much of the wanted one. */
const aroundMs = 2 * 86_400_000;
const mostVisits = 50;

/** From our store. What overlaps the wanted visit is left out: that booking is refused, with its own words. */
export function createSameDay(deps: OfferDeps, bookingNow: BookingNow): UseCases['sameDayVisits'] {
  return async (request, mayReadEhr) => {
    const wanted = await checkRequest(deps, request);
    if (!wanted.ok) return { visits: [], readEhr: false };
    const { patientId, date, startsAt } = wanted.value;
    const interval = intervalOf(wanted.value);
    const [fromMs, toMs] = [msOf(startsAt) - aroundMs, msOf(startsAt) + aroundMs];
    const near = await deps.bookings.starting({ patient: patientId }, fromMs, toMs, mostVisits);
    const visits = near.filter(
      (booking) =>
        booking.status === 'confirmed' &&
        dayOf(msOf(booking.startsAt), booking.timeZone) === date &&
        !overlaps(interval, intervalOf(booking)),
    );
    // One read: of the visit that the EHR has not been asked about for longest.
    const [oldest] = visits.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
    if (oldest === undefined || !mayReadEhr) return { visits, readEhr: false };
    const now = await bookingNow(oldest.id, 'booking');
    return {
      visits: now?.booking.status === 'confirmed' ? visits : visits.filter((visit) => visit !== oldest),
      readEhr: true,
    };
  };
}
