// How a careful person answers the open question, in either language: the plain way that every persona falls back to.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { type Seen, tapOf } from '../support/person.ts';
import type { Dice } from './dice.ts';
import type { Goal, Part } from './goal.ts';
import { legible, type Question, type Screen } from './screen.ts';

/** What a person does next. */
export interface Move {
  readonly text: string;
  /** The rest of a tap. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** `once` unless told: a second time by hand, or the same activity again by the network, after the first or beside it. */
  readonly delivery?: 'typed twice' | 'sent twice' | 'sent at once';
}

/** All that a persona decides by. */
export interface Look {
  readonly dice: Dice;
  readonly goal: Goal;
  readonly screen: Screen;
  readonly channelId: string;
  /** What this person has written so far. */
  readonly past: readonly string[];
  /** Choices of earlier messages, which a screen still shows. */
  readonly older: readonly Seen[];
}

export type Slot = 'office' | 'doctor' | 'visitType' | 'day' | 'time' | 'who';

export const say = (text: string): Move => ({ text });

/** Where a person has buttons they tap, or write what stands on them; where they have numbers they write those. */
export function pickChoice({ dice, channelId }: Look, choice: Seen): Move {
  if (channelId === 'sms') return say(choice.number ?? choice.label);
  if (choice.mark !== undefined && dice.chance(60)) return tap(choice);
  return say(choice.number !== undefined && dice.chance(40) ? choice.number : choice.says);
}

export function tap(choice: Seen): Move {
  const [text, more] = tapOf(choice);
  return { text, more };
}

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

/** Is it this day? `Tue Feb 18`, `mar 18 feb`, or `Tue 2/18` where every letter counts. */
export const isOn = ({ label }: Seen, date: string): boolean =>
  [phrasesOf('en').day(date), phrasesOf('es').day(date), shortDate(date)].some((day) =>
    ` ${legible(label).replace(/,/g, ' ')} `.includes(` ${legible(day)} `),
  );

const shortDate = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8, 10))}`;

/** Minutes after midnight of a time on a button. */
export function minuteOn({ label }: Seen): number | undefined {
  const [, hour, minute, half] = /(\d{1,2}):(\d\d) ?([ap])/.exec(legible(label)) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  return (Number(hour) % 12) * 60 + Number(minute) + (half === 'p' ? 720 : 0);
}

export const isIn = (choice: Seen, part: Part): boolean => {
  const minute = minuteOn(choice);
  return minute !== undefined && minute < 720 === (part === 'morning');
};

/** `February 27`, `27 de febrero`. */
export const spokenDate = (date: string, language: Screen['language']): string =>
  phrasesOf(language)
    .fullDate(date)
    .replace(/,? (?:de )?\d{4}$/, '');

const partWords = {
  en: { morning: 'in the morning', afternoon: 'in the afternoon' },
  es: { morning: 'por la mañana', afternoon: 'por la tarde' },
} as const;

export const spokenPart = (part: Part, language: Screen['language']): string => partWords[language][part];

/** On SMS `yes` belongs to the carrier; there, and nowhere else, "1" is the word. */
export function yes({ channelId, dice, screen }: Look): Move {
  if (channelId === 'sms') return say('1');
  const button = screen.choices[0];
  if (button?.mark !== undefined && dice.chance(50)) return tap(button);
  return say(
    screen.language === 'es'
      ? dice.pick(['sí', 'Reservar', 'sí, por favor', 'confirmo'])
      : dice.pick(['yes', 'Book it', 'yes please', 'confirm']),
  );
}

const books = { en: 'book', es: 'cita' } as const;

const answers: Readonly<Record<Question, (look: Look) => Move>> = {
  offer: ({ screen }) => say(books[screen.language]),
  none: ({ screen }) => say(books[screen.language]),
  name: ({ goal }) => say(goal.patient.name),
  birthDate: ({ goal, screen }) => say(phrasesOf(screen.language).fullDate(goal.patient.birthDate)),
  office: ({ goal }) => say(goal.place.name),
  doctor: ({ goal }) => say(goal.provider.name),
  visit: ({ goal }) => say(goal.visit),
  day: answerDay,
  time: answerTime,
  confirm: answerConfirm,
  change: (look) => say(phrasesOf(look.screen.language).changeLabel(wrongNow(look))),
  startOver: ({ screen }) => say(phrasesOf(screen.language).keepGoingLabel()),
  retry: ({ screen }) => say(phrasesOf(screen.language).retryLabel()),
  goOn: ({ screen }) => say(phrasesOf(screen.language).goOnLabel()),
  which: answerWhich,
};

export const plainAnswer = (look: Look): Move => answers[look.screen.question](look);

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
