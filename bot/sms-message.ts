// A reply as text messages: numbered choices, as short as they must be, in GSM-7; never over three segments.
import type { Choice, Language, Reply } from '../dialogs/reply.ts';
import { segmentsOf, toGsm7 } from './sms.ts';

/** Choices with a number of their own in one message; `0` is for more. The dialogs number them the same way. */
const mostChoices = 5;
const mostSegments = 3;
const shortLabelLength = 28;

const moreWord: Readonly<Record<Language, string>> = { en: 'more', es: 'más' };

/**
 * One message where the reply fits into one, with its labels shortened only where that saves segments that matter:
 * in full, then with short dates, then with cut labels, then with fewer choices. What is too long even so is parted at its
 * lines, so that nothing of a confirmation is ever cut.
 */
export function smsMessages(reply: Reply, choices: readonly Choice[]): readonly string[] {
  const text = toGsm7(reply.text);
  const forms = [
    (label: string) => label,
    shortDate,
    (label: string) => cut(shortDate(label), shortLabelLength),
  ];
  const inFull = forms.map((form) => withNumbers(text, choices, form, mostChoices, reply.language));
  const oneSegment = inFull.slice(0, 2).find((message) => segmentsOf(message) === 1);
  const fitting = oneSegment ?? inFull.find((message) => segmentsOf(message) <= mostSegments);
  if (fitting !== undefined) return [fitting];
  for (let most = Math.min(mostChoices, choices.length) - 1; most > 0; most -= 1) {
    const message = withNumbers(text, choices, (label) => cut(label, shortLabelLength), most, reply.language);
    if (segmentsOf(message) <= mostSegments) return [message];
  }
  const list = withNumbers('', choices, (label) => cut(label, shortLabelLength), mostChoices, reply.language);
  return [...parted(text), ...(list === '' ? [] : [list])];
}

/** `1 Tue Feb 18`, and last `0 more`, which is not counted. */
function withNumbers(
  text: string,
  choices: readonly Choice[],
  form: (label: string) => string,
  most: number,
  language: Language,
): string {
  const counted = choices.filter(({ key }) => key !== 'more');
  const more = choices.find(({ key }) => key === 'more')?.label ?? moreWord[language];
  const hasMore = counted.length < choices.length || counted.length > most;
  return [
    ...(text === '' ? [] : [text]),
    ...counted.slice(0, most).map(({ label }, index) => `${index + 1} ${form(toGsm7(label))}`),
    ...(hasMore ? [`0 ${toGsm7(more.toLowerCase())}`] : []),
  ].join('\n');
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `Tue Feb 18, 9:30 AM` as `Tue 2/18 9:30a`, `mar 18 feb, 9:30 a. m.` as `mar 18 feb 9:30a`; other labels as they are. */
function shortDate(label: string): string {
  return label
    .replace(/^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d{1,2})(?=,|$)/, (whole, weekday, month, day) => {
      const number = months.indexOf(month.toLowerCase()) + 1;
      return number === 0 ? whole : `${weekday} ${number}/${day}`;
    })
    .replace(/, (\d{1,2}:\d\d) ([ap])\.? ?m\.?$/i, (_, time, half) => ` ${time}${half.toLowerCase()}`);
}

const cut = (label: string, length: number): string =>
  label.length <= length ? label : `${label.slice(0, length - 2).trimEnd()}..`;

/** Parts at line ends, in a line that is too long alone at spaces, in a word that is too long alone anywhere. */
function parted(text: string): readonly string[] {
  const pieces = text.split(/(?<=\n)/).flatMap((line) => (fits(line) ? [line] : line.split(/(?<= )/)));
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces.flatMap((word) => (fits(word) ? [word] : (word.match(/.{1,200}/gs) ?? [])))) {
    if (!fits(part + piece)) {
      parts.push(part.trim());
      part = '';
    }
    part += piece;
  }
  return [...parts, part.trim()].filter((one) => one !== '');
}

const fits = (text: string): boolean => segmentsOf(text) <= mostSegments;
