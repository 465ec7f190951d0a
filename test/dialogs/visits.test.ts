// Seeing, calling off and moving visits on file, as transcripts: every reply of every turn.
import { describe, expect, test } from 'vitest';
import { appointmentId, type CancelledBooking, visitTypeId } from '../../services/domain.ts';
import type { Visit } from '../../services/visit-cases.ts';
import { dayQuestion, greeting, toDay } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases, maria, slotOn } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';
import { sampleFacts } from '../support/sample-booking.ts';
import { play } from '../support/transcript.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');
const tuesday = 'Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)';
const thursday = 'Dr. John Doe, Thursday, February 20, 2025 at 10:00 AM (Eastern Time)';
const list = `Tuesday, February 18, 2025 at 9:30 AM (Eastern Time): Dr. John Doe, Main Street
  Thursday, February 20, 2025 at 10:00 AM (Eastern Time): Dr. John Doe, Main Street
  [Tue Feb 18, 9:30 AM, Dr. John Doe | Thu Feb 20, 10:00 AM, Dr. John Doe]`;
const check = (when: string): string => `Please check the visit:
  For: Maria Lopez
  With: Dr. John Doe
  When: ${when} (Eastern Time)
  Where: Main Street
  Shall I cancel it? If you like, say why: "yes, because ..."
  [Cancel it | Keep it]`;
const onTuesday = check('Tuesday, February 18, 2025 at 9:30 AM');

function open(starts: readonly string[], options: { channelId?: string; locale?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = starts.map((start) => visitOn(start, { patientId: maria }));
  return { useCases, chat: openChat({ useCases, nowMs, ...options }) };
}
/** Our record of a visit that is no more. */
const bookingOf = (visit: Visit | undefined): CancelledBooking => ({
  ...sampleFacts,
  ...{
    patientId: maria,
    doctorName: 'Dr. John Doe',
    timeZone: 'America/New_York',
    startsAt: visit?.startsAt ?? '',
  },
  ...{ status: 'cancelled', appointment: visit?.appointment ?? appointmentId('0'), by: 'patient' },
});
const two = ['2025-02-18T09:30', '2025-02-20T10:00'];
/** Says first what is wanted, then who it is. */
const asking = (wish: string): string => `> ${wish}
  ${greeting}
  Whose visits are they? Please write the first and last name.
  > Maria Lopez, 03/25/1980
  < Thank you, Maria.`;

describe('my appointments', () => {
  test('a list, one of it, the way there, and back to the list; one reading', async () => {
    const { useCases, chat } = open(two);
    await play(
      chat,
      `${asking('when is my appointment?')}
      Your next visits:
      ${list}
      > 2
      < ${thursday}, Main Street.
      [Move it | Cancel it | Directions | Other visits | Done]
      > how do I get there?
      < Main Street, 12 Main Street, Riverbend
      ${thursday}, Main Street.
      [Move it | Cancel it | Directions | Other visits | Done]
      > other visits
      < Your next visits:
      ${list}
      > done
      < OK, everything stays as it is.
      [Book an appointment]
      `,
    );
    expect(useCases.reads()).toBe(1);
  });

  test('none; and more than a page of them', async () => {
    await play(
      open([]).chat,
      `${asking('my visits')}
      You have no visits coming up.
      [Book an appointment]`,
    );
    const days = ['11', '12', '13', '14', '18', '19', '20'];
    const { chat } = open(days.map((day) => `2025-02-${day}T09:30`));
    await play(
      chat,
      `${asking('my visits')}
      Your next visits:
      ${['Tuesday, February 11', 'Wednesday, February 12', 'Thursday, February 13', 'Friday, February 14', 'Tuesday, February 18'].map((day) => `${day}, 2025 at 9:30 AM (Eastern Time): Dr. John Doe, Main Street`).join('\n')}
      [${['Tue Feb 11', 'Wed Feb 12', 'Thu Feb 13', 'Fri Feb 14', 'Tue Feb 18'].map((day) => `${day}, 9:30 AM, Dr. John Doe`).join(' | ')} | More]
      > more
      < Your next visits:
      Wednesday, February 19, 2025 at 9:30 AM (Eastern Time): Dr. John Doe, Main Street
      Thursday, February 20, 2025 at 9:30 AM (Eastern Time): Dr. John Doe, Main Street
      [Wed Feb 19, 9:30 AM, Dr. John Doe | Thu Feb 20, 9:30 AM, Dr. John Doe | Earlier]
      > cancel the first
      < ${check('Wednesday, February 19, 2025 at 9:30 AM')}`,
    );
  });

  test('each has its calendar file; those of which nobody knows the time are told of', async () => {
    const { useCases, chat } = open([]);
    useCases.practice.visits = [visitOn('2025-02-18T09:30', { patientId: maria })];
    await chat.say('my visits');
    const [reply] = await chat.send({ type: 'message', text: 'Maria Lopez 03/25/1980' });
    expect(reply?.link).toEqual({ label: 'Add to calendar', path: '/calendar/802180930-en.ics' });
    const phone = open([]);
    phone.useCases.practice.untimed = 1;
    await play(
      phone.chat,
      `${asking('my visits')}
      There is a visit that I cannot show here. Please call 555-0100 about it.
      [Book an appointment]`,
    );
  });

  test('a visit that only the office can change', async () => {
    const { useCases, chat } = open([]);
    useCases.practice.visits = [
      visitOn('2025-02-18T09:30', { patientId: maria, state: 'other', changeable: false }),
    ];
    await play(
      chat,
      `${asking('my visits')}
      Your next visit: ${tuesday}, Main Street. Please ask the office about it.
      [Directions | Done]
      > cancel it
      < I cannot change this visit here: ${tuesday} (please ask the office about it). Please call 555-0100.
      [Book an appointment]`,
    );
    expect(useCases.asked.cancels).toEqual([]);
  });

  test('the practice does not answer: our own records are shown as such, and not acted on', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    useCases.practice.asOf = '2025-02-09T17:00:00.000Z';
    const old = `I cannot reach the practice's system right now. This is what I knew on Sunday, February 9, 2025 at 12:00 PM (Eastern Time); visits made by phone may be missing, and I cannot change any now.
      Your next visits:
      Tuesday, February 18, 2025 at 9:30 AM (Eastern Time): Dr. John Doe, Main Street
      [Tue Feb 18, 9:30 AM, Dr. John Doe]`;
    await play(chat, `${asking('cancel my appointment')}\n${old}\n> 1\n< ${old}`);
    useCases.practice.asOf = undefined;
    await play(chat, `> 1\n< ${onTuesday}`);
  });
});

