// The calendar file of a visit that was moved or called off since its link was made: it shows the present, under one name.
import { afterEach, expect, test } from 'vitest';
import { openVisit, thursday, type VisitScene } from '../support/visit-scene.ts';

let scene: VisitScene;
afterEach(() => scene.world.close());
const noticed = () => scene.world.now().useCases.calendarVisit(scene.booking.id);

test('moved, moved again, called off: one event, rising, at its present time', async () => {
  scene = await openVisit();
  const first = await noticed();
  expect(first).toMatchObject({ about: 'booked', startsAt: scene.booking.startsAt });
  const moved = await scene.move(thursday);
  if (!moved.ok) throw new Error(moved.error.kind);
  const second = await noticed();
  expect(second).toMatchObject({ about: 'booked', ref: first?.ref, startsAt: moved.value.startsAt });
  expect(second?.version).toBeGreaterThan(first?.version ?? Number.NaN);
  const { startsAt, appointment, patientId } = moved.value;
  const off = await scene.cancel({ startsAt, appointment, patientId });
  expect(off.ok).toBe(true);
  const third = await noticed();
  expect(third).toMatchObject({ about: 'cancelled', ref: first?.ref });
  expect(third?.version).toBeGreaterThan(second?.version ?? Number.NaN);
});
