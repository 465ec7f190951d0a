// What people write about days and times, in English and Spanish, with several todays; the answer never depends on the server's zone.
import { describe, expect, test } from 'vitest';
import { addDays, weekdayOf } from '../../dialogs/calendar.ts';
import { type DayReading, readDay } from '../../dialogs/read-day.ts';
import { readTime, type TimeReading } from '../../dialogs/read-time.ts';
import type { Language } from '../../dialogs/reply.ts';
import { fold } from '../../dialogs/words.ts';

const day = (text: string, today: string, language: Language = 'en') =>
  readDay(fold(text), today, language, addDays(today, 60));
const on = (date: string): DayReading => ({ kind: 'day', date });
const either = (...dates: string[]): DayReading => ({ kind: 'either', dates });
const range = (from: string, to: string): DayReading => ({ kind: 'range', from, to });
const impossible: DayReading = { kind: 'impossible' };

const monday = '2025-02-10';
const tuesday = '2025-02-11';
const sunday = '2025-02-16';
const december = '2024-12-30';

const english: readonly (readonly [text: string, today: string, reading: DayReading | undefined])[] = [
  ['Feb 18', monday, on('2025-02-18')],
  ['feb 18th please', monday, on('2025-02-18')],
  ['February 18, 2025', monday, on('2025-02-18')],
  ['18 February', monday, on('2025-02-18')],
  ['the 18th of february', monday, on('2025-02-18')],
  ['Tue Feb 18', monday, on('2025-02-18')],
  ['2/18', monday, on('2025-02-18')],
  ['2/18/2025', monday, on('2025-02-18')],
  ['02-18-25', monday, on('2025-02-18')],
  ['18/2', monday, on('2025-02-18')],
  ['2025-02-18', monday, on('2025-02-18')],
  ['Jan 2', december, on('2025-01-02')],
  ['1/15', december, on('2025-01-15')],
  ['1/2', december, either('2025-01-02', '2025-02-01')],
  // March 4 and April 3 can both be booked: asked about.
  ['3/4', monday, either('2025-03-04', '2025-04-03')],
  ['3/3', monday, on('2025-03-03')],
  ['tuesday', monday, on('2025-02-11')],
  ['tuesday', tuesday, on('2025-02-18')],
  ['this tuesday', tuesday, on('2025-02-18')],
  ['next friday', monday, on('2025-02-14')],
  ['next fri', sunday, on('2025-02-21')],
  ['can I come on Wed?', monday, on('2025-02-12')],
  ['wendesday', monday, on('2025-02-12')],
  ['thrusday', monday, on('2025-02-13')],
  // One letter off from two weekdays.
  ['tursday', monday, either('2025-02-11', '2025-02-13')],
  ['tuesday or thursday', monday, either('2025-02-11', '2025-02-13')],
  ['feb 18 or feb 20', monday, either('2025-02-18', '2025-02-20')],
  ['monday feb 18', monday, either('2025-02-17', '2025-02-18')],
  ['today', monday, on('2025-02-10')],
  ['tomorrow', sunday, on('2025-02-17')],
  ['tomorrow at 3', monday, on('2025-02-11')],
  ['the day after tomorrow', monday, on('2025-02-12')],
  ['in 3 days', monday, on('2025-02-13')],
  ['yesterday', monday, on('2025-02-09')],
  ['the 18th', monday, on('2025-02-18')],
  ['on the 3rd', monday, on('2025-03-03')],
  ['next week', monday, range('2025-02-17', '2025-02-23')],
  ['next week', sunday, range('2025-02-17', '2025-02-23')],
  ['the week after next', monday, range('2025-02-24', '2025-03-02')],
  ['in two weeks', monday, range('2025-02-23', '2025-03-02')],
  ['this week', tuesday, range('2025-02-11', '2025-02-16')],
  ['tuesday next week', monday, on('2025-02-18')],
  ['Feb 30', monday, impossible],
  ['13/45', monday, impossible],
  ['2025-02-31', monday, impossible],
  ['the 32nd', monday, impossible],
  ['Feb 10 2020', monday, on('2020-02-10')],
  ['Feb 29', '2025-03-01', on('2028-02-29')],
  ['no, tuesday', monday, on('2025-02-11')],
  ['not tuesday', monday, undefined],
  ["I can't do tuesday", monday, undefined],
  ['may I come', monday, undefined],
  ['18', monday, undefined],
  ['9:30', monday, undefined],
  ['at 3', monday, undefined],
  ['whatever', monday, undefined],
  ['', monday, undefined],
];

