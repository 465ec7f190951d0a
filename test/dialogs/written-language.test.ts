// In which language somebody is answered: the one they write, where that leaves no doubt and none was chosen.
import { describe, expect, test } from 'vitest';
import { writtenLanguage } from '../../dialogs/written-language.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases } from '../support/fake-use-cases.ts';

test.each([
  ['hola', 'es'],
  ['Hola buenas tardes', 'es'],
  ['quiero una cita para el viernes', 'es'],
  ['Necesito ver al Dr. Lee', 'es'],
  ['mis citas', 'es'],
  ['¿a qué hora tienen mañana?', 'es'],
  ['cancelar mi cita por favor', 'es'],
  ['I need an appointment', 'en'],
  ['hello', 'en'],
  ['what times do you have tomorrow', 'en'],
  ['appointments', 'en'],
  // Says nothing, or both.
  ['', undefined],
  ['ok', undefined],
  ['no', undefined],
  ['1', undefined],
  ['hi', undefined],
  ['Maria de la Cruz 03/25/1980', undefined],
  ['Plácido Domingo', undefined],
  ['An Do', undefined],
  ['Main Street', undefined],
  ['New patient visit', undefined],
  ['Dr. Doe, Friday 9:30', undefined],
  ['quiero un appointment', undefined],
  ['the doctor said hola', undefined],
  ['gracias', undefined],
])('%j: %s', (text, language) => {
  expect(writtenLanguage(text)).toBe(language);
});

describe('a conversation', () => {
  const open = (locale?: string) => {
    const useCases = fakeUseCases('2025-02-10');
    const nowMs = Date.parse('2025-02-10T15:00:00Z');
    return openChat({ useCases, nowMs, channelId: 'sms', ...(locale === undefined ? {} : { locale }) });
  };

  test('a text in Spanish from a phone, which has no locale, is answered in Spanish, the greeting too', async () => {
    const chat = open();
    const first = await chat.say('quiero una cita para el viernes');
    expect(first.join('\n')).toContain('¿Para quién es la cita?');
    expect(first.join('\n')).not.toContain('Hello');
    expect((await chat.say('Maria Lopez 25/03/1980')).join('\n')).toContain('Gracias, Maria.');
  });

  test('English is heard where the locale is Spanish', async () => {
    expect((await open('es-MX').say('I need an appointment')).join('\n')).toContain(
      'Who is the appointment for?',
    );
  });

  test('the language that was chosen stays', async () => {
    const chat = open();
    await chat.say('hello');
    await chat.say('English');
    expect((await chat.say('quiero una cita')).join('\n')).toContain('Who is the appointment for?');
  });
});
