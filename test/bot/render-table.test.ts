// Every kind of reply on every channel in both languages, as files to read: what a patient sees there.
import type { Activity, Attachment } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseActivity } from '../../bot/activity.ts';
import { renderReplies } from '../../bot/channels.ts';
import { segmentsOf, toGsm7 } from '../../bot/sms.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { everyReply, hostileReply } from './replies.ts';
import { message } from './support.ts';

const channels = ['webchat', 'directline', 'emulator', 'msteams', 'sms', 'some-unknown'];
const languages = ['en', 'es'] as const;

function render(channelId: string, replies: readonly Reply[]): readonly Partial<Activity>[] {
  const parsed = parseActivity(message({ channelId }));
  if (!parsed.ok) throw new Error(parsed.error);
  return renderReplies(replies, parsed.value);
}

// The essentials of https://adaptivecards.io/schemas/1.5.0/adaptive-card.json, strict: nothing that it does not know.
const words = z.string().min(1);
const mark = z.strictObject({ step: words, nonce: words, key: words });
const action = z.strictObject({
  type: z.literal('Action.Submit'),
  title: words,
  data: z.strictObject({
    msteams: z.strictObject({ type: z.literal('messageBack'), text: words, displayText: words }),
    bookadoc: mark.optional(),
  }),
  style: z.literal('positive').optional(),
});
// Teams hides what goes beyond six in a set.
const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  spacing: words.optional(),
  actions: z.array(action).min(1).max(6),
});
const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: words,
  wrap: z.literal(true),
  spacing: words.optional(),
  weight: words.optional(),
  size: words.optional(),
});
const factSet = z.strictObject({
  type: z.literal('FactSet'),
  facts: z.array(z.strictObject({ title: words, value: words })).min(1),
});
const column = z.strictObject({
  type: z.literal('Column'),
  width: z.literal('stretch'),
  spacing: words,
  items: z.array(actionSet).max(1),
});
const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  spacing: words,
  columns: z.array(column).min(2).max(3),
});
const element = z.discriminatedUnion('type', [textBlock, factSet, actionSet, columnSet]);
const card = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  version: z.literal('1.5'),
  lang: z.enum(languages),
  fallbackText: words,
  body: z.array(element).min(1),
});

const cardsOf = ({ attachments = [] }: Partial<Activity>): readonly z.infer<typeof card>[] =>
  attachments.map(({ content, contentType }: Attachment) => {
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
    return card.parse(content);
  });

const button = ({ data, style, title }: z.infer<typeof action>): string =>
  `${style === undefined ? `( ${title} )` : `(( ${title} ))`}${data.bookadoc === undefined ? '' : ` ${data.bookadoc.step}/${data.bookadoc.key}`}`;

function lineOf(shown: z.infer<typeof element>): string {
  switch (shown.type) {
    case 'TextBlock':
      return shown.weight === undefined ? shown.text : `__${shown.text}__`;
    case 'FactSet':
      return shown.facts.map(({ title, value }) => `${title} | ${value}`).join('\n');
    case 'ActionSet':
      return shown.actions.map(button).join('  ');
    case 'ColumnSet':
      return shown.columns
        .map(({ items }) => items.flatMap(({ actions }) => actions.map(button)).join(''))
        .join('  ');
  }
}

const indented = (text: string): string => text.replace(/^/gm, '    ');

/** An activity as text: what is written, shown as a card, or offered as a button. */
function readable(sent: Partial<Activity>): string {
  const { inputHint, suggestedActions, summary, text, valueType } = sent;
  const size =
    sent.channelId === 'sms' ? `, ${text?.length} characters, ${segmentsOf(text ?? '')} segments` : '';
  return [
    `  ${inputHint}${size}`,
    ...(text === undefined ? [] : [indented(text)]),
    ...(summary === undefined ? [] : [`  summary:\n${indented(summary)}`]),
    ...cardsOf(sent).map(({ body }) => `  card:\n${indented(body.map(lineOf).join('\n'))}`),
    ...(suggestedActions?.actions ?? []).map(
      ({ title, type, value }) =>
        `    [ ${title} ] ${type}${typeof value === 'string' ? '' : ` ${value.bookadoc.step}/${value.bookadoc.key}`}`,
    ),
    ...(valueType === undefined ? [] : [`  data: ${valueType}`]),
  ].join('\n');
}

