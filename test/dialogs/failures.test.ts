// Conversations in which something goes wrong at the practice: what is said, what is kept, and the way on.
import { describe, expect, test } from 'vitest';
import { type BookingError, type PolicyRule, patientId } from '../../services/domain.ts';
import {
  at930,
  booked,
  confirmQuestion,
  dayQuestion,
  doctorQuestion,
  officeQuestion,
  timeQuestion,
  toConfirm,
  toDay,
  toName,
  toTime,
} from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { bobLee, doe, fakeUseCases, mainStreet, slotOn } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

function open() {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs: Date.parse('2025-02-10T15:00:00Z') }) };
}

const changeQuestion = `What would you like to change?
  [Change the office | Change the doctor | Change the visit type | Change the day | Change the time | Change the patient | Start over]`;
const unreachable = (phone: string) =>
  `I cannot reach the practice's calendar right now. Nothing was booked, and I kept your answers. Please try again in a few minutes, or call ${phone}.
  [Try again]`;

test('a time taken meanwhile: its alternatives are offered, everything else is kept', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  useCases.practice.bookError = {
    kind: 'slot-taken',
    alternatives: [
      slotOn('2025-02-18T10:00'),
      slotOn('2025-02-19T09:30'),
      // Another doctor's time is no answer to this patient's choice.
      slotOn('2025-02-18T09:30', { doctorId: bobLee.id }),
    ],
  };
  await play(
    chat,
    `
    > yes
    < I am sorry, somebody else just took that time. Nothing was booked. These are the closest ones:
    [Tue Feb 18, 10:00 AM | Wed Feb 19, 9:30 AM | Another day]
    > 9:30
    < ${confirmQuestion('Wednesday, February 19, 2025 at 9:30 AM')}
    > yes
    < ${booked('Wednesday, February 19, 2025 at 9:30 AM', '902')}
    `,
  );
  expect(useCases.requests.map(({ localStart }) => localStart)).toEqual([
    '2025-02-18T09:30',
    '2025-02-19T09:30',
  ]);
});

test('a picked time that somebody else holds: said at once, before the check, with others', async () => {
  const { useCases, chat } = open();
  await play(chat, toTime);
  useCases.practice.holdError = {
    kind: 'slot-taken',
    alternatives: [slotOn('2025-02-18T10:00'), slotOn('2025-02-18T09:00', { doctorId: bobLee.id })],
  };
  await play(
    chat,
    `
    > 9:30
    < I am sorry, somebody else just took that time. Nothing was booked. These are the closest ones:
    [Tue Feb 18, 10:00 AM | Another day]
    > 1
    < ${confirmQuestion('Tuesday, February 18, 2025 at 10:00 AM')}
    `,
  );
  expect(useCases.requests).toEqual([]);
});

test('a picked time that somebody else holds, and nothing near: the times of the day are asked again', async () => {
  const { useCases, chat } = open();
  await play(chat, toTime);
  useCases.practice.holdError = { kind: 'slot-taken', alternatives: [] };
  await play(
    chat,
    `
    > 9:30
    < I am sorry, somebody else just took that time. Nothing was booked.
    ${timeQuestion('Tue Feb 18')}
    `,
  );
});

test('a time taken meanwhile with nothing near: the times of the day are asked again', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  useCases.practice.bookError = { kind: 'slot-taken', alternatives: [] };
  await play(
    chat,
    `
    > yes
    < I am sorry, somebody else just took that time. Nothing was booked.
    ${timeQuestion('Tue Feb 18')}
    `,
  );
});

test('the EHR is down at identification, at the list, at the time and at booking: nothing is lost', async () => {
  const { useCases, chat } = open();
  const { practice } = useCases;
  await play(chat, toName);
  practice.identifyError = { kind: 'ehr-unavailable' };
  await play(
    chat,
    `
    > Maria Lopez, 03/25/1980
    < I cannot reach the practice's system right now. Nothing was booked, and I kept your answers. Please try again in a few minutes, or call 555-0100.
    [Try again]
    `,
  );
  practice.identifyError = undefined;
  practice.browseError = { kind: 'ehr-unavailable' };
  await play(
    chat,
    `
    > Try again
    < Thank you, Maria.
    ${unreachable('555-0100')}
    `,
  );
  practice.browseError = undefined;
  await play(
    chat,
    `
    > 1
    < ${officeQuestion}
    > 1
    < ${doctorQuestion}
    > 1
    < What kind of visit is it?
    [Checkup | New patient visit]
    > 1
    < ${dayQuestion}
    > feb 18
    < ${timeQuestion('Tue Feb 18')}
    `,
  );
  practice.browseError = { kind: 'ehr-unavailable', retryAfterSeconds: 60 };
  await play(
    chat,
    `
    > 9:30
    < ${unreachable('555-0100')}
    `,
  );
  practice.browseError = undefined;
  practice.bookError = { kind: 'ehr-unavailable' };
  await play(
    chat,
    `
    > Try again
    < ${confirmQuestion(at930)}
    > yes
    < ${unreachable('555-0101')}
    > yes
    < ${confirmQuestion(at930)}
    > yes
    < ${booked(at930, '902')}
    `,
  );
});

