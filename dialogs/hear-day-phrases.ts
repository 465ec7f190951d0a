// Phrases that name weeks, weekends, months and stretches counted from today, in English and Spanish. Weeks run Monday to Sunday.
import type { LocalDate } from '../services/domain.ts';
import { addDays } from './calendar.ts';
import { countOf } from './day-names.ts';
import {
  days,
  early,
  holiday,
  inWeeks,
  late,
  middle,
  month,
  monthWeek,
  namedMonth,
  part,
  type Reading,
  week,
  weekend,
  within,
} from './day-stretches.ts';
import type { Atom } from './hear-day-atoms.ts';
import { masked, phrasesIn, type Words } from './hear-words.ts';
import { monday, months } from './read-day.ts';
import { anyOf } from './words.ts';

interface Phrases {
  readonly any: RegExp;
  readonly each: readonly Phrase[];
}
type Phrase = readonly [
  pattern: RegExp,
  read: (found: RegExpExecArray, today: LocalDate) => Reading | undefined,
];

const count =
  '(\\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|couple|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|par)';
const nextWeek =
  '(?:next|nxt|following|proxima|siguiente) (?:week|wk|semana)|semana (?:que (?:viene|entra)|proxima|siguiente)';
const nextMonth = '(?:next|proximo|siguiente) (?:month|mes)|mes (?:que (?:viene|entra)|proximo|siguiente)';
const ahead = '(?:in|en|dentro de|de aqui a)(?: like| about| around| unas?| unos| another)?';

/** Before single days are looked for, because these have day words inside. */
export const counted = phrases([
  [
    new RegExp(`\\b${count}(?: of)? (days?|weeks?) from (today|tomorrow)\\b`, 'g'),
    ([, many, unit, from], today) => {
      const n = countOf(many);
      if (n === undefined) return undefined;
      return days(
        addDays(today, n * (unit?.startsWith('w') === true ? 7 : 1) + (from === 'tomorrow' ? 1 : 0)),
      );
    },
  ],
  [
    /\b(?:last|past) (?:week|month|semana)\b(?! (?:of|in|de|en) )|\b(?:semana|mes) pasad[oa]\b/g,
    (_, today) => ({ ...days(addDays(monday(today), -7), addDays(monday(today), -1)), past: true }),
  ],
]);

