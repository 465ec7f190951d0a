// Taking a cancellation back within its minute, in the words in which people do.
import { plain } from './answers.ts';
import { changeRequest } from './cancel.ts';
import { picked } from './choose.ts';
import { optionsOf, phoneFor } from './lists.ts';
import type { Memory } from './memory.ts';
import { respelledText } from './respell.ts';
import type { Step, Turn } from './turn.ts';
import { wordsFor } from './turn.ts';
import { ended, shownVisit, visitLine } from './visits.ts';

/** Nothing else can be meant, whatever the question is. */
const undoing =
  /\bundo\b|^(?:take it back|deshacer|deshazlo|deshagalo|no cancelar|dont cancel|dont cancel it|no la cancele)$/;
/** Meant within the minute, while nothing else is asked. */
const regretting =
  /\b(?:(?:take|put|bring|want|have|get) (?:it|that|my \w+) back|changed my mind|(?:a|my|by) mistake|(?:didnt|did not) (?:mean|want)|(?:dont|do not|not) cancel|keep (?:it|my)|restore|uncancel|deshac\w*|deshag\w*|deshaz\w*|recuper\w*|cambie de o\w+|me equivoque|(?:un|por) error|sin querer|no (?:queria|quise|quiero) cancelar\w*|no (?:la )?cancel\w*|dejela)\b/;

/** Is it "undo", and is there something that it can mean? */
export function wantsUndo(turn: Turn, memory: Memory): boolean {
  if (memory.undo === undefined) return false;
  const isOpen = memory.asked === undefined && turn.desk.clock.now() <= memory.undo.untilMs;
  const text = respelledText(plain(turn.text));
  return (
    turn.picked === 'undo' ||
    (turn.picked === undefined && (undoing.test(text) || (isOpen && regretting.test(text)))) ||
    picked(turn, optionsOf(memory, memory.shown ?? [])) === 'undo'
  );
}

/** The time is checked anew and the visit stands again, or it stays called off and that is said. A booking under way goes on. */
export async function takeBack(turn: Turn, before: Memory): Promise<Step> {
  const { undo, ...memory } = withBookingAside(before);
  const words = wordsFor(memory);
  if (undo === undefined || turn.desk.clock.now() > undo.untilMs) return ended(memory, words.undoOver());
  const outcome = await turn.desk.useCases.undoCancel(changeRequest(turn, memory, undo.visit));
  if (outcome.ok) return ended(memory, words.undone(visitLine(words, shownVisit(outcome.value))));
  const phone = await phoneFor(turn.desk, memory);
  switch (outcome.error.kind) {
    case 'still-checking':
      return ended({ ...memory, undo }, words.changeStillOpen(phone));
    case 'unsure':
      return ended(memory, words.changeUnsure(phone));
    default:
      return ended(memory, words.notUndone(phone));
  }
}

const withBookingAside = (memory: Memory): Memory =>
  memory.asked === undefined ||
  memory.task !== undefined ||
  memory.draft === undefined ||
  memory.draft.moving !== undefined
    ? memory
    : { ...memory, aside: memory.draft };
