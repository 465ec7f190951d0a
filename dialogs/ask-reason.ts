// What alone from the sentence needs a question before anything can be looked up or booked.
import type { AskReason, Understood } from './understood.ts';

/** The most telling reason first: what cannot be, then what is one of several, then a reason whose kind of visit is open. */
export function askReason({ doctor, office, visitType, day, time }: Understood): AskReason | undefined {
  if (doctor?.kind === 'unknown') return 'unknown-doctor';
  if (day?.kind === 'past') return 'past-day';
  if (day?.kind === 'beyond-horizon') return 'beyond-horizon';
  if (day?.kind === 'impossible') return 'impossible-day';
  if (doctor?.kind === 'several') return 'which-doctor';
  if (office?.kind === 'several' || office?.kind === 'unknown') return 'which-office';
  if (day?.kind === 'choices') return 'which-day';
  if (time?.kind === 'several') return 'which-time';
  return visitType === undefined || visitType.kind === 'one' ? undefined : 'which-visit-type';
}
