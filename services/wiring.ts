// Puts the use cases together over an EHR and a store; the one place that knows which needs which.
import { createOpenTimesOfAny } from './any-doctor.ts';
import { createBook } from './booking.ts';
import type { OverlapScope } from './booking-create.ts';
import type { BookingCase } from './booking-settle.ts';
import { createBookings } from './bookings.ts';
import { createDirectory } from './directory.ts';
import { createIdentify, type IdentifySettings } from './identify.ts';
import { createOpenTimes, type OfferSettings } from './offer.ts';
import type { Clock, Ehr, Ids, Log, Store } from './ports.ts';
import { createNews, createReconcile, type Reconcile } from './reconcile.ts';
import { createRecorded } from './recorded.ts';
import type { UseCases } from './use-cases.ts';

export interface UseCaseSettings extends OfferSettings, IdentifySettings {
  readonly overlapScope: OverlapScope;
  /** Office id to IANA zone (OFFICE_TIME_ZONES). */
  readonly officeTimeZones: ReadonlyMap<string, string>;
}

export interface Wiring {
  readonly ehr: Ehr;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: UseCaseSettings;
}

export function createUseCases(wiring: Wiring): {
  readonly useCases: UseCases;
  readonly reconcile: Reconcile;
} {
  const { ehr, store, clock, settings } = wiring;
  const directory = createDirectory(ehr, settings.officeTimeZones);
  const bookings = createBookings(store);
  const offer = { ehr, bookings, directory, clock, settings };
  const openTimes = createOpenTimes(offer);
  const deps: BookingCase = {
    ...wiring,
    ...offer,
    openTimes,
    overlapScope: settings.overlapScope,
  };
  return {
    useCases: {
      directory,
      openTimes: (request) => openTimes(request),
      openTimesOfAny: createOpenTimesOfAny({ ...offer, openTimes }),
      recorded: createRecorded(bookings),
      lastDoctorOf: bookings.lastDoctorOf,
      identify: createIdentify(ehr, clock, settings),
      book: createBook(deps),
      ...createNews(deps),
    },
    reconcile: createReconcile(deps),
  };
}
