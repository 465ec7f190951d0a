// Clock times in a row of words: "9:30", "3pm", "at three", "half past two", "las dos y cuarto", "15h".
import type { Span, Words } from './hear-words.ts';

export interface Clock extends Span {
  /** Hour and minute as said; `half` where morning or afternoon was said with it. */
  readonly hour: number;
  readonly minute: number;
  readonly half?: 'am' | 'pm';
  /** A number that is a time only beside another one ("from 2 to 4") or a part of the day. */
  readonly bare?: true;
}

const hours: ReadonlyMap<string, number> = new Map([
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['eleven', 11],
  ['twelve', 12],
  ['una', 1],
  ['dos', 2],
  ['tres', 3],
  ['cuatro', 4],
  ['cinco', 5],
  ['seis', 6],
  ['siete', 7],
  ['ocho', 8],
  ['nueve', 9],
  ['diez', 10],
  ['once', 11],
  ['doce', 12],
]);
const minutes: ReadonlyMap<string, number> = new Map([
  ['five', 5],
  ['ten', 10],
  ['fifteen', 15],
  ['twenty', 20],
  ['thirty', 30],
  ['forty', 40],
  ['fifty', 50],
  ['quarter', 15],
  ['cinco', 5],
  ['diez', 10],
  ['quince', 15],
  ['veinte', 20],
  ['treinta', 30],
  ['cuarenta', 40],
  ['cincuenta', 50],
  ['cuarto', 15],
  ['media', 30],
  ['veinticinco', 25],
]);

const led =
  /^(?:at|around|about|after|before|by|until|till|past|from|between|approximately|approx|roughly|las|la|como|tipo|sobre|hacia|eso|prefer|maybe)$/;
const weak = /^(?:from|between|entre|desde|to|or|and|-|o|y|a|until|de|through|thru)$/;

/** Minutes of the hour said behind it: "nine thirty", "9 y media", "tres y cuarto", "ten forty five". */
function minutesAfter(words: Words, at: number): { minute: number; to: number } | undefined {
  const isSpanish = /^(?:y|con|menos)$/.test(words[at] ?? '');
  const place = isSpanish ? at + 1 : at;
  const word = words[place] ?? '';
  const sign = words[at] === 'menos' ? -1 : 1;
  if (isSpanish && isBetween(words, at) && !/^(?:cuarto|media)$/.test(word)) return undefined;
  const isLed = /^(?:las|la)$/.test(words[at - 2] ?? '');
  if (isSpanish && isLed && /^[1-5][05]$/.test(word) && !/^(?:am|pm|de)$/.test(words[place + 1] ?? ''))
    return { minute: sign * Number(word), to: place + 1 };
  const minute = minutes.get(word);
  if (minute === undefined || (!isSpanish && minute < 15 && words[place - 1] !== 'oh')) return undefined;
  const unit = isSpanish && words[place + 1] === 'y' ? undefined : hours.get(words[place + 1] ?? '');
  if (!isSpanish && unit !== undefined && unit < 10 && minute >= 20)
    return { minute: minute + unit, to: place + 2 };
  return { minute: sign * minute, to: place + 1 };
}

const isBetween = (words: Words, at: number): boolean =>
  words.slice(Math.max(0, at - 3), at).includes('entre');

/** "am", "in the morning", "de la tarde" behind a time, within the words that belong to it. */
function halfAfter(words: Words, at: number): { half: 'am' | 'pm'; to: number } | undefined {
  const [first, second, third] = [words[at] ?? '', words[at + 1] ?? '', words[at + 2] ?? ''];
  if (/^(?:am|pm)$/.test(first)) return { half: first === 'am' ? 'am' : 'pm', to: at + 1 };
  if (/^(?:a|p)$/.test(first) && second === 'm') return { half: first === 'a' ? 'am' : 'pm', to: at + 2 };
  if (/^(?:in|de|en|por)$/.test(first) && /^(?:the|la)$/.test(second)) {
    if (/^(?:morning|manana|madrugada)$/.test(third)) return { half: 'am', to: at + 3 };
    if (/^(?:afternoon|evening|tarde|noche)$/.test(third)) return { half: 'pm', to: at + 3 };
  }
  if (first === 'at' && second === 'night') return { half: 'pm', to: at + 2 };
  if (first === 'del' && /^(?:mediodia|dia)$/.test(second)) return { half: 'pm', to: at + 2 };
  return undefined;
}

const skipMark = (words: Words, at: number): number => {
  if (words[at] === 'o' && words[at + 1] === 'clock') return at + 2;
  if (words[at] === 'en' && words[at + 1] === 'punto') return at + 2;
  return /^(?:oclock|hrs|horas|sharp|ish|h)$/.test(words[at] ?? '') ? at + 1 : at;
};

/** The time that begins at a word, if one does. */
export function clockAt(words: Words, at: number): Clock | undefined {
  return turned(words, at) ?? plain(words, at);
}

