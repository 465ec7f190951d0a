// The alphabet of text messages: folding to GSM-7, and how many segments a text costs.
// Source: 3GPP TS 23.038 (GSM 03.38), section 6.2.1: the default alphabet and its extension table.

/** One septet each, in the order of their codes 0x00 to 0x7F; 0x1B (escape) is left out. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ' +
  ' !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Two septets each: the escape and their code. */
const extension = '\f^{}\\[~]|€';

const septets: ReadonlyMap<string, number> = new Map([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extension].map((character) => [character, 2] as const),
]);

/** What is written otherwise, and has no simpler form of its own in Unicode. */
const written: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201a': ',',
  '\u201b': "'",
  '\u02bc': "'",
  '`': "'",
  '´': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '•': '-',
  '·': '-',
  '×': 'x',
  '−': '-',
  '\t': ' ',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
};

/**
 * The text in letters that cost one septet (or, few, two): accents that GSM-7 lacks are dropped (`á í ó ú ç`; `é ñ ü ¿ ¡` are
 * in it), typographic quotes and dashes become plain, emoji and marks vanish. A letter or digit of another script becomes `?`.
 */
export function toGsm7(text: string): string {
  const folded = Array.from(text.normalize('NFC'), foldCharacter).join('');
  // Only where something vanished: emoji leave their spaces behind.
  return folded === text ? text : folded.replace(/ {2,}/g, ' ').replace(/ +(?=\n|$)/g, '');
}

function foldCharacter(character: string): string {
  if (septets.has(character)) return character;
  const known = written[character];
  if (known !== undefined) return known;
  if (/\p{Dash_Punctuation}/u.test(character)) return '-';
  if (/\p{Space_Separator}/u.test(character)) return ' ';
  const plain = Array.from(character.normalize('NFKD'))
    .filter((part) => septets.has(part))
    .join('');
  if (plain !== '') return plain;
  return /[\p{L}\p{N}]/u.test(character) ? '?' : '';
}

/**
 * Segments of 160 septets (153 each where there are several, because they carry a header; an escaped character is never
 * parted); with one character outside GSM-7, of 70 UTF-16 units (67 each), an emoji never parted.
 */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const isGsm7 = characters.every((character) => septets.has(character));
  const sizes = characters.map((character) => (isGsm7 ? (septets.get(character) ?? 0) : character.length));
  const [single, each] = isGsm7 ? [160, 153] : [70, 67];
  if (sizes.reduce((sum, size) => sum + size, 0) <= single) return 1;
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
