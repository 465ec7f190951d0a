// Weeks, weekends, months and stretches counted from today, as first and last day. Weeks run Monday to Sunday.
import type { LocalDate } from '../services/domain.ts';
import { addDays, realDate } from './calendar.ts';
import { lastOf } from './day-names.ts';
import type { Atom } from './hear-day-atoms.ts';
import { monday, monthOf } from './read-day.ts';

export type Reading = Pick<Atom, 'kind'> & {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly past?: boolean;
};

export const early =
  'early|earlier|beginning of|start of|first part of|principios de|principio de|inicios de|comienzos de';
export const late =
  'late|later|later in|end of|latter part of|towards the end of|finales de|final de|fines de|fin de';
export const middle = 'mid|middle of|mediados de';
export const part = `(?:(${early}|${late}|${middle}|rest of|remainder of|resto de) )?(?:the |la |el |de la |in )?`;
const isEarly = new RegExp(`^(?:${early})$`);
const isLate = new RegExp(`^(?:${late})$`);
const isMiddle = new RegExp(`^(?:${middle})$`);

export const days = (from: LocalDate, to = from): Reading => ({
  kind: from === to ? 'day' : 'range',
  from,
  to,
});

/** "Early next week" is Monday to Wednesday, "late" Thursday to Sunday; "later this week" from tomorrow. */
export function week(weeks: number, which: string | undefined, today: LocalDate): Reading {
  const first = addDays(monday(today), 7 * weeks);
  if (which === undefined) return { kind: 'week', from: first, to: addDays(first, 6) };
  if (isEarly.test(which)) return days(first, addDays(first, 2));
  if (isMiddle.test(which)) return days(addDays(first, 1), addDays(first, 3));
  if (which.startsWith('later') && weeks === 0) return days(addDays(today, 1), addDays(first, 6));
  if (isLate.test(which)) return days(addDays(first, 3), addDays(first, 6));
  return days(weeks === 0 ? today : first, addDays(first, 6));
}

export function weekend(weeks: number, today: LocalDate): Reading {
  const first = addDays(monday(today), 7 * weeks);
  return days(addDays(first, 5), addDays(first, 6));
}

/** A calendar month, `months` after this one; its early part ends on the 10th, its late part begins on the 21st. */
export function month(months: number, which: string | undefined, today: LocalDate): Reading {
  const ahead = Number(today.slice(5, 7)) - 1 + months;
  const [year, number] = [Number(today.slice(0, 4)) + Math.floor(ahead / 12), (ahead % 12) + 1];
  const on = (day: number) => realDate(year, number, day) ?? '';
  const last = lastOf(year, number);
  if (which === undefined || which.startsWith('re')) return days(on(1), last);
  if (isEarly.test(which)) return days(on(1), on(10));
  if (isMiddle.test(which)) return days(on(11), on(20));
  return days(which === 'later' && months === 0 ? addDays(today, 1) : on(21), last);
}

export function inWeeks(weeks: number | undefined, today: LocalDate): Reading | undefined {
  return weeks === undefined ? undefined : days(addDays(today, 7 * weeks - 1), addDays(today, 7 * weeks + 6));
}

export const within = (length: number | undefined, today: LocalDate): Reading | undefined =>
  length === undefined ? undefined : days(today, addDays(today, length));

// Words that are months only where something says so: "may I", "march in", "mar", "set".
const doubtful = new Set(
  'may march mar jan feb apr jun jul aug sep sept oct nov dec ene abr ago dic'.split(' '),
);

/** A month by its name alone, the coming one; of this month the rest. */
export function namedMonth(
  lead: string | undefined,
  name: string,
  year: string | undefined,
  today: LocalDate,
): Reading | undefined {
  const number = monthOf(name);
  if (number === undefined || (doubtful.has(name) && lead === undefined)) return undefined;
  const ahead = number - Number(today.slice(5, 7));
  const months =
    year === undefined ? (ahead + 12) % 12 : ahead + 12 * (Number(year) - Number(today.slice(0, 4)));
  const isPart = lead !== undefined && (isEarly.test(lead) || isLate.test(lead) || isMiddle.test(lead));
  return month(months, isPart ? lead : undefined, today);
}

export function holiday(monthNumber: number, day: number, today: LocalDate): Reading | undefined {
  const year = Number(today.slice(0, 4));
  const date = [year, year + 1]
    .map((each) => realDate(each, monthNumber, day) ?? '')
    .find((each) => each >= today);
  return date === undefined ? undefined : days(date);
}

/** "The first week of December": its first seven days, and so on. */
export function monthWeek(which: string, whole: Reading | undefined): Reading | undefined {
  if (whole === undefined) return undefined;
  if (/^(?:last|ultima)$/.test(which)) return days(addDays(whole.to, -6), whole.to);
  const from = addDays(whole.from, 7 * (/^s/.test(which) ? 1 : /^t/.test(which) ? 2 : 0));
  return days(from, addDays(from, 6));
}