test('an unsure booking says so, is not invited again, and its news comes first', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  useCases.practice.bookError = { kind: 'unconfirmed', ref: 'r1' };
  const stillChecking =
    'I am still checking your last appointment and will tell you here. Please do not book it again. To be sure now, call 555-0100.';
  await play(
    chat,
    `
    > yes
    < I could not confirm whether your appointment is booked. Please do not book it again: I am checking, and I will tell you here at your next message. If you want to be sure now, call 555-0101.
    > yes
    < ${stillChecking}
    > book another appointment
    < ${stillChecking}
    ${officeQuestion}
    > stop
    < OK, I stopped. Nothing more was booked. Write "book" when you want to begin again.
    `,
  );
  useCases.practice.news = [
    {
      id: 'n1',
      kind: 'not-booked',
      patientId: patientId('31'),
      doctorName: 'Dr. John Doe',
      startsAt: '2025-02-18T14:30:00.000Z',
      timeZone: 'America/New_York',
    },
  ];
  await play(
    chat,
    `
    > hello?
    < About the appointment I was not sure of (Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)): it was not booked. You can choose a time again.
    Would you like to book an appointment?
    [Book an appointment]
    > hello?
    < Would you like to book an appointment?
    [Book an appointment]
    `,
  );
});

test('news of another person waits until that person is back', async () => {
  const { useCases, chat } = open();
  await play(chat, toDay);
  useCases.practice.news = [
    {
      id: 'n1',
      kind: 'not-booked',
      patientId: patientId('32'),
      doctorName: 'Dr. John Doe',
      startsAt: '2025-02-18T14:30:00.000Z',
      timeZone: 'America/New_York',
    },
  ];
  await play(
    chat,
    `
    > feb 18
    < ${timeQuestion('Tue Feb 18')}`,
  );
  expect(useCases.practice.news).toHaveLength(1);
});

test('good news carries the confirmation', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  await play(chat, `> yes\n< ${booked(at930, '901')}`);
  const outcome = await useCases.book({ ...useCases.requests[0], channel: 'webchat' });
  if (!outcome.ok) throw new Error('the fake books');
  useCases.practice.news = [{ id: 'n1', kind: 'booked-after-all', booking: outcome.value }];
  const [news, ...others] = await chat.send({ type: 'message', text: 'hi' });
  expect(news?.text).toBe(
    'Good news about the appointment I was not sure of: it is booked. Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time). Reference: 902',
  );
  expect(news?.confirmation?.appointmentDetails.appointmentId).toBe('902');
  expect(news?.link?.label).toBe('Add to calendar');
  expect(others.map(({ text }) => text)).toEqual(['Would you like to book an appointment?']);
});

test('an own visit that is not sure yet is not called a visit', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  const outcome = await useCases.book({
    patientId: patientId('31'),
    doctorId: doe.id,
    officeId: mainStreet.id,
    localStart: '2025-02-18T09:30',
    durationMinutes: 30,
    channel: 'sms',
  });
  if (!outcome.ok) throw new Error('the fake books');
  const { appointment: _appointment, ...facts } = outcome.value;
  useCases.practice.bookError = {
    kind: 'overlaps-own',
    booking: { ...facts, status: 'pending', told: 'unconfirmed' },
  };
  await play(
    chat,
    `
    > yes
    < I am still checking whether this visit of yours is booked: Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time). Nothing new was booked. Please choose another time, or call 555-0101.
    ${timeQuestion('Tue Feb 18')}`,
  );
});

test("the patient's own other visit is named, and another time asked for", async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  await play(chat, `> yes\n< ${booked(at930, '901')}`);
  const outcome = await useCases.book({ ...useCases.requests[0], channel: 'webchat' });
  if (!outcome.ok) throw new Error('the fake books');
  useCases.practice.bookError = { kind: 'overlaps-own', booking: outcome.value };
  await play(
    chat,
    `
    > book another appointment
    < ${officeQuestion}
    > 1
    < ${doctorQuestion}
    > 1
    < What kind of visit is it?
    [Checkup | New patient visit]
    > 1
    < ${dayQuestion}
    > feb 18 at 9:30
    < ${confirmQuestion(at930)}
    > yes
    < You already have a visit then: Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time). Nothing new was booked. Please choose another time.
    ${timeQuestion('Tue Feb 18')}
    `,
  );
  // The identity was proven in this conversation: no second search.
  expect(useCases.claims.length).toBe(1);
});

test('no match asks for both again; too many tries gives the phone', async () => {
  const { useCases, chat } = open();
  const noMatch =
    'I could not find a chart with that name and date of birth. Please check both and try again, or call 555-0100.';
  await play(
    chat,
    `${toName}
    > Maria Lopez 3/26/1980
    < ${noMatch}
    Who is the appointment for? Please write the first and last name.
    > Nobody Known 3/25/1980
    < ${noMatch}
    Who is the appointment for? Please write the first and last name.
    `,
  );
  useCases.practice.identifyError = { kind: 'too-many-tries' };
  await play(
    chat,
    `
    > Maria Lopez
    < What is the date of birth? Please write month, day and year, like 03/25/1980.
    > 3/25/1980
    < I cannot look up more charts right now. Please call 555-0100, and they will book it with you.
    > hello
    < Who is the appointment for? Please write the first and last name.
    `,
  );
  expect(useCases.claims.length).toBe(3);
});

