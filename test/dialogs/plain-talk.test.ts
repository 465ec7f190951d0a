// What patients say in passing: questions for the desk, thanks, short noes, being late. Each gets its answer, and nothing else begins.
import { ActivityTypes } from 'botbuilder';
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

const known = { en: 'Maria Lopez, 03/25/1980', es: 'Maria Lopez, 25 de marzo de 1980' } as const;
const locales = { en: 'en-US', es: 'es-MX' } as const;

/** The last of what is said to these messages. */
async function told(language: 'en' | 'es', texts: readonly string[], visits: readonly string[] = []) {
  const chat = open(visits, locales[language]);
  let last: readonly string[] = [];
  for (const text of texts) last = await chat.say(text);
  return last.join('\n');
}

test.each([
  ['en', 'whichever', 'Then let us take Main Street.\nWhich doctor'],
  ['en', 'any office is fine', 'Then let us take Main Street.\nWhich doctor'],
  ['en', "I don't care", 'Then let us take Main Street.\nWhich doctor'],
  ['es', 'la que sea', 'Entonces tomemos Main Street.\n¿Con qué médico'],
  ['es', 'me da igual', 'Entonces tomemos Main Street.\n¿Con qué médico'],
  ['es', 'cualquiera', 'Entonces tomemos Main Street.\n¿Con qué médico'],
  [
    'en',
    'the closest one',
    'I cannot see where you are. These are the addresses:\nMain Street, 12 Main Street',
  ],
  ['en', 'which is nearest to me?', 'I cannot see where you are.'],
  ['es', 'la más cercana', 'No puedo ver dónde está usted.'],
  ['es', 'el que me quede más cerca', 'No puedo ver dónde está usted.'],
  ['en', 'not Main Street', 'I understood: Lakeside.'],
] as const)('%s: at the office question, "%s"', async (language, text, answer) => {
  expect(await told(language, [language === 'en' ? 'book' : 'cita', known[language], text])).toContain(
    answer,
  );
});

const doe = {
  en: 'book with dr doe main street checkup',
  es: 'cita con dr doe main street checkup',
} as const;
test.each([
  ['en', ' asap', [], 'nothing earlier?', 'Nothing earlier is open.\nThese are the first open times.'],
  ['en', ' asap', [], "isn't there anything sooner", 'Nothing earlier is open.'],
  ['en', '', [], 'earlier', 'Nothing earlier is open.\nWhich day suits you?'],
  ['en', '', ['more'], 'anything earlier?', 'Which day suits you?'],
  [
    'en',
    '',
    ['Friday'],
    'do you have anything earlier',
    'Nothing earlier is open that day. You can pick another day.',
  ],
  ['en', '', ['Friday at 1:15pm'], 'earlier?', 'What time on Fri Feb 14?\n[Fri Feb 14, 9:00 AM'],
  ['en', ' asap in the afternoon', [], 'nothing earlier?', 'Nothing earlier fits what you said.'],
  ['es', ' lo antes posible', [], '¿no hay más temprano?', 'No hay nada más temprano.'],
  ['es', ' lo antes posible', [], 'no hay nada antes?', 'No hay nada más temprano.'],
  ['es', '', ['el viernes'], 'algo más temprano', 'Ese día no hay nada más temprano.'],
] as const)(
  '%s: an earlier time than on the list%s %j: "%s"',
  async (language, wish, texts, text, answer) => {
    const said = await told(language, [`${doe[language]}${wish}`, known[language], ...texts, text]);
    expect(said.startsWith(answer)).toBe(true);
  },
);

test.each([
  ['en', 'add it to my calendar', 'Thursday, February 20'],
  ['en', 'can you put the appointment in my phone calendar', 'Thursday, February 20'],
  ['es', 'agréguela a mi calendario', 'jueves 20 de febrero'],
] as const)('%s: "%s" after a booking shows it, with its link', async (language, text, answer) => {
  const chat = open(['2025-02-20T10:00'], locales[language]);
  for (const each of [
    language === 'en' ? 'my visits' : 'mis citas',
    known[language],
    language === 'en' ? 'done' : 'listo',
  ])
    await chat.say(each);
  const [reply] = await chat.send({ type: ActivityTypes.Message, text });
  expect(reply?.text).toContain(answer);
  expect(reply?.link).toBeDefined();
});

