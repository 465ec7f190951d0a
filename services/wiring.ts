// Puts the use cases together over an EHR and a store; the one place that knows which needs which.

import { createAgenda } from './agenda.ts';
import { createOpenTimesOfAny } from './any-doctor.ts';
import { createAudit } from './audit.ts';
import { createTrailCheck, type TrailCheck } from './audit-trail.ts';
import { createBook } from './booking.ts';
import type { OverlapScope } from './booking-create.ts';
import { createBookingNow } from './booking-standing.ts';
import { createBookings } from './bookings.ts';
import { createCancelVisit } from './cancel-visit.ts';
import type { CodeSending } from './code-sending.ts';
import type { RetentionDays } from './config-record.ts';
import { createDirectory } from './directory.ts';
import type { DoctorId } from './domain.ts';
import { createHold } from './hold-time.ts';
import { createHolds } from './holds.ts';
import { createHousekeeping, type Housekeeping, type HousekeepingDeps } from './housekeeping.ts';
import type { Account } from './identity-cases.ts';
import { createIdentityCases, type IdentitySettings } from './identity-wiring.ts';
import { createMoveVisit, createTimesForMove } from './move-visit.ts';
import { createNews } from './news.ts';
import { createOpenTimes, type OfferSettings } from './offer.ts';
import type { OutboxDeps } from './outbox.ts';
import { createOwe } from './owed.ts';
import type { Clock, Ehr, Ids, Log, Notifier, Store } from './ports.ts';
import { createReconcile, type Reconcile } from './reconcile.ts';
import { createRecorded } from './recorded.ts';
import { createSameDay } from './same-day.ts';
import { createUndoCancel } from './undo-cancel.ts';
import { createUpcoming } from './upcoming.ts';
import type { UseCases } from './use-cases.ts';
import type { ChangeCase } from './visit-change.ts';
import { createCalendarVisit } from './visit-notice.ts';

export interface UseCaseSettings extends OfferSettings, IdentitySettings {
  /** Accounts of providers, each with its doctor (PROVIDERS). */
  readonly providers: ReadonlyMap<Account, DoctorId>;
  readonly overlapScope: OverlapScope;
  readonly retentionDays: RetentionDays;
  /** How long a picked time is held (HOLD_SECONDS); 0: not at all. */
  readonly holdSeconds: number;
  /** Whoever cancels or moves a visit has to be so early (CANCEL_NOTICE_MINUTES). */
  readonly cancelNoticeMinutes: number;
  /** Office id to IANA zone (OFFICE_TIME_ZONES). */
  readonly officeTimeZones: ReadonlyMap<string, string>;
}

export interface Wiring {
  readonly ehr: Ehr;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Keys the pseudonyms of the audit trail, and the hashes of codes and accounts. */
  readonly auditSecret: string;
  /** Of the channels that NOTIFY names; called when a code goes out. Absent: none. */
  readonly notifiers?: () => Promise<readonly Notifier[]>;
  readonly settings: UseCaseSettings;
}

export function createUseCases(wiring: Wiring): {
  readonly useCases: UseCases;
  readonly reconcile: Reconcile;
  readonly trail: TrailCheck;
  /** `forgetSilent`: the conversations are the edge's. */
  housekeepingWith(forgetSilent: HousekeepingDeps['forgetSilent']): Housekeeping;
  readonly bookingNow: OutboxDeps['bookingNow'];
  /** One-time codes on their way. */
  readonly codeSending: CodeSending;
} {
  const { ehr, store, clock, log, settings } = wiring;
  const audit = createAudit({ secret: wiring.auditSecret, clock });
  const directory = createDirectory(ehr, settings.officeTimeZones);
  const bookings = createBookings(store, audit);
  const holds = createHolds(store, clock, log, settings.holdSeconds);
  const offer = { ehr, bookings, holds, directory, clock, settings };
  const openTimes = createOpenTimes(offer);
  const identity = createIdentityCases({ ...wiring, secret: wiring.auditSecret, audit, directory });
  const trail = createTrailCheck(store, log);
  const deps: ChangeCase = {
    ...wiring,
    ...offer,
    openTimes,
    audit,
    settings,
    owe: createOwe(settings.notify.channels, clock),
    overlapScope: settings.overlapScope,
  };
  const bookingNow = createBookingNow(deps);
  return {
    useCases: {
      directory,
      openTimes: (request) => openTimes(request),
      openTimesOfAny: createOpenTimesOfAny({ ...offer, openTimes }),
      recorded: createRecorded(bookings),
      lastDoctorOf: bookings.lastDoctorOf,
      hold: createHold(deps),
      release: holds.release,
      sameDayVisits: createSameDay(deps, bookingNow),
      calendarVisit: createCalendarVisit(deps, bookingNow),
      ...identity.cases,
      book: createBook(deps),
      ...createNews(deps),
      upcoming: createUpcoming(deps),
      cancelVisit: createCancelVisit(deps),
      undoCancel: createUndoCancel(deps),
      moveVisit: createMoveVisit(deps),
      timesForMove: createTimesForMove(deps),
      ...createAgenda({ ehr, store, directory, clock, audit, providers: settings.providers }),
      trail: trail.state,
    },
    trail,
    codeSending: identity.sending,
    housekeepingWith: (forgetSilent) =>
      createHousekeeping({ store, clock, log, audit, holds, days: settings.retentionDays, forgetSilent }),
    reconcile: createReconcile(deps),
    bookingNow: (id) => bookingNow(id, 'background'),
  };
}
