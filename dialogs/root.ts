// One turn of the conversation: greets, says what is owed, hears interruptions, and runs the booking flow. Never sends.
import { ActivityTypes, type ConversationState, type TurnContext } from 'botbuilder';
import type { Account } from '../services/identity-cases.ts';
import type { Clock } from '../services/ports.ts';
import type { UseCases } from '../services/use-cases.ts';
import { agendaFor } from './agenda.ts';
import { alarmed, goOnOptions, inLanguageOf } from './alarms.ts';
import { betweenFlows } from './between.ts';
import { bookFlow } from './book.ts';
import { isCurrent, marked, tapMark } from './buttons.ts';
import { picked } from './choose.ts';
import { readAlarm, wantsToGoOn } from './emergency.ts';
import { createFlow } from './flow.ts';
import { greeting, inGroup, isShared, languageOf, noticeMark } from './greeting.ts';
import { hasPicked, type Memory, newMemory, parseMemory, remembered, wake } from './memory.ts';
import { afterNews, newsReply, patientOf } from './news.ts';
import { offer, withOffer } from './offers.ts';
import type { Reply, Tap } from './reply.ts';
import { withSecondWish } from './second-wish.ts';
import { staleTap } from './stale-tap.ts';
import { type AlarmNumbers, type Desk, merged, type Said, say, type Turn, wordsFor } from './turn.ts';
import { loneNumber, maxTextLength } from './words.ts';
import { inWrittenLanguage } from './written-language.ts';

export interface ConversationDeps {
  readonly useCases: UseCases;
  readonly clock: Clock;
  readonly practice: { readonly name: string; readonly phone: string };
  readonly numbers: AlarmNumbers;
  readonly horizonDays: number;
  readonly sessionMinutes: number;
  readonly notice: Desk['notice'];
  readonly calendarPath: Desk['calendarPath'];
  /** Over our store; the caller saves it after `respond`. */
  readonly state: ConversationState;
}

export interface Conversation {
  /** One turn: reads the text (or conversationUpdate), moves the conversation on, returns what to say, in order. Never sends. `tap`: the button that the activity is, if it is one. */
  respond(context: TurnContext, tap?: Tap, account?: Account): Promise<readonly Reply[]>;
}

