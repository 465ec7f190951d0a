// What a tired parent or an old man types where the matter is clear to anybody: each is answered for what it means, and books or cancels nothing.
import { expect, test } from 'vitest';
import { openChat } from '../support/chat.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const known = { en: 'Maria Lopez, 03/25/1980', es: 'Maria Lopez, 25 de marzo de 1980' } as const;
const onThursday = ['2025-02-20T10:00'];

/** What is said to the last of these, and what was changed by all of them. */
async function told(language: 'en' | 'es', texts: readonly string[]) {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = onThursday.map((start) => visitOn(start, { patientId: maria }));
  const chat = openChat({
    useCases,
    nowMs: Date.parse('2025-02-10T15:00:00Z'),
    locale: language === 'en' ? 'en-US' : 'es-MX',
  });
  let last: readonly string[] = [];
  for (const text of texts) last = await chat.say(text);
  return { said: last.join('\n'), cancels: useCases.asked.cancels, booked: useCases.requests };
}

test.each([
  ['en', 'do i still have the one on thursday or did i cancel it', 'Whose visits are they?'],
  ['en', 'I had to cancel my appointment and want to book a new one', 'Who is the appointment for?'],
  ['es', 'tuve que cancelar mi cita y necesito otra', '¿Para quién es la cita?'],
  ['en', "I don't want to cancel my appointment", 'Whose visits are they?'],
  ['es', 'no quiero cancelar mi cita', '¿De quién son las citas?'],
  ['en', 'do i have anything tomorrow', 'Whose visits are they?'],
  ['en', 'you cancelled my appointment why', 'Whose visits are they?'],
  ['en', 'I never made this appointment', 'Whose visits are they?'],
  ['en', 'is there any way to get in earlier than my appointment', 'Whose visits are they?'],
  ['es', 'quiero saber si todavía tengo la cita del jueves', '¿De quién son las citas?'],
  ['es', 'me cancelaron la cita?', '¿De quién son las citas?'],
  ['en', 'same thing as last time please', 'Who is the appointment for?'],
  ['es', 'lo mismo que la última vez', '¿Para quién es la cita?'],
  ['en', 'how much is it and can I book for Friday', 'please call 555-0100.\nI understood: Fri Feb 14.'],
  ['en', 'do you take medicaid, and do you have anything on Friday', 'Who is the appointment for?'],
  ['es', 'cuánto cuesta la consulta y quiero una cita', 'llame al 555-0100.\n¿Para quién es la cita?'],
  ['es', 'una cita para mi esposo y otra para mi suegra', 'Vamos por partes'],
  ['en', 'I need an appointment for both my kids', 'I book for one person at a time.'],
  ['en', 'my husband and I need an appointment', 'I book for one person at a time.'],
  ['en', 'I need a checkup appointment for my son and daughter', 'I book for one person at a time.'],
  ['en', 'an appointment for both of us please', 'I book for one person at a time.'],
  ['es', 'pueden atender a mis dos hijos el mismo día', 'Reservo para una persona a la vez.'],
  ['es', 'quiero una cita para mis dos hijos', 'Reservo para una persona a la vez.'],
] as const)('%s: as the first words: %s', async (language, text, answer) => {
  expect((await told(language, [text])).said).toContain(answer);
});

const booking = {
  en: ['book with dr doe main street checkup tuesday 9:30', known.en],
  es: ['cita con dr doe main street checkup martes 9:30', known.es],
} as const;
test.each([
  [
    'en',
    'wait i have to ask my husband',
    'Take your time.\nPlease check your appointment:\nFor: Maria Lopez',
  ],
  ['en', 'i dont know let me ask my wife', 'Take your time.'],
  ['es', 'tengo que preguntarle a mi esposo', 'Revise su cita'],
  ['en', "no I don't want it", 'What would you like to change?'],
  ['en', 'i meant 10', 'February 11, 2025 at 10:00 AM'],
  ['en', 'no wrong day', 'Which day suits you?'],
  ['en', 'the time is wrong', 'What time on Tue Feb 11?'],
  ['es', 'la hora está mal', '¿A qué hora el mar 11 feb?'],
  ['en', 'not for me, for my son', 'Who is the appointment for?'],
  ['es', 'no es para mí, es para mi hijo', '¿Para quién es la cita?'],
  ['en', 'is it covered by medicaid', 'I only handle appointments here.'],
] as const)('%s: at the check of a booking: %s', async (language, text, answer) => {
  const { said, booked } = await told(language, [...booking[language], text]);
  expect(said).toContain(answer);
  expect(booked).toEqual([]);
});

test('a polite yes is a yes', async () => {
  expect((await told('en', [...booking.en, 'yes book it please and thank you'])).booked).toHaveLength(1);
});

test.each([
  ['en', "i can't come", 'We can move it to another time, or cancel it.\nYour next visit:'],
  ['es', 'no voy a poder ir', 'Podemos cambiarla a otra hora, o cancelarla.'],
  ['en', 'no longer need this', 'Shall I cancel it?'],
  ['es', 'ya no la necesito', '¿La cancelo?'],
  ['en', "I don't want this time", 'I did not catch'],
  ['en', 'can i come a bit later that day', 'We will move this visit'],
  ['en', 'i want to keep it', 'OK, everything stays as it is.'],
  ['es', 'déjela así', 'De acuerdo'],
] as const)('%s: while the visit is shown: %s', async (language, text, answer) => {
  const { said, cancels } = await told(language, [
    language === 'en' ? 'my visits' : 'mis citas',
    known[language],
    text,
  ]);
  expect(said).toContain(answer);
  expect(cancels).toEqual([]);
});

test.each([
  ['en', 'yes cancel it my son is sick', ['my son is sick']],
  ['en', "cancel it, I can't make it", ["I can't make it"]],
  ['en', 'yes pls i am moving to another city', []],
  ['en', 'yes please, we have to travel', ['we have to travel']],
  ['en', 'cancel it only if there is a fee', []],
  ['en', 'cancel it if I have to pay', []],
  ['es', 'cancélela, no voy a poder ir', ['no voy a poder ir']],
] as const)('%s: at the check of a cancellation: %s', async (language, text, reasons) => {
  const { cancels } = await told(language, [
    language === 'en' ? 'cancel my visit' : 'cancelar mi cita',
    known[language],
    text,
  ]);
  expect(cancels.map((each) => ('reason' in each ? each.reason : undefined))).toEqual(reasons);
});

test.each([
  'one of my kids needs an appointment',
  'I need an appointment, my kids are at school',
  'can I bring my kids',
])('children in passing are no visits: %s', async (text) => {
  const said = (await told('en', [text])).said;
  expect(said).not.toContain('one person at a time');
});
