// How days and times read in English.
import { minuteOf, weekdayOf } from '../calendar.ts';
import { zoneName } from './zone.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const weekday = (date: string): string => weekdays[weekdayOf(date)] ?? '';
const month = (date: string): string => months[Number(date.slice(5, 7)) - 1] ?? '';
const dayOfMonth = (date: string): number => Number(date.slice(8, 10));

export const day = (date: string): string =>
  `${weekday(date).slice(0, 3)} ${month(date).slice(0, 3)} ${dayOfMonth(date)}`;
export const clock = (minute: number): string => {
  const hour = Math.floor(minute / 60);
  return `${hour % 12 || 12}:${String(minute % 60).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
};
export const time = (localStart: string): string => clock(minuteOf(localStart));
export const fullDate = (date: string): string => `${month(date)} ${dayOfMonth(date)}, ${date.slice(0, 4)}`;
export const zone = (timeZone: string): string => zoneName('en-US', timeZone);
export const when = (localStart: string, timeZone: string): string =>
  `${weekday(localStart.slice(0, 10))}, ${fullDate(localStart)} at ${time(localStart)} (${zone(timeZone)})`;
