// What the conversation and REST can ask of the product: types only. Implementations: directory, offer, identify, booking, reconcile.
import type { AgendaCases } from './agenda-cases.ts';
import type { TrailState } from './audit-trail.ts';
import type {
  Booking,
  BookingError,
  CancelledBooking,
  ConfirmedBooking,
  Doctor,
  DoctorId,
  Instant,
  LocalDate,
  LocalDateTime,
  Notice,
  Office,
  OfficeId,
  PatientId,
  Result,
  Slot,
  VisitType,
  VisitTypeId,
} from './domain.ts';
import type { IdentityCases } from './identity-cases.ts';
import type { StoreOp } from './ports.ts';
import type { VisitCases, VisitOf } from './visit-cases.ts';

/** What can go wrong while only looking. */
export type BrowseError = Extract<
  BookingError,
  { kind: 'ehr-unavailable' | 'ehr-refused' | 'outside-policy' }
>;

/** Everything that a patient can book by name. A visit type of one name may stand once for each doctor. */
export interface Roster {
  readonly offices: readonly Office[];
  readonly doctors: readonly Doctor[];
  readonly visitTypes: readonly VisitType[];
  /** Each office's clock, as its doctors keep it. */
  readonly timeZones: ReadonlyMap<OfficeId, string>;
}

/** Offices, doctors and visit types that a patient can book; no identity needed, no EHR call once warm. */
export interface Directory {
  /** Unarchived offices at which at least one doctor can be booked. */
  offices(): Promise<Result<readonly Office[], BrowseError>>;
  /** Every doctor who can be booked somewhere. */
  doctors(): Promise<Result<readonly Doctor[], BrowseError>>;
  /** Doctors who can be booked at this office: their zone is known and does not contradict the office's. */
  doctorsAt(office: OfficeId): Promise<Result<readonly Doctor[], BrowseError>>;
  /** Where this doctor can be booked; the same list until the practice changes. */
  officesOf(doctor: DoctorId): Promise<Result<readonly Office[], BrowseError>>;
  /** All of it at once, for understanding names; the same object until the practice changes. */
  roster(): Promise<Result<Roster, BrowseError>>;
  /** Visit types that a patient may pick for this doctor, in the practice's order. */
  visitTypesOf(doctor: DoctorId): Promise<Result<readonly VisitType[], BrowseError>>;
  /** The zone that this doctor's times at this office are in; undefined: no booking there. */
  timeZoneAt(office: OfficeId, doctor: DoctorId): Promise<Result<string | undefined, BrowseError>>;
}

/** For whom a time may be held: what is held for this conversation, or for this patient, does not stand in their way. */
export interface Holder {
  readonly conversationId?: string;
  readonly patientId?: PatientId;
}

export interface OfferRequest {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly visitTypeId?: VisitTypeId;
  /** Counts only where no visit type is given; 30 where neither is. */
  readonly durationMinutes?: number;
  /** Who looks; absent: whatever is held is left out. */
  readonly holder?: Holder;
}

/** Every time on offer from now + lead time to the horizon, ascending. Empty is an answer, not an error. */
export interface Offer {
  readonly slots: readonly Slot[];
  readonly timeZone: string;
  readonly readAt: Instant;
}

/** Who is asking, as far as it has been proven. */
export interface Claim {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: LocalDate;
}

export interface IdentifiedPatient {
  readonly id: PatientId;
  /** `First Last`, from the chart. */
  readonly name: string;
  readonly firstName: string;
  /** ISO 639 alpha-3 from the chart, may be empty. */
  readonly preferredLanguage: string;
}

export type IdentifyError =
  /** No chart, several charts, or a wrong birth date: one kind, so that one sentence is all anybody learns. */
  | { readonly kind: 'no-match' }
  /** This conversation, or everybody together, has searched too often in the last hour. */
  | { readonly kind: 'too-many-tries' }
  | Extract<BookingError, { kind: 'ehr-unavailable' | 'ehr-refused' }>;

export interface BookRequest {
  readonly patientId?: PatientId;
  /** From an identified conversation; absent (REST): the chart is read once. */
  readonly patientName?: string;
  readonly doctorId?: DoctorId;
  readonly officeId?: OfficeId;
  /** Office wall time of the start. */
  readonly localStart?: LocalDateTime;
  readonly visitTypeId?: VisitTypeId;
  readonly durationMinutes?: number;
  /** The Bot Framework channel id, or `rest`. */
  readonly channel: string;
  readonly conversationId?: string;
  /** Written in the same atomic batch as the outcome (REST: the idempotent answer). */
  readonly alsoWrite?: (outcome: Result<ConfirmedBooking, BookingError>) => readonly StoreOp[];
}