describe('every other refusal of a booking', () => {
  const lead = (error: BookingError, ...lines: readonly string[]) => ({ error, lines });
  const policy = (rule: PolicyRule): BookingError => ({ kind: 'outside-policy', ...rule });
  const cases = [
    lead(policy({ rule: 'past' }), 'That time is over, so nothing was booked.', dayQuestion),
    lead(
      policy({ rule: 'lead-time', leadMinutes: 120 }),
      'That is too soon: I can book from 2 hours ahead. Nothing was booked.',
      dayQuestion,
    ),
    lead(
      policy({ rule: 'horizon', horizonDays: 60 }),
      'That is too far away: I can book up to 60 days ahead. Nothing was booked.',
      dayQuestion,
    ),
    lead(
      policy({ rule: 'impossible-time' }),
      'The clocks change at that time, so it cannot be booked. Nothing was booked.',
      dayQuestion,
    ),
    lead(
      { ...policy({ rule: 'not-offered' }), kind: 'outside-policy', rule: 'not-offered', alternatives: [] },
      'That time is not open any more. Nothing was booked.',
      dayQuestion,
    ),
    lead(
      { kind: 'outside-policy', rule: 'not-offered', alternatives: [slotOn('2025-02-18T10:00')] },
      'That time is not open any more. Nothing was booked. These are the closest ones:',
      '[Tue Feb 18, 10:00 AM | Another day]',
    ),
    lead(
      policy({ rule: 'not-bookable-here' }),
      'This doctor cannot be booked online at this office. Please choose another one, or call 555-0101.',
      changeQuestion,
    ),
    lead(
      policy({ rule: 'no-time-zone' }),
      "This doctor's times at this office cannot be booked online. Please choose another one, or call 555-0101.",
      changeQuestion,
    ),
    lead(
      policy({ rule: 'unknown-visit-type' }),
      'That kind of visit cannot be booked online. Nothing was booked.',
      changeQuestion,
    ),
    lead(
      policy({ rule: 'duration' }),
      'A visit of that length cannot be booked online. Nothing was booked.',
      changeQuestion,
    ),
    lead(
      { kind: 'ehr-refused', reason: 'fields' },
      "The practice's system did not accept this, so nothing was booked. You can change something, or call 555-0101.",
      changeQuestion,
    ),
    lead(
      { kind: 'patient-not-found' },
      'The practice does not find the chart any more, so nothing was booked. I have to ask who you are again.',
      'Who is the appointment for? Please write the first and last name.',
    ),
    lead(
      { kind: 'patient-ambiguous' },
      'I cannot tell which chart is the right one, so nothing was booked. I have to ask who you are again.',
      'Who is the appointment for? Please write the first and last name.',
    ),
    lead(
      { kind: 'missing-fields', fields: ['doctorid'] },
      'Something is still missing, so nothing was booked yet.',
      doctorQuestion,
    ),
  ];
  for (const { error, lines } of cases)
    test(error.kind === 'outside-policy' ? `outside-policy: ${error.rule}` : error.kind, async () => {
      const { useCases, chat } = open();
      await play(chat, toConfirm);
      useCases.practice.bookError = error;
      await play(chat, `> yes\n< ${lines.join('\n')}`);
      // Nothing is a dead end: the day, or the person, can be said and it goes on.
      const [reply] = await chat.say('start over');
      expect(reply).toContain('Do you want to start over?');
    });
});

test('no open time at all, and no doctor: the phone, and what can be changed', async () => {
  const { useCases, chat } = open();
  await play(chat, toDay);
  useCases.practice.horizonDays = 0;
  await play(
    chat,
    `
    > more
    < There is no open time to book online for this choice. Please change something, or call 555-0101.
    What would you like to change?
    [Change the office | Change the doctor | Change the visit type | Change the patient | Start over]
    > 2
    < ${doctorQuestion}
    `,
  );
  useCases.practice.doctors = [];
  await play(
    chat,
    `
    > dr doe
    < I do not know a doctor of that name here.
    No visit can be booked online here right now. Please call 555-0101.
    What would you like to change?
    [Change the office | Change the patient | Start over]
    `,
  );
});

test('the times of the day are gone when they are asked for: another day', async () => {
  const { useCases, chat } = open();
  await play(chat, toTime);
  useCases.practice.closedDays = ['2025-02-18'];
  await play(
    chat,
    `
    > more
    < There is no open time on that day.
    Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
    [Tue Feb 11 | Wed Feb 12 | Thu Feb 13 | Fri Feb 14 | Mon Feb 17 | Wed Feb 19 | More]
    `,
  );
});
