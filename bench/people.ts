// Invented patients, as many as a bench needs, each with a birth date of their own.
import { DateTime } from 'luxon';

export interface Person {
  readonly name: string;
  /** As a patient writes it: `03/25/1980`. */
  readonly birthDate: string;
}

const firstNames = ['Ada', 'Bruno', 'Carla', 'Dario', 'Edith', 'Felix', 'Greta', 'Hugo', 'Irene', 'Jonas'];
const lastNames = ['Arden', 'Barlow', 'Castell', 'Dunmore', 'Ellery', 'Farrow', 'Garner', 'Holm', 'Ives'];

const nth = (names: readonly string[], index: number): string => names[index % names.length] ?? '';
const bornOn = (index: number): DateTime => DateTime.utc(1930, 1, 1).plus({ days: index });

/** The patient of this number, 0 to 29,000. */
export const person = (index: number): Person => ({
  name: `${nth(firstNames, index)} ${nth(lastNames, index)}`,
  birthDate: bornOn(index).toFormat('MM/dd/yyyy'),
});

/** The same patient's chart. */
export const chart = (index: number): Record<string, string | number> => ({
  first_name: nth(firstNames, index),
  last_name: nth(lastNames, index),
  date_of_birth: bornOn(index).toFormat('yyyy-MM-dd'),
  gender: 'UNK',
  doctor: 511718,
});
