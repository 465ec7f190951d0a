// The answer to a question whose yes cannot be taken lightly: to book, to move, to call off, to register, to delete.
import { plain, readPlainYesNo, readYesNo } from './answers.ts';
import { picked } from './choose.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import type { Turn } from './turn.ts';
import { loneNumber } from './words.ts';

// Where choices are buttons without numbers, a number is no explicit yes: a "1" sent twice for what was asked before must do nothing.
const buttonChannels = new Set(['webchat', 'directline', 'emulator', 'msteams']);

/** On SMS "yes" and "cancel" belong to the carrier (they opt a number in and out), so there they decide nothing. */
export const isCarriersWord = (turn: Turn): boolean =>
  turn.channel === 'sms' && /^\W*(?:yes|cancel)\W*$/i.test(turn.text);

type ReadYesNo = (text: string) => 'yes' | 'no' | undefined;

/** Yes and no in words of the question's own ("cancel it", "keep it"), besides those that answer any. */
export const readerOf =
  (yes: RegExp, no: RegExp): ReadYesNo =>
  (text) => {
    const folded = plain(text);
    return yes.test(folded) ? 'yes' : no.test(folded) ? 'no' : readPlainYesNo(text);
  };

/** Only a shown choice or a clear yes or no counts; `yes`: the choice that means it. "Echo" is the number before, sent twice. */
export function readDecision(
  turn: Turn,
  memory: Memory,
  yes: string,
  read: ReadYesNo = readYesNo,
): 'yes' | 'no' | 'echo' | undefined {
  const shown = picked(turn, optionsOf(memory, memory.shown ?? []));
  const said = isCarriersWord(turn) ? undefined : read(turn.text);
  const answer = shown === undefined ? said : shown === yes ? 'yes' : 'no';
  if (answer !== 'yes') return answer;
  if (turn.isEcho === true) return 'echo';
  const isNumber = turn.picked === undefined && loneNumber(turn.text) !== undefined;
  return isNumber && buttonChannels.has(turn.channel) ? undefined : 'yes';
}
