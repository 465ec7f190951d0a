// The words that work at every step, in both languages: help, back, start over, stop, a person, the language; yes and no; booking.
import { plain } from './answers.ts';
import { fold, wordsOf } from './words.ts';

export type Command =
  | 'help'
  | 'back'
  | 'start-over'
  | 'stop'
  | 'person'
  | 'spanish'
  | 'english'
  | 'not-yet'
  | 'repeat';

// Whole messages only: "back" inside a sentence ("my back hurts") is no command.
const exact: Readonly<Record<Exclude<Command, 'not-yet'>, readonly string[]>> = {
  help: [
    'help',
    'help me',
    'ayuda',
    'ayudame',
    'what can you do',
    'how does this work',
    'info',
    'options',
    'opciones',
  ],
  back: ['back', 'go back', 'previous', 'atras', 'volver', 'regresar', 'anterior'],
  'start-over': [
    'start over',
    'restart',
    'start again',
    'begin again',
    'reset',
    'empezar de nuevo',
    'comenzar de nuevo',
    'reiniciar',
    'empezar otra vez',
  ],
  stop: [
    'cancel',
    'stop',
    'stop here',
    'stop it',
    'lets stop',
    'parar aqui',
    'dejemoslo aqui',
    'quit',
    'exit',
    'end',
    'never mind',
    'nevermind',
    'forget it',
    'salir',
    'cancelar',
    'parar',
    'olvidalo',
    'dejalo',
  ],
  person: [
    'person',
    'a person',
    'human',
    'a human',
    'agent',
    'operator',
    'representative',
    'receptionist',
    'front desk',
    'real person',
    'persona',
    'una persona',
    'humano',
    'recepcion',
    'recepcionista',
    'operador',
  ],
  spanish: [
    'espanol',
    'spanish',
    'en espanol',
    'in spanish',
    'hablo espanol',
    'habla espanol',
    'se habla espanol',
    'prefiero espanol',
  ],
  english: [
    'english',
    'ingles',
    'in english',
    'en ingles',
    'hablo ingles',
    'i speak english',
    'prefiero ingles',
  ],
  repeat: ['repeat', 'again', 'repetir', 'repita', 'otra vez', 'say again', 'continue', 'continuar'],
};
const byText = new Map(
  Object.entries(exact).flatMap(([command, texts]) => texts.map((text): [string, string] => [text, command])),
);
const isCommand = (name: string | undefined): name is Command => name !== undefined && name in exact;

// Clear enough inside a sentence.
const inside: readonly (readonly [RegExp, Command])[] = [
  [/\bstart over\b|\bempezar de nuevo\b|\bcomenzar de nuevo\b/, 'start-over'],
  [
    /\b(?:talk|speak|chat) (?:to|with) (?:a |an |some ?|the )?(?:real |live )?(?:person|human|one|someone|somebody|agent|representative|receptionist|front desk)\b/,
    'person',
  ],
  [
    /\bhablar con (?:una |un |la |el )?(?:persona|alguien|humano|agente|recepcionista|recepcion|representante)\b/,
    'person',
  ],
  [
    /\b(?:cancel|reschedule) (?:(?:my|an|the|our) )?(?:\w+ )?(?:appointment|appt|visit|booking|reservation)\b/,
    'not-yet',
  ],
  [/\b(?:cancelar|anular|reprogramar) (?:(?:mi|una|la) )?(?:\w+ )?(?:cita|visita|reserva)\b/, 'not-yet'],
];

// Between bookings a bare "cancel" is about the visit just booked ("OK, I stopped" would sound as if it were called off).
const callOff =
  /^(?:cancel|undo|cancelar|cancelarla|cancela|cancelela|anular|anularla)(?: it| that| this| eso| esa)?$/;