describe('what was read in this conversation counts when a new visit is booked', () => {
  test('the same day is a question, though the visit was made by phone', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(
      chat,
      `${asking('my visits')}\nYour next visit: ${tuesday}, Main Street.\n[Move it | Cancel it | Directions | Done]\n> done\n< OK, everything stays as it is.\n[Book an appointment]`,
    );
    const said = (
      await chat.say('book a checkup with Dr. Ann Lee at Main Street on February 18 at 2 pm')
    ).join('\n');
    expect(said).toContain('You already have a visit that day: Dr. John Doe, 9:30 AM.');
    expect(useCases.requests).toEqual([]);
  });

  test('the same time is none of the times that can be had', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(
      chat,
      `${asking('my visits')}\nYour next visit: ${tuesday}, Main Street.\n[Move it | Cancel it | Directions | Done]\n> done\n< OK, everything stays as it is.\n[Book an appointment]`,
    );
    const said = (
      await chat.say('book a checkup with Dr. Ann Lee at Main Street on February 18 at 9:30')
    ).join('\n');
    expect(said).toContain(`You already have a visit then: ${tuesday}.`);
    expect(useCases.requests).toEqual([]);
  });
});

test('what was read for one person is not told to the next one in the same conversation', async () => {
  const { useCases, chat } = open(['2025-02-18T09:30']);
  await chat.say('my visits');
  await chat.say('Maria Lopez 03/25/1980');
  await chat.say('done');
  expect((await chat.say('book')).join()).not.toBe('');
  await chat.say('for another person');
  expect((await chat.say('Sam Stone 12/1/1975')).join()).toContain('Thank you, Sam.');
  const said = (await chat.say('a checkup with Dr. Ann Lee at Main Street on February 18 at 2 pm')).join(
    '\n',
  );
  expect(said).toContain('Sam Stone');
  expect(said).not.toContain('You already have a visit that day');
  expect(useCases.requests).toEqual([]);
});

