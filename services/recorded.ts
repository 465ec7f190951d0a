// Use case: the visits on our own books, a doctor's or a patient's, by office-local days. The EHR is not asked.
import type { Bookings } from './bookings.ts';
import type { Booking } from './domain.ts';
import type { UseCases } from './use-cases.ts';
import { dayOf, msOf } from './wall-time.ts';

const dayMs = 86_400_000;
/** A doctor's two busiest months. */
const mostRecorded = 5_000;

export function createRecorded(bookings: Bookings): UseCases['recorded'] {
  return async ({ owner, fromDate, toDate }) => {
    // Days are the office's: wherever it is, they begin and end within a day of UTC's.
    const from = msOf(`${fromDate}T00:00:00.000Z`) - dayMs;
    const to = msOf(`${toDate}T00:00:00.000Z`) + 2 * dayMs;
    const found = await bookings.starting(owner, from, to, mostRecorded);
    return found.filter(({ status, startsAt, timeZone }) => {
      const day = dayOf(msOf(startsAt), timeZone);
      return isVisit(status) && fromDate <= day && day <= toDate;
    });
  };
}

/** Not one that never came about; and one that was moved is shown where it is now. */
const isVisit = (status: Booking['status']): boolean => status !== 'failed' && status !== 'moved';
