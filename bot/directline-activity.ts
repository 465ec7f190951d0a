// What a browser may say to the bot, and the activities that we make of it: nothing of who or where is taken from the browser.
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Conversation } from './directline-conversations.ts';
import { ownWebChat } from './links.ts';

const scalar = z.union([z.string().max(4_000), z.number(), z.boolean()]);
const flat = z.record(z.string(), scalar);

/** A language tag such as `es-MX`; anything else counts as not said. */
export const localeSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{2,35}$/)
  .optional()
  .catch(undefined);

/** Text of at most 4,000 characters; `value` a scalar, one flat object (a card's fields), or a tap's mark. Unknown fields are dropped. */
export const incomingSchema = z.object({
  type: z.enum(['message', 'event', 'typing']),
  text: z.string().max(4_000).default(''),
  name: z.string().max(100).optional(),
  value: z.union([scalar, flat, z.object({ bookadoc: flat })]).optional(),
  locale: localeSchema,
  channelData: z
    .object({
      clientActivityID: z.string().max(100).optional(),
      // What the patient's own bubble shows for a tap: it must say the same after a refresh.
      messageBack: z
        .object({ displayText: z.string().max(200) })
        .optional()
        .catch(undefined),
    })
    .optional(),
});
export type Incoming = z.infer<typeof incomingSchema>;

export interface Party {
  readonly id: string;
  readonly name: string;
  readonly role: 'bot' | 'user';
}

/**
 * The channel id of everything that comes through this endpoint, whichever client speaks: its rendering (plain text and
 * suggested actions) is that of the practice's own web chat.
 */
const channelId = 'webchat';
export const botParty = (practiceName: string): Party => ({
  id: 'bookadoc',
  name: practiceName,
  role: 'bot',
});
const userParty = (conversation: Conversation): Party => ({
  id: conversation.userId,
  name: '',
  role: 'user',
});

/** What an activity must have for the bot beside what clients are shown. */
const blank = {
  serviceUrl: ownWebChat,
  callerId: '',
  label: '',
  listenFor: [],
  localTimezone: '',
  valueType: '',
} satisfies Partial<Activity>;

const envelope = (conversation: Conversation, from: Party, recipient: Party, at: number) => ({
  channelId,
  conversation: { id: conversation.id, isGroup: false, conversationType: '', name: '' },
  from,
  recipient,
  timestamp: new Date(at),
});

/** The first activity of a conversation: who has come. Its id is fixed, so that the bot greets once even after a restart. */
export function arrivalActivity(
  conversation: Conversation,
  bot: Party,
  at: number,
  locale: string | undefined,
): Activity {
  return {
    ...blank,
    ...envelope(conversation, userParty(conversation), bot, at),
    type: 'conversationUpdate',
    id: `${conversation.id}|start`,
    text: '',
    membersAdded: [bot, userParty(conversation)],
    ...(locale === undefined ? {} : { locale }),
  };
}

/** The browser's activity with sender, conversation and time as we know them; also its echo on the stream. */
export function userActivity(conversation: Conversation, bot: Party, at: number, incoming: Incoming) {
  const { channelData, locale, name, text, type, value } = incoming;
  return {
    ...envelope(conversation, userParty(conversation), bot, at),
    type,
    text,
    // What a person types is never markup.
    textFormat: 'plain',
    ...(locale === undefined ? {} : { locale }),
    ...(name === undefined ? {} : { name }),
    ...(value === undefined ? {} : { value }),
    // Web Chat pairs the echo with its own bubble by the id in here.
    ...(channelData === undefined ? {} : { channelData }),
  };
}

/** The same activity as the bot gets it. */
export const forBot = (activity: ReturnType<typeof userActivity>, id: string): Activity => ({
  ...blank,
  ...activity,
  id,
});

/** A reply as the browser gets it. */
export function botActivity(
  conversation: Conversation,
  bot: Party,
  at: number,
  reply: Partial<Activity>,
  replyToId: string | undefined,
) {
  const { serviceUrl, ...shown } = reply;
  return {
    ...shown,
    ...envelope(conversation, bot, userParty(conversation), at),
    ...(replyToId === undefined ? {} : { replyToId }),
  };
}
