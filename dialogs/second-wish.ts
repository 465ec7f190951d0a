// The second of two wishes in one message: kept in its own words while the first is done, then begun, or offered where the first was given up.
import { isGoodbye, takesSuggestion } from './answers.ts';
import { askedAbout } from './beside.ts';
import { picked } from './choose.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';
import { doctorSwitch } from './switch-doctor.ts';
import { choicesOf, type Said, say, type Turn, wordsFor } from './turn.ts';
import { isForSeveral, type Open, twoWishes } from './two-wishes.ts';

/** One wish's turn. */
type Run = (turn: Turn, memory: Memory) => Promise<Said>;

const key = 'second-wish';

/** Runs the turn; of two wishes the first, and the second as soon as that is over. It only begins: whatever is done has its own check. */
export async function withSecondWish(run: Run, turn: Turn, before: Memory): Promise<Said> {
  const isOffered = before.asked === undefined && before.shown?.includes(key) === true;
  const { second: offered, ...known } = before;
  if (isOffered && offered !== undefined && takesIt(turn, before))
    return run(typed(turn, offered.text), known);
  // Offered once.
  const memory = isOffered ? known : before;
  const parts = turn.picked === undefined ? twoWishes(turn.text, openTo(turn, memory)) : undefined;
  const other = parts === undefined ? await doctorSwitch(turn, memory) : undefined;
  if (other !== undefined && memory.halted === undefined) {
    const kept: Memory = { ...memory, second: { text: other.second, when: 'done' } };
    const said = await run(typed(turn, other.first), kept);
    return { ...said, replies: [say(said.memory, wordsFor(said.memory).otherDoctor()), ...said.replies] };
  }
  if (parts === undefined || memory.halted !== undefined) {
    const said = await run(turn, memory);
    const isFamily = memory.asked === undefined && turn.picked === undefined && isForSeveral(turn.text);
    const isBooking = said.memory.asked !== undefined && said.memory.task === undefined;
    if (!isFamily || !isBooking) return carryOn(run, turn, memory, said);
    return { ...said, replies: [say(said.memory, wordsFor(said.memory).onePerson()), ...said.replies] };
  }
  const { first, second } = parts;
  if (first.kind === 'where' || second.kind === 'where') {
    const [question, wish] = first.kind === 'where' ? [first, second] : [second, first];
    const words = wordsFor(memory);
    const desk = say(memory, words.smallTalk['off-topic'](await phoneFor(turn.desk, memory)));
    const about = await askedAbout({ ...turn, text: question.text }, memory);
    const said = await run(typed(turn, wish.text), memory);
    return carryOn(run, turn, memory, { ...said, replies: [...(about?.replies ?? [desk]), ...said.replies] });
  }
  const kept: Memory = {
    ...memory,
    second: { text: second.text, when: first.kind === 'see' ? 'shown' : 'over' },
  };
  const said = await run(typed(turn, first.text), kept);
  const oneByOne = say(said.memory, wordsFor(said.memory).oneByOne());
  return carryOn(run, turn, memory, { ...said, replies: [oneByOne, ...said.replies] });
}

const typed = ({ desk, channel, conversationId, account }: Turn, text: string): Turn => ({
  desk,
  channel,
  conversationId,
  ...(account === undefined ? {} : { account }),
  text,
});

const takesIt = (turn: Turn, memory: Memory): boolean =>
  picked(turn, optionsOf(memory, memory.shown ?? [])) === key ||
  (turn.picked === undefined && takesSuggestion(turn.text));

/** "Yes, and one for my son", "cancel it and book a new one". By SMS a "yes" alone is the carrier's. */
const openTo = ({ channel }: Turn, { asked, latest }: Memory): Open => ({
  yes: channel !== 'sms' && (asked === 'confirm' || asked === 'cancel'),
  it: asked === undefined ? latest !== undefined : asked === 'act' || asked === 'cancel',
});

/** What follows once the first is over, if it is. */
async function carryOn(run: Run, turn: Turn, before: Memory, said: Said): Promise<Said> {
  const { second, ...memory } = said.memory;
  if (second === undefined) return said;
  // An emergency comes before anything that was wished.
  if (memory.halted !== undefined) return { ...said, memory };
  const isSeen = second.when === 'shown' && isShowing(memory);
  if (memory.asked !== undefined && !isSeen) return said;
  const words = wordsFor(memory);
  if (isSeen || (second.when === 'over' && isDone(before, said))) {
    const { task: _task, asked: _asked, shown: _shown, page: _page, ...idle } = memory;
    const begun = await run(typed(turn, second.text), idle);
    // Where a "yes" that was sent twice would be the answer to the next check, it is asked in between.
    if (isSeen || !checks.has(begun.memory.asked)) {
      const now = say(memory, words.nowTheOther(second.text));
      const replies = [...said.replies.map(withoutChoices), now, ...begun.replies];
      return carryOn(run, turn, begun.memory, { memory: begun.memory, replies });
    }
  }
  // To have the old visit called off without a new one was not asked for.
  if (second.when === 'done' && !isDone(before, said)) return { ...said, memory };
  const last = said.replies.at(-1);
  const canBeDone = memory.who !== undefined || turn.desk.useCases.canIdentify();
  if (isGoodbye(turn.text) || !canBeDone || last === undefined) return { ...said, memory };
  const [option] = optionsOf(memory, [key]);
  const shown = [key, ...(memory.shown ?? [])];
  const question = second.when === 'done' ? words.askOldVisit() : words.askOther(second.text);
  const offer: Reply = {
    ...last,
    text: `${last.text}\n${question}`,
    choices: [...choicesOf(option === undefined ? [] : [option]), ...(last.choices ?? [])],
  };
  return { memory: { ...memory, second, shown }, replies: [...said.replies.slice(0, -1), offer] };
}

const checks: ReadonlySet<Memory['asked']> = new Set(['confirm', 'cancel', 'delete-data']);

/** A list of visits, or one of them, is what was wished for; a booking that waits behind it is not over. */
const isShowing = ({ task, asked, aside }: Memory): boolean =>
  task?.kind === 'see' && (asked === 'visit' || asked === 'act') && aside === undefined;

/** Booked or moved (there is a calendar entry), or called off. */
const isDone = (before: Memory, { memory, replies }: Said): boolean =>
  replies.some(({ link }) => link !== undefined) ||
  (memory.undo !== undefined && memory.undo.visit.appointment !== before.undo?.visit.appointment);

/** Its choices would stand beside those of the next question. */
const withoutChoices = ({ choices: _, ...reply }: Reply): Reply => reply;
