// Whole sentences in a conversation: they fill every slot they name, are said back, and what is not certain becomes a question.
import { expect, test } from 'vitest';
import { visitTypeId } from '../../services/domain.ts';
import {
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
  typeQuestion,
} from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { doe, fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const open = (options: { locale?: string; channelId?: string } = {}) => {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs: Date.parse('2025-02-10T15:00:00Z'), ...options }) };
};

test('one sentence, and only the rest is asked', async () => {
  const { useCases, chat } = open();
  await play(
    chat,
    `
    > can I see Dr Doe next tue afternoon at Main St for a checkup
    ${greeting}
    I understood: Main Street, Dr. John Doe, Checkup, Tue Feb 11, in the afternoon.
    Who is the appointment for? Please write the first and last name.
    > Maria Lopez, 3/25/1980
    < Thank you, Maria.
    What time on Tue Feb 11?
    [Tue Feb 11, 1:00 PM | Tue Feb 11, 1:30 PM | Tue Feb 11, 2:00 PM | Tue Feb 11, 2:30 PM | Tue Feb 11, 3:00 PM | Tue Feb 11, 3:30 PM | More | Earlier | Another day]
    > 1:30
    < ${confirmQuestion('Tuesday, February 11, 2025 at 1:30 PM')}
    > yes
    < ${booked('Tuesday, February 11, 2025 at 1:30 PM', '901')}
    `,
  );
  expect(useCases.requests.length).toBe(1);
});

test('a first message that says it all leads straight to the check', async () => {
  await play(
    open().chat,
    `
    > hi, this is Maria Lopez, born 3/25/1980, I need a checkup with Dr Doe at Main Street tomorrow at 9:30
    ${greeting}
    I understood: Main Street, Dr. John Doe, Checkup, Tue Feb 11, 9:30 AM.
    Thank you, Maria.
    ${confirmQuestion('Tuesday, February 11, 2025 at 9:30 AM')}
    `,
  );
});

test('with the name, too, a day and a kind of visit are heard', async () => {
  await play(
    open().chat,
    `${toName}
    > Maria Lopez 3/25/1980, checkup on thursday please
    < I understood: Checkup, Thu Feb 13.
    Thank you, Maria.
    ${officeQuestion}
    > lakeside with doe
    < I understood: Lakeside, Dr. John Doe.
    ${timeQuestion('Thu Feb 13')}
    `,
  );
});

test('two doctors of one name are a question, an unknown one is said to be unknown', async () => {
  await play(
    open().chat,
    `${toOffice}
    > main street, with Dr Lee
    < I understood: Main Street.
    Which doctor would you like to see?
    [Dr. Ann Lee | Dr. Bob Lee]
    > Dr Zhivago
    < I do not know a doctor of that name here.
    ${doctorQuestion}
    > bob
    < ${typeQuestion}
    `,
  );
});

test('any doctor: whose times were looked at is said, and who it became is checked', async () => {
  const { useCases, chat } = open();
  await play(
    chat,
    `${toOffice}
    > main, any doctor
    < I understood: any doctor.
    ${typeQuestion}
    > checkup
    < I looked at the times of Dr. John Doe, Dr. Ann Lee and Dr. Bob Lee.
    ${dayQuestion}
    > friday at 3
    < ${confirmQuestion('Friday, February 14, 2025 at 3:00 PM')}
    > another doctor
    < ${doctorQuestion}
    > ann
    < ${dayQuestion}
    `,
  );
  expect(useCases.requests).toEqual([]);
});

test('as soon as possible: the first open times of whatever doctor', async () => {
  await play(
    open().chat,
    `${toOffice}
    > main street asap
    < I understood: Main Street, any doctor, as soon as possible.
    ${typeQuestion}
    > checkup
    < I looked at the times of Dr. John Doe, Dr. Ann Lee and Dr. Bob Lee.
    These are the first open times. Which one suits you?
    [Tue Feb 11, 9:00 AM | Tue Feb 11, 9:30 AM | Tue Feb 11, 10:00 AM | Another day]
    > another day
    < ${dayQuestion}
    `,
  );
});

test('the same doctor as last time, once it is known who asks', async () => {
  const { useCases, chat } = open();
  useCases.practice.lastDoctor = doe.id;
  await play(
    chat,
    `
    > same doctor as last time, at lakeside please
    ${greeting}
    I understood: Lakeside.
    Who is the appointment for? Please write the first and last name.
    > Maria Lopez 3/25/1980
    < Thank you, Maria.
    I understood: Dr. John Doe.
    ${typeQuestion}
    `,
  );
});

