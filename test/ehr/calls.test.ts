// What is repeated and what is not, what a create says, when browsing pauses, how pages are followed, what is never told.
import { afterEach, describe, expect, test } from 'vitest';
import {
  appointmentId,
  doctorId,
  type NewAppointment,
  patientId,
  visitTypeId,
} from '../../services/domain.ts';
import { browse, cancel, chart, create, read, row, throttle, visit } from './samples.ts';
import { type Answer, type Call, createTestLog, openScripted, type Scripted } from './scripted-ehr.ts';

let scripted: Scripted | undefined;
afterEach(() => scripted?.close());
const open = async (...args: Parameters<typeof openScripted>) => {
  scripted = await openScripted(...args);
  return scripted;
};

test('a read is asked a second time after a failure, and a cancellation too', async () => {
  const failsOnce = (good: Answer) => (_call: Call, times: number) => (times === 1 ? 'cut' : good);
  const reading = await open(failsOnce({ status: 200, body: chart }));
  expect(await read(reading.adapter)).toMatchObject({ ok: true, value: { id: '5' } });
  await reading.close();
  const cancelling = await open(failsOnce({ status: 204 }));
  expect(await cancel(cancelling.adapter)).toEqual({ ok: true });
  expect(cancelling.calls().map(({ method, body }) => [method, body])).toEqual([
    ['PATCH', '{"status":"Cancelled"}'],
    ['PATCH', '{"status":"Cancelled"}'],
  ]);
});

test('a cancellation whose first try may have worked is unknown, whatever stops the second', async () => {
  const { adapter } = await open((_call, times) => (times === 1 ? 'cut' : { status: 404 }));
  expect(await cancel(adapter)).toEqual({ ok: false, error: { kind: 'unknown' } });
});

test('a redirect inside the EHR is followed with the same headers; a circle of them ends', async () => {
  const { adapter, calls, close } = await open(({ path }) =>
    path.endsWith('/5')
      ? { status: 302, headers: { Location: '/api/patients/0005' } }
      : { status: 200, body: chart },
  );
  expect(await read(adapter)).toMatchObject({ ok: true });
  expect(calls().map(({ token }) => token)).toEqual(['access-1', 'access-1']);
  await close();
  const circle = await open(({ path }) => ({ status: 302, headers: { Location: path } }));
  expect(await read(circle.adapter)).toMatchObject({ error: { kind: 'unexpected' } });
});

describe('the create', () => {
  const sent = async (appointment: NewAppointment) => {
    const { adapter, calls } = await open(() => ({ status: 201, body: row }));
    const result = await adapter.createAppointment(appointment);
    return { result, bodies: calls().map(({ body }) => JSON.parse(body)) };
  };

  test('says a duration, a room that exists, our reference, and never to allow an overlap', async () => {
    expect((await sent(visit)).bodies).toEqual([
      {
        doctor: 1,
        office: 2,
        patient: 5,
        exam_room: 3,
        scheduled_time: '2026-03-19T09:00:00',
        duration: 30,
        notes: 'Bookadoc r1',
      },
    ]);
  });

  test('says a visit type instead of a duration', async () => {
    const [body] = (await sent({ ...visit, visitTypeId: visitTypeId('9') })).bodies;
    expect(body).toMatchObject({ profile: 9 });
    expect(body).not.toHaveProperty('duration');
  });

  test('with an id that is no number is refused here, and not sent', async () => {
    const { result, bodies } = await sent({ ...visit, patientId: patientId('5 or 6') });
    expect(result).toEqual({ ok: false, error: { kind: 'refused', fields: ['patient'] } });
    expect(bodies).toEqual([]);
  });

  test('goes out while browsing is paused, and so does the look-up of a lost one', async () => {
    let down = true;
    const { adapter, clock, calls } = await open(({ method }) => {
      if (down) return { status: 502 };
      return method === 'POST'
        ? { status: 201, body: row }
        : { status: 200, body: { results: [row], next: null } };
    });
    for (let time = 0; time < 3; time += 1) expect(await browse(adapter)).toMatchObject({ ok: false });
    expect(adapter.state()).toEqual({ state: 'paused', retryAfterSeconds: 5 });
    const before = calls().length;
    expect(await browse(adapter)).toEqual({ ok: false, error: { kind: 'unavailable' } });
    expect(calls().length).toBe(before);
    down = false;
    expect(
      await adapter.appointmentsOn({ date: '2026-03-19', doctorId: doctorId('1') }, 'booking'),
    ).toMatchObject({ ok: true, value: [{ ref: 'r1' }] });
    expect(await create(adapter)).toMatchObject({ ok: true });
    expect(adapter.state()).toEqual({ state: 'ready' });
    down = true;
    clock.advance(5_000);
    await browse(adapter);
    expect(calls().length).toBe(before + 4);
  });
});

test('five failures in a row pause browsing for five seconds, and four do not', async () => {
  const { adapter, clock, calls } = await open((_call, times) =>
    times === 5 ? { status: 200, body: chart } : { status: 502 },
  );
  await browse(adapter);
  await browse(adapter);
  expect(adapter.state()).toEqual({ state: 'unreachable' });
  expect(await browse(adapter)).toMatchObject({ ok: true });
  for (let time = 0; time < 3; time += 1) await browse(adapter);
  expect(calls().length).toBe(10);
  expect(adapter.state()).toEqual({ state: 'paused', retryAfterSeconds: 5 });
  clock.advance(5_000);
  expect(adapter.state()).toEqual({ state: 'unreachable' });
});

