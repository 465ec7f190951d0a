// Why a visit on file was not changed, in words: always how it stands now, and the way on.
import type { ChangeError } from '../services/visit-cases.ts';
import { phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { errorText, permissionText } from './outcomes.ts';
import { type Turn, wordsFor } from './turn.ts';
import { shownVisit, stateLine, visitLine } from './visits.ts';

/** Errors that leave only words; a taken slot and a time outside the rules lead on to other times (`reschedule.ts`). */
export async function changeErrorText(turn: Turn, memory: Memory, error: ChangeError): Promise<string> {
  const words = wordsFor(memory);
  const phone = await phoneFor(turn.desk, memory);
  const permission = permissionText(memory, error, phone);
  if (permission !== undefined) return permission;
  switch (error.kind) {
    case 'visit-not-found':
      return words.visitNotFound(phone);
    case 'changed-since':
    case 'not-changeable': {
      const visit = stateLine(words, shownVisit(error.visit));
      if (error.kind === 'changed-since' && error.visit.state === 'cancelled')
        return words.calledOffSince(visitLine(words, shownVisit(error.visit)), phone);
      return error.kind === 'changed-since'
        ? words.changedSince(visit, phone)
        : words.notChangeable(visit, phone);
    }
    case 'too-late':
      return words.tooLate(visitLine(words, shownVisit(error.visit)), error.noticeMinutes, phone);
    case 'still-checking':
      return words.changeStillOpen(phone);
    case 'unsure':
      return words.changeUnsure(phone);
    case 'ehr-unavailable':
    case 'ehr-refused':
      return words.notChanged(phone);
    case 'slot-taken':
    case 'outside-policy':
    case 'overlaps-own':
      return errorText(turn, memory, error);
  }
}