// "Change my appointment" likewise is about a visit on file then; within a booking it is about the answers so far.
const laterOnly: readonly RegExp[] = [
  /\b(?:move|change|cambiar|mover) (?:my|an|the|our|mi|una|la) (?:\w+ )?(?:appointment|appt|visit|cita|visita)\b/,
  /^(?:(?:oh|ok|no|actually|wait|sorry|please|hey|can i|can you|could i|could you|id like to|i want to|i need to|i have to|quiero|necesito|puedo|puede) )*(?:cancel|change|move|reschedule|undo|call off|cancelar|cambiar|mover|anular)(?:la)?(?: (?:it|that|this|one|eso|esa|esto|to|for|a|para)\b|$)/,
  /\bwrong (?:doctor|day|date|time|office|place|visit)\b|\b(?:cant|cannot|can not|wont) make it\b|\b(?:doctor|dia|hora|lugar|consultorio) equivocad[oa]\b|\bno (?:puedo|podre) ir\b/,
];

const isAboutLater = (folded: string): boolean =>
  laterOnly.some((pattern) => pattern.test(folded.replace(/'/g, '')));

// "I have an appointment", "I am running late": about a visit on file, whatever else is said.
const onFile =
  /\b(?:i have (?:an|my) (?:\w+ )?(?:appointment|appt|visit)|running late|be late for|tengo (?:una |mi )?cita (?:hoy|manana|el|con|a las|este|esta)|voy (?:a llegar )?tarde|llego tarde)\b/;

/** The command in a message, if it is one; `isBooking`: a booking is under way. */
export function readCommand(text: string, isBooking: boolean): Command | undefined {
  const folded = fold(text)
    .replace(/(?:^| )(?:please|por favor)(?= |$)/g, '')
    .trim();
  if (text.trim() === '?') return 'help';
  if (!isBooking && (callOff.test(folded) || isAboutLater(folded))) return 'not-yet';
  const whole = byText.get(folded);
  if (isCommand(whole)) return whole;
  if (onFile.test(folded)) return 'not-yet';
  return inside.find(([pattern]) => pattern.test(folded))?.[1];
}

/** `more`/`earlier` of a list, as typed. */
export function readPaging(text: string): 'more' | 'earlier' | undefined {
  const folded = plain(text);
  if (
    /^(?:show )?(?:me )?(?:more|more days|more times|later|next|others?|mas|mas dias|mas horas|mas tarde|otros|siguiente)$/.test(
      folded,
    )
  )
    return 'more';
  return /^(?:earlier|earlier days|earlier times|mas temprano|antes)$/.test(folded) ? 'earlier' : undefined;
}

const booking = new Set(
  'book booking appointment appointments appt schedule reserve reservation checkup cita citas reservar agendar turno consulta programar'.split(
    ' ',
  ),
);

/** True if the message asks for an appointment. */
export const wantsBooking = (text: string): boolean => wordsOf(fold(text)).some((word) => booking.has(word));

const slotWords = [
  ['office', /\b(?:office|location|clinic|place|consultorio|oficina|lugar|clinica)\b/],
  ['doctor', /\b(?:doctor|dr|provider|doctora|medico|medica)\b/],
  ['visitType', /\b(?:visit type|type of visit|visit|type|reason|tipo|visita|motivo)\b/],
  ['day', /\b(?:day|date|dia|fecha)\b/],
  ['time', /\b(?:time|hour|hora|horario)\b/],
  ['who', /\b(?:person|patient|name|somebody|someone|persona|paciente|nombre)\b/],
] as const;

export type ChangeableSlot = (typeof slotWords)[number][0];

/** The one slot that "change the doctor", "another day", "otra hora" names; two named slots are none. */
export function readChange(text: string): ChangeableSlot | undefined {
  const folded = fold(text);
  if (!/\b(?:change|different|another|other|cambiar|cambie|otro|otra|diferente)\b/.test(folded))
    return undefined;
  return slotNamed(text);
}

/** The one slot that the text names, as an answer to "what shall I change?". */
export function slotNamed(text: string): ChangeableSlot | undefined {
  const folded = fold(text);
  const [slot, second] = slotWords.filter(([, words]) => words.test(folded));
  return second === undefined ? slot?.[0] : undefined;
}
