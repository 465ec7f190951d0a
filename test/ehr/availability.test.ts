// Reading availability: every shape it may come in, what is believed, and what is computed instead.
import { afterEach, describe, expect, test } from 'vitest';
import { doctorId, officeId } from '../../services/domain.ts';
import { parseAvailability } from '../../services/ehr/availability.wire.ts';
import type { SlotQuery } from '../../services/ports.ts';
import { type Answer, openScripted, type Scripted } from './scripted-ehr.ts';

let scripted: Scripted | undefined;
afterEach(() => scripted?.close());

const window = (start: string, end: string, ...free: (readonly [string, string])[]) => ({
  start,
  end,
  availability: free.map(([from, to]) => ({ start: from, end: to })),
});
const morning = window('09:00', '10:00', ['09:00', '09:30'], ['09:30', '10:00']);
const day = (date: string, ...open_slots: object[]) => ({ office: 2, date, duration: 30, open_slots });

describe('the shapes', () => {
  test.each<[string, number, unknown, Record<string, readonly number[]>]>([
    ['an object', 30, day('2026-03-19', morning), { '2026-03-19': [540, 570] }],
    ['an object without its date', 30, { open_slots: [morning] }, { '2026-03-19': [540, 570] }],
    [
      'a list of days',
      30,
      [day('2026-03-19', morning), day('2026-03-20')],
      { '2026-03-19': [540, 570], '2026-03-20': [] },
    ],
    ['days under results', 30, { results: [day('2026-03-19', morning)] }, { '2026-03-19': [540, 570] }],
    ['days under data', 30, { data: [day('2026-03-19', morning)] }, { '2026-03-19': [540, 570] }],
    [
      'one window, not in a list',
      30,
      { date: '2026-03-19', open_slots: morning },
      { '2026-03-19': [540, 570] },
    ],
    ['nothing free', 30, day('2026-03-19'), { '2026-03-19': [] }],
    [
      'a window with nothing free in it',
      30,
      day('2026-03-19', window('09:00', '10:00')),
      { '2026-03-19': [] },
    ],
    [
      'a window without a list is cut into steps',
      30,
      day('2026-03-19', { start: '09:00', end: '10:45' }),
      { '2026-03-19': [540, 570, 600] },
    ],
    [
      'seconds, and a date before the time',
      30,
      day(
        '2026-03-19T00:00:00',
        window('09:00:00', '10:00:00', ['2026-03-19T09:00:00', '2026-03-19 09:30:00']),
      ),
      { '2026-03-19': [540] },
    ],
    [
      'to midnight',
      30,
      day('2026-03-19', window('23:00', '00:00', ['23:00', '23:30'], ['23:30', '00:00'])),
      { '2026-03-19': [1380, 1410] },
    ],
    ['all day', 720, day('2026-03-19', { start: '00:00', end: '24:00' }), { '2026-03-19': [0, 720] }],
    [
      'out of order and twice',
      30,
      day('2026-03-19', window('13:00', '14:00', ['13:30', '14:00'], ['13:00', '13:30']), morning, morning),
      { '2026-03-19': [540, 570, 780, 810] },
    ],
    [
      'a day told in two parts',
      30,
      [day('2026-03-19', morning), day('2026-03-19', window('13:00', '14:00', ['13:00', '13:30']))],
      { '2026-03-19': [540, 570, 780] },
    ],
    ['pieces shorter than asked, side by side', 60, day('2026-03-19', morning), { '2026-03-19': [540] }],
    [
      'pieces shorter than asked, apart',
      60,
      day('2026-03-19', window('09:00', '11:00', ['09:00', '09:30'], ['10:00', '10:30'])),
      { '2026-03-19': [] },
    ],
    ['pieces longer than asked', 15, day('2026-03-19', morning), { '2026-03-19': [540, 570] }],
  ])('%s', (_name, minutes, payload, expected) => {
    const parsed = parseAvailability(JSON.stringify(payload), '2026-03-19', minutes);
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok) expect(Object.fromEntries(parsed.value)).toEqual(expected);
  });

  test.each<[string, string, string | undefined, string]>([
    ['prose', 'Please wait', '2026-03-19', 'availability: not JSON'],
    ['no windows at all', '{}', '2026-03-19', 'availability: open_slots'],
    [
      'a time that is none',
      JSON.stringify(day('2026-03-19', { start: '9am', end: '10:00' })),
      '2026-03-19',
      'availability: 0.open_slots.0',
    ],
    [
      'a range whose day has no date',
      JSON.stringify([{ open_slots: [] }]),
      undefined,
      'availability: 0.date',
    ],
  ])('%s is unexpected, by path', (_name, body, askedDate, path) => {
    expect(parseAvailability(body, askedDate, 30)).toEqual({
      ok: false,
      error: { kind: 'unexpected', path },
    });
  });
});

describe('whose word is taken', () => {
  const list = (...results: object[]) => ({ status: 200, body: { previous: null, results, next: null } });
  const office = {
    id: 2,
    exam_rooms: [{ index: 1, name: 'Exam 1', online_scheduling: true }],
    start_time: '09:00:00',
    end_time: '11:00:00',
  };
  const query: SlotQuery = {
    officeId: officeId('2'),
    doctorId: doctorId('1'),
    fromDate: '2026-03-19',
    toDate: '2026-03-20',
    durationMinutes: 60,
    timeZone: 'America/New_York',
    freshSeconds: 60,
  };
  const ask = async (availability: Answer) => {
    scripted = await openScripted(({ path }) => {
      if (path.startsWith('/api/availability')) return availability;
      return path.startsWith('/api/offices') ? list(office) : list();
    });
    const result = await scripted.adapter.openSlots(query, 'browsing');
    return {
      result: result.ok ? result.value.slots.map(({ localStart }) => localStart) : result.error.kind,
      asked: scripted.calls().map(({ path }) => path.replace(/\?.*/, '')),
    };
  };
  const computed = ['2026-03-19T09:00', '2026-03-19T10:00', '2026-03-20T09:00', '2026-03-20T10:00'];

  test.each<[string, Answer, readonly string[] | string]>([
    ['an empty list is believed', { status: 200, body: [] }, []],
    ['a day with nothing free is believed', { status: 200, body: [day('2026-03-19')] }, []],
    ['a page of HTML is not', { status: 200, body: '<html>' }, computed],
    ['another shape is not', { status: 200, body: { slots: [] } }, computed],
    ['400: computed', { status: 400, body: { detail: 'No.' } }, computed],
    ['404: computed', { status: 404, body: { detail: 'Not found.' } }, computed],
    ['405: computed', { status: 405 }, computed],
    ['409: computed', { status: 409 }, computed],
    ['401 is no reason to compute', { status: 401 }, 'unauthorized'],
    ['403 is none', { status: 403 }, 'forbidden'],
    ['429 is none', { status: 429, body: 'Expected available in 60 seconds.' }, 'throttled'],
    ['500 is none', { status: 500 }, 'unavailable'],
    ['a cut connection is none', 'cut', 'unavailable'],
  ])('%s', async (_name, availability, expected) => {
    const { result, asked } = await ask(availability);
    expect(result).toEqual(expected);
    expect(asked.some((path) => path !== '/api/availability')).toBe(expected === computed);
  });

  test('one call asks for the doctor, the office, the length and the whole range', async () => {
    await ask({ status: 200, body: [] });
    expect(
      scripted?.calls().map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams)),
    ).toEqual([{ office: '2', doctor: '1', duration: '60', date_range: '2026-03-19/2026-03-20' }]);
  });
});
