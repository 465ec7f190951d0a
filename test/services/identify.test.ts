// How often anybody may try to be found: three searches a conversation and so many in all, in any hour.
import { expect, test } from 'vitest';
import { type Chart, fail, ok, type Patient, patientId, type Result } from '../../services/domain.ts';
import { createChartSearch, createIdentify } from '../../services/identify.ts';
import type { EhrError } from '../../services/ports.ts';
import { createTries } from '../../services/tries.ts';
import { sampleContact } from '../support/sample-notice.ts';
import { createTestClock } from '../support/test-clock.ts';

const ann: Patient = {
  id: patientId('1'),
  firstName: 'Ann',
  middleName: '',
  lastName: 'Bishop',
  nickName: '',
  birthDate: '1984-03-12',
  preferredLanguage: 'eng',
  active: true,
};
const chart: Chart = { patient: ann, contact: sampleContact };
const right = { firstName: 'Ann', lastName: 'Bishop', birthDate: '1984-03-12' };
const wrong = { ...right, lastName: 'Bisschop' };

function open(identityCallsPerHour = 100) {
  const clock = createTestClock('2025-02-14T12:00:00Z');
  const ehr: { answer: Result<readonly Chart[], EhrError>; searches: number } = {
    answer: ok([chart]),
    searches: 0,
  };
  const patientsBornOn = async () => {
    ehr.searches += 1;
    return ehr.answer;
  };
  const identify = createIdentify(
    createChartSearch({ patientsBornOn }, createTries(clock, identityCallsPerHour)),
  );
  const outcome = async (claim: typeof right, conversation: string) => {
    const found = await identify(claim, conversation);
    return found.ok ? found.value.name : found.error.kind;
  };
  return { clock, ehr, outcome };
}

test('three searches a conversation, then none for an hour; others are not held up', async () => {
  const { clock, ehr, outcome } = open();
  for (let i = 0; i < 3; i += 1) expect(await outcome(wrong, 'a')).toBe('no-match');
  expect(await outcome(right, 'a')).toBe('too-many-tries');
  expect(ehr.searches).toBe(3);
  expect(await outcome(right, 'b')).toBe('Ann Bishop');
  clock.advance(3_600_000);
  expect(await outcome(right, 'a')).toBe('Ann Bishop');
});

test('so many searches in all, whichever conversation asks', async () => {
  const { clock, ehr, outcome } = open(4);
  for (const conversation of ['a', 'b', 'c', 'd'])
    expect(await outcome(wrong, conversation)).toBe('no-match');
  expect(await outcome(right, 'e')).toBe('too-many-tries');
  expect(ehr.searches).toBe(4);
  clock.advance(3_600_000);
  expect(await outcome(right, 'e')).toBe('Ann Bishop');
});

test('a search without an answer is no try of the conversation, but counts in all', async () => {
  const { ehr, outcome } = open(6);
  const noAnswer: readonly EhrError[] = [
    { kind: 'unavailable' },
    { kind: 'throttled', retryAfterSeconds: 5 },
  ];
  for (const error of [...noAnswer, ...noAnswer]) {
    ehr.answer = fail(error);
    expect(await outcome(right, 'a')).toBe('ehr-unavailable');
  }
  ehr.answer = ok([chart]);
  expect(await outcome(wrong, 'a')).toBe('no-match');
  expect(await outcome(right, 'a')).toBe('Ann Bishop');
  expect(await outcome(right, 'b')).toBe('too-many-tries');
});

test('each search leaves the hour by itself', async () => {
  const { clock, outcome } = open(2);
  expect(await outcome(wrong, 'a')).toBe('no-match');
  clock.advance(1_800_000);
  expect(await outcome(wrong, 'b')).toBe('no-match');
  expect(await outcome(right, 'c')).toBe('too-many-tries');
  clock.advance(1_800_000);
  expect(await outcome(right, 'c')).toBe('Ann Bishop');
  expect(await outcome(right, 'd')).toBe('too-many-tries');
});