test('a reason is offered a kind of visit, never given one', async () => {
  const { useCases, chat } = open();
  useCases.practice.visitTypes = useCases.practice.visitTypes.map((type, at) =>
    at === 1 ? { ...type, name: 'Sick visit' } : type,
  );
  await play(
    chat,
    `${toOffice}
    > main
    < ${doctorQuestion}
    > doe
    < What kind of visit is it?
    [Checkup | Sick visit]
    > my back hurts
    < For that, this may fit: Sick visit. What kind of visit is it?
    [Sick visit | Checkup]
    > 1
    < ${dayQuestion}
    `,
  );
});

/** To the question about the kind of visit, with one kind suggested. */
const toSuggestion = `${toOffice}
    > main
    < ${doctorQuestion}
    > doe
    < What kind of visit is it?
    [Checkup | Sick visit]
    > my back hurts
    < For that, this may fit: Sick visit. What kind of visit is it?
    [Sick visit | Checkup]`;

const withSickVisit = (options: { channelId?: string } = {}) => {
  const opened = open(options);
  const { practice } = opened.useCases;
  practice.visitTypes = practice.visitTypes.map((type, at) =>
    at === 1 ? { ...type, name: 'Sick visit' } : type,
  );
  return opened;
};

test.each([
  'yes',
  'Yes please',
  'sí',
  'si',
  'that one',
  'ok',
  'sure',
  'yes, that one',
  'esa',
  'sí, esa',
  'vale',
  'esa misma',
  'that works',
])('"%s" takes the one kind of visit that was suggested', async (text) => {
  const { useCases, chat } = withSickVisit();
  await play(
    chat,
    `${toSuggestion}
      > ${text}
      < ${dayQuestion}
      > tue at 9
      < ${confirmQuestion('Tuesday, February 11, 2025 at 9:00 AM', { visit: 'Sick visit' })}
      `,
  );
  expect(useCases.requests).toEqual([]);
});

test.each(['no', 'nope', 'no gracias'])(
  '"%s" to the suggestion lists every kind, without it',
  async (text) => {
    await play(
      withSickVisit().chat,
      `${toSuggestion}
    > ${text}
    < What kind of visit is it?
    [Checkup | Sick visit]
    > yes
    < I did not catch which one you mean.
    What kind of visit is it?
    [Checkup | Sick visit]
    `,
    );
  },
);

test.each(['maybe', 'quizás', 'yes but the other one'])('"%s" takes no suggestion', async (text) => {
  await play(
    withSickVisit().chat,
    `${toSuggestion}
    > ${text}
    < I did not catch which one you mean.
    For that, this may fit: Sick visit. What kind of visit is it?
    [Sick visit | Checkup]
    `,
  );
});

test('of two suggestions none is taken by a yes', async () => {
  const { useCases, chat } = open();
  const [first, second] = useCases.practice.visitTypes;
  if (first === undefined || second === undefined) throw new Error('the practice has two kinds of visit');
  useCases.practice.visitTypes = [
    { ...first, name: 'Sick visit' },
    { ...second, name: 'Skin check' },
    { ...first, id: visitTypeId('23'), name: 'Physical' },
  ];
  await play(
    chat,
    `${toOffice}
    > main
    < ${doctorQuestion}
    > doe
    < What kind of visit is it?
    [Sick visit | Skin check | Physical]
    > I have a rash
    < For that, this may fit: Sick visit, or Skin check. What kind of visit is it?
    [Sick visit | Skin check | Physical]
    > yes
    < I did not catch which one you mean.
    For that, this may fit: Sick visit, or Skin check. What kind of visit is it?
    [Sick visit | Skin check | Physical]
    > no
    < What kind of visit is it?
    [Sick visit | Skin check | Physical]
    `,
  );
});

test('en español: "sí, esa" toma lo que se sugirió, "no" muestra todos', async () => {
  const suggestion = `> español
    < Muy bien, seguimos en español.
    ¿Qué tipo de visita es?
    [Checkup | Sick visit]
    > me duele la espalda
    < Para eso puede servir: Sick visit. ¿Qué tipo de visita es?
    [Sick visit | Checkup]`;
  const toTypes = toSuggestion.slice(0, toSuggestion.indexOf('> my back hurts'));
  await play(
    withSickVisit().chat,
    `${toTypes}
    ${suggestion}
    > sí, esa
    < ¿Qué día le conviene? También puede escribir un día, como "el viernes". Las horas son de esta zona: hora oriental.
    [mar 11 feb | mié 12 feb | jue 13 feb | vie 14 feb | lun 17 feb | mar 18 feb | Más]
    `,
  );
  await play(
    withSickVisit().chat,
    `${toTypes}
    ${suggestion}
    > no
    < ¿Qué tipo de visita es?
    [Checkup | Sick visit]
    `,
  );
});

