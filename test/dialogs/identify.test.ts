// Who somebody is, as transcripts: codes, people behind one account, new patients, signing out, and what we keep.
import { describe, expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import { greeting, officeQuestion, toName } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { rightCode } from '../support/fake-identity.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(
  options: { channelId?: string; locale?: string; account?: string; proof?: 'none' | 'code' } = {},
) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.proof = options.proof ?? 'code';
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}

const codeQuestion = `If these details match our records, a code is on its way to the phone or e-mail we have on file. What is the code? It has 6 digits.
  [I have no code]`;
const waysOn = `I could not confirm who you are. You can register as a new patient here, or call 555-0100, and they will help you.
  [Register as new | Correct my details]`;

describe('codes', () => {
  test('every claim, true or not, gets the same words, until the right code', async () => {
    for (const claim of ['Maria Lopez 03/25/1980', 'Nora Nobody 03/25/1980', 'Maria Lopez 03/26/1980'])
      await play(
        open().chat,
        `${toName}\n> ${claim}\n< ${codeQuestion}\n> 111111\n< That is not the code. You can try 4 more times. What is the code?\n[I have no code]`,
      );
    await play(
      open().chat,
      `${toName}
      > Maria Lopez 03/25/1980
      < ${codeQuestion}
      > 12345
      < A code has 6 digits. What is the code?
      [I have no code]
      > the code is ${rightCode.slice(0, 3)} ${rightCode.slice(3)}
      < Thank you, Maria.
      ${officeQuestion}`,
    );
  });

  test('after five tries everybody has the same two ways on', async () => {
    for (const claim of ['Maria Lopez 03/25/1980', 'Nora Nobody 03/25/1980']) {
      const { chat } = open();
      await play(chat, `${toName}\n> ${claim}\n< ${codeQuestion}`);
      for (const code of ['111111', '222222', '333333', '444444']) await chat.say(code);
      await play(chat, `> 555555\n< ${waysOn}`);
      expect((await chat.say(rightCode)).join()).not.toContain('Thank you');
    }
  });

  test('details can be corrected, and the code question never says where a code went', async () => {
    const { useCases, chat } = open();
    await play(
      chat,
      `${toName}
      > Maria Lopes 03/25/1980
      < ${codeQuestion}
      > it hasn't arrived
      < ${waysOn}
      > correct my details
      < Who is the appointment for? Please write the first and last name.
      > Maria Lopez 03/25/1980
      < ${codeQuestion}
      > ${rightCode}
      < Thank you, Maria.
      ${officeQuestion}`,
    );
    expect(useCases.claims.length).toBe(2);
  });

  test('"send it again" makes the claim once more, or says when it can', async () => {
    const { useCases, chat } = open();
    await play(chat, `${toName}\n> Maria Lopez 03/25/1980\n< ${codeQuestion}`);
    useCases.practice.claimError = { kind: 'wait', waitMinutes: 1 };
    await play(
      chat,
      `> can you send it again?
      < The code may take a moment. I can ask for a new one in 1 minute. What is the code?
      [I have no code]`,
    );
    useCases.practice.claimError = undefined;
    await play(chat, `> resend\n< ${codeQuestion}\n> ${rightCode}\n< Thank you, Maria.\n${officeQuestion}`);
    expect(useCases.claims.length).toBe(3);
  });

  test('a claim made too often waits; without a way to send codes the front desk helps', async () => {
    const slow = open();
    slow.useCases.practice.claimError = { kind: 'wait', waitMinutes: 5 };
    await play(
      slow.chat,
      `${toName}
      > Maria Lopez 03/25/1980
      < Please wait 5 minutes before you try that again, or call 555-0100.
      [Try again | Correct my details]`,
    );
    slow.useCases.practice.claimError = undefined;
    await play(slow.chat, `> try again\n< ${codeQuestion}`);
    expect(slow.useCases.claims.length).toBe(2);
    slow.useCases.practice.claimError = { kind: 'wait', waitMinutes: 1 };
    for (const text of ['I have no code', 'correct my details', 'Maria Lopes 03/25/1980'])
      await slow.chat.say(text);
    await play(
      slow.chat,
      '> correct my details\n< Who is the appointment for? Please write the first and last name.',
    );
    const closed = open();
    closed.useCases.practice.claimError = { kind: 'front-desk' };
    await play(
      closed.chat,
      `> book
      ${greeting}
      For your privacy I must be sure who you are, and I have no way to check that here. Please call 555-0100, and they will book it with you.
      [Book an appointment]`,
    );
  });

  test('a restart between question and answer changes nothing; after the session the claim is made anew', async () => {
    const { chat } = open();
    await play(chat, `${toName}\n> Maria Lopez 03/25/1980\n< ${codeQuestion}`);
    chat.restart();
    await play(chat, `> ${rightCode}\n< Thank you, Maria.\n${officeQuestion}`);
    chat.wait(16);
    expect((await chat.say('main')).join()).toContain('For your privacy I forgot who you are');
    expect(JSON.stringify(await chat.kept())).not.toContain('Maria');
  });
});

