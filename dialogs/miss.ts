// An answer that was not understood: first the question in other words, then a hint, then the phone; the question always stays open.
import { phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import type { Phrases } from './phrases/index.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';

export type MissKind = keyof Phrases['missed'];

export async function missed(turn: Turn, memory: Memory, kind: MissKind): Promise<Step> {
  const words = wordsFor(memory);
  const misses = (memory.misses ?? 0) + 1;
  const counted = { ...memory, misses };
  if (kind === 'confirm' && turn.channel === 'sms' && misses < 3) return goOn(counted, words.replyToBook());
  if (misses === 1) return goOn(counted, words.missed[kind]());
  if (misses === 2) return goOn(counted, `${words.missed[kind]()} ${words.hint[kind]()}`);
  return goOn(counted, words.missedAgain(await phoneFor(turn.desk, memory)));
}
