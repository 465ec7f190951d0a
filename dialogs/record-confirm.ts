// The answer to "Shall I book it?": only an explicit yes books; half a yes asks again; everything else is a change or a miss.
import { isHalfYes } from './answers.ts';
import { withBareHour } from './bare-hour.ts';
import { isOtherTime, isWrongPerson, slotOfWrong } from './beside.ts';
import { aboutVisits, beyondMove, changed, corrected, unanswered } from './changes.ts';
import { readDecision } from './decision.ts';
import { finish } from './finish.ts';
import type { Memory } from './memory.ts';
import { askChange } from './outcomes.ts';
import { finishMove, readMove } from './reschedule.ts';
import { hearShifted } from './shift.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';

export async function recordConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const { moving, day = '', time = '' } = memory.draft ?? {};
  const answer =
    moving === undefined
      ? readDecision(turn, memory, 'yes')
      : readDecision(turn, memory, 'move-it', readMove);
  if (answer === 'echo') return goOn(memory);
  if (answer === 'yes') return moving === undefined ? finish(turn, memory) : finishMove(turn, memory, moving);
  if (answer === 'no') return askChange(turn, memory);
  // Not a no, and not clear enough to book: the question again, as often as it takes.
  const words = wordsFor(memory);
  if (isHalfYes(turn.text))
    return goOn(memory, moving === undefined ? words.missed.confirm() : words.missedMove());
  if (isWrongPerson(turn.text)) return changed(turn, memory, 'who');
  if (isOtherTime(turn.text)) return changed(turn, memory, 'time');
  const wrong = slotOfWrong(turn.text);
  if (wrong !== undefined && (moving === undefined || wrong === 'day' || wrong === 'time'))
    return changed(turn, memory, wrong);
  const said = withBareHour(turn.text, await hearShifted(turn, memory, `${day}T${time}`), noThen);
  return (
    (await aboutVisits(turn, memory, said)) ??
    (await beyondMove(turn, memory, said)) ??
    (await corrected(turn, memory, said)) ??
    unanswered(turn, memory, said, 'confirm')
  );
}

/** "No, 10", "10 instead": an hour, as there is no list that a number could select from. */
const noThen: readonly RegExp[] = [
  /^(?:no|make it|better|rather|i meant?|i said|no,? i (?:meant?|said)|mejor|digo|quise decir)\b[\s,.:;-]*(\d{1,2})$/i,
  /^(\d{1,2}) (?:instead|please instead|mejor)$/i,
];
