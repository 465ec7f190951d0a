// A second visit on one day: the patient hears of the first before they say yes, and still decides.
import { expect, test } from 'vitest';
import { at930, booked, confirmQuestion, timeQuestion, toTime } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

function open(options: { channelId?: string; locale?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs: Date.parse('2025-02-10T15:00:00Z'), ...options }) };
}

// 2 PM at the practice.
const withLee = {
  doctorName: 'Dr. Ann Lee',
  startsAt: '2025-02-18T19:00:00.000Z',
  timeZone: 'America/New_York',
};
const inChicago = {
  doctorName: 'Dr. Bob Lee',
  startsAt: '2025-02-18T22:30:00.000Z',
  timeZone: 'America/Chicago',
};

const also = (when: string, visits: string): string =>
  confirmQuestion(when).replace(
    'Shall I book it?',
    `You already have a visit that day: ${visits}. Shall I book this one too?`,
  );

test('it is asked about at the check, and a yes books', async () => {
  const { useCases, chat } = open();
  useCases.practice.sameDay = [withLee];
  await play(
    chat,
    `${toTime}
    > 9:30
    < ${also(at930, 'Dr. Ann Lee, 2:00 PM')}
    > hm
    < I book only when you clearly say so.
    ${also(at930, 'Dr. Ann Lee, 2:00 PM')}
    > yes
    < ${booked(at930, '901')}
    `,
  );
  expect(useCases.requests.length).toBe(1);
  // However often the question stands, the EHR may be asked once.
  expect(useCases.practice.ownDayReads).toBe(1);
});

test('a no changes the answers, as always', async () => {
  const { useCases, chat } = open();
  useCases.practice.sameDay = [withLee];
  await play(
    chat,
    `${toTime}
    > 9:30
    < ${also(at930, 'Dr. Ann Lee, 2:00 PM')}
    > no
    < What would you like to change?
    [Change the office | Change the doctor | Change the visit type | Change the day | Change the time | Change the patient | Start over]
    > the time
    < ${timeQuestion('Tue Feb 18')}
    `,
  );
  expect(useCases.requests).toEqual([]);
});

test('two of them, one in another zone: both, each in its own time', async () => {
  const { useCases, chat } = open();
  useCases.practice.sameDay = [withLee, inChicago];
  await play(
    chat,
    `${toTime}
    > 9:30
    < ${also(at930, 'Dr. Ann Lee, 2:00 PM; Dr. Bob Lee, 4:30 PM (Central Time)')}
    `,
  );
});

test('the card asks what the text asks', async () => {
  const { useCases, chat } = open();
  useCases.practice.sameDay = [withLee];
  await play(chat, toTime);
  const [reply] = await chat.send({ type: 'message', text: '9:30' });
  expect(reply?.card?.closing).toBe(
    'You already have a visit that day: Dr. Ann Lee, 2:00 PM. Shall I book this one too?',
  );
});

test('en español', async () => {
  const { useCases, chat } = open({ locale: 'es-MX' });
  useCases.practice.sameDay = [withLee];
  const [first = '', ...rest] = await chat.say(
    'soy Lucía Reyes Vega, 3 de abril de 1990, quiero un checkup con el Dr. Doe en Main Street el martes 18 de febrero a las 9:30',
  );
  expect([first, ...rest].join('\n')).toContain(
    'Usted ya tiene una cita ese día: Dr. Ann Lee, 2:00 p. m. ¿Reservo esta también?\n[Reservar | Cambiar algo]',
  );
  expect((await chat.say('sí')).join('\n')).toContain('Su cita ha sido reservada.');
});
