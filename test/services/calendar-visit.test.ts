// The calendar file of a visit that was moved or called off since its link was made: it shows the present, under one name. Also of one made by phone.
import { afterEach, describe, expect, test } from 'vitest';
import { appointmentId, type Notice } from '../../services/domain.ts';
import type { VisitOf } from '../../services/visit-cases.ts';
import {
  addPatient,
  callsOf,
  deskBooks,
  eleven,
  openVisit,
  thursday,
  type VisitScene,
} from '../support/visit-scene.ts';

let scene: VisitScene;
afterEach(() => scene.world.close());

async function noticed(visit: VisitOf = scene.booking): Promise<Notice> {
  const notice = await scene.world.now().useCases.calendarVisit(visit);
  if (!notice.ok) throw new Error(notice.error);
  return notice.value;
}
const refusal = async (visit: VisitOf) => {
  const notice = await scene.world.now().useCases.calendarVisit(visit);
  return notice.ok ? 'shown' : notice.error;
};

test('moved, moved again, called off: one event, rising, at its present time', async () => {
  scene = await openVisit();
  const first = await noticed();
  expect(first).toMatchObject({ about: 'booked', startsAt: scene.booking.startsAt });
  const moved = await scene.move(thursday);
  if (!moved.ok) throw new Error(moved.error.kind);
  const second = await noticed();
  expect(second).toMatchObject({ about: 'booked', ref: first.ref, startsAt: moved.value.startsAt });
  expect(second.version).toBeGreaterThan(first.version);
  const { startsAt, appointment, patientId } = moved.value;
  const off = await scene.cancel({ startsAt, appointment, patientId });
  expect(off.ok).toBe(true);
  const third = await noticed();
  expect(third).toMatchObject({ about: 'cancelled', ref: first.ref });
  expect(third.version).toBeGreaterThan(second.version);
});

test('moved by the practice: the same event, rising, at its present time, and not called off', async () => {
  scene = await openVisit();
  const { world, patient, booking } = scene;
  const first = await noticed();
  await world.control.patchAppointment(booking.appointment, { scheduled_time: `${thursday}:00` });
  world.clock.advance(125_000);
  const upcoming = await world.now().useCases.upcoming(patient);
  if (!upcoming.ok) throw new Error(upcoming.error.kind);
  const [visit] = upcoming.value.visits;
  expect(visit?.localStart).toBe(thursday);
  const second = await noticed();
  expect(second).toMatchObject({ about: 'booked', ref: first.ref, startsAt: visit?.startsAt });
  expect(second.version).toBeGreaterThan(first.version);
  // Looked at again within two minutes, and after a move here.
  expect(await noticed()).toMatchObject({ about: 'booked', startsAt: visit?.startsAt });
  const moved = await scene.move(eleven, { ...scene.shown, startsAt: visit?.startsAt ?? '' });
  if (!moved.ok) throw new Error(moved.error.kind);
  const third = await noticed();
  expect(third).toMatchObject({ about: 'booked', ref: first.ref, startsAt: moved.value.startsAt });
  expect(third.version).toBeGreaterThanOrEqual(second.version);
});

describe('a visit that was made by phone', () => {
  /** The patient's other visit, at eleven, of which we have no record. */
  async function byPhone() {
    scene = await openVisit();
    await deskBooks(scene.world, eleven, { patient: Number(scene.patient) });
    const row = (await scene.world.control.appointments()).at(-1);
    const visit = { patientId: scene.patient, appointment: appointmentId(row?.id ?? '') };
    await scene.world.control.forgetCalls();
    return visit;
  }

  test('has its file, from the EHR, which is asked once in two minutes', async () => {
    const visit = await byPhone();
    const notice = await noticed(visit);
    expect(notice).toMatchObject({
      ...{ about: 'booked', version: 0, startsAt: '2026-03-10T15:00:00.000Z', durationMinutes: 30 },
      ...{ ref: expect.stringMatching(/^\w{12}$/), timeZone: 'America/New_York' },
    });
    expect(notice.address).not.toBe('');
    expect(await noticed(visit)).toEqual(notice);
    expect(await callsOf(scene.world)).toEqual(['GET appointments by id']);
    await scene.world.restart();
    expect(await noticed(visit)).toMatchObject({ ref: notice.ref, startsAt: notice.startsAt });
  });

  test('called off at the desk since: the same event, cancelled, of a later moment', async () => {
    const visit = await byPhone();
    const before = await noticed(visit);
    await scene.world.control.patchAppointment(visit.appointment, { status: 'Cancelled' });
    scene.world.clock.advance(125_000);
    const after = await noticed(visit);
    expect(after).toMatchObject({ about: 'cancelled', ref: before.ref });
    expect(after.asOf > before.asOf).toBe(true);
  });

  test('moved here since: the same event, a higher version, its new time, although it was looked at a moment ago', async () => {
    const visit = await byPhone();
    const before = await noticed(visit);
    const moved = await scene.move(thursday, { ...visit, startsAt: before.startsAt });
    if (!moved.ok) throw new Error(moved.error.kind);
    const after = await noticed(visit);
    expect(after).toMatchObject({ about: 'booked', ref: before.ref, startsAt: moved.value.startsAt });
    expect(after.version).toBeGreaterThan(before.version);
  });

  test('of somebody else, deleted, or not to be had: no file, and which it is', async () => {
    const visit = await byPhone();
    const fred = await addPatient(scene.world, 'Fred');
    expect(await refusal({ ...visit, patientId: fred })).toBe('not-found');
    // Nor is it shown to him because its own patient has just looked.
    await noticed(visit);
    expect(await refusal({ ...visit, patientId: fred })).toBe('not-found');
    scene.world.clock.advance(125_000);
    expect(await refusal({ ...visit, appointment: appointmentId('1') })).toBe('not-found');
    await scene.world.control.fault({
      method: 'GET',
      path: '/api/appointments',
      effect: 'status',
      status: 503,
      times: 20,
    });
    expect(await refusal(visit)).toBe('unavailable');
  });
});
