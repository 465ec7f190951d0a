// The words in which people ask to see, move, call off and take back, and answer the last question, as they really write them.
import type { Deed, Errand } from './deeds.ts';
import type { Part } from './goal.ts';
import { spokenDate, spokenPart } from './moves.ts';
import { weekday } from './saying.ts';

type Wish = readonly [string, ...string[]];
type Language = 'en' | 'es';

interface Named {
  /** The visit's weekday, date and doctor. */
  readonly day: string;
  readonly date: string;
  readonly digits: string;
  readonly doctor: string;
  /** Weekday and date wanted instead. */
  readonly newDay: string;
  readonly newDate: string;
  readonly part: string;
}

/** `doctor`: by a name that is only this doctor's. */
export function wishesOf(errand: Errand, part: Part, doctor: string, language: Language): Wish {
  const { target, moveDate = '', deed } = errand;
  const date = target?.localStart.slice(0, 10) ?? '';
  const named: Named = {
    day: weekday(date, language),
    date: spokenDate(date, language),
    digits: `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`,
    doctor,
    newDay: weekday(moveDate, language),
    newDate: moveDate === '' ? '' : spokenDate(moveDate, language),
    part: spokenPart(part, language),
  };
  return wishes[deed][language](named);
}

const wishes: Readonly<Record<Deed, Readonly<Record<Language, (named: Named) => Wish>>>> = {
  book: {
    en: () => ['I need an appointment', 'book', 'I would like to make another appointment'],
    es: () => ['necesito una cita', 'quiero reservar una cita', 'quisiera otra cita'],
  },
  see: {
    en: ({ day, doctor }) => [
      'when is my appointment?',
      'do I have any appointments coming up?',
      'my appointments',
      `what time is my appointment with ${doctor}?`,
      'I forgot when my appt is',
      'show my visits',
      'is my appointment still on?',
      "can you tell me when I'm supposed to come in?",
      'when am I due to come in?',
      'I lost my appointment card',
      'what appointments do I have',
      'can I check my appointment',
      `what time am I coming in on ${day}?`,
      'Hi, could you please remind me when my next visit is?',
    ],
    es: ({ day, doctor }) => [
      '¿cuándo es mi cita?',
      'mis citas',
      `¿a qué hora es mi cita con ${doctor}?`,
      'quiero ver mis citas',
      '¿tengo alguna cita?',
      'no me acuerdo cuándo es mi cita',
      'se me olvidó la hora de mi cita',
      '¿qué día me toca?',
      `¿a qué hora tengo cita el ${day}?`,
      'Buenas tardes, quisiera saber cuándo es mi próxima cita',
      'qué citas tengo',
    ],
  },
  cancel: {
    en: ({ day, date, digits, doctor }) => [
      'cancel my appointment',
      'I need to cancel',
      `cancel my ${day} appointment`,
      `I can't make it on ${day}`,
      `I won't be able to come on ${date}`,
      `please cancel my visit with ${doctor}`,
      "I can't come to my appointment",
      'I have to call off my appointment',
      `need to cancel my appt on ${digits}`,
      `Hi, I have an appointment on ${day} and I need to cancel it`,
      "something came up and I can't make my appointment",
      'delete my booking',
      "I don't need my appointment any more",
      `can you take me off the schedule for ${day}?`,
    ],
    es: ({ day, date, doctor }) => [
      'quiero cancelar mi cita',
      'necesito cancelar',
      'cancele mi cita por favor',
      `no puedo ir a mi cita del ${day}`,
      `no voy a poder ir el ${day}`,
      'anular mi cita',
      `quisiera cancelar la cita con ${doctor}`,
      'ya no voy a ir a mi cita',
      `tengo cita el ${date} y no puedo ir`,
      'quiero quitar mi cita',
      'ya no necesito la cita',
      'Buenos días, tengo que cancelar una cita',
    ],
  },
  move: {
    en: ({ day, doctor, newDay, newDate, part }) => [
      'I need to reschedule',
      `move my appointment to ${newDate}`,
      'can I change my appointment to another day?',
      `Can I switch my ${day} appointment to ${newDay}?`,
      'I need a different time for my appointment',
      'reschedule appt',
      `can I come on ${newDate} instead of ${day}?`,
      `my appointment on ${day} doesn't work for me, can we find another day?`,
      'please push back my appointment',
      'move my visit',
      `I'd like to change my appointment with ${doctor}`,
      `could we move my ${day} visit to ${newDate} ${part}?`,
      'I have to postpone my appointment',
      'can my appointment be later?',
    ],
    es: ({ day, doctor, newDay, newDate, part }) => [
      'quiero cambiar mi cita',
      'necesito reprogramar mi cita',
      `¿puedo cambiar mi cita para el ${newDay}?`,
      'mover mi cita',
      `cámbieme la cita al ${newDate}`,
      '¿me pueden cambiar la cita?',
      'quiero otra fecha para mi cita',
      '¿se puede adelantar mi cita?',
      `pasar mi cita del ${day} al ${newDate} ${part}`,
      `quiero cambiar la cita con ${doctor}`,
      `el ${day} no me sirve, ¿puedo cambiar mi cita para otro día?`,
    ],
  },
  undo: {
    en: () => [
      'undo',
      'oh no, undo that',
      "wait, I didn't mean that",
      'I changed my mind',
      'can I have it back?',
      'put it back please',
      'that was a mistake',
      'no wait, keep it',
      'take it back',
      "please don't cancel it",
    ],
    es: () => [
      'deshacer',
      'no, espere, no quería cancelarla',
      'me equivoqué',
      'cambié de opinión',
      'quiero recuperarla',
      'fue un error',
      'mejor no la cancele',
      'deshágalo por favor',
    ],
  },
};

