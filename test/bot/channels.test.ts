// Every kind of reply on every kind of channel, as it is sent.
import type { Activity } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../bot/activity.ts';
import { confirmationType, receiptFor, renderReplies } from '../../bot/channels.ts';
import { readTap, withTappedText } from '../../bot/taps.ts';
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

const days = {
  to: ['user-1'],
  actions: [
    { type: 'imBack', title: 'mar 18 feb', value: '2025-02-18' },
    { type: 'imBack', title: 'mié 19 feb', value: '2025-02-19' },
  ],
};
const numberedDays = '¿Qué día?\n1. mar 18 feb\n2. mié 19 feb';
const asData = { value: confirmation, valueType: confirmationType };
const inert = '∗a∗ ˍbˍ ˋcˋ ‹b›d‹/b› ［x］(http://y) ＆lt; #1\n＃ e ∼f∼ ＼∗ a∣b';

/** Text, buttons and data of the four replies above on each channel. */
const table: readonly (readonly [
  channel: string,
  choicesText: string | undefined,
  suggested: object | undefined,
  data: object,
  hostileText: string | undefined,
])[] = [
  ['webchat', choices.text, days, asData, hostile.text],
  ['directline', choices.text, days, asData, hostile.text],
  ['emulator', choices.text, days, asData, inert],
  ['msteams', undefined, undefined, asData, undefined],
  ['sms', '¿Qué dia?\n1 mar 18 feb\n2 mié 19 feb', undefined, {}, hostile.text.replace('`c`', "'c'")],
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
    expect(sent).toMatchObject({ locale: 'es-US', inputHint: 'expectingInput' });
    expect(sent?.text).toBe(choicesText);
    expect(sent?.suggestedActions).toEqual(suggested);
  });

  it('a confirmation', () => {
    const [sent] = render(channel, booked);
    expect(sent?.text ?? sent?.summary).toBe(booked.text);
    expect({ value: sent?.value, valueType: sent?.valueType }).toEqual({
      value: undefined,
      valueType: undefined,
      ...data,
    });
  });

  it('nothing is markup', () => {
    const [sent] = render(channel, hostile);
    expect(sent?.text).toBe(hostileText);
    if (hostileText === undefined) expect(sent?.summary).toBe(inert);
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

describe('a grid of times', () => {
  const time = (label: string) => ({ key: label, label, value: label });
  const grid = (text: string, ...labels: readonly string[]): Reply => ({
    text,
    language: 'en',
    layout: 'grid',
    choices: [...labels, 'More'].map(time),
  });

  it('of a day that the text names has buttons with the time alone, which say all', () => {
    const asked = grid('What time on Tue Feb 18?', 'Tue Feb 18, 8:00 AM', 'Tue Feb 18, 8:30 AM');
    const actions = render('webchat', asked)[0]?.suggestedActions?.actions;
    expect(actions?.map(({ title, value }) => [title, value])).toEqual([
      ['8:00 AM', 'Tue Feb 18, 8:00 AM'],
      ['8:30 AM', 'Tue Feb 18, 8:30 AM'],
      ['More', 'More'],
    ]);
  });

  it.each([
    ['several days', grid('On Tue Feb 18 or later:', 'Tue Feb 18, 8:00 AM', 'Wed Feb 19, 8:00 AM')],
    ['a day that the text does not name', grid('The closest ones:', 'Tue Feb 18, 8:00 AM')],
  ])('of %s keeps its labels', (_, asked) => {
    const titles = render('webchat', asked)[0]?.suggestedActions?.actions.map(({ title }) => title);
    expect(titles).toEqual(asked.choices?.map(({ label }) => label));
  });

  it('has whole labels where they are text', () => {
    const asked = grid('What time on Tue Feb 18?', 'Tue Feb 18, 8:00 AM');
    expect(render('slack', asked)[0]?.text).toContain('1. Tue Feb 18, 8:00 AM');
    expect(render('msteams', asked)[0]?.summary).toContain('1. Tue Feb 18, 8:00 AM');
  });
});

describe('a tap', () => {
  const question = { step: 'day', nonce: 'n0nce' };
  const asked = { ...choices, question };
  const mark = { bookadoc: { ...question, key: 'a' } };

  it('on web chat says the value, shows the label, and carries the mark', () => {
    expect(render('webchat', asked)[0]?.suggestedActions?.actions[0]).toEqual({
      type: 'messageBack',
      title: 'mar 18 feb',
      text: '2025-02-18',
      displayText: 'mar 18 feb',
      value: mark,
    });
  });

  it('in the Agents Playground can only say the value', () => {
    expect(render('emulator', asked)[0]?.suggestedActions?.actions).toEqual(days.actions);
  });

  it('comes back as it was sent, whatever the channel makes of it', () => {
    for (const value of [mark, mark.bookadoc, JSON.stringify(mark), { ...mark, msteams: { text: 'x' } }])
      expect(readTap({ value })).toEqual(mark.bookadoc);
  });

  it.each<[what: string, value: unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Tuesday'],
    ['broken JSON', '{"bookadoc":'],
    ['JSON beyond all sense', JSON.stringify({ ...mark, more: 'x'.repeat(1_000) })],
    ['a list', [mark]],
    ['no key', { bookadoc: question }],
    ['an empty key', { bookadoc: { ...question, key: '' } }],
    ['a key that is a number', { bookadoc: { ...question, key: 7 } }],
    ['a key beyond all sense', { bookadoc: { ...question, key: 'x'.repeat(201) } }],
    ['a step with spaces', { bookadoc: { ...mark.bookadoc, step: 'a b' } }],
    ['a nonce with markup', { bookadoc: { ...mark.bookadoc, nonce: '<b>' } }],
    ['what cannot be read', Object.defineProperty({}, 'bookadoc', { get: () => 'x' })],
  ])('that is %s is none', (_, value) => {
    expect(readTap({ value })).toBeUndefined();
  });
});

describe('on Teams', () => {
  const question = { step: 'time', nonce: 'n0nce' };
  const times = Array.from({ length: 7 }, (_, n) => ({
    key: `k${n}`,
    label: `Tue ${n}:30`,
    value: `${n}:30`,
  }));
  const cardIn = (sent: Partial<Activity> | undefined) => sent?.attachments?.[0]?.content;

  it('a question is a card, and its text stands where cards are not shown', () => {
    const [sent] = render('msteams', { ...plain, choices: times.slice(0, 2), question });
    const fallback = 'Which office?\n1. Tue 0:30\n2. Tue 1:30';
    expect(sent).not.toHaveProperty('text');
    expect([sent?.summary, cardIn(sent).fallbackText]).toEqual([fallback, fallback]);
    expect(cardIn(sent)).toMatchObject({ type: 'AdaptiveCard', version: '1.5', lang: 'en' });
  });

  it('a button says the value in the patient’s name, and carries the mark', () => {
    const [sent] = render('msteams', { ...plain, choices: times.slice(0, 1), question });
    expect(cardIn(sent).body[1].actions).toEqual([
      {
        type: 'Action.Submit',
        title: 'Tue 0:30',
        data: {
          msteams: { type: 'messageBack', text: '0:30', displayText: 'Tue 0:30' },
          bookadoc: { ...question, key: 'k0' },
        },
      },
    ]);
  });

  it('in the Agents Playground a button has no part of Teams’ own, and what it says comes back as text', () => {
    const playground = { ...on('msteams'), serviceUrl: 'http://localhost:56150/_connector' };
    const [sent] = renderReplies([{ ...plain, choices: times.slice(0, 1), question }], playground);
    const { data } = cardIn(sent).body[1].actions[0];
    expect(data).toEqual({ says: '0:30', bookadoc: { ...question, key: 'k0' } });
    expect(withTappedText({ ...playground, text: '', value: data }).text).toBe('0:30');
    expect(withTappedText({ ...playground, text: 'typed', value: data }).text).toBe('typed');
    expect(withTappedText({ ...playground, text: '', value: { says: { not: 'text' } } }).text).toBe('');
  });

  it('times stand in a grid, three in a row, the last row as wide', () => {
    const [sent] = render('msteams', { ...plain, layout: 'grid', choices: times, question });
    const rows: { type: string; columns: { items: unknown[] }[] }[] = cardIn(sent).body.slice(1);
    expect(rows.map(({ columns, type }) => [type, ...columns.map(({ items }) => items.length)])).toEqual([
      ['ColumnSet', 1, 1, 1],
      ['ColumnSet', 1, 1, 1],
      ['ColumnSet', 1, 0, 0],
    ]);
  });

  it('the question under a card’s facts has its first button stand out, beside the others', () => {
    const card = {
      title: 'Please check:',
      rows: [{ label: 'For', value: 'Ann' }],
      closing: 'Shall I book it?',
    };
    const asked = { text: 'Please check:', choices: times.slice(0, 2), language: 'en', question } as const;
    const styles = (reply: Reply) => {
      const { actions }: { actions: { style?: string }[] } = cardIn(render('msteams', reply)[0]).body.at(-1);
      return actions.map(({ style }) => style);
    };
    expect(styles({ ...asked, card })).toEqual(['positive', undefined]);
    expect(styles(asked)).toEqual([undefined, undefined]);
  });

  it('what turns to other days or times stands below the grid', () => {
    const more = { key: 'more', label: 'More', value: 'More' };
    const choices = [...times.slice(0, 4), more];
    const [sent] = render('msteams', { ...plain, layout: 'grid', choices, question });
    const rows: { type: string; actions?: { title: string }[] }[] = cardIn(sent).body.slice(1);
    expect(rows.map(({ actions, type }) => actions?.map(({ title }) => title) ?? type)).toEqual([
      'ColumnSet',
      'ColumnSet',
      ['More'],
    ]);
  });

  it('lines are a card, so that they stay lines; one line is a text', () => {
    const [sent] = render('msteams', { text: 'Thank you, Ann.\nWhich office?', language: 'en' });
    const shown: { text?: string }[] = cardIn(sent).body;
    expect(shown.map(({ text }) => text)).toEqual(['Thank you, Ann.', 'Which office?']);
    expect(render('msteams', plain)[0]).not.toHaveProperty('attachments');
  });

  it('facts keep the sentences around them', () => {
    const card = {
      title: 'Please check:',
      rows: [{ label: 'For', value: 'Ann' }],
      closing: 'Shall I book it?',
    };
    const text = 'Thank you, Ann.\nPlease check:\nFor: Ann\nBring your card.\nShall I book it?';
    const [sent] = render('msteams', { text, card, language: 'en' });
    const shown: { text?: string; facts?: unknown }[] = cardIn(sent).body;
    expect(shown.map(({ facts, text }) => text ?? facts)).toEqual([
      'Thank you, Ann.',
      'Please check:',
      [{ title: 'For', value: 'Ann' }],
      'Bring your card.',
      'Shall I book it?',
    ]);
  });

  it('nothing in a card is markup, a list or a link', () => {
    const text = '- a\n1. b\n**c** [d](http://e.example) www.f.example g@h.example';
    const [sent] = render('msteams', { text, choices: times.slice(0, 1), language: 'en' });
    const shown: { text?: string }[] = cardIn(sent).body;
    expect(shown.flatMap(({ text }) => text ?? [])).toEqual([
      '‐ a',
      '1․ b',
      '∗∗c∗∗ ［d］(http∶//e.example) www․f.example g＠h.example',
    ]);
  });
});

describe('the receipt in the place of a used card', () => {
  const tapped = { replyToId: 'card-1', value: { bookadoc: { step: 'day', nonce: 'n', key: 'a' } } };
  const replies: readonly Reply[] = [plain, { ...plain, receipt: 'Tue Feb 18' }];

  it('on Teams: words without buttons, at the card’s id', () => {
    const sent = receiptFor(replies, { ...on('msteams'), ...tapped });
    expect(sent).toMatchObject({ type: 'message', id: 'card-1', text: 'Tue Feb 18', textFormat: 'plain' });
    expect(sent).not.toHaveProperty('attachments');
  });

  it.each<[string, readonly Reply[], Activity]>([
    ['where no reply has one', [plain], { ...on('msteams'), ...tapped }],
    ['where the channel replaces no cards', replies, { ...on('webchat'), ...tapped }],
    ['where it was typed, not tapped', replies, { ...on('msteams'), ...tapped, value: undefined }],
    ['where the card is not known', replies, { ...on('msteams'), value: tapped.value }],
  ])('none %s', (_, said, incoming) => {
    expect(receiptFor(said, incoming)).toBeUndefined();
  });
});

describe('a link', () => {
  const link = { label: 'Add to calendar', path: '/calendar/a.b-c.ics' };
  const linked: Reply = { ...booked, card: { title: 'Booked.', rows: [] }, link };
  const own = (): Activity => ({ ...on('webchat'), serviceUrl: 'urn:bookadoc:directline' });
  const open = { type: 'Action.OpenUrl', title: 'Add to calendar' };
  const whole = 'https://book.example.com/calendar/a.b-c.ics';
  const render = (incoming: Activity, publicUrl?: string) =>
    JSON.stringify(renderReplies([linked], incoming, publicUrl));

  it('is a path in our own web chat, where no address is set', () => {
    expect(render(own())).toContain(JSON.stringify({ ...open, url: link.path }));
  });

  it.each(['webchat', 'directline', 'emulator', 'msteams', 'sms', 'slack'])(
    'is not there on %s, which does not know where we are',
    (channelId) => {
      const sent = render(on(channelId));
      expect(sent).not.toContain('/calendar/');
      expect(sent).not.toContain(link.label);
    },
  );

  it.each(['webchat', 'emulator', 'msteams'])('is a button of the card on %s', (channelId) => {
    const sent = render(on(channelId), 'https://book.example.com');
    expect(sent).toContain(JSON.stringify({ ...open, url: whole }));
  });

  it.each(['sms', 'slack'])('is a line of the text on %s, as it is', (channelId) => {
    const [sent, ...more] = renderReplies([linked], on(channelId), 'https://book.example.com');
    expect(sent?.text?.split('\n')).toContain(`Add to calendar: ${whole}`);
    expect(more).toEqual([]);
  });

  it('stands under its sentence where there are no facts', () => {
    const { card: _, ...bare } = linked;
    const [sent] = renderReplies([bare], own());
    expect(JSON.stringify(sent?.attachments)).toContain(JSON.stringify({ ...open, url: link.path }));
  });
});
