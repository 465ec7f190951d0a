// What a person makes of the bot's last messages: which question is open, what can be picked, what will be booked, what was booked.
import { type Phrases, phrasesOf, type VisitFacts } from '../../dialogs/phrases/index.ts';
import type { Heard, Seen } from '../support/person.ts';

export type Question =
  | 'offer'
  | 'name'
  | 'birthDate'
  | 'office'
  | 'doctor'
  | 'visit'
  | 'day'
  | 'time'
  | 'confirm'
  | 'change'
  | 'startOver'
  | 'retry'
  | 'goOn'
  | 'which'
  | 'visits'
  | 'act'
  | 'cancel'
  | 'move'
  | 'code'
  | 'waysOn'
  | 'wait'
  | 'contact'
  | 'gender'
  | 'register'
  | 'none';

/** What is said to have become of a visit on file. */
export type Said = 'cancelled' | 'undone' | 'moved' | 'unchanged';

export interface Facts {
  readonly person: string;
  readonly doctor: string;
  readonly office: string;
  readonly visit: string;
  readonly when: string;
}

export interface Screen {
  readonly question: Question;
  readonly language: 'en' | 'es';
  readonly choices: readonly Seen[];
  /** What "shall I book it?" would book. */
  readonly facts?: Facts;
  readonly isMiss: boolean;
  readonly outcome?: Said;
  /** The number of the visit that was just booked. */
  readonly reference?: string;
  /** All of it, as `legible` makes it. */
  readonly text: string;
}

/** How everything reads the same on every channel: no case, no accents, plain marks instead of look-alikes, single spaces. */
export function legible(text: string): string {
  const plain = [...text].map((character) => plainMarks.get(character) ?? character).join('');
  return plain
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

const plainMarks: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '∗': '*',
    ˍ: '_',
    ˋ: '`',
    '∼': '~',
    '‹': '<',
    '›': '>',
    '［': '[',
    '］': ']',
    '＼': '\\',
    '＃': '#',
    '∣': '|',
    '＆': '&',
    '‘': "'",
    '’': "'",
    '“': '"',
    '”': '"',
  }),
);

const blank: VisitFacts = {
  person: '',
  doctor: '',
  office: '',
  localStart: '2025-01-01T00:00',
  timeZone: 'UTC',
};
/** The words before the first blank that is filled in. */
const opening = (sentence: (part: string) => string): string => sentence('\u0000').split('\u0000')[0] ?? '';

const sentences: readonly (readonly [Question, (words: Phrases) => readonly string[]])[] = [
  ['offer', (words) => [words.offerToBook(), words.bookLabel()]],
  ['name', (words) => [words.askName(), words.askLastName(), words.askNameForVisits()]],
  ['birthDate', (words) => [words.askBirthDate(), words.askBirthDateWhich()]],
  ['office', (words) => [words.askOffice()]],
  ['doctor', (words) => [words.askDoctor()]],
  ['visit', (words) => [words.askVisitType()]],
  ['day', (words) => [opening(words.askDay), words.fittingDays()]],
  ['time', (words) => [words.askTime('2025-01-01').split(/ \S{3} /)[0] ?? '', words.firstTimes()]],
  [
    'confirm',
    (words) => [
      words.askConfirm(blank).closing ?? '',
      opening((visit) => words.askConfirmAlso([visit])),
      words.replyToBook(),
      words.replyToMove(),
    ],
  ],
  ['change', (words) => [words.askChange()]],
  ['startOver', (words) => [words.askStartOver()]],
  ['goOn', (words) => [words.goOnLabel()]],
  ['retry', (words) => [words.retryLabel()]],
  ['visits', (words) => [words.yourVisits(), words.askWhichToCancel(), words.askWhichToMove()]],
  ['act', (words) => [words.yourVisit(), words.directionsLabel()]],
  ['cancel', (words) => [words.askCancel({ doctor: '', office: '', when: '' }).closing ?? '']],
  ['move', (words) => [words.askMove({ doctor: '', office: '', from: '', to: '' }).closing ?? '']],
  ['code', (words) => [words.askCode(), words.askContactCode(), words.askCodeAgain()]],
  ['waysOn', (words) => [opening(words.waysOn)]],
  ['wait', (words) => [words.claimAgainLater(1, '').split(/\d/)[0] ?? '']],
  ['contact', (words) => [words.askContact(['sms'])]],
  ['gender', (words) => [words.askGender()]],
  [
    'register',
    (words) => [words.askRegister({ person: '', birthDate: '', gender: '', contact: '' }).closing ?? ''],
  ],
  ['which', (words) => [words.askWhich(), words.closest()]],
];

