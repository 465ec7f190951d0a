// What simulated patients can do with a screen: say, tap, pick, and read days and times off its buttons.
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { type Seen, tapOf } from '../support/person.ts';
import type { Errand, Manner } from './deeds.ts';
import type { Dice } from './dice.ts';
import type { Goal, Part } from './goal.ts';
import { legible, type Screen } from './screen.ts';

/** What a person does next. */
export interface Move {
  readonly text: string;
  /** The rest of a tap. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** `once` unless told: a second time by hand, or the same activity again by the network, after the first or beside it. */
  readonly delivery?: 'typed twice' | 'sent twice' | 'sent at once';
  /** Asks for what the person came for. */
  readonly isWish?: boolean;
  /** Does something else before. */
  readonly waitMs?: number;
}

/** All that a persona decides by. */
export interface Look {
  readonly dice: Dice;
  readonly goal: Goal;
  readonly screen: Screen;
  readonly channelId: string;
  readonly errand: Errand;
  readonly manner: Manner;
  readonly codes: Codes;
  /** What this person has written so far. */
  readonly past: readonly string[];
  /** Choices of earlier messages, which a screen still shows. */
  readonly older: readonly Seen[];
}

/** How it goes with the codes that come to this person's phone. */
export interface Codes {
  /** The code that came last. */
  readonly latest?: string;
  readonly habit: 'right' | 'wrong once' | 'none once';
  /** Is on no chart yet. */
  readonly isNew: boolean;
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
