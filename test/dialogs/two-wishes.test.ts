// Two wishes in one message: which sentences hold two, which do not, and how the conversation comes back to the second.
import { describe, expect, test } from 'vitest';
import { twoWishes } from '../../dialogs/two-wishes.ts';
import { openChat } from '../support/chat.ts';
import { fakeUseCases, maria } from '../support/fake-use-cases.ts';
import { visitOn } from '../support/fake-visits.ts';

const read = (text: string): string => {
  const found = twoWishes(text, { yes: true, it: true });
  return found === undefined
    ? 'one'
    : `${found.first.kind}: ${found.first.text} | ${found.second.kind}: ${found.second.text}`;
};

describe('two wishes', () => {
  test.each([
    [
      "cancel Thursday's and book a new one for Friday",
      "cancel: cancel Thursday's | book: book a new one for Friday",
    ],
    ['I need one for me and one for my son', 'book: I need one for me | book: one for my son'],
    ['I need an appointment for me and my son', 'book: I need an appointment for me | book: one for my son'],
    [
      'I need an appointment for myself and another one for my daughter',
      'book: I need an appointment for myself | book: another one for my daughter',
    ],
    [
      'cancel my appointment and delete my data',
      'cancel: cancel my appointment | delete-data: delete my data',
    ],
    [
      'delete my data and cancel my appointment',
      'cancel: cancel my appointment | delete-data: delete my data',
    ],
    [
      'move mine to Friday and tell me where you are',
      'move: move mine to Friday | where: tell me where you are',
    ],
    ['where are you, and can I book for Friday?', 'where: where are you | book: book for Friday'],
    [
      'Please cancel my appointment on Tuesday. I need a new one next week',
      'cancel: Please cancel my appointment on Tuesday | book: need a new one next week',
    ],
    [
      'cancel my Thursday appointment then schedule another with Dr. Lee',
      'cancel: cancel my Thursday appointment | book: schedule another with Dr. Lee',
    ],
    [
      'cancel my Thursday appointment and move my Friday one to Monday',
      'cancel: cancel my Thursday appointment | move: move my Friday one to Monday',
    ],
    [
      'when is my appointment and can I book another one for my wife',
      'see: when is my appointment | book: book another one for my wife',
    ],
    [
      'book an appointment with Dr. Lee on Monday and cancel my other one',
      'book: book an appointment with Dr. Lee on Monday | cancel: cancel my other one',
    ],
    ['yes and book another one for my son', 'yes: yes | book: book another one for my son'],
    ['cancel it and book a new one for Friday', 'cancel: cancel it | book: book a new one for Friday'],
    ['cancelarla y pedir otra para el lunes', 'cancel: cancelarla | book: pedir otra para el lunes'],
    ['yes, and delete my data', 'yes: yes | delete-data: delete my data'],
    [
      'cancelar la del jueves y reservar otra para el viernes',
      'cancel: cancelar la del jueves | book: reservar otra para el viernes',
    ],
    ['necesito una para mí y otra para mi hijo', 'book: necesito una para mí | book: otra para mi hijo'],
    ['quiero una cita para mi y para mi hija', 'book: quiero una cita para mi | book: una para mi hija'],
    ['cancelar mi cita y borrar mis datos', 'cancel: cancelar mi cita | delete-data: borrar mis datos'],
    [
      'quiero cancelar mi cita y también quiero borrar mis datos',
      'cancel: quiero cancelar mi cita | delete-data: borrar mis datos',
    ],
    [
      'cambiar la mía al viernes y dígame dónde están',
      'move: cambiar la mía al viernes | where: dígame dónde están',
    ],
    [
      'cancele mi cita del martes, necesito una nueva para la otra semana',
      'cancel: cancele mi cita del martes | book: necesito una nueva para la otra semana',
    ],
  ])('%s', (text, parts) => expect(read(text)).toBe(parts));
});

describe('one wish, or none that is certain', () => {
  test.each([
    'cancel and rebook for next week',
    'cancel my appointment and rebook for next week',
    'cancelar y volver a agendar para la otra semana',
    'cancel my Tuesday and Thursday appointments',
    'cancel my Thursday appointment and move it to Friday',
    'I have an appointment on Tuesday and need to cancel it',
    "I can't make my Thursday appointment and need to reschedule my appointment",
    'I need to see Dr. Lee and get a checkup',
    'I need an appointment for my son and he has a fever',
    'I need an appointment for me and my son has a fever',
    'book me for Monday and Tuesday',
    'book an appointment and see a doctor about my knee',
    'move my appointment to Friday and book the first slot',
    'change my appointment and see Dr. Lee instead',
    "don't cancel my appointment and book a new one",
    'should I cancel my appointment and book a new one?',
    'cancel my appointment or book a new one',
    'I had to cancel my appointment and want to book a new one',
    'tuve que cancelar mi cita y necesito otra para el lunes',
    'my appointment was cancelled and I need a new one',
    'cancel my appointment if I cannot book a new one for Friday',
    'I have chest pain, cancel my appointment and book a new one',
    'Maria Lopez, 03/25/1980',
    'I want an appointment on Monday, and I want to see Dr. Lee',
    'Monday and make it early',
    'yes and make it at 10',
    'yes, because I have to work and want to sleep',
    'yes and cancel it',
    'cancel it and rebook',
    'move it to Friday and make it early',
    'move it and see Dr. Lee',
    'my son and I need an appointment',
    'I need an appointment, and I need it soon',
    'quiero una cita y que sea pronto',
    'tengo una cita el martes y quiero cancelarla',
    'no puedo ir a mi cita y necesito cambiarla',
    'quiero cambiar mi cita y ver al doctor Lee mejor',
    'necesito una cita y una persona que hable español',
    'cancelar mi cita o reservar otra',
    'me duele la espalda y quiero una cita',
  ])('%s', (text) => expect(read(text)).toBe('one'));
});

