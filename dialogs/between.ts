// What is said between two bookings: a command, a wish to book with all that it names, small talk, a goodbye.
import { isFarewell, isThanks, readYesNo } from './answers.ts';
import { beginVisits } from './begin-task.ts';
import { askedAbout, namesVisit } from './beside.ts';
import { wantsToLook } from './browse.ts';
import { exactly } from './choose.ts';
import { readChange, wantsBooking } from './commands.ts';
import { fill, mentioned } from './fill.ts';
import { bookAnother } from './finish.ts';
import { type Heard, hear } from './hear.ts';
import { interrupted } from './interrupt.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { bookAnotherOption, bookOption, offer, withOffer } from './offers.ts';
import { readShift } from './shift.ts';
import { readSmallTalk, type SmallTalk } from './small-talk.ts';
import { type Said, say, type Turn, wordsFor } from './turn.ts';
import { takeBack, wantsUndo } from './undo.ts';

/** `begin` runs the booking flow's first question. A command, a wish to book, or a friendly word and the offer to book. */
export async function betweenFlows(
  begin: (memory: Memory) => Promise<Said>,
  turn: Turn,
  memory: Memory,
  isGreeted: boolean,
): Promise<Said> {
  if (wantsUndo(turn, memory)) return takeBack(turn, memory);
  const command = turn.picked === undefined ? await interrupted(turn, memory) : undefined;
  if (command?.memory.task !== undefined) return begin(command.memory);
  if (command !== undefined) {
    const { replies, next } = command;
    const last = replies.at(-1);
    // What ends here says by itself how to begin again.
    if (next === 'end' && last !== undefined)
      return last.choices === undefined
        ? {
            memory: { ...command.memory, shown: ['book'] },
            replies: [...replies.slice(0, -1), withOffer(command.memory, last)],
          }
        : command;
    return { memory: { ...command.memory, shown: ['book'] }, replies: [...replies, offer(command.memory)] };
  }
  const isYes = readYesNo(turn.text) === 'yes';
  if (isYes && memory.shown?.includes(bookAnother) === true)
    return {
      memory,
      replies: [say(memory, wordsFor(memory).alreadyBooked(), [bookAnotherOption(memory)])],
    };
  const isPicked =
    turn.picked !== undefined ||
    (memory.shown !== undefined &&
      ([bookOption(memory), bookAnotherOption(memory)].some((shown) => exactly(turn.text, [shown])) ||
        booking.has(exactly(turn.text, optionsOf(memory, memory.shown)))));
  const unsure =
    turn.desk.clock.now() < (memory.unsureUntilMs ?? 0)
      ? [say(memory, wordsFor(memory).stillChecking(await phoneFor(turn.desk, memory)))]
      : [];
  const said: Heard = isPicked ? {} : await hear(turn, memory);
  if (said.intent === 'see' || said.intent === 'move' || said.intent === 'cancel')
    return begin((await beginVisits(turn, memory, said.intent)).memory);
  const change = isPicked || said.intent !== undefined ? undefined : readChange(turn.text);
  const isShift = !isPicked && said.intent === undefined && readShift(turn.text) !== undefined;
  if (memory.latest !== undefined && (change === 'day' || change === 'time' || isShift))
    return begin((await beginVisits(turn, memory, 'move', true)).memory);
  const about = isPicked || isGreeted ? undefined : await askedAbout(turn, memory);
  if (about !== undefined)
    return { memory: { ...memory, shown: ['book'] }, replies: [...about.replies, offer(memory)] };
  const talk = isPicked ? undefined : readSmallTalk(turn.text);
  const isBeside = talk === 'off-topic' && said.intent !== 'book' && !namesVisit(said);
  const isExplicit = isPicked || said.intent === 'book' || wantsBooking(turn.text);
  const isWish =
    isExplicit ||
    wantsToLook(turn.text) ||
    (isYes && memory.shown !== undefined) ||
    (mentioned(said).size > 0 && !isBeside);
  // Who has just been asked not to book again must ask for another visit in so many words.
  if (unsure.length > 0 ? isExplicit : isWish) {
    const isLooking = !isPicked && memory.who === undefined && wantsToLook(turn.text);
    const fresh: Memory = {
      ...memory,
      draft: {},
      shown: undefined,
      ...(isLooking ? { looking: true } : {}),
    };
    const filled = await fill(turn, fresh, said);
    const begun = await begin(filled?.memory ?? fresh);
    return {
      ...begun,
      replies: [...unsure, ...(filled?.next === 'ask' ? filled.replies : []), ...begun.replies],
    };
  }
  if (unsure.length > 0) return { memory: { ...memory, shown: undefined }, replies: unsure };
  // Whoever says "no" or "thank you" is not asked again; a later "yes" is then an answer to nothing.
  if (!isGreeted && isFarewell(turn.text))
    return { memory: { ...memory, shown: undefined }, replies: [say(memory, goodbye(turn, memory))] };
  const isAnswered = talk !== undefined && (!isGreeted || beside.has(talk));
  const friendly =
    !isAnswered || talk === 'hello'
      ? []
      : [say(memory, wordsFor(memory).smallTalk[talk](await phoneFor(turn.desk, memory)))];
  return {
    memory: { ...memory, shown: ['book'] },
    replies: isGreeted && friendly.length === 0 ? [] : [...friendly, offer(memory)],
  };
}

const booking: ReadonlySet<string | undefined> = new Set(['book', bookAnother]);

/** Answered also as the very first words, where a greeting alone would be no answer. */
const beside: ReadonlySet<SmallTalk> = new Set(['off-topic', 'who-are-you', 'rude']);

const goodbye = (turn: Turn, memory: Memory): string => wordsFor(memory).farewell(isThanks(turn.text));
