// What one sentence says, as data: the intent and every slot that it names. Read by `understand`, acted on by the flow.
import type { LocalDate } from '../services/domain.ts';

/** What the patient wants done; `see`, `move` and `cancel` are about a visit on file. */
export type Intent = 'book' | 'see' | 'move' | 'cancel' | 'person' | 'help';

export interface NamedThing {
  readonly id: string;
  readonly name: string;
}

/** The practice as far as sentences can name it; nothing here is about a patient. */
export interface Roster {
  readonly offices: readonly (NamedThing & { readonly address: string; readonly city: string })[];
  readonly doctors: readonly (NamedThing & {
    readonly firstName: string;
    readonly lastName: string;
    readonly specialty: string;
  })[];
  /** A type of one name may stand once for each doctor, under ids of its own. */
  readonly visitTypes: readonly (NamedThing & { readonly doctorId?: string })[];
}

/** One slot as it was named. `several` fit equally well; `unknown`: a name that nobody here has. */
export type Mention =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'any' }
  /** "The same doctor as last time." */
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown' };

/** Visit types by their name in the practice's words: each doctor has an id of their own for it. */
export type VisitTypeMention =
  | { readonly kind: 'one'; readonly name: string }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  /** A reason in the patient's words ("my back hurts"): which of these it is, is for the patient to say. Never a diagnosis. */
  | { readonly kind: 'reason'; readonly names: readonly string[] };

/** Both ends included. `choices`: several days fit, for the patient to choose from. */
export type DayMention =
  | { readonly kind: 'days'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly kind: 'choices'; readonly dates: readonly LocalDate[] }
  | { readonly kind: 'past' }
  | { readonly kind: 'beyond-horizon' }
  | { readonly kind: 'impossible' };

/** Minutes after midnight on the office's clock. */
export type TimeMention =
  /** One time; `readings` has two where morning and evening are both possible, the usual one (office hours) first. */
  | { readonly kind: 'at'; readonly readings: readonly number[] }
  /** A part of the day: a start from `from` on, before `until`. */
  | { readonly kind: 'between'; readonly from: number; readonly until: number }
  /** Two different times: asked about. */
  | { readonly kind: 'several' };

export type SlotMentioned = 'office' | 'doctor' | 'visitType' | 'day' | 'time' | 'who';

/** Whom the visit is for, where the sentence says so: the writer, or somebody else ("my son"). */
export type ForWhom = 'self' | 'other';

export interface Understood {
  readonly intent?: Intent;
  readonly doctor?: Mention;
  readonly office?: Mention;
  readonly visitType?: VisitTypeMention;
  readonly day?: DayMention;
  readonly time?: TimeMention;
  /** "As soon as possible", "the first free time". */
  readonly soonest?: true;
  readonly forWhom?: ForWhom;
  /** "Not Main St", "anyone but Dr. Lee", "not Tuesday": what is not wanted. */
  readonly unwanted?: {
    readonly doctors?: readonly string[];
    readonly offices?: readonly string[];
    readonly days?: readonly LocalDate[];
  };
  /** "Change the doctor", "another day": slots to be asked anew, without their new value. */
  readonly reopen?: readonly SlotMentioned[];
}

/** Why an understood sentence still needs a question. */
export type AskReason =
  | 'unknown-doctor'
  | 'which-doctor'
  | 'which-office'
  | 'which-visit-type'
  | 'which-day'
  | 'which-time'
  | 'past-day'
  | 'beyond-horizon'
  | 'impossible-day'
  | 'closed-day'
  | 'time-not-open';

/** What `understand` needs beside the text; everything on the office's clock. */
export interface Hearing {
  readonly roster: Roster;
  readonly language: 'en' | 'es';
  readonly today: LocalDate;
  /** Minutes after midnight at the office now. */
  readonly nowMinute: number;
  /** Last day that can be booked. */
  readonly limit: LocalDate;
}
