// Words that are about a visit on file while no booking is under way, and would be an answer or a correction within one.
import type { Command } from './command-words.ts';
import { fold } from './words.ts';

// Between bookings a bare "cancel" is about the visit just booked ("OK, I stopped" would sound as if it were called off).
const callOff =
  /^(?:cancel|undo|cancelar|cancelarla|cancela|cancelela|anular|anularla)(?: it| that| this| eso| esa)?$/;

// Not "put me on the calendar for Friday".
const calendar =
  /\b(?:add|put|save|send|agregar(?:la)?|agregue(?:la)?|anadir(?:la)?|anada(?:la)?|poner(?:la)?|ponga(?:la)?|guardar(?:la)?|guarde(?:la)?) (?:(?!me |us )\S+ ){0,5}?(?:my|mi|google|outlook|apple|phone|iphone) (?:calendar|calendario|agenda)\b|\b(?:add|agregar|agregue|anadir|anada)(?:la)? (?:(?:it|this|that|la|esta|(?:the|my|la|mi) (?:appointment|visit|cita)) )?(?:to|al|a el) (?:the )?calendar(?:io)?\b/;
/** The calendar's link stands under a visit that is shown. */
export const wantsCalendar = (text: string): boolean => calendar.test(fold(text).replace(/'/g, ''));

const asking =
  '(?:(?:oh|ok|no|actually|wait|sorry|please|hey|can i|can you|can we|could i|could you|could we|id like to|i want to|i need to|i have to|quiero|necesito|puedo|puede|mejor|perdon|disculpe|ay) )*';
const thatOne =
  '(?: (?:it|that|this|one|eso|esa|esta|esto|to|for|a|para|la que|the (?:appointment|visit|one))\\b|$)';

const words: readonly (readonly [RegExp, Command])[] = [
  [calendar, 'see'],
  [callOff, 'call-off'],
  [
    /\b(?:move|change|cambiar|mover) (?:my|an|the|our|mi|una|la) (?:\w+ )?(?:appointment|appt|visit|cita|visita)\b/,
    'move',
  ],
  [
    new RegExp(`^${asking}(?:cancel|undo|call off|cancel(?:ar|a|e|en)|anul(?:ar|a|e|en))(?:la)?${thatOne}`),
    'call-off',
  ],
  [
    new RegExp(
      `^${asking}(?:change|move|reschedule|cambi(?:ar|a|e|en)|mover|muev(?:a|e|an))(?:la)?${thatOne}`,
    ),
    'move',
  ],
  [
    /\b(?:come|come in|be seen|venir|ir|que sea) (?:on |at |el |a las )?.{1,60}\b(?:instead of|en vez d|en lugar d)/,
    'move',
  ],
  [
    /\bwrong (?:doctor|day|date|time|office|place|visit)\b|\b(?:cant|cannot|can not|wont|will not|wont be able to|not able to|unable to) (?:make it|come|be there|attend)\b(?! to (?:my|the|our))(?!.*\b(?:book|instead|do you have)\b)|\b(?:doctor|dia|hora|lugar|consultorio) equivocad[oa]\b|\bno (?:puedo|podre|voy a poder) (?:ir|asistir|venir|llegar|acudir)\b(?! a (?:mi|la))/,
    'see',
  ],
  [
    /^(?:so )?(?:when|what time|what day) (?:is|was) (?:it|that)\b|^(?:y )?(?:cuando|a que hora|que dia) (?:es|era|fue)$/,
    'see',
  ],
];

export const aboutLater = (folded: string): Command | undefined =>
  words.find(([pattern]) => pattern.test(folded.replace(/'/g, '')))?.[1];
