// What must hold after every turn of every simulated conversation, whoever writes; each breach is a sentence.
import { type Phrases, phrasesOf, type VisitFacts } from '../../dialogs/phrases/index.ts';
import { cardText } from '../../dialogs/reply.ts';
import type { Answer, Seen } from '../support/person.ts';
import type { Row } from '../support/sandbox-control.ts';
import type { Move } from './answering.ts';
import type { Practice } from './goal.ts';
import { legible, type Screen } from './screen.ts';

export interface Turn {
  readonly channelId: string;
  readonly move: Move;
  /** The same words again, before their answer can have been read. */
  readonly isEcho: boolean;
  readonly before: Screen;
  /** Choices of messages before the last one. */
  readonly older: readonly Seen[];
  readonly answer: Answer;
  readonly after: Screen;
  /** All that stands in the EHR, before and after. */
  readonly rowsBefore: readonly Row[];
  readonly rowsAfter: readonly Row[];
  /** Names by chart: the patient, and who is related. */
  readonly people: ReadonlyMap<number, string>;
  readonly practice: Practice;
}

/** Every breach of this turn; empty for a good one. */
export const breaches = (turn: Turn): readonly string[] => rules.flatMap((rule) => rule(turn));

const languages = ['en', 'es'] as const;
const inBoth = (sentence: (words: Phrases) => string): readonly string[] =>
  languages.map((language) => legible(sentence(phrasesOf(language))));

const rules: readonly ((turn: Turn) => readonly string[])[] = [
  answered,
  withinLimits,
  noEcho,
  wayOn,
  onlyWhatWasConfirmed,
  bookedIsTrue,
  othersUntouched,
  oldTapsAreTold,
];

function answered({ answer }: Turn): readonly string[] {
  if (answer.status !== 200) return [`HTTP ${answer.status}`];
  if (answer.replies.length === 0) return ['no reply at all'];
  return answer.replies.some(({ whole }) => whole.trim() === '') ? ['an empty reply'] : [];
}

const gsm7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const gsm7Escaped = '\f^{}\\[~]|€';
/** Three text messages that belong together hold 153 septets each. */
const mostSeptets = 459;
const mostCharacters = 4000;

function withinLimits({ answer, channelId }: Turn): readonly string[] {
  return answer.replies.flatMap(({ whole }) => {
    if (channelId !== 'sms')
      return whole.length > mostCharacters ? [`a reply of ${whole.length} characters`] : [];
    const foreign = [...whole].filter((one) => !gsm7.includes(one) && !gsm7Escaped.includes(one));
    if (foreign.length > 0) return [`letters that no text message has: ${[...new Set(foreign)].join(' ')}`];
    const septets = [...whole].reduce((sum, one) => sum + (gsm7Escaped.includes(one) ? 2 : 1), 0);
    return septets > mostSeptets ? [`a text message of ${septets} septets`] : [];
  });
}

