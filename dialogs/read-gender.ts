// Reads what the chart should say for gender, in the words that people use; pure.
import type { Gender } from '../services/domain.ts';
import { fold } from './words.ts';

const genderWords: readonly (readonly [RegExp, Gender])[] = [
  [/^(?:f|female|woman|girl|mujer|femenin[oa]|nina)$/, 'Female'],
  [/^(?:m|male|man|boy|hombre|masculin[oa]|nino)$/, 'Male'],
  [/\b(?:rather not|prefer not|not say|dont want|no quiero|prefiero no)\b/, 'ASKU'],
  [/^(?:other|nonbinary|non binary|x|otr[oa]|no binari[oa])$/, 'Other'],
];

/** The key of the choice that the text means. */
export function genderIn(text: string): string | undefined {
  const folded = fold(text).replace(/'/g, '').replace(/-/g, ' ');
  const found = genderWords.find(([pattern]) => pattern.test(folded));
  return found === undefined ? undefined : `gender:${found[1]}`;
}
