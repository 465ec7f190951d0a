// What the conversation can ask about visits on file: types only. Implementations: upcoming, cancel-visit, undo-cancel, move-visit, holds.
import type {
  AppointmentId,
  BookingError,
  DoctorId,
  Instant,
  LocalDateTime,
  OfficeId,
  PatientId,
  Result,
  Slot,
  VisitTypeId,
} from './domain.ts';
import type { BrowseError } from './use-cases.ts';

/** What a visit's status in the EHR means to a patient; `other` is a practice's own status: ask the office. */
export type VisitState =
  | 'booked' // '' and Not Confirmed
  | 'confirmed'
  | 'arrived' // Arrived, Checked In, Checked In Online, In Room
  | 'in-session'
  | 'complete'
  | 'no-show'
  | 'cancelled'
  | 'rescheduled'
  | 'other';

/** One visit of a patient as the EHR has it: booked here, by phone, or at the desk. */
export interface Visit {
  readonly appointment: AppointmentId;
  readonly patientId: PatientId;
  readonly doctorId: DoctorId;
  readonly doctorName: string;
  readonly officeId: OfficeId;
  readonly officeName: string;
  readonly startsAt: Instant;
  readonly localStart: LocalDateTime;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
  readonly state: VisitState;
  /** Only `""`, Confirmed and Not Confirmed may be moved or cancelled here. */
  readonly changeable: boolean;
  /** In a list, of one that is too late to be changed here: CANCEL_NOTICE_MINUTES, or 0 where it has begun. */
  readonly tooLateMinutes?: number;
}

export interface Upcoming {
  /** Ascending; those that are not over; live ones (and those of a practice's own status). */
  readonly visits: readonly Visit[];
  /** So many more of which nobody can say when they are (no time zone is known): the office has to be asked. 0 where our own records answer. */
  readonly untimed: number;
  /** Set where the EHR did not answer and these are our own records: when it last agreed. */
  readonly asOf?: Instant;
}

/** A visit as a card showed it: acting on it needs it to be still so. */
export interface VisitRef {
  readonly patientId: PatientId;
  readonly appointment: AppointmentId;
  /** The start that was shown. */
  readonly startsAt: Instant;
}

/** One visit, by whose it is and which. */
export type VisitOf = Pick<VisitRef, 'patientId' | 'appointment'>;

export interface ChangeRequest {
  readonly visit: VisitRef;
  /** As in `BookRequest`: for our record of a visit that was not booked here. */
  readonly patientName?: string;
  readonly channel: string;
  readonly conversationId?: string;
}

/** Why a visit was not changed; each carries what its sentence needs. Unless it is `unsure`, the visit stands as `visit` says. */
export type ChangeError =
  /** No such visit of this patient (any more). */
  | { readonly kind: 'visit-not-found' }
  /** Moved, cancelled or over since it was shown: this is what it is now. */
  | { readonly kind: 'changed-since'; readonly visit: Visit }
  /** It is as it was shown, and its state lets nobody change it here: the patient has arrived, a word of the practice's own, a series; for an undo: not within a minute. */
  | { readonly kind: 'not-changeable'; readonly visit: Visit }
  /** Inside CANCEL_NOTICE_MINUTES, or already begun. */
  | { readonly kind: 'too-late'; readonly visit: Visit; readonly noticeMinutes: number }
  | Extract<
      BookingError,
      { kind: 'slot-taken' | 'outside-policy' | 'overlaps-own' | 'ehr-unavailable' | 'ehr-refused' }
    >
  /** An earlier change of the visit is not settled yet: nothing of this one was begun. */
  | { readonly kind: 'still-checking' }
  /** A lost reply that reading again did not clear up: reconcile finds out, and the conversation hears of it. */
  | { readonly kind: 'unsure' };

export interface Cancelled {
  readonly visit: Visit;
  /** 60 seconds from the cancellation. */
  readonly undoUntilMs: number;
  /** Whether the reason stands in the EHR; not where the desk has notes of its own. Undefined: none was sent now. */
  readonly reasonKept?: boolean;
}

export interface VisitCases {
  /** One EHR call (the patient's appointments from today to the EHR's longest range); our store where it does not answer. */
  upcoming(patient: PatientId): Promise<Result<Upcoming, BrowseError>>;
  /** Two EHR calls: read, PATCH status Cancelled. Asked again within a minute: the same answer. `reason`: the patient's own words, for the EHR's notes; kept nowhere else. */
  cancelVisit(request: ChangeRequest & { readonly reason?: string }): Promise<Result<Cancelled, ChangeError>>;
  /** Within 60 seconds: a fresh check of the time, PATCH status "", then a booking's verification. Never a blind flip. */
  undoCancel(request: ChangeRequest): Promise<Result<Visit, ChangeError>>;
  /** Three EHR calls (scope room: four): read, fresh availability, PATCH of the changed fields only. Same doctor, same office, same length. */
  moveVisit(request: ChangeRequest & { readonly to: LocalDateTime }): Promise<Result<Visit, ChangeError>>;
  /** Times that this visit could be moved to: its own doctor, office and length, without its present start. */
  timesForMove(
    visit: Pick<Visit, 'patientId' | 'doctorId' | 'officeId' | 'startsAt' | 'durationMinutes'>,
  ): Promise<Result<{ readonly slots: readonly Slot[]; readonly timeZone: string }, BookingError>>;
}