const kinds = languages.flatMap((language) =>
  Object.entries(everyReply[language]).map(([kind, replies]) => ({ name: `${kind} (${language})`, replies })),
);

describe.each(channels)('on %s', (channel) => {
  const rendered = kinds.map(({ name, replies }) => ({ name, sent: render(channel, replies) }));

  it('looks as it is written down', async () => {
    const table = rendered.map(({ name, sent }) => `${name}\n${sent.map(readable).join('\n')}\n`).join('\n');
    await expect(table).toMatchFileSnapshot(`render-table/${channel}.txt`);
  });

  it('nothing is empty, and only the last message of a turn waits for an answer', () => {
    for (const { name, sent } of rendered) {
      expect(sent.length, name).toBeGreaterThan(0);
      for (const { summary, text } of sent) expect((text ?? summary ?? '').trim(), name).not.toBe('');
      const hints = sent.map(({ inputHint }) => inputHint === 'ignoringInput');
      expect(hints, name).toEqual(sent.map((_, index) => index < sent.length - 1));
    }
  });

  it('every choice of the last reply can be picked', () => {
    for (const { replies, name } of kinds) {
      const [last] = render(channel, replies.slice(-1));
      const shown = last === undefined ? '' : readable(last).toLowerCase();
      const choices = (replies.at(-1)?.choices ?? []).slice(0, 5);
      // A button of one day's times holds the time alone.
      const titles = choices.map(({ label }) => label.toLowerCase().replace(/^.+, (?=\d)/, ''));
      for (const title of titles) expect(shown, name).toContain(channel === 'sms' ? toGsm7(title) : title);
    }
  });

  it('a hostile name is no markup', () => {
    const sent = render(channel, [hostileReply, hostileReply]);
    const honoursPlain = ['webchat', 'directline', 'sms'].includes(channel);
    const texts = honoursPlain ? [] : sent.flatMap(({ summary = '', text = '' }) => [text, summary]);
    const inCards = sent
      .flatMap(cardsOf)
      .flatMap(({ body }) => body.filter(({ type }) => type === 'TextBlock' || type === 'FactSet'))
      .map(lineOf)
      .filter((line) => line !== '__Please check:__');
    expect(sent.every(({ textFormat, text }) => text === undefined || textFormat === 'plain')).toBe(true);
    expect([...texts, ...inCards].join('\n')).not.toMatch(/<|>|\*\*|\]\(|`|&lt;|_/);
    expect(inCards.join('\n')).not.toMatch(/^- |:\/\/|www\./m);
    expect(inCards.length > 0).toBe(channel !== 'sms' && channel !== 'some-unknown');
  });
});

it('SMS: only GSM-7, at most three segments, at most five numbers', () => {
  for (const { name, replies } of [...kinds, { name: 'hostile', replies: [hostileReply] }])
    for (const { attachments, suggestedActions, text = '' } of render('sms', replies)) {
      expect(toGsm7(text), name).toBe(text);
      expect(segmentsOf(text), name).toBeLessThanOrEqual(3);
      expect((text.match(/^[1-9] /gm) ?? []).length, name).toBeLessThanOrEqual(5);
      expect([attachments, suggestedActions], name).toEqual([undefined, undefined]);
    }
});

it('SMS: a confirmation keeps every fact', () => {
  const [booked = { text: '' }] = render('sms', everyReply.es['a booked visit'] ?? []);
  const [said] = everyReply.es['a booked visit'] ?? [];
  for (const line of said?.text.split('\n') ?? ['missing']) expect(booked.text).toContain(toGsm7(line));
});
