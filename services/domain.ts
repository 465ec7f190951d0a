// The words of the product as types: practice, slot, appointment, booking, and every way a booking can fail.
// Types only, but for the id constructors; imports nothing.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type OfficeId = Branded<'office'>;
export type DoctorId = Branded<'doctor'>;
export type PatientId = Branded<'patient'>;
export type VisitTypeId = Branded<'visitType'>;
/** The EHR's own id of an appointment: a string that is usually, not always, numeric (DrChrono, ehr `id`). */
export type AppointmentId = Branded<'appointment'>;
export type BookingId = Branded<'booking'>;

// The only casts past the edge: an id becomes its kind where a wire schema or a store schema has parsed it.
export const officeId = (raw: string): OfficeId => raw as OfficeId;
export const doctorId = (raw: string): DoctorId => raw as DoctorId;
export const patientId = (raw: string): PatientId => raw as PatientId;
export const visitTypeId = (raw: string): VisitTypeId => raw as VisitTypeId;
export const appointmentId = (raw: string): AppointmentId => raw as AppointmentId;
export const bookingId = (raw: string): BookingId => raw as BookingId;

/** A UTC instant, ISO 8601 with `Z`, e.g. `2025-02-18T14:00:00.000Z`. */
export type Instant = string;
/** A calendar day at an office, `YYYY-MM-DD`. */
export type LocalDate = string;
/** Wall time at an office without offset, `YYYY-MM-DDTHH:MM`. */
export type LocalDateTime = string;

export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

// ---------------------------------------------------------------- the practice

/** An exam room, by the index that the EHR expects in a create: 1-based, never 0. */
export interface ExamRoom {
  readonly index: number;
  readonly name: string;
  readonly online: boolean;
}

/** A place to be seen. It carries no time zone: DrChrono has none; a zone belongs to a doctor at an office (`zones.ts`). */
export interface Office {
  readonly id: OfficeId;
  readonly name: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly phone: string;
  readonly rooms: readonly ExamRoom[];
  /** Minutes after midnight; both 0 (or 0 to 1440) where the EHR says "all day". */
  readonly opensMinute: number;
  readonly closesMinute: number;
}

export interface Doctor {
  readonly id: DoctorId;
  readonly firstName: string;
  readonly lastName: string;
  /** As patients read it: `Dr. John Doe`. */
  readonly name: string;
  readonly specialty: string;
  /** IANA zone; empty where the EHR has none. */
  readonly timeZone: string;
}

/** What a visit is for and how long it takes (DrChrono: appointment profile). */
export interface VisitType {
  readonly id: VisitTypeId;
  /** The doctor who owns the type, if only that doctor offers it. */
  readonly doctorId?: DoctorId;
  readonly name: string;
  readonly durationMinutes: number;
  readonly online: boolean;
}

/** A chart, cut to what booking needs; never serialised whole. */
export interface Patient {
  readonly id: PatientId;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly nickName: string;
  readonly birthDate: LocalDate;
  /** ISO 639 alpha-3 as the EHR holds it (`eng`, `spa`), empty if unset. */
  readonly preferredLanguage: string;
  /** False for an inactive or deceased chart, which is never booked for. */
  readonly active: boolean;
}

// ---------------------------------------------------------------- slots and appointments

/** A free time of one doctor at one office: what was offered and exactly what is booked. */
export interface Slot {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The same start as the office's wall clock shows it: what the EHR is sent. */
  readonly localStart: LocalDateTime;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
}

/** An appointment as the EHR has it. Half-open: `[startsAt, endsAt)`. */
export interface Appointment {
  readonly id: AppointmentId;
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly patientId?: PatientId;
  readonly room: number;
  readonly localStart: LocalDateTime;
  readonly durationMinutes: number;
  /** The EHR's word: `""`, `Confirmed`, `Cancelled`, ... or a practice's own. */
  readonly ehrStatus: string;
  readonly visitTypeId?: VisitTypeId;
  /** False for deleted, cancelled, rescheduled and no-show rows: they do not occupy the doctor. */
  readonly live: boolean;
  /** Our reference as written into the notes (`Bookadoc <ref>`), if it is ours. The rest of the notes is dropped. */
  readonly ref?: string;
  /** What the notes hold where nobody but us has written there: nothing more (`free`), or the reason of a cancellation too. */
  readonly notesHold?: 'free' | 'reason';
  /** The EHR's own stamp of the row's last change. Says nothing but whether one reading of a row is older than another. */
  readonly changeStamp?: string;
}

