// Emergencies and self-harm: answered at once, in both languages, at every question; booking goes on only when the patient says so.
import { describe, expect, test } from 'vitest';
import { readAlarm, wantsToGoOn } from '../../dialogs/emergency.ts';
import { officeQuestion, toConfirm, toOffice } from '../support/booking-lines.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';
import { play } from '../support/transcript.ts';

const emergencies = [
  'chest pain',
  'I have chest pains since this morning',
  'my chest hurts so bad',
  "I can't breathe",
  'i cant breath',
  'my son is having trouble breathing',
  'short of breath and dizzy',
  'I think my dad is having a heart attack',
  'she is having a stroke',
  'his face is drooping and slurred speech',
  'my baby is not breathing',
  'he passed out and wont wake up',
  "the bleeding won't stop, he is bleeding heavily",
  'coughing up blood',
  'my throat is closing',
  'my daughter swallowed bleach',
  'overdose',
  'this is an emergency',
  'me duele el pecho',
  'me duele mucho el pecho',
  'dolor en el pecho',
  'no puedo respirar',
  'mi mamá no respira',
  'me falta el aire',
  'creo que es un infarto',
  'se desmayó y no despierta',
  'no para de sangrar',
  'es una emergencia',
];
const harm = [
  'I want to die',
  'i wanna die',
  'I want to kill myself',
  'thinking about suicide',
  'i dont want to live anymore',
  "I don't want to be here anymore",
  'im going to end my life',
  'I keep hurting myself',
  'quiero morir',
  'me quiero morir',
  'ya no quiero vivir',
  'quiero matarme',
  'pienso en suicidarme',
  'voy a quitarme la vida',
];
const harmless = [
  'checkup',
  'my back hurts',
  'my back is killing me',
  'I have a cold',
  'book with the heart doctor',
  'tuesday at 3',
  'I am dying to see you guys tuesday',
  'stroke of luck',
  'is there any chance on friday',
  'my head hurts',
  'me duele la espalda',
  'tengo tos',
  'me muero de hambre',
  'quiero una cita',
  'the emergency contact changed',
  'no respondo mensajes por la mañana',
  '',
  '🙂',
];

describe('reading', () => {
  test.each(emergencies)('emergency: "%s"', (text) => expect(readAlarm(text)?.alarm).toBe('emergency'));
  test.each(harm)('self-harm: "%s"', (text) => expect(readAlarm(text)?.alarm).toBe('self-harm'));
  test.each(harmless)('neither: "%s"', (text) => expect(readAlarm(text)).toBeUndefined());
  test.each([
    'go on',
    'Go on please',
    'keep going',
    'yes, go on',
    "I'm ok",
    "it's not an emergency",
    'seguir',
    'continuar',
    'No es una emergencia',
  ])('"%s" goes on', (text) => expect(wantsToGoOn(text)).toBe(true));
  test.each(['yes', 'ok', 'main street', 'book it', 'go', '1', 'on', 'no'])('"%s" does not', (text) =>
    expect(wantsToGoOn(text)).toBe(false),
  );
});

const emergency = `This sounds like an emergency. Please call 911 now, or have someone call for you. I cannot help with an emergency. The office's phone is 555-0100. If it is not an emergency, write "go on" to book.
    [Go on]`;
const crisis = `I am so sorry that you feel this way. You are not alone. Please call or text 988 now: kind people are there day and night. If you are in danger, call 911. The office's phone is 555-0100. If you want to book a visit, write "go on".
    [Go on]`;

test('the answer is in the language of the cry', () => {
  expect(readAlarm('quiero morir')?.language).toBe('es');
  expect(readAlarm('chest pain')?.language).toBe('en');
});

const open = (options: { locale?: string; isGroup?: boolean } = {}) => {
  const useCases = fakeUseCases('2025-02-10');
  return { useCases, chat: openChat({ useCases, nowMs: Date.parse('2025-02-10T15:00:00Z'), ...options }) };
};

test('at a question: nothing that follows is an answer until the patient says "go on"', async () => {
  await play(
    open().chat,
    `${toOffice}
    > wait I have chest pain
    < ${emergency}
    > main
    < Please call 911. To book a visit, write "go on".
    [Go on]
    > yes
    < Please call 911. To book a visit, write "go on".
    [Go on]
    > me duele el pecho
    < Llame al 911. Para reservar una cita, escriba "seguir".
    [Seguir]
    > I want to die
    < ${crisis}
    > go on
    < ${officeQuestion}
    `,
  );
});

test('at the last question: no yes books before "go on"', async () => {
  const { useCases, chat } = open();
  await play(chat, toConfirm);
  for (const text of ["can't breathe", 'yes', 'book it', '1']) await chat.say(text);
  expect(useCases.requests).toEqual([]);
  await chat.say('go on');
  await chat.say('yes');
  expect(useCases.requests.length).toBe(1);
});

test('in a group, too', async () => {
  const [reply] = await open({ isGroup: true }).chat.say("help, I can't breathe");
  expect(reply).toContain('call 911 now');
  const [other] = await open({ isGroup: true }).chat.say('hello');
  expect(other).toContain('in a private chat');
});

test('as the very first words, in Spanish', async () => {
  await play(
    open({ locale: 'es-US' }).chat,
    `
    > no puedo respirar
    < ¡Hola! Soy el asistente de citas de Riverbend Family Practice. Puedo reservar su cita con el médico, y mostrar, cambiar o cancelar sus citas. (I also speak English: write "English".)
    Esto parece una emergencia. Llame ya al 911 o pida a alguien que llame. Yo no puedo ayudar en una emergencia. El teléfono del consultorio es 555-0100. Si no es una emergencia, escriba "seguir" y reservamos la cita.
    [Seguir]
    > seguir
    < Guardo lo que escribe durante 30 días, y sus citas mientras el consultorio guarde sus registros. Escriba "mis datos" para verlos o borrarlos.
    ¿Quiere reservar una cita?
    [Reservar una cita]
    `,
  );
});
