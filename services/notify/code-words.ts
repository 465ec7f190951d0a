// What a one-time code comes with, in English and Spanish: whose it is, how long it counts, and that nobody ever asks for it by phone.
import type { Contact } from '../domain.ts';
import { languageOf, type Message, type Practice } from './words.ts';

export interface CodeMessage {
  readonly language: Message['language'];
  /** Without the code: subjects are shown on locked screens. */
  readonly subject: string;
  /** Paragraphs; the first is the code's. */
  readonly said: readonly string[];
  /** All of it for an SMS. */
  readonly short: string;
}

type Words = (code: string, practice: Practice) => Omit<CodeMessage, 'language'>;

const words: Readonly<Record<Message['language'], Words>> = {
  en: (code, { name, phone }) => ({
    subject: `Your code for ${name}`,
    said: [
      `Your code is ${code}.`,
      'It works for 10 minutes.',
      'We will never ask you for this code by phone. If you did not ask for it, please ignore this message.',
      `Questions? Call ${name}: ${phone}.`,
    ],
    short: `${name}: your code is ${code}. It works for 10 minutes. We never ask for it by phone. If you did not ask for it, ignore this. ${phone}`,
  }),
  es: (code, { name, phone }) => ({
    subject: `Su código para ${name}`,
    said: [
      `Su código es ${code}.`,
      'Vale por 10 minutos.',
      'Nunca le pediremos este código por teléfono. Si usted no lo pidió, no haga caso de este mensaje.',
      `¿Preguntas? Llame a ${name}: ${phone}.`,
    ],
    short: `${name}: su código es ${code}. Vale por 10 minutos. Nunca se lo pediremos por teléfono. Si no lo pidió, ignore esto. ${phone}`,
  }),
};

export function codeMessageOf(code: string, contact: Contact, practice: Practice): CodeMessage {
  const language = languageOf(contact);
  return { language, ...words[language](code, practice) };
}
