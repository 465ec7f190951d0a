// The doctor that a sentence names: by title and name, by specialty, "any doctor", "the same doctor"; never a patient of the same name.
import { has, type Person, peopleOf, run } from './doctor-names.ts';
import { isNameLike, namedPeople } from './hear-noise.ts';
import { hearSpecialties } from './hear-specialty.ts';
import { judged } from './hear-wanted.ts';
import { masked, type Span, type Words } from './hear-words.ts';
import { commonWords } from './ordinary-words.ts';
import type { Mention, Roster } from './understood.ts';

interface Named extends Span {
  readonly ids: readonly string[];
}

export interface DoctorHeard {
  readonly mention?: Mention;
  readonly unwanted: readonly string[];
  readonly spans: readonly Span[];
}

const titles = new Set('dr dra doctor doctora doc drs drx'.split(' '));
/** Behind these a bare name is a doctor's, even a short one. */
const leads = new Set(
  'with see con ver verme prefer prefiero want quiero not but except excepto menos than salvo to seeing'.split(
    ' ',
  ),
);

/** "Dr. Zhivago", "Dr. John Zhivago": somebody with a title whom nobody here is called. */
function titled(words: Words, at: number, people: readonly Person[]): Named | undefined {
  const found = run(words, at + 1, people);
  const next = words[found.to];
  const ids = found.people.map(({ id }) => id);
  if (found.to > at + 1) {
    const firstOnly = words
      .slice(at + 1, found.to)
      .every((word) => found.people.every(({ last }) => !has(last, word, true)));
    // "Dr. John Smith" is not Dr. John Doe.
    if (firstOnly && isNameLike(next)) return { from: at, to: found.to + 1, ids: [] };
    return { from: at, to: found.to, ids };
  }
  const isVague =
    /^(?:a|an|any|another|my|un|una|otro|otra|cualquier|mi|every|which|other|your|skin|kids|eye|family)$/.test(
      words[at - 1] ?? '',
    );
  if (!isNameLike(next) || (isVague && (words[at] ?? '').startsWith('doc'))) return undefined;
  return { from: at, to: found.to + (isNameLike(words[found.to + 1]) ? 2 : 1), ids: [] };
}

/** A name without a title: behind "with", "see", "con"; alone in the message; both names; or a last name that is no ordinary word. */
function untitled(words: Words, at: number, people: readonly Person[]): Named | undefined {
  const found = run(words, at, people);
  if (found.to === at) return undefined;
  const ids = found.people.map(({ id }) => id);
  const named = { from: at, to: found.to, ids };
  const said = words.slice(at, found.to);
  const before = words[at - 1] ?? '';
  const exactly = said.every((word) =>
    found.people.some(({ first, last }) => has(first, word, false) || has(last, word, false)),
  );
  const isNumbered = /^\d/.test(words[found.to] ?? '');
  if (exactly && isAlone(words, at)) return named;
  const earlier = /^(?:a|la|el|al)$/.test(before) ? (words[at - 2] ?? '') : before;
  if (leads.has(earlier) && exactly && !isNumbered) return named;
  if (/^(?:here|calling|speaking|born|dob|aqui|habla)$/.test(words[found.to] ?? '')) return undefined;
  // Somebody else of that last name: "Ann Alvarez".
  if (isNameLike(before) || (isNameLike(words[found.to]) && said.length === 1)) return undefined;
  const both =
    said.length > 1 &&
    found.people.every(
      ({ first, last }) =>
        said.some((word) => has(first, word, true)) && said.some((word) => has(last, word, true)),
    );
  if (both) return named;
  const [word = ''] = said;
  const isDistinct = said.length === 1 && word.length >= (exactly ? 5 : 6) && !commonWords.has(word);
  const isLast = found.people.every(({ last }) => has(last, word, true));
  return isDistinct && isLast ? named : undefined;
}

const small = new Set(
  'no yes ok please por favor the i said meant mean actually si el la que , - is it would like want to see with quiero a con sorry and'.split(
    ' ',
  ),
);

function named(words: Words, roster: Roster): readonly Named[] {
  const people = peopleOf(roster);
  const others = masked(words, namedPeople(words));
  const found: Named[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const isTitle = titles.has(word);
    const start = isTitle && titles.has(words[at + 1] ?? '') ? at + 1 : at;
    const isNamed = !isTitle && others[at] !== '_' && word.length > 1;
    const named = isTitle ? titled(words, start, people) : isNamed ? untitled(others, at, people) : undefined;
    if (named === undefined) continue;
    found.push(named);
    at = named.to - 1;
  }
  return found;
}

