// What is asked once and kept: the practice's lists, availability in flight, and what a forgotten day does to both.
import { afterEach, expect, test } from 'vitest';
import { doctorId, officeId, visitTypeId } from '../../services/domain.ts';
import type { SlotQuery } from '../../services/ports.ts';
import { create, row } from './samples.ts';
import { type Answer, openScripted, type Scripted } from './scripted-ehr.ts';

let scripted: Scripted | undefined;
afterEach(() => scripted?.close());
const open = async (...args: Parameters<typeof openScripted>) => {
  scripted = await openScripted(...args);
  return scripted;
};

const offices = (...names: string[]): Answer => ({
  status: 200,
  body: { results: names.map((name, index) => ({ id: index + 1, name })), next: null },
});
const starts = (...times: string[]): Answer => ({
  status: 200,
  body: [
    {
      date: '2026-03-19',
      open_slots: [
        { start: '09:00', end: '12:00', availability: times.map((start) => ({ start, end: '12:00' })) },
      ],
    },
  ],
});
const query: SlotQuery = {
  officeId: officeId('2'),
  doctorId: doctorId('1'),
  fromDate: '2026-03-18',
  toDate: '2026-03-20',
  durationMinutes: 30,
  timeZone: 'America/New_York',
  freshSeconds: 60,
};

test('a crowd that asks for a cold list shares one call', async () => {
  const { adapter, calls } = await open(() => offices('Main Street'));
  const results = await Promise.all(Array.from({ length: 30 }, () => adapter.offices('browsing')));
  expect(results.every((result) => result.ok)).toBe(true);
  expect(calls().length).toBe(1);
});

test('past ten minutes the old list is served at once while the new one is fetched', async () => {
  const { adapter, clock, calls } = await open((_call, times) =>
    times === 1 ? offices('Main Street') : offices('Main Street', 'Lakeside'),
  );
  await adapter.offices('browsing');
  clock.advance(10 * 60_000 + 1);
  expect(await adapter.offices('browsing')).toMatchObject({ ok: true, value: [{ name: 'Main Street' }] });
  await expect.poll(() => adapter.offices('browsing')).toMatchObject({ value: [{}, { name: 'Lakeside' }] });
  expect(calls().length).toBe(2);
});

test('a list that cannot be renewed goes on being served, with one try in ten minutes', async () => {
  const { adapter, clock, calls } = await open((_call, times) =>
    times === 1 ? offices('Main Street') : { status: 404 },
  );
  await adapter.offices('browsing');
  clock.advance(10 * 60_000 + 1);
  for (let time = 0; time < 5; time += 1) {
    expect(await adapter.offices('browsing')).toMatchObject({ ok: true });
    await expect.poll(() => calls().length).toBe(2);
  }
});

test('a list that failed is asked for again by the next who needs it', async () => {
  const { adapter } = await open((_call, times) => (times === 1 ? { status: 403 } : offices('Main Street')));
  expect(await adapter.offices('browsing')).toMatchObject({ ok: false });
  expect(await adapter.offices('browsing')).toMatchObject({ ok: true });
});

test('a booking does not take over the refusal that background work got for want of calls', async () => {
  const { adapter } = await open(() => offices('Main Street'), { limits: { perHour: 3, perSecond: 100 } });
  await adapter.patientsBornOn('1990-01-02', 'booking');
  const [background, booking] = await Promise.all([
    adapter.offices('background'),
    adapter.offices('booking'),
  ]);
  expect(background).toMatchObject({ ok: false, error: { kind: 'throttled' } });
  expect(booking).toMatchObject({ ok: true });
});

test('a booking into a day drops what was read of it, also what was on its way', async () => {
  const gate = Promise.withResolvers<void>();
  const { adapter, calls } = await open(async ({ method, path }, times) => {
    if (method === 'POST') return { status: 201, body: row };
    if (!path.startsWith('/api/availability')) return { status: 404 };
    if (times > 1) return starts('09:30');
    await gate.promise;
    return starts('09:00', '09:30');
  });
  const early = adapter.openSlots(query, 'browsing');
  await expect.poll(() => calls().length).toBe(1);
  expect(await create(adapter)).toMatchObject({ ok: true });
  gate.resolve();
  expect(await early).toMatchObject({ ok: true, value: { slots: [{}, {}] } });
  expect(await adapter.openSlots(query, 'browsing')).toMatchObject({
    ok: true,
    value: { slots: [{ localStart: '2026-03-19T09:30' }] },
  });
  await adapter.openSlots(query, 'browsing');
  expect(calls().length).toBe(3);
});

test.each([
  ['another doctor', { doctorId: doctorId('8') }],
  ['another office', { officeId: officeId('8') }],
  ['another length', { durationMinutes: 60 }],
  ['another zone', { timeZone: 'America/Chicago' }],
  ['an earlier day', { fromDate: '2026-03-17' }],
  ['a later day', { toDate: '2026-03-21' }],
])('a reading says nothing about %s', async (_what, other) => {
  const { adapter, calls } = await open(() => starts('09:00'));
  await adapter.openSlots(query, 'browsing');
  await adapter.openSlots({ ...query, ...other }, 'browsing');
  expect(calls().length).toBe(2);
});

test('a forced reading does not join one that began before it', async () => {
  const gate = Promise.withResolvers<void>();
  const { adapter } = await open(async (_call, times) => {
    if (times > 1) return starts();
    await gate.promise;
    return starts('09:00');
  });
  const early = adapter.openSlots(query, 'browsing');
  const forced = await adapter.openSlots({ ...query, freshSeconds: 0 }, 'booking');
  expect(forced).toMatchObject({ ok: true, value: { slots: [] } });
  gate.resolve();
  await early;
  expect(await adapter.openSlots(query, 'browsing')).toMatchObject({ value: { slots: [] } });
});

test('readings are bounded: the longest unused goes first', async () => {
  const everyQuarter = Array.from({ length: 28 }, (_, index) => ({
    date: `2026-04-${String(index + 1).padStart(2, '0')}`,
    open_slots: [{ start: '00:00', end: '24:00' }],
  }));
  const { adapter, calls } = await open(() => ({ status: 200, body: everyQuarter }));
  const ask = (doctor: number) =>
    adapter.openSlots(
      {
        ...query,
        doctorId: doctorId(String(doctor)),
        fromDate: '2026-04-01',
        toDate: '2026-04-28',
        durationMinutes: 5,
      },
      'browsing',
    );
  for (const doctor of [1, 2, 3, 4, 5, 6]) await ask(doctor);
  await ask(1);
  await ask(7);
  const before = calls().length;
  await ask(1);
  expect(calls().length).toBe(before);
  await ask(2);
  expect(calls().length).toBe(before + 1);
});

test('the same question of the same reading gets the same object, each type and range its own', async () => {
  const { adapter } = await open(() => starts('09:00'));
  const ask = async (more: Partial<SlotQuery>) => {
    const open = await adapter.openSlots({ ...query, ...more }, 'browsing');
    return open.ok ? open.value : undefined;
  };
  const types = [
    {},
    { visitTypeId: visitTypeId('8') },
    { visitTypeId: visitTypeId('9') },
    { toDate: '2026-03-19' },
  ];
  const first = [];
  for (const more of types) first.push(await ask(more));
  expect(first.map((open) => open?.slots[0]?.visitTypeId)).toEqual([undefined, '8', '9', undefined]);
  for (const [index, more] of types.entries()) expect(await ask(more)).toBe(first[index]);
  adapter.forgetOpenSlots(query.doctorId, '2026-03-19');
  expect(await ask({})).not.toBe(first[0]);
});