test('corrections reopen what they name, and only that', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > no, wednesday
    < ${confirmQuestion('Wednesday, February 12, 2025 at 9:30 AM')}
    > no, 10
    < ${confirmQuestion('Wednesday, February 12, 2025 at 10:00 AM')}
    > no, Dr. Bob Lee
    < I understood: Dr. Bob Lee.
    ${dayQuestion}
    > thursday at 10
    < ${confirmQuestion('Thursday, February 13, 2025 at 10:00 AM', { doctor: 'Dr. Bob Lee' })}
    > not Main St
    < I understood: Lakeside.
    ${dayQuestion}
    > what about my son
    < Who is the appointment for? Please write the first and last name.
    `,
  );
});

test('a part of the day waits for the day', async () => {
  await play(
    open().chat,
    `${toDay}
    > afternoons only
    < These days have a time like that. Which one suits you?
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | Fri Feb 14 | Mon Feb 17 | Tue Feb 18 | More]
    > 2
    < What time on Wed Feb 12?
    [Wed Feb 12, 1:00 PM | Wed Feb 12, 1:30 PM | Wed Feb 12, 2:00 PM | Wed Feb 12, 2:30 PM | Wed Feb 12, 3:00 PM | Wed Feb 12, 3:30 PM | More | Earlier | Another day]
    `,
  );
});

test('small talk is answered, and never counts as a miss', async () => {
  await play(
    open().chat,
    `${toOffice}
    > how are you?
    < I am fine, thank you for asking.
    ${officeQuestion}
    > are you a robot
    < I am a computer program that books visits for this practice.
    ${officeQuestion}
    > do you take my insurance?
    < I only handle appointments here. For anything else, please call 555-0100.
    ${officeQuestion}
    > hmm wait
    < Take your time.
    ${officeQuestion}
    > thanks, bye
    < OK, I stopped. Nothing more was booked. Write "book" when you want to begin again.
    `,
  );
});

test('on SMS the same number twice within seconds is one answer', async () => {
  const { useCases, chat } = open({ channelId: 'sms' });
  const toTime = ['book', 'Maria Lopez 3/25/1980', 'main', 'doe', 'checkup', 'tomorrow'];
  for (const text of toTime) await chat.say(text);
  await chat.say('1');
  expect(await chat.say('1')).toEqual([expect.stringContaining('Shall I book it?')]);
  expect(useCases.requests).toEqual([]);
  chat.wait(0.1);
  await chat.say('1');
  expect(useCases.requests.length).toBe(1);
});

test('what the practice has is nobody’s name', async () => {
  await play(
    open().chat,
    `${toName}
    > main street
    < I understood: Main Street.
    Who is the appointment for? Please write the first and last name.
    `,
  );
});

test('places in the list, and nothing else, are taken by their number words', async () => {
  await play(
    open().chat,
    `${toOffice}
    > the second one
    < ${doctorQuestion}
    > the last one
    < ${typeQuestion}
    > la primera
    < ${dayQuestion}
    `,
  );
});

test('a question about an office is answered, and chooses nothing', async () => {
  await play(
    open().chat,
    `${toOffice}
    > what's the address of lakeside?
    < Lakeside, 4 Lake Road, Riverbend
    ${officeQuestion}
    > where are you
    < Main Street, 12 Main Street, Riverbend
    Lakeside, 4 Lake Road, Riverbend
    ${officeQuestion}
    `,
  );
});

test('indifference belongs to the question that is open', async () => {
  await play(
    open().chat,
    `${toDay}
    > tomorrow
    < ${timeQuestion('Tue Feb 11')}
    > any time
    < All of these are open. Please pick the one you like.
    ${timeQuestion('Tue Feb 11')}
    > whatever
    < All of these are open. Please pick the one you like.
    ${timeQuestion('Tue Feb 11')}
    > none of these
    < What time on Tue Feb 11?
    [Tue Feb 11, 1:00 PM | Tue Feb 11, 1:30 PM | Tue Feb 11, 2:00 PM | Tue Feb 11, 2:30 PM | Tue Feb 11, 3:00 PM | Tue Feb 11, 3:30 PM | More | Earlier | Another day]
    > different days
    < ${dayQuestion}
    `,
  );
});

test('at the check: another person, another time, another hour', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > make it 10
    < ${confirmQuestion('Tuesday, February 18, 2025 at 10:00 AM')}
    > later that day
    < ${timeQuestion('Tue Feb 18')}
    > 9:30
    < ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM')}
    > what do I need to bring?
    < I only handle appointments here. For anything else, please call 555-0101.
    ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM')}
    > that's not me
    < Who is the appointment for? Please write the first and last name.
    `,
  );
});

