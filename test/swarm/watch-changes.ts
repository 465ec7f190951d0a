// What must hold of visits on file after every turn: nothing changes without a yes, what is said of them is so, and nobody sees another's.
import { type Phrases, phrasesOf } from '../../dialogs/phrases/index.ts';
import { cardText } from '../../dialogs/reply.ts';
import type { Row } from '../support/sandbox-control.ts';
import { legible } from './screen.ts';
import { explicitly, factsOf, inBoth, isLive, type Turn } from './watch-tools.ts';
import { clearYes } from './wishes.ts';

type Rule = (turn: Turn) => readonly string[];

const whenOf = (words: Phrases, row: Row, turn: Turn): string => {
  const { localStart, timeZone } = factsOf(row, turn);
  return words.when(localStart, timeZone);
};
/** `Dr. John Doe, Tuesday, February 18, 2025 at 9:30 AM (Eastern Time)` */
const lineOf = (words: Phrases, row: Row, turn: Turn): string =>
  `${factsOf(row, turn).doctor}, ${whenOf(words, row, turn)}`;
const placeOf = (row: Row, turn: Turn): string => factsOf(row, turn).office.split(',')[0] ?? '';

const isOwn = (row: Row, { people }: Turn): boolean => people.has(row.patient ?? 0);
const nowOf = (row: Row, { rowsAfter }: Turn): Row | undefined => rowsAfter.find(({ id }) => id === row.id);
const isSame = (a: Row | undefined, b: Row): boolean => JSON.stringify(a) === JSON.stringify(b);

const says = (turn: Turn, sentence: (words: Phrases) => string): boolean =>
  inBoth(sentence).some((each) => turn.after.text.includes(each));
const asked = (turn: Turn, sentence: (words: Phrases) => string): boolean =>
  inBoth(sentence).some((each) => turn.before.text.includes(each));

const isClearYes = (turn: Turn, deed: 'cancel' | 'move'): boolean => {
  const words = new Set([...clearYes[deed].en, ...clearYes[deed].es].map(legible));
  return explicitly(turn, words);
};

/** A visit on file changes only by a clear yes to the question that named it, or is taken back as is said. */
const changedOnYes: Rule = (turn) =>
  turn.rowsBefore.flatMap((row) => {
    const now = nowOf(row, turn);
    if (isSame(now, row)) return [];
    if (now === undefined || !isOwn(row, turn)) return [`${row.id} was changed or is gone`];
    if (row.status === 'Cancelled')
      return isLive(now) &&
        now.scheduled_time === row.scheduled_time &&
        says(turn, (words) => words.undone(lineOf(words, now, turn)))
        ? []
        : [`${row.id} came back, and not by a word`];
    if (now.status === 'Cancelled') {
      const card = (words: Phrases) => {
        const facts = {
          person: factsOf(row, turn).person,
          doctor: factsOf(row, turn).doctor,
          office: placeOf(row, turn),
          when: whenOf(words, row, turn),
        };
        return cardText(words.askCancel(facts));
      };
      if (!asked(turn, card)) return [`${row.id} was cancelled, and the question did not name it`];
      if (!isClearYes(turn, 'cancel')) return [`${row.id} was cancelled without a clear yes`];
      return now.scheduled_time === row.scheduled_time ? [] : [`${row.id} was moved, too`];
    }
    if (now.scheduled_time === row.scheduled_time) return [`${row.id} was changed in another way`];
    const card = (words: Phrases) =>
      cardText(
        words.askMove({
          person: factsOf(row, turn).person,
          doctor: factsOf(row, turn).doctor,
          office: placeOf(row, turn),
          from: whenOf(words, row, turn),
          to: whenOf(words, now, turn),
        }),
      );
    if (!asked(turn, card)) return [`${row.id} was moved, and the question named another move`];
    return isClearYes(turn, 'move') ? [] : [`${row.id} was moved without a clear yes`];
  });

/** "Cancelled", "moved", "stands again" and "unchanged" are said of visits that are so. */
const saidIsSo: Rule = (turn) => {
  const own = turn.rowsAfter.filter((row) => isOwn(row, turn));
  const isOf = (rows: readonly Row[], sentence: (words: Phrases, row: Row) => string): boolean =>
    rows.some((row) => says(turn, (words) => sentence(words, row)));
  const live = own.filter(isLive);
  const before = (row: Row): Row | undefined => turn.rowsBefore.find(({ id }) => id === row.id);
  switch (turn.after.outcome) {
    case undefined:
      return turn.rowsBefore.some((row) => isOwn(row, turn) && !isSame(nowOf(row, turn), row))
        ? ['a visit was changed, and nothing was said']
        : [];
    case 'cancelled':
      return isOf(
        own.filter(({ status }) => status === 'Cancelled'),
        (words, row) => words.cancelled(lineOf(words, row, turn)),
      )
        ? []
        : ['"cancelled", and it is not'];
    case 'undone':
      return isOf(live, (words, row) => words.undone(lineOf(words, row, turn)))
        ? []
        : ['"stands again", and it does not'];
    case 'moved':
      return isOf(live, (words, row) =>
        cardText(
          words.moved(
            { doctor: factsOf(row, turn).doctor, office: placeOf(row, turn), when: whenOf(words, row, turn) },
            row.id,
          ),
        ),
      )
        ? []
        : ['"moved", and it is not'];
    default:
      return isOf(
        live.filter((row) => isSame(before(row), row)),
        (words, row) => words.visitStands(lineOf(words, row, turn)),
      )
        ? []
        : ['"unchanged", and it is not'];
  }
};

/** Nobody has two visits at one time, whatever was asked for how often. */
const noTwoAtOnce: Rule = (turn) => {
  const live = turn.rowsAfter.filter((row) => isOwn(row, turn) && isLive(row));
  const starts = live.map((row) => `${row.patient} ${row.scheduled_time} ${factsOf(row, turn).timeZone}`);
  return new Set(starts).size === starts.length ? [] : ['two visits at one time'];
};

/** In a list, on a button, in a question: no visit of anybody who is not the one who writes. */
const onlyOwnShown: Rule = (turn) => {
  const everything = [turn.after.text, ...turn.after.choices.map(({ label }) => legible(label))].join('\n');
  const own = turn.rowsAfter.filter((row) => isOwn(row, turn));
  const ownLines = new Set(own.map((row) => lineOf(phrasesOf('en'), row, turn)));
  return turn.rowsAfter
    .filter((row) => !isOwn(row, turn) && isLive(row) && !ownLines.has(lineOf(phrasesOf('en'), row, turn)))
    .filter((row) => {
      const forms = (words: Phrases): readonly string[] => {
        const { doctor, localStart } = factsOf(row, turn);
        const when = whenOf(words, row, turn);
        const card = words.askCancel({ doctor, office: placeOf(row, turn), when });
        return [
          lineOf(words, row, turn),
          `${when}: ${doctor}`,
          `${words.dayAndTime(localStart)}, ${doctor}`,
          cardText({ title: '', rows: card.rows }),
        ];
      };
      return (['en', 'es'] as const).some((language) =>
        forms(phrasesOf(language)).some((form) => everything.includes(legible(form))),
      );
    })
    .map(({ id }) => `another patient’s visit ${id} was shown`);
};

export const changeRules: readonly Rule[] = [changedOnYes, saidIsSo, noTwoAtOnce, onlyOwnShown];