/** After a booking, of the visit just booked. */
export const aboutLatest: Readonly<Record<'move' | 'cancel' | 'see', Readonly<Record<Language, Wish>>>> = {
  see: {
    en: ['my appointments', 'when is it again?', 'when is my appointment?'],
    es: ['mis citas', '¿cuándo es mi cita?', '¿a qué hora era?'],
  },
  cancel: {
    en: [
      'cancel it',
      'cancel',
      'sorry, cancel that',
      'oh no, I have to cancel it again',
      'I cannot come after all',
      'please cancel the appointment I just made',
    ],
    es: ['cancélela', 'cancelar', 'perdón, cancele esa cita', 'no voy a poder ir', 'mejor cancélela'],
  },
  move: {
    en: [
      'move it',
      'can I change the time?',
      'wrong time, I need another one',
      'can we make it another day?',
      'I need to move it',
      'actually another day would be better',
    ],
    es: ['cámbiela', '¿puedo cambiar la hora?', 'mejor otro día', 'quiero cambiarla', 'otro día por favor'],
  },
};

/** A clear yes to "shall I cancel it?" and "shall I move it?"; the watch holds that nothing else is one. */
export const clearYes: Readonly<Record<'cancel' | 'move', Readonly<Record<Language, Wish>>>> = {
  cancel: {
    en: [
      'yes',
      'yes please',
      'cancel it',
      'yes, cancel it',
      'yes, I have to work',
      "yes, I can't make it",
      'yes I am sure',
      'go ahead',
      'yes, go ahead and cancel it',
      'please cancel it',
      'yes please cancel',
      'yes cancel my appointment',
    ],
    es: [
      'sí',
      'sí, por favor',
      'sí, cancélela',
      'cancélela',
      'sí, no puedo ir',
      'sí, tengo que trabajar',
      'adelante',
      'sí, estoy segura',
      'cancelar',
      'sí quiero cancelarla',
      'sí cancele la cita',
    ],
  },
  move: {
    en: ['yes', 'yes please', 'move it', 'yes, move it', 'confirm', 'please move it'],
    es: ['sí', 'sí, por favor', 'sí, cámbiela', 'cámbiela', 'confirmo', 'sí, muévala'],
  },
};

/** Thinks better of it. */
export const keeps: Readonly<Record<Language, Wish>> = {
  en: [
    'no',
    'keep it',
    'no, leave it',
    'actually no',
    "don't cancel it",
    'no wait',
    'I changed my mind',
    "no I'll come",
  ],
  es: ['no', 'déjela', 'mejor no', 'no la cancele', 'no, gracias', 'no, déjela así', 'cambié de opinión'],
};