test.each([
  'my son Sam Stone, born 12/1/1975',
  'Mr. Sam Stone 12-01-1975',
  'Sam M. Stone 12/1/1975',
  'sam stone december 1 75',
  'It is for Sam Stone, 1 December 1975',
])('"%s" is a whole answer to who it is for', async (text) => {
  await play(open().chat, `${toName}\n> ${text}\n< Thank you, Sam.\n${officeQuestion}`);
});

test('a time lost twice comes with the phone', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  useCases.practice.bookError = { kind: 'slot-taken', alternatives: [] };
  expect(await chat.say('yes')).toEqual([expect.not.stringContaining('555-0101')]);
  await chat.say('10:00');
  useCases.practice.bookError = { kind: 'slot-taken', alternatives: [] };
  expect(await chat.say('book it')).toEqual([expect.stringContaining('you can also call 555-0101')]);
});

test.each([
  'this is Sam Stone, born 12/1/1975, I need a checkup',
  'now one for Sam Stone 12/1/1975',
  'and an appointment for my husband Sam Stone 12/1/1975',
])('after a booking, "%s" is not for the one before', async (text) => {
  const { chat } = open();
  await play(chat, `${toConfirm}\n> yes\n< ${booked('Tuesday, February 18, 2025 at 9:30 AM', '901')}`);
  const [reply] = await chat.say(text);
  expect(reply).toContain('Thank you, Sam.');
  expect(reply).not.toContain('Maria');
});

test('in the middle, whoever is named is asked for, looked up, and the choices stay', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > it is for Sam Stone
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 12/1/1975
    < Thank you, Sam.
    ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM').replace('Maria Lopez', 'Sam Stone')}
    > this is Maria Lopez, 3/25/1980
    < Thank you, Maria.
    ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM')}
    > I'm Maria Lopez
    < I did not catch that. I book only when you clearly say so.
    ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM')}
    `.replace('I did not catch that. ', ''),
  );
});

test.each(['this is urgent please', 'for Main Street', 'for Tuesday morning', 'I am Free Friday'])(
  '"%s" names nobody',
  async (text) => {
    const { chat } = open();
    await play(chat, toOffice);
    expect((await chat.say(text)).join()).not.toContain('date of birth');
  },
);

test.each([
  ['actually cancel that', 'Shall I cancel it?'],
  ['wrong doctor', '[Move it | Cancel it | Directions | Done]'],
  ['can I change it to 10', 'There is no open time on that day.'],
  ['can I change it to friday at 10', 'Shall I move it?'],
  ["oh no I can't make it", '[Move it | Cancel it | Directions | Done]'],
  ["I'm running late for my appointment", 'Please call 555-0100 and tell them.'],
])('after a booking, "%s" is about that visit, and nothing is done at once', async (text, answer) => {
  const { chat, useCases } = open();
  await play(chat, `${toConfirm}\n> yes\n< ${booked('Tuesday, February 18, 2025 at 9:30 AM', '901')}`);
  expect((await chat.say(text)).join()).toContain(answer);
  expect(useCases.asked).toEqual({ cancels: [], moves: [], undos: [] });
});

test('first words beside the matter are answered', async () => {
  await play(
    open().chat,
    `
    > I need a prescription refill
    ${greeting}
    I only handle appointments here. For anything else, please call 555-0100.
    Would you like to book an appointment?
    [Book an appointment]
    > where are you
    < Main Street, 12 Main Street, Riverbend
    Lakeside, 4 Lake Road, Riverbend
    Would you like to book an appointment?
    [Book an appointment]
    `,
  );
});

test('where the birth date is asked for, no date becomes the day of the visit', async () => {
  await play(
    open().chat,
    `${toName}
    > Sam Stone
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 3/12
    < I did not catch a date in that.
    What is the date of birth? Please write month, day and year, like 03/25/1980.
    > March 1984
    < I did not catch a date in that. Please write only the date, as month/day/year, like 03/25/1980.
    What is the date of birth? Please write month, day and year, like 03/25/1980.
    > sorry, Maria Lopez
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 03251980
    < Thank you, Maria.
    ${officeQuestion}
    `,
  );
});

test('nothing to change after all', async () => {
  await play(
    open().chat,
    `${toConfirm}
    > change something
    < What would you like to change?
    [Change the office | Change the doctor | Change the visit type | Change the day | Change the time | Change the patient | Start over]
    > it's fine
    < ${confirmQuestion('Tuesday, February 18, 2025 at 9:30 AM')}
    `,
  );
});
