// The doctors that a specialty in a patient's words means: "a pediatrician", "skin doctor", "médico de familia".

import type { Span, Words } from './hear-words.ts';
import type { Roster } from './understood.ts';
import { fold, nearly, wordsOf } from './words.ts';

const specialties: readonly (readonly [field: RegExp, said: readonly string[]])[] = [
  [
    /pediatr/,
    [
      'pediatrician',
      'paediatrician',
      'pediatrics',
      'pediatra',
      'kids doctor',
      'kid doctor',
      'childrens doctor',
      'child doctor',
      'doctor for kids',
      'doctor for my kid',
      'baby doctor',
      'doctor de ninos',
      'doctora de ninos',
      'medico de ninos',
    ],
  ],
  [
    /dermat|skin/,
    [
      'dermatologist',
      'dermatology',
      'dermatologo',
      'dermatologa',
      'skin doctor',
      'skin specialist',
      'doctor de la piel',
      'doctora de la piel',
      'especialista de la piel',
      'derm',
    ],
  ],
  [
    /obstet|gyn|women/,
    [
      'obgyn',
      'ob gyn',
      'ob or gyn',
      'obg',
      'gynecologist',
      'gynaecologist',
      'gynecology',
      'obstetrician',
      'ginecologo',
      'ginecologa',
      'obstetra',
      'womens doctor',
      'gyno',
    ],
  ],
  [/intern/, ['internist', 'internal medicine', 'internista', 'medicina interna']],
  [
    /family|general|primary/,
    [
      'family doctor',
      'family practitioner',
      'family physician',
      'family medicine',
      'gp',
      'general practitioner',
      'primary care',
      'primary care doctor',
      'pcp',
      'medico de familia',
      'medica de familia',
      'medico familiar',
      'doctor de familia',
      'medico general',
      'doctor general',
      'medico de cabecera',
    ],
  ],
  [/cardio|heart/, ['cardiologist', 'heart doctor', 'cardiologo', 'cardiologa']],
  [/psychiat/, ['psychiatrist', 'psiquiatra']],
  [/orthop/, ['orthopedist', 'orthopedic', 'ortopedista']],
  [/neuro/, ['neurologist', 'neurologo', 'neurologa']],
  [/ophthal|eye/, ['ophthalmologist', 'eye doctor', 'oftalmologo', 'oftalmologa']],
  [/urolog/, ['urologist', 'urologo']],
  [/dent/, ['dentist', 'dentista']],
];

const phrases = specialties.flatMap(([field, said]) =>
  said.map((phrase) => ({ field, words: phrase.split(' ') })),
);
const byFirst = new Map<string, typeof phrases>();
for (const phrase of phrases.toSorted((a, b) => b.words.length - a.words.length)) {
  const first = phrase.words[0] ?? '';
  byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
}
const longWords = phrases.filter(({ words }) => words.length === 1 && (words[0]?.length ?? 0) >= 8);

export interface SpecialtyHeard extends Span {
  /** Whom of the roster it means; empty: nobody here. */
  readonly ids: readonly string[];
}

/** Every specialty named, with its doctors. "My cardiologist" is about somebody else unless one of them is on the roster. */
export function hearSpecialties(words: Words, roster: Roster): readonly SpecialtyHeard[] {
  return words.flatMap((word, at): readonly SpecialtyHeard[] => {
    const phrase =
      byFirst.get(word)?.find(({ words: said }) => said.every((each, i) => each === words[at + i])) ??
      (word.length >= 8 ? longWords.find(({ words: [said] }) => nearly(said ?? '', word)) : undefined);
    if (phrase === undefined) return [];
    const ids = roster.doctors
      .filter(
        ({ specialty }) =>
          fold(specialty) !== '' && wordsOf(fold(specialty)).some((each) => phrase.field.test(each)),
      )
      .map(({ id }) => id);
    const isTheirs = /^(?:my|mi|by|her|his|our)$/.test(words[at - 1] ?? '');
    if (ids.length === 0 && isTheirs) return [];
    return [{ from: at, to: at + phrase.words.length, ids }];
  });
}