/** Nothing that looks like markup is ever said by itself, so any of it comes from what was typed. */
function noEcho({ answer, move }: Turn): readonly string[] {
  const said = answer.replies.map(({ whole }) => whole).join('\n');
  const typed = move.text.trim();
  const isMarkup = /[<>*[\]`{}$%]/.test(typed) && said.includes(typed);
  return isMarkup || /<[a-z/]|\*\*|\]\(|ZZMARKER|\[object|undefined|NaN/i.test(said)
    ? ['said back what was typed, or worse']
    : [];
}

/** A question, a choice, a phone number, words that open the way again, or a finished booking. */
function wayOn({ after, answer }: Turn): readonly string[] {
  const isOpen =
    after.text.includes('?') ||
    after.choices.length > 0 ||
    /\d{3}-\d{4}/.test(after.text) ||
    /"(?:book|cita)"/.test(after.text) ||
    after.reference !== undefined ||
    ['name', 'birthDate', 'confirm'].includes(after.question);
  return isOpen || answer.replies.length === 0 ? [] : ['a dead end'];
}

const yesWords = new Set(
  'yes|yes please|yes, please|yes, book it|book it|confirm|yes please, thank you|yes, book it please|si|si, por favor|reservar|confirmo|confirmar'.split(
    '|',
  ),
);

/** The button of yes, its number where choices have numbers, or a word that means nothing else; on SMS not "yes", which is the carrier's. */
function isExplicitYes({ move, isEcho, before, channelId }: Turn): boolean {
  const [button] = before.choices;
  if (button === undefined || (isEcho && move.text === button.number)) return false;
  if (move.more?.['value'] !== undefined) return isSame(move.more['value'], button);
  if (channelId !== 'webchat' && move.text === button.number) return true;
  const text = legible(move.text);
  return (
    text === legible(button.label) || (yesWords.has(text) && !(channelId === 'sms' && /^yes\b/.test(text)))
  );
}

const isSame = (value: unknown, { mark }: Seen): boolean =>
  mark !== undefined && JSON.stringify(value) === JSON.stringify(mark);

const isOurs = (row: Row): boolean => row.notes.startsWith('Bookadoc ') && !row.deleted_flag;
const isLive = (row: Row): boolean => !row.deleted_flag && row.status !== 'Cancelled';
const added = ({ rowsBefore, rowsAfter }: Turn): readonly Row[] =>
  rowsAfter.filter(({ id }) => !rowsBefore.some((row) => row.id === id)).filter(isLive);

/** The EHR's row as the bot reads visits out. */
function factsOf(row: Row, { people, practice }: Turn): VisitFacts {
  const provider = practice.providers.find(({ id }) => id === row.doctor);
  const visitType = provider?.visitNames.get(Number(row['profile']));
  return {
    person: people.get(row.patient ?? 0) ?? `chart ${row.patient}`,
    doctor: provider?.name ?? `doctor ${row.doctor}`,
    office: practice.places.find(({ id }) => id === row.office)?.line ?? `office ${row.office}`,
    ...(visitType === undefined ? {} : { visitType }),
    localStart: row.scheduled_time.slice(0, 16),
    timeZone: provider?.timeZone ?? 'UTC',
  };
}

/** Every new visit is word for word the one that the question just before this turn named, and that question got a yes. */
function onlyWhatWasConfirmed(turn: Turn): readonly string[] {
  return added(turn).flatMap((row) => {
    // Its last line may also tell of another visit that day.
    const asked = inBoth((words) => {
      const { title, rows } = words.askConfirm(factsOf(row, turn));
      return cardText({ title, rows });
    });
    if (turn.before.question !== 'confirm') return [`${row.id} was booked, and nothing was to be confirmed`];
    if (!isExplicitYes(turn)) return [`${row.id} was booked without an explicit yes`];
    return asked.some((sentence) => turn.before.text.includes(sentence))
      ? []
      : [`${row.id} is another visit than the question named`];
  });
}

/** "Booked" is said of a visit that stands, under the number and with the words said. */
function bookedIsTrue(turn: Turn): readonly string[] {
  const { after, rowsAfter } = turn;
  const says = (sentence: (words: Phrases) => string) =>
    inBoth(sentence).some((opening) => after.text.includes(opening));
  const blank = { person: '', doctor: '', office: '', localStart: '2025-01-01T00:00', timeZone: 'UTC' };
  const own = rowsAfter.filter((row) => isOurs(row) && isLive(row) && turn.people.has(row.patient ?? 0));
  if (says((words) => words.alreadyBooked()) && own.length === 0)
    return ['"already booked", and nothing stands'];
  if (!says((words) => words.booked(blank, '').title)) {
    return added(turn).map(({ id }) => `${id} was booked, and nothing was said`);
  }
  const row = own.find(({ id }) => id.toLowerCase() === after.reference);
  if (row === undefined) return [`"booked" without a visit ${after.reference}`];
  const sentences = inBoth((words) => cardText(words.booked(factsOf(row, turn), row.id)));
  return sentences.some((sentence) => after.text.includes(sentence))
    ? []
    : [`"booked" in other words than what stands: ${sentences[0]}`];
}

function othersUntouched({ rowsBefore, rowsAfter }: Turn): readonly string[] {
  return rowsBefore
    .filter((row) => {
      const now = rowsAfter.find(({ id }) => id === row.id);
      return JSON.stringify(now) !== JSON.stringify(row);
    })
    .map(({ id }) => `${id} was changed or is gone`);
}

/** A tap on a button of an earlier question is answered as that, and is no answer to the question that is open. */
function oldTapsAreTold({ move, before, older, after }: Turn): readonly string[] {
  const value = move.more?.['value'];
  const isOld = value !== undefined && older.some((choice) => isSame(value, choice));
  if (!isOld || before.choices.some((choice) => isSame(value, choice))) return [];
  const told = [...inBoth((words) => words.alreadyDone()), ...inBoth((words) => words.stepOver())];
  return told.some((sentence) => after.text.includes(sentence))
    ? []
    : ['an old button was taken for an answer'];
}
