// How people answer the questions about visits on file: which one, what about it, and is that really what they want.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import type { Seen } from '../support/person.ts';
import { names } from './deeds.ts';
import { isOn, type Look, type Move, pickChoice, say, tap } from './moves.ts';
import { weekday } from './saying.ts';
import { legible } from './screen.ts';
import { clearYes } from './wishes.ts';

/** The button of the visit that is meant. */
function meant({ errand: { target }, screen }: Look): Seen | undefined {
  if (target === undefined) return undefined;
  const { localStart, provider } = target;
  return screen.choices.find(({ label }) =>
    (['en', 'es'] as const).some((language) =>
      legible(label).includes(legible(`${phrasesOf(language).dayAndTime(localStart)}, ${provider.name}`)),
    ),
  );
}

/** The one that is meant: tapped, by its number, or by its day. */
export function answerVisits(look: Look): Move {
  const { dice, errand, screen } = look;
  const choice = meant(look);
  const date = errand.target?.localStart.slice(0, 10) ?? '';
  const isOnlyThen = screen.choices.filter((each) => isOn(each, date)).length === 1;
  if (choice === undefined) {
    const more = screen.choices.find(({ label }) =>
      (['en', 'es'] as const).some((language) => label === phrasesOf(language).moreLabel()),
    );
    return more === undefined ? say(phrasesOf(screen.language).doneLabel()) : pickChoice(look, more);
  }
  const day = weekday(date, screen.language);
  const isOnlyDay =
    isOnlyThen &&
    screen.choices.filter(({ label }) => legible(label).startsWith(legible(day).slice(0, 3))).length === 1;
  if (!isOnlyDay || dice.chance(60)) return pickChoice(look, choice);
  return say(
    screen.language === 'es'
      ? dice.pick([`la del ${day}`, `el ${day}`, `la cita del ${day}`])
      : dice.pick([day, `the one on ${day}`, `the ${day} one`, `my ${day} appointment`]),
  );
}

/** What can be done with the visit that is shown. */
export function answerAct(look: Look): Move {
  const { dice, errand, screen } = look;
  const words = phrasesOf(screen.language);
  const wanted = { move: words.moveLabel(), cancel: words.cancelLabel() };
  if (errand.deed !== 'move' && errand.deed !== 'cancel') return say(words.doneLabel());
  if (errand.target !== undefined && !names(screen, errand.target)) return say(words.listLabel());
  const choice = screen.choices.find(
    ({ label }) => label === wanted[errand.deed === 'move' ? 'move' : 'cancel'],
  );
  const spoken = {
    move: {
      en: ['move it', 'reschedule', 'another time please'],
      es: ['cambiarla', 'quiero cambiarla', 'otro día'],
    },
    cancel: {
      en: ['cancel it', 'cancel', 'I want to cancel it'],
      es: ['cancelarla', 'cancélela', 'quiero cancelarla'],
    },
  } as const;
  if (choice === undefined || dice.chance(40))
    return say(dice.any(spoken[errand.deed][screen.language]) ?? '');
  return pickChoice(look, choice);
}

/** Whoever moves another visit than they meant lets it be. */
export const leave = { en: 'leave it as it is', es: 'déjela como está' } as const;

const isDigit = (text: string): boolean => /^\d$/.test(text);

/** A clear yes to what is wanted, of the visit that is meant; else it stays. */
function decide(look: Look, deed: 'cancel' | 'move'): Move {
  const { dice, errand, screen, channelId } = look;
  const [button, other] = screen.choices;
  const isMeant = errand.deed === deed && errand.target !== undefined && names(screen, errand.target);
  if (!isMeant && deed === 'move') return say(leave[screen.language]);
  if (!isMeant) return other === undefined ? say('no') : pickChoice(look, other);
  if (channelId === 'sms' && button?.number !== undefined && dice.chance(60)) return say(button.number);
  if (button?.mark !== undefined && dice.chance(40)) return tap(button);
  // On SMS whatever begins with "yes" is the carrier's.
  const said = clearYes[deed][screen.language].filter((text) => channelId !== 'sms' || !/^yes\b/.test(text));
  return say(dice.any(said.filter((text) => !isDigit(text))) ?? '');
}

export const answerCancel = (look: Look): Move => decide(look, 'cancel');
export const answerMove = (look: Look): Move => decide(look, 'move');
