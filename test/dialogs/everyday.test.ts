// Sentences of every day that were led astray: a late code, a visit that cannot be kept, a change of mind.
import { expect, test } from 'vitest';
import { openChat } from '../support/chat.ts';
import { rightCode } from '../support/fake-identity.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(starts: readonly string[] = [], options: { proof?: 'code'; locale?: string } = {}) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = starts.map((start) => visitOn(start, { patientId: maria }));
  if (options.proof !== undefined) useCases.practice.proof = options.proof;
  return openChat({ useCases, nowMs, locale: options.locale ?? 'en-US' });
}

test.each([
  ['en-US', "i didn't get it"],
  ['en-US', 'nothing came'],
  ['es-MX', 'no me ha llegado, no ha llegado el código'],
])('%s: a code that comes after "%s" still counts', async (locale, text) => {
  const chat = open(['2025-02-13T09:30'], { proof: 'code', locale });
  await chat.say(locale === 'en-US' ? 'my visits' : 'mis citas');
  await chat.say(locale === 'en-US' ? 'Maria Lopez, 03/25/1980' : 'Maria Lopez, 25 de marzo de 1980');
  expect((await chat.say(text)).join('\n')).toMatch(/Register as new|Registrarme/);
  expect((await chat.say('111111')).join('\n')).toMatch(/You can try 4 more times|Puede probar 4 veces|4/);
  expect((await chat.say(text)).join('\n')).toMatch(/Register as new|Registrarme/);
  expect((await chat.say(rightCode)).join('\n')).toContain('Maria.');
});

test.each([
  ['en-US', 'why do you need a code?', 'The code shows that it is you', 'What is the code?'],
  ['en-US', 'but why', 'The code shows that it is you', 'What is the code?'],
  ['es-MX', '¿para qué?', 'El código muestra que es usted', '¿Cuál es el código?'],
])('%s: "%s" is told, and the question stays', async (locale, text, why, question) => {
  const chat = open(['2025-02-13T09:30'], { proof: 'code', locale });
  const claim = locale === 'en-US' ? 'Maria Lopez, 03/25/1980' : 'Maria Lopez, 25 de marzo de 1980';
  for (const each of [locale === 'en-US' ? 'my visits' : 'mis citas', claim]) await chat.say(each);
  for (const _ of [1, 2, 3, 4]) {
    const said = (await chat.say(text)).join('\n');
    expect([said.includes(why), said.includes(question)]).toEqual([true, true]);
  }
});

test('another code can be asked for after "I have no code"', async () => {
  const chat = open(['2025-02-13T09:30'], { proof: 'code' });
  for (const text of ['my visits', 'Maria Lopez, 03/25/1980', 'I have no code']) await chat.say(text);
  expect((await chat.say('send it again')).join('\n')).toContain('What is the code?');
  expect((await chat.say(rightCode)).join('\n')).toContain('Thank you, Maria.');
});

test('who goes on to register is not asked for the old code', async () => {
  const chat = open([], { proof: 'code' });
  for (const text of ['my visits', 'Nora Neu, 04/18/1991', 'nothing came']) await chat.say(text);
  expect((await chat.say('register')).join('\n')).toContain('What is your mobile number');
});

test.each(["i don't have that phone anymore", 'new phone', "i don't have a code"])(
  'who cannot have the code is shown the ways on: %s',
  async (text) => {
    const chat = open([], { proof: 'code' });
    await chat.say('my visits');
    await chat.say('Maria Lopez, 03/25/1980');
    expect((await chat.say(text)).join('\n')).toContain('I could not confirm who you are.');
  },
);

test.each([
  [
    "i have an appointment on thursday, i can't make it",
    'Thursday, February 13, 2025 at 9:30 AM (Eastern Time), Main Street.',
  ],
  ['something came up on thursday, need to cancel and rebook for friday', 'What time on Fri Feb 14?'],
  ['did my appointment get cancelled?', 'Your next visits:'],
  ['has my visit been moved?', 'Your next visits:'],
])('about the visit on file: %s', async (text, answer) => {
  const chat = open(['2025-02-13T09:30', '2025-02-14T10:00']);
  await chat.say(text);
  expect((await chat.say('Maria Lopez, 03/25/1980')).join('\n')).toContain(answer);
});

test('a name in two messages is one name', async () => {
  const chat = open(['2025-02-13T09:30']);
  for (const text of ['my visits', 'Maria', 'Lopez']) await chat.say(text);
  expect((await chat.say('03/25/1980')).join('\n')).toContain('Thank you, Maria.');
});

test('a word that is no name is no half of one', async () => {
  const chat = open(['2025-02-13T09:30']);
  for (const text of ['my visits', 'ok', 'Maria']) await chat.say(text);
  expect((await chat.say('Maria Lopez, 03/25/1980')).join('\n')).toContain('Thank you, Maria.');
});

test.each(['actually forget it', 'ok never mind', 'oh, forget about it'])(
  'at the check, "%s" stops',
  async (text) => {
    const chat = open();
    await chat.say('book dr doe at main street tomorrow at 9, checkup');
    await chat.say('Maria Lopez, 03/25/1980');
    expect((await chat.say(text))[0]).toContain('OK, I stopped. Nothing more was booked.');
  },
);
