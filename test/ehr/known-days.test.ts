// Days that came before are recognised by their text: what is read must be what reading everything anew gives.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAvailability } from '../../services/ehr/availability.wire.ts';
import type { KnownDays } from '../../services/ehr/known-days.ts';

const piece = fc.constantFrom(
  { start: '09:00', end: '09:30' },
  { start: '09:30', end: '10:00' },
  { start: '09:00:00', end: '10:00:00' },
  { start: '2026-03-19T11:00:00', end: '12:00' },
  { start: '23:30', end: '00:00' },
);
const oddPiece = fc.constantFrom({ start: 'nine', end: '10:00' }, { start: 9, end: 10 }, null);
const window = fc.record({
  start: fc.constantFrom('09:00', '08:00', 'x'),
  end: fc.constantFrom('17:00', '10:45'),
  availability: fc.constantFrom<unknown>(null, []),
});
const usualWindow = fc.array(piece, { maxLength: 4 }).map((availability) => ({
  start: '09:00',
  end: '17:00',
  availability,
}));
const date = fc.constantFrom('2026-03-18', '2026-03-19', '2026-03-20', '2026-03-20T00:00:00', 'soon');
const usualDate = fc.integer({ min: 10, max: 28 }).map((day) => `2026-03-${day}`);
const usualDay = fc.record({ date: usualDate, open_slots: fc.array(usualWindow, { maxLength: 2 }) });
const anyDay = fc.record(
  {
    date,
    doctor: fc.constantFrom(1, null),
    open_slots: fc.constantFrom<unknown>(null, {}, [], [{ start: '09:00', end: '10:00' }]),
    note: fc.constantFrom('', ',{"date":"2026-03-18"}', ']'),
  },
  { requiredKeys: [] },
);
const oddDay = fc.record({
  date: usualDate,
  open_slots: fc.array(window, { maxLength: 1 }),
  days: fc.array(usualDay, { maxLength: 2 }),
});
const brokenDay = oddPiece.map((odd) => ({
  date: '2026-03-19',
  open_slots: [{ start: '09:00', end: '17:00', availability: [odd] }],
}));

/** A space before the list is enough for the schemas to judge it. */
const readAnew = (body: string) => parseAvailability(` ${body}`, undefined, 30);

describe('a reading by days is the same as a reading by the schemas', () => {
  test('whatever came before', () => {
    const usual = { arbitrary: usualDay, weight: 20 };
    const day = fc.oneof(usual, anyDay, oddDay, brokenDay);
    const replies = fc.array(fc.array(day, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(replies, (bodies) => {
        const known: KnownDays = new Map();
        for (const reply of [...bodies, ...bodies]) {
          const body = JSON.stringify(reply);
          expect(parseAvailability(body, undefined, 30, known)).toEqual(readAnew(body));
        }
      }),
      { numRuns: 500 },
    );
  });

  const known19 = '{"date":"2026-03-19","open_slots":[{"start":"09:00","end":"10:00","availability":[]}]}';
  test.each([
    '[',
    '[]',
    `[${known19}`,
    `[${known19}] `,
    `[${known19}]]`,
    `[${known19},]`,
    `[${known19}${known19}]`,
    `[${known19},${known19}]`,
    `[${known19}, ${known19.replace('19', '20')}]`,
    `[${known19},{"date":"2026-03-20","open_slots":[]}]`,
    `[${known19},{"date":"2026-03-20","open_slots":[]}}]`,
    `[${known19},{"date":"2026-03-20","open_slots":null}]`,
    `[${known19.replace('}]}', '}],"date":"2026-03-21"}')}]`,
    `[${known19.replace('}]}', '}],"more":[1,{"date":"2026-03-21"}]}')}]`,
    `[${known19.replace('}]}', '}],"more":",{\\"date\\":\\"x"}')}]`,
    `[${known19.replace('10:00', 'ten')}]`,
    `[${known19.replace('}]}', '}],"note":"\u2603 \\ud83d\\ude00"}')}]`,
    '[{"date":"2026-03-19"}]',
    '[{"date":"2026-03-19"',
    '[{"date":"',
  ])('%s', (body) => {
    const known: KnownDays = new Map();
    parseAvailability(`[${known19}]`, undefined, 30, known);
    expect(parseAvailability(body, undefined, 30, known)).toEqual(readAnew(body));
    expect(parseAvailability(body, undefined, 30, known)).toEqual(readAnew(body));
  });
});

test('a day that comes again gives the very same starts, and a changed one its own', () => {
  const known: KnownDays = new Map();
  const reply = (second: string) =>
    JSON.stringify([
      {
        date: '2026-03-19',
        open_slots: [{ start: '09:00', end: '10:00', availability: [{ start: '09:00', end: '10:00' }] }],
      },
      {
        date: '2026-03-20',
        open_slots: [{ start: '09:00', end: '10:00', availability: [{ start: second, end: '10:00' }] }],
      },
    ]);
  const read = (body: string) => {
    const parsed = parseAvailability(body, undefined, 30, known);
    return parsed.ok ? parsed.value : new Map<string, readonly number[]>();
  };
  const before = read(reply('09:00'));
  const after = read(reply('09:30'));
  expect(after.get('2026-03-19')).toBe(before.get('2026-03-19'));
  expect([before.get('2026-03-20'), after.get('2026-03-20')]).toEqual([[540], [570]]);
});
