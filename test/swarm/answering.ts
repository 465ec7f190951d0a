// How a careful person answers the open question, in either language: the plain way that every persona falls back to.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import {
  isIn,
  isOn,
  type Look,
  type Move,
  minuteOn,
  pickChoice,
  type Slot,
  say,
  spokenDate,
  spokenPart,
  yes,
} from './moves.ts';
import { answerCode, answerContact, answerWaysOn, firstChoice } from './proving.ts';
import { legible, type Question } from './screen.ts';
import { answerAct, answerCancel, answerMove, answerVisits } from './visiting.ts';

/** The facts that are not what this person wants, in the order in which they would be put right. */
export function wrongIn({ goal, screen: { facts } }: Look, isAnyDoctor = false): readonly Slot[] {
  if (facts === undefined) return [];
  const differs = (shown: string, wanted: string) => !shown.startsWith(legible(wanted));
  const wrong: (readonly [Slot, boolean])[] = [
    ['who', differs(facts.person, goal.patient.name)],
    ['office', differs(facts.office, goal.place.name)],
    ['doctor', !isAnyDoctor && differs(facts.doctor, goal.provider.name)],
    ['visitType', !isAnyDoctor && differs(facts.visit, goal.visit)],
  ];
  return wrong.flatMap(([slot, is]) => (is ? [slot] : []));
}

const books = { en: 'book', es: 'cita' } as const;

const answers: Readonly<Record<Question, (look: Look) => Move>> = {
  offer: ({ screen }) => say(books[screen.language]),
  none: ({ screen }) => say(books[screen.language]),
  name: ({ goal }) => say(goal.patient.name),
  birthDate: ({ goal, screen }) => say(phrasesOf(screen.language).fullDate(goal.patient.birthDate)),
  office: ({ goal }) => say(goal.place.name),
  doctor: ({ goal }) => say(goal.provider.name),
  visit: answerVisit,
  day: answerDay,
  time: answerTime,
  confirm: answerConfirm,
  change: (look) => say(phrasesOf(look.screen.language).changeLabel(wrongNow(look))),
  startOver: ({ screen }) => say(phrasesOf(screen.language).keepGoingLabel()),
  retry: ({ screen }) => say(phrasesOf(screen.language).retryLabel()),
  goOn: ({ screen }) => say(phrasesOf(screen.language).goOnLabel()),
  which: answerWhich,
  visits: answerVisits,
  act: answerAct,
  cancel: answerCancel,
  move: answerMove,
  code: answerCode,
  waysOn: answerWaysOn,
  wait: () => ({ ...say('try again'), waitMs: 61_000 }),
  contact: answerContact,
  gender: (look) => firstChoice(look) ?? say('female'),
  register: (look) => firstChoice(look) ?? say('yes'),
};

export const plainAnswer = (look: Look): Move => answers[look.screen.question](look);

/** The kind of visit; where it is not there, the doctor is another than was meant. */
function answerVisit({ goal, screen, past }: Look): Move {
  const isThere = screen.choices.some(({ label }) => legible(label).startsWith(legible(goal.visit)));
  const isOther = !isThere && past.includes(goal.visit);
  return say(isOther ? phrasesOf(screen.language).changeLabel('doctor') : goal.visit);
}

/** What a person who reached "what shall I change?" most likely came for. */
const wrongNow = (look: Look): Slot => look.dice.any(wrongIn(look)) ?? 'time';

/** The wanted day if it is shown, else by its name; where that was not open, the first that is. */
export function answerDay(look: Look): Move {
  const { goal, screen, past } = look;
  const shown = screen.choices.find((choice) => isOn(choice, goal.date));
  if (shown !== undefined) return pickChoice(look, shown);
  const spoken = spokenDate(goal.date, screen.language);
  const [first] = screen.choices;
  return past.includes(spoken) && first !== undefined ? pickChoice(look, first) : say(spoken);
}

/** A shown time in the wanted part of the day, else that part by name; where that was of no use, the first that is shown. */
export function answerTime(look: Look): Move {
  const { dice, goal, screen, past } = look;
  const fitting = dice.any(screen.choices.filter((choice) => isIn(choice, goal.part)));
  if (fitting !== undefined) return pickChoice(look, fitting);
  const spoken = spokenPart(goal.part, screen.language);
  const first = screen.choices.find((choice) => minuteOn(choice) !== undefined);
  if (!past.includes(spoken)) return say(spoken);
  return first === undefined ? say(phrasesOf(screen.language).otherDayLabel()) : pickChoice(look, first);
}

/** Yes to what is right; what is wrong is named. */
export function answerConfirm(look: Look): Move {
  const [wrong] = wrongIn(look);
  if (wrong === undefined) return yes(look);
  return say(phrasesOf(look.screen.language).changeLabel(wrong));
}

/** Of several that fit, the one that is wanted, whatever it is. */
function answerWhich(look: Look): Move {
  const { goal, screen } = look;
  const wanted = [goal.provider.name, goal.place.name, goal.visit, goal.patient.name].map(legible);
  const meant = screen.choices.find(
    (choice) => wanted.some((name) => legible(choice.label).startsWith(name)) || isOn(choice, goal.date),
  );
  const choice = meant ?? screen.choices[0];
  return choice === undefined ? say(goal.provider.name) : pickChoice(look, choice);
}
