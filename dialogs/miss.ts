// An answer that was not understood: first the question in other words, then the choices, then a person; talk beside the matter is no miss.
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import type { MissKind } from './phrases/index.ts';
import { readSmallTalk } from './small-talk.ts';
import { taskQuestions } from './task-memory.ts';
import { goOn, type Step, type Turn, waitFor, wordsFor } from './turn.ts';

const mostMisses = 3;

/** What is asked belongs to a booking, not to who somebody is or to visits on file. */
const isBooking = ({ task, asked, draft }: Memory): boolean =>
  task === undefined && draft?.moving === undefined && !taskQuestions.some((question) => question === asked);

/** The question stays open, but for the third miss in a row: then a person is named, and the way back to it is offered. */
export async function missed(turn: Turn, memory: Memory, kind: MissKind): Promise<Step> {
  if (turn.forgotten === true) return goOn(memory);
  const words = wordsFor(memory);
  const talk = readSmallTalk(turn.text);
  if (talk !== undefined) return goOn(memory, words.smallTalk[talk](await phoneFor(turn.desk, memory)));
  const misses = (memory.misses ?? 0) + 1;
  const counted = { ...memory, misses };
  if (misses >= mostMisses) {
    const phone = await phoneFor(turn.desk, memory);
    const rested = { ...memory, misses: undefined };
    // The question stays open behind it: whoever writes a good answer now need not ask for it first.
    return waitFor(
      rested,
      memory.asked ?? 'retry',
      isBooking(memory) ? words.missedAgain(phone) : words.missedTask(phone),
      optionsOf(memory, ['retry']),
    );
  }
  const isMove = kind === 'confirm' && memory.draft?.moving !== undefined;
  if (kind === 'confirm' && turn.channel === 'sms')
    return goOn(counted, isMove ? words.replyToMove() : words.replyToBook());
  const more = kind === 'name' && memory.task === undefined ? ` ${words.timesFirst()}` : '';
  const sentence = isMove ? words.missedMove() : words.missed[kind]();
  return goOn(
    counted,
    misses === 1 ? sentence : `${sentence} ${isMove ? words.hintMove() : words.hint[kind]()}${more}`,
  );
}
