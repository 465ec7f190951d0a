// The adapter against the sandbox practice where the contract stops: throttles, scopes, rotation, computed slots.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { doctorId, officeId, patientId } from '../../services/domain.ts';
import { createDrchronoEhr, type DrchronoOptions } from '../../services/ehr/drchrono.ts';
import { ehrs } from '../../services/ehr/index.ts';
import type { Clock, Ehr, SlotQuery } from '../../services/ports.ts';
import { type Sandbox, startSandbox } from '../../services/sandbox/server.ts';
import { createSandboxControl, type SandboxControl } from '../support/sandbox-control.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';
import { seedPath } from '../support/world.ts';
import { adapterOptions } from './scripted-ehr.ts';

let clock: TestClock;
let sandbox: Sandbox;
let control: SandboxControl;
let ehr: Ehr;

const vendorLimits = { perHour: 500, perSecond: 10 };
const optionsWith = (limits: DrchronoOptions['limits']): DrchronoOptions => ({
  ...adapterOptions(sandbox.origin, limits === undefined ? {} : { limits }),
  clientId: sandbox.clientId,
  clientSecret: sandbox.clientSecret,
  refreshTokenSetting: sandbox.refreshToken,
  clock,
  timeoutMs: 2_000,
});
const put = (path: string, body: unknown, method = 'PUT') =>
  fetch(`${sandbox.origin}/sandbox/${path}`, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

beforeEach(async () => {
  clock = createTestClock('2026-03-03T14:00:00Z');
  sandbox = await startSandbox({ seedPath, port: 0, now: clock.now, limits: vendorLimits });
  control = createSandboxControl(sandbox.origin);
  ehr = createDrchronoEhr(optionsWith(vendorLimits));
});
afterEach(async () => {
  await ehr.stop();
  await sandbox.close();
});

const query: SlotQuery = {
  officeId: officeId('123456'),
  doctorId: doctorId('511718'),
  fromDate: '2026-03-19',
  toDate: '2026-03-19',
  durationMinutes: 30,
  timeZone: 'America/New_York',
  freshSeconds: 0,
};

test('twenty calls at once keep inside ten a second: the EHR, on a real clock, throttles none', async () => {
  const realClock: Clock = { now: Date.now, sleep: (ms) => sleep(ms) };
  const practice = await startSandbox({ seedPath, port: 0, now: realClock.now, limits: vendorLimits });
  const adapter = createDrchronoEhr({
    ...optionsWith(vendorLimits),
    baseUrl: practice.origin,
    refreshTokenSetting: practice.refreshToken,
    clock: realClock,
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      adapter.patient(patientId(String(99_000_000 + index)), 'booking'),
    ),
  );
  const calls = await createSandboxControl(practice.origin).calls();
  expect(calls.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 404));
  await adapter.stop();
  await practice.close();
});

test('when somebody else has used up the hour, the wait is the one that the EHR told', async () => {
  await ehr.start();
  await control.limits(1, 10);
  clock.set('2026-03-03T14:20:00Z');
  expect(await ehr.openSlots(query, 'browsing')).toEqual({
    ok: false,
    error: { kind: 'throttled', retryAfterSeconds: 2_400 },
  });
  expect(ehr.state()).toEqual({ state: 'throttled', retryAfterSeconds: 2_400 });
  clock.set('2026-03-03T15:00:00Z');
  await control.limits(500, 10);
  expect(await ehr.openSlots(query, 'browsing')).toMatchObject({ ok: true });
});

test('a token without calendar:read books nothing and looks at no calendar', async () => {
  const scope = 'user:read calendar:write clinical:read clinical:write patients:read patients:write';
  await put('scopes', { scope });
  await ehr.start();
  expect(ehr.state()).toEqual({ state: 'missing-scopes', scopes: ['calendar:read'] });
  expect(await ehr.openSlots(query, 'browsing')).toEqual({
    ok: false,
    error: { kind: 'forbidden', missingScopes: ['calendar:read'] },
  });
  expect(await control.calls()).toEqual([]);
});

test('a token revoked in the middle of a booking costs a refresh, and the visit is created once', async () => {
  const [twin] = await twins();
  await put('revoke', {}, 'POST');
  const created = await ehr.createAppointment({
    ...query,
    patientId: twin?.id ?? patientId(''),
    room: 5,
    localStart: '2026-03-19T10:00',
    ref: 'once',
  });
  expect(created).toMatchObject({ ok: true, value: { ref: 'once' } });
  expect((await control.appointments()).filter(({ notes }) => notes.includes('once')).length).toBe(1);
});

test('computed slots leave out what is taken, and every one of them can be booked', async () => {
  const [twin] = await twins();
  const told = await ehr.openSlots(query, 'browsing');
  await control.addAppointment({
    doctor: 511718,
    office: 123456,
    patient: null,
    exam_room: 1,
    scheduled_time: '2026-03-19T10:00:00',
    duration: 60,
    status: '',
    notes: '',
  });
  await control.fault({ path: '/api/availability', effect: 'status', status: 404, times: 1 });
  const computed = await ehr.openSlots(query, 'browsing');
  if (!told.ok || !computed.ok || twin === undefined) throw new Error('no slots');
  const starts = computed.value.slots.map(({ localStart }) => localStart);
  expect(starts).not.toContain('2026-03-19T10:00');
  expect(starts).not.toContain('2026-03-19T10:30');
  const before = told.value.slots.map(({ localStart }) => localStart);
  expect(starts).toEqual(expect.arrayContaining(before.filter((start) => !/T10:/.test(start))));
  await control.overlap('doctor');
  for (const { localStart } of computed.value.slots) {
    clock.advance(1_000);
    expect(
      await ehr.createAppointment({ ...query, patientId: twin.id, room: 1, localStart, ref: 'c' }),
    ).toMatchObject({ ok: true });
  }
});

test.each(['garbage', 'wrong-shape'] as const)(
  'offices that come as %s are unexpected, and asked for again',
  async (effect) => {
    await control.fault({ path: '/api/offices', effect });
    expect(await ehr.offices('browsing')).toMatchObject({ ok: false, error: { kind: 'unexpected' } });
    expect(await ehr.offices('browsing')).toMatchObject({ ok: true });
  },
);

test('the registry opens both names, each with ids of its own', async () => {
  expect(Object.entries(ehrs).map(([name, open]) => [name, open(optionsWith(undefined)).name])).toEqual([
    ['drchrono', 'drchrono'],
    ['sandbox', 'sandbox'],
  ]);
});

async function twins() {
  const found = await ehr.patientsBornOn('2016-06-02', 'booking');
  return found.ok ? found.value.map(({ patient }) => patient) : [];
}
