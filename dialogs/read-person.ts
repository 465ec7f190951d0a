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
/** `03121984`, month or day first like the others. */
const compact = /(?<!\d)(\d{2})()(\d{2})(\d{4})(?!\d)/;
const named = new RegExp(
  `(?:(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|ro|o)? (?:de |of )?(${monthWord})|(${monthWord}) (\\d{1,2})(?:st|nd|rd|th)?)(?: de| del| of)? ?'?(\\d{4}|(?<=[ '])\\d{2})(?!\\d)`,
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
    if (month === undefined || day === undefined) continue;
    const year = fullYear((found[5] ?? '').replace("'", ''), today);
    return year === undefined ? { kind: 'short-year' } : dated(realDate(year, month, day), today);
  }
  const found = numeric.exec(text) ?? compact.exec(text);
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

/** Folded text without its birth date: what day is left in it is a day of the visit. */
export const withoutBirthDate = (text: string): string => text.replace(named, ' ').replace(numeric, ' ');

export interface NameReading {
  /** The first word, as typed. */
  readonly firstName: string;
  /** Everything after it: one or two surnames, with a middle name in front where one was given. Empty: only one word was given. */
  readonly lastName: string;
}

const leadIn =
  /^(?:(?:hi|hello|hola|yes|si|sure|ok|no)[,.! ]+)?(?:(?:it is|it's|its|this is|i am|i'm|im|my (?:full )?name(?: is|'s)|name is|name|me llamo|soy|mi nombre (?:completo )?es|nombre)[: ]+)?(?:for |para )?(?:(?:my|mi|our|nuestr[oa]) (?:son|daughter|kid|child|baby|wife|husband|partner|mother|mom|mum|father|dad|grandmother|grandfather|brother|sister|hij[oa]|niñ[oa]|nin[oa]|bebe|bebé|espos[oa]|mamá|mama|papá|papa|madre|padre|abuel[oa]|herman[oa])[,:]? (?:is |named |called |es |se llama )?)?(?:(?:mr|mrs|ms|miss|mx|sr|sra|srta|don|doña|dona)\.? )?/i;
const afterName =
  /(?:[,;.(\n\d]|\b(?:born|birthday|birth|dob|date of birth|and|i was|nacid[oa]|naci|nací|fecha|please|thanks|thank|por favor|gracias)\b|\sy\s(?=nac|mi fecha|mi cumple|soy |tengo |quiero |necesito ))/i;
// A name has no verb: sentences such as "I want an appointment" or "Thursday at 3" are not taken for one.
const neverNames = new Set(
  'you want need would like book appointment help what why who how when where speak call at on tomorrow today doctor cita quiero necesito puedo doctora manana hoy monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado idea know rather say tell dont prefer whatever myself mismo misma this next week weeks month months semana semanas mes'.split(
    ' ',
  ),
);
const neverFirst = new Set(
  'i id im a the is are my not no yes si un una por para hola hello hi dr mi la el it for'.split(' '),
);

/** A date in words as typed, commas included, to be cut out before the name is read. */
const datePattern =
  /(?:\d{1,2}(?:st|nd|rd|th|ro|o)?\s(?:de\s|of\s)?)?([a-z]{3,10})(?:\s\d{1,2}(?:st|nd|rd|th)?)?(?:,|\sde|\sdel|\sof)?\s?(?:\d{4}|'?\d{2}\b)/gi;

/**
 * The name in what was typed, as `First Last` or `Last, First`; a date beside it is passed over. One to six words of
 * letters, else undefined.
 */
export function readName(typed: string): NameReading | undefined {
  const text = typed
    .slice(0, maxTextLength)
    .normalize('NFC')
    .replace(/[\u2018\u2019`]/g, "'")
    .replace(datePattern, (found, month: string) => (monthOf(fold(month)) === undefined ? found : ';'))
    .replace(/\d[\d /.-]*/g, ';')
    // A middle initial tells charts apart less often than it hides them.
    .replace(/(?<=\p{L} )\p{Lu}\.? (?=\p{L}{2})/gu, '')
    .replace(/^[\s;,.]+/, '');
  const rest = text.replace(leadIn, '');
  const turned = /^([\p{L}' -]{2,40}), ?(\p{L}[\p{L}' -]{0,40})(?=$|[,;.(\n])/u.exec(rest);
  const [family, given] = [words(turned?.[1] ?? ''), words(turned?.[2] ?? '')];
  if (
    turned !== null &&
    family.length < 3 &&
    !afterName.test(turned[2] ?? '') &&
    isName([...given, ...family])
  )
    return { firstName: given[0] ?? '', lastName: [...given.slice(1), ...family].join(' ') };
  const end = rest.search(afterName);
  const [firstName, ...others] = words(end < 0 ? rest : rest.slice(0, end));
  if (firstName === undefined || others.length > 5 || !isName([firstName, ...others])) return undefined;
  return { firstName, lastName: others.join(' ') };
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);

const isName = (parts: readonly string[]): boolean =>
  !neverFirst.has(fold(parts[0] ?? '')) &&
  parts.every((part) => /^\p{L}[\p{L}'’-]*$/u.test(part) && part.length <= 40 && !neverNames.has(fold(part)));
