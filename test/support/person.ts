// A person on a channel, over HTTP: what they see of each reply (words, buttons, numbers, cards), and what they write or tap.
import { z } from 'zod';
import type { Product } from './product.ts';

/** One thing to pick, as the person sees it. */
export interface Seen {
  readonly label: string;
  /** What a tap on it says in the person's name. */
  readonly says: string;
  /** The number that stands before it, where choices are numbered. */
  readonly number?: string;
  /** What a tap carries beside its words. */
  readonly mark?: unknown;
}

/** One message of the bot. */
export interface Heard {
  /** Its words, without the list of numbered choices. */
  readonly text: string;
  /** Everything in it, as a client without cards or buttons shows it. */
  readonly whole: string;
  readonly choices: readonly Seen[];
  /** What opens a page instead of answering. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
}

export interface Answer {
  readonly status: number;
  readonly replies: readonly Heard[];
}

export interface PersonOptions {
  readonly conversation: string;
  readonly channelId: string;
  readonly locale?: string;
  readonly isGroup?: boolean;
  /** The sender, as a channel names it. */
  readonly sender?: Readonly<Record<string, unknown>>;
  /** The channel's own token, which comes along, and the address that it is for. */
  readonly vouched?: { readonly serviceUrl: string; readonly token: () => string };
}

export interface Person {
  /** `more`: fields of the activity beside its text, such as its `id`, or the `value` of a tap. */
  say(text: string, more?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

const suggested = z.object({ title: z.string(), text: z.string().optional(), value: z.unknown() });
const activitySchema = z.object({
  text: z.string().optional(),
  summary: z.string().optional(),
  suggestedActions: z.object({ actions: z.array(suggested) }).optional(),
  attachments: z.array(z.object({ content: z.unknown() })).optional(),
});
const answerSchema = z.object({ activities: z.array(activitySchema) });
type Shown = z.infer<typeof activitySchema>;

/** Each person's activity ids count up: a conversation repeats exactly. */
export function openPerson(product: Pick<Product, 'post'>, options: PersonOptions): Person {
  const { conversation, channelId, locale = 'en-US', isGroup, sender = {}, vouched } = options;
  let count = 0;
  return {
    async say(text, more = {}) {
      count += 1;
      const activity = {
        type: 'message',
        id: `${conversation}-${count}`,
        channelId,
        serviceUrl: vouched?.serviceUrl ?? 'http://127.0.0.1:9/',
        conversation: { id: conversation, ...(isGroup === true ? { isGroup } : {}) },
        from: { id: `user-of-${conversation}` },
        recipient: { id: 'bot' },
        locale,
        deliveryMode: 'expectReplies',
        text,
        ...sender,
        ...more,
      };
      const headers = vouched === undefined ? {} : { authorization: vouched.token() };
      const { status, body } = await product.post(activity, headers);
      if (status !== 200) return { status, replies: [] };
      return { status, replies: answerSchema.parse(JSON.parse(body)).activities.map(heard) };
    },
  };
}

/** What a tap on a choice sends. */
export const tapOf = ({ says, mark }: Seen): readonly [string, Readonly<Record<string, unknown>>] => [
  says,
  mark === undefined ? {} : { value: mark },
];

function heard({ text, summary, suggestedActions, attachments = [] }: Shown): Heard {
  const whole = text ?? summary ?? '';
  const lines = whole.split('\n');
  const numbered = trailing(lines, (line) => /^\d{1,2}[.)]? \S/.test(line));
  const typed = numbered.flatMap((line): readonly Seen[] => {
    const [, number = '', label = ''] = /^(\d{1,2})[.)]? (.+)$/.exec(line) ?? [];
    return [{ label, says: label, number }];
  });
  const buttons = (suggestedActions?.actions ?? []).map(
    ({ title, text: says, value }): Seen => ({
      label: title,
      says: says ?? (typeof value === 'string' ? value : title),
      ...(typeof value === 'object' && value !== null ? { mark: value } : {}),
    }),
  );
  const tapped = [...buttons, ...attachments.flatMap(({ content }) => submits(content))];
  return {
    text: lines.slice(0, lines.length - numbered.length).join('\n'),
    whole,
    choices: tapped.length > 0 ? tapped.map((one, at) => ({ ...typed[at], ...one })) : typed,
    links: attachments.flatMap(({ content }) => opens(content)),
  };
}

function trailing(lines: readonly string[], belongs: (line: string) => boolean): readonly string[] {
  const last = lines.findLastIndex((line) => !belongs(line));
  return lines.slice(last + 1);
}

const submit = z.object({
  type: z.literal('Action.Submit'),
  title: z.string(),
  data: z.object({ msteams: z.object({ text: z.string() }), bookadoc: z.unknown().optional() }),
});

const openUrl = z.object({ type: z.literal('Action.OpenUrl'), title: z.string(), url: z.string() });

/** What an Adaptive Card offers to open. */
function opens(node: unknown): Heard['links'] {
  const found = openUrl.safeParse(node);
  if (found.success) return [found.data];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(opens) : [];
}

/** The buttons of an Adaptive Card, in reading order. */
function submits(node: unknown): readonly Seen[] {
  const found = submit.safeParse(node);
  if (found.success) {
    const { title, data } = found.data;
    return [
      {
        label: title,
        says: data.msteams.text,
        ...(data.bookadoc === undefined ? {} : { mark: { bookadoc: data.bookadoc } }),
      },
    ];
  }
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(submits);
}
