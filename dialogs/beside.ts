// What is written beside the question: indifference that belongs to it, questions about an office, "that is not me", "later that day".

import { type ChangeableSlot, slotNamed } from './commands.ts';
import type { Heard } from './hear.ts';
import { officeLine, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { readSmallTalk } from './small-talk.ts';
import { goOn, type Step, type Turn, wordsFor } from './turn.ts';
import type { Understood } from './understood.ts';
import { fold } from './words.ts';

const doctorWord =
  /\b(?:dr|dra|doc|doctor|doctora|doctors|provider|medico|medica|who|whoever|anyone|anybody|someone|quien|quienquiera)\b/;

/** A bare "any" or "cualquiera" belongs to the question that is open, not to the doctor. */
export function withoutBareAny(turn: Turn, memory: Memory, said: Heard): Heard {
  if (said.doctor?.kind !== 'any' || memory.asked === 'doctor' || doctorWord.test(fold(turn.text)))
    return said;
  const { doctor: _, ...others } = said;
  return others;
}

const indifferent =
  /^(?:any|any one|any of them|any of those|any is fine|anything|whatever|whatever works|whichever|whichever one|whichever is fine|either|either one|either is fine|i dont care which|you choose|you pick|up to you|doesnt matter|it doesnt matter|doesnt matter to me|i dont care|dont care|i dont mind|no preference|cualquiera|(?:me da igual )?(?:la|el|lo) que sea|la que usted quiera|elija usted|usted elija|da igual|me da igual|es igual|da lo mismo|me da lo mismo|no importa|no importa cual|no me importa|cualquiera esta bien)$/;

/** A message that says only that it does not matter. */
export const isIndifferent = (text: string): boolean => indifferent.test(fold(text).replace(/'/g, ''));

const unsureWhich =
  /^(?:(?:im|i am|well|hmm|um|uh|sorry|pues|bueno|ay) )*(?:i (?:really )?(?:dont|do not) know(?: which(?: one)?| yet)?|idk|dunno|not sure(?: which(?: one)?)?|unsure|no idea|no clue|which (?:one )?(?:should|do|would) i (?:pick|choose|need|take|book)|whats the difference|what is the difference|what are (?:these|those|they)|what do (?:these|those|they) mean|help me (?:choose|pick|decide)|no (?:lo )?se(?: cual)?|no estoy segur[oa](?: cual)?|ni idea|no tengo idea|cual (?:es la diferencia|me toca|necesito|elijo|escojo|debo (?:elegir|escoger))|que (?:significan?|diferencia hay|son)(?: (?:esas|esos|estas|estos))?|ayudeme a (?:elegir|escoger))$/;

/** "I don't know", "what's the difference?", "whichever": of a list whose words say nothing to who reads them. */
export const isUnsureWhich = (text: string): boolean =>
  isIndifferent(text) || unsureWhich.test(fold(text).replace(/'/g, ''));

/** No wish about the office, and no other wish beside it. */
export const isAnyOffice = ({ text }: Turn, { office, unwanted }: Understood): boolean =>
  unwanted === undefined && (isIndifferent(text) || office?.kind === 'any');

/** No wish about the time, once the day is chosen. */
export function isAnyTime({ text }: Turn, { day, time, soonest }: Understood): boolean {
  if (time !== undefined) return false;
  const isAnyDay = day?.kind === 'days' && day.from !== day.to;
  return (
    (soonest === true && day === undefined) ||
    (isAnyDay && /\btimes?\b|\bhoras?\b/.test(fold(text))) ||
    isIndifferent(text)
  );
}

const aboutPlace =
  /\b(?:where|wheres|address|directions|located|how do i get|donde|direccion|ubicacion|ubicad[oa]|como llego|queda)\b/;
const aboutNear = /\b(?:closest|nearest|near me|close to me|mas cerca|mas cercan[ao]|cerca de mi)\b/;
const aboutReach = /\b(?:phone|phone number|telephone|fax|parking|telefono|estacionamiento)\b/;

/** A question about an office is answered with its address, or the phone; it chooses nothing. Undefined: no such question. */
export async function askedAbout(turn: Turn, memory: Memory): Promise<Step | undefined> {
  const folded = fold(turn.text);
  const isNear = memory.asked === 'office' && aboutNear.test(folded);
  const isPlace = isNear || aboutPlace.test(folded);
  if (!isPlace && !aboutReach.test(folded)) return undefined;
  const offices = await turn.desk.useCases.directory.offices();
  const words = wordsFor(memory);
  const phone = await phoneFor(turn.desk, memory);
  if (!offices.ok) return goOn(memory, words.smallTalk['off-topic'](phone));
  const named = offices.value.filter(({ name }) => name !== '' && folded.includes(fold(name)));
  const asked = named.length > 0 ? named : offices.value;
  return goOn(
    memory,
    ...(isNear ? [words.nearestOffice()] : []),
    ...(isPlace ? [words.places(asked.map(officeLine))] : [words.smallTalk['off-topic'](phone)]),
  );
}

/** Something that can be booked: a doctor, an office, a day, or a kind of visit that there is. */
export const namesVisit = ({ doctor, office, day, visitType }: Heard): boolean =>
  doctor !== undefined ||
  office !== undefined ||
  day !== undefined ||
  visitType?.kind === 'one' ||
  (visitType?.names.length ?? 0) > 0;

/** "Is it free?", "where are you?", "can my wife come?" while a name is asked for: answered, and no start of anything. */
export async function askedBeside(turn: Turn, memory: Memory, said: Heard): Promise<Step | undefined> {
  if (namesVisit(said) || said.intent !== undefined || said.time !== undefined) return undefined;
  const about = await askedAbout(turn, memory);
  if (about !== undefined) return about;
  return readSmallTalk(turn.text) === 'off-topic'
    ? goOn(memory, wordsFor(memory).smallTalk['off-topic'](await phoneFor(turn.desk, memory)))
    : undefined;
}

/** "That's not me", "wrong birthday", at the check. */
export const isWrongPerson = (text: string): boolean =>
  /\b(?:thats not me|that is not me|not me|wrong (?:person|name|patient|birthday|birth date|date of birth|chart)|not my name|no soy yo|persona equivocada|nombre equivocado|ese no es mi nombre)\b/.test(
    fold(text).replace(/'/g, ''),
  );

/** "Later", "earlier that day", at the check: another time, the day stays. */
export const isOtherTime = (text: string): boolean =>
  /^(?:a (?:bit|little) )?(?:later|earlier|sooner|mas tarde|mas temprano|antes|despues)(?: (?:that|the same|this) day| in the day| please| ese dia| ese mismo dia| por favor)?$/.test(
    fold(text),
  );

/** "No, wrong day", "la hora está mal": that one anew. */
export function slotOfWrong(text: string): ChangeableSlot | undefined {
  const said = fold(text).replace(/'/g, '');
  const isWrong =
    /^(?:(?:no|oh|oops|sorry|wait|thats|that is|its) )*(?:the )?wrong \S+(?: type)?$|^(?:(?:no|but) )*the \S+(?: type)? is wrong$|^(?:no )?(?:el|la|es el|es la|ese es el) \S+ (?:equivocad[oa]|esta mal|incorrect[oa])$/.test(
      said,
    );
  return isWrong ? slotNamed(said) : undefined;
}