/** What is sent to create an appointment: either a visit type or a duration rules its length. */
export interface NewAppointment {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly patientId: PatientId;
  readonly room: number;
  readonly localStart: LocalDateTime;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
  /** Written into the EHR's notes so that a lost reply can be looked up. */
  readonly ref: string;
}

/** What is changed of an appointment; what is not named stays as it is in the EHR. */
export interface AppointmentChange {
  /** `Cancelled`, or `""`: on again. */
  readonly status?: 'Cancelled' | '';
  readonly localStart?: LocalDateTime;
  readonly room?: number;
  /** What is to stand in the notes; only where `notesHold` says that nobody's words are lost by it. */
  readonly notes?: { readonly ref?: string; readonly cancelReason?: string };
}

// ---------------------------------------------------------------- bookings

/** What we promised and to whom. Of the patient: id and name, no more. */
export interface BookingFacts {
  readonly id: BookingId;
  /** The reference in the EHR's notes; new for every attempt. */
  readonly ref: string;
  /** The first attempt's reference, where this is a later one: calendars know the visit by it, so that a visit booked anew is no second event. */
  readonly calendarRef?: string;
  /** What is added to the document's version to give the SEQUENCE of its messages, where that is not the version itself: see `sequenceOf`. */
  readonly sequenceOffset?: number;
  /** (EHR, patient, doctor, start): two requests with one key are one visit. */
  readonly key: string;
  readonly attempt: number;
  readonly patientId: PatientId;
  readonly patientName: string;
  readonly doctorId: DoctorId;
  readonly doctorName: string;
  readonly officeId: OfficeId;
  readonly officeName: string;
  readonly room: number;
  readonly startsAt: Instant;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
  /** The Bot Framework channel id, or `rest`. */
  readonly channel: string;
  readonly conversationId?: string;
  readonly ehrStatus: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What is being done to a visit in the EHR: on disk before it is sent, until it is known what came of it. */
export type VisitChange =
  | { readonly kind: 'cancel' }
  /** Of a cancellation of that moment. `back`: somebody else has the time by now, so it is being cancelled again. */
  | { readonly kind: 'undo'; readonly cancelledAt?: Instant; readonly back?: true }
  /** Where to. `back`: somebody else has that time, so the visit is being moved back to its own. */
  | { readonly kind: 'move'; readonly startsAt: Instant; readonly room: number; readonly back?: true };

export type Booking = BookingFacts &
  (
    | { readonly status: 'pending'; readonly told: 'nothing' | 'unconfirmed' }
    | { readonly status: 'confirmed'; readonly appointment: AppointmentId }
    | { readonly status: 'withdrawing'; readonly appointment: AppointmentId }
    | { readonly status: 'failed'; readonly error: BookingError['kind'] }
    | {
        readonly status: 'cancelled';
        readonly appointment: AppointmentId;
        readonly by: 'patient' | 'practice';
        /** Where taking it back has come to nothing since: when it was cancelled. */
        readonly cancelledAt?: Instant;
      }
    /** `told`: what the patient has heard. `not-done`: the EHR was not seen to have done it, which a late request may still mend. */
    | {
        readonly status: 'changing';
        readonly appointment: AppointmentId;
        readonly change: VisitChange;
        readonly told: 'nothing' | 'unsure' | 'not-done';
        /** The row's, as it was read before the change was sent: what is older shows the visit as it stood earlier. */
        readonly changeStamp?: string;
      }
    /** The visit has another time now, and with it another key and document. */
    | { readonly status: 'moved'; readonly appointment: AppointmentId }
  );

export type ConfirmedBooking = Extract<Booking, { status: 'confirmed' }>;
export type CancelledBooking = Extract<Booking, { status: 'cancelled' }>;
export type ChangingBooking = Extract<Booking, { status: 'changing' }>;

/** The fields a booking cannot do without, by the specification's names (`time` and `visit` beside its three ids). */
export type RequiredField =
  | 'patientid'
  | 'doctorid'
  | 'officeid'
  | 'scheduled_time'
  | 'appointmenttypeid or duration';

/** Which of the practice's rules a request falls outside. */
export type PolicyRule =
  | { readonly rule: 'past' }
  | { readonly rule: 'lead-time'; readonly leadMinutes: number }
  | { readonly rule: 'horizon'; readonly horizonDays: number }
  /** The doctor is not bookable at this office, or one of them does not exist (any more). */
  | { readonly rule: 'not-bookable-here' }
  /** No time zone is known for the office: no booking there. */
  | { readonly rule: 'no-time-zone' }
  /** A wall time that does not exist (the spring gap) or exists twice (the autumn fold). */
  | { readonly rule: 'impossible-time' }
  /** Doctor free or not, this start is not one that the practice offers: outside its hours or off its grid. */
  | { readonly rule: 'not-offered' }
  | { readonly rule: 'unknown-visit-type' }
  | { readonly rule: 'duration' };

/** Every way a booking can fail; each kind carries what its sentence needs. */
export type BookingError =
  | { readonly kind: 'missing-fields'; readonly fields: readonly RequiredField[] }
  | { readonly kind: 'slot-taken'; readonly alternatives: readonly Slot[] }
  | ({ readonly kind: 'outside-policy' } & PolicyRule & { readonly alternatives?: readonly Slot[] })
  | { readonly kind: 'patient-not-found' }
  | { readonly kind: 'patient-ambiguous' }
  | { readonly kind: 'overlaps-own'; readonly booking: Booking }
  | { readonly kind: 'booking-not-found' }
  | { readonly kind: 'already-cancelled' }
  /** The EHR said no for a reason that repeating does not mend. `fields`: the EHR's field names only, never values. */
  | { readonly kind: 'ehr-refused'; readonly reason: string; readonly fields?: readonly string[] }
  /** Nothing was created. */
  | { readonly kind: 'ehr-unavailable'; readonly retryAfterSeconds?: number }
  /** It may have been created: the booking stays `pending` and reconcile finds out. */
  | { readonly kind: 'unconfirmed'; readonly ref: string };

// ---------------------------------------------------------------- messages

export type MessageChannel = 'email' | 'sms';
/** What a message tells about a visit. */
export type MessageKind = 'booked' | 'changed' | 'cancelled';

/** Where a chart says that its person is reached. Read at the moment of sending; never stored, never logged. */
export interface Contact {
  readonly firstName: string;
  /** ISO 639 alpha-3 as the EHR holds it, empty if unset. */
  readonly preferredLanguage: string;
  /** As the chart has them: free text, empty where there is none or where nobody is to be written to any more. */
  readonly email: string;
  readonly cellPhone: string;
  /** False: never by SMS, whatever the number. */
  readonly mayText: boolean;
}

/** A chart as a search by birth date finds it; the contact apart, so that nobody carries it on without meaning to. */
export interface Chart {
  readonly patient: Patient;
  readonly contact: Contact;
}

/** The EHR's enum (DrChrono `gender`); `UNK` unknown, `ASKU` asked but not told. */
export type Gender = 'Male' | 'Female' | 'Other' | 'UNK' | 'ASKU';

/** What is sent to create a chart: one contact, proven by its owner. */
export interface NewChart {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: LocalDate;
  readonly gender: Gender;
  /** The EHR wants one whose patient it is. */
  readonly doctorId: DoctorId;
  /** ISO 639 alpha-3, where it is known. */
  readonly preferredLanguage?: string;
  readonly contact: { readonly cellPhone: string } | { readonly email: string };
}

/** All that a message may tell of a visit: no reason, no specialty, no visit type. */
export interface Notice {
  readonly about: MessageKind;
  /** Names the visit in calendars for all its life; unguessable. */
  readonly ref: string;
  /** The booking's version that this tells of; a later one replaces it. */
  readonly version: number;
  readonly startsAt: Instant;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly doctorName: string;
  readonly officeName: string;
  /** Empty where the EHR does not tell it now. */
  readonly address: string;
  /** When the booking became what is told. */
  readonly asOf: Instant;
}

/** Why a message did not go out. */
export type NotifyError =
  /** The chart has none, or one that cannot be written to. */
  | { readonly kind: 'no-address' }
  /** On the chart or with the carrier: the person wants none. */
  | { readonly kind: 'opted-out' }
  /** For good: trying again does not mend it. `code` is the other side's number. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Surely not taken; later it may be. */
  | { readonly kind: 'unavailable'; readonly code: string }
  /** It may have been taken. */
  | { readonly kind: 'unknown'; readonly code: string };
