// Times told from the one that stands: read, and led through a move to its check.
import { expect, test } from 'vitest';
import { readShift } from '../../dialogs/shift.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(starts: readonly string[] = [], locale = 'en-US') {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = starts.map((start) => visitOn(start, { patientId: maria }));
  return openChat({ useCases, nowMs, locale });
}

test.each([
  ['an hour earlier', { minutes: -60 }],
  ['half an hour later please', { minutes: 30 }],
  ['an hour and a half later', { minutes: 90 }],
  ['30 mins sooner', { minutes: -30 }],
  ['push my appointment back by two hours', { minutes: 120 }],
  ['move it up an hour', { minutes: -60 }],
  ['postpone my visit by 2 weeks', { days: 14 }],
  ['a week later, same time', { days: 7, minutes: 0 }],
  ['same time on wednesday', { minutes: 0 }],
  ['una hora antes', { minutes: -60 }],
  ['media hora más tarde', { minutes: 30 }],
  ['adelantar mi cita media hora', { minutes: -30 }],
  ['una semana después a la misma hora', { days: 7, minutes: 0 }],
])('%s', (text, shift) => {
  expect(readShift(text)?.shift).toEqual(shift);
});

test.each([
  'later',
  'two days after Christmas',
  'una hora antes de las cinco',
  'in two weeks',
  'postpone my visit, in two weeks',
  'dos días después del lunes',
  'the same time as my wife',
  'my back hurts for two weeks',
])('no shift: %s', (text) => {
  expect(readShift(text)).toBeUndefined();
});

test.each([
  [
    '2025-02-13T09:30',
    'reschedule my visit, same time on wednesday',
    'To: Wednesday, February 12, 2025 at 9:30 AM',
  ],
  [
    '2025-02-12T09:30',
    'push my appointment back by half an hour',
    'To: Wednesday, February 12, 2025 at 10:00 AM',
  ],
  [
    '2025-02-12T09:30',
    'move my wednesday visit a day later, same time',
    'To: Thursday, February 13, 2025 at 9:30 AM',
  ],
  [
    '2025-02-12T10:00',
    'puedo adelantar mi cita media hora?',
    'A: miércoles 12 de febrero de 2025 a las 9:30 a. m.',
  ],
])('a visit on %s, and "%s"', async (start, text, to) => {
  const spanish = text.startsWith('puedo');
  const chat = open([start], spanish ? 'es-MX' : 'en-US');
  await chat.say(text);
  const said = await chat.say(spanish ? 'Maria Lopez, 25 de marzo de 1980' : 'Maria Lopez, 03/25/1980');
  expect(said.join('\n')).toContain(to);
});

test('same time on another day asks for the day, and keeps the time', async () => {
  const chat = open(['2025-02-18T09:30']);
  await chat.say('reschedule my visit, same time but another day');
  expect((await chat.say('Maria Lopez, 03/25/1980')).join('\n')).toContain(
    'These days have a time like that.',
  );
  expect((await chat.say('friday')).join('\n')).toContain('To: Friday, February 14, 2025 at 9:30 AM');
});

test('at the check, and after the booking', async () => {
  const chat = open();
  await chat.say('book dr doe at main street tomorrow at 9, checkup');
  await chat.say('Maria Lopez, 03/25/1980');
  expect((await chat.say('an hour later please')).join('\n')).toContain(
    'When: Tuesday, February 11, 2025 at 10:00 AM',
  );
  expect((await chat.say('same time on thursday')).join('\n')).toContain(
    'When: Thursday, February 13, 2025 at 10:00 AM',
  );
  await chat.say('yes');
  expect((await chat.say('can I come half an hour earlier?')).join('\n')).toContain(
    'To: Thursday, February 13, 2025 at 9:30 AM',
  );
});

test('what is said of the visit that is shown', async () => {
  const chat = open(['2025-02-13T09:30', '2025-02-14T10:00']);
  await chat.say('my visits');
  await chat.say('Maria Lopez, 03/25/1980');
  await chat.say('1st');
  const thursday = 'Dr. John Doe, Thursday, February 13, 2025 at 9:30 AM (Eastern Time), Main Street.';
  expect((await chat.say('is it on thursday?'))[0]).toMatch(new RegExp(`^${thursday.slice(0, 30)}`));
  expect((await chat.say('who is it with?'))[0]?.startsWith(thursday)).toBe(true);
  expect((await chat.say('can i change the doctor')).join('\n')).toContain(
    'I can only move this visit to another time.',
  );
  expect((await chat.say('what about the friday one')).join('\n')).toContain(
    'Friday, February 14, 2025 at 10:00 AM',
  );
  const [said] = await chat.say('can we do wednesday');
  expect(said).toContain('We will move this visit: Dr. John Doe, Friday, February 14');
});

test('the second one is moved to the same time', async () => {
  const chat = open(['2025-02-13T09:30', '2025-02-14T10:00']);
  await chat.say('my visits');
  await chat.say('Maria Lopez, 03/25/1980');
  expect((await chat.say('move the second one to the same time on wednesday')).join('\n')).toContain(
    'To: Wednesday, February 12, 2025 at 10:00 AM',
  );
});
