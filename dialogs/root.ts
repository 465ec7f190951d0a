// One turn of the conversation: greets, says what is owed, hears interruptions, and runs the booking flow. Never sends.
import { ActivityTypes, type ConversationState, type TurnContext } from 'botbuilder';
import type { Clock } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import { bookFlow } from './book.ts';
import { exactly } from './choose.ts';
import { isFarewell, readYesNo, wantsBooking } from './commands.ts';
import { bookAnother } from './finish.ts';
import { createFlow } from './flow.ts';
import { interrupted } from './interrupt.ts';
import { phoneFor } from './lists.ts';
import { type Memory, newMemory, parseMemory, wake } from './memory.ts';
import { newsReply, patientOf } from './news.ts';
import type { Language, Reply } from './reply.ts';
import { type Desk, merged, say, type Turn, wordsFor } from './turn.ts';
import { maxTextLength } from './words.ts';

export interface ConversationDeps {
  readonly useCases: UseCases;
  readonly clock: Clock;
  readonly practice: { readonly name: string; readonly phone: string };
  readonly horizonDays: number;
  /** Over our store; the caller saves it after `respond`. */
  readonly state: ConversationState;
}

export interface Conversation {
  /** One turn: reads the text (or conversationUpdate), moves the conversation on, returns what to say, in order. Never sends. */
  respond(context: TurnContext): Promise<readonly Reply[]>;
}

interface Said {
  readonly memory: Memory;
  readonly replies: readonly Reply[];
}

