// Conversations that change their mind, stall, switch, stop or come back later: nothing is guessed, nothing is lost.
import { describe, expect, test } from 'vitest';
import {
  at930,
  booked,
  confirmQuestion,
  dayQuestion,
  doctorQuestion,
  greeting,
  officeQuestion,
  timeQuestion,
  toConfirm,
  toDay,
  toName,
  toOffice,
  toTime,
  typeQuestion,
} from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(
  options: { channelId?: string; isGroup?: boolean; conversationType?: string; locale?: string } = {},
) {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}

const changeQuestion = `What would you like to change?
  [Change the office | Change the doctor | Change the visit type | Change the day | Change the time | Change the patient | Start over]`;
const nameQuestion = 'Who is the appointment for? Please write the first and last name.';

test('the person can be changed at the last question; the rest stays', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > no
    < ${changeQuestion}
    > Change the patient
    < Who is the appointment for? Please write the first and last name.
    `,
  );
});

test('"no" changes one answer and what depends on it; the rest stays', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > no
    < ${changeQuestion}
    > the doctor
    < ${doctorQuestion}
    > lee
    < Which of these do you mean?
    [Dr. Ann Lee | Dr. Bob Lee]
    > bob
    < ${dayQuestion}
    > tuesday at 9
    < ${confirmQuestion('Tuesday, February 11, 2025 at 9:00 AM', { doctor: 'Dr. Bob Lee' })}
    > change the visit type
    < ${typeQuestion}
    > new patient
    < ${dayQuestion}
    > wed at 10:30
    < ${confirmQuestion('Wednesday, February 12, 2025 at 10:30 AM', { doctor: 'Dr. Bob Lee', visit: 'New patient visit' })}
    > another time
    < ${timeQuestion('Wed Feb 12')}
    > 1
    < ${confirmQuestion('Wednesday, February 12, 2025 at 9:00 AM', { doctor: 'Dr. Bob Lee', visit: 'New patient visit' })}
    > no, friday at 10
    < ${confirmQuestion('Friday, February 14, 2025 at 10:00 AM', { doctor: 'Dr. Bob Lee', visit: 'New patient visit' })}
    > no
    < ${changeQuestion}
    > 1
    < ${officeQuestion}
    > lakeside
    < ${dayQuestion}
    > tomorrow 9 am
    < ${confirmQuestion('Tuesday, February 11, 2025 at 9:00 AM', { doctor: 'Dr. Bob Lee', office: 'Lakeside, 4 Lake Road, Riverbend', visit: 'New patient visit' })}
    `,
  );
});

test('only an explicit yes books', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  // Half a yes gets the question again as often as it is said, and never counts as a miss.
  const half = ['ok', 'maybe', '👍', 'sure', 'y', 'sounds good', 'yeah', 'perfect', 'vale', 'claro'];
  const unsure = [...half, 'yes but not there', 'yes?no', ...half];
  for (const text of unsure) {
    const [reply, ...others] = await chat.say(text);
    expect({ text, reply, others }).toEqual({
      text,
      reply: expect.stringContaining('Shall I book it?\n[Book it | Change something]'),
      others: [],
    });
  }
  await play(
    chat,
    `> 1
    < I am sorry, I still do not understand. A person can book it with you: please call 555-0101. I kept your answers, and we can try again here.
    [Try again]`,
  );
  // After the third miss "yes" is one to "try again?".
  await play(chat, `> yes\n< ${confirmQuestion(at930)}`);
  for (const text of ['book a cab', 'confirm?? no']) await chat.say(text);
  expect(useCases.requests).toEqual([]);
  await play(chat, `> Yes, book it!\n< ${booked(at930, '901')}`);
});

