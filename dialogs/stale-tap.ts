// A tap on a button that is not of the list shown last: it changes nothing, and the open question or the present state is shown.
import { alarmed } from './alarms.ts';
import { isOfList, tapMark } from './buttons.ts';
import { phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { offer } from './offers.ts';
import type { Tap } from './reply.ts';
import { type Said, say, type Turn, wordsFor } from './turn.ts';
import { takeBack } from './undo.ts';

/** `begin` asks what is open of a memory. */
export async function staleTap(
  turn: Turn,
  memory: Memory,
  tap: Tap,
  begin: (memory: Memory) => Promise<Said>,
): Promise<Said> {
  const { desk } = turn;
  if (memory.halted !== undefined) return alarmed(desk, memory, memory.halted);
  const words = wordsFor(memory);
  const isSecond = memory.tapped === tapMark(tap);
  const notice = say(memory, isSecond ? words.alreadyDone() : words.stepOver());
  if (memory.asked === undefined && desk.clock.now() < (memory.unsureUntilMs ?? 0)) {
    const phone = await phoneFor(desk, memory);
    return {
      memory: { ...memory, shown: undefined },
      replies: [notice, say(memory, words.stillChecking(phone))],
    };
  }
  // "Undo" is its own question, and looks at the clock and the calendar itself. That of an older cancellation is about another visit.
  const { undo } = memory;
  if (tap.key === 'undo' && memory.asked === undefined && undo?.list !== undefined)
    if (isOfList(turn, memory, tap, undo.list)) return takeBack(turn, memory);
  // An old card of visits shows how they are now.
  const isOfVisits = tap.step === 'visit' || tap.step === 'act' || tap.step === 'cancel';
  if (memory.asked === undefined && !isOfVisits)
    return { memory: { ...memory, shown: ['book'] }, replies: [notice, offer(memory)] };
  const said = await begin(memory.asked === undefined ? { ...memory, task: { kind: 'see' } } : memory);
  return { ...said, replies: [notice, ...said.replies] };
}
