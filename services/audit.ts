// The audit trail's entries: who did what to which appointment, when. No names, no times of visits, nothing that leads back to a person.
import { createHmac, createSecretKey } from 'node:crypto';
import type { Booking, BookingError, PatientId } from './domain.ts';
import type { Clock, Document, StoreOp } from './ports.ts';
import type { VisitOf } from './visit-cases.ts';
import { instantAt } from './wall-time.ts';

/** What an entry can be about. */
type What =
  | 'booked'
  | 'withdrawn'
  | 'failed'
  | 'cancelled'
  | 'cancelled-by-practice'
  | 'moved'
  | 'restored'
  | 'not-changed'
  | 'unconfirmed'
  | 'reconciled'
  | 'data-shown'
  | 'data-deleted'
  | 'agenda-shown'
  | 'expired'
  | 'trail-cut';

/** What an entry about who somebody is can be about. */
export type IdentityWhat =
  | 'code-asked'
  | 'code-sent'
  | 'code-not-sent'
  /** It may have gone out. */
  | 'code-unconfirmed'
  | 'code-right'
  | 'code-wrong'
  | 'code-over'
  | 'linked'
  /** A linked account said who it is, without a code. */
  | 'known-by-account'
  | 'registered'
  | 'not-registered';

/** The booking's status, or why it failed. */
type Outcome = Booking['status'] | BookingError['kind'];

export interface Audit {
  /** What belongs into the batch that writes this booking: one entry, or none for an intent. */
  ofBooking(booking: Booking, by: 'request' | 'reconcile'): readonly StoreOp[];
  /** What came of a change: belongs into the batch that writes it. `why`: of one that came to nothing. `asked`: by which channel. */
  ofChange(entry: {
    readonly booking: Extract<Booking, { appointment: unknown }>;
    readonly what:
      | 'cancelled'
      | 'cancelled-by-practice'
      | 'moved'
      | 'restored'
      | 'not-changed'
      | 'unconfirmed';
    readonly why?: string;
    readonly by: 'request' | 'reconcile';
  }): StoreOp;
  /** A change of a visit that was refused before anything was sent: the patient who asked, the appointment that was asked for, and why. */
  ofRefusal(visit: VisitOf, why: string): StoreOp;
  /** A provider had their visits shown, with the patients' names or their initials. */
  ofAgenda(account: string, outcome: string): StoreOp;
  /** Whose pseudonym: a patient id; or whatever stands for somebody who is not known, or is not there. */
  pseudonym(of: string): string;
  /** About a pseudonym. */
  ofIdentity(what: IdentityWhat, subject: string, outcome?: string): StoreOp;
  /** A patient was shown what we keep. */
  ofShowing(patient: PatientId, counts: string): StoreOp;
  /** A patient's data were deleted: by the operator, or in chat by themselves. */
  ofDeletion(patient: PatientId, counts: string, by: 'operator' | 'patient'): StoreOp;
  /** Documents that were kept as long as they may be are removed. */
  ofExpiry(counts: string): StoreOp;
  /** The trail's own beginning is removed: its last place, and the hash that the first entry left begins with. */
  ofCut(through: string, hash: string): StoreOp;
}

export interface AuditDeps {
  /** Keys the pseudonyms: whoever has only the store cannot find out whose they are, and one person's stay alike. */
  readonly secret: string;
  readonly clock: Pick<Clock, 'now'>;
}

const pseudonymLength = 22;

export function createAudit({ secret, clock }: AuditDeps): Audit {
  // As a key object: with plain bytes each pseudonym would cost five times as much.
  const key = createSecretKey(createHmac('sha256', secret).update('bookadoc audit pseudonyms').digest());
  const pseudonym = (of: string): string =>
    createHmac('sha256', key).update(of).digest('base64url').slice(0, pseudonymLength);
  const append = (who: string, what: What | IdentityWhat, more: Document): StoreOp => ({
    op: 'append',
    kind: 'audit',
    document: { at: instantAt(clock.now()), who, what, ...more },
  });

  return {
    ofBooking(booking, by) {
      const said = saidOf(booking);
      if (said === undefined) return [];
      const patient = pseudonym(booking.patientId);
      // The reference, not the id: that is a hash of patient, doctor and time, which could be guessed back.
      const which: Document = {
        booking: booking.ref,
        ...('appointment' in booking ? { appointment: booking.appointment } : {}),
      };
      if (by === 'reconcile')
        return [append('bookadoc', 'reconciled', { patient, ...which, outcome: said.outcome })];
      if (said.what === 'cancelled-by-practice')
        return [append('practice', said.what, { patient, ...which })];
      const outcome = said.what === 'failed' ? { outcome: said.outcome } : {};
      return booking.channel === 'rest'
        ? [append('rest', said.what, { patient, ...which, ...outcome })]
        : [append(patient, said.what, { ...which, ...outcome })];
    },
    ofChange({ booking, what, why, by }) {
      const which: Document = { booking: booking.ref, appointment: booking.appointment };
      const outcome = why === undefined ? {} : { outcome: why };
      const patient = pseudonym(booking.patientId);
      if (by === 'reconcile') return append('bookadoc', 'reconciled', { patient, ...which, outcome: what });
      if (what === 'cancelled-by-practice') return append('practice', what, { patient, ...which });
      return booking.channel === 'rest'
        ? append('rest', what, { patient, ...which, ...outcome })
        : append(patient, what, { ...which, ...outcome });
    },
    ofRefusal: ({ patientId, appointment }, outcome) =>
      append(pseudonym(patientId), 'not-changed', { appointment, outcome }),
    ofAgenda: (account, outcome) => append(pseudonym(account), 'agenda-shown', { outcome }),
    pseudonym,
    ofIdentity: (what, subject, outcome) =>
      append('visitor', what, { patient: subject, ...(outcome === undefined ? {} : { outcome }) }),
    ofShowing: (patient, counts) => append(pseudonym(patient), 'data-shown', { outcome: counts }),
    ofDeletion: (patient, counts, by) =>
      by === 'operator'
        ? append('operator', 'data-deleted', { patient: pseudonym(patient), outcome: counts })
        : append(pseudonym(patient), 'data-deleted', { outcome: counts }),
    ofExpiry: (counts) => append('bookadoc', 'expired', { outcome: counts }),
    ofCut: (through, hash) => append('bookadoc', 'trail-cut', { through, hash }),
  };
}

/** What a booking's new state says; an intent says nothing yet. */
function saidOf(booking: Booking): { readonly what: What; readonly outcome: Outcome } | undefined {
  switch (booking.status) {
    case 'pending':
      return booking.told === 'nothing' ? undefined : { what: 'unconfirmed', outcome: 'unconfirmed' };
    // A change is written with its own entry.
    case 'changing':
    case 'moved':
      return undefined;
    case 'confirmed':
      return { what: 'booked', outcome: booking.status };
    case 'withdrawing':
      return { what: 'withdrawn', outcome: booking.status };
    case 'failed':
      return { what: 'failed', outcome: booking.error };
    case 'cancelled': {
      const what = booking.by === 'practice' ? 'cancelled-by-practice' : 'cancelled';
      return { what, outcome: booking.status };
    }
  }
}
