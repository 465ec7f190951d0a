// The answer to "what is the code?": right, wrong, none, or something else altogether.

import { putRight } from './claim-again.ts';
import { askCode, hasNoCode, readCode, wantsNewCode } from './code.ts';
import { identified } from './identify.ts';
import { optionsOf } from './lists.ts';
import type { Memory } from './memory.ts';
import { missed } from './miss.ts';
import { askWaysOn } from './register.ts';
import { type Step, type Turn, waitFor, wordsFor } from './turn.ts';
import { fold } from './words.ts';

/** One try a message. A wrong code says how many tries are left; the end of them is the same for everybody. */
export async function recordCode(turn: Turn, memory: Memory): Promise<Step> {
  const words = wordsFor(memory);
  if (wantsNewCode(turn)) return askedAgain(turn, memory);
  // A text takes its time: the challenge stays, so the code still counts if it comes while the ways on are read.
  if (hasNoCode(turn, memory)) return askWaysOn(turn, memory, words.codeOver());
  const code = readCode(turn.text);
  const claim = code === undefined || withYear.test(turn.text) ? putRight(turn, memory) : undefined;
  if (claim !== undefined) return claim;
  if (code === undefined) {
    if (asksWhy.test(fold(turn.text))) return again(memory, words.whyCode());
    // Six digits are easy to miscount; anything else is talk.
    if (/\d/.test(turn.text)) return again(memory, words.notSixDigits());
    return missed(turn, memory, 'code');
  }
  const answered = await turn.desk.useCases.answerCode(memory.challenge ?? '', code, turn);
  if (answered.ok) return identified(memory, answered.value);
  if (answered.error.kind === 'wrong-code') return again(memory, words.wrongCode(answered.error.triesLeft));
  return askWaysOn(turn, over(memory), words.codeOver());
}

/** "1-2-1985" has six digits, too. */
const withYear = /\b\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d\d\b/;

const asksWhy =
  /^(?:(?:but|and|pero|y) )?(?:why|what for|por que|para que)\b|\bwhat (?:is|is this|is that|kind of) (?:the |a )?code\b|^que codigo\b/;

const over = (memory: Memory): Memory => ({ ...memory, challenge: undefined });

/** The same claim once more: a new code, or, within the minute, the old one that is still on its way. */
async function askedAgain(turn: Turn, memory: Memory): Promise<Step> {
  const { firstName = '', lastName = '', birthDate = '' } = memory.draft ?? {};
  const claimed = await turn.desk.useCases.claim({ firstName, lastName, birthDate }, turn);
  if (claimed.ok)
    return claimed.value.kind === 'identified'
      ? identified(memory, claimed.value.patient)
      : askCode({ ...memory, challenge: claimed.value.challenge, misses: undefined });
  const words = wordsFor(memory);
  if (claimed.error.kind === 'wait') return again(memory, words.codeUnderWay(claimed.error.waitMinutes));
  return askWaysOn(turn, over(memory), words.codeOver());
}

const again = (memory: Memory, sentence: string): Step =>
  waitFor(
    { ...memory, misses: undefined },
    'code',
    `${sentence} ${wordsFor(memory).askCodeAgain()}`,
    optionsOf(memory, ['no-code']),
  );