const name = { en: 'Maria Lopez, 03/25/1980', es: 'Maria Lopez, 25 de marzo de 1980' } as const;

function open(language: keyof typeof name = 'en', channelId = 'webchat') {
  const useCases = fakeUseCases('2025-02-10');
  useCases.practice.visits = ['2025-02-13T09:30', '2025-02-20T10:00'].map((start) =>
    visitOn(start, { patientId: maria }),
  );
  const chat = openChat({
    useCases,
    nowMs: Date.parse('2025-02-10T15:00:00Z'),
    channelId,
    locale: language === 'en' ? 'en-US' : 'es-MX',
  });
  const said = async (...texts: readonly string[]): Promise<string> => {
    let last: readonly string[] = [];
    for (const text of texts) last = await chat.say(text);
    return last.join('\n');
  };
  return { ...chat, said, useCases };
}

describe('the second wish', () => {
  const both = "cancel Thursday's and book a new one for Friday";
  const off = { en: /^Your visit is cancelled: .*Thursday, February 13/, es: /^Su cita está cancelada: / };

  test('comes by itself once the first is done, and nothing of it is done unasked', async () => {
    const { said, useCases } = open();
    expect(await said(both)).toContain(
      'One thing at a time: first this, then the other.\nWhose visits are they?',
    );
    expect(await said(name.en)).toContain('Thursday, February 13');
    const done = await said('yes');
    expect(done).toMatch(off.en);
    expect(done).toContain(
      'Now the other thing: "book a new one for Friday".\nI understood: Fri Feb 14.\nWhich office would you like to visit?\n[Main Street | Lakeside]',
    );
    expect(useCases.requests).toEqual([]);
    expect(await said('Main Street', 'Doe', 'Checkup', '9:00')).toContain(
      'Friday, February 14, 2025 at 9:00 AM',
    );
    expect(await said('yes')).toMatch(/successfully booked/);
    expect(useCases.requests).toHaveLength(1);
  });

  test('la segunda, en español', async () => {
    const { said } = open('es');
    await said('cancelar la del jueves 13 y reservar otra para el viernes', name.es);
    const done = await said('sí');
    expect(done).toMatch(off.es);
    expect(done).toContain(
      'Ahora lo otro: "reservar otra para el viernes".\nEntendí: vie 14 feb.\n¿A qué consultorio',
    );
  });

  test('is for whom it says', async () => {
    const { said } = open();
    await said(
      'I need one for me and one for my son',
      name.en,
      'Main Street',
      'Doe',
      'Checkup',
      'Friday at 9',
    );
    expect(await said('yes')).toMatch(
      /successfully booked[\s\S]*"one for my son"\.\nWho is the appointment for\?/,
    );
  });

  test('is offered where the first was given up, once', async () => {
    const { said } = open();
    await said(both, name.en);
    expect(await said('no')).toMatch(
      /^Your visit is unchanged: .*\nYou also wrote: "book a new one for Friday"\. Shall we do that now\?\n\[Yes, go on \| Book an appointment\]$/,
    );
    expect(await said('no')).toBe('All right. Write "book" whenever you need an appointment.');
    expect(await said('yes')).not.toContain('Fri Feb 14');
  });

  test.each(['yes', 'Yes, go on', 'ok'])('is taken up by "%s"', async (text) => {
    const { said } = open();
    await said(both, name.en, 'keep it');
    expect(await said(text)).toContain('I understood: Fri Feb 14.\nWhich office');
  });

  test('a "yes" sent twice deletes nothing and calls nothing else off', async () => {
    for (const second of ['delete my data', 'cancel my appointment on the 20th']) {
      const { said, useCases } = open();
      await said(`cancel my appointment on February 13 and ${second}`, name.en);
      expect(await said('yes')).toContain(`You also wrote: "${second}". Shall we do that now?`);
      expect(await said('yes')).toMatch(/Shall I (?:delete|cancel) it\?/);
      expect(useCases.deleted).toEqual([]);
      expect(useCases.asked.cancels).toHaveLength(1);
    }
  });

  test('whoever wants to be forgotten first has the visit seen to first', async () => {
    const { said } = open();
    expect(await said('delete my data and cancel my appointment on February 13', name.en)).toContain(
      'Shall I cancel it?',
    );
    expect(await said('yes')).toContain('You also wrote: "delete my data"');
  });

  test('visits that were asked for are shown, and then it goes on', async () => {
    const { said } = open();
    expect(await said('show me my visits and book another one for my son', name.en)).toMatch(
      /^Thank you, Maria\.\nYour next visits:[\s\S]*Now the other thing: "book another one for my son"\.\nWho is the appointment for\?/,
    );
  });

  test('where the practice is, is said at once', async () => {
    const { said } = open();
    const answer = await said("move Thursday's to Friday and tell me where you are");
    expect(answer).toMatch(/12 Main Street[\s\S]*Whose visits are they\?/);
    expect(answer).not.toContain('One thing at a time');
  });

  test.each([
    ['sign out', 'sign out'],
    ['start over', 'start over'],
    ['goodbye', 'thanks, bye'],
    ['an emergency', 'I have chest pain'],
  ])('is forgotten at: %s', async (_, text) => {
    const { said, kept } = open();
    await said('I need one for me and one for my son', name.en);
    expect(JSON.stringify(await kept())).toContain('one for my son');
    await said(text, 'yes');
    expect(JSON.stringify(await kept())).not.toContain('one for my son');
  });

  test('is forgotten with who it was', async () => {
    const chat = open();
    await chat.said('I need one for me and one for my son', name.en);
    chat.wait(60);
    await chat.said('hello');
    expect(JSON.stringify(await chat.kept())).not.toContain('one for my son');
  });
});

