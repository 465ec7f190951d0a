// Names and dates of birth as people write them.
import { expect, test } from 'vitest';
import { type BirthDateReading, readBirthDate, readName } from '../../dialogs/read-person.ts';
import type { Language } from '../../dialogs/reply.ts';
import { fold } from '../../dialogs/words.ts';

const names: readonly (readonly [text: string, first: string | undefined, last?: string])[] = [
  ['Maria Lopez', 'Maria', 'Lopez'],
  ['  maria   lopez  ', 'maria', 'lopez'],
  ['Lopez, Maria', 'Maria', 'Lopez'],
  ['My name is Sam Stone', 'Sam', 'Stone'],
  ["I'm Sam Stone.", 'Sam', 'Stone'],
  ['I’m Sam Stone', 'Sam', 'Stone'],
  ['Hi, this is Sam Stone', 'Sam', 'Stone'],
  ['for my', undefined],
  ['it is for Sam Stone', 'Sam', 'Stone'],
  ['Sam Stone please', 'Sam', 'Stone'],
  ['Maria Lopez 03/25/1980', 'Maria', 'Lopez'],
  ['Maria Lopez, 03/25/1980', 'Maria', 'Lopez'],
  ['Maria Lopez, March 25, 1980', 'Maria', 'Lopez'],
  ['Maria Lopez March 25 1980', 'Maria', 'Lopez'],
  ['Maria Lopez born 25 March 1980', 'Maria', 'Lopez'],
  ['03/25/1980 Maria Lopez', 'Maria', 'Lopez'],
  ['Lopez, Maria, 3/25/1980', 'Maria', 'Lopez'],
  ['me llamo Lucía Reyes Vega', 'Lucía', 'Reyes Vega'],
  ['soy Lucía Reyes, 3 de abril de 1990', 'Lucía', 'Reyes'],
  ["Sean O'Brien-Smith", 'Sean', "O'Brien-Smith"],
  ['Minh Do', 'Minh', 'Do'],
  ['April May', 'April', 'May'],
  ['Maria', 'Maria', ''],
  ['I want an appointment', undefined],
  ['thursday at 3', undefined],
  ['no idea', undefined],
  ['12345', undefined],
  ['<b>Maria</b> Lopez', undefined],
  ['', undefined],
  ['🙂', undefined],
];

for (const [text, first, last] of names)
  test(`name: "${text}"`, () => {
    expect(readName(text)).toEqual(
      first === undefined ? undefined : { firstName: first, lastName: last ?? '' },
    );
  });

const date = (value: string): BirthDateReading => ({ kind: 'date', date: value });
const births: readonly (readonly [
  text: string,
  language: Language,
  reading: BirthDateReading | undefined,
])[] = [
  ['03/25/1980', 'en', date('1980-03-25')],
  ['3-25-1980', 'en', date('1980-03-25')],
  ['3 25 1980', 'en', date('1980-03-25')],
  ['25/3/1980', 'en', date('1980-03-25')],
  ['3/4/1990', 'en', date('1990-03-04')],
  ['1980-03-25', 'en', date('1980-03-25')],
  ['March 25, 1980', 'en', date('1980-03-25')],
  ['25th of March 1980', 'en', date('1980-03-25')],
  ['Maria Lopez, 3/25/80', 'en', date('1980-03-25')],
  ['3/25/05', 'en', { kind: 'short-year' }],
  ['2/30/1980', 'en', { kind: 'impossible' }],
  ['3/25/2031', 'en', { kind: 'impossible' }],
  ['3/25/1780', 'en', { kind: 'impossible' }],
  ['3/25', 'en', undefined],
  ['1980', 'en', undefined],
  ['03/25/19801', 'en', undefined],
  ['25 de marzo de 1980', 'es', date('1980-03-25')],
  ['marzo 25 de 1980', 'es', date('1980-03-25')],
  ['25/3/1980', 'es', date('1980-03-25')],
  ['3/25/1980', 'es', date('1980-03-25')],
  ['3/4/1990', 'es', { kind: 'either', dates: ['1990-04-03', '1990-03-04'] }],
];

test.each(births)('date of birth: "%s" (%s)', (text, language, reading) => {
  expect(readBirthDate(fold(text), '2025-02-11', language)).toEqual(reading);
});
