// What the words around a day make of it: "after Tuesday", "by the 10th", "not before Monday", "the week of the 7th".
import type { Span, Words } from './hear-words.ts';

type Bound = 'after' | 'from' | 'before' | 'until' | 'week-of' | 'none';

/** The few words before a place, articles left out. */
export const leadOf = (words: Words, at: number): string =>
  words
    .slice(Math.max(0, at - 5), at)
    .filter((word) => !/^(?:the|el|la|los|day|dia)$/.test(word))
    .join(' ');

// "I can't before Friday" is "from Friday on"; "can't you before Friday?" asks for it.
const never =
  '\\b(?:not|no|nothing|never|nada|nunca|(?:cant|cannot|dont|wont)(?! (?:you|i|we)\\b))(?: (?:puedo|quiero|do|come|make|it|make it|go|want|anything|get in|ir|venir))?';
const leads: readonly (readonly [RegExp, Bound])[] = [
  [/\b(?:away|town|traveling|travelling|vacation|busy|viaje|fuera|ocupad[oa]) (?:until|till|hasta)$/, 'from'],
  [/\b(?:not|nothing) (?:until|till)$|\bno hasta$/, 'from'],
  [new RegExp(`${never} (?:before|earlier than|sooner than|antes del?)$`), 'from'],
  [new RegExp(`${never} (?:after|past|later than|despues del?)$`), 'until'],
  [/\bmas tardar$/, 'until'],
  [
    /\b(?:on or after|from|starting|starting on|beginning|beginning on|as of|a partir del?|partir del?|desde)$/,
    'from',
  ],
  [/\b(?:after|past|later than|despues del?|luego del?)$/, 'after'],
  [/\bon or before$/, 'until'],
  [/\b(?:before|earlier than|sooner than|antes del?|prior to)$/, 'before'],
  [/\b(?:by|until|till|hasta)$/, 'until'],
  [/\b(?:week|semana) (?:of|de|del)$/, 'week-of'],
];
const onwards =
  /^(?:at (?:the )?earliest|or later|or after|onwards?|on wards?|and (?:after|later|on)|en adelante|o despues)\b/;
const earlier = /^(?:at (?:the )?latest|a mas tardar|or earlier|or before|or sooner|o antes)\b/;

export function boundOf(words: Words, { from, to }: Span): Bound {
  const lead = leadOf(words, from);
  const led = leads.find(([pattern]) => pattern.test(lead))?.[1];
  if (led !== undefined) return led;
  const tail = words.slice(to, to + 3).join(' ');
  if (onwards.test(tail)) return 'from';
  return earlier.test(tail) ? 'until' : 'none';
}
