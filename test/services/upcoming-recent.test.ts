// "My appointments" right after a change: the EHR's lists lag behind, and what was just confirmed here is shown all the same.
import { afterEach, expect, test } from 'vitest';
import { openVisit, thursday, type VisitScene } from '../support/visit-scene.ts';

let scene: VisitScene;
afterEach(() => scene.world.close());

const starts = async (): Promise<readonly string[]> => {
  const found = await scene.world.now().useCases.upcoming(scene.patient);
  if (!found.ok) throw new Error(found.error.kind);
  return found.value.visits.map(({ localStart }) => localStart);
};
const lagging = () =>
  scene.world.control.fault({ path: '/api/appointments', effect: 'stale-lists', ms: 60_000, times: 0 });

test('booked a moment ago', async () => {
  scene = await openVisit();
  await lagging();
  expect(await starts()).toEqual(['2026-03-10T09:00']);
});

test('moved a moment ago', async () => {
  scene = await openVisit();
  scene.world.clock.advance(600_000);
  await lagging();
  expect((await scene.move(thursday)).ok).toBe(true);
  expect(await starts()).toEqual([thursday]);
});

test('called off a moment ago; and by the desk, though just booked', async () => {
  scene = await openVisit();
  scene.world.clock.advance(600_000);
  await lagging();
  expect((await scene.cancel()).ok).toBe(true);
  expect(await starts()).toEqual([]);
});

test('just booked here and called off at the desk at once: the list knows better', async () => {
  scene = await openVisit();
  await scene.world.now().ehr.changeAppointment(scene.booking.appointment, { status: 'Cancelled' });
  expect(await starts()).toEqual([]);
});
