// The watch over the simulated conversations is itself watched: each breach, made up, is seen; the good turn is not accused.
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
const visit = {
  person: 'Ada Arden',
  doctor: 'Dr. John Doe',
  office: 'Main Street, 12 Main Street, Albany',
  visitType: 'Sick visit',
  localStart: '2025-02-18T09:30',
  timeZone: 'US/Eastern',
};
const row: Row = {
  id: '7001',
  doctor: 511718,
  office: 123456,
  patient: 1,
  exam_room: 1,
  scheduled_time: '2025-02-18T09:30:00',
  duration: 30,
  status: '',
  notes: 'Bookadoc abc',
  deleted_flag: false,
  profile: 284052,
};

const heard = (text: string, ...labels: readonly string[]): Heard => ({
  text,
  whole: text,
  choices: labels.map((label, at): Seen => ({ label, says: label, number: `${at + 1}` })),
  links: [],
});
const confirm = heard(cardText(words.askConfirm(visit)), words.yesLabel(), words.noLabel());
const booked = heard(cardText(words.booked(visit, '7001')), words.bookAnotherLabel());

/** The good turn: asked, confirmed, booked, said; `changed` is what goes wrong. */
function turn(
  replies: readonly Heard[],
  changed: {
    before?: Heard;
    text?: string;
    channelId?: string;
    rows?: readonly Row[];
    status?: number;
    isEcho?: boolean;
  } = {},
): Turn {
  const {
    before = confirm,
    text = 'yes',
    channelId = 'webchat',
    rows = [row],
    status = 200,
    isEcho = false,
  } = changed;
  return {
    channelId,
    move: { text },
    isEcho,
    before: readScreen([before]),
    older: [],
    answer: { status, replies },
    after: readScreen(replies),
    rowsBefore: [],
    rowsAfter: rows,
    people: new Map([[1, 'Ada Arden']]),
    practice: readPractice(),
  };
}

test('a good turn is not accused', () => {
  expect(breaches(turn([booked]))).toEqual([]);
  expect(breaches(turn([booked], { text: 'Yes, please!'.replace('!', '') }))).toEqual([]);
  expect(breaches(turn([booked], { text: '1', channelId: 'sms' }))).toEqual([]);
});

const later: Row = { ...row, scheduled_time: '2025-02-18T10:00:00' };
const day = heard(words.askDay('Eastern Time'), 'Tue Feb 18');

test.each<[string, Turn, string]>([
  ['an error', turn([], { status: 500, rows: [] }), 'HTTP 500'],
  ['silence', turn([], { rows: [] }), 'no reply at all'],
  ['an empty reply', turn([heard(' '), confirm], { rows: [] }), 'an empty reply'],
  [
    'too much for a phone',
    turn([heard('a?'.repeat(300))], { channelId: 'sms', rows: [] }),
    'a text message of 600 septets',
  ],
  [
    'letters a phone has not',
    turn([heard('¿Qué día?')], { channelId: 'sms', rows: [] }),
    'letters that no text message has: í',
  ],
  ['too much for a screen', turn([heard('?'.repeat(5000))], { rows: [] }), 'a reply of 5000 characters'],
  [
    'an echo',
    turn([heard('What is <b>x</b>?')], { text: '<b>x</b>', rows: [] }),
    'said back what was typed, or worse',
  ],
  ['a dead end', turn([heard('I see.')], { rows: [] }), 'a dead end'],
  [
    'booked out of the blue',
    turn([booked], { before: day }),
    '7001 was booked, and nothing was to be confirmed',
  ],
  ['booked on a shrug', turn([booked], { text: 'ok' }), '7001 was booked without an explicit yes'],
  [
    'booked on the carrier’s word',
    turn([booked], { channelId: 'sms' }),
    '7001 was booked without an explicit yes',
  ],
  [
    'booked on a number without numbers',
    turn([booked], { text: '1' }),
    '7001 was booked without an explicit yes',
  ],
  [
    'booked on the echo of a number',
    turn([booked], { text: '1', channelId: 'sms', isEcho: true }),
    '7001 was booked without an explicit yes',
  ],
  ['another time booked', turn([booked], { rows: [later] }), '7001 is another visit than the question named'],
  [
    'another patient booked',
    turn([booked], { rows: [{ ...row, patient: 2 }] }),
    '7001 is another visit than the question named',
  ],
  ['another time said', turn([booked], { rows: [later] }), '"booked" in other words than what stands'],
  ['booked and not there', turn([booked], { rows: [] }), '"booked" without a visit 7001'],
  [
    'booked and called off',
    turn([booked], { rows: [{ ...row, status: 'Cancelled' }] }),
    '"booked" without a visit 7001',
  ],
  ['booked in silence', turn([confirm]), '7001 was booked, and nothing was said'],
  [
    '"already" and nothing there',
    turn([heard(words.alreadyBooked(), 'More')], { rows: [] }),
    '"already booked", and nothing stands',
  ],
  [
    'another’s visit gone',
    { ...turn([confirm], { rows: [] }), rowsBefore: [row] },
    '7001 was changed or is gone',
  ],
])('%s is seen', (_name, wrong, breach) => {
  expect(breaches(wrong).map((found) => found.slice(0, breach.length))).toContain(breach);
});
