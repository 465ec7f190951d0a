// What a goal's parts are called when people say them.
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
