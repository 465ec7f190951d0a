// What a goal's parts are called when people say them.
import type { Dice } from './dice.ts';
import type { Goal } from './goal.ts';

const weekdayNames = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  es: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
} as const;
export const weekday = (date: string, language: 'en' | 'es' = 'en'): string =>
  weekdayNames[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';

/** A last name that two doctors share is no name to a person who knows both. */
export const shortDoctor = ({ provider, practice }: Goal): string =>
  practice.providers.filter(({ lastName }) => lastName === provider.lastName).length > 1
    ? provider.name
    : provider.lastName;
export const titled = (goal: Goal): string => {
  const short = shortDoctor(goal);
  return short.startsWith('Dr') ? short : `Dr. ${short}`;
};

export const numericBirth = ({ patient: { birthDate } }: Goal): string =>
  `${birthDate.slice(5, 7)}/${birthDate.slice(8)}/${birthDate.slice(0, 4)}`;

/** With a slip of the finger in one long word. */
export function slipped(dice: Dice, text: string): string {
  const words = text.split(' ');
  const long = dice.any(words.filter((word) => /^\p{L}{5,}$/u.test(word)));
  if (long === undefined) return text.toLowerCase();
  const at = 1 + dice.roll(long.length - 2);
  const slip = dice.pick([
    long.slice(0, at) + long.slice(at + 1),
    long.slice(0, at) + long.charAt(at) + long.slice(at),
    long.slice(0, at) + long.charAt(at + 1) + long.charAt(at) + long.slice(at + 2),
  ]);
  return words.map((word) => (word === long ? slip : word)).join(' ');
}
