// Reads commands: the words that work at every step, paging, a wish to book, the slot that is to be changed.

import { actIn } from './acts.ts';
import { plain } from './answers.ts';
import { type Command, exact, inside, isLate, onFile } from './command-words.ts';
import { aboutLater } from './later-words.ts';
import { respelledText } from './respell.ts';

import { anyOf, fold, wordsOf } from './words.ts';

const byText = new Map(
  Object.entries(exact).flatMap(([command, texts]) => texts.map((text): [string, string] => [text, command])),
);
/** "Actually, forget it", "ok never mind": a stop with a word before it. */
const stopping = (folded: string): string | undefined => {
  const bare = folded.replace(
    /^(?:(?:actually|ok|okay|oh|well|you know what|sorry|mejor|bueno|ay|ya) )+/,
    '',
  );
  return bare !== folded && leaving.has(bare) ? 'stop' : undefined;
};
const leaving = new Set(
  'stop|lets stop|never mind|nevermind|forget it|forget about it|olvidalo|dejalo|olvidelo|dejelo'.split('|'),
);
const isCommand = (name: string | undefined): name is Command => name !== undefined && name in exact;

const anyInside = anyOf([isLate, onFile, ...inside.map(([pattern]) => pattern)]);

/** "I have an appointment on Tuesday and need to cancel it." */
const ofAct = { move: 'move', cancel: 'call-off', directions: 'see' } as const;

/** The command in a message, if it is one; `isBooking`: a booking is under way. */
export function readCommand(text: string, isBooking: boolean): Command | undefined {
  const folded = respelledText(fold(text))
    .replace(/(?:^| )(?:please|por favor)(?= |$)/g, '')
    .trim();
  if (text.trim() === '?') return 'help';
  const later = isBooking || onFile.test(folded) ? undefined : aboutLater(folded);
  if (later !== undefined) return later;
  const whole = byText.get(folded) ?? stopping(folded);
  if (isCommand(whole)) return whole;
  if (!anyInside.test(folded)) return undefined;
  if (isLate.test(folded)) return 'late';
  if (onFile.test(folded)) return ofAct[actIn(folded) ?? 'directions'];
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
  const folded = respelledText(fold(text));
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
