// GET /api/appointments in the sandbox: the dates it insists on, filters, order, and what only verbose carries.
import { expect, test } from 'vitest';
import { ALVAREZ, ANN, book, FREE_TUESDAY, ids, LAKESIDE, object, page, rig, visit } from './rig.ts';

test.each([
  ['', 400],
  ['doctor=511718', 400],
  ['date=2025-06-31', 400],
  ['date_range=2025-01-01/2025-07-10', 400],
  ['date_range=2025-01-01/2025-07-09', 200],
  ['date_range=2025-01-02/2025-01-01', 400],
  ['date_range=2025-01-02', 400],
  ['since=2025-01-02T10:00:00', 200],
  ['since=2025-01-02T10:00:00Z', 400],
  ['occurred_since=2025-01-02', 200],
])('?%s is %i', async (query, status) => {
  const { call } = await rig();
  expect(await call('GET', `/api/appointments?${query}`)).toMatchObject({ status });
});

test('lists are sorted by time and filtered by date, doctor, office, patient, status and last change', async () => {
  const own = await rig();
  const late = await book(own, { scheduled_time: `${FREE_TUESDAY}T15:00` });
  const early = await book(own, { doctor: ALVAREZ, status: 'Confirmed', exam_room: 2 });
  own.clock.now += 3_600_000;
  const other = await book(own, { scheduled_time: '2025-06-12T09:00', patient: ANN + 1, office: LAKESIDE });
  const list = async (query: string) => ids(await own.call('GET', `/api/appointments?${query}`));
  expect(await list(`date=${FREE_TUESDAY}`)).toEqual([early, late]);
  expect(await list('date_range=2025-06-10/2025-06-12')).toEqual([early, late, other]);
  expect(await list(`date=${FREE_TUESDAY}&doctor=${ALVAREZ}`)).toEqual([early]);
  expect(await list(`date_range=2025-06-10/2025-06-12&office=${LAKESIDE}`)).toEqual([other]);
  expect(await list(`date_range=2025-06-10/2025-06-12&patient=${ANN + 1}`)).toEqual([other]);
  expect(await list(`date=${FREE_TUESDAY}&status=Confirmed`)).toEqual([early]);
  expect(await list('since=2025-02-14T11:00:00')).toEqual([other]);
  expect(await list('occurred_since=2025-06-10T10:00:00')).toEqual([late, other]);
});

test('a visit past midnight belongs to the day it starts on', async () => {
  const own = await rig();
  const id = await book(own, { scheduled_time: `${FREE_TUESDAY}T23:45` });
  expect(ids(await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}`))).toEqual([id]);
  expect(ids(await own.call('GET', '/api/appointments?date=2025-06-11'))).toEqual([]);
  const next = await own.call('POST', '/api/appointments', visit({ scheduled_time: '2025-06-11T00:00' }));
  expect(next.status).toBe(409);
});

test('lists leave out what only verbose carries, as does a read by id', async () => {
  const own = await rig();
  const path = `/api/appointments/${await book(own)}`;
  const inList = async (verbose: string) => {
    const answer = await own.call('GET', `/api/appointments?date=${FREE_TUESDAY}${verbose}`);
    return Object.keys(page(answer).results[0] ?? {});
  };
  const [plain, verbose] = [await inList(''), await inList('&verbose=true')];
  expect(verbose.filter((key) => !plain.includes(key)).toSorted()).toEqual([
    'clinical_note',
    'custom_fields',
    'custom_vitals',
    'extended_updated_at',
    'reminders',
    'status_transitions',
    'vitals',
  ]);
  expect(Object.keys(object(await own.call('GET', path)))).toEqual(plain);
  expect(Object.keys(object(await own.call('GET', `${path}?verbose=true`)))).toEqual(verbose);
});
