// What must hold after every turn of every simulated conversation, whoever writes; each breach is a sentence.
import type { Phrases } from '../../dialogs/phrases/index.ts';
import { cardText } from '../../dialogs/reply.ts';
import type { Row } from '../support/sandbox-control.ts';
import { changeRules } from './watch-changes.ts';
import { explicitly, factsOf, inBoth, isLive, isSame, type Turn } from './watch-tools.ts';

/** Every breach of this turn; empty for a good one. */
export const breaches = (turn: Turn): readonly string[] => rules.flatMap((rule) => rule(turn));

const rules: readonly ((turn: Turn) => readonly string[])[] = [
  answered,
  withinLimits,
  noEcho,
  wayOn,
  onlyWhatWasConfirmed,
  bookedIsTrue,
  ...changeRules,
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

const isExplicitYes = (turn: Turn): boolean => explicitly(turn, yesWords);

const isOurs = (row: Row): boolean => row.notes.startsWith('Bookadoc ') && !row.deleted_flag;
const added = ({ rowsBefore, rowsAfter }: Turn): readonly Row[] =>
  rowsAfter.filter(({ id }) => !rowsBefore.some((row) => row.id === id)).filter(isLive);

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
    // Nobody knows yet: that is said, and the outcome with the next message.
    const isUnsure = says(
      (words) =>
        words.bookingErrors
          .unconfirmed({ phone: '', otherVisit: '', leadMinutes: 0, horizonDays: 0 })
          .split(':')[0] ?? '',
    );
    return isUnsure ? [] : added(turn).map(({ id }) => `${id} was booked, and nothing was said`);
  }
  const row = own.find(({ id }) => id.toLowerCase() === after.reference);
  if (row === undefined) return [`"booked" without a visit ${after.reference}`];
  const sentences = inBoth((words) => cardText(words.booked(factsOf(row, turn), row.id)));
  return sentences.some((sentence) => after.text.includes(sentence))
    ? []
    : [`"booked" in other words than what stands: ${sentences[0]}`];
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