describe('another doctor', () => {
  const honest = {
    en: 'A visit cannot be moved to another doctor. We book the new one first, and then you can cancel the old one.',
    es: 'Una cita no se puede pasar a otro médico. Primero reservamos la nueva, y luego puede cancelar la otra.',
  };

  test.each([
    ['en', 'Can I switch from Dr. Doe to Dr. Ann Lee?', 'Dr. Ann Lee'],
    ['en', 'switch my appointment to Dr. Ann Lee on Friday', 'Dr. Ann Lee, Fri Feb 14'],
    ['en', 'I want to change to Dr. Doe', 'Dr. John Doe'],
    ['es', 'quiero cambiarme del doctor Doe a la doctora Ann Lee', 'Dr. Ann Lee'],
    ['es', 'pasar mi cita al doctor Doe', 'Dr. John Doe'],
    ['es', 'me gustaría cambiarme con la doctora Ann Lee', 'Dr. Ann Lee'],
  ] as const)('%s: is booked first: %s', async (language, text, heard) => {
    const said = await open(language).said(text);
    expect(said).toContain(honest[language]);
    expect(said).toContain(`${language === 'en' ? 'I understood' : 'Entendí'}: ${heard}.`);
  });

  test.each(['I want to switch doctors', 'can I change my doctor?', '¿puedo cambiar de doctor?'])(
    'who names nobody chooses: %s',
    async (text) => {
      const language = text.startsWith('¿') ? 'es' : 'en';
      expect(await open(language).said(text)).toContain(honest[language]);
    },
  );

  test.each([
    ['en', 'move my appointment with Dr. Doe to Friday'],
    ['en', 'change my appointment with Dr. Doe'],
    ['en', 'move my appointment from Thursday to Friday'],
    ['en', 'switch my appointment with Dr. Doe from Thursday to Friday'],
    ['es', 'cambiar mi cita con el doctor Doe'],
    ['es', 'cambiar mi cita con el doctor Doe para el viernes'],
    ['es', 'cambiar mi cita del jueves al viernes'],
  ] as const)('%s: is not asked for: %s', async (language, text) => {
    const said = await open(language).said(text);
    expect(said).not.toContain(honest[language]);
    expect(said).toMatch(/Whose visits are they|De quién son las citas/);
  });

  test('then the old visit can be cancelled, with its own check; without a new one it is not spoken of', async () => {
    const { said, useCases } = open();
    await said(
      'Can I switch from Dr. Doe to Dr. Ann Lee?',
      name.en,
      'Main Street',
      'Checkup',
      'Friday at 10',
    );
    expect(await said('yes')).toMatch(
      /successfully booked[\s\S]*Shall we cancel the old visit now\?\n\[Yes, go on \| Book another appointment\]$/,
    );
    expect(await said('yes')).toContain('Which visit would you like to cancel?');
    expect(useCases.asked.cancels).toEqual([]);
    const other = open();
    await other.said('Can I switch from Dr. Doe to Dr. Ann Lee?', name.en);
    expect(await other.said('stop')).not.toContain('old visit');
  });
});

test('by SMS the second of two choices is the one that "2" means', async () => {
  const { said } = open('en', 'sms');
  await said('cancel my appointment on February 13', name.en, '1');
  expect(await said('2')).toContain('Which office would you like to visit?');
});