export function createConversation(deps: ConversationDeps): Conversation {
  const desk: Desk = deps;
  const noticed = noticeMark(deps.notice);
  const stored = deps.state.createProperty<unknown>('memory');
  const flow = createFlow(deps.state, 'book', bookFlow);

  async function answer(
    context: TurnContext,
    turn: Turn,
    before: Memory | 'none' | 'outdated',
  ): Promise<Said> {
    const nowMs = deps.clock.now();
    if (typeof before === 'string') {
      const memory = inWrittenLanguage(newMemory(languageOf(context), nowMs), turn.text);
      const firstTo = (known: Memory): Reply =>
        before === 'outdated' ? say(known, wordsFor(known).outdated()) : greeting(desk, known, turn.channel);
      const offered = { ...memory, shown: ['book'] };
      if (turn.tap !== undefined)
        return {
          memory: offered,
          replies: [firstTo(memory), say(memory, wordsFor(memory).stepOver()), offer(memory)],
        };
      // What it answered is not known any more, so it is not taken for an answer.
      if (before === 'outdated') return { memory: offered, replies: [firstTo(memory), offer(memory)] };
      const said = await understood(context, turn, memory, false, true);
      const first = firstTo({ ...said.memory, language: memory.language });
      return {
        ...said,
        replies: said.replies.length === 0 ? [withOffer(memory, first)] : [first, ...said.replies],
      };
    }
    const { memory, forgotten } = wake(before, nowMs, deps.sessionMinutes);
    const number = loneNumber(turn.text);
    const isEcho = number !== undefined && number === before.number && nowMs - before.lastTurnMs < echoMs;
    const { tap } = turn;
    const heard = { ...inWrittenLanguage(memory, turn.text), number };
    if (tap === undefined) return understood(context, { ...turn, isEcho }, heard, forgotten, false);
    if (!isCurrent(turn, memory, tap))
      return staleTap(turn, memory, tap, (current) => flow.run(context, turn, current, 'begin'));
    const tapped = { ...memory, tapped: tapMark(tap) };
    const said = await understood(context, { ...turn, picked: tap.key }, tapped, forgotten, false);
    const [first, ...others] = said.replies;
    if (first === undefined) return said;
    const receipt = wordsFor(said.memory).chosen(turn.text.slice(0, maxReceiptLength));
    return { ...said, replies: [{ ...first, receipt }, ...others] };
  }

  const understood = (
    context: TurnContext,
    turn: Turn,
    memory: Memory,
    forgotten: boolean,
    isGreeted: boolean,
  ): Promise<Said> =>
    withSecondWish((part, known) => wishUnderstood(context, part, known, forgotten, isGreeted), turn, memory);

  async function wishUnderstood(
    context: TurnContext,
    turn: Turn,
    memory: Memory,
    forgotten: boolean,
    isGreeted: boolean,
  ): Promise<Said> {
    const words = wordsFor(memory);
    const isActive = memory.asked !== undefined;
    const isTap = turn.picked !== undefined;
    const goesOn =
      memory.halted !== undefined &&
      (wantsToGoOn(turn.text) || picked(turn, goOnOptions(memory)) === 'go-on');
    const cry = isTap || goesOn ? undefined : readAlarm(turn.text);
    // In the language in which it was cried.
    if (cry !== undefined) return alarmed(desk, { ...memory, language: cry.language }, cry.alarm);
    if (memory.halted !== undefined && !goesOn)
      return alarmed(desk, inLanguageOf(turn.text, memory), memory.halted);
    if (goesOn) {
      const { halted: _, ...going } = memory;
      if (!isActive) return { memory: { ...going, shown: ['book'] }, replies: [offer(going)] };
      return flow.run(context, turn, going, 'begin');
    }
    const agenda = turn.account === undefined ? undefined : await agendaFor(turn, memory);
    if (agenda !== undefined) return agenda;
    const unreadable = isTap
      ? undefined
      : turn.text.length > maxTextLength
        ? words.tooLong()
        : turn.text.trim() === ''
          ? words.noText()
          : undefined;
    if (!isActive) {
      if (unreadable === undefined)
        return betweenFlows((fresh) => flow.run(context, turn, fresh, 'begin'), turn, memory, isGreeted);
      return { memory: { ...memory, shown: ['book'] }, replies: [say(memory, unreadable), offer(memory)] };
    }
    // Who it is must be known before an answer to "shall I book it?" can count.
    const mustAsk = unreadable !== undefined || (forgotten && memory.asked === 'confirm');
    const notices = [
      ...(forgotten ? [words.forgotten()] : []),
      ...(unreadable === undefined ? [] : [unreadable]),
    ];
    const said = await flow.run(context, { ...turn, forgotten }, memory, mustAsk ? 'begin' : 'continue');
    return { ...said, replies: [...notices.map((text) => say(memory, text)), ...said.replies] };
  }

  return {
    async respond(context, tap, account) {
      const { activity } = context;
      const isMessage = activity.type === ActivityTypes.Message;
      if (!isMessage && !isArrival(context)) return [];
      if (isShared(activity.conversation))
        return isMessage ? [await inGroup(desk, activity.text ?? '', languageOf(context))] : [];
      const before = parseMemory(await stored.get(context));
      if (!isMessage) {
        if (before !== 'none') return [];
        const memory = { ...newMemory(languageOf(context), deps.clock.now()), noticed };
        const conversationId = `${activity.channelId}|${activity.conversation.id}`;
        const greeted = marked(
          { conversationId },
          {
            memory: { ...memory, shown: ['book'] },
            replies: [withOffer(memory, greeting(desk, memory, activity.channelId))],
          },
        );
        await stored.set(context, remembered(greeted.memory));
        return greeted.replies;
      }
      const turn: Turn = {
        desk,
        text: activity.text ?? (typeof activity.value === 'string' ? activity.value : ''),
        channel: activity.channelId,
        conversationId: `${activity.channelId}|${activity.conversation.id}`,
        ...(tap === undefined ? {} : { tap }),
        ...(account === undefined ? {} : { account }),
      };
      // Whoever is not (or not any more) known to be that patient does not hear of the visit.
      const isAwake = (memory: Memory): boolean =>
        !wake(memory, deps.clock.now(), deps.sessionMinutes).forgotten;
      const news = await deps.useCases.newsFor(turn.conversationId);
      const owed =
        news.length > 0 && typeof before !== 'string' && isAwake(before)
          ? news.filter((each) => before.who?.id === patientOf(each))
          : [];
      const settled = typeof before === 'string' || owed.length === 0 ? before : afterNews(before);
      const answered = await answer(context, turn, settled);
      // Said with the greeting to whoever is new, and again to everybody when it has changed.
      const isNoticed = before === 'none' || (before !== 'outdated' && before.noticed === noticed);
      const isHalted = answered.memory.halted !== undefined;
      const isUpToDate = isHalted || answered.memory.noticed === noticed;
      // Whatever ended it: another choice, "stop", "start over", or the booking itself.
      if (!hasPicked(answered.memory)) await deps.useCases.release(turn.conversationId);
      const said = marked(turn, {
        memory: isUpToDate ? answered.memory : { ...answered.memory, noticed },
        replies: merged([
          ...(isNoticed || isHalted
            ? []
            : [say(answered.memory, wordsFor(answered.memory).notice(deps.notice))]),
          ...owed.map((each) => newsReply(desk, answered.memory, each)),
          ...answered.replies,
        ]),
      });
      await stored.set(context, remembered(said.memory));
      if (owed.length > 0) await deps.useCases.newsSaid(owed.map(({ id }) => id));
      return said.replies;
    },
  };
}

/** Nobody reads the check and answers it faster: the same number again is the one before, sent twice. */
const echoMs = 4_000;
/** A button's own words are shorter; what was forged is not shown at length. */
const maxReceiptLength = 100;

const isArrival = ({ activity }: TurnContext): boolean =>
  activity.type === ActivityTypes.ConversationUpdate &&
  (activity.membersAdded ?? []).some(({ id }) => id !== activity.recipient?.id);
