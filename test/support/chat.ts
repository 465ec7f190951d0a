// Talks to the conversation as a channel would, turn by turn, with the state going through JSON between turns.
import {
  type Activity,
  ActivityTypes,
  ConversationState,
  MemoryStorage,
  TestAdapter,
  TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import type { Reply } from '../../dialogs/reply.ts';
import { createConversation } from '../../dialogs/root.ts';
import type { UseCases } from '../../services/use-cases.ts';

const tapShape = z.object({ tap: z.object({ step: z.string(), nonce: z.string(), key: z.string() }) });

export interface Chat {
  /** One message; what the bot says, in order: each reply's text, then its choices in brackets. */
  say(text: string): Promise<readonly string[]>;
  /** A whole activity, for what is not a plain message. */
  send(activity: Partial<Activity>): Promise<readonly Reply[]>;
  /** A tap on a choice of a reply that was shown at any time, in this conversation or in another. */
  tap(shown: Reply | undefined, label: string): Promise<readonly string[]>;
  /** Everything kept for this conversation, as the store has it. */
  kept(): Promise<Record<string, unknown>>;
  /** Overwrites one kept property, as another release would have left it. */
  keep(property: string, value: unknown): Promise<void>;
  /** The process restarts: a new conversation object over the same store. */
  restart(): void;
  /** Moves the clock. */
  wait(minutes: number): void;
}

export interface ChatOptions {
  readonly useCases: UseCases;
  readonly nowMs: number;
  readonly channelId?: string;
  readonly locale?: string;
  readonly isGroup?: boolean;
  readonly conversationType?: string;
  readonly conversation?: string;
  readonly account?: string;
}

/** How a reply reads in a transcript. */
export const shown = ({ text, choices }: Reply): string =>
  choices === undefined ? text : `${text}\n[${choices.map(({ label }) => label).join(' | ')}]`;

export function openChat({
  useCases,
  nowMs,
  channelId = 'webchat',
  locale = 'en-US',
  isGroup,
  conversationType = '',
  conversation: id = 'c1',
  account,
}: ChatOptions): Chat {
  let now = nowMs;
  const storage = new MemoryStorage();
  const adapter = new TestAdapter(async () => {});
  const start = () => {
    const state = new ConversationState(storage);
    const conversation = createConversation({
      useCases,
      clock: { now: () => now, sleep: async () => {} },
      practice: { name: 'Riverbend Family Practice', phone: '555-0100' },
      numbers: { emergency: '911', crisis: '988' },
      horizonDays: 60,
      sessionMinutes: 15,
      notice: { conversationDays: 30, sends: [] },
      calendarPath: ({ appointment, language }) => `/calendar/${appointment}-${language}.ics`,
      state,
    });
    return { state, conversation };
  };
  let bot = start();
  const contextOf = (activity: Partial<Activity>) =>
    new TurnContext(adapter, {
      channelId,
      locale,
      from: { id: 'user', name: '' },
      recipient: { id: 'bot', name: '' },
      conversation: { id, name: '', conversationType, isGroup: isGroup === true },
      ...activity,
    });
  const send = async (activity: Partial<Activity>): Promise<readonly Reply[]> => {
    const context = contextOf(activity);
    const replies = await bot.conversation.respond(
      context,
      tapShape.safeParse(activity.value).data?.tap,
      account,
    );
    await bot.state.saveChanges(context);
    return replies;
  };
  const key = `${channelId}/conversations/${id}/`;
  return {
    send,
    async tap(reply, label) {
      const choice = reply?.choices?.find((each) => each.label === label);
      const question = reply?.question;
      if (choice === undefined || question === undefined) throw new Error(`no button "${label}"`);
      const value = { tap: { ...question, key: choice.key } };
      return (await send({ type: ActivityTypes.Message, text: label, value })).map(shown);
    },
    say: async (text) => (await send({ type: ActivityTypes.Message, text })).map(shown),
    kept: async () => (await storage.read([key]))[key] ?? {},
    async keep(property, value) {
      const stored = (await storage.read([key]))[key] ?? {};
      await storage.write({ [key]: { ...stored, [property]: value, eTag: '*' } });
    },
    restart() {
      bot = start();
    },
    wait(minutes) {
      now += minutes * 60_000;
    },
  };
}
