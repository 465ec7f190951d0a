// Yes, no, half a yes, and goodbye, in both languages: whole messages only.
import { fold, wordsOf } from './words.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split('|'));
const yes = setOf(
  'yes|yes confirm|yes i confirm|yes do it|yes thats right|yes thats correct|confirm|confirmed|i confirm|si|si confirmo|si confirmar|confirmo|confirmar',
);
const no = setOf('no|nop|nope|nah|n|nel|wrong|not right|not yet|no gracias|todavia no');
// Where the question is whether to book.
const bookIt = setOf(
  'yes book it|yes book|book it|book|si reservar|si reserve|si reservela|reservar|reservarla|reservela|reserve',
);
const dontBook = setOf(
  'no change|change|change it|change something|no change something|dont book|i dont want it|no i dont want it|i dont want this|no lo quiero|no la quiero|ya no la quiero|dont book it|do not book|do not book it|cambiar|cambiar algo|no cambiar',
);
const polite =
  /(?:^| )(?:and )?(?:please|pls|plz|thanks|thank you|thx|ty|por favor|porfa|porfavor|gracias)(?= |$)/g;
/** Folded, without apostrophes and politeness. */
export const plain = (text: string): string => fold(text).replace(/'/g, '').replace(polite, '').trim();

/** Only an explicit yes or no, alone in the message: "yes but at 4", "ok", "sure" and "maybe" are neither. */
export function readPlainYesNo(text: string): 'yes' | 'no' | undefined {
  const folded = plain(text);
  if (yes.has(folded)) return 'yes';
  return no.has(folded) || (folded === '' && /^no\b/i.test(text)) ? 'no' : undefined;
}

/** The same about a booking, where "book it" and "change it" are answers too. */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const folded = plain(text);
  return bookIt.has(folded) ? 'yes' : dontBook.has(folded) ? 'no' : readPlainYesNo(text);
}

const agreeing = setOf(
  'ok|okay|k|kk|okey|sure|sure thing|y|yes yes|yea|yeah|yep|yup|ya|sip|alright|all right|fine|thats fine|good|sounds good|looks good|great|perfect|cool|correct|right|thats right|works|that works|works for me|vale|dale|bueno|claro|claro que si|esta bien|perfecto|bien|de acuerdo|correcto|aja|listo|ta bien',
);
const doubting = setOf(
  'maybe|perhaps|probably|i think so|i guess|i guess so|quizas|quiza|tal vez|puede ser|creo que si',
);

/** Agrees, but not clearly enough to book: "ok", "sure", "maybe", a thumbs-up. */
export const isHalfYes = (text: string): boolean =>
  agreeing.has(plain(text)) ||
  doubting.has(plain(text)) ||
  (!/[\p{L}\p{N}]/u.test(text) && /\p{Extended_Pictographic}/u.test(text));

const pointing =
  /^(?:(?:yes|yeah|ok|sure|si|claro|bueno) )?(?:(?:thats |its |i want |ill take |quiero )?(?:that|this|that one|this one|the one)|es[ae]|est[ae]|es[ae] mism[ao]|es[ae] esta bien|quiero es[ae])$/;

/** "Ok", "great": heard, and nothing else is wanted. */
export const isAgreeing = (text: string): boolean => agreeing.has(plain(text));

/** Takes the one thing that was suggested: "yes", "ok", "that one", "esa". Enough for what is checked again before it is booked; a "maybe" is not. */
export const takesSuggestion = (text: string): boolean =>
  readYesNo(text) === 'yes' || agreeing.has(plain(text)) || pointing.test(plain(text));

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

/** Says thank you, whatever else. */
export const isThanks = (text: string): boolean => /\b(?:thank|thanks|thx|gracias)\b/.test(fold(text));

/** A goodbye in the middle of something: "thanks, bye" ends it, "thanks" alone does not. */
export const isGoodbye = (text: string): boolean =>
  isFarewell(text) && /\b(?:bye|goodbye|adios|hasta luego)\b/.test(fold(text));