describe('people behind one account', () => {
  const account = 'sms|+15185550101';
  const person = (id: string, firstName: string) => ({
    id: patientId(id),
    name: `${firstName} Lopez`,
    firstName,
    preferredLanguage: 'eng',
  });

  test('first names only, without a code; somebody else is asked for by name', async () => {
    const { useCases, chat } = open({ account });
    useCases.practice.links = new Map([[account, [person('31', 'Maria'), person('32', 'Ana')]]]);
    await play(
      chat,
      `> book
      ${greeting}
      Who is this visit for?
      [Maria | Ana | Someone else]
      > Ana
      < Thank you, Ana.
      ${officeQuestion}
      > sign out
      < OK, I forgot who you are. Write "book" when you need an appointment.
      > book
      < Who is this visit for?
      [Maria | Ana | Someone else]
      > someone else
      < Who is the appointment for? Please write the first and last name.
      > Sam Stone 12/1/1975
      < ${codeQuestion}`,
    );
  });

  test('two of one first name are not shown; without an account nobody is', async () => {
    const { useCases, chat } = open({ account });
    useCases.practice.links = new Map([[account, [person('31', 'Maria'), person('32', 'Maria')]]]);
    await play(chat, toName);
    const other = open();
    other.useCases.practice.links = new Map([[account, [person('31', 'Maria')]]]);
    await play(other.chat, toName);
  });
});

describe('new patients', () => {
  const toRegister = `${toName}
    > Nora Nobody 03/25/1985
    < ${codeQuestion}
    > I have no code
    < ${waysOn}
    > register
    < What is your mobile number or e-mail address? I will send a code there.`;
  const check = `Please check the new patient:
    Name: Nora Nobody
    Born: March 25, 1985
    Gender: Female
    Contact: nora@example.test
    Shall I register you?
    [Register me | Something is wrong]`;
  const toCheck = `${toRegister}
    > hm
    < I did not catch a phone number or an e-mail address in that.
    What is your mobile number or e-mail address? I will send a code there.
    > it's nora@example.test
    < A code is on its way there. What is the code? It has 6 digits.
    [I have no code]
    > ${rightCode}
    < What should the chart say for gender?
    [Female | Male | Other | I would rather not say]
    > woman
    < ${check}`;

  test('a code to the contact, the gender, and an explicit yes make a chart', async () => {
    const { useCases, chat } = open();
    await play(
      chat,
      `${toCheck}
      > ok
      < I do that only when you clearly say so.
      ${check}
      > book
      < I do that only when you clearly say so. Please pick one from the list.
      ${check}
      > yes
      < Thank you, Nora.
      ${officeQuestion}`,
    );
    expect(useCases.registered).toEqual([
      { firstName: 'Nora', lastName: 'Nobody', birthDate: '1985-03-25', gender: 'Female' },
    ]);
  });

  test('a no makes none, and the details are asked again', async () => {
    const { useCases, chat } = open();
    await play(chat, `${toCheck}\n> no\n< Who is the appointment for? Please write the first and last name.`);
    expect(useCases.registered).toEqual([]);
  });

  test.each([
    ['front-desk', 'I cannot register you here, so nothing was changed. Please call 555-0100'],
    ['unsure', 'I could not find out whether you are registered. Please call 555-0100'],
    ['ehr-unavailable', 'you are not registered yet. Please try again'],
    ['code-over', 'That code does not count any more.'],
  ] as const)('%s', async (kind, sentence) => {
    const { useCases, chat } = open();
    await play(chat, toCheck);
    useCases.practice.registerError = { kind };
    expect((await chat.say('yes')).join()).toContain(sentence);
  });
});

describe('what we keep', () => {
  const known = `${toName}\n> Maria Lopez 03/25/1980\n< Thank you, Maria.\n${officeQuestion}`;

  test('is shown, and deleted on a clear yes', async () => {
    const { useCases, chat } = open({ proof: 'none' });
    await play(
      chat,
      `${known}
      > show my data
      < I keep this about you: 2 visits, 1 message and 1 conversation; the oldest is from January 3, 2025. Your chart is kept by the practice: call 555-0100. To delete what I keep, write "delete my data". Back to your new appointment.
      ${officeQuestion}
      > delete my data
      < I will delete what I keep about you. Your chart and your visits stay with the practice (call 555-0100 about those). Shall I delete it?
      [Delete it | Keep it]
      > keep it
      < OK, nothing was deleted. Back to your new appointment.
      ${officeQuestion}
      > delete my data
      < I will delete what I keep about you. Your chart and your visits stay with the practice (call 555-0100 about those). Shall I delete it?
      [Delete it | Keep it]
      > book it
      < I do that only when you clearly say so.
      I will delete what I keep about you. Your chart and your visits stay with the practice (call 555-0100 about those). Shall I delete it?
      [Delete it | Keep it]
      > yes
      < Done: I deleted what I kept about you, and I do not know who you are any more. For your chart, call 555-0100.`,
    );
    expect(useCases.deleted).toEqual(['31']);
    expect(JSON.stringify(await chat.kept())).not.toContain('Maria');
  });

  test('signing out forgets who it was and what was shown', async () => {
    const { useCases, chat } = open({ proof: 'none' });
    useCases.practice.visits = [visitOn('2025-02-18T09:30', { patientId: maria })];
    await play(chat, known);
    await chat.say('my visits');
    await play(chat, '> log out\n< OK, I forgot who you are. Write "book" when you need an appointment.');
    expect(JSON.stringify(await chat.kept())).not.toMatch(/Maria|Dr\. John Doe/);
    await play(
      chat,
      '> sign out\n< I do not know who you are, so there is nothing to forget.\n[Book an appointment]',
    );
  });
});
