// The mark of a list's buttons: which conversation's, and which of its lists. No secret: whoever forges one of their own could have typed the answer.
import type { Memory } from './memory.ts';
import type { Tap } from './reply.ts';
import type { Said, Turn } from './turn.ts';

/** A 32-bit hash (FNV-1a) of the conversation, and the count of its lists. */
function nonceOf({ conversationId }: Pick<Turn, 'conversationId'>, { asks = 0 }: Memory): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < conversationId.length; at += 1)
    hash = Math.imul(hash ^ conversationId.charCodeAt(at), 0x01000193);
  return `${(hash >>> 0).toString(36)}-${asks.toString(36)}`;
}

/** Is the tap on one of the choices shown last? */
export const isCurrent = (turn: Pick<Turn, 'conversationId'>, memory: Memory, tap: Tap): boolean =>
  tap.nonce === nonceOf(turn, memory) &&
  (memory.halted === undefined ? memory.shown?.includes(tap.key) === true : tap.key === 'go-on');

/** The count of the list that is shown next. */
export const nextList = ({ asks = 0 }: Memory): number => asks + 1;

/** Is the tap on a choice of this list of the conversation, shown last or not? */
export const isOfList = (
  turn: Pick<Turn, 'conversationId'>,
  memory: Memory,
  tap: Tap,
  list: number,
): boolean => tap.nonce === nonceOf(turn, { ...memory, asks: list });

/** How `tapped` remembers the tap that was taken last. */
export const tapMark = ({ nonce, key }: Tap): string => `${nonce}|${key}`;

/** Marks the buttons of the last reply with their question, so that a tap on an older list is known by its mark. */
export function marked(turn: Pick<Turn, 'conversationId'>, { memory, replies }: Said): Said {
  const last = replies.at(-1);
  if (last?.choices === undefined) return { memory, replies };
  const asking = { ...memory, asks: nextList(memory) };
  const question = { step: memory.halted ?? memory.asked ?? 'offer', nonce: nonceOf(turn, asking) };
  return { memory: asking, replies: [...replies.slice(0, -1), { ...last, question }] };
}
