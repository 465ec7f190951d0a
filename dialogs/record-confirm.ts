// The answer to "Shall I book it?": only an explicit yes books; half a yes asks again; everything else is a change or a miss.
import { isHalfYes, readYesNo } from './answers.ts';
import { withBareHour } from './bare-hour.ts';
import { isOtherTime, isWrongPerson } from './beside.ts';
import { beyondMove, changed, corrected, unanswered } from './changes.ts';
import { picked } from './choose.ts';
import { finish } from './finish.ts';
import { hear } from './hear.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import { askChange } from './outcomes.ts';
import { finishMove } from './reschedule.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import { loneNumber } from './words.ts';

// Where choices are buttons without numbers, a number is no explicit yes: a "1" sent twice for the time must not book.
const buttonChannels = new Set(['webchat', 'directline', 'emulator', 'msteams']);

export async function recordConfirm(turn: Turn, memory: Memory): Promise<Step> {
  const isNumber = turn.picked === undefined && loneNumber(turn.text) !== undefined;
  const shown = picked(turn, optionsOf(memory, memory.shown ?? []));
  const exact =
    isNumber && (shown === 'yes' || shown === 'move-it') && buttonChannels.has(turn.channel)
      ? undefined
      : shown;
  // On SMS "yes" belongs to the carrier (it opts a number back in), so there it books nothing.
  const isCarriers = turn.channel === 'sms' && /^\W*yes\W*$/i.test(turn.text);
  const answer = (exact === 'move-it' ? 'yes' : exact) ?? (isCarriers ? undefined : readYesNo(turn.text));
  // A "1" for the time that was sent twice must not book.
  if (answer === 'yes' && turn.isEcho === true) return goOn(memory);
  const { moving } = memory.draft ?? {};
  if (answer === 'yes') return moving === undefined ? finish(turn, memory) : finishMove(turn, memory, moving);
  if (answer === 'no') return askChange(turn, memory);
  // Not a no, and not clear enough to book: the question again, as often as it takes.
  if (isHalfYes(turn.text)) return goOn(memory, wordsFor(memory).missed.confirm());
  if (isWrongPerson(turn.text)) return changed(turn, memory, 'who');
  if (isOtherTime(turn.text)) return changed(turn, memory, 'time');
  const said = withBareHour(turn.text, await hear(turn, memory), noThen);
  return (
    (await beyondMove(turn, memory, said)) ??
    (await corrected(turn, memory, said)) ??
    unanswered(turn, memory, said, 'confirm')
  );
}

/** "No, 10", "10 instead": an hour, as there is no list that a number could select from. */
const noThen: readonly RegExp[] = [
  /^(?:no|make it|better|rather|mejor)\b[\s,.:;-]*(\d{1,2})$/i,
  /^(\d{1,2}) (?:instead|please instead|mejor)$/i,
];