const languages = ['en', 'es'] as const;

type Asked = Pick<Screen, 'question' | 'language'>;

/** The question that stands last; a list of days or times whose sentence says only "these are open" is known by its labels. */
function questionIn(text: string, choices: readonly Seen[]): Asked {
  const everything = legible([text, ...choices.map(({ label }) => label)].join('\n'));
  let last: Asked & { readonly at: number } = { at: -1, question: 'none', language: 'en' };
  for (const language of languages)
    for (const [question, of] of sentences)
      for (const sentence of of(phrasesOf(language))) {
        // Labels come after the text: only where the text asks nothing do they tell the question.
        const inText = legible(text).lastIndexOf(legible(sentence));
        const at = inText >= 0 ? inText + 1 : everything.includes(legible(sentence)) ? 0 : -1;
        if (at > last.at) last = { at, question, language };
      }
  if (last.question !== 'which') return last;
  const first = choices[0]?.label ?? '';
  if (/\d:\d\d/.test(first)) return { ...last, question: 'time' };
  return /^\p{L}{3} (?:\p{L}{3} \d|\d)/u.test(first) ? { ...last, question: 'day' } : last;
}

const outcomes: readonly (readonly [Said, (words: Phrases) => string])[] = [
  ['cancelled', (words) => opening(words.cancelled)],
  ['undone', (words) => opening(words.undone)],
  ['moved', (words) => words.moved({ doctor: '', office: '', when: '' }, '').title],
  ['unchanged', (words) => opening(words.visitStands)],
];

const outcomeIn = (text: string): Said | undefined =>
  outcomes.find(([, sentence]) =>
    languages.some((language) => text.includes(legible(sentence(phrasesOf(language))))),
  )?.[0];

const fact = (lines: readonly string[], label: RegExp): string =>
  lines.find((line) => label.test(line))?.replace(label, '') ?? '';

export function readScreen(replies: readonly Heard[], fallbackLanguage: 'en' | 'es' = 'en'): Screen {
  const text = replies.map((reply) => reply.text).join('\n');
  const choices = replies.at(-1)?.choices ?? [];
  const asked = questionIn(text, choices);
  const lines = text.split('\n').map(legible);
  const outcome = outcomeIn(legible(text));
  const reference = /(?:reference|referencia): (\S+)/.exec(legible(text))?.[1];
  return {
    ...asked,
    language: asked.question === 'none' ? fallbackLanguage : asked.language,
    choices,
    isMiss: isMiss(legible(text)),
    text: legible(text),
    ...(outcome === undefined ? {} : { outcome }),
    ...(reference === undefined ? {} : { reference }),
    ...(asked.question === 'confirm'
      ? {
          facts: {
            person: fact(lines, /^(?:for|para): /),
            doctor: fact(lines, /^(?:with|con): /),
            office: fact(lines, /^(?:where|donde): /),
            visit: fact(lines, /^(?:visit|visita): /),
            when: fact(lines, /^(?:when|cuando): /),
          },
        }
      : {}),
  };
}

const isMiss = (text: string): boolean =>
  languages.some((language) => {
    const words = phrasesOf(language);
    return [
      ...Object.values(words.missed).map((sentence) => sentence()),
      opening(words.missedAgain),
      opening(words.missedTask),
    ].some((sentence) => text.includes(legible(sentence)));
  });
