// What people hit in other booking bots, row by row, against the whole product. Lost replies and kills are in booking.test.ts and killed.test.ts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { understand } from '../../dialogs/understand.ts';
import type { DayMention } from '../../dialogs/understood.ts';
import { hearingOn, week } from '../dialogs/hearing.ts';
import { type Heard, openPerson, type Person, type Seen, tapOf } from '../support/person.ts';
import { createRunningClock, openProduct, type Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';

const mondayTen = '2025-02-17T15:00:00Z'; // in New York

let product: Product;
beforeEach(async () => {
  product = await openProduct({ clock: createRunningClock(mondayTen) });
});
afterEach(() => product.close());

let conversations = 0;
function meet(channelId = 'webchat'): Person {
  conversations += 1;
  return openPerson(product, { conversation: `pitfall-${conversations}`, channelId });
}

/** Everything said in one turn. */
const words = (replies: readonly Heard[]): string => replies.map(({ whole }) => whole).join('\n');

/** Says all of it; what was said last is answered. */
async function through(person: Person, ...texts: readonly string[]): Promise<readonly Heard[]> {
  let replies: readonly Heard[] = [];
  for (const text of texts) ({ replies } = await person.say(text));
  return replies;
}

const toTime = ['book', 'Ann Bishop 3/12/1984', 'Main Street', 'Doe', 'sick visit', 'feb 20'];
const toConfirm = [...toTime, '9:00'];

async function tap(person: Person, button: Seen | undefined): Promise<string> {
  if (button?.mark === undefined) throw new Error('no such button');
  const [text, more] = tapOf(button);
  return words((await person.say(text, more)).replies);
}
const button = (replies: readonly Heard[], label: string): Seen | undefined =>
  replies.flatMap(({ choices }) => choices).find((choice) => choice.label === label);

async function ours(): Promise<readonly Row[]> {
  const rows = await product.control.appointments();
  return rows.filter((row) => row.notes.startsWith('Bookadoc ') && row.status !== 'Cancelled');
}

test('row 5: the same yes delivered twice at once, and again, while the EHR is slow: one create, one answer', async () => {
  const person = meet('msteams');
  await through(person, ...toConfirm);
  await product.control.fault({ method: 'POST', path: '/api/appointments', effect: 'delay', ms: 700 });
  await product.control.forgetCalls();
  const same = { id: 'delivered-twice' };
  const answers = await Promise.all([person.say('yes', same), person.say('yes', same)]);
  answers.push(await person.say('yes', same));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const said = answers.flatMap(({ replies }) => replies).map(({ text }) => text);
  expect(said).toEqual([expect.stringContaining('successfully booked')]);
  const creates = (await product.control.calls()).filter(({ method }) => method === 'POST');
  expect(creates.length).toBe(1);
  expect(await ours()).toHaveLength(1);
});

describe.each(['webchat', 'msteams'])('row 6: buttons of old messages, on %s', (channelId) => {
  test('of an earlier step, tapped twice, of a finished booking: answered, and nothing changes', async () => {
    const person = meet(channelId);
    const offices = await through(person, 'book', 'Ann Bishop 3/12/1984');
    await tap(person, button(offices, 'Main Street'));
    expect(await tap(person, button(offices, 'Main Street'))).toMatch(
      /^I have your answer to that already\./,
    );
    expect(await tap(person, button(offices, 'Lakeside'))).toMatch(
      /^That step is over, so nothing was changed\./,
    );
    const check = await through(person, 'Doe', 'sick visit', 'feb 20 at 9');
    expect(words(check)).toContain('Where: Main Street');
    expect(await tap(person, button(check, 'Book it'))).toContain('successfully booked');
    expect(await tap(person, button(check, 'Book it'))).toMatch(/^I have your answer to that already\./);
    expect(await tap(person, button(check, 'Change something'))).toMatch(/^That step is over/);
    expect(await tap(person, button(offices, 'Lakeside'))).toMatch(/^That step is over/);
    expect(await ours()).toHaveLength(1);
  });

  test("of another person's chat: answered, and nothing is booked for either", async () => {
    const [one, other] = [meet(channelId), meet(channelId)];
    const check = await through(one, ...toConfirm);
    await through(other, ...toConfirm.with(1, 'Robert Hale 9/14/1979').with(-1, '10:00'));
    expect(await tap(other, button(check, 'Book it'))).toMatch(
      /^That step is over, so nothing was changed\./,
    );
    expect(await ours()).toEqual([]);
  });

  test('forged: a mark that no button ever had is no yes', async () => {
    const person = meet(channelId);
    await through(person, ...toConfirm);
    for (const value of [
      { bookadoc: { step: 'confirm', nonce: 'abc-1', key: 'yes' } },
      { bookadoc: { step: 'confirm', nonce: '0', key: 'book' } },
      { bookadoc: { key: 'yes' } },
      { bookadoc: null },
    ])
      expect(words((await person.say('', { value })).replies)).toContain('Shall I book it?');
    expect(await ours()).toEqual([]);
  });
});

test.each([
  [
    'Main Street',
    'Doe',
    'march 11 at 8',
    'Tuesday, March 11, 2025 at 8:00 AM (Eastern Time)',
    '2025-03-11T08:00:00',
  ],
  [
    'Northgate',
    'Okafor',
    'march 11 at 8',
    'Tuesday, March 11, 2025 at 8:00 AM (Central Time)',
    '2025-03-11T08:00:00',
  ],
  [
    'Northgate',
    'Okafor',
    'march 7 at 8',
    'Friday, March 7, 2025 at 8:00 AM (Central Time)',
    '2025-03-07T08:00:00',
  ],
])(
  'rows 7 and 8: at %s with %s, %s, around the change of the clocks: the same wall time, by its name, everywhere',
  async (office, doctor, day, when, scheduled) => {
    const person = meet();
    const check = await through(person, 'book', 'Ann Bishop 3/12/1984', office, doctor, 'sick visit', day);
    expect(words(check)).toContain(`When: ${when}`);
    expect(words(await through(person, 'yes'))).toContain(`When: ${when}`);
    expect(await ours()).toMatchObject([{ scheduled_time: scheduled }]);
  },
);

test('row 9: "tomorrow" is the office\'s tomorrow, late in its evening, whatever the server calls it', async () => {
  await product.close();
  // 11:30 PM on Monday in New York: Tuesday in London, Tuesday afternoon in Auckland.
  product = await openProduct({ clock: createRunningClock('2025-02-18T04:30:00Z') });
  const check = await through(meet(), ...toTime.slice(0, -1), 'tomorrow at 8:30');
  expect(words(check)).toContain('When: Tuesday, February 18, 2025 at 8:30 AM (Eastern Time)');
});

describe('row 10: a weekday is never past', () => {
  const english = ['', 'this ', 'next ', 'on ', 'coming ', 'this coming ', 'maybe ', 'any time ', 'only '];
  const spanish = ['', 'el ', 'este ', 'el próximo ', 'para el ', 'quizás el '];
  const inEnglish = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const inSpanish = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'];
  const phrases = [
    ...english.flatMap((form) => inEnglish.map((day) => ['en' as const, form + day] as const)),
    ...spanish.flatMap((form) => inSpanish.map((day) => ['es' as const, form + day] as const)),
  ];

  test.each(week)('on %s', (today) => {
    expect(phrases.length).toBeGreaterThanOrEqual(95);
    const { limit } = hearingOn(today);
    const wrong = phrases.flatMap(([language, text]) => {
      const { day } = understand(text, { ...hearingOn(today), language });
      return isAhead(day, today, limit) ? [] : [{ text, day }];
    });
    expect(wrong).toEqual([]);
  });
});

const isAhead = (day: DayMention | undefined, today: string, limit: string): boolean => {
  if (day?.kind === 'days') return today < day.from && day.from <= day.to && day.to <= limit;
  return day?.kind === 'choices' && day.dates.every((date) => today < date && date <= limit);
};

// Shown when these are said: Thu Feb 20, 8:00 | 8:30 | 9:00 | 10:00 | 10:30 | 11:00 | More | Another day.
test.each([
  ['thursday at 3', /^When: Thursday, February 20, 2025 at 3:00 PM/m],
  ['3:45', /^That time is not open/],
  ['no start over at 1', /^Do you want to start over/],
  ['the last one', /^I did not catch a time/],
  ['4:15 pm', /^That time is not open/],
  ['friday', /What time on Fri Feb 21/],
  ['3pm friday', /^That time is not open/],
  ['can I talk to a human', /call \(518\) 555-0112/],
  ['een', /^I did not catch a time/],
  ['room 3', /^I did not catch a time/],
  ['3', /^When: Thursday, February 20, 2025 at 9:00 AM/m],
])('row 11: "%s" picks no time by its number unless it is one', async (text, expected) => {
  expect(words(await through(meet(), ...toTime, text))).toMatch(expected);
});

describe('row 12: yes is yes', () => {
  test.each([
    ['webchat', 'yes'],
    ['webchat', 'Yes, please'],
    ['msteams', 'YES'],
    ['sms', '1'],
    ['sms', 'book it'],
  ])(
    'on %s, "%s" books the visit that was just read out, and no other is offered',
    async (channelId, text) => {
      const replies = await through(meet(channelId), ...toConfirm, text);
      expect(words(replies)).toMatch(/^Your appointment has been successfully booked\.$/m);
      expect(await ours()).toMatchObject([{ scheduled_time: '2025-02-20T09:00:00' }]);
    },
  );

  test('lost to somebody else: said once, three near ones at most, nothing booked', async () => {
    const person = meet();
    await through(person, ...toConfirm);
    await take('2025-02-20T09:00:00');
    const replies = await through(person, 'yes');
    expect(words(replies).match(/somebody else just took that time/g)).toHaveLength(1);
    expect(times(replies).length).toBeLessThanOrEqual(3);
    expect(times(replies).length).toBeGreaterThan(0);
    expect(await ours()).toEqual([]);
  });

  test('lost twice: the phone of the office', async () => {
    const person = meet();
    await through(person, ...toConfirm);
    await take('2025-02-20T09:00:00');
    await through(person, 'yes', '10:00');
    await take('2025-02-20T10:00:00');
    expect(words(await through(person, 'yes'))).toContain('(518) 555-0112');
  });
});

const times = (replies: readonly Heard[]): readonly string[] =>
  replies
    .flatMap(({ choices }) => choices.map(({ label }) => label))
    .filter((label) => /\d:\d\d/.test(label));

const take = (scheduled_time: string): Promise<void> =>
  product.control.addAppointment({
    doctor: 511718,
    office: 123456,
    patient: 125651759,
    exam_room: 4,
    scheduled_time,
    duration: 30,
  });

const annBishop = 125651758;
const wish = 'sick visit with Dr. Okafor on Friday at 8:30';

describe('row 20: whoever names somebody else does not get a visit for the one before', () => {
  test.each([
    `This is Robert Hale, born 9/14/1979, ${wish}`,
    `Hello again, this is Robert Hale, born 9/14/1979, I need a ${wish}`,
    `now one for Robert Hale 9/14/1979, ${wish}`,
    `and for my husband, a ${wish}`,
  ])('after a booking: "%s"', async (text) => {
    const person = meet();
    await through(person, ...toConfirm, 'yes');
    expect(words(await through(person, text))).not.toContain('For: Ann Bishop');
    await through(person, 'yes');
    expect((await ours()).filter(({ patient }) => patient === annBishop)).toHaveLength(1);
  });

  test.each(['it is for Robert Hale, born 9/14/1979', 'for my husband Robert Hale 9/14/1979'])(
    'at the last question: "%s"',
    async (text) => {
      const person = meet();
      expect(words(await through(person, ...toConfirm, text))).not.toContain('For: Ann Bishop');
      await through(person, 'yes');
      expect((await ours()).filter(({ patient }) => patient === annBishop)).toEqual([]);
    },
  );
});

test('row 21: five messages in 50 ms: each is answered, in their order, and none is lost', async () => {
  const person = meet();
  await through(person, 'book');
  const texts = ['Ann Bishop', '3/12/1984', 'Main Street', 'Doe', 'sick visit'];
  const answers = await Promise.all(
    texts.map(async (text, at) => {
      await new Promise((resolve) => setTimeout(resolve, at * 10));
      return person.say(text);
    }),
  );
  expect(answers.map(({ status, replies }) => [status, words(replies).split('\n').at(-1)])).toEqual([
    [200, expect.stringContaining('What is the date of birth?')],
    [200, 'Which office would you like to visit?'],
    [200, 'Which doctor would you like to see?'],
    [200, 'What kind of visit is it?'],
    [200, expect.stringContaining('Which day suits you?')],
  ]);
});

test.each([
  'yes',
  'YES',
  'Yes.',
  'START',
  'UNSTOP',
  'STOP',
  'STOPALL',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'HELP',
  'INFO',
])("the carrier's word %s, should it come through by SMS, books nothing and is answered", async (text) => {
  const replies = await through(meet('sms'), ...toConfirm, text);
  expect(words(replies).trim()).not.toBe('');
  expect(await ours()).toEqual([]);
});
