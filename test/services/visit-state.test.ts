// What each of the EHR's words for a visit means, and which visits may be changed: a table of all twelve.
import { expect, test } from 'vitest';
import { appointmentId } from '../../services/domain.ts';
import type { VisitState } from '../../services/visit-cases.ts';
import { isAhead, isChangeable, stateOf } from '../../services/visit-state.ts';

const table: readonly (readonly [status: string, state: VisitState, ahead: boolean, changeable: boolean])[] =
  [
    ['', 'booked', true, true],
    ['Not Confirmed', 'booked', true, true],
    ['Confirmed', 'confirmed', true, true],
    ['Arrived', 'arrived', true, false],
    ['Checked In', 'arrived', true, false],
    ['Checked In Online', 'arrived', true, false],
    ['In Room', 'arrived', true, false],
    ['In Session', 'in-session', true, false],
    ['Complete', 'complete', false, false],
    ['No Show', 'no-show', false, false],
    ['Cancelled', 'cancelled', false, false],
    ['Rescheduled', 'rescheduled', false, false],
  ];
const id = appointmentId('77');

test.each(table)('"%s" is %s; ahead: %s, may be changed: %s', (ehrStatus, state, ahead, changeable) => {
  expect(stateOf(ehrStatus)).toBe(state);
  expect(isAhead(state)).toBe(ahead);
  expect(isChangeable({ id, ehrStatus, live: true })).toBe(changeable);
  expect(isChangeable({ id, ehrStatus, live: false })).toBe(false);
});

test('those are the twelve of the contract, and every state but the practice’s own comes of one of them', () => {
  expect(new Set(table.map(([status]) => status)).size).toBe(12);
  const states: Readonly<Record<VisitState, boolean>> = {
    ...{ booked: true, confirmed: true, arrived: true, 'in-session': true, complete: true },
    ...{ 'no-show': true, cancelled: true, rescheduled: true, other: false },
  };
  const named = new Set(table.map(([, state]) => state));
  for (const [state, isNamed] of Object.entries(states))
    expect(
      [...named].some((one) => one === state),
      state,
    ).toBe(isNamed);
});

test.each(['Waiting for X-ray', 'cancelled', 'Canceled', ' ', 'toString', '__proto__'])(
  '"%s" is a word of the practice’s own: shown, not changed here',
  (ehrStatus) => {
    expect(stateOf(ehrStatus)).toBe('other');
    expect(isAhead('other')).toBe(true);
    expect(isChangeable({ id, ehrStatus, live: true })).toBe(false);
  },
);

test('one occurrence of a series is not changed here', () => {
  expect(isChangeable({ id: appointmentId('2026-03-10_77'), ehrStatus: '', live: true })).toBe(false);
});
