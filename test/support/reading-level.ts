// How hard a text is to read: Flesch-Kincaid's grade in English, the Szigriszt-Pazos index behind the INFLESZ scale in Spanish.
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

const sentencesIn = (text: string): number =>
  Math.max(1, text.split(/[.!?:](?=\s|$)|\n/).filter((part) => /\p{L}/u.test(part)).length);
const wordsIn = (text: string): readonly string[] => text.match(/\p{L}[\p{L}'’-]*/gu) ?? [];

/** Years of school that a reader needs (Kincaid et al. 1975). */
export function gradeOf(text: string): number {
  const words = wordsIn(text);
  return fleschKincaid({
    sentence: sentencesIn(text),
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  });
}

/** Perspicuity (Szigriszt Pazos 1993): 206.835 - 62.3 * syllables / words - words / sentences; INFLESZ (Barrio Cantalejo 2008) calls 65 and more easy. */
export function perspicuityOf(text: string): number {
  const words = wordsIn(text);
  const syllables = words.reduce((sum, word) => sum + spanishSyllables(word), 0);
  return 206.835 - (62.3 * syllables) / words.length - words.length / sentencesIn(text);
}

/**
 * Vowel groups, split where Spanish splits them (Real Academia, Ortografía 2010, hiatus): two strong vowels (a e o), or a
 * weak one with an accent beside a strong one. "qu" and "gue/gui" have a silent u.
 */
export function spanishSyllables(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/qu/g, 'k')
    .replace(/gu(?=[eiéí])/g, 'g')
    .replace(/y$/, 'i');
  let count = 0;
  for (const group of letters.match(/[aeiouáéíóúü]+/g) ?? []) {
    count += 1;
    for (let at = 1; at < group.length; at += 1) {
      const pair = group.slice(at - 1, at + 1);
      if (/[aeoáéó][aeoáéó]|[íú][aeoáéó]|[aeoáéó][íú]/.test(pair)) count += 1;
    }
  }
  return Math.max(1, count);
}
