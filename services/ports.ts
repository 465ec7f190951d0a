// What the core needs from the world: the EHR, the store, a clock, a log, random ids. Each has a contract suite.
import type {
  Appointment,
  AppointmentChange,
  AppointmentId,
  Chart,
  Contact,
  Doctor,
  DoctorId,
  Instant,
  LocalDate,
  MessageChannel,
  NewAppointment,
  NewChart,
  Notice,
  NotifyError,
  Office,
  OfficeId,
  Patient,
  PatientId,
  Result,
  Slot,
  VisitType,
  VisitTypeId,
} from './domain.ts';

/** Reads the time as epoch milliseconds; `sleep` waits, or returns at once under a test's clock. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Random parts of ids and references: lower-case letters and digits, unguessable, of the length asked for. */
export interface Ids {
  next(length: number): string;
}

/** The fields a log line may carry: facts about the program, never about a person. */
export interface LogFields {
  readonly [field: string]: string | number | boolean | undefined;
}

/** Writes one line; `event` is a fixed phrase, never built from input. The implementation drops fields not on its allow-list. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

// ---------------------------------------------------------------- EHR

/** Why an EHR call gave no answer. For a create, only `unknown` leaves open whether the visit exists. */
export type EhrError =
  /** The thing asked for does not exist (404). */
  | { readonly kind: 'not-found' }
  /** A field was refused (400); names of the EHR's fields, never values. */
  | { readonly kind: 'refused'; readonly fields: readonly string[] }
  /** Overlap (409). */
  | { readonly kind: 'conflict' }
  /** Not sent, or answered 429: nothing happened. */
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** 401 after one token refresh, or the refresh itself was refused: the operator must run `npm run connect`. */
  | { readonly kind: 'unauthorized' }
  /** 403, or the token's scopes lack these. */
  | { readonly kind: 'forbidden'; readonly missingScopes: readonly string[] }
  /** Not sent at all (no connection could be made, browsing is paused): nothing happened. */
  | { readonly kind: 'unavailable' }
  /** Sent, and no readable answer: timeout, reset, 5xx. A write may have happened. */
  | { readonly kind: 'unknown' }
  /** An answer that the wire schema does not know; `path` names where in the payload. A write may have happened. */
  | { readonly kind: 'unexpected'; readonly path: string };

/** Who waits: a booking outranks a person browsing, and browsing outranks background work. */
export type Priority = 'booking' | 'browsing' | 'background';

export interface SlotQuery {
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  /** First and last office-local day, both included. */
  readonly fromDate: LocalDate;
  readonly toDate: LocalDate;
  readonly durationMinutes: number;
  readonly visitTypeId?: VisitTypeId;
  /** The wall clock that the EHR's times for this doctor at this office are in. */
  readonly timeZone: string;
  /** The oldest answer that will do, in seconds; 0 forces a call. */
  readonly freshSeconds: number;
}

/** Free starts, ascending, each exactly `durationMinutes` long, and when the EHR said so. Impossible and doubled wall times are left out. */
export interface OpenSlots {
  readonly slots: readonly Slot[];
  readonly readAt: Instant;
}

/** A day of appointments, or the days to `toDate`; at least a doctor or an office narrows it. All pages are read, or it fails. */
export interface DayQuery {
  readonly date: LocalDate;
  /** Included; at most 190 days. */
  readonly toDate?: LocalDate;
  readonly doctorId?: DoctorId;
  readonly officeId?: OfficeId;
}

/** What `/readyz` and the start log say about the connection. */
export type EhrState =
  | { readonly state: 'ready' }
  | { readonly state: 'paused'; readonly retryAfterSeconds: number }
  | { readonly state: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly state: 'not-connected'; readonly reason: 'unauthorized' | 'never-connected' }
  | { readonly state: 'missing-scopes'; readonly scopes: readonly string[] }
  | { readonly state: 'unreachable' };

