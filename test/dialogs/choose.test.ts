// Which choice a text means. The first table holds every phrase that the stock recogniser was measured to get wrong.
import { describe, expect, test } from 'vitest';
import { type Chosen, choose, exactly, type Option } from '../../dialogs/choose.ts';
import { nearly } from '../../dialogs/words.ts';

const one = (key: string): Chosen => ({ kind: 'one', key });
const several = (...keys: string[]): Chosen => ({ kind: 'several', keys });
const none: Chosen = { kind: 'none' };

describe('days and times: only a label or a lone number', () => {
  const options: readonly Option[] = [
    { key: 'thu345', label: 'Thursday at 3:45 PM' },
    { key: 'thu415', label: 'Thursday at 4:15 PM' },
    { key: 'fri300', label: 'Friday at 3:00 PM' },
  ];
  test.each([
    ['thursday at 3', undefined],
    ['3:45', undefined],
    ['no start over at 1', undefined],
    ['the last one', undefined],
    ['4:15 pm', undefined],
    ['friday', undefined],
    ['3pm friday', undefined],
    ['talk to a human', undefined],
    ['een', undefined],
    ['friday at 3:00 pm', 'fri300'],
    ['3', 'fri300'],
    ['#2', 'thu415'],
    ['2.', 'thu415'],
    ['option 1', 'thu345'],
    ['4', undefined],
    ['0', undefined],
    ['-1', undefined],
    ['1 2', undefined],
  ])('"%s"', (text, key) => {
    expect(exactly(text, options)).toBe(key);
  });
});

describe('names', () => {
  const doctors: readonly Option[] = [
    { key: 'doe', label: 'Dr. John Doe' },
    { key: 'ann', label: 'Dr. Ann Lee' },
    { key: 'bob', label: 'Dr. Bob Lee' },
    { key: 'munoz', label: 'Dr. José Muñoz' },
    { key: 'sanders', label: 'Dr. Kim Sanders' },
  ];
  const cases: readonly (readonly [string, Chosen])[] = [
    ['Dr. John Doe', one('doe')],
    ['doe', one('doe')],
    ['Dr Doe please', one('doe')],
    ['I would like to see dr. ann', one('ann')],
    ['ann lee', one('ann')],
    ['JOSE MUNOZ', one('munoz')],
    ['muñoz', one('munoz')],
    ['con la doctora sanders', one('sanders')],
    ['sandres', one('sanders')],
    ['saners', one('sanders')],
    ['2', one('ann')],
    // Two fit: a question.
    ['lee', several('ann', 'bob')],
    ['dr lee', several('ann', 'bob')],
    ['john lee', several('doe', 'ann', 'bob')],
    ['ann or bob', several('ann', 'bob')],
    ['doe or ann lee', several('ann', 'doe')],
    // Short names have no misspellings, and a title is no name.
    ['dow', none],
    ['doctor', none],
    ['do', none],
    ['not doe', none],
    ['no doe', none],
    ["I don't want doe", none],
    ['who is doe?', none],
    ['anyone but doe', none],
    ['doe at 3', none],
    ['johnny', none],
    ['xyz', none],
    ['6', none],
    ['', none],
  ];
  test.each(cases)('"%s"', (text, chosen) => {
    expect(choose(text, doctors)).toEqual(chosen);
  });
  test('a word that every choice has tells nothing', () => {
    const visits = [
      { key: 'a', label: 'New visit' },
      { key: 'b', label: 'Follow-up visit' },
    ];
    expect(choose('visit', visits)).toEqual(none);
    expect(choose('follow up', visits)).toEqual(one('b'));
  });
});

test.each([
  ['sanders', 'sandres', true],
  ['sanders', 'sander', true],
  ['sanders', 'sandars', true],
  ['sanders', 'sandras', false],
  ['sanders', 'anders', true],
  ['sanders', 'sndres', false],
  ['main', 'mian', false],
  ['smith', 'smyth', true],
])('%s and %s are one edit apart: %s', (a, b, isNear) => {
  expect(nearly(a, b)).toBe(isNear);
  expect(nearly(b, a)).toBe(isNear);
});
