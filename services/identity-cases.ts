// What the conversation can ask about who somebody is: types only. Implementations: identify, codes, account-links, registration, own-data.

import type { BookingError, DoctorId, Gender, Instant, MessageChannel, PatientId, Result } from './domain.ts';
import type { Claim, IdentifiedPatient, IdentifyError } from './use-cases.ts';

/**
 * Who is writing, proven by the channel: `sms|+15185550101`, `msteams|<tenant>/<aadObjectId>`. Set at the edge only where the request was
 * authenticated and the channel vouches for the sender; never in anonymous mode, never on the practice's own web chat.
 */
export type Account = string;

/** Where a conversation stands for identity: which one it is, and the account, if one is proven. */
export interface Asker {
  /** `channel|conversation`. A code counts only in the conversation that it was asked in. */
  readonly conversationId: string;
  readonly account?: Account;
}

/**
 * How patients prove who they are: by a code to the chart's contact; not at all (the sandbox's invented people, without a way to
 * send codes); or at the front desk (a real practice without one).
 */
export type Proof = 'code' | 'none' | 'front-desk';

/** What a claim leads to. Every claim that does not come from a linked account leads to `code-asked`, true or not (while codes are on). */
export type Claimed =
  /** A linked account of that very chart, or codes are off (the sandbox without NOTIFY). */
  | { readonly kind: 'identified'; readonly patient: IdentifiedPatient }
  /** `challenge` names the question; it tells nothing of the claim. */
  | { readonly kind: 'code-asked'; readonly challenge: string };

export type ClaimError =
  | IdentifyError
  /** The same claim was made before and came to nothing: said of true and false claims alike. */
  | { readonly kind: 'wait'; readonly waitMinutes: number }
  /** No way to send a code (EHR=drchrono without NOTIFY): the front desk. */
  | { readonly kind: 'front-desk' };

export type CodeError =
  /** Not the code; `triesLeft` is at least 1. The same for a challenge that no code was ever sent for. */
  | { readonly kind: 'wrong-code'; readonly triesLeft: number }
  /** Out of tries, out of time, used, of another conversation, or never asked: one kind. Two ways on: register, or the phone. */
  | { readonly kind: 'code-over' };

export interface NewPatient extends Claim {
  readonly gender: Gender;
  /** Whose patient it becomes; the practice's first bookable doctor unless told. */
  readonly doctorId?: DoctorId;
  /** ISO 639 alpha-3 (`spa`); written into the chart, where messages take their language from. */
  readonly preferredLanguage?: string;
}

/** Where a new patient's code goes: exactly one of both, as typed. The code's words are English unless the language is `spa`. */
export type NewContact = { readonly preferredLanguage?: string } & (
  | { readonly channel: 'sms'; readonly phone: string }
  | { readonly channel: 'email'; readonly email: string }
);

/** Beside what a claim meets: no phone number or address that could be written to, or by a channel that NOTIFY does not name. */
export type ContactError = ClaimError | { readonly kind: 'not-a-contact' };

export type RegisterError =
  | { readonly kind: 'code-over' }
  /** A chart like this is there already, or one too near to it: nothing was created; the front desk. */
  | { readonly kind: 'front-desk' }
  | Extract<BookingError, { kind: 'ehr-unavailable' | 'ehr-refused' }>
  /** It may have been created: nothing is repeated; the front desk. */
  | { readonly kind: 'unsure' };

/** One person behind an account. */
export interface LinkedPerson {
  readonly id: PatientId;
  readonly firstName: string;
}

/** All that our own store has of one patient, counted and dated; the chart is the practice's. */
export interface OwnData {
  readonly visits: number;
  readonly messages: number;
  readonly conversations: number;
  readonly links: number;
  readonly oldestAt?: Instant;
}

export interface IdentityCases {
  /** False where no claim can be proven (no way to send a code): nobody needs to say who they are to hear that. */
  canIdentify(): boolean;
  /** One search by birth date. The code, if there is one to send, goes out after this has resolved: its answer tells nothing by its time. */
  claim(claim: Claim, asker: Asker): Promise<Result<Claimed, ClaimError>>;
  /** At most 5 tries, 10 minutes, once. Links the account where one is proven. */
  answerCode(challenge: string, code: string, asker: Asker): Promise<Result<IdentifiedPatient, CodeError>>;
  /** People whose codes this account has answered before; empty without an account. No EHR call. */
  peopleOf(asker: Asker): Promise<readonly LinkedPerson[]>;
  /** One of `peopleOf`, picked: identified without a code. One EHR call. */
  asLinked(patient: PatientId, asker: Asker): Promise<Result<IdentifiedPatient, IdentifyError>>;
  /** Whether new patients can register here: codes can be sent at all. */
  canRegister(): boolean;
  /** What a new patient may give: a phone number, an e-mail address or either. Empty where nobody can register. */
  contactChannels(): readonly MessageChannel[];
  /** A code to the contact that the new patient gives. `wait`: it has had three codes in this hour. */
  proveContact(
    contact: NewContact,
    asker: Asker,
  ): Promise<Result<{ readonly challenge: string }, ContactError>>;
  /** Once the contact's code was given, the challenge counts for one person's `register` within 10 minutes. */
  answerContactCode(challenge: string, code: string, asker: Asker): Promise<Result<void, CodeError>>;
  /** Creates the chart, once, after an explicit yes; the contact is the one that was proven. Asked again, it answers the same. */
  register(
    patient: NewPatient,
    challenge: string,
    asker: Asker,
  ): Promise<Result<IdentifiedPatient, RegisterError>>;
  /** Of the identified patient only; both are audited. */
  ownData(patient: PatientId): Promise<OwnData>;
  /** Everything of this patient in our store, journal included; visits that are coming up stay in the EHR. */
  deleteOwnData(patient: PatientId): Promise<void>;
}
