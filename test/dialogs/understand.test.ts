// The most usual sentences, whole: what one sentence fills, and what it leaves open. The tables are in understand-en and understand-es.
import { expect, test } from 'vitest';
import { askReason } from '../../dialogs/ask-reason.ts';
import { understand } from '../../dialogs/understand.ts';
import { hearingOn } from './hearing.ts';

const wednesday = '2026-11-25';
const heard = (text: string, language: 'en' | 'es' = 'en') =>
  understand(text, hearingOn(wednesday, language));

test('one sentence fills every slot that it names', () => {
  expect(heard('can I see Dr Lee next tue afternoon at Main St')).toEqual({
    intent: 'book',
    doctor: { kind: 'one', id: 'lee' },
    office: { kind: 'one', id: 'main' },
    day: { kind: 'days', from: '2026-12-01', to: '2026-12-01' },
    time: { kind: 'between', from: 720, until: 1440 },
  });
  expect(heard('quiero ver a la dra. Ramán el próximo martes por la tarde para mi hijo', 'es')).toEqual({
    intent: 'book',
    doctor: { kind: 'one', id: 'raman' },
    day: { kind: 'days', from: '2026-12-01', to: '2026-12-01' },
    time: { kind: 'between', from: 720, until: 1440 },
    forWhom: 'other',
  });
});

test('nothing named is nothing understood', () => {
  for (const text of [
    '',
    '   ',
    '???',
    'ok',
    'hmm',
    'lol',
    '🙂',
    'back',
    'cancel',
    '3',
    'yes',
    'Ann Bishop, March 12 1984',
  ])
    expect(heard(text), text).toEqual({});
});

test.each([
  ['dr zhivago', 'unknown-doctor'],
  ['dr alvarez', 'which-doctor'],
  ['main st or lakeside', 'which-office'],
  ['my back hurts', 'which-visit-type'],
  ['monday or tuesday', 'which-day'],
  ['at 3 or 4', 'which-time'],
  ['yesterday', 'past-day'],
  ['in december of 2027', 'beyond-horizon'],
  ['feb 30', 'impossible-day'],
  ['dr lee tomorrow', undefined],
])('"%s" asks %s', (text, reason) => {
  expect(askReason(heard(text))).toBe(reason);
});
