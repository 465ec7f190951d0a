// The watch over visits on file is itself watched: each breach, made up, is seen; the good turns are not accused.
import { expect, test } from 'vitest';
import { phrasesOf } from '../../dialogs/phrases/index.ts';
import { cardText } from '../../dialogs/reply.ts';
import type { Heard, Seen } from '../support/person.ts';
import type { Row } from '../support/sandbox-control.ts';
import { readPractice } from './goal.ts';
import { readScreen } from './screen.ts';
import { breaches } from './watch.ts';
import type { Turn } from './watch-tools.ts';

const words = phrasesOf('en');
const when = words.when('2025-02-18T09:30', 'US/Eastern');
const later = words.when('2025-02-20T10:00', 'US/Eastern');
const visit = { person: 'Ada Arden', doctor: 'Dr. John Doe', office: 'Main Street' };
const line = `${visit.doctor}, ${when}`;
const row: Row = {
  id: '7001',
  doctor: 511718,
  office: 123456,
  patient: 1,
  exam_room: 1,
  scheduled_time: '2025-02-18T09:30:00',
  duration: 30,
  status: '',
  notes: '',
  deleted_flag: false,
};
const off: Row = { ...row, status: 'Cancelled' };
const moved: Row = { ...row, scheduled_time: '2025-02-20T10:00:00' };

const heard = (text: string, ...labels: readonly string[]): Heard => ({
  text,
  whole: text,
  choices: labels.map((label): Seen => ({ label, says: label })),
  links: [],
});
const askCancel = heard(
  cardText(words.askCancel({ ...visit, when })),
  words.cancelItLabel(),
  words.keepItLabel(),
);
const askMove = heard(
  cardText(words.askMove({ ...visit, from: when, to: later })),
  words.moveItLabel(),
  words.noLabel(),
);
const cancelled = heard(words.cancelled(line), words.undoLabel());
const wasMoved = heard(cardText(words.moved({ ...visit, when: later }, '7001')), words.bookLabel());
const undone = heard(words.undone(line), words.bookLabel());
const stands = heard(words.visitStands(line), words.bookLabel());
const list = heard(
  `${words.yourVisits()}\n${when}: ${visit.doctor}, ${visit.office}`,
  `Tue Feb 18, 9:30 AM, ${visit.doctor}`,
);

interface Happening {
  readonly text?: string;
  readonly channelId?: string;
  readonly patient?: number;
}

function turn(
  before: Heard,
  after: Heard,
  from: readonly Row[],
  to: readonly Row[],
  more: Happening = {},
): Turn {
  const { text = 'yes', channelId = 'webchat', patient = 1 } = more;
  return {
    channelId,
    move: { text },
    isEcho: false,
    before: readScreen([before]),
    older: [],
    answer: { status: 200, replies: [after] },
    after: readScreen([after]),
    rowsBefore: from,
    rowsAfter: to,
    people: new Map([[patient, 'Ada Arden']]),
    practice: readPractice(),
  };
}

test('good turns are not accused', () => {
  expect(breaches(turn(askCancel, cancelled, [row], [off]))).toEqual([]);
  expect(breaches(turn(askCancel, cancelled, [row], [off], { text: 'Cancel it', channelId: 'sms' }))).toEqual(
    [],
  );
  expect(breaches(turn(askMove, wasMoved, [row], [moved]))).toEqual([]);
  expect(breaches(turn(cancelled, undone, [off], [row], { text: 'undo' }))).toEqual([]);
  expect(breaches(turn(askCancel, stands, [row], [row], { text: 'no' }))).toEqual([]);
  expect(breaches(turn(cancelled, list, [row], [row], { text: 'my visits' }))).toEqual([]);
});

test.each<[string, Turn, string]>([
  [
    'cancelled out of the blue',
    turn(list, cancelled, [row], [off]),
    '7001 was cancelled, and the question did not name it',
  ],
  [
    'cancelled on a shrug',
    turn(askCancel, cancelled, [row], [off], { text: 'ok' }),
    '7001 was cancelled without a clear yes',
  ],
  [
    'cancelled on the carrier’s word',
    turn(askCancel, cancelled, [row], [off], { channelId: 'sms' }),
    '7001 was cancelled without a clear yes',
  ],
  [
    'cancelled on "book"',
    turn(askCancel, cancelled, [row], [off], { text: 'book' }),
    '7001 was cancelled without a clear yes',
  ],
  ['cancelled in silence', turn(askCancel, list, [row], [off]), 'a visit was changed, and nothing was said'],
  ['"cancelled" and not so', turn(askCancel, cancelled, [row], [row]), '"cancelled", and it is not'],
  [
    'moved out of the blue',
    turn(askCancel, wasMoved, [row], [moved]),
    '7001 was moved, and the question named another move',
  ],
  [
    'moved on a shrug',
    turn(askMove, wasMoved, [row], [moved], { text: 'ok' }),
    '7001 was moved without a clear yes',
  ],
  ['"moved" and not so', turn(askMove, wasMoved, [row], [row]), '"moved", and it is not'],
  [
    'moved to two visits',
    turn(askMove, wasMoved, [row], [row, { ...row, id: '7002' }]),
    'two visits at one time',
  ],
  ['back without a word', turn(cancelled, list, [off], [row]), '7001 came back, and not by a word'],
  ['"stands again" and not so', turn(cancelled, undone, [off], [off]), '"stands again", and it does not'],
  ['"unchanged" and moved', turn(askMove, stands, [row], [moved]), '"unchanged", and it is not'],
  ['"unchanged" and cancelled', turn(askCancel, stands, [row], [off]), '"unchanged", and it is not'],
  [
    'shown to another',
    turn(stands, list, [row], [row], { patient: 2 }),
    'another patient’s visit 7001 was shown',
  ],
  [
    'asked of another',
    turn(stands, askCancel, [row], [row], { patient: 2 }),
    'another patient’s visit 7001 was shown',
  ],
  [
    'another’s cancelled',
    turn(askCancel, cancelled, [row], [off], { patient: 2 }),
    '7001 was changed or is gone',
  ],
  [
    'status scribbled on',
    turn(askCancel, list, [row], [{ ...row, status: 'Arrived' }]),
    '7001 was changed in another way',
  ],
])('%s is seen', (_name, wrong, breach) => {
  expect(breaches(wrong)).toContain(breach);
});