describe('calling a visit off', () => {
  test('only a clear yes does it, with a reason behind it or without; undo within the minute', async () => {
    const { useCases, chat } = open(two);
    await play(
      chat,
      `${asking('cancel my appointment on Tuesday')}
      ${onTuesday}
      > ok
      < I cancel only when you clearly say so.
      ${onTuesday}
      > yes, I have to work
      < Your visit is cancelled: ${tuesday}. For one minute you can write "undo". The office can read your reason.
      [Undo | Book an appointment]
      > undo
      < Your visit stands again: ${tuesday}.
      [Book an appointment]`,
    );
    expect(useCases.asked.cancels).toMatchObject([
      {
        patientName: 'Maria Lopez',
        reason: 'I have to work',
        visit: { patientId: '31', startsAt: '2025-02-18T14:30:00.000Z' },
      },
    ]);
    expect(useCases.asked.undos.length).toBe(1);
  });

  test.each([
    ['no', 'keep'],
    ['Keep it', 'keep'],
    ['yes but move it instead', 'move'],
    ["don't", 'keep'],
    ['no, leave it', 'keep'],
    ["no, I'll come", 'keep'],
    ['actually no', 'keep'],
    ['I changed my mind', 'keep'],
    ["please don't cancel it", 'keep'],
    ["yes, but I don't want to cancel", 'miss'],
    ['yes I can come', 'keep'],
    ['yes, I will be there', 'keep'],
    ["yes I'm coming", 'keep'],
    ['sorry, my mistake, I can make it', 'keep'],
    ['I can make it after all', 'keep'],
    ['it was a mistake', 'keep'],
    ['yes I can come on Tuesday now', 'miss'],
    ['yes, I was not sure', 'miss'],
    ['yes, I have a question', 'miss'],
    ['yes I think so', 'miss'],
    ['yes I will', 'miss'],
    ['yes my son can come with me', 'miss'],
    ["yes I'm free", 'miss'],
    ['yes, I want to be seen', 'miss'],
    ['yes, because I can come', 'miss'],
    ['cancel my visit', 'miss'],
    ['never mind', 'leave'],
    ['change it', 'move'],
    ['book', 'miss'],
    ['book it', 'miss'],
    ['yes, both', 'miss'],
    ['yes, I want another day', 'miss'],
    ['yes, the morning', 'miss'],
    // No number stands before a button.
    ['1', 'miss'],
  ])('"%s" calls nothing off', async (answer, kind) => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    const said = (await chat.say(answer)).join('\n');
    expect(said).toContain(
      {
        keep: `Your visit is unchanged: ${tuesday}.`,
        move: `We will move this visit: ${tuesday}.`,
        miss: 'I did not catch which one you mean.',
        leave: 'OK, everything stays as it is.',
      }[kind],
    );
    expect(useCases.asked.cancels).toEqual([]);
  });

  test.each([
    'cancel it',
    'yes, cancel it',
    'yes please cancel my appointment',
    "yes, I can't make it",
    'yes I have to work',
    "yes, I don't need it any more",
    'yes, my car broke down',
    'yes, something came up',
    'yes my son is sick',
    "yes, I won't be there",
    "yes I'm going to be out of town",
    'yes sorry I am not able to come',
    'yes, we are on vacation',
    'yes, I feel better now',
    'yes I am sure',
    'yes, I do',
    'go ahead',
  ])('"%s" calls it off', async (answer) => {
    const { chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    expect((await chat.say(answer)).join()).toContain('Your visit is cancelled');
  });

  test('a yes without a reason sends none', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    await chat.say('yes, I do');
    expect(useCases.asked.cancels).not.toMatchObject([{ reason: expect.anything() }]);
  });

  test.each([
    'no, the one on Thursday',
    'yes, the Thursday one',
    'yes, I meant Thursday',
    'the other one',
    'yes, the other one',
    'si, la otra',
  ])('"%s" means another visit, which is asked about first', async (answer) => {
    const { useCases, chat } = open(two);
    await play(chat, `${asking('cancel my appointment on Tuesday')}\n${onTuesday}`);
    expect((await chat.say(answer)).join()).toContain(`When: Thursday, February 20, 2025`);
    expect(useCases.asked.cancels).toEqual([]);
    expect((await chat.say('yes, because my mother who lives far away visits me')).join()).toMatch(
      /Your visit is cancelled: .*Thursday.* I could not pass your reason on; you can tell the office at 555-0100\./,
    );
    expect(useCases.asked.cancels).toMatchObject([{ reason: 'my mother who lives far away visits me' }]);
  });

  test('a reason that names a day is a reason where it says because', async () => {
    const { useCases, chat } = open(two);
    await play(chat, `${asking('cancel my appointment on Tuesday')}\n${onTuesday}`);
    await chat.say("yes, because I'm back on Thursday");
    expect(useCases.asked.cancels).toMatchObject([
      { reason: "I'm back on Thursday", visit: { startsAt: '2025-02-18T14:30:00.000Z' } },
    ]);
  });

  test.each([
    ['sí, no puedo ir', 'cancelada'],
    ['sí, tengo que trabajar', 'cancelada'],
    ['sí, cancele la cita', 'cancelada'],
    ['sí quiero cancelarla', 'cancelada'],
    ['cancélela', 'cancelada'],
    ['adelante', 'cancelada'],
    ['mejor no', 'Su cita queda como está'],
    ['no, déjela así', 'Su cita queda como está'],
    ['no la cancele', 'Su cita queda como está'],
    ['cambié de opinión', 'Su cita queda como está'],
    ['me equivoqué sí voy a poder ir', 'Su cita queda como está'],
    ['sí voy a poder ir', 'Su cita queda como está'],
    ['sí, voy a ir', 'Su cita queda como está'],
    ['si voy', 'Su cita queda como está'],
    ['sí puedo ir', 'Su cita queda como está'],
    ['me equivoqué', 'Su cita queda como está'],
    ['sí, voy con mi hijo', 'No entendí cuál quiere'],
    ['sí, tengo una pregunta', 'No entendí cuál quiere'],
    ['sí, mi hija me lleva y puedo ir', 'No entendí cuál quiere'],
    ['sí, mi hijo está enfermo', 'cancelada'],
    ['sí, voy a estar de viaje', 'cancelada'],
    ['sí, ya no voy a poder', 'cancelada'],
    ['sí, me siento mal', 'cancelada'],
    ['sí, no me voy a poder levantar', 'cancelada'],
    ['cámbiela', 'Vamos a cambiar esta cita'],
  ])('en español: "%s"', async (answer, sentence) => {
    const { chat } = open(['2025-02-18T09:30'], { locale: 'es-US' });
    for (const text of ['cancelar mi cita', 'Maria Lopez 25/03/1980']) await chat.say(text);
    expect((await chat.say(answer)).join()).toContain(sentence);
  });

  test.each([
    'undo that',
    'oh no, undo that',
    "wait, I didn't mean that",
    'I changed my mind',
    'can I have it back?',
    'put it back please',
    'that was a mistake',
    'no wait, keep it',
    "please don't cancel it",
    'deshágalo por favor',
    'no, espere, no quería cancelarla',
    'me equivoqué',
    'quiero recuperarla',
    'mejor no la cancele',
    'I canged my mind',
    'fue un errror',
    'no, espere, no qureía canclarla',
  ])('"%s" takes it back', async (answer) => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    await chat.say('yes');
    await chat.say(answer);
    expect(useCases.asked.undos.length).toBe(1);
  });

  test('and so do words after others that were not understood', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    for (const text of ['yes', 'oh dear', 'that was a mistake']) await chat.say(text);
    expect(useCases.asked.undos.length).toBe(1);
  });

  test('"undo" works while a booking goes on; words that may mean something else do not', async () => {
    const { useCases, chat } = open(['2025-02-20T10:00']);
    await play(
      chat,
      `${toDay}
      > cancel my other appointment
      < ${check('Thursday, February 20, 2025 at 10:00 AM')}
      > yes
      < Your visit is cancelled: ${thursday}. For one minute you can write "undo". Back to your new appointment.
      ${dayQuestion}`,
    );
    await chat.say('that was a mistake');
    expect(useCases.asked.undos).toEqual([]);
    await play(
      chat,
      `> undo\n< Your visit stands again: ${thursday}. Back to your new appointment.\n${dayQuestion}`,
    );
    expect(useCases.asked.undos.length).toBe(1);
  });

  test('the visit is named as it was when it was called off, not as it was shown', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await chat.say('cancel my visit');
    await chat.say('Maria Lopez 03/25/1980');
    const [visit] = useCases.practice.visits;
    if (visit === undefined) throw new Error('no visit');
    useCases.practice.visits = [{ ...visit, doctorName: 'Dr. Ann Lee' }];
    expect((await chat.say('yes')).join()).toContain('Your visit is cancelled: Dr. Ann Lee, Tuesday');
  });

  test('on SMS "yes" belongs to the carrier; the number does it', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30'], { channelId: 'sms' });
    for (const text of ['my visits', 'Maria Lopez 03/25/1980', '2', 'YES']) await chat.say(text);
    expect(useCases.asked.cancels).toEqual([]);
    expect((await chat.say('1')).join()).toContain('Your visit is cancelled');
  });

  test('a number for the list that is sent twice calls nothing off', async () => {
    const { useCases, chat } = open(two, { channelId: 'sms' });
    for (const text of ['cancel my appointment', 'Maria Lopez 03/25/1980', '1', '1']) await chat.say(text);
    expect(useCases.asked.cancels).toEqual([]);
    chat.wait(1);
    expect((await chat.say('1')).join()).toContain('Your visit is cancelled');
  });

  test('after its minute "undo" comes too late, and says so', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    await chat.say('yes');
    chat.wait(2);
    await play(
      chat,
      `> undo
      < It is too late to take that back: the visit stays cancelled. You can book a new one.
      [Book an appointment]`,
    );
    expect(useCases.asked.undos).toEqual([]);
  });

  const now = visitOn('2025-02-19T11:00', { patientId: maria });
  const stays = `Please call 555-0100.`;
  test.each([
    [{ kind: 'visit-not-found' }, `I do not find that visit any more, so I changed nothing. ${stays}`],
    [
      { kind: 'changed-since', visit: now },
      'That visit was changed since, so I changed nothing. It is now: Dr. John Doe, Wednesday, February 19, 2025 at 11:00 AM (Eastern Time).',
    ],
    [
      { kind: 'changed-since', visit: { ...now, state: 'cancelled' } },
      'That visit was called off since: Dr. John Doe, Wednesday, February 19, 2025 at 11:00 AM (Eastern Time).',
    ],
    [
      { kind: 'too-late', visit: now, noticeMinutes: 1440 },
      `This visit is less than 24 hours away, so I cannot change it here: Dr. John Doe, Wednesday, February 19, 2025 at 11:00 AM (Eastern Time). ${stays}`,
    ],
    [
      { kind: 'too-late', visit: now, noticeMinutes: 0 },
      `This visit has begun, so I cannot change it: Dr. John Doe, Wednesday, February 19, 2025 at 11:00 AM (Eastern Time). ${stays}`,
    ],
    [{ kind: 'not-changeable', visit: now }, 'I cannot change this visit here'],
    [{ kind: 'ehr-refused', reason: 'x' }, 'Your visit is unchanged.'],
    [{ kind: 'unsure' }, 'I could not find out whether that was done.'],
  ] as const)('%o is said as it is', async (error, sentence) => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    useCases.practice.changeError = error;
    expect((await chat.say('yes')).join()).toContain(sentence);
  });

  test.each(['cancel my visit', 'move my visit to friday at 10'])(
    'too late: "%s" hears it at once',
    async (wish) => {
      const { useCases, chat } = open([]);
      const late = { patientId: maria, changeable: false, tooLateMinutes: 1440 };
      useCases.practice.visits = [visitOn('2025-02-18T09:30', late)];
      await play(
        chat,
        `${asking(wish)}
      This visit is less than 24 hours away, so I cannot change it here: ${tuesday}. Please call 555-0100.
      [Book an appointment]`,
      );
    },
  );

  test('the practice does not answer: the question stays open', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await play(chat, `${asking('cancel my visit')}\n${onTuesday}`);
    useCases.practice.changeError = { kind: 'ehr-unavailable' };
    expect((await chat.say('yes')).join()).toContain('Your visit is unchanged. Please try again');
    expect((await chat.say('yes')).join()).toContain('Your visit is cancelled');
  });
});

