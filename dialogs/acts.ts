// What can be done with one visit on file, and the words in which it is asked for where no other visit can be meant.
import { respelledText } from './respell.ts';
import { readShift } from './shift.ts';
import { fold } from './words.ts';

export const acts = ['move', 'cancel', 'directions'] as const;
export type Act = (typeof acts)[number];

const actWords: Readonly<Record<Act, RegExp>> = {
  move: /\b(?:move|reschedule|change|another time|different (?:day|time)|cambi(?:ar|e|en|o|emos)(?:la|me|mela)?|mover(?:la)?|muev(?:a|e)(?:la)?|reprogram(?:ar|e)(?:la)?|reagend(?:ar|e)(?:la)?|otra (?:hora|fecha)|otro dia|(?:later|earlier) (?:that|the same|this) day|mas (?:tarde|temprano) (?:ese|el mismo|ese mismo) dia)\b/,
  cancel:
    /\b(?:cancel|call (?:it )?off|cancel(?:ar|a|e|en|o)(?:la)?|anul(?:ar|a|e|en|o)(?:la)?|no longer (?:need|want)|dont (?:need|want) (?:it|this|that)\b(?! (?:time|day|hour|date|doctor|office))|ya no (?:la |lo )?(?:necesito|quiero))\b/,
  directions: /\b(?:directions?|address|where|how do i get|direccion|donde|como llego|ubicacion)\b/,
};

/** What the text asks to be done; undefined where it names none or two. */
export function actIn(text: string): Act | undefined {
  const folded = respelledText(fold(text).replace(/'/g, ''));
  const [only, second] = acts.filter(
    (act) => actWords[act].test(folded) || (act === 'move' && readShift(text) !== undefined),
  );
  return second === undefined ? only : undefined;
}
