// Whether a thing that a sentence names is wanted, not wanted ("anyone but Dr. Lee"), or taken back ("Tuesday, no wait, Wednesday").
import type { Span, Words } from './hear-words.ts';

const between = new Set(
  'the a an on in at with to for of from by dr dra doctor doctora doc office location clinic street el la los las un una en con de del al por para que is be it do make come go see book want like need prefer me my mi ir ser sea estar work works there available free that this any either any next coming proximo este esa ese quiero verme ver atienda gusta gustaria puedo puede pueda really her him se too so sirve queda conviene viene va bien'.split(
    ' ',
  ),
);
const negators = new Set(
  'not except besides excluding excepto salvo menos nunca never nor ni neither avoid evitar cant cannot couldnt dont wont isnt wouldnt didnt unavailable busy ocupado ocupada away traveling travelling vacation viaje without'.split(
    ' ',
  ),
);
const anyWords = new Set(
  'anyone anybody anywhere any anything anytime all every everyone everywhere nothing whoever whenever cualquier cualquiera todos todas todo doctor doctora office day days dia location week'.split(
    ' ',
  ),
);
const joining = new Set(['or', 'nor', 'and', 'o', 'u', 'ni', 'y', 'e']);

/** True where a negation stands before the mention, in its own clause, with nothing but small words between. */
function negatedBefore(words: Words, at: number): boolean {
  for (let back = at - 1; back >= 0 && back >= at - 7; back--) {
    const word = words[back] ?? '';
    const before = words[back - 1] ?? '';
    if (negators.has(word)) return !isQuestion(words, back);
    if (word === 'than') return before === 'other' || before === 'rather';
    if (word === 'of' && (before === 'instead' || before === 'outside')) return true;
    if (word === 'de' && /^(?:vez|lugar|fuera|aparte)$/.test(before)) return true;
    if (word === 'but') return anyWords.has(before);
    // "No con el doctor Lee", "no los martes"; "no, el martes" and "no Tuesday" put something right.
    if (word === 'town') return before === 'of';
    if (word === 'work' && before === 'i') return true;
    if (word === 'no') return isSpanishNo(words, back) || (back === at - 1 && plural.test(words[at] ?? ''));
    if (!between.has(word)) return false;
  }
  return false;
}

// "No Mondays", "no mornings" are turned down; "no Tuesday" puts right.
const plural = /(?:days|mornings|afternoons|evenings|nights|weekends)$/;

const isQuestion = (words: Words, at: number): boolean =>
  /^(?:you|i|we|he|she|they|the)$/.test(words[at + 1] ?? '') &&
  /^(?:cant|dont|isnt|wont|couldnt|wouldnt|didnt)$/.test(words[at] ?? '')
    ? !/^(?:i|we|he|she|they)$/.test(words[at - 1] ?? '')
    : /^(?:why|if|por)$/.test(words[at - 1] ?? '');

const isSpanishNo = (words: Words, at: number): boolean =>
  /^(?:con|en|los|las|quiero|puedo|me|sea|es|por)$/.test(words[at + 1] ?? '') ||
  (words[at - 1] === 'que' && words[at + 1] === 'sea');

const after =
  /^(?:(?:is|are|it|that|i|im|just|really|definitely|mornings?|afternoons?) ){0,3}(?:doesnt|does not|dont|do not|wont|will not|isnt|is not|arent|not|cant|cannot|couldnt|wouldnt|never) ?(?:really |be |a )?(?:work|works|good|great|possible|ok|okay|suit|do|fit|available|free|an|option|make|come|able|going|$|,)|^(?:is|are|s|im|i am)? ?(?:no good|out|bad for|busy|unavailable)(?: |$)|^(?:yo )?no (?:puedo|me|sirve|es|esta|se puede|va|,|$)|^no$/;

/** True where what follows the mention turns it down: "Tuesday doesn't work", "el martes no puedo". */
const negatedAfter = (words: Words, to: number): boolean => after.test(words.slice(to, to + 6).join(' '));

export interface Heard extends Span {
  readonly wanted: boolean;
}

/** Says of each mention (in order, of one kind) whether it is wanted; "not Tuesday or Thursday" turns down both. */
export function judged<M extends Span>(words: Words, mentions: readonly M[]): readonly (M & Heard)[] {
  const heard: (M & Heard)[] = [];
  for (const mention of mentions) {
    const last = heard.at(-1);
    const gap = last === undefined ? [] : words.slice(last.to, mention.from);
    const joined = gap.length > 0 && gap.length <= 3 && gap.some((word) => joining.has(word));
    const carried = joined && last?.wanted === false && !gap.includes(',');
    const wanted = !carried && !negatedBefore(words, mention.from) && !negatedAfter(words, mention.to);
    heard.push({ ...mention, wanted });
  }
  return takenBack(words, turnedDownTogether(words, heard));
}

/** "Mondays and Wednesdays don't work" is about both. */
const turnedDownTogether = <M extends Heard>(words: Words, heard: readonly M[]): readonly M[] =>
  heard.map((mention, at) => {
    const next = heard[at + 1];
    if (next?.wanted !== false || !negatedAfter(words, next.to)) return mention;
    const gap = words.slice(mention.to, next.from);
    return gap.length === 1 && joining.has(gap[0] ?? '') ? { ...mention, wanted: false } : mention;
  });

const marks =
  /\b(?:actually|mean|meant|wait|sorry|scratch|perdon|perdone|digo|mejor|corrijo|quise decir|make that|no no)\b|(?:^|, )no(?:,| |$)/;

/** Of two wanted mentions with "no wait", "I mean", "digo" between them the later counts; the earlier is left out. */
const takenBack = <M extends Heard>(words: Words, heard: readonly M[]): readonly M[] =>
  heard.filter((mention, at) => {
    const next = heard[at + 1];
    if (!mention.wanted || next?.wanted !== true) return true;
    return !marks.test(words.slice(mention.to, next.from).join(' '));
  });
