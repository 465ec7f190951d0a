// The office that a sentence names: by its name, its street or its city; "any office", "the same office".
import { isNameLike } from './hear-noise.ts';
import { judged } from './hear-wanted.ts';
import type { Span, Words } from './hear-words.ts';
import { commonWords } from './ordinary-words.ts';
import type { Mention, Roster } from './understood.ts';
import { fold, nearly, wordsOf } from './words.ts';

interface Named extends Span {
  readonly ids: readonly string[];
}

export interface OfficeHeard {
  readonly mention?: Mention;
  readonly unwanted: readonly string[];
  readonly spans: readonly Span[];
}

const streets: Readonly<Record<string, string>> = {
  st: 'street',
  str: 'street',
  ave: 'avenue',
  av: 'avenue',
  rd: 'road',
  ln: 'lane',
  blvd: 'boulevard',
  hwy: 'highway',
  pkwy: 'parkway',
  sq: 'square',
};
const same = (word: string): string => streets[word] ?? word;
const streetKinds = new Set([...Object.values(streets), 'drive', 'court', 'place', 'way', 'plaza']);
const generic = new Set(
  'office clinic location center centre the of suite at and medical health family practice closed consultorio oficina clinica de el la'.split(
    ' ',
  ),
);

/** A row of words that names an office wherever it stands; `loose`: only with "at", "in", "the ... office" around it. */
interface Pattern {
  readonly words: readonly string[];
  readonly id: string;
  readonly loose: boolean;
}

const known = new WeakMap<Roster, readonly Pattern[]>();
function patternsOf(roster: Roster): readonly Pattern[] {
  const kept = known.get(roster);
  if (kept !== undefined) return kept;
  const patterns = roster.offices.flatMap(({ id, name, address, city }) => [
    ...variants(id, core(name)),
    ...variants(
      id,
      core(address.split(',', 1)[0] ?? '').filter((word) => !/\d/.test(word)),
    ),
    ...variants(id, core(city)),
  ]);
  const sorted = patterns.toSorted((a, b) => b.words.length - a.words.length);
  known.set(roster, sorted);
  return sorted;
}

const core = (name: string): readonly string[] =>
  wordsOf(fold(name))
    .map(same)
    .filter((word) => !generic.has(word));

/** The whole name; its first part; "north gate" for "Northgate". */
function variants(id: string, words: readonly string[]): readonly Pattern[] {
  const [first] = words;
  if (first === undefined) return [];
  const isPlain = words.length === 1 && (first.length < 5 || commonWords.has(first));
  const all: Pattern[] = [{ words, id, loose: isPlain }];
  if (words.length > 1 && first.length >= 3) {
    const isStreet = streetKinds.has(words.at(-1) ?? '');
    const short = isStreet ? words.slice(0, -1) : [first];
    const isDistinct = !isStreet && first.length >= 5 && !commonWords.has(first);
    all.push({ words: short, id, loose: !isDistinct });
  }
  if (words.length === 1)
    for (let cut = 4; cut <= first.length - 3; cut++)
      all.push({ words: [first.slice(0, cut), first.slice(cut)], id, loose: false });
  return all;
}

const placed = /^(?:at|in|en|main|office|location|clinic|consultorio|oficina|clinica|near|calle|on)$/;
const beside = /^(?:office|location|clinic|one|st|street|branch|site|consultorio|oficina)$/;

function matches(words: Words, at: number, pattern: Pattern): boolean {
  const { words: said, loose } = pattern;
  if (!said.every((word, i) => like(word, words[at + i] ?? ''))) return false;
  if (!loose) return true;
  const next = words[at + said.length] ?? '';
  const before = words[at - 1] ?? '';
  const earlier =
    before === 'the' || before === 'de' || before === 'el' || before === 'la'
      ? (words[at - 2] ?? '')
      : before;
  return beside.test(next) || /^\d{1,4}$/.test(before) || placed.test(earlier);
}

const like = (name: string, word: string): boolean => {
  const said = same(word);
  return said === name || (!commonWords.has(said) && nearly(name, said));
};

// "I live in Albany" says where somebody is from, not which office.
const lives = /^(?:live|lives|living|vivo|vive|from|soy|moved|moving|mude)$/;

function named(words: Words, roster: Roster): readonly Named[] {
  const patterns = patternsOf(roster);
  const found: Named[] = [];
  for (let at = 0; at < words.length; at++) {
    const fits = patterns.filter((pattern) => matches(words, at, pattern));
    const [longest] = fits;
    if (longest === undefined) continue;
    const length = longest.words.length;
    const ids = fits.filter((each) => each.words.length === length).map(({ id }) => id);
    const isHome = lives.test(words[at - 1] ?? '') || lives.test(words[at - 2] ?? '');
    const from =
      /^\d{1,4}$/.test(words[at - 1] ?? '') && streetKinds.has(same(words[at + length - 1] ?? ''))
        ? at - 1
        : at;
    let to = at + length;
    if (streetKinds.has(same(words[to] ?? ''))) to++;
    if (!isHome) found.push({ from, to, ids: [...new Set(ids)] });
    at = to - 1;
  }
  return found;
}

const anyOffice =
  /\b(?:any|either|whichever|cualquier|cualquiera de los) (?:of (?:the|your) )?(?:offices?|locations?|clinics?|place|consultorios?|oficinas?|clinicas?|lugar|sede)\b|\b(?:anywhere|wherever|donde sea|en cualquier parte|(?:office|location) doesnt matter|doesnt matter where|no importa (?:donde|el lugar|el consultorio))\b/;
const sameOffice =
  /\bsame (?:office|location|place|clinic)\b|\busual (?:office|location|place|clinic)\b|\b(?:mism[oa]) (?:consultorio|oficina|lugar|clinica)\b/;
// "The Riverdale office": a place with a name that is none of ours.
const other =
  /\bthe (\p{L}{4,}) (?:office|location|clinic|branch)\b|\b(?:consultorio|oficina|clinica|sede) (?:de |en )(\p{L}{4,})\b/u;

export function hearOffice(words: Words, roster: Roster): OfficeHeard {
  const heard = judged(words, named(words, roster));
  const unwanted = [...new Set(heard.filter(({ wanted }) => !wanted).flatMap(({ ids }) => ids))];
  const wanted = heard.filter((each) => each.wanted).map(({ ids }) => ids);
  const mention =
    mentionOf(wanted) ??
    (heard.length > 0 && !anyOffice.test(words.join(' ')) ? undefined : unnamed(words.join(' ')));
  return { ...(mention === undefined ? {} : { mention }), unwanted, spans: heard };
}

/** A street and its city name one office together; an office and another's city name two. */
function mentionOf(wanted: readonly (readonly string[])[]): Mention | undefined {
  if (wanted.length === 0) return undefined;
  const common = (wanted[0] ?? []).filter((id) => wanted.every((ids) => ids.includes(id)));
  const ids = common.length > 0 ? common : [...new Set(wanted.flat())];
  const [id, second] = ids;
  return id !== undefined && second === undefined ? { kind: 'one', id } : { kind: 'several', ids };
}

function unnamed(text: string): Mention | undefined {
  if (anyOffice.test(text)) return { kind: 'any' };
  if (sameOffice.test(text)) return { kind: 'same' };
  const found = other.exec(text);
  return isNameLike(found?.[1] ?? found?.[2]) ? { kind: 'unknown' } : undefined;
}
