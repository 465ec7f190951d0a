// What comes between a question about who somebody is and its answer: silence, a word that works everywhere, nonsense, another conversation.
import { describe, expect, test } from 'vitest';
import { fail, patientId } from '../../services/domain.ts';
import { officeQuestion } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { rightCode } from '../support/fake-identity.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');
const account = 'sms|+15185550101';

function open(options: { account?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.proof = 'code';
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}

const person = (id: string, firstName: string) => ({
  ...{ id: patientId(id), name: `${firstName} Lopez`, firstName, preferredLanguage: 'eng' },
});
const said = async (chat: { say(text: string): Promise<readonly string[]> }, ...texts: readonly string[]) => {
  let last: readonly string[] = [];
  for (const text of texts) last = await chat.say(text);
  return last.join('\n');
};
const toWaysOn = ['book', 'Nora Nobody 03/25/1985', 'I have no code'];
const forgot = 'It has been a while. For your privacy I forgot who you are, so I have to ask again.';

test.each([
  ['deleting what is kept', ['delete my data'], 'yes'],
  ['calling a visit off', ['cancel my visit'], 'yes'],
  ['what to do with a visit', ['my visits'], 'cancel it'],
])('after silence nothing is an answer any more: %s', async (_, asked, answer) => {
  const { useCases, chat } = open();
  useCases.practice.visits = [visitOn('2025-02-18T09:30', { patientId: maria })];
  const question = await said(chat, 'book', 'Maria Lopez 03/25/1980', rightCode, ...asked);
  expect(question).toMatch(/Shall I|Your next visit/);
  chat.wait(16);
  expect(await said(chat, answer)).toMatch(
    new RegExp(`^${forgot}\n(Whose (?:visits are they|data is it)|Who is the app)`),
  );
  expect([useCases.deleted, useCases.asked.cancels]).toEqual([[], []]);
});

test('after silence nobody is registered without a name', async () => {
  const { chat } = open();
  await said(chat, ...toWaysOn);
  chat.wait(16);
  expect(await said(chat, 'register')).toBe(
    `${forgot}\nWho is the appointment for? Please write the first and last name.`,
  );
});

test('the ways on stay open whatever is said, and no claim is made again unasked', async () => {
  const { useCases, chat } = open();
  await said(chat, ...toWaysOn);
  const ways =
    /You can register as a new patient here, or call 555-0100, and they will help you\.\n\[Register as new \| Correct my details\]$/;
  for (const text of ['help', 'purple', 'what did you say?', 'my visits', '12345678'])
    expect(await said(chat, text)).toMatch(ways);
  expect(await said(chat, 'start over', 'no')).toMatch(ways);
  expect(await said(chat, 'I think I had a heart attack', 'go on')).toMatch(ways);
  expect(await said(chat, 'español')).toContain('[Registrarme');
  expect(useCases.claims).toHaveLength(1);
  expect(await said(chat, 'english', 'register')).toContain('What is your mobile number');
});

test('a contact that has had its codes leads back to the ways on, not to another claim', async () => {
  const { useCases, chat } = open();
  useCases.practice.contactError = { kind: 'wait', waitMinutes: 40 };
  await said(chat, ...toWaysOn);
  expect(await said(chat, 'register', 'nora@example.test')).toBe(
    'Please wait 40 minutes before you try that again, or call 555-0100.\n[Register as new | Correct my details]',
  );
  await said(chat, 'hello');
  expect(useCases.claims).toHaveLength(1);
});

test.each([
  [
    'one more of a first name that is there',
    [person('31', 'Maria'), person('32', 'Ana'), person('33', 'Maria')],
  ],
  ['one less', [person('32', 'Ana')]],
])(
  'the people behind an account change while they are shown (%s): nobody is taken for another',
  async (_, people) => {
    for (const answer of ['1', 'tap Maria']) {
      const { useCases, chat } = open({ account });
      useCases.practice.links = new Map([[account, [person('31', 'Maria'), person('32', 'Ana')]]]);
      const [shown] = await chat.send({ type: 'message', text: 'book' });
      useCases.practice.links = new Map([[account, people]]);
      const heard = answer === '1' ? await chat.say('1') : await chat.tap(shown, 'Maria');
      expect(heard.join('\n')).not.toContain('Thank you');
      expect(await said(chat, 'Ana')).toBe(`Thank you, Ana.\n${officeQuestion.replace(/\n\s+/g, '\n')}`);
    }
  },
);

test('whoever comes after somebody in one conversation hears of nothing that was theirs', async () => {
  const { useCases, chat } = open();
  useCases.practice.visits = [visitOn('2025-02-18T09:30', { patientId: maria })];
  await said(chat, 'book', 'Maria Lopez 03/25/1980', rightCode, 'cancel my visit', 'yes');
  expect(useCases.asked.cancels).toHaveLength(1);
  await said(chat, 'book', 'back');
  await said(chat, 'Sam Stone 12/1/1975', rightCode, 'stop');
  for (const text of ['undo', 'cancel it', 'yes']) await chat.say(text);
  expect(useCases.asked.undos).toEqual([]);
  expect(useCases.asked.cancels).toHaveLength(1);
});

test('that a booking is still being checked is of whoever made it, not of the next one there', async () => {
  const { useCases, chat } = open();
  await said(chat, 'book', 'Maria Lopez 03/25/1980', rightCode, 'main', 'doe', 'checkup', '1', '1');
  useCases.practice.bookError = { kind: 'unconfirmed', ref: 'r1' };
  expect(await said(chat, 'yes')).toContain('I could not confirm whether your appointment is booked.');
  expect(await said(chat, 'hello')).toContain('I am still checking your last appointment');
  await said(chat, 'sign out');
  expect(await said(chat, 'hello')).not.toContain('your last appointment');
});

test('whoever registers without having made a claim is asked for a name first', async () => {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.proof = 'code';
  useCases.practice.links = new Map([[account, [person('31', 'Maria')]]]);
  // Her chart was closed since.
  const asLinked = async () => fail({ kind: 'no-match' } as const);
  const chat = openChat({ useCases: { ...useCases, asLinked }, nowMs, account });
  expect(await said(chat, 'book', 'Maria')).toContain('[Register as new');
  expect(await said(chat, 'register')).toBe(
    'Who is the appointment for? Please write the first and last name.',
  );
  expect(await said(chat, 'Nora Nobody', '03/25/1985')).toContain('What is your mobile number');
});

describe('a claim is put right where it stands', () => {
  test.each([
    ['the whole of it', 'Maria Lopez, 03/25/1980'],
    ['after a word', 'sorry, I am Maria Lopez, 03/25/1980'],
    ['the date alone', '03/25/1980'],
    ['the date, with a word', 'no, it is March 25, 1980'],
    ['in Spanish', 'perdón, Maria Lopez, 25 de marzo de 1980'],
  ])('at its code: %s', async (_, text) => {
    const { useCases, chat } = open();
    await said(chat, 'book', 'Maria Lopez 03/25/1981');
    expect(await said(chat, text)).toContain('What is the code?');
    expect(useCases.claims.at(-1)).toEqual({
      firstName: 'Maria',
      lastName: 'Lopez',
      birthDate: '1980-03-25',
    });
    expect(await said(chat, rightCode)).toContain('Thank you, Maria.');
  });

  test('a birth date with six digits is no code; and at the ways on', async () => {
    const { useCases, chat } = open();
    await said(chat, 'book', 'Maria Lopez 03/25/1980');
    await said(chat, '1-2-1985');
    expect(useCases.claims.at(-1)?.birthDate).toBe('1985-01-02');
    await said(chat, 'no code');
    expect(await said(chat, 'Maria Lopez, 3/25/1980')).toContain('What is the code?');
    expect(useCases.claims.map(({ birthDate }) => birthDate)).toEqual([
      ...['1980-03-25', '1985-01-02', '1980-03-25'],
    ]);
    expect(await said(chat, rightCode)).toContain('Thank you, Maria.');
  });

  test('what is no whole claim stays no claim', async () => {
    const { useCases, chat } = open();
    await said(chat, 'book', 'Maria Lopez 03/25/1980');
    for (const text of [
      '12345',
      '12 34 5',
      'I called on 2/3/2025 about it',
      'no code since 02/01/2025',
      'my number is 518 555 0101',
    ])
      await said(chat, text);
    expect(useCases.claims).toHaveLength(1);
  });

  test('where the birth date is asked for', async () => {
    const { useCases, chat } = open();
    await said(chat, 'book', 'Maria Lopes');
    await said(chat, 'Maria Lopez, 03/25/1980');
    expect(useCases.claims).toEqual([{ firstName: 'Maria', lastName: 'Lopez', birthDate: '1980-03-25' }]);
    const other = open();
    await said(other.chat, 'book', 'Maria Lopez');
    await said(other.chat, 'She was born 03/25/1980');
    expect(other.useCases.claims).toEqual([
      { firstName: 'Maria', lastName: 'Lopez', birthDate: '1980-03-25' },
    ]);
  });
});
