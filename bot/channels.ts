// What each channel can show, and how a Reply becomes an Activity there. A new channel is a row in the table.
import type { Activity, Attachment } from 'botbuilder';
import type { Choice, Language, Reply } from '../dialogs/reply.ts';
import { factsCard, questionCard } from './cards.ts';
import { withNumbers, withoutSharedDay } from './choice-labels.ts';
import { withoutMarkup } from './inert.ts';
import { withLink } from './links.ts';
import { smsMessages } from './sms-message.ts';
import { markOf, readTap } from './taps.ts';

/** How a channel shows a reply. */
interface Channel {
  /**
   * Choices as a numbered list in the text, as suggested actions (buttons below the last message), as the buttons of an
   * Adaptive Card that holds the whole reply, or as a text message that pays for every letter.
   */
  readonly choices: 'numbered' | 'suggested' | 'card' | 'sms';
  /** Choices shown at most. */
  readonly maxChoices: number;
  /** What a suggested action does: say its value, or also hand back the mark of its question. */
  readonly tap: 'imBack' | 'messageBack';
  /** Facts also as an Adaptive Card. */
  readonly showsFacts: boolean;
  /** The client honours `textFormat: plain`. Where it may not, markup characters become look-alikes. */
  readonly honoursPlain: boolean;
  /** The confirmation travels as data, in `activity.value` under `confirmationType`. */
  readonly carriesData: boolean;
  /** A card can be replaced after it was used. */
  readonly replacesCards: boolean;
  /** The client shows that the bot is typing. */
  readonly showsTyping: boolean;
}

/** `activity.valueType` of a confirmation: `activity.value` is then the specification's confirmation, whole. */
export const confirmationType = 'application/vnd.bookadoc.confirmation+json';

const unknownChannel: Channel = {
  choices: 'numbered',
  maxChoices: 100,
  tap: 'imBack',
  showsFacts: false,
  honoursPlain: false,
  carriesData: true,
  replacesCards: false,
  showsTyping: false,
};
const webChat: Channel = {
  ...unknownChannel,
  choices: 'suggested',
  tap: 'messageBack',
  showsFacts: true,
  honoursPlain: true,
  showsTyping: true,
};

const channels: Readonly<Record<string, Channel>> = {
  webchat: webChat,
  directline: webChat,
  // The Agents Playground shows suggested actions of type imBack only.
  emulator: { ...webChat, tap: 'imBack', honoursPlain: false },
  // Not suggested actions: Teams shows six of them, and only in personal chats.
  msteams: {
    ...unknownChannel,
    choices: 'card',
    maxChoices: 50,
    showsFacts: true,
    replacesCards: true,
    showsTyping: true,
  },
  sms: { ...unknownChannel, choices: 'sms', honoursPlain: true, carriesData: false },
};

const channelOf = (channelId: string): Channel =>
  Object.hasOwn(channels, channelId) ? (channels[channelId] ?? unknownChannel) : unknownChannel;

const locales: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/**
 * Renders the replies of one turn, in order, as answers to `incoming` on its channel. Only the last offers its choices.
 * One reply is one activity, but for a text message that is too long for one. `publicUrl`: this server's origin as patients reach it.
 */
export function renderReplies(
  replies: readonly Reply[],
  incoming: Activity,
  publicUrl?: string,
): readonly Partial<Activity>[] {
  const channel = channelOf(incoming.channelId);
  return replies.flatMap((said, index) => {
    const reply = withLink(said, incoming, publicUrl, !channel.showsFacts);
    const isLast = index === replies.length - 1;
    const choices = isLast ? (reply.choices ?? []) : [];
    const parts = contents(channel, reply, choices, incoming);
    const hint = choices.length > 0 ? 'expectingInput' : 'acceptingInput';
    return parts.map((part, at) => ({
      ...envelope(incoming),
      ...(incoming.id === undefined ? {} : { replyToId: incoming.id }),
      locale: locales[reply.language],
      inputHint: isLast && at === parts.length - 1 ? hint : 'ignoringInput',
      ...part,
      ...(channel.carriesData && reply.confirmation !== undefined
        ? { value: reply.confirmation, valueType: confirmationType }
        : {}),
    }));
  });
}

