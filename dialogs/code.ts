// The one-time code: asked in the same words whoever it is, read in the ways that people write six digits, and the two ways on.
import { choose, picked } from './choose.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import type { TaskQuestion } from './task-memory.ts';
import { type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { fold } from './words.ts';

/** The question for the code of a claim. It is the same for everybody: it tells nothing. */
export const askCode = (
  memory: Memory,
  asked: Extract<TaskQuestion, 'code' | 'contact-code'> = 'code',
): Step =>
  waitFor(
    memory,
    asked,
    asked === 'code' ? wordsFor(memory).askCode() : wordsFor(memory).askContactCode(),
    optionsOf(memory, ['no-code']),
  );

/** "123456", "123 456", "123-456", "my code is 123456"; undefined where there are not exactly six digits. */
export function readCode(text: string): string | undefined {
  const digits = text.slice(0, 200).replace(/(?<=\d)[\s.-]+(?=\d)/g, '');
  const found = [...digits.matchAll(/\d+/g)].map(([number]) => number);
  const [only, second] = found;
  return only?.length === 6 && second === undefined ? only : undefined;
}

const nothingCame =
  /\b(?:no code|dont have (?:a |the |any )?(?:code|phone)|(?:no longer have|changed) (?:that |my |the |this )?(?:phone|number)|dont have (?:that|my|this) (?:phone|number)|didnt (?:get|receive|come|arrive)|did not (?:get|receive|come|arrive)|havent (?:got|gotten|received)|hasnt (?:come|arrived)|has not (?:come|arrived)|isnt here|never (?:came|got)|not (?:here|received|arrived)|nothing (?:came|arrived)|new phone|lost my phone|no (?:me )?(?:llego|llega|recibi|tengo)|no ha llegado|sin codigo)\b/;

const sendAgain =
  /\b(?:resend|send (?:it |the code |me |me it |me the code )?(?:again|another)|(?:another|new|different) code|otro codigo|nuevo codigo|reenvi(?:ar|e|elo|emelo)|envi(?:ar|e|elo|emelo) (?:el codigo )?(?:otra vez|de nuevo))\b/;

/** "Send it again". */
export const wantsNewCode = (turn: Turn): boolean =>
  turn.picked === undefined && sendAgain.test(fold(turn.text).replace(/'/g, ''));

/** A code that comes after "I have no code", or the wish for another one. */
export const isLateCode = (turn: Turn, { challenge }: Memory): boolean =>
  challenge !== undefined && (readCode(turn.text) !== undefined || wantsNewCode(turn));

/** The code did not come, or cannot be had. */
export const hasNoCode = (turn: Turn, memory: Memory): boolean => {
  const options = optionsOf(memory, memory.shown ?? []);
  if (picked(turn, options) === 'no-code') return true;
  const chosen = choose(turn.text, options);
  return (
    nothingCame.test(fold(turn.text).replace(/'/g, '')) || (chosen.kind === 'one' && chosen.key === 'no-code')
  );
};