test('a second yes is an echo of the first', async () => {
  const { useCases, chat } = open();
  const already = `< That appointment is already booked. There is nothing more to do.
    [Book another appointment]`;
  await play(
    chat,
    `${toConfirm}
    > Book it
    < ${booked(at930, '901')}
    > Book it
    ${already}
    > yes
    ${already}
    > cancel
    < Please check the visit:
    For: Maria Lopez
    With: Dr. John Doe
    When: ${at930} (Eastern Time)
    Where: Main Street
    Shall I cancel it? If you like, say why: "yes, because ..."
    [Cancel it | Keep it]
    > ok
    < I cancel only when you clearly say so.
    Please check the visit:
    For: Maria Lopez
    With: Dr. John Doe
    When: ${at930} (Eastern Time)
    Where: Main Street
    Shall I cancel it? If you like, say why: "yes, because ..."
    [Cancel it | Keep it]
    > keep it
    < Your visit is unchanged: Dr. John Doe, ${at930} (Eastern Time).
    [Book an appointment]
    > cancel booking
    < Please check the visit:
    For: Maria Lopez
    With: Dr. John Doe
    When: ${at930} (Eastern Time)
    Where: Main Street
    Shall I cancel it? If you like, say why: "yes, because ..."
    [Cancel it | Keep it]
    > cancel
    < Your visit is cancelled: Dr. John Doe, ${at930} (Eastern Time). For one minute you can write "undo".
    [Undo | Book an appointment]
    > yes
    < ${officeQuestion}
    `,
  );
  expect(useCases.requests.length).toBe(1);
});

test.each([
  'yes',
  'Yes please',
  'YES!',
  'confirm',
  'Confirmed',
  'book it',
  'sí',
  'Si, por favor',
  'confirmar',
  'Book it',
])('"%s" is an explicit yes', async (text) => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  await chat.say(text);
  expect(useCases.requests.length).toBe(1);
});

test('back from the first question of a second booking asks for whom it is', async () => {
  const { useCases, chat } = open();
  await play(
    chat,
    `${toConfirm}
    > yes
    < ${booked(at930, '901')}
    > book another
    < ${officeQuestion}
    > back
    < ${nameQuestion}
    > back
    < There is nothing to go back to: this is the first question.
    ${nameQuestion}
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    ${officeQuestion}
    `,
  );
  expect(useCases.claims.length).toBe(2);
});