const envelope = (incoming: Activity): Partial<Activity> => ({
  type: 'message',
  channelId: incoming.channelId,
  serviceUrl: incoming.serviceUrl,
  conversation: incoming.conversation,
  from: incoming.recipient ?? { id: 'bot', name: '' },
  recipient: incoming.from,
});

/** The part that differs by channel: text, cards, buttons. */
function contents(
  channel: Channel,
  reply: Reply,
  choices: readonly Choice[],
  incoming: Activity,
): readonly Partial<Activity>[] {
  if (channel.choices === 'sms')
    return smsMessages(reply, choices).map((text) => ({ text, textFormat: 'plain' }));
  const shown = choices.slice(0, channel.maxChoices);
  const buttons = withoutSharedDay(reply, shown);
  const safe = channel.honoursPlain ? (text: string) => text : withoutMarkup;
  // Lines too are a card: Teams' clients, and the Agents Playground, may run the lines of a text together.
  const isCard =
    shown.length > 0 || reply.card !== undefined || reply.link !== undefined || reply.text.includes('\n');
  if (channel.choices === 'card' && isCard) {
    const fallback = safe(withNumbers(reply.text, shown));
    // No `text`: Teams would show it above the card. The summary is for notifications and for what cannot show cards.
    return [{ summary: fallback, ...cards(questionCard(reply, buttons, fallback, isPlayground(incoming))) }];
  }
  const text = safe(channel.choices === 'numbered' ? withNumbers(reply.text, shown) : reply.text);
  return [
    {
      text,
      textFormat: 'plain',
      ...(channel.showsFacts ? cards(...factsCard(reply)) : {}),
      ...(channel.choices === 'suggested' ? suggested(channel, reply, buttons, incoming) : {}),
    },
  ];
}

/**
 * The Agents Playground, which plays Teams on this machine: its cards (0.2.28) fail on a tap of a button that has an `msteams`
 * part. Known by the address of its connector.
 */
const isPlayground = ({ serviceUrl }: Activity): boolean =>
  /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/_connector\/?$/.test(serviceUrl);

const cards = (...attachments: readonly Attachment[]): Partial<Activity> =>
  attachments.length === 0 ? {} : { attachmentLayout: 'list', attachments: [...attachments] };

function suggested(
  channel: Channel,
  reply: Reply,
  choices: readonly Choice[],
  incoming: Activity,
): Partial<Activity> {
  if (choices.length === 0) return {};
  const marksTaps = channel.tap === 'messageBack' && reply.question !== undefined;
  const actions = choices.map((choice) =>
    marksTaps
      ? {
          type: 'messageBack',
          title: choice.label,
          text: choice.value,
          displayText: choice.label,
          value: markOf(reply.question, choice),
        }
      : { type: 'imBack', title: choice.label, value: choice.value },
  );
  return { suggestedActions: { to: [incoming.from.id], actions } };
}

/** The typing indicator, where the channel has one. */
export const typingFor = (incoming: Activity): Partial<Activity> | undefined =>
  channelOf(incoming.channelId).showsTyping ? { ...envelope(incoming), type: 'typing' } : undefined;

/**
 * What replaces the card that `incoming` tapped: the first receipt of the turn, a line of text without anything to tap. Undefined
 * where there is none, where the channel replaces no cards, or where it is not known which card it was.
 */
export function receiptFor(replies: readonly Reply[], incoming: Activity): Partial<Activity> | undefined {
  const reply = replies.find(({ receipt }) => receipt !== undefined);
  const { replyToId } = incoming;
  if (reply?.receipt === undefined || replyToId === undefined) return undefined;
  if (!channelOf(incoming.channelId).replacesCards || readTap(incoming) === undefined) return undefined;
  return {
    ...envelope(incoming),
    id: replyToId,
    locale: locales[reply.language],
    text: withoutMarkup(reply.receipt),
    textFormat: 'plain',
  };
}
