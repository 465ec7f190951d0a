// What read badly in the journeys, as transcripts: each is said once, plainly, and of what was asked.
import { expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import { greeting, toName } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { rightCode } from '../support/fake-identity.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');
const account = 'sms|+15185550101';

function open(starts: readonly string[] = [], options: { account?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = starts.map((start) => visitOn(start, { patientId: maria }));
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}
const known = '> Maria Lopez, 03/25/1980\n< Thank you, Maria.';
const thursday = 'Dr. John Doe, Thursday, February 20, 2025 at 10:00 AM (Eastern Time)';

test('what ends between two bookings offers to book once', async () => {
  const { chat } = open();
  await play(
    chat,
    `> my visits
    ${greeting}
    Whose visits are they? Please write the first and last name.
    ${known}
    You have no visits coming up.
    [Book an appointment]
    > sign out
    < OK, I forgot who you are. Write "book" when you need an appointment.
    [Book an appointment]
    > sign out
    < I do not know who you are, so there is nothing to forget.
    [Book an appointment]
    > stop
    < OK, I stopped. Nothing more was booked. Write "book" when you want to begin again.
    [Book an appointment]
    > book
    < Who is the appointment for? Please write the first and last name.`,
  );
});

test('people behind an account are asked for what was asked', async () => {
  const people = [{ id: patientId('31'), name: 'Maria Lopez', firstName: 'Maria', preferredLanguage: 'eng' }];
  for (const [wish, question] of [
    ['my visits', 'Whose visits are they?'],
    ['my data', 'Whose data is it?'],
    ['book', 'Who is this visit for?'],
  ]) {
    const { useCases, chat } = open([], { account });
    useCases.practice.links = new Map([[account, people]]);
    await play(chat, `> ${wish}\n${greeting}\n${question}\n[Maria | Someone else]`);
    expect((await chat.say('mine')).join()).toContain('Thank you, Maria.');
  }
});

test.each(['this week', 'next week', 'next month', 'esta semana', 'la próxima semana'])(
  '"%s" is nobody',
  async (text) => {
    const { chat } = open();
    await play(chat, toName);
    expect((await chat.say(text)).join()).toMatch(
      /Please write the first and last name\.|Escriba el nombre y el apellido\./,
    );
  },
);

test.each([
  ['move it to 9:30', 'To: Friday, February 14, 2025 at 9:30 AM'],
  ['move it to 9', 'To: Friday, February 14, 2025 at 9:00 AM'],
  ['change it to 9', 'To: Friday, February 14, 2025 at 9:00 AM'],
  ['muévala a las 9', 'To: Friday, February 14, 2025 at 9:00 AM'],
  ['muévala a las 9:30', 'To: Friday, February 14, 2025 at 9:30 AM'],
  ['move it to Thursday at 9:30', 'To: Thursday, February 13, 2025 at 9:30 AM'],
])('while a new time is asked for, "%s" is that time', async (text, expected) => {
  const { chat } = open(['2025-02-20T10:00']);
  for (const said of ['reschedule my visit', 'Maria Lopez 03/25/1980', 'friday']) await chat.say(said);
  const replies = (await chat.say(text)).join();
  expect(replies).toContain(expected);
  expect(replies).not.toContain('We will move this visit');
});

test('another visit that is to be moved meanwhile is another one', async () => {
  const { chat } = open(['2025-02-18T09:30', '2025-02-20T10:00']);
  for (const said of ['move my Tuesday visit', 'Maria Lopez 03/25/1980', 'friday']) await chat.say(said);
  expect((await chat.say('move my Thursday visit to Friday at 9:30')).join()).toContain(
    `We will move this visit: ${thursday}.`,
  );
});

test('a visit that is not there is not passed over', async () => {
  await play(
    open(['2025-02-20T10:00']).chat,
    `> cancel my visit on Feb 21
    ${greeting}
    Whose visits are they? Please write the first and last name.
    ${known}
    I see no visit like that.
    Which visit would you like to cancel?
    Thursday, February 20, 2025 at 10:00 AM (Eastern Time): Dr. John Doe, Main Street
    [Thu Feb 20, 10:00 AM, Dr. John Doe]`,
  );
});

test('a visit that was called off meanwhile is said to be', async () => {
  const { useCases, chat } = open(['2025-02-20T10:00']);
  for (const said of ['cancel my visit', 'Maria Lopez 03/25/1980']) await chat.say(said);
  const visit = visitOn('2025-02-20T10:00', { patientId: maria, state: 'cancelled' });
  useCases.practice.changeError = { kind: 'changed-since', visit };
  await play(
    chat,
    `> cancel it
    < That visit was called off since: ${thursday}. I changed nothing. If that is not right, call 555-0100.
    [Book an appointment]`,
  );
});

test('what is asked for a clear yes says so, and a contact is asked for by what can be sent', async () => {
  const { useCases, chat } = open();
  useCases.practice.proof = 'code';
  for (const said of ['my data', 'Nora Nobody 03/25/1985', 'I have no code', 'register'])
    await chat.say(said);
  await play(
    chat,
    `> none
    < I did not catch a phone number or an e-mail address in that.
    What is your mobile number or e-mail address? I will send a code there.`,
  );
  for (const said of ['nora@example.test', rightCode, 'woman']) await chat.say(said);
  expect((await chat.say('ok')).join()).toMatch(/^I do that only when you clearly say so\.\n/);
  expect((await chat.say('yes')).join()).toContain('Thank you, Nora.');
  await chat.say('delete my data');
  expect((await chat.say('ok')).join()).toMatch(/^I do that only when you clearly say so\.\n/);
});