/** Nothing else is said: small words apart, only names stand here. */
const isAlone = (words: Words, at: number): boolean =>
  words.every((word, i) => i === at || small.has(word) || (i > at && i < at + 3 && isNameLike(word)));

const anyone =
  /\b(?:any|either|whichever|whatever|cualquier) (?:other )?(?:of (?:the|your) )?(?:available )?(?:doctors?|dr|provider|physician|one|of them|medic[oa]|doctora)\b|\b(?:anyone|anybody|whoever|whomever|no preference|dont (?:care|mind) (?:who|which doctor)|dont have a preference|any(?:one)? is fine|doesnt matter who|(?:doctor|who) doesnt matter|first available doctor|with any|quien sea|el que sea|la que sea|cualquiera|no tengo preferencia|sin preferencia|me da igual|me da lo mismo|no importa (?:quien|cual|con quien|el doctor|el medico))\b(?! (?:el |la |que |on |of |about |for |en )?(?:the |what |which |el )?(?:dia|hora|fecha|day|time|date|office|location|consultorio|lugar|there|who|cuando|donde|semana))/;
const same =
  /\b(?:same (?:doctor|dr|provider|physician|one)|(?:usual|regular) (?:doctor|dr|provider|physician|one)|(?:mismo|misma) (?:doctor|doctora|medico|medica|de siempre)|(?:doctor|doctora|medico|medica) de (?:siempre|la ultima vez|antes)|same (?:thing |appointment |visit )?(?:as |like )?(?:the )?last (?:time|visit)|lo mismo (?:que|de) la (?:ultima|otra) vez|whoever i (?:saw|had|see)|(?:doctor|dr|one|provider) (?:as|from|i saw|that i saw|i had|like) (?:last|before|i saw|the last|previous))\b/;

export function hearDoctor(words: Words, roster: Roster): DoctorHeard {
  const text = words.join(' ');
  const names = named(words, roster);
  const taken = masked(words, names);
  const fields = hearSpecialties(taken, roster);
  const heard = judged(
    words,
    [...names, ...fields].sort((a, b) => a.from - b.from),
  );
  const unwanted = [...new Set(heard.filter(({ wanted }) => !wanted).flatMap(({ ids }) => ids))];
  const told = heard.filter(({ to }) => isTeller(words, to));
  const meant = heard.filter(
    (each) =>
      each.wanted && !isLeft(words, each, heard) && (told.length === heard.length || !told.includes(each)),
  );
  const byName = meant.filter((each) => !fields.some(({ from }) => from === each.from));
  const wanted = (byName.length > 0 ? byName : meant).map(({ ids }) => without(ids, unwanted));
  const mention =
    mentionOf(wanted) ??
    (same.test(text) ? { kind: 'same' } : anyone.test(text) ? { kind: 'any' } : undefined);
  return { ...(mention === undefined ? {} : { mention }), unwanted, spans: heard };
}

// "Dr. Doe referred me to Dr. Kowalski": the visit is with the other one.
const isTeller = (words: Words, at: number): boolean =>
  /^(?:referred|recommended|sent|told|said|suggested|recomendo|mando|dijo|refirio)$/.test(words[at] ?? '') ||
  words[at + 1] === 'mando';

/** "Switch from Dr. Doe to Dr. Lee": the first is left, not wished for. */
const isLeft = (words: Words, { from, to }: Span, heard: readonly Span[]): boolean =>
  /^(?:from|de|del)$/.test(words[from - 1] ?? '') &&
  heard.some((other) => other.from > to && other.from <= to + 3 && /^(?:to|a|al|por)$/.test(words[to] ?? ''));

/** "Dr. Alvarez, not Helen": those that are left of several. */
function without(ids: readonly string[], unwanted: readonly string[]): readonly string[] {
  const left = ids.filter((id) => !unwanted.includes(id));
  return left.length > 0 ? left : ids;
}

/** One mention that fits nobody makes it unknown; all that fit are equally meant. */
function mentionOf(wanted: readonly (readonly string[])[]): Mention | undefined {
  if (wanted.length === 0) return undefined;
  if (wanted.some((ids) => ids.length === 0)) return { kind: 'unknown' };
  // "Dr. Alvarez, Maria Alvarez": the narrower of two that agree.
  const [first = [], ...others] = wanted.toSorted((a, b) => a.length - b.length);
  const ids = others.every((each) => first.every((id) => each.includes(id)))
    ? first
    : [...new Set(wanted.flat())];
  const [id, second] = ids;
  return id !== undefined && second === undefined ? { kind: 'one', id } : { kind: 'several', ids };
}
