// One change sent to the EHR, and what is known of it afterwards: a lost reply is looked up by id, never taken for an answer.
import {
  type Appointment,
  type AppointmentChange,
  type BookingError,
  type ChangingBooking,
  fail,
  type Instant,
  type LocalDateTime,
  ok,
  type Result,
} from './domain.ts';
import { failureOf } from './ehr-failure.ts';
import type { EhrError } from './ports.ts';
import type { Begun, ChangeCase } from './visit-change.ts';
import { msOf, wallTimeOf } from './wall-time.ts';

const lookAgainMs = [2000, 3000];

export type Sent =
  | { readonly kind: 'done' }
  /** Refused as an overlap: nothing has changed. */
  | { readonly kind: 'conflict' }
  /** Nothing has changed. */
  | {
      readonly kind: 'refused';
      readonly error: Extract<BookingError, { kind: 'ehr-unavailable' | 'ehr-refused' }>;
    }
  /** The reply was lost, and five seconds later nothing had changed. */
  | { readonly kind: 'not-done' }
  /** The row is gone, or the practice has done something else with it. */
  | { readonly kind: 'gone' }
  /** The reply was lost, and the EHR does not say what came of it. */
  | { readonly kind: 'unsure' };

/** Sends a begun change, or with `goal` `origin` its reverse. */
export async function send(
  deps: ChangeCase,
  { booking }: Begun,
  change: AppointmentChange,
  goal: 'target' | 'origin' = 'target',
): Promise<Sent> {
  const changed = await deps.ehr.changeAppointment(booking.appointment, change);
  if (changed.ok) return { kind: 'done' };
  switch (changed.error.kind) {
    case 'conflict':
      return { kind: 'conflict' };
    case 'not-found':
      return { kind: 'gone' };
    case 'unknown':
    case 'unexpected':
      return lookUp(deps, booking, goal);
    default:
      return { kind: 'refused', error: failureOf(changed.error) };
  }
}

/** At once and after 2 and 5 seconds: what was sent may still arrive. */
async function lookUp(deps: ChangeCase, booking: ChangingBooking, goal: 'target' | 'origin'): Promise<Sent> {
  let last: Sent = { kind: 'unsure' };
  for (const waitMs of [0, ...lookAgainMs]) {
    if (waitMs > 0) await deps.clock.sleep(waitMs);
    const at = await whereabouts(deps, booking);
    if (!at.ok) last = { kind: 'unsure' };
    else if (at.value === goal) return { kind: 'done' };
    else if (at.value === 'elsewhere') return { kind: 'gone' };
    else last = { kind: 'not-done' };
  }
  return last;
}

export type Whereabouts = 'origin' | 'target' | 'elsewhere';

/** Where the visit is now, by its id: a read that does not lag. */
export async function whereabouts(
  { ehr }: ChangeCase,
  booking: ChangingBooking,
): Promise<Result<Whereabouts, EhrError>> {
  const row = await ehr.appointment(booking.appointment, 'booking');
  if (row.ok) return ok(whereIs(booking, row.value));
  return row.error.kind === 'not-found' ? ok(whereIs(booking, undefined)) : fail(row.error);
}

/** `origin`: as it was before the change. `target`: as it was to become. Pure; undefined: the row is gone. */
export function whereIs(booking: ChangingBooking, row: Appointment | undefined): Whereabouts {
  const { change } = booking;
  const standsAt = (startsAt: Instant): boolean =>
    row?.live === true &&
    row.doctorId === booking.doctorId &&
    row.officeId === booking.officeId &&
    (row.patientId === undefined || row.patientId === booking.patientId) &&
    row.localStart === localStart(booking, startsAt);
  switch (change.kind) {
    case 'cancel':
      if (row === undefined || !row.live) return 'target';
      return standsAt(booking.startsAt) ? 'origin' : 'elsewhere';
    case 'undo':
      if (row === undefined || !row.live) return 'origin';
      return standsAt(booking.startsAt) ? 'target' : 'elsewhere';
    case 'move':
      if (standsAt(change.startsAt)) return 'target';
      return standsAt(booking.startsAt) ? 'origin' : 'elsewhere';
  }
}

export const localStart = ({ timeZone }: { readonly timeZone: string }, startsAt: Instant): LocalDateTime =>
  wallTimeOf(msOf(startsAt), timeZone);