/** "Half past two", "quarter to three", "ten past nine", "cuarto para las tres". */
function turned(words: Words, at: number): Clock | undefined {
  const minute =
    words[at] === 'half'
      ? 30
      : (minutes.get(words[at] ?? '') ?? (/^\d{1,2}$/.test(words[at] ?? '') ? Number(words[at]) : undefined));
  const link = words[at + 1] ?? '';
  if (minute === undefined || minute > 30 || !/^(?:past|to|after|til|till|para)$/.test(link))
    return undefined;
  const isPlain =
    minute % 5 !== 0 || words[at] === 'five' || words[at] === 'ten' || /^\d/.test(words[at] ?? '');
  if (isPlain && link !== 'past' && link !== 'para') return undefined;
  const place = /^(?:las|la)$/.test(words[at + 2] ?? '') ? at + 3 : at + 2;
  if (link === 'para' && place === at + 2) return undefined;
  const hour = hourOf(words[place]);
  if (hour === undefined) return undefined;
  const end = halfAfter(words, place + 1);
  const isBefore = /^(?:to|til|till|para)$/.test(link);
  const clock = isBefore ? { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minute } : { hour, minute };
  return { from: at, to: end?.to ?? place + 1, ...clock, ...(end === undefined ? {} : { half: end.half }) };
}

const hourOf = (word: string | undefined): number | undefined =>
  word === undefined ? undefined : /^\d{1,2}$/.test(word) ? Number(word) : hours.get(word);

/** "At 1030": four digits behind "at" are a time, unless they are a year. */
function fourDigits(words: Words, at: number): string | undefined {
  const found = /^(?!19|20)(\d{1,2})(\d{2})$/.exec(words[at] ?? '');
  const isLed = /^(?:at|around|about|after|before|by|until|las)$/.test(words[at - 1] ?? '');
  return found !== null && isLed ? `${found[1]}:${found[2]}` : undefined;
}

function plain(words: Words, at: number): Clock | undefined {
  const word = fourDigits(words, at) ?? words[at] ?? '';
  const digits = /^(\d{1,2})(?:([:.h])(\d{2}))?(am|pm|a|p|hrs|h)?$/.exec(word);
  const hour = digits === null ? hours.get(word) : Number(digits[1]);
  if (hour === undefined || hour > 23) return undefined;
  const isWhole = digits?.[3] !== undefined;
  const suffix = digits?.[4];
  const more = isWhole || suffix !== undefined ? undefined : minutesAfter(words, at + 1);
  const minute = isWhole ? Number(digits?.[3]) : (more?.minute ?? 0);
  if (minute > 59 || (digits?.[2] === '.' && suffix === undefined && !led.test(words[at - 1] ?? '')))
    return undefined;
  const marked = skipMark(words, more?.to ?? at + 1);
  const after = suffix?.startsWith('a') || suffix?.startsWith('p') ? undefined : halfAfter(words, marked);
  const half = suffix?.startsWith('a') ? 'am' : suffix?.startsWith('p') ? 'pm' : after?.half;
  const isMarked = isWhole || suffix !== undefined || after !== undefined || marked > (more?.to ?? at + 1);
  const before = words[at - 1] ?? '';
  // "Once" is eleven only behind "las"; "a la una", not "una cita"; "nine thirty" without "at" is a time, too.
  const isLed =
    led.test(before) &&
    !(
      digits === null &&
      /^(?:as|about|from|by|como|la)$/.test(before) &&
      !(before === 'la' && word === 'una') &&
      before !== 'about'
    );
  const isSaid = more !== undefined && (digits === null ? word !== 'once' && word !== 'una' : true);
  if (!isMarked && !isLed && !isSaid && !weak.test(before) && !isDashed(words, at)) return undefined;
  const isBare = !isMarked && !isLed && !(isSaid && more !== undefined);
  if (
    isBare &&
    digits === null &&
    /^(?:y|a|de|o|to|or|and)$/.test(before) &&
    !/^(?:or|o|to|and|y|a)$/.test(before)
  )
    return undefined;
  if (!fits(words, at, after?.to ?? marked, isMarked || isSaid)) return undefined;
  return {
    from: at,
    to: after?.to ?? marked,
    // "Las tres menos cuarto".
    hour: minute >= 0 ? hour : hour === 1 ? 12 : hour - 1,
    minute: (minute + 60) % 60,
    ...(half === undefined ? {} : { half }),
    ...(isBare ? { bare: true } : {}),
  };
}

const isDashed = (words: Words, at: number): boolean =>
  words[at + 1] === '-' || /^(?:to|a|or|o)$/.test(words[at + 1] ?? '');

const counted =
  /^(?:days?|weeks?|months?|years?|hours?|minutes?|mins?|dias?|semanas?|mes|meses|anos?|doctors?|offices?|locations?|people|kids|children|of|appointments?|visits?|citas?|times|options|st|street|ave|avenue|road|rd|more|other|oficinas|consultorios|de|personas|_)$/;

/** What follows a bare number tells a time from a count ("at 2 offices") or a date ("a las 3 de la tarde" is none). */
function fits(words: Words, at: number, to: number, isMarked: boolean): boolean {
  const next = words[to] ?? '';
  if (isMarked) return true;
  if (next === 'de') return /^(?:la|las)$/.test(words[at - 1] ?? '');
  if (next === 'one' || next === 'thing') return false;
  return !counted.test(next);
}

/** Minutes after midnight, the usual reading (1 to 7 afternoon, 8 to 11 morning, 12 noon) first. */
export function readingsOf({ hour, minute, half }: Clock): readonly number[] {
  if (hour > 12 || hour === 0) return [hour * 60 + minute];
  const morning = (hour % 12) * 60 + minute;
  if (half === 'am') return [morning];
  if (half === 'pm') return [morning + 720];
  return hour >= 8 && hour < 12 ? [morning, morning + 720] : [morning + 720, morning];
}
