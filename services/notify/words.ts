// What a message says, in English and Spanish: when, where, with whom, and whom to call. Nothing that tells what a visit is for.
import { DateTime } from 'luxon';
import type { Contact, MessageKind, Notice } from '../domain.ts';

/** As patients know the practice; both stand in every message. */
export interface Practice {
  readonly name: string;
  readonly phone: string;
}

/** A message in words; lines are label and text. */
export interface Message {
  readonly language: 'en' | 'es';
  readonly subject: string;
  readonly greeting: string;
  readonly said: string;
  readonly lines: readonly (readonly [label: string, text: string])[];
  readonly closing: string;
  /** All of it for an SMS: no name, no doctor. */
  readonly short: string;
  /** What stands in a calendar for everybody who looks over a shoulder. */
  readonly title: string;
}

interface Words {
  readonly locale: string;
  readonly title: string;
  readonly subject: Readonly<Record<MessageKind, string>>;
  readonly said: Readonly<Record<MessageKind, string>>;
  readonly labels: { readonly when: string; readonly where: string; readonly with: string };
  readonly hello: (name: string) => string;
  readonly questions: (practice: Practice) => string;
  readonly dateLong: string;
  readonly dateShort: string;
  readonly short: Readonly<Record<MessageKind, string>>;
  readonly shortEnd: (phone: string) => string;
}

// A cancelled visit "no longer stands" whether the practice has cancelled it or moved it: both are true of that time.
const words: Readonly<Record<Message['language'], Words>> = {
  en: {
    locale: 'en-US',
    title: 'Appointment',
    subject: {
      booked: 'Your appointment is booked',
      changed: 'Your appointment has changed',
      cancelled: 'Your appointment no longer stands',
    },
    said: {
      booked: 'Your appointment is booked.',
      changed: 'Your appointment has changed. This is the new time and place.',
      cancelled: 'This appointment no longer stands. Please do not come at this time.',
    },
    labels: { when: 'When', where: 'Where', with: 'With' },
    hello: (name) => (name === '' ? 'Hello,' : `Hello ${name},`),
    questions: ({ name, phone }) => `Questions, or another time? Call ${name}: ${phone}.`,
    dateLong: "cccc, LLLL d, yyyy 'at' h:mm a",
    dateShort: 'ccc, LLL d, h:mm a',
    short: {
      booked: 'your appointment is booked for',
      changed: 'your appointment is now on',
      cancelled: 'you have no appointment any more on',
    },
    shortEnd: (phone) => `Questions: ${phone}. STOP ends texts.`,
  },
  es: {
    locale: 'es-US',
    title: 'Cita',
    subject: {
      booked: 'Su cita está reservada',
      changed: 'Su cita ha cambiado',
      cancelled: 'Su cita ya no es válida',
    },
    said: {
      booked: 'Su cita está reservada.',
      changed: 'Su cita ha cambiado. Esta es la nueva hora y el lugar.',
      cancelled: 'Esta cita ya no es válida. Por favor, no venga a esta hora.',
    },
    labels: { when: 'Cuándo', where: 'Dónde', with: 'Con' },
    hello: (name) => (name === '' ? 'Hola:' : `Hola, ${name}:`),
    questions: ({ name, phone }) => `¿Preguntas u otra hora? Llame a ${name}: ${phone}.`,
    dateLong: "cccc d 'de' LLLL 'de' yyyy, h:mm a",
    dateShort: 'ccc d LLL, h:mm a',
    short: {
      booked: 'su cita es el',
      changed: 'su cita es ahora el',
      cancelled: 'ya no es válida su cita del',
    },
    shortEnd: (phone) => `Preguntas: ${phone}. STOP: no más textos.`,
  },
};

/** The chart's language where that is Spanish (ISO 639 alpha-3 `spa`), else English. */
export const languageOf = ({ preferredLanguage }: Pick<Contact, 'preferredLanguage'>): Message['language'] =>
  preferredLanguage === 'spa' ? 'es' : 'en';

/** In the chart's language. */
export function messageOf(
  notice: Notice,
  contact: Pick<Contact, 'firstName' | 'preferredLanguage'>,
  practice: Practice,
): Message {
  const language = languageOf(contact);
  const own = words[language];
  const start = DateTime.fromISO(notice.startsAt, { zone: notice.timeZone }).setLocale(own.locale);
  // The formatter's narrow and unbreakable spaces are not in every phone's alphabet.
  const written = (format: string) =>
    `${start.toFormat(format).replace(/\s/g, ' ')} (${zoneName(start, own.locale)})`;
  const { about, officeName, address, doctorName } = notice;
  return {
    language,
    subject: own.subject[about],
    greeting: own.hello(contact.firstName),
    said: own.said[about],
    lines: [
      [own.labels.when, written(own.dateLong)],
      [own.labels.where, [officeName, address].filter((part) => part !== '').join(', ')],
      [own.labels.with, doctorName],
    ],
    closing: own.questions(practice),
    short: `${practice.name}: ${own.short[about]} ${written(own.dateShort)}, ${officeName}. ${own.shortEnd(practice.phone)}`,
    title: own.title,
  };
}

/** `Eastern Time`, `hora oriental`: the zone's name whether or not the clocks are forward. */
function zoneName(start: DateTime, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: start.zoneName ?? 'UTC',
    timeZoneName: 'longGeneric',
  });
  const part = format.formatToParts(start.toMillis()).find(({ type }) => type === 'timeZoneName');
  return part?.value ?? start.zoneName ?? '';
}