/** After single days; the longer ones first, because they contain the shorter. */
export const stretches = phrases([
  [
    new RegExp(`\\b${ahead} ${count}(?: of)? (?:days?|dias?)\\b(?! a)`, 'g'),
    ([, many], today) => {
      const n = countOf(many);
      if (many === 'couple' || many === 'par') return days(addDays(today, 2), addDays(today, 3));
      return n === undefined ? undefined : days(addDays(today, n));
    },
  ],
  [
    new RegExp(`\\b${ahead} (?:a )?${count}(?: of| de)? (?:days|dias)\\b`, 'g'),
    (_, today) => days(addDays(today, 2), addDays(today, 3)),
  ],
  [
    /\b(?:in|en) (?:a few|unos(?: pocos)?|algunos|pocos) (?:days|dias)\b/g,
    (_, today) => days(addDays(today, 2), addDays(today, 5)),
  ],
  [
    /\b(?:in|en) (?:a few|unas(?: pocas)?|algunas) (?:weeks|semanas)\b/g,
    (_, today) => days(addDays(today, 13), addDays(today, 34)),
  ],
  [
    new RegExp(
      `\\b(?:in the next|within the next|within|over the next|en las proximas|en los proximos|dentro de los proximos) (?:a )?${count}(?: of)? (days?|weeks?|dias|semanas)\\b`,
      'g',
    ),
    ([, many, unit], today) => {
      const n = countOf(many);
      return within(n === undefined ? undefined : n * (/^(?:week|sem)/.test(unit ?? '') ? 7 : 1), today);
    },
  ],
  [
    /\b(?:in the |within the |the |los )?(?:next few|next couple of|next couple|coming|proximos) (?:days|dias)\b/g,
    (_, today) => within(6, today),
  ],
  [/\bwithin the week\b/g, (_, today) => within(7, today)],
  [
    new RegExp(`\\b${ahead} (?:a )?${count}(?: of| de)? (?:weeks?|semanas?)\\b(?! (?:from|de))`, 'g'),
    ([, many], today) => inWeeks(countOf(many), today),
  ],
  [
    new RegExp(`\\b(?:a )?${count}(?: of)? weeks? (?:from now|out|away)\\b`, 'g'),
    ([, many], today) => inWeeks(countOf(many), today),
  ],
  [
    new RegExp(`\\b${count} days? (?:from now|out)\\b`, 'g'),
    ([, many], today) => days(addDays(today, countOf(many) ?? 0)),
  ],
  [
    new RegExp(`\\b${ahead} ${count}(?: of| de)? (?:months?|mes(?:es)?)\\b`, 'g'),
    ([, many], today) => inWeeks(4 * (countOf(many) ?? 1), today),
  ],
  [
    /\b(?:in|en|dentro de) (?:an?|una|media|half an|\d{1,2}|two|dos) (?:hours?|horas?|hrs?|minutes?|minutos)\b/g,
    (_, today) => days(today),
  ],
  [/\bweekends\b|\bfines de semana\b/g, () => undefined],
  [
    /\b(?:next|following) weekend\b|\b(?:proximo|siguiente) fin de semana\b|\bfin de semana (?:que (?:viene|entra)|proximo|siguiente)\b|\bweekend after(?: this| that)?\b/g,
    (_, today) => weekend(1, today),
  ],
  [
    /\b(?:(?:this|the|this coming|coming|over the) )?weekend\b|\b(?:este |el )?(?:fin de semana|finde)\b/g,
    (_, today) => weekend(0, today),
  ],
  [
    new RegExp(
      `\\b${part}(?:week after next|semana despues de la (?:proxima|siguiente|que (?:viene|entra))|semana subsiguiente)\\b`,
      'g',
    ),
    ([, which], today) => week(2, which, today),
  ],
  [new RegExp(`\\b${part}(?:${nextWeek})\\b`, 'g'), ([, which], today) => week(1, which, today)],
  [
    new RegExp(`\\b${part}(?:this|current|esta) (?:week|semana)\\b`, 'g'),
    ([, which], today) => week(0, which, today),
  ],
  [
    new RegExp(
      `\\b(${early}|${late}|${middle}|rest of|remainder of|resto de) (?:the |la )?(?:week|semana)\\b`,
      'g',
    ),
    ([, which], today) => week(0, which, today),
  ],
  [/\bweekdays?\b|\bentre semana\b/g, () => undefined],
  [new RegExp(`\\b${part}month after next\\b`, 'g'), ([, which], today) => month(2, which, today)],
  [new RegExp(`\\b${part}(?:${nextMonth})\\b`, 'g'), ([, which], today) => month(1, which, today)],
  [
    new RegExp(`\\b${part}(?:this|current|este) (?:month|mes)\\b`, 'g'),
    ([, which], today) => month(0, which, today),
  ],
  [
    new RegExp(`\\b(${early}|${late}|${middle}|rest of|resto de) (?:the |el |del )?(?:month|mes)\\b`, 'g'),
    ([, which], today) => month(0, which, today),
  ],
  [
    new RegExp(
      `\\b(first|second|third|last|primera|segunda|tercera|ultima) (?:week|semana) (?:of|de|in|en) (${months.flat().join('|')})\\b`,
      'g',
    ),
    ([, which = '', name = ''], today) => monthWeek(which, namedMonth('in', name, undefined, today)),
  ],
  [
    new RegExp(
      `\\b(?:(in|during|en|durante|${early}|${late}|${middle}) )?(?:of |the )?(${months.flat().join('|')})\\b(?! \\d{1,2}(?: |$))(?: (?:of |de |del )?(20\\d\\d))?`,
      'g',
    ),
    ([, lead, name = '', year], today) => namedMonth(lead, name, year, today),
  ],
  [
    /\bnext year\b|\b(?:proximo ano|ano que (?:viene|entra))\b/g,
    (_, today) => {
      const year = Number(today.slice(0, 4)) + 1;
      return days(`${year}-01-01`, `${year}-12-31`);
    },
  ],
  [/\bchristmas eve\b|\bnochebuena\b/g, (_, today) => holiday(12, 24, today)],
  [/\bchristmas\b|\bnavidad\b/g, (_, today) => holiday(12, 25, today)],
  [/\bnew years eve\b/g, (_, today) => holiday(12, 31, today)],
  [/\bnew years(?: day)?\b|\bano nuevo\b/g, (_, today) => holiday(1, 1, today)],
  [
    /\b(?:any|whatever|whichever|every|cualquier|todos los) (?:other )?(?:days?|dates?|dias?|fecha)\b|\b(?:whenever|cuando sea|dia que sea|cuando (?:puedan|tengan)|(?:im|i am|soy|very|pretty) flexible)\b|\bany ?time\b(?= (?:,|is|works|that|you|would|please|with|_)|$)|\b(?:day|when|date) doesnt matter\b|\bno preference (?:on|about|for|of) (?:the |what |which )?(?:day|date)\b|\bdoesnt matter (?:what|which) day\b|\bdont care (?:what|which) day\b|\b(?:no importa|me da igual) (?:el dia|que dia|cuando|la fecha)\b|\bdia (?:me )?da igual\b/g,
    (_, today) => ({ kind: 'any', from: today, to: today }),
  ],
]);

function phrases(each: readonly Phrase[]): Phrases {
  return { any: anyOf(each.map(([pattern]) => pattern)), each };
}

/** Reads the phrases of a list, one after the other; what one has taken the next does not see. */
export function phraseAtoms(
  words: Words,
  { any, each }: Phrases,
  today: LocalDate,
): { atoms: readonly Atom[]; left: Words } {
  const atoms: Atom[] = [];
  let left = words;
  let text = words.join(' ');
  if (!any.test(text)) return { atoms, left };
  for (const [pattern, read] of each) {
    const found = phrasesIn(left, pattern, text).flatMap((phrase) => {
      const reading = read(phrase.found, today);
      return [{ ...phrase, reading }];
    });
    if (found.length === 0) continue;
    left = masked(left, found);
    text = left.join(' ');
    for (const { from, to, reading } of found) {
      if (reading === undefined) continue;
      const { kind, past } = reading;
      const dates = reading.from === reading.to ? [reading.from] : [reading.from, reading.to];
      atoms.push({ kind, from, to, dates, ...(past === true ? { past } : {}) });
    }
  }
  return { atoms, left };
}
