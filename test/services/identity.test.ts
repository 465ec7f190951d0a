// Whose chart is it? Names as people write them, twins, father and son, duplicates; never an automatic pick on doubt.
import { describe, expect, test } from 'vitest';
import { type Patient, patientId } from '../../services/domain.ts';
import { compare, matchPatient } from '../../services/identity.ts';

const born = '1985-04-12';
const patient = (id: string, firstName: string, lastName: string, more: Partial<Patient> = {}): Patient => ({
  id: patientId(id),
  firstName,
  middleName: '',
  lastName,
  nickName: '',
  birthDate: born,
  preferredLanguage: '',
  active: true,
  ...more,
});
const claim = (firstName: string, lastName: string, birthDate = born) => ({ firstName, lastName, birthDate });

describe('names as people write them', () => {
  const obrien = patient('1', 'Siobhan', "O'Brien");
  const garcia = patient('2', 'José Luis', 'García López');
  const smith = patient('3', 'Katherine', 'Smith-Jones', { middleName: 'Ann', nickName: 'Kate' });
  test.each([
    ['as on the chart', claim('Siobhan', "O'Brien"), obrien, 'exact', 'exact'],
    ['no apostrophe, no capitals', claim('siobhan', 'obrien'), obrien, 'exact', 'exact'],
    ['a curly apostrophe', claim('Siobhan', 'O\u2019Brien'), obrien, 'exact', 'exact'],
    ['without accents', claim('Jose Luis', 'Garcia Lopez'), garcia, 'exact', 'exact'],
    ['divided elsewhere by the form', claim('Jose', 'Luis Garcia Lopez'), garcia, 'exact', 'exact'],
    ['the first of two surnames', claim('José Luis', 'García'), garcia, 'exact', 'partial'],
    ['the second surname alone', claim('José Luis', 'López'), garcia, 'none', 'none'],
    ['the first of two first names', claim('José', 'García López'), garcia, 'partial', 'exact'],
    ['the second of two first names', claim('Luis', 'García López'), garcia, 'none', 'none'],
    ['hyphen as a space', claim('Katherine', 'Smith Jones'), smith, 'exact', 'exact'],
    ['with the middle name', claim('Katherine Ann', 'Smith-Jones'), smith, 'exact', 'exact'],
    ['with the middle initial', claim('Katherine A.', 'Smith-Jones'), smith, 'partial', 'exact'],
    ['the nickname on the chart', claim('Kate', 'Smith-Jones'), smith, 'partial', 'exact'],
    ['a nickname that is not on the chart', claim('Kathy', 'Smith-Jones'), smith, 'none', 'none'],
    ['one letter off', claim('Siobhan', 'OBrian'), obrien, 'none', 'none'],
    ['nothing but a space', claim(' ', ' '), obrien, 'none', 'none'],
    ['one word', claim('Siobhan', ''), obrien, 'none', 'none'],
  ] as const)('%s', (_name, who, chart, firstName, lastName) => {
    expect(compare(who, chart)).toEqual({ birthDate: 'exact', firstName, lastName, active: true });
  });
});

describe('which chart', () => {
  const mia = patient('1', 'Mia', 'Novak');
  const zoe = patient('2', 'Zoe', 'Novak');
  const father = patient('3', 'Robert', 'Hale', { birthDate: '1958-01-02' });
  const son = patient('4', 'Robert', 'Hale', { birthDate: '1985-04-12' });
  const copy = patient('5', 'Mia', 'Novak');
  const former = patient('6', 'Mia', 'Novak', { active: false });
  const kind = (who: ReturnType<typeof claim>, charts: readonly Patient[]) => {
    const match = matchPatient(who, charts);
    return match.kind === 'one' ? `one ${match.patient.id}` : match.kind;
  };
  test.each([
    ['twins are told apart by first name', claim('Zoe', 'Novak'), [mia, zoe], 'one 2'],
    ['father and son by birth date', claim('Robert', 'Hale', '1958-01-02'), [father, son], 'one 3'],
    ['a wrong birth date is nobody', claim('Robert', 'Hale', '1958-01-03'), [father, son], 'none'],
    ['two charts of one person: no pick', claim('Mia', 'Novak'), [mia, copy], 'several'],
    ['an inactive chart does not count', claim('Mia', 'Novak'), [mia, former], 'one 1'],
    ['only an inactive chart: nobody', claim('Mia', 'Novak'), [former], 'none'],
    ['no chart', claim('Mia', 'Novak'), [], 'none'],
    [
      'an exact and a partial fit are a doubt',
      claim('Ana', 'Ruiz'),
      [patient('7', 'Ana', 'Ruiz'), patient('8', 'Ana', 'Ruiz Mora')],
      'several',
    ],
  ] as const)('%s', (_name, who, charts, expected) => {
    expect(kind(who, charts)).toBe(expected);
  });
});
