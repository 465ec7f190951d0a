// Masks what only looks like a name, a day or a time: ages, doses, how long it has hurt, addresses, birth dates, people's own names.
import { masked, maskedAll, phrasesIn, type Span, type Words } from './hear-words.ts';
import { ordinary } from './ordinary-words.ts';
import { indexesOf, monthOf, weekdays } from './read-day.ts';
import { anyOf } from './words.ts';

const count =
  '(?:\\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|few|couple|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|varios|varias|unos|unas|couple of|several|many)';
const unit =
  '(?:days?|weeks?|months?|years?|yrs?|hours?|minutes?|mins?|dias?|semanas?|mes(?:es)?|anos?|horas?|minutos?)';

const noises: readonly RegExp[] = [
  // Ages and how far along.
  new RegExp(`\\b${count} (?:${unit} )?(?:old|yo|y o|pregnant|de edad|de embarazo)\\b`, 'g'),
  /\b(?:age|aged|edad) (?:de )?\d{1,3}\b/g,
  /\b\d{1,3} (?:years?|yrs?|anos)\b/g,
  // How long, how long ago, since when.
  new RegExp(
    `\\b(?:for|last|past|por|durante|hace|desde hace|over) (?:the |about |almost |like |los |las |ultimos |ultimas |past |last |ya |casi |como )?${count} ${unit}(?: (?:now|ya|que))?\\b`,
    'g',
  ),
  new RegExp(`\\b${count} ${unit} (?:ago|now|atras)\\b`, 'g'),
  new RegExp(
    `\\b(?:took|take|takes|lasts|lasted|every|each|cada|toma|dura) (?:about )?(?:${count} )?${unit}\\b`,
    'g',
  ),
  /\b(?:since|started|began) (?:the |last |this |about |on ){0,2}\p{L}+day(?: (?:morning|night|afternoon|evening))?\b/gu,
  /\bsince (?:the |last |this |about |early ){0,2}\S+(?: (?:morning|night|afternoon|evening))?/g,
  /\b(?:desde|empezo) (?:ayer|anoche|antier|(?:el|la) \p{L}+ pasad[oa])\b/gu,
  // Doses, temperatures, counts.
  /\b(?:\d{1,4}|_) ?(?:mg|ml|mcg|g|milligrams?|pills?|tablets?|pastillas?|degrees|grados|lbs?|pounds|kilos?|kids|children|people|times|veces|hijos|percent|dollars?|kids)\b/g,
  /\b(?:fever|temperature|temp|fiebre|temperatura) (?:of |is |de |around )?(?:\d{2,3})\b/g,
  /\b(?:24|50|20)\/(?:7|50|20)\b/g,
  // "Second opinion", "3rd floor", "2nd dose".
  /\b(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|segunda?|tercera?) (?:visit|time|floor|grade|opinion|dose|shot|trimester|baby|child|vez|dosis|piso|grado|opinion|trimestre|visita)\b/g,
  /\b(?:suite|ste|apt|apartment|unit|room|option|extension|ext|number|zip) \d{1,4}\b/g,
];

/** A house number with its street ("12 Main Street"): for `hearOffice` to know first, then masked. */
const houses: readonly RegExp[] = [
  /\b\d{1,4} (?:\p{L}+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|boulevard|blvd|drive|court|ct|place|way)\b/gu,
];

const anyNoise = anyOf(noises);

export const withoutNoise = (words: Words): Words =>
  masked(anyNoise.test(words.join(' ')) ? maskedAll(words, noises) : words, birthDates(words));
export const withoutHouses = (words: Words): Words => maskedAll(words, houses);

const birthLead = new Set(
  'born birthday birthdate dob birth nacido nacida naci nacio nacimiento cumpleanos bday'.split(' '),
);

/** The date said after "born", "dob": a word or two, then numbers and a month. */
function birthDates(words: Words): readonly Span[] {
  return words.flatMap((word, at) => {
    if (!birthLead.has(word)) return [];
    let to = at + 1;
    let dated = 0;
    while (to < words.length && to < at + 10) {
      const next = words[to] ?? '';
      const isDate = /^\d/.test(next) || monthOf(next) !== undefined;
      if (isDate && !/[ap]m?$|:/.test(next)) dated++;
      else if (dated > 0 ? !['of', 'de', 'del', ','].includes(next) : !birthFiller.has(next)) break;
      if (dated > 0 && /^(?:19|20)\d\d$|[/-]\d{2,4}$/.test(next)) return [{ from: at, to: to + 1 }];
      to++;
    }
    return dated === 0 ? [] : [{ from: at, to }];
  });
}
const birthFiller = new Set('is was on the el en date of de a , : es fue my mi i in dia'.split(' '));

export const relations =
  'son|daughter|kid|kids|child|children|baby|newborn|toddler|boy|girl|wife|husband|spouse|partner|mother|father|mom|mum|dad|mama|papa|grandmother|grandfather|grandma|grandpa|granddaughter|grandson|brother|sister|nephew|niece|aunt|uncle|friend|neighbor|cousin|parents|stepson|stepdaughter|teen|teenager|hijo|hija|hijos|hijas|nino|nina|bebe|esposa|esposo|marido|mujer|madre|padre|mami|papi|abuela|abuelo|hermano|hermana|sobrino|sobrina|nieto|nieta|amigo|amiga|tia|tio|pareja|suegra|suegro|novio|novia';
export const relation = new RegExp(`^(?:${relations})$`);

const nameLeads: readonly RegExp[] = [
  /\b(?:im|i am|this is|it is|my name|name is|my full name is|patient is|me llamo|soy|mi nombre es|mi nombre|habla|le habla|de parte de|on behalf of|patient|paciente|named|called|llamado|llamada|se llama|mr|mrs|ms|miss|senor|senora|sr|sra|srta) (?:, )?(?:is |es |for )?/g,
  /\b(?:for|para) /g,
  new RegExp(`\\b(?:${relations}) (?:is |es |named |name is |se llama |, )?`, 'g'),
];
const titles = new Set('dr dra doctor doctora doc drs'.split(' '));

/**
 * The people a sentence names beside its doctors ("for my son John", "this is Ann Lee calling"): up to three words that
 * are no ordinary ones, behind a phrase that brings a person in.
 */
export function namedPeople(words: Words): readonly Span[] {
  const text = words.join(' ');
  return nameLeads.flatMap((lead) =>
    phrasesIn(words, lead, text).flatMap(({ to: from }) => {
      let to = from;
      while (to < words.length && to < from + 3 && isNameLike(words[to])) to++;
      return to === from ? [] : [{ from, to }];
    }),
  );
}

/** A word that could be somebody's name: letters, and none that sentences are made of. */
export const isNameLike = (word: string | undefined): boolean =>
  word !== undefined &&
  /^\p{L}{2,}$/u.test(word) &&
  !ordinary.has(word) &&
  !titles.has(word) &&
  indexesOf(weekdays, word).length === 0;
