// How days and times read in Spanish.
import { minuteOf, weekdayOf } from '../calendar.ts';
import { zoneName } from './zone.ts';

const weekdays = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
const months = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'septiembre',
  'octubre',
  'noviembre',
  'diciembre',
];

const weekday = (date: string): string => weekdays[weekdayOf(date)] ?? '';
const month = (date: string): string => months[Number(date.slice(5, 7)) - 1] ?? '';
const dayOfMonth = (date: string): number => Number(date.slice(8, 10));

export const day = (date: string): string =>
  `${weekday(date).slice(0, 3)} ${dayOfMonth(date)} ${month(date).slice(0, 3)}`;
export const clock = (minute: number): string => {
  const hour = Math.floor(minute / 60);
  return `${hour % 12 || 12}:${String(minute % 60).padStart(2, '0')} ${hour < 12 ? 'a. m.' : 'p. m.'}`;
};
export const theClock = (minute: number): string =>
  `${Math.floor(minute / 60) % 12 === 1 ? 'la' : 'las'} ${clock(minute)}`;
export const time = (localStart: string): string => clock(minuteOf(localStart));
export const fullDate = (date: string): string =>
  `${dayOfMonth(date)} de ${month(date)} de ${date.slice(0, 4)}`;
export const zone = (timeZone: string): string => zoneName('es-US', timeZone);
export const when = (localStart: string, timeZone: string): string => {
  const day = localStart.slice(0, 10);
  return `${weekday(day)} ${fullDate(day)} a ${theClock(minuteOf(localStart))} (${zone(timeZone)})`;
};
