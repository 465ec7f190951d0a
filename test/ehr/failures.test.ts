// Every way the EHR can fail a call, and what becomes of it: the table at the head of client.ts, row by row.
import { afterEach, describe, expect, test } from 'vitest';
import { cancel, chart, create, read, row, throttle } from './samples.ts';
import { type Answer, openScripted, type Scripted } from './scripted-ehr.ts';

let scripted: Scripted | undefined;
afterEach(() => scripted?.close());
const open = async (...args: Parameters<typeof openScripted>) => {
  scripted = await openScripted(...args);
  return scripted;
};

type Outcome = readonly [expected: unknown, calls: number];
const unauthorized = { kind: 'unauthorized' };
const forbidden = { kind: 'forbidden', missingScopes: [] };
const overlap = 'Scheduled time overlaps with an existing appointment';
describe('what an answer becomes, and how often it was asked for', () => {
  test.each<[string, Answer, { read: Outcome; create: Outcome; cancel: Outcome }]>([
    ['a cut connection', 'cut', all({ kind: 'unavailable' }, { kind: 'unknown' }, [2, 1, 2])],
    ['silence', 'silence', all({ kind: 'unavailable' }, { kind: 'unknown' }, [2, 1, 2])],
    ['500', { status: 500 }, all({ kind: 'unavailable' }, { kind: 'unknown' }, [2, 1, 2])],
    [
      '503 as a page',
      { status: 503, body: '<html>' },
      all({ kind: 'unavailable' }, { kind: 'unknown' }, [2, 1, 2]),
    ],
    [
      '400 with a map',
      { status: 400, body: { exam_room: ['Required.'], patient: ['Ada?'] } },
      same({ kind: 'refused', fields: ['exam_room', 'patient'] }),
    ],
    ['400 with a list', { status: 400, body: ['Office is full'] }, same({ kind: 'refused', fields: [] })],
    ['400 with prose', { status: 400, body: 'No.' }, same({ kind: 'refused', fields: [] })],
    ['400 with a detail', { status: 400, body: { detail: 'No.' } }, same({ kind: 'refused', fields: [] })],
    ['405', { status: 405, body: { detail: 'Method not allowed.' } }, same({ kind: 'refused', fields: [] })],
    [
      '401 for ever, as text',
      { status: 401, body: 'Authorization failed.' },
      all(unauthorized, unauthorized, [2, 2, 2]),
    ],
    ['403', { status: 403, body: { detail: 'No.' } }, same(forbidden)],
    ['404', { status: 404, body: { detail: 'Not found.' } }, same({ kind: 'not-found' })],
    ['409', { status: 409, body: overlap }, same({ kind: 'conflict' })],
    ['429 for long', throttle(2295), same({ kind: 'throttled', retryAfterSeconds: 2295 })],
    ['429 for absurdly long', throttle(99_999_999), same({ kind: 'throttled', retryAfterSeconds: 3600 })],
    [
      'a redirect away',
      { status: 302, headers: { Location: 'http://127.0.0.1:1/api/x' } },
      same({ kind: 'unexpected', path: expect.stringMatching(/redirect$/) }),
    ],
  ])('%s', async (_name, answer, expected) => {
    for (const [call, [error, calls]] of [
      [read, expected.read],
      [create, expected.create],
      [cancel, expected.cancel],
    ] as const) {
      const { adapter, calls: seen, close } = await open(() => answer);
      expect(await call(adapter)).toEqual({ ok: false, error });
      expect(seen().length).toBe(calls);
      await close();
    }
  });

  test.each<[string, Answer, unknown]>([
    ['not JSON', { status: 200, body: '<html>Please wait' }, 'patient: not JSON'],
    ['nothing', { status: 200, body: '' }, 'patient: not JSON'],
    ['a list for an object', { status: 200, body: [] }, 'patient'],
    ['a name that is a number', { status: 200, body: { ...chart, last_name: 7 } }, 'patient: last_name'],
    [
      'a date that is none',
      { status: 200, body: { ...chart, date_of_birth: '02/01/1990' } },
      'patient: date_of_birth',
    ],
  ])('a chart that is %s is unexpected, by path and without values', async (_name, answer, path) => {
    const { adapter, calls } = await open(() => answer);
    expect(await read(adapter)).toEqual({ ok: false, error: { kind: 'unexpected', path } });
    expect(calls().length).toBe(1);
  });

  test('an unreadable 201 leaves the outcome open and is not sent again', async () => {
    const { adapter, calls } = await open(() => ({ status: 201, body: { ...row, scheduled_time: 'soon' } }));
    expect(await create(adapter)).toEqual({
      ok: false,
      error: { kind: 'unexpected', path: 'create appointment: scheduled_time' },
    });
    expect(calls().length).toBe(1);
  });
});

/** The same error for all three methods, asked for once. */
function same(error: unknown) {
  return all(error, error, [1, 1, 1]);
}

function all(reading: unknown, writing: unknown, calls: readonly [number, number, number]) {
  const outcome = (error: unknown, times: number): Outcome => [error, times];
  return {
    read: outcome(reading, calls[0]),
    create: outcome(writing, calls[1]),
    cancel: outcome(writing, calls[2]),
  };
}