export function createConversation(deps: ConversationDeps): Conversation {
  const desk: Desk = deps;
  const stored = deps.state.createProperty<unknown>('memory');
  const flow = createFlow(deps.state, 'book', bookFlow);

  /** Between two flows: a command, a wish to book, or a friendly word and the offer to book. */
  async function outsideFlow(
    context: TurnContext,
    turn: Turn,
    memory: Memory,
    isGreeted: boolean,
  ): Promise<Said> {
    const command = await interrupted(turn, memory);
    if (command !== undefined) {
      const { replies } = command;
      return { memory: { ...command.memory, shown: ['book'] }, replies: [...replies, offer(command.memory)] };
    }
    const isYes = readYesNo(turn.text) === 'yes';
    if (isYes && memory.shown?.includes(bookAnother) === true)
      return {
        memory,
        replies: [say(memory, wordsFor(memory).alreadyBooked(), [bookAnotherOption(memory)])],
      };
    const isPicked =
      memory.shown !== undefined &&
      [bookOption(memory), bookAnotherOption(memory)].some((shown) => exactly(turn.text, [shown]));
    const unsure =
      deps.clock.now() < (memory.unsureUntilMs ?? 0)
        ? [say(memory, wordsFor(memory).stillChecking(await phoneFor(desk, memory)))]
        : [];
    if (isPicked || (isYes && memory.shown !== undefined) || wantsBooking(turn.text)) {
      const said = await flow.run(context, turn, { ...memory, draft: {}, shown: undefined }, 'begin');
      return { ...said, replies: [...unsure, ...said.replies] };
    }
    if (unsure.length > 0) return { memory: { ...memory, shown: undefined }, replies: unsure };
    // Whoever says "no" or "thank you" is not asked again; a later "yes" is then an answer to nothing.
    if (!isGreeted && isFarewell(turn.text))
      return { memory: { ...memory, shown: undefined }, replies: [say(memory, wordsFor(memory).farewell())] };
    return { memory: { ...memory, shown: ['book'] }, replies: isGreeted ? [] : [offer(memory)] };
  }

  async function answer(
    context: TurnContext,
    turn: Turn,
    before: Memory | 'none' | 'outdated',
  ): Promise<Said> {
    const nowMs = deps.clock.now();
    if (typeof before === 'string') {
      const memory = newMemory(languageOf(context), nowMs);
      const first = before === 'outdated' ? say(memory, wordsFor(memory).outdated()) : greeting(memory);
      const said = await understood(context, turn, memory, false, before === 'none');
      return {
        ...said,
        replies: said.replies.length === 0 ? [withOffer(memory, first)] : [first, ...said.replies],
      };
    }
    const { memory, forgotten } = wake(before, nowMs);
    return understood(context, turn, memory, forgotten, false);
  }

  async function understood(
    context: TurnContext,
    turn: Turn,
    memory: Memory,
    forgotten: boolean,
    isGreeted: boolean,
  ): Promise<Said> {
    const words = wordsFor(memory);
    const isActive = memory.asked !== undefined;
    const unreadable =
      turn.text.length > maxTextLength
        ? words.tooLong()
        : turn.text.trim() === ''
          ? words.noText()
          : undefined;
    if (!isActive) {
      if (unreadable === undefined) return outsideFlow(context, turn, memory, isGreeted);
      return { memory, replies: [say(memory, unreadable)] };
    }
    // Who it is must be known before an answer to "shall I book it?" can count.
    const mustAsk = unreadable !== undefined || (forgotten && memory.asked === 'confirm');
    const notices = [
      ...(forgotten ? [words.forgotten()] : []),
      ...(unreadable === undefined ? [] : [unreadable]),
    ];
    const said = await flow.run(context, turn, memory, mustAsk ? 'begin' : 'continue');
    return { ...said, replies: [...notices.map((text) => say(memory, text)), ...said.replies] };
  }

  const greeting = (memory: Memory): Reply => say(memory, wordsFor(memory).greeting(deps.practice.name));

  return {
    async respond(context) {
      const { activity } = context;
      const isMessage = activity.type === ActivityTypes.Message;
      if (!isMessage && !isArrival(context)) return [];
      if (activity.conversation.isGroup === true)
        return isMessage ? [inLanguage(languageOf(context), (words) => words.privateOnly())] : [];
      const before = parseMemory(await stored.get(context));
      if (!isMessage) {
        if (before !== 'none') return [];
        const memory = newMemory(languageOf(context), deps.clock.now());
        await stored.set(context, { ...memory, shown: ['book'] });
        return [withOffer(memory, greeting(memory))];
      }
      const turn: Turn = {
        desk,
        text: activity.text ?? (typeof activity.value === 'string' ? activity.value : ''),
        channel: activity.channelId,
        conversationId: `${activity.channelId}|${activity.conversation.id}`,
      };
      // Somebody else may have been identified here since: another person's visit is not theirs to hear of.
      const who = typeof before === 'string' ? undefined : before.who?.id;
      const news = await deps.useCases.newsFor(turn.conversationId);
      const owed = news.filter((each) => who === undefined || who === patientOf(each));
      const settled =
        typeof before === 'string' || owed.length === 0 ? before : { ...before, unsureUntilMs: undefined };
      const said = await answer(context, turn, settled);
      await stored.set(context, said.memory);
      if (owed.length > 0) await deps.useCases.newsSaid(owed.map(({ id }) => id));
      return merged([...owed.map((each) => newsReply(said.memory, each)), ...said.replies]);
    },
  };
}

const isArrival = ({ activity }: TurnContext): boolean =>
  activity.type === ActivityTypes.ConversationUpdate &&
  (activity.membersAdded ?? []).some(({ id }) => id !== activity.recipient?.id);

const languageOf = ({ activity }: TurnContext): Language =>
  /^es\b/i.test(activity.locale ?? '') ? 'es' : 'en';

function inLanguage(language: Language, text: (words: ReturnType<typeof wordsFor>) => string): Reply {
  const memory = newMemory(language, 0);
  return say(memory, text(wordsFor(memory)));
}

const bookOption = (memory: Memory) => ({ key: 'book', label: wordsFor(memory).bookLabel() });
const bookAnotherOption = (memory: Memory) => ({
  key: bookAnother,
  label: wordsFor(memory).bookAnotherLabel(),
});
const offer = (memory: Memory): Reply => say(memory, wordsFor(memory).offerToBook(), [bookOption(memory)]);
const withOffer = (memory: Memory, reply: Reply): Reply => say(memory, reply.text, [bookOption(memory)]);
