// Patients who come about visits on file, or come back to them: with care, with slips of the finger, or with other things on their mind.
import { answerDay, answerTime, plainAnswer } from './answering.ts';
import { type Look, type Move, say } from './moves.ts';
import { slipped, titled } from './saying.ts';
import { leave } from './visiting.ts';
import { aboutLatest, keeps, wishesOf } from './wishes.ts';

const beside = {
  en: [
    'help',
    'thanks',
    'wait',
    'do you take my insurance?',
    'repeat',
    'can I talk to a person?',
    'are you a robot?',
  ],
  es: ['ayuda', 'gracias', 'un momento', '¿aceptan mi seguro?', 'repetir', 'quiero hablar con una persona'],
} as const;
const isBeside = (text: string): boolean => [...beside.en, ...beside.es].some((each) => each === text);
const isKeep = (text: string): boolean => [...keeps.en, ...keeps.es].some((each) => each === text);

/** "Cancel my appointment", "can I come on Friday instead?": what is wanted, in words of one's own. */
function wish({ dice, errand, goal, screen }: Look): string {
  const { deed, target } = errand;
  const about = deed === 'see' || deed === 'move' || deed === 'cancel' ? aboutLatest[deed] : undefined;
  if (errand.isNew && about !== undefined) return dice.pick(about[screen.language]);
  const provider = target?.provider ?? goal.provider;
  const named = titled({ ...goal, provider });
  const doctor = screen.language === 'es' ? named.replace(/^Dr\. /, 'el doctor ') : named;
  return dice.pick(wishesOf(errand, goal.part, doctor, screen.language));
}

/** Wanders off at times; at last does what they came for. */
function wandered(look: Look): Move | undefined {
  const { dice, errand, screen, past } = look;
  const language = screen.language;
  if (past.filter(isBeside).length < 2 && past.length > 0 && errand.deed !== 'undo' && dice.chance(25))
    return say(dice.pick(beside[language]));
  if (screen.question === 'cancel' && !past.some(isKeep) && dice.chance(50))
    return say(dice.pick(keeps[language]));
  const isWhen = screen.question === 'day' || screen.question === 'time' || screen.question === 'move';
  if (errand.deed === 'move' && isWhen && !past.includes(leave[language]) && dice.chance(15))
    return say(leave[language]);
  return undefined;
}

/** Asks for it; what led nowhere is said again in other words. */
function ask(look: Look): Move {
  const text = wish(look);
  return { ...say(withSlips(look, text)), isWish: true };
}

const withSlips = ({ manner, screen, dice }: Look, text: string): string =>
  manner === 'typos' && !screen.isMiss ? slipped(dice, text) : text;

export function visitor(look: Look): Move {
  const { errand, screen, goal, manner, channelId } = look;
  if (errand.deed === 'book') return plainAnswer(look);
  if (!errand.isWished) return ask(look);
  const elsewhere = manner === 'wandering' ? wandered(look) : undefined;
  if (elsewhere !== undefined) return elsewhere;
  const wanted = { ...look, goal: { ...goal, date: errand.moveDate ?? goal.date } };
  switch (screen.question) {
    case 'day':
      return errand.deed === 'move' ? answerDay(wanted) : ask(look);
    case 'time':
      return errand.deed === 'move' ? answerTime(wanted) : ask(look);
    case 'offer':
    case 'none':
    case 'office':
    case 'doctor':
    case 'visit':
    case 'confirm':
      return ask(look);
    case 'visits': {
      const move = plainAnswer(look);
      const isTyped = channelId !== 'sms' && move.more === undefined && /^\D{4,}$/.test(move.text);
      return isTyped ? say(withSlips(look, move.text)) : move;
    }
    default:
      return plainAnswer(look);
  }
}

/** Begins to book, remembers the visit on file, and goes on booking when that is done. */
export function asideVisitor(look: Look): Move {
  const { dice, errand, past, screen } = look;
  const isBooking = errand.deed !== 'book' && !errand.isWished && screen.question !== 'confirm';
  return isBooking && (past.length < 2 || dice.chance(70)) ? plainAnswer(look) : visitor(look);
}