test('a 429 keeps everybody away until it is over; a short one is waited out', async () => {
  const { adapter, clock, calls } = await open((_call, times) =>
    times === 1 ? throttle(1) : times === 3 ? throttle(100) : { status: 200, body: chart },
  );
  expect(await browse(adapter)).toMatchObject({ ok: true });
  expect(await browse(adapter)).toEqual({ ok: false, error: { kind: 'throttled', retryAfterSeconds: 100 } });
  expect(adapter.state()).toEqual({ state: 'throttled', retryAfterSeconds: 100 });
  expect(await create(adapter)).toEqual({ ok: false, error: { kind: 'throttled', retryAfterSeconds: 100 } });
  expect(calls().length).toBe(3);
  clock.advance(100_000);
  expect(await browse(adapter)).toMatchObject({ ok: true });
});

test('pages are followed to the end; a list that never ends, or leads away, is unexpected', async () => {
  const pages = await open(({ path }) => {
    const at = Number(new URL(path, 'http://x').searchParams.get('cursor') ?? 1);
    const next = at < 3 ? `/api/patients?cursor=${at + 1}` : null;
    return { status: 200, body: { [at === 2 ? 'data' : 'results']: [{ ...chart, id: String(at) }], next } };
  });
  expect(await pages.adapter.patientsBornOn('1990-01-02', 'browsing')).toMatchObject({
    ok: true,
    value: [{ patient: { id: '1' } }, { patient: { id: '2' } }, { patient: { id: '3' } }],
  });
  await pages.close();
  for (const next of ['/api/patients?cursor=1', 'http://127.0.0.1:1/api/patients?cursor=2']) {
    const endless = await open(() => ({ status: 200, body: { results: [chart], next } }));
    expect(await endless.adapter.patientsBornOn('1990-01-02', 'browsing')).toMatchObject({
      error: { kind: 'unexpected' },
    });
    expect(endless.calls().length).toBeLessThanOrEqual(20);
    await endless.close();
  }
});

test('a change says only what is changed', async () => {
  const { adapter, calls } = await open(() => ({ status: 204 }));
  await adapter.changeAppointment(appointmentId('77'), { localStart: '2026-03-20T10:30', room: 2 });
  await adapter.changeAppointment(appointmentId('77'), { status: '', notes: { ref: 'ref1' } });
  const cancelReason = 'a "long" trip';
  await adapter.changeAppointment(appointmentId('77'), { status: 'Cancelled', notes: { cancelReason } });
  expect(calls().map(({ method, body }) => `${method} ${body}`)).toEqual([
    'PATCH {"scheduled_time":"2026-03-20T10:30:00","exam_room":2}',
    'PATCH {"status":"","notes":"Bookadoc ref1"}',
    `PATCH {"status":"Cancelled","notes":"Cancelled by the patient: \\"a 'long' trip\\""}`,
  ]);
});

test("another patient's visits, or a break, are not passed on should the EHR ignore the filter", async () => {
  const results = [row, { ...row, id: '78', patient: 6 }, { ...row, id: '79', patient: null }];
  const { adapter } = await open(() => ({ status: 200, body: { results } }));
  const list = await adapter.appointmentsOf(patientId('5'), '2026-03-01', '2026-03-31', 'browsing');
  expect(list).toMatchObject({ value: [{ id: '77' }] });
});

test('charts of another birth date, or of none, are not passed on should the EHR ignore the filter', async () => {
  const others = [
    chart,
    { ...chart, id: 6, date_of_birth: '1990-01-03' },
    { ...chart, id: 7, date_of_birth: null },
  ];
  const { adapter, calls } = await open(() => ({ status: 200, body: { results: others, next: null } }));
  expect(await adapter.patientsBornOn('1990-01-02', 'browsing')).toMatchObject({
    value: [{ patient: { id: '5' } }],
  });
  expect(calls().map(({ path }) => path)).toEqual(['/api/patients?date_of_birth=1990-01-02']);
});

test('nothing of a patient, a token or a secret is in what fails or is logged', async () => {
  const log = createTestLog();
  const answers: Answer[] = [
    { status: 400, body: { first_name: ['Ada Example is taken'], 'Ada Example': ['1990-01-02'] } },
    { status: 200, body: { results: [{ ...chart, date_of_birth: 'January, Ada' }], next: null } },
    { status: 500, body: 'Ada Example 1990-01-02' },
    'cut',
    { status: 401, body: 'access-1' },
  ];
  for (const answer of answers) {
    const { adapter, close } = await open(() => answer, { log });
    const results = [
      await adapter.patientsBornOn('1990-01-02', 'booking'),
      await create(adapter),
      await cancel(adapter),
    ];
    await adapter.start();
    const traces = JSON.stringify([results, log.lines, adapter.state()]);
    expect(traces).not.toMatch(/Ada|Example|1990|access-|refresh-\d|secret-of|127\.0\.0\.1/);
    await close();
  }
  expect(log.lines.length).toBeGreaterThan(answers.length);
});
