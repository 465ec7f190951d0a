// What the EHR's word for a visit means to a patient, and which visits a patient may change here; pure.
import type { Appointment } from './domain.ts';
import type { VisitState } from './visit-cases.ts';

/** DrChrono's twelve, to the letter; a practice can have words of its own beside them. */
const states: ReadonlyMap<string, VisitState> = new Map([
  ['', 'booked'],
  ['Not Confirmed', 'booked'],
  ['Confirmed', 'confirmed'],
  ['Arrived', 'arrived'],
  ['Checked In', 'arrived'],
  ['Checked In Online', 'arrived'],
  ['In Room', 'arrived'],
  ['In Session', 'in-session'],
  ['Complete', 'complete'],
  ['No Show', 'no-show'],
  ['Cancelled', 'cancelled'],
  ['Rescheduled', 'rescheduled'],
]);

/** A word that is not known is `other`: the office has to be asked what it means. */
export const stateOf = (ehrStatus: string): VisitState => states.get(ehrStatus) ?? 'other';

/** Still to come or going on, as far as its state tells. */
export function isAhead(state: VisitState): boolean {
  switch (state) {
    case 'booked':
    case 'confirmed':
    case 'arrived':
    case 'in-session':
    case 'other':
      return true;
    case 'complete':
    case 'no-show':
    case 'cancelled':
    case 'rescheduled':
      return false;
  }
}

/**
 * Nobody has come yet, and nobody has called it off. An id that is no number is one occurrence of a series, which may not
 * exist as a row of its own yet: whether it can be changed alone is written nowhere, so the office does it.
 */
export function isChangeable({
  id,
  ehrStatus,
  live,
}: Pick<Appointment, 'id' | 'ehrStatus' | 'live'>): boolean {
  const state = stateOf(ehrStatus);
  return live && (state === 'booked' || state === 'confirmed') && /^\d+$/.test(id);
}
