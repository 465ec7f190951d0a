// Rows that are recognised by hand: whatever is recognised is exactly what the schema reads, and the usual ones are recognised.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appointmentRows, chartRows } from '../../services/ehr/usual-rows.ts';
import { parsePage, type Row } from '../../services/ehr/wire.ts';

const chart = {
  id: 85753656,
  first_name: 'Ada',
  middle_name: null,
  last_name: 'Example',
  nick_name: '',
  date_of_birth: '1990-01-02',
  preferred_language: 'blank',
  patient_status: 'A',
  social_security_number: '900-11-4107',
};
const appointment = {
  id: '143422207',
  doctor: 257817,
  office: 274103,
  patient: 85753656,
  exam_room: 1,
  scheduled_time: '2020-03-30T12:00:00',
  duration: 30,
  profile: 284051,
  status: '',
  deleted_flag: false,
  notes: 'Bookadoc k7m2',
  reason: 'Private matters',
};

const odd = fc.constantFrom<unknown>(
  ...[undefined, null, '', 'blank', 'A', 'I', 'Cancelled', 'Bookadoc r1', '2020-03-30', '2020-03-30T12:00'],
  ...[
    '2020-03-30 12:00:00.5',
    '2020-03-30T12:00:00Z',
    '20-03-30',
    '77',
    0,
    -0,
    1,
    -1,
    1.5,
    2 ** 53,
    Number.POSITIVE_INFINITY,
  ],
  ...[Number.NaN, true, false, [], {}, ['1'], { id: 1 }],
);

function alike<T>(row: Row<T>, value: unknown): void {
  const usual = row.usual(value);
  if (usual === undefined) return;
  // Strictly: a member that is undefined is another thing than one that is not there.
  const parsed = row.schema.safeParse(value);
  expect(parsed).toStrictEqual({ success: true, data: usual });
}

describe.each([
  ['a chart', chart, (value: unknown) => alike(chartRows, value)],
  ['an appointment', appointment, (value: unknown) => alike(appointmentRows, value)],
])('%s', (_name, usual, isAlike) => {
  test('with any member changed', () => {
    const change = fc.tuple(fc.constantFrom(...Object.keys(usual)), odd);
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 3 }),
        fc.constantFrom(...Object.keys(usual)),
        (changes, gone) => {
          const changed: Record<string, unknown> = { ...usual, ...Object.fromEntries(changes) };
          isAlike(changed);
          const { [gone]: _gone, ...less } = changed;
          isAlike(less);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test.each([null, undefined, '', 1, [], {}, [usual]])('%j is none', (value) => isAlike(value));
});

test('the usual rows are recognised', () => {
  expect(chartRows.usual(chart)).toStrictEqual(chartRows.schema.parse(chart));
  expect(appointmentRows.usual(appointment)).toStrictEqual(appointmentRows.schema.parse(appointment));
  for (const more of [{ patient: null }, { exam_room: null }, { status: 'Confirmed' }, { notes: null }])
    expect(appointmentRows.usual({ ...appointment, ...more })).toBeDefined();
});

test.each<[string, unknown, unknown]>([
  ['the envelope of the live service', { results: [chart], next: null }, { rows: [{}] }],
  ['with a next page', { results: [chart], next: '/2' }, { rows: [{}], next: '/2' }],
  ['with an empty next', { results: [chart], next: '' }, { rows: [{}] }],
  ['with results and data', { data: [], results: [chart] }, { rows: [{}] }],
  ['of the contract', { data: [chart], next: null }, { rows: [{}] }],
  ['no envelope', [chart], { rows: [{}] }],
  ['no rows', { results: [] }, { rows: [] }],
  [
    'one row that needs the schema',
    { results: [chart, { ...chart, id: 'x' }], next: null },
    { rows: [{}, {}] },
  ],
])('%s', (_name, body, value) => {
  expect(parsePage('patients', chartRows, JSON.stringify(body))).toMatchObject({ ok: true, value });
});

test.each([
  { results: [chart, { ...chart, id: null }], next: null },
  { results: [chart], next: 2 },
  { results: chart },
  'nothing',
])('%j is unexpected', (body) => {
  expect(parsePage('patients', chartRows, JSON.stringify(body))).toMatchObject({
    error: { kind: 'unexpected' },
  });
});