/** A practice's EHR. Errors are values; nothing here throws for what the EHR or the network does. */
export interface Ehr {
  /** Part of a booking's key: which system the ids belong to. */
  readonly name: string;
  /** Cached for long and refreshed in the background; no call once warm. Archived offices and suspended doctors are left out. */
  offices(priority: Priority): Promise<Result<readonly Office[], EhrError>>;
  doctors(priority: Priority): Promise<Result<readonly Doctor[], EhrError>>;
  /** Unarchived visit types, in the order the practice wants; `online` tells which patients may pick. */
  visitTypes(priority: Priority): Promise<Result<readonly VisitType[], EhrError>>;
  openSlots(query: SlotQuery, priority: Priority): Promise<Result<OpenSlots, EhrError>>;
  /** Whether that question could be answered now without a call. */
  knowsOpenSlots(query: SlotQuery): boolean;
  /** Forgets every cached availability that this doctor's day at this office is part of. */
  forgetOpenSlots(doctor: DoctorId, date: LocalDate): void;
  /** Every chart with this birth date and its contact, all pages. Names are matched by us, not by the EHR. */
  patientsBornOn(birthDate: LocalDate, priority: Priority): Promise<Result<readonly Chart[], EhrError>>;
  patient(id: PatientId, priority: Priority): Promise<Result<Patient, EhrError>>;
  contact(id: PatientId, priority: Priority): Promise<Result<Contact, EhrError>>;
  /** Sent at most once (but for a repeat after a 401, when nothing was created). Never held up by a browsing pause. */
  createAppointment(appointment: NewAppointment): Promise<Result<Appointment, EhrError>>;
  /** Sent at most once, like an appointment. A duplicate, as far as the EHR looks for them, is a `conflict`; it is never asked to look away. */
  createPatient(chart: NewChart): Promise<Result<Patient, EhrError>>;
  appointmentsOn(query: DayQuery, priority: Priority): Promise<Result<readonly Appointment[], EhrError>>;
  /** By id: does not lag as lists may. One that was deleted is not found. */
  appointment(id: AppointmentId, priority: Priority): Promise<Result<Appointment, EhrError>>;
  /** A patient's appointments of these days, both included and at most 190, whatever the doctor and the status; deleted ones are left out. */
  appointmentsOf(
    patient: PatientId,
    fromDate: LocalDate,
    toDate: LocalDate,
    priority: Priority,
  ): Promise<Result<readonly Appointment[], EhrError>>;
  /** Sends only the fields given (PATCH), keeping the rest of the row and its history. Safe to repeat. `conflict`: the time or the room is taken. */
  changeAppointment(id: AppointmentId, change: AppointmentChange): Promise<Result<void, EhrError>>;
  state(): EhrState;
  /** Opens the connection: reads the token's scopes and warms the caches; problems are reported by `state()`, not thrown. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Sends messages by one channel. Each call is one try; errors are values. */
export interface Notifier {
  readonly channel: MessageChannel;
  send(notice: Notice, contact: Contact): Promise<Result<void, NotifyError>>;
  /** A one-time code, in the contact's language. */
  sendCode(code: string, contact: Contact): Promise<Result<void, NotifyError>>;
}

// ---------------------------------------------------------------- store

/** What the store keeps. `answer`: an idempotent REST answer. */
export type Kind = 'booking' | 'conversation' | 'contact' | 'message' | 'hold' | 'token' | 'answer';

/** What it keeps as a chain, on disk alone: links join at its end and are cut off from its beginning; none is looked up or changed. */
export type ChainKind = 'audit';

/** Any JSON-safe object; its meaning belongs to whoever wrote it, who parses it with zod on the way out. */
export type Document = { readonly [field: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

export interface Versioned {
  readonly id: string;
  /** 1 for a new document, one more for each replacement. */
  readonly version: number;
  readonly document: Document;
}

export type StoreError =
  | { readonly kind: 'exists' }
  | { readonly kind: 'version-mismatch' }
  | { readonly kind: 'not-found' };

export type StoreOp =
  | { readonly op: 'insert'; readonly kind: Kind; readonly id: string; readonly document: Document }
  | {
      readonly op: 'replace';
      readonly kind: Kind;
      readonly id: string;
      readonly document: Document;
      readonly expectedVersion: number;
    }
  /** Whatever is there is overwritten, or created. For documents with one owner only. */
  | { readonly op: 'put'; readonly kind: Kind; readonly id: string; readonly document: Document }
  | { readonly op: 'remove'; readonly kind: Kind; readonly id: string; readonly expectedVersion?: number }
  /** One more link of the kind's chain: the store gives it its place (the id) and the field `previous` in the order of commits. */
  | { readonly op: 'append'; readonly kind: ChainKind; readonly document: Document }
  /** The chain's links up to this place go; the last one stays, as the next is to follow from it. Has no document as its answer. */
  | { readonly op: 'cut'; readonly kind: ChainKind; readonly through: string };

/** An index, declared when the store is opened: a name and the key a document has in it (or none). Keys sort as strings. */
export interface IndexDeclaration {
  readonly kind: Kind;
  readonly name: string;
  readonly key: (document: Document) => string | readonly string[] | undefined;
}

/** Half-open range of index keys, `from <= key < to`; `limit` bounds the answer (1,000 unless told). */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
  readonly limit?: number;
}

/**
 * Documents on disk. Every write resolves only when it is durable; what an operator can cause (disk full) throws
 * `StoreUnavailable`, and nothing of that batch is visible.
 */
export interface Store {
  insert(kind: Kind, id: string, document: Document): Promise<Result<Versioned, StoreError>>;
  get(kind: Kind, id: string): Promise<Versioned | undefined>;
  replace(
    kind: Kind,
    id: string,
    document: Document,
    expectedVersion: number,
  ): Promise<Result<Versioned, StoreError>>;
  remove(kind: Kind, id: string, expectedVersion?: number): Promise<Result<void, StoreError>>;
  /** Documents of a declared index, ascending by key. */
  list(kind: Kind, index: string, range: KeyRange): Promise<readonly Versioned[]>;
  /** Every document of a kind, in no order: for background work. Looking at one is what costs. */
  all(kind: Kind): Promise<readonly Versioned[]>;
  /**
   * Every link of a chain as it was when asked, in order: for background work, as they are read from disk a few at a time.
   * `compact` waits until they were read: do not wait for it in between.
   */
  links(kind: ChainKind): AsyncIterable<Versioned>;
  /** All or nothing: the first op that cannot be done is the answer, and none has happened. */
  batch(ops: readonly StoreOp[]): Promise<Result<readonly Versioned[], StoreError>>;
  /** Runs `work` while nobody else holds `key`; callers are served in order. Not reentrant. */
  withLock<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** What was removed or replaced before the call is in no file any more once this resolves. Throws StoreUnavailable. */
  compact(): Promise<void>;
  close(): Promise<void>;
}