test('back goes one answer back at a time, to the first', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > back
    < ${timeQuestion('Tue Feb 18')}
    > another day
    < ${dayQuestion}
    > back
    < ${typeQuestion}
    > atrás
    < ${doctorQuestion}
    > go back
    < ${officeQuestion}
    > back
    < ${nameQuestion}
    > back
    < There is nothing to go back to: this is the first question.
    ${nameQuestion}
    > Sam Stone
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > back
    < ${nameQuestion}
    `,
  );
});

test('start over asks first', async () => {
  const { useCases, chat } = open();
  await play(
    chat,
    `${toTime}
    > no start over at 1
    < Do you want to start over? Your answers so far will be dropped.
    [Start over | Keep going]
    > no, don't start over
    < ${timeQuestion('Tue Feb 18')}
    > start over
    < Do you want to start over? Your answers so far will be dropped.
    [Start over | Keep going]
    > start over
    < OK, we start from the beginning.
    ${officeQuestion}
    > back
    < ${nameQuestion}
    > Sam Stone 12/1/1975
    < Thank you, Sam.
    ${officeQuestion}
    `,
  );
  expect(useCases.claims.length).toBe(2);
});

test('help, a person, another language and stop work at a question, and keep it', async () => {
  await play(
    open().chat,
    `${toOffice}
    > help
    < I book, show, move and cancel doctor's appointments. Answer my question in your own words, or pick from the list. You can also write "my appointments", "back", "start over", "stop", "person" or "español". To talk to us, call 555-0100.
    ${officeQuestion}
    > can I talk to a person?
    < Of course. Please call 555-0100 to talk to a person.
    ${officeQuestion}
    > cancel my appointment
    < You have no visits coming up. Back to your new appointment.
    ${officeQuestion}
    > español
    < Muy bien, seguimos en español.
    ¿A qué consultorio quiere ir?
    [Main Street | Lakeside]
    > English
    < OK, English it is.
    ${officeQuestion}
    > never mind
    < OK, I stopped. Nothing more was booked. Write "book" when you want to begin again.
    > change my appointment
    < You have no visits coming up.
    [Book an appointment]
    `,
  );
});

test('on SMS no carrier word is ever suggested', async () => {
  const { chat } = open({ channelId: 'sms' });
  const said: string[] = [];
  for (const text of [
    'hi',
    'help',
    '1',
    'help',
    'Maria Lopez 3/25/1980',
    'x',
    'x',
    'x',
    '1',
    '1',
    '1',
    '1',
    '1',
    'yes',
    'person',
    'no',
    'start over',
    'no',
    '1',
  ])
    said.push(...(await chat.say(text)));
  expect(said.length).toBeGreaterThanOrEqual(19);
  for (const text of said)
    expect(text).not.toMatch(
      /["'](?:stop|stopall|unsubscribe|cancel|end|quit|revoke|opt out|start|yes|unstop|help|info)["']/i,
    );
});

test('misses: other words, a hint, the phone; never a dead end, and never the words that were typed', async () => {
  await play(
    open().chat,
    `${toOffice}
    > xyzzy
    < I did not catch which one you mean.
    ${officeQuestion}
    > qwerty
    < I did not catch which one you mean. Please pick one from the list.
    ${officeQuestion}
    > xyzzy
    < I am sorry, I still do not understand. A person can book it with you: please call 555-0100. I kept your answers, and we can try again here.
    [Try again]
    > 1
    < ${officeQuestion}
    > xyzzy
    < I did not catch which one you mean.
    ${officeQuestion}
    > xyzzy
    < I did not catch which one you mean. Please pick one from the list.
    ${officeQuestion}
    > xyzzy
    < I am sorry, I still do not understand. A person can book it with you: please call 555-0100. I kept your answers, and we can try again here.
    [Try again]
    > lakeside
    < ${doctorQuestion}
    > xyzzy
    < I did not catch which one you mean.
    ${doctorQuestion}
    `,
  );
  await play(
    open().chat,
    `${toName}
    > Maria
    < Please write the first and the last name together, like Ana Smith.
    > idk
    < I did not catch a name in that. Please write only the first and last name, like Ana Smith. To see open times first, write "times".
    ${nameQuestion}
    > Maria Lopez
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > last spring
    < I did not catch a date in that.
    What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 3/25/05
    < Please write the year with four digits.
    What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 2/30/1980
    < That date of birth cannot be right.
    What is the date of birth? Please write month, day and year, like 03/25/1980.
    `,
  );
});

describe('later', () => {
  test('after 15 minutes the person is forgotten, the choices are kept', async () => {
    const { useCases, chat } = open();
    await play(chat, toConfirm);
    chat.wait(15.1);
    await play(
      chat,
      `
      > yes
      < It has been a while. For your privacy I forgot who you are, so I have to ask again.
      ${nameQuestion}
      > Maria Lopez 3/25/1980
      < Thank you, Maria.
      ${confirmQuestion(at930)}
      > yes
      < ${booked(at930, '901')}
      `,
    );
    chat.wait(14);
    await play(chat, `> book another appointment\n< ${officeQuestion}`);
    chat.wait(16);
    await play(
      chat,
      `
      > lakeside
      < It has been a while. For your privacy I forgot who you are, so I have to ask again.
      ${nameQuestion}
      > Sam Stone, 12/1/1975
      < Thank you, Sam.
      ${doctorQuestion}
      `,
    );
    expect(JSON.stringify(await chat.kept())).not.toContain('1975');
    chat.wait(16);
    await chat.say('hello');
    expect(JSON.stringify(await chat.kept())).not.toContain('Stone');
    expect(useCases.requests.length).toBe(1);
  });

  test('a restart between any two turns goes on at the same question', async () => {
    const { chat } = open();
    await play(chat, `${toConfirm}\n> yes\n< ${booked(at930, '901')}`, chat.restart);
  });

  test('a memory of another version is discarded, and said so', async () => {
    const { chat } = open();
    await play(chat, toTime);
    await chat.keep('memory', { v: 0, step: 4 });
    await play(
      chat,
      `
      > 9:30
      < I keep what you write for 30 days, and your visits while the practice keeps its records. Write "my data" to see or delete it.
      I was updated since we last talked, so we have to start again. I am sorry about that.
      Would you like to book an appointment?
      [Book an appointment]
      > 1
      < ${nameQuestion}
      `,
    );
  });

  test("a dialog stack of another release, or a lost one, does not lose the question's place", async () => {
    const { chat } = open();
    await play(chat, toTime);
    await chat.keep('dialog', { dialogStack: [{ id: 'gone', state: { stepIndex: 3 } }] });
    await play(chat, `> 9:30\n< ${timeQuestion('Tue Feb 18')}\n> 9:30\n< ${confirmQuestion(at930)}`);
    await chat.keep('dialog', undefined);
    await play(chat, `> yes\n< ${confirmQuestion(at930)}\n> yes\n< ${booked(at930, '901')}`);
  });

  test('the state is small, and after a booking tiny', async () => {
    const { chat } = open();
    await play(chat, toTime);
    expect(JSON.stringify(await chat.kept()).length).toBeLessThan(1000);
    await play(chat, `> 9:30\n< ${confirmQuestion(at930)}\n> yes\n< ${booked(at930, '901')}`);
    expect(JSON.stringify(await chat.kept()).length).toBeLessThan(240);
  });
});

describe('what is not a plain message', () => {
  test('other activities say nothing', async () => {
    const { chat } = open();
    for (const type of ['typing', 'messageReaction', 'endOfConversation', 'event', 'installationUpdate'])
      expect(await chat.send({ type })).toEqual([]);
    expect(await chat.send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot', name: '' }] })).toEqual(
      [],
    );
  });

  test('an arrival is greeted once', async () => {
    const { chat } = open();
    const arrival = { type: 'conversationUpdate', membersAdded: [{ id: 'user', name: '' }] };
    expect((await chat.send(arrival)).length).toBe(1);
    expect(await chat.send(arrival)).toEqual([]);
    await play(chat, `> hi\n< Would you like to book an appointment?\n[Book an appointment]`);
  });

  test('an attachment alone, or 501 characters, get a polite answer and the question again', async () => {
    const { chat } = open();
    await play(chat, toDay);
    const attached = await chat.send({ type: 'message', attachments: [{ contentType: 'image/png' }] });
    expect(attached.map(({ text }) => text.split('\n')[0])).toEqual([
      'I can only read text messages. Please write your answer in words.',
    ]);
    await play(
      chat,
      `> ${'tuesday '.repeat(63)}\n< That is too long for me to read. Please say it in a few words.\n${dayQuestion}`,
    );
  });

  test("a card's value counts as text only if it is a string", async () => {
    const { chat } = open();
    await play(chat, toOffice);
    const [value] = await chat.send({ type: 'message', value: 'Lakeside' });
    expect(value?.text).toBe('Which doctor would you like to see?');
    const [object] = await chat.send({ type: 'message', value: { text: 'Dr. John Doe' } });
    expect(object?.text).toContain('I can only read text messages.');
  });

  test.each([{ isGroup: true }, { conversationType: 'groupChat' }, { conversationType: 'channel' }])(
    'a group is asked to move to a private chat: %o',
    async (group) => {
      const { useCases, chat } = open(group);
      await play(
        chat,
        `
      > book me with dr doe, Maria Lopez 3/25/1980
      < Health information is private, so I do not talk about it in a group. Please write to me in a private chat.
      `,
      );
      expect(
        await chat.send({ type: 'conversationUpdate', membersAdded: [{ id: 'user', name: '' }] }),
      ).toEqual([]);
      expect(await chat.kept()).toEqual({});
      expect(useCases.claims).toEqual([]);
    },
  );

  test('the first message may already ask', async () => {
    await play(open().chat, `> thing\n${greeting}\n[Book an appointment]\n> yes\n< ${nameQuestion}`);
  });
});
