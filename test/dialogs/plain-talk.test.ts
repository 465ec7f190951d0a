// What patients say in passing: questions for the desk, thanks, short noes, being late. Each gets its answer, and nothing else begins.
import { expect, test } from 'vitest';
import { openChat } from '../support/chat.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const nowMs = Date.parse('2025-02-10T15:00:00Z');

function open(starts: readonly string[] = [], locale = 'en-US') {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = starts.map((start) => visitOn(start, { patientId: maria }));
  return { ...openChat({ useCases, nowMs, locale }), practice: useCases };
}

const en = 'I only handle appointments here. For anything else, please call 555-0100.';
const es = 'Aquí solo me ocupo de las citas. Para lo demás, llame al 555-0100.';

test.each([
  ['is it free?', en],
  ['will it hurt?', en],
  ['can my wife come?', en],
  ['what do I have to bring?', en],
  ['what time do you open', en],
  ['¿es gratis?', es],
  ['¿qué necesito llevar?', es],
  ['me va a doler?', es],
  ['puede venir mi esposa', es],
  ['a que hora abren', es],
])('the desk is named to who asks it something: %s', async (question, answer) => {
  const chat = open([], answer === es ? 'es-MX' : 'en-US');
  // As the first words, and again while a name is asked for.
  expect((await chat.say(question)).join('\n')).toContain(answer);
  await chat.say(answer === es ? 'quiero una cita' : 'I need an appointment');
  const [said, again] = (await chat.say(question)).join('\n').split('\n');
  expect(said).toBe(answer);
  expect(again).toMatch(/^(Who is the appointment for|¿Para quién es la cita)\?/);
});

test('where the practice is can be asked before a name is given', async () => {
  const chat = open();
  await chat.say('book');
  expect((await chat.say('where are you')).join('\n')).toContain('12 Main Street');
});

test.each(['my son can come on Friday', 'is it free on Friday at 10?', 'my knee hurts, Dr Doe please'])(
  'a wish in like words stays a wish: %s',
  async (text) => {
    expect((await open().say(text)).join('\n')).not.toContain(en);
  },
);

test.each([
  ['ok', 'OK, everything stays as it is.'],
  ['great, thank you!', 'You are welcome.'],
  ['thx bye', 'You are welcome.'],
])('who has seen the visit and says "%s" is done', async (text, answer) => {
  for (const visits of [['2025-02-18T09:30'], ['2025-02-18T09:30', '2025-02-20T10:00']]) {
    const chat = open(visits);
    await chat.say('my visits');
    await chat.say('Maria Lopez, 03/25/1980');
    expect((await chat.say(text)).join('\n')).toBe(`${answer}\n[Book an appointment]`);
  }
});

test.each([
  ['en-US', 'nop', 'Your visit is unchanged'],
  ['en-US', 'nah', 'Your visit is unchanged'],
  ['en-US', 'yes pls', 'Your visit is cancelled'],
  ['es-MX', 'nel', 'Su cita queda como está'],
  ['es-MX', 'si porfa', 'Su cita está cancelada'],
])('%s: "%s" answers "shall I cancel it?"', async (locale, text, answer) => {
  const chat = open(['2025-02-18T09:30'], locale);
  await chat.say(locale === 'en-US' ? 'cancel my visit' : 'cancelar mi cita');
  await chat.say(locale === 'en-US' ? 'Maria Lopez, 03/25/1980' : 'Maria Lopez, 25 de marzo de 1980');
  expect((await chat.say(text)).join('\n')).toContain(answer);
});

test.each([
  'im gonna be late',
  "I'm running 10 minutes late",
  "i'll be a bit late tomorrow",
  'voy un poco tarde',
  'se me hizo tarde',
])('who is late is told whom to call: %s', async (text) => {
  expect((await open().say(text)).join('\n')).toMatch(/call 555-0100 and tell them|llame al 555-0100/i);
});

test('a late afternoon is no lateness', async () => {
  expect((await open().say('it will be late afternoon before I can come')).join('\n')).not.toContain(
    'pass that on',
  );
});

test.each([
  ['en-US', 'delete my data', 'what happens to my appointments?', 'Your visits stay booked at the practice'],
  ['en-US', 'delete my data', 'will that cancel my visits too', 'Your visits stay booked at the practice'],
  ['es-MX', 'borrar mis datos', '¿y mis citas?', 'Sus citas siguen en pie'],
  ['es-MX', 'borrar mis datos', 'qué pasa con mis citas', 'Sus citas siguen en pie'],
])(
  '%s: at the check of "%s", "%s" is answered, and the question stays',
  async (locale, wish, text, answer) => {
    const chat = open(['2025-02-18T09:30'], locale);
    await chat.say(wish);
    const [asked] = (
      await chat.say(locale === 'en-US' ? 'Maria Lopez, 03/25/1980' : 'Maria Lopez, 25 de marzo de 1980')
    ).slice(-1);
    const said = (await chat.say(text)).join('\n');
    expect(said).toContain(answer);
    expect(asked).toContain(said.split('\n').slice(1).join('\n'));
    expect(chat.practice.deleted).toEqual([]);
  },
);

test.each([
  ["cancel my son's appointment", 'my visits', 'Whose visits are they?'],
  ["please move my daughter's Thursday appointment to Friday", 'my visits', 'Whose visits are they?'],
  ["when is my wife's appointment?", 'my visits', 'Whose visits are they?'],
  ['cancelar la cita de mi hijo', 'mis citas', '¿De quién son las citas?'],
  ['cambiar la cita de mi mamá para el viernes', 'mis citas', '¿De quién son las citas?'],
])('who is known is not taken for a relative: %s', async (text, see, asked) => {
  const chat = open(['2025-02-18T09:30'], see === 'my visits' ? 'en-US' : 'es-MX');
  await chat.say(see);
  await chat.say(see === 'my visits' ? 'Maria Lopez, 03/25/1980' : 'Maria Lopez, 25 de marzo de 1980');
  await chat.say(see === 'my visits' ? 'done' : 'listo');
  expect((await chat.say(text)).join('\n')).toContain(asked);
});

test('a relative beside the own visit is no reason to ask whose it is', async () => {
  const chat = open(['2025-02-18T09:30']);
  await chat.say('my visits');
  await chat.say('Maria Lopez, 03/25/1980');
  await chat.say('done');
  expect((await chat.say('cancel my appointment, my son is sick')).join('\n')).toContain(
    'Shall I cancel it?',
  );
});