test.each([
  ['cancel my visit', 'yes', 'Your visit is cancelled'],
  ['move my visit to Friday at 9:30', 'try again', 'Your visit was moved'],
])(
  'an earlier change is still open: "%s" changes nothing, says so, and can be said again',
  async (wish, again, done) => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    for (const text of [wish, 'Maria Lopez 3/25/1980']) await chat.say(text);
    useCases.practice.changeError = { kind: 'still-checking' };
    const first = (await chat.say('yes')).join();
    expect(first).toContain('I am still checking your last change of this visit, so I did nothing more.');
    const second = (await chat.say(again)).join();
    expect(again === 'yes' ? second : (await chat.say('yes')).join()).toContain(done);
  },
);

test.each([
  "I can't come on Tuesday",
  "we won't be able to make it",
  'no puedo ir el martes',
  'I need to be there? no: unable to attend',
])('about a visit on file: %s', async (text) => {
  const { chat } = open(['2025-02-18T09:30']);
  expect((await chat.say(text)).join()).toMatch(/Whose visits are they\?|¿De quién son las citas\?/);
  expect((await chat.say('Maria Lopez 3/25/1980')).join()).toMatch(
    /\[Move it \| Cancel it|\[Cambiarla \| Cancelarla/,
  );
});

test('"undo" counts while a booking that was put aside goes on', async () => {
  const { useCases, chat } = open(['2025-02-18T09:30']);
  await play(chat, toDay);
  await chat.say('cancel my other appointment');
  expect((await chat.say('yes')).join()).toContain('Back to your new appointment.');
  await play(
    chat,
    `> actually no, undo that
    < Your visit stands again: ${tuesday}. Back to your new appointment.
    ${dayQuestion}`,
  );
  expect(useCases.asked.undos.length).toBe(1);
});

test.each([
  ['moverla', 'Vamos a cambiar esta cita'],
  ['cámbiela por favor', 'Vamos a cambiar esta cita'],
  ['otro día', 'Vamos a cambiar esta cita'],
  ['cancelarla', '¿La cancelo?'],
  ['anúlela', '¿La cancelo?'],
  ['¿dónde queda?', '12 Main Street'],
])('in Spanish, of the visit that is shown: %s', async (text, answer) => {
  const { chat } = open(['2025-02-18T09:30'], { locale: 'es-MX' });
  await chat.say('mis citas');
  await chat.say('Maria Lopez, 25 de marzo de 1980');
  expect((await chat.say(text)).join()).toContain(answer);
});

describe('cards of before', () => {
  const message = (text: string) => ({ type: 'message', text });

  test('a tap on an old card of visits changes nothing, and shows how they are now', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await chat.say('my visits');
    const [acts] = await chat.send(message('Maria Lopez 03/25/1980'));
    const [sure] = await chat.send(message('cancel it'));
    await chat.say('no');
    expect(await chat.tap(sure, 'Cancel it')).toEqual([
      `That step is over, so nothing was changed.\nYour next visit: ${tuesday}, Main Street.\n[Move it | Cancel it | Directions | Done]`,
    ]);
    expect(useCases.asked.cancels).toEqual([]);
    await chat.say('cancel it');
    await chat.say('yes');
    expect((await chat.tap(acts, 'Move it')).join()).toContain('You have no visits coming up.');
    expect(useCases.asked).toMatchObject({ moves: [], undos: [] });
  });

  test('"Undo" counts for its minute, whatever was said meanwhile, and once', async () => {
    const { useCases, chat } = open(['2025-02-18T09:30']);
    await chat.say('cancel my visit');
    await chat.say('Maria Lopez 03/25/1980');
    const [done] = await chat.send(message('yes'));
    await chat.say('thank you');
    expect((await chat.tap(done, 'Undo')).join()).toContain('Your visit stands again');
    expect((await chat.tap(done, 'Undo')).join()).toContain('That step is over, so nothing was changed.');
    expect(useCases.asked.undos.length).toBe(1);
  });

  test('"Undo" of a cancellation before the last one takes back neither', async () => {
    const { useCases, chat } = open(two);
    await chat.say('cancel my visit on Tuesday');
    await chat.send(message('Maria Lopez 03/25/1980'));
    const [first] = await chat.send(message('yes'));
    await chat.say('cancel my visit');
    const [second] = await chat.send(message('yes'));
    expect(useCases.asked.cancels.length).toBe(2);
    expect((await chat.tap(first, 'Undo')).join()).toContain('That step is over, so nothing was changed.');
    expect(useCases.asked.undos).toEqual([]);
    expect((await chat.tap(second, 'Undo')).join()).toContain(`Your visit stands again: ${thursday}`);
  });

  test('another conversation’s card does nothing', async () => {
    const one = open(['2025-02-18T09:30']);
    await one.chat.say('cancel my visit');
    const [sure] = await one.chat.send(message('Maria Lopez 03/25/1980'));
    const other = openChat({ useCases: one.useCases, nowMs, conversation: 'c2' });
    await other.say('cancel my visit');
    await other.say('Sam Stone 12/1/1975');
    expect((await other.tap(sure, 'Cancel it')).join()).not.toContain('cancelled');
    expect(one.useCases.asked.cancels).toEqual([]);
  });
});

describe('moving a visit', () => {
  const moved = (from: string, to: string): string => `Please check the move:
  For: Maria Lopez
      With: Dr. John Doe
      Where: Main Street
      From: ${from} (Eastern Time)
      To: ${to} (Eastern Time)
      Shall I move it?
      [Move it | Change something]`;
  const fromThursday = moved(
    'Thursday, February 20, 2025 at 10:00 AM',
    'Friday, February 14, 2025 at 10:00 AM',
  );

  test('the new time is held for as long as the visit takes, whatever its kind takes by now', async () => {
    const { useCases, chat } = open([]);
    const long = { patientId: maria, durationMinutes: 45, visitTypeId: visitTypeId('284051') };
    useCases.practice.visits = [visitOn('2025-02-20T10:00', long)];
    await chat.say('move my visit to Friday at 10');
    await chat.say('Maria Lopez 03/25/1980');
    const [asked] = useCases.held;
    expect([asked?.localStart, asked?.durationMinutes, asked?.visitTypeId]).toEqual([
      '2025-02-14T10:00',
      45,
      undefined,
    ]);
  });

  test('one sentence says which and when', async () => {
    const { useCases, chat } = open(two);
    await play(
      chat,
      `${asking('move my Thursday visit to Friday at 10')}
      We will move this visit: ${thursday}.
      ${fromThursday}
      > yes
      < Your visit was moved.
      With: Dr. John Doe
      When: Friday, February 14, 2025 at 10:00 AM (Eastern Time)
      Where: Main Street
      Reference: 802201000
      [Book an appointment]`,
    );
    expect(useCases.asked.moves).toMatchObject([
      { to: '2025-02-14T10:00', visit: { startsAt: '2025-02-20T15:00:00.000Z' } },
    ]);
    expect(useCases.requests).toEqual([]);
  });

  test('by choices; another doctor is not a move; it can be left as it is', async () => {
    const { useCases, chat } = open(['2025-02-20T10:00']);
    await play(
      chat,
      `${asking('I need to reschedule')}
      We will move this visit: ${thursday}.
      Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
      [Wed Feb 12 | Thu Feb 13 | Fri Feb 14]
      > with Dr. Ann Lee
      < I can only move this visit to another time. For another doctor or office, book a new one and cancel this one, or call 555-0101.
      Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
      [Wed Feb 12 | Thu Feb 13 | Fri Feb 14]
      > friday at 10
      < ${fromThursday}
      > ok
      < I move it only when you clearly say so.
      ${fromThursday}
      > hm?
      < I move it only when you clearly say so.
      ${fromThursday}
      > no
      < What would you like to change?
      [Change the day | Change the time | Leave it as it is]
      > leave it as it is
      < Your visit is unchanged: ${thursday}.
      [Book an appointment]`,
    );
    expect(useCases.asked.moves).toEqual([]);
  });

  test('the time is taken meanwhile: the visit stands, and other times are offered', async () => {
    const { useCases, chat } = open(['2025-02-20T10:00']);
    await play(
      chat,
      `${asking('move my visit to Friday at 10')}\nWe will move this visit: ${thursday}.\n${fromThursday}`,
    );
    useCases.practice.changeError = { kind: 'slot-taken', alternatives: [slotOn('2025-02-14T09:30')] };
    await play(
      chat,
      `> yes
      < I am sorry, somebody else just took that time. Your visit is unchanged: ${thursday}. These are the closest ones:
      [Fri Feb 14, 9:30 AM | Another day]
      > 1
      < ${moved('Thursday, February 20, 2025 at 10:00 AM', 'Friday, February 14, 2025 at 9:30 AM')}`,
    );
  });

  test('a booking under way is put aside, and goes on afterwards', async () => {
    const { useCases, chat } = open(['2025-02-20T10:00']);
    await play(
      chat,
      `${toDay}
      > cancel my other appointment
      < ${check('Thursday, February 20, 2025 at 10:00 AM')}
      > no
      < Your visit is unchanged: ${thursday}. Back to your new appointment.
      ${dayQuestion}`,
    );
    expect(useCases.asked.cancels).toEqual([]);
  });
});

test('what is no answer to the check of a move is told about the move', async () => {
  for (const [channelId, first, second] of [
    ['webchat', 'I move it only when you clearly say so.', 'Please pick "Move it" or "Change something".'],
    ['sms', 'Please reply 1 to move it, or 2 to change something.', 'reply 1 to move it'],
  ] as const) {
    const { chat } = open(['2025-02-20T10:00'], { channelId });
    for (const text of ['move my visit to Friday at 10', 'Maria Lopez 03/25/1980']) await chat.say(text);
    expect((await chat.say('purple')).join()).toContain(first);
    expect((await chat.say('purple')).join()).toContain(second);
    if (channelId === 'webchat') expect((await chat.say('ok')).join()).toContain(first);
  }
});

test.each([
  ['calling it off', 'cancel my visit'],
  ['looking at it', 'my visits'],
  ['moving it', 'move my visit to Friday at 10'],
])(
  'news of a visit in the midst of %s: it is read anew, and nothing more is asked of what was shown',
  async (_, wish) => {
    const { useCases, chat } = open(two);
    await chat.say(wish);
    await chat.say('Maria Lopez 03/25/1980');
    if (!wish.startsWith('my')) await chat.say('1');
    const [gone, left] = useCases.practice.visits;
    useCases.practice.visits = left === undefined ? [] : [left];
    useCases.practice.news = [{ id: 'n1', kind: 'cancelled-after-all', booking: bookingOf(gone) }];
    await play(
      chat,
      `> hello
    < Your visit does not stand any more: Tuesday, February 18, 2025 at 9:30 AM (Eastern Time), with Dr. John Doe.
    Your next visit: ${thursday}, Main Street.
    [Move it | Cancel it | Directions | Done]`,
    );
    expect([useCases.asked.cancels, useCases.asked.moves]).toEqual([[], []]);
  },
);

describe('the words in which people ask', () => {
  const found = {
    see: /Your next visit: |Su próxima cita: /,
    cancel: /Shall I cancel it\?|¿La cancelo\?|¿Cancelo/,
    move: /We will move this visit|Vamos a cambiar esta cita/,
  };
  test.each([
    ['see', 'is my appointment still on?'],
    ['see', "can you tell me when I'm supposed to come in?"],
    ['see', 'I lost my appointment card'],
    ['see', 'I forgot the time of my visit'],
    ['see', "I can't make it on Tuesday"],
    ['see', "I won't be able to come on February 18"],
    ['see', 'I cannot come after all'],
    ['see', 'my apponitments'],
    ['cancel', 'Hi, I have an appointment on Tuesday and I need to cancel it'],
    ['cancel', "I don't need my appointment any more"],
    ['cancel', 'can you take me off the schedule for Tuesday?'],
    ['cancel', 'I need to cancle'],
    ['cancel', "I can't come to my appointmment"],
    ['move', 'can I come on February 25 instead of Tuesday?'],
    ['move', "my appointment on Tuesday doesn't work for me, can we find another day?"],
    ['move', 'can my appointment be later?'],
    ['move', 'rescheedule my appt'],
    ['see', '¿tengo alguna cita?'],
    ['see', 'se me olvidó la hora de mi cita'],
    ['see', '¿qué día me toca?'],
    ['see', 'no voy a poder ir el martes'],
    ['see', 'tengo cita el 18 de febrero y no puedo ir'],
    ['cancel', 'ya no voy a ir a mi cita'],
    ['cancel', 'quiero quitar mi cita'],
    ['cancel', 'ya no necesito la cita'],
    ['cancel', 'tengo cita el martes y la quiero cancelar'],
    ['move', 'cámbieme la cita al 25 de febrero'],
    ['move', 'quiero otra fecha para mi cita'],
    ['move', 'quiero cabmiar mi cita'],
  ] as const)('%s: %s', async (kind, text) => {
    const isSpanish = /[¿áéíóú]|cita|poder ir/.test(text);
    const { chat } = open(['2025-02-18T09:30'], isSpanish ? { locale: 'es-US' } : {});
    await chat.say(text);
    expect((await chat.say('Maria Lopez March 25 1980')).join('\n')).toMatch(found[kind]);
  });

  // Of the visit that was booked or spoken of last.
  test.each([
    ['see', 'when is it again?'],
    ['see', 'wrong time, I need another one'],
    ['cancel', 'sorry, cancel that'],
    ['cancel', 'mejor cancélela'],
    ['cancel', 'perdón, cancele esa cita'],
    ['move', 'can I change the time?'],
    ['move', 'can we make it another day?'],
    ['move', 'actually another day would be better'],
    ['move', 'can we make it anothher day?'],
    ['move', 'cámbiela'],
    ['move', '¿puedo cambiar la hora?'],
    ['move', 'mejor otro día'],
  ] as const)('%s, just after: %s', async (kind, text) => {
    const { chat } = open(two);
    await play(chat, `${asking('cancel my Tuesday visit')}\n${onTuesday}`);
    await chat.say('no');
    const said = (await chat.say(text)).join('\n');
    expect(said).toMatch(kind === 'see' ? /Your next visits|Dr\. John Doe, Tuesday/ : found[kind]);
    if (kind !== 'see') expect(said).toMatch(/Tuesday, February 18|martes 18 de febrero/);
  });

  // Within a booking its day is the visit's, and no answer.
  test.each([
    ['cancel', "I can't come to my appointment on Thursday"],
    ['move', 'Can I switch my Thursday appointment to Friday?'],
    ['move', "I'd like to change my appointment with Dr. Doe"],
    ['see', 'what time is my appointment on Thursday?'],
  ] as const)('%s, in a booking: %s', async (kind, text) => {
    const { chat } = open(['2025-02-20T10:00']);
    await play(chat, toDay);
    expect((await chat.say(text)).join('\n')).toMatch(found[kind]);
    const before = open(['2025-02-20T10:00']).chat;
    for (const said of ['book', 'Maria Lopez', text]) await before.say(said);
    expect((await before.say('March 25 1980')).join('\n')).toMatch(found[kind]);
  });

  test('"Friday instead of Thursday" says when, and then which', async () => {
    const { chat } = open(two);
    await chat.say('can I come on Friday at 10 instead of Thursday?');
    const said = (await chat.say('Maria Lopez March 25 1980')).join('\n');
    expect(said).toContain('From: Thursday, February 20, 2025 at 10:00 AM');
    expect(said).toContain('To: Friday, February 14, 2025 at 10:00 AM');
  });

  test.each(['I need a cancer screening appointment', 'another day', 'any chance of a visit on Friday?'])(
    '"%s" is about no visit on file',
    async (text) => {
      const { useCases, chat } = open(two);
      await chat.say(text);
      expect((await chat.say('Maria Lopez March 25 1980')).join('\n')).not.toMatch(
        /Shall I cancel|We will move/,
      );
      expect(useCases.reads()).toBe(0);
    },
  );
});

test('a booking put aside does not keep the time to which a visit was moved meanwhile', async () => {
  const { useCases, chat } = open(['2025-02-20T10:00']);
  await play(chat, toDay);
  for (const text of ['friday at 10', 'cancel my other appointment', 'move it', 'friday at 10'])
    await chat.say(text);
  const said = (await chat.say('yes')).join('\n');
  expect(useCases.asked.moves).toMatchObject([{ to: '2025-02-14T10:00' }]);
  expect(said).toContain('Back to your new appointment.\nWhat time on Fri Feb 14?');
});

test('after the session nobody hears of the visits that were shown', async () => {
  const { chat } = open(['2025-02-20T10:00']);
  await play(
    chat,
    `${asking('move my visit to Friday at 10')}\nWe will move this visit: ${thursday}.\n${'Please check the move:\nFor: Maria Lopez\nWith: Dr. John Doe\nWhere: Main Street\nFrom: Thursday, February 20, 2025 at 10:00 AM (Eastern Time)\nTo: Friday, February 14, 2025 at 10:00 AM (Eastern Time)\nShall I move it?\n[Move it | Change something]'}`,
  );
  chat.wait(16);
  await play(
    chat,
    `> yes
    < It has been a while. For your privacy I forgot who you are, so I have to ask again.
    Whose visits are they? Please write the first and last name.
    > Sam Stone 12/1/1975
    < Thank you, Sam.
    You have no visits coming up.
    [Book an appointment]`,
  );
  expect(JSON.stringify(await chat.kept())).not.toContain('Dr. John Doe');
});
