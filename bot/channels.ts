// What each channel can show, and how a Reply becomes an Activity there. A new channel is a row in the table.
import type { Activity } from 'botbuilder';
import type { Choice, Language, Reply } from '../dialogs/reply.ts';

/** How a channel shows a reply. */
interface Channel {
  /** Choices are written into the text as a numbered list. */
  readonly numbered: boolean;
  /** Buttons (suggested actions) shown at most; 0 where the channel has none. */
  readonly maxChoices: number;
  /** The client honours `textFormat: plain`. Where it may not, markup characters become look-alikes. */
  readonly honoursPlain: boolean;
  /** The confirmation travels as data, in `activity.value` under `confirmationType`. */
  readonly carriesData: boolean;
}

/** `activity.valueType` of a confirmation: `activity.value` is then the specification's confirmation, whole. */
export const confirmationType = 'application/vnd.bookadoc.confirmation+json';

const webChat: Channel = { numbered: false, maxChoices: 100, honoursPlain: true, carriesData: true };

const channels: Readonly<Record<string, Channel>> = {
  webchat: webChat,
  directline: webChat,
  emulator: { ...webChat, honoursPlain: false },
  // Suggested actions show in personal chats only, six at most; the numbered text stands everywhere.
  msteams: { numbered: true, maxChoices: 6, honoursPlain: false, carriesData: true },
  sms: { numbered: true, maxChoices: 0, honoursPlain: true, carriesData: false },
};
const unknownChannel: Channel = { numbered: true, maxChoices: 0, honoursPlain: false, carriesData: true };

const locales: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/** Renders the replies of one turn, in order, as answers to `incoming` on its channel. */
export function renderReplies(replies: readonly Reply[], incoming: Activity): readonly Partial<Activity>[] {
  return replies.map((reply, index) => renderReply(reply, incoming, index === replies.length - 1));
}

function renderReply(reply: Reply, incoming: Activity, last: boolean): Partial<Activity> {
  const channel = Object.hasOwn(channels, incoming.channelId)
    ? (channels[incoming.channelId] ?? unknownChannel)
    : unknownChannel;
  const choices = reply.choices ?? [];
  const text = channel.numbered ? withNumbers(reply.text, choices) : reply.text;
  const buttons = last ? choices.slice(0, channel.maxChoices) : [];
  return {
    type: 'message',
    channelId: incoming.channelId,
    serviceUrl: incoming.serviceUrl,
    conversation: incoming.conversation,
    from: incoming.recipient ?? { id: 'bot', name: '' },
    recipient: incoming.from,
    ...(incoming.id === undefined ? {} : { replyToId: incoming.id }),
    text: channel.honoursPlain ? text : withoutMarkup(text),
    textFormat: 'plain',
    locale: locales[reply.language],
    inputHint: !last ? 'ignoringInput' : choices.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(buttons.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [incoming.from.id],
            actions: buttons.map(({ label, value }) => ({ type: 'imBack', title: label, value })),
          },
        }),
    ...(channel.carriesData && reply.confirmation !== undefined
      ? { value: reply.confirmation, valueType: confirmationType }
      : {}),
  };
}

function withNumbers(text: string, choices: readonly Choice[]): string {
  return [text, ...choices.map(({ label }, index) => `${index + 1}. ${label}`)].join('\n');
}

// Look-alikes rather than backslashes: a client that does honour `plain` would show the backslashes.
const lookAlikes: Readonly<Record<string, string>> = {
  '*': '∗',
  _: 'ˍ',
  '`': 'ˋ',
  '~': '∼',
  '<': '‹',
  '>': '›',
  '[': '［',
  ']': '］',
  '\\': '＼',
  '#': '＃',
  '|': '∣',
  '&': '＆',
};

/** Makes every character that starts markdown or HTML inert: at a line's start for `#`, in an entity for `&`, anywhere for the rest. */
function withoutMarkup(text: string): string {
  return text.replace(/[*_`~<>[\]\\|]|^#|&(?=#?\w{1,32};)/gm, (found) => lookAlikes[found] ?? found);
}