const spanish: typeof english = [
  ['18 de febrero', monday, on('2025-02-18')],
  ['el 18 de febrero de 2025', monday, on('2025-02-18')],
  ['febrero 18', monday, on('2025-02-18')],
  ['martes', monday, on('2025-02-11')],
  ['el próximo martes', tuesday, on('2025-02-18')],
  ['miércoles', monday, on('2025-02-12')],
  ['miercoles por la mañana', monday, on('2025-02-12')],
  ['el sábado', monday, on('2025-02-15')],
  ['vienes', monday, on('2025-02-14')],
  ['hoy', monday, on('2025-02-10')],
  ['mañana', monday, on('2025-02-11')],
  ['mañana por la mañana', monday, on('2025-02-11')],
  ['por la mañana', monday, undefined],
  ['pasado mañana', monday, on('2025-02-12')],
  ['ayer', monday, on('2025-02-09')],
  ['en 3 días', monday, on('2025-02-13')],
  ['el 18', monday, on('2025-02-18')],
  ['el día 18', monday, on('2025-02-18')],
  ['la próxima semana', monday, range('2025-02-17', '2025-02-23')],
  ['la semana que viene', monday, range('2025-02-17', '2025-02-23')],
  ['18/2', monday, on('2025-02-18')],
  ['2/18', monday, on('2025-02-18')],
  ['3/4', monday, either('2025-03-04', '2025-04-03')],
  ['lunes o martes', monday, either('2025-02-11', '2025-02-17')],
  ['30 de febrero', monday, impossible],
  // Tuesday or March: not guessed.
  ['18 mar', monday, undefined],
  ['menos el martes', monday, undefined],
  ['no puedo el martes', monday, undefined],
];

describe('days', () => {
  test.each(english)('English: "%s" on %s', (text, today, reading) => {
    expect(day(text, today)).toEqual(reading);
  });
  test.each(spanish)('Spanish: "%s" on %s', (text, today, reading) => {
    expect(day(text, today, 'es')).toEqual(reading);
  });
  test('a weekday is the first strictly after today, whatever day it is', () => {
    const names = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
    for (let ahead = 0; ahead < 7; ahead++) {
      const today = addDays(monday, ahead);
      for (const [weekday, name] of names.entries()) {
        const read = day(`next ${name}`, today);
        expect(read?.kind).toBe('day');
        if (read?.kind !== 'day') continue;
        expect(weekdayOf(read.date)).toBe(weekday);
        expect(read.date > today && read.date <= addDays(today, 7)).toBe(true);
      }
    }
  });
});

const at = (...minutes: number[]): TimeReading => ({ kind: 'at', minutes });
const from = (minute: number, until: number): TimeReading => ({ kind: 'from', minute, until });
const [nine30, nine30pm, three, threePm] = [570, 1290, 180, 900];

const times: readonly (readonly [text: string, reading: TimeReading | undefined])[] = [
  ['9:30', at(nine30, nine30pm)],
  ['9:30 am', at(nine30)],
  ['9:30 AM', at(nine30)],
  ['9:30 a.m.', at(nine30)],
  ['9:30 a. m.', at(nine30)],
  ['9.30am', at(nine30)],
  ['3pm', at(threePm)],
  ['3 p.m. please', at(threePm)],
  ['15:00', at(threePm)],
  ['at 3', at(three, threePm)],
  ["3 o'clock", at(three, threePm)],
  ['tuesday at 9:30', at(nine30, nine30pm)],
  ['Feb 18 9:30 AM', at(nine30)],
  ['2/18 at 3 pm', at(threePm)],
  ['Tue Feb 18, 9:30 AM', at(nine30)],
  ['12 pm', at(720)],
  ['12 am', at(0)],
  ['noon', at(720)],
  ['3 in the afternoon', at(threePm)],
  ['after 3', from(threePm, 1440)],
  ['after 10 am', from(600, 1440)],
  ['before 10', from(0, 600)],
  ['in the morning', from(0, 720)],
  ['afternoons', from(720, 1440)],
  ['a las 3', at(three, threePm)],
  ['a las 9 y media', at(nine30, nine30pm)],
  ['9 y media de la mañana', at(nine30)],
  ['a las 3 de la tarde', at(threePm)],
  ['3 p. m.', at(threePm)],
  ['a la 1 y cuarto', at(75, 795)],
  ['mediodía', at(720)],
  ['por la tarde', from(720, 1440)],
  ['por la mañana', from(0, 720)],
  ['después de las 3', from(threePm, 1440)],
  ['antes de las 10', from(0, 600)],
  // No time, or two of them: asked about.
  ['3', undefined],
  ['Feb 18', undefined],
  ['the 18th', undefined],
  ['2/18', undefined],
  ['2025-02-18', undefined],
  ['25:00', undefined],
  ['9:75', undefined],
  ['at 3 or at 4', undefined],
  ['la 18 de febrero', undefined],
  ['mañana', undefined],
  ['whatever', undefined],
];

test.each(times)('time: "%s"', (text, reading) => {
  expect(readTime(fold(text))).toEqual(reading);
});