/** A visit that a patient has, as they are told of it. */
export type OwnVisit = Pick<Booking, 'doctorName' | 'startsAt' | 'timeZone'>;

/** What reconcile found out after a patient was told "not sure yet"; said first in that conversation's next turn. Of a visit as it stands when asked for. */
export type News =
  | {
      readonly id: string;
      readonly kind: 'booked-after-all' | StandingNews;
      readonly booking: ConfirmedBooking;
    }
  | { readonly id: string; readonly kind: GoneNews; readonly booking: CancelledBooking }
  | {
      readonly id: string;
      readonly kind: 'not-booked';
      readonly patientId: PatientId;
      readonly doctorName: string;
      readonly startsAt: Instant;
      readonly timeZone: string;
    };

/** A change that was in doubt, where the visit stands: moved to the time that it has now; not moved; not cancelled; a cancellation taken back. */
export type StandingNews = 'moved-after-all' | 'not-moved' | 'not-cancelled' | 'restored-after-all';
/** The same, where the visit does not stand: cancelled (or moved elsewhere by the practice); a cancellation that was not taken back. */
export type GoneNews = 'cancelled-after-all' | 'not-restored';

/** The times of several doctors of one office together: "any doctor", "as soon as possible". */
export interface AnyDoctorOffer extends Offer {
  /** Whose times these are; slots carry their doctor. */
  readonly looked: readonly Doctor[];
  /** Doctors who have such a visit too, but were not looked at: the EHR's calls are few. */
  readonly notLooked: number;
}

/** Visits on our own books: a doctor's or a patient's, of office-local days, both included. */
export interface RecordedQuery {
  readonly owner: { readonly patient: PatientId } | { readonly doctor: DoctorId };
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
}

export interface UseCases extends AgendaCases, IdentityCases, VisitCases {
  readonly directory: Directory;
  /** Ascending; without those that never came about. No EHR call: `updatedAt` tells when the EHR last agreed. */
  recorded(query: RecordedQuery): Promise<readonly Booking[]>;
  /** At most four availability calls; doctors whose times are known already come first and cost none. */
  openTimesOfAny(request: {
    readonly officeId: OfficeId;
    readonly visitName?: string;
    readonly holder?: Holder;
  }): Promise<Result<AnyDoctorOffer, BookingError>>;
  openTimes(request: OfferRequest): Promise<Result<Offer, BookingError>>;
  /** The doctor of the patient's last booking here that stands, as our own store knows it; undefined: none. */
  lastDoctorOf(patient: PatientId): Promise<DoctorId | undefined>;
  /**
   * Holds the time for HOLD_SECONDS, instead of what the conversation or the patient held before; refused where somebody else holds it or is
   * booking it. A request that is not whole holds nothing.
   */
  hold(request: BookRequest): Promise<Result<void, Extract<BookingError, { kind: 'slot-taken' }>>>;
  /** Lets go of what the conversation holds, if it does. */
  release(conversationId: string): Promise<void>;
  /**
   * The patient's other visits on the wanted visit's day that stand as far as our store knows, ascending; without what overlaps it. `mayReadEhr`: one of
   * them may be looked up there, which costs a call where we have not heard of it for two minutes.
   */
  sameDayVisits(
    request: BookRequest,
    mayReadEhr: boolean,
  ): Promise<{ readonly visits: readonly OwnVisit[]; readonly readEhr: boolean }>;
  /** Books once or not at all; see "Booking once, and only once" in README. */
  book(request: BookRequest): Promise<Result<ConfirmedBooking, BookingError>>;
  /** A visit as it is now, for the patient's own calendar, by whomever it was made; `unavailable`: the EHR alone knows it and does not answer. At most one EHR call in two minutes. */
  calendarVisit(visit: VisitOf): Promise<Result<Notice, 'not-found' | 'unavailable'>>;
  /** News owed to a conversation; said, then forgotten with `newsSaid`. No I/O when there is none. */
  newsFor(conversationId: string): Promise<readonly News[]>;
  newsSaid(ids: readonly string[]): Promise<void>;
  /** How the audit trail was found at start. */
  trail(): TrailState;
}
