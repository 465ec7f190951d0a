// Yes, no, half a yes, and goodbye, in both languages: whole messages only.
import { fold, wordsOf } from './words.ts';

const yes = new Set(
  'yes|yes book it|yes book|yes confirm|yes i confirm|yes do it|yes thats right|yes thats correct|book it|book|confirm|confirmed|i confirm|si|si confirmo|si confirmar|si reservar|si reserve|si reservela|confirmo|confirmar|reservar|reservarla|reservela|reserve'.split(
    '|',
  ),
);
const no = new Set(
  'no|nope|no change|change|change it|change something|no change something|wrong|not right|not yet|dont book|dont book it|do not book|do not book it|no gracias|cambiar|cambiar algo|no cambiar|todavia no'.split(
    '|',
  ),
);
const polite = /(?:^| )(?:please|thanks|thank you|por favor|gracias)(?= |$)/g;
/** Folded, without apostrophes and politeness. */
export const plain = (text: string): string => fold(text).replace(/'/g, '').replace(polite, '').trim();

/** Only an explicit yes or no, alone in the message: "yes but at 4", "ok", "sure" and "maybe" are neither. */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const folded = plain(text);
  if (yes.has(folded)) return 'yes';
  return no.has(folded) || (folded === '' && /^no\b/i.test(text)) ? 'no' : undefined;
}

const halfYes = new Set(
  'ok|okay|k|kk|okey|maybe|perhaps|probably|i think so|i guess|i guess so|sure|sure thing|y|yeah|yep|yup|ya|alright|all right|fine|thats fine|good|sounds good|looks good|great|perfect|cool|correct|right|thats right|works|that works|works for me|vale|dale|bueno|claro|claro que si|esta bien|perfecto|bien|de acuerdo|correcto|quizas|quiza|tal vez|puede ser|creo que si|ajá|aja|listo|ta bien'.split(
    '|',
  ),
);

/** Agrees, but not clearly enough to book: "ok", "sure", "maybe", a thumbs-up. */
export const isHalfYes = (text: string): boolean =>
  halfYes.has(plain(text)) || (!/[\p{L}\p{N}]/u.test(text) && /\p{Extended_Pictographic}/u.test(text));

const closing = new Set('no nope thanks thx thank bye goodbye gracias adios'.split(' '));
const besides = new Set(
  'you so very much a lot ok okay great perfect good all done that thats is it not now have nice day muchas mil muy bien perfecto listo todo eso es hasta luego ahora por'.split(
    ' ',
  ),
);

/** "No", "thank you", "ok, bye": somebody who wants nothing more, and nothing else is said. */
export function isFarewell(text: string): boolean {
  const said = wordsOf(fold(text));
  return (
    said.some((word) => closing.has(word)) && said.every((word) => closing.has(word) || besides.has(word))
  );
}

/** A goodbye in the middle of something: "thanks, bye" ends it, "thanks" alone does not. */
export const isGoodbye = (text: string): boolean =>
  isFarewell(text) && /\b(?:bye|goodbye|adios|hasta luego)\b/.test(fold(text));
