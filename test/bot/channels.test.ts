// Every kind of reply on every kind of channel, as it is sent.
import type { Activity } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../bot/activity.ts';
import { confirmationType, renderReplies } from '../../bot/channels.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { message } from './support.ts';

const plain: Reply = { text: 'Which office?', language: 'en' };
const choices: Reply = {
  text: '¿Qué día?',
  language: 'es',
  choices: [
    { key: 'a', label: 'mar 18 feb', value: '2025-02-18' },
    { key: 'b', label: 'mié 19 feb', value: '2025-02-19' },
  ],
};
const confirmation = {
  message: 'Your appointment has been successfully booked.',
  appointmentDetails: { appointmentId: '42', date: '02/18/2025', time: '08:00 AM', provider: 'Dr. John Doe' },
};
const booked: Reply = { text: 'Booked.\nDr. John Doe', language: 'en', confirmation };
const hostile: Reply = {
  text: '*a* _b_ `c` <b>d</b> [x](http://y) &lt; #1\n# e ~f~ \\* a|b',
  language: 'en',
};

function on(channelId: string): Activity {
  const parsed = parseActivity(message({ channelId }));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}
const render = (channelId: string, ...replies: readonly Reply[]) => renderReplies(replies, on(channelId));

const buttons = (...pairs: readonly (readonly [string, string])[]) => ({
  to: ['user-1'],
  actions: pairs.map(([title, value]) => ({ type: 'imBack', title, value })),
});
const days = buttons(['mar 18 feb', '2025-02-18'], ['mié 19 feb', '2025-02-19']);
const numberedDays = '¿Qué día?\n1. mar 18 feb\n2. mié 19 feb';
const asData = { value: confirmation, valueType: confirmationType };
const inert = '∗a∗ ˍbˍ ˋcˋ ‹b›d‹/b› ［x］(http://y) ＆lt; #1\n＃ e ∼f∼ ＼∗ a∣b';

/** Text, buttons and data of the four replies above on each channel. */
const table: readonly (readonly [
  channel: string,
  choicesText: string,
  suggested: object | undefined,
  data: object,
  hostileText: string,
])[] = [
  ['webchat', choices.text, days, asData, hostile.text],
  ['directline', choices.text, days, asData, hostile.text],
  ['emulator', choices.text, days, asData, inert],
  ['msteams', numberedDays, days, asData, inert],
  ['sms', numberedDays, undefined, {}, hostile.text],
  ['slack', numberedDays, undefined, asData, inert],
  ['constructor', numberedDays, undefined, asData, inert],
];

describe.each(table)('on %s', (channel, choicesText, suggested, data, hostileText) => {
  it('a sentence', () => {
    expect(render(channel, plain)).toEqual([
      {
        type: 'message',
        channelId: channel,
        serviceUrl: 'http://127.0.0.1:9',
        conversation: { id: 'conversation-1' },
        from: { id: 'bot-1', name: 'Bookadoc' },
        recipient: { id: 'user-1', name: 'Marked Name' },
        replyToId: 'activity-1',
        text: 'Which office?',
        textFormat: 'plain',
        locale: 'en-US',
        inputHint: 'acceptingInput',
      },
    ]);
  });

  it('choices', () => {
    const [sent] = render(channel, choices);
    expect(sent).toMatchObject({ text: choicesText, locale: 'es-US', inputHint: 'expectingInput' });
    expect(sent?.suggestedActions).toEqual(suggested);
  });

  it('a confirmation', () => {
    const [sent] = render(channel, booked);
    expect(sent?.text).toBe(booked.text);
    expect({ value: sent?.value, valueType: sent?.valueType }).toEqual({
      value: undefined,
      valueType: undefined,
      ...data,
    });
  });

  it('nothing is markup', () => {
    expect(render(channel, hostile)[0]?.text).toBe(hostileText);
  });
});

describe('several replies', () => {
  it('keep their order; only the last has buttons and waits for an answer', () => {
    const sent = render('webchat', choices, plain, choices);
    expect(sent.map(({ text, inputHint }) => [text, inputHint])).toEqual([
      ['¿Qué día?', 'ignoringInput'],
      ['Which office?', 'ignoringInput'],
      ['¿Qué día?', 'expectingInput'],
    ]);
    expect(sent.map(({ suggestedActions }) => suggestedActions !== undefined)).toEqual([false, false, true]);
  });
});

it('Teams shows six buttons at most; the text lists them all', () => {
  const many = Array.from({ length: 9 }, (_, n) => ({
    key: `${n}`,
    label: `day ${n + 1}`,
    value: `${n + 1}`,
  }));
  const [sent] = render('msteams', { ...plain, choices: many });
  expect(sent?.suggestedActions?.actions).toHaveLength(6);
  expect(sent?.text?.split('\n')).toHaveLength(10);
});
