// Reads who is asking: a full name and a date of birth, alone or in one message, in English and Spanish. Pure and linear.
import type { LocalDate } from '../services/domain.ts';
import { realDate } from './calendar.ts';
import { dayNumberOf, monthOf } from './read-day.ts';
import type { Language } from './reply.ts';
import { fold, maxTextLength } from './words.ts';

export type BirthDateReading =
  | { readonly kind: 'date'; readonly date: LocalDate }
  | { readonly kind: 'either'; readonly dates: readonly LocalDate[] }
  /** A two-digit year that could be of either century. */
  | { readonly kind: 'short-year' }
  | { readonly kind: 'impossible' };

const monthWord = '[\\p{L}]{3,10}';
const numeric = /(?<!\d)(\d{1,4})([/.-]| )(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)/;
const named = new RegExp(
  `(?:(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|ro|o)? (?:de |of )?(${monthWord})|(${monthWord}) (\\d{1,2})(?:st|nd|rd|th)?)(?: de| del| of)? ?(\\d{4})(?!\\d)`,
  'gu',
);

const dated = (date: LocalDate | undefined, today: LocalDate): BirthDateReading =>
  date === undefined || date > today || date < '1890' ? { kind: 'impossible' } : { kind: 'date', date };

/**
 * The date of birth in folded text. Month first in English, as the question says; in Spanish, where both orders are
 * in use, two possible readings are an `either`. A future date or one before 1890 is `impossible`.
 */
export function readBirthDate(
  text: string,
  today: LocalDate,
  language: Language,
): BirthDateReading | undefined {
  for (const found of text.matchAll(named)) {
    const month = monthOf(found[2] ?? found[3] ?? '');
    const day = dayNumberOf(found[1] ?? found[4]);
    if (month !== undefined && day !== undefined) return dated(realDate(Number(found[5]), month, day), today);
  }
  const found = numeric.exec(text);
  if (found === null) return undefined;
  const [first, second, third] = [found[1] ?? '', found[3] ?? '', found[4] ?? ''];
  if (first.length === 4) return dated(realDate(Number(first), Number(second), Number(third)), today);
  if (first.length > 2) return { kind: 'impossible' };
  const year = fullYear(third, today);
  if (year === undefined) return { kind: 'short-year' };
  const monthFirst = dated(realDate(year, Number(first), Number(second)), today);
  const dayFirst = dated(realDate(year, Number(second), Number(first)), today);
  if (monthFirst.kind !== 'date') return dayFirst;
  if (dayFirst.kind !== 'date' || dayFirst.date === monthFirst.date || language === 'en') return monthFirst;
  return { kind: 'either', dates: [dayFirst.date, monthFirst.date] };
}

/** `80` is 1980 for certain (nobody was born in 2080); `05` could be 1905 or 2005. */
function fullYear(text: string, today: LocalDate): number | undefined {
  if (text.length === 4) return Number(text);
  return text.length === 2 && Number(text) > Number(today.slice(2, 4)) ? 1900 + Number(text) : undefined;
}

export interface NameReading {
  /** The first word, as typed. */
  readonly firstName: string;
  /** Everything after it: one or two surnames, with a middle name in front where one was given. Empty: only one word was given. */
  readonly lastName: string;
}

const leadIn =
  /^(?:(?:hi|hello|hola|yes|si|sure|ok)[,.! ]+)?(?:(?:it is|it's|its|this is|i am|i'm|im|my (?:full )?name is|name is|name|me llamo|soy|mi nombre (?:completo )?es|nombre)[: ]+)?/i;
const afterName =
  /(?:,|;|\.|\(|\n|\b(?:born|birthday|birth|dob|d\.o\.b|date of birth|and (?:i was|my)|i was|nacid[oa]|naci|fecha|y (?:naci|mi)|cumpleanos)\b|\d)/i;
// A name has no verb: sentences such as "I want an appointment" are not taken for one.
const notNames = new Set(
  'i a an the want need would like book appointment please can could you help what why who how when where is are do not no yes my me quiero necesito cita una un por favor puedo que como cuando donde quien hola hello hi thanks gracias doctor dr'.split(
    ' ',
  ),
);

/** The name at the start of what was typed, or before the comma of "Surname, Name". Two to six words of letters, else undefined. */
export function readName(typed: string): NameReading | undefined {
  const text = typed
    .slice(0, maxTextLength)
    .normalize('NFC')
    .replace(/[\u2018\u2019`]/g, "'")
    .trim();
  const rest = text.replace(leadIn, '');
  const turned = /^([\p{L}'’ -]{2,40}),\s*([\p{L}][\p{L}' -]{1,40})(?=$|[,;.\d(\n])/u.exec(rest);
  const [family, given] = [words(turned?.[1] ?? ''), words(turned?.[2]?.replace(afterName, '') ?? '')];
  if (
    turned !== null &&
    family.length > 0 &&
    family.length < 3 &&
    given.length > 0 &&
    plausible([...family, ...given])
  )
    return { firstName: given[0] ?? '', lastName: [...given.slice(1), ...family].join(' ') };
  const end = rest.search(afterName);
  const [firstName, ...others] = words(beforeMonth(end < 0 ? rest : rest.slice(0, end)));
  if (firstName === undefined || others.length > 5 || !plausible([firstName, ...others])) return undefined;
  return { firstName, lastName: others.join(' ') };
}

/** "John Smith March 4 1980" was cut before the day's number: the month goes too. */
function beforeMonth(text: string): string {
  const found = /^(.*\S) (\p{L}+)$/u.exec(text.trimEnd());
  const isCut = /\s$/.test(text);
  return found !== null && isCut && monthOf(fold(found[2] ?? '')) !== undefined ? (found[1] ?? '') : text;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);

const plausible = (parts: readonly string[]): boolean =>
  parts.every((part) => /^\p{L}[\p{L}'’.-]*$/u.test(part) && part.length <= 40 && !notNames.has(fold(part)));
