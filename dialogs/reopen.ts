// An answer taken back: what depends on it goes with it.
import type { Draft, SlotName } from './memory.ts';

/** Empties a slot and every later one that depends on it; the doctor and the visit type stay while they still fit. */
export function reopen(draft: Draft, slot: SlotName): Draft {
  switch (slot) {
    case 'who':
      return {
        ...draft,
        firstName: undefined,
        lastName: undefined,
        birthDate: undefined,
        ownDayRead: undefined,
      };
    case 'office':
      return { ...draft, officeId: undefined, among: undefined, day: undefined, time: undefined };
    case 'doctor':
      return {
        ...draft,
        doctorId: undefined,
        among: undefined,
        anyDoctor: undefined,
        sameDoctor: undefined,
        day: undefined,
        time: undefined,
      };
    case 'visitType':
      return {
        ...draft,
        visitTypeId: undefined,
        visitName: undefined,
        maybeVisits: undefined,
        day: undefined,
        time: undefined,
      };
    case 'day':
      return { ...draft, day: undefined, time: undefined, wish: undefined };
    case 'time':
      return { ...draft, time: undefined, wish: undefined };
    case 'confirm':
      return draft;
  }
}