test('of several visits it is asked which one goes into the calendar', async () => {
  const two = ['2025-02-18T09:30', '2025-02-20T10:00'];
  expect(await told('en', ['my visits', known.en, 'add it to my calendar'], two)).toContain(
    'Which of these do you mean?\nYour next visits:',
  );
  expect(await told('en', ['my visits', known.en, "add Thursday's to my calendar"], two)).toMatch(
    /^Dr\. John Doe, Thursday, February 20/,
  );
});

test.each(['put me on the calendar for Friday', 'can I get on your calendar?'])(
  'somebody who wants to be put on the calendar wants a visit: %s',
  async (text) => expect(await told('en', [text])).not.toContain('Whose visits'),
);

test.each([
  ['ola kiero una sita', '¿Para quién es la cita?'],
  ['nesesito una sita pa mi hijo', '¿Para quién es la cita?'],
  ['kiero canselar mi sita', '¿De quién son las citas?'],
  ['kisiera una zita x favor', '¿Para quién es la cita?'],
])('es: in the spelling of the ear: %s', async (text, answer) =>
  expect(await told('es', [text])).toContain(answer),
);

test('es: "x la tarde" is in the afternoon', async () => {
  expect(await told('es', ['una cita con dr doe main street checkup mañana x la tarde'])).toContain(
    'mar 11 feb, por la tarde.',
  );
});

test.each([
  ['en', 'first one'],
  ['en', 'the second'],
  ['es', 'la primera'],
  ['es', 'el último'],
] as const)('%s: "%s" is nobody\'s name', async (language, text) => {
  expect(await told(language, [language === 'en' ? 'book' : 'cita', text])).toMatch(
    /^(?:I did not catch a name|No encontré un nombre)/,
  );
});

test.each([
  ['en', '4', 'What time on Tue Feb 11?'],
  ['en', 'the day', 'Which day suits you?'],
  ['en', 'time', 'What time on Tue Feb 11?'],
  ['es', '4', '¿A qué hora el mar 11 feb?'],
  ['es', 'la hora', '¿A qué hora el mar 11 feb?'],
] as const)('%s: by SMS the time of day can be changed, too: "%s"', async (language, text, answer) => {
  const chat = openChat({
    useCases: fakeUseCases('2025-02-10'),
    nowMs,
    locale: locales[language],
    channelId: 'sms',
  });
  for (const each of [`${doe[language]}`, known[language], '1', '1']) await chat.say(each);
  expect((await chat.say('2')).join('\n')).toMatch(
    /Change the day or time \| Change the patient\]$|Cambiar el día o la hora \| Cambiar el paciente\]$/,
  );
  expect((await chat.say(text)).join('\n')).toContain(answer);
});

test.each<['en' | 'es', string, string]>([
  ['en', "I don't know", 'in a few words'],
  ['en', 'not sure which one', 'in a few words'],
  ['en', "what's the difference?", 'in a few words'],
  ['en', 'whichever', 'in a few words'],
  ['es', 'no sé', 'en pocas palabras'],
  ['es', '¿cuál es la diferencia?', 'en pocas palabras'],
  ['es', 'me da igual', 'en pocas palabras'],
])(
  '%s: who does not know which kind of visit ("%s") is asked what it is for',
  async (language, text, answer) => {
    const book = { en: 'book with Dr. Doe at Main Street', es: 'una cita con el Dr. Doe en Main Street' };
    const chat = open([], locales[language]);
    for (const each of [book[language], known[language]]) await chat.say(each);
    for (let time = 0; time < 3; time += 1) {
      const said = (await chat.say(text)).join('\n');
      expect(said).toContain(answer);
      expect(said).toContain('[Checkup | New patient visit]');
    }
  },
);
