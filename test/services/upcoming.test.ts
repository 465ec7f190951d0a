// "My appointments": one call to the EHR, by whomever the visits were made; our own records, and since when they held, where it is away.
import { afterEach, expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import type { Upcoming } from '../../services/visit-cases.ts';
import {
  addPatient,
  callsOf,
  deskBooks,
  eleven,
  linesOf,
  nine,
  openVisit,
  thursday,
  type VisitScene,
} from '../support/visit-scene.ts';
import type { WorldOptions } from '../support/world.ts';

const scenes: VisitScene[] = [];
afterEach(async () => {
  for (const { world } of scenes.splice(0)) await world.close();
});
async function open(options: WorldOptions = {}): Promise<VisitScene> {
  const scene = await openVisit(options);
  scenes.push(scene);
  return scene;
}
async function upcoming({ world, patient }: VisitScene): Promise<Upcoming> {
  const found = await world.now().useCases.upcoming(patient);
  if (!found.ok) throw new Error(found.error.kind);
  return found.value;
}
const shownBy = async (scene: VisitScene): Promise<readonly string[]> =>
  (await upcoming(scene)).visits.map(({ localStart, state }) => `${localStart} ${state}`);
const away = ({ world }: VisitScene) =>
  world.control.fault({ method: 'GET', path: '/api/appointments', effect: 'status', status: 500, times: 0 });

test('ours and those made by phone, of every office and doctor, ascending, each on its office’s clock; one call', async () => {
  const scene = await open();
  const { world, patient } = scene;
  const theirs = { patient: Number(patient) };
  await deskBooks(world, '2026-04-01T13:00', { ...theirs, doctor: 511722, office: 540214 });
  await deskBooks(world, '2026-03-04T08:15', {
    ...theirs,
    doctor: 511720,
    profile: 284051,
    status: 'Confirmed',
  });
  await deskBooks(world, eleven, { patient: Number(await addPatient(world, 'Fred')) });
  await world.control.forgetCalls();
  const { visits, untimed, asOf } = await upcoming(scene);
  expect([untimed, asOf]).toEqual([0, undefined]);
  expect(visits).toMatchObject([
    {
      localStart: '2026-03-04T08:15',
      startsAt: '2026-03-04T13:15:00.000Z',
      visitTypeId: '284051',
      state: 'confirmed',
      changeable: true,
    },
    {
      appointment: scene.booking.appointment,
      localStart: nine,
      doctorName: 'Dr. John Doe',
      officeName: 'Main Street',
    },
    { localStart: '2026-04-01T13:00', startsAt: '2026-04-01T18:00:00.000Z', timeZone: 'America/Chicago' },
  ]);
  expect(await callsOf(world)).toEqual(['GET appointments']);
});

test.each([
  ['Cancelled', []],
  ['Rescheduled', []],
  ['No Show', []],
  ['Complete', []],
  ['In Room', [`${nine} arrived`]],
  ['Waiting for X-ray', [`${nine} other`]],
])('a visit that is "%s"', async (status, shown) => {
  const scene = await open();
  await scene.world.control.patchAppointment(scene.booking.appointment, { status });
  // What was booked here just now is believed for two minutes.
  scene.world.clock.advance(120_000);
  expect(await shownBy(scene)).toEqual(shown);
});

test('one that is too late to change says so, and by which notice', async () => {
  const scene = await open({ cancelNoticeMinutes: 60 });
  const late = async (at: string) => {
    scene.world.clock.set(at);
    const [visit] = (await upcoming(scene)).visits;
    return [visit?.changeable, visit?.tooLateMinutes];
  };
  expect(await late('2026-03-10T12:00:00Z')).toEqual([true, undefined]);
  expect(await late('2026-03-10T12:00:01Z')).toEqual([false, 60]);
  expect(await late('2026-03-10T13:00:00Z')).toEqual([false, 0]);
});

test('is shown while it goes on, and not when it is over', async () => {
  const scene = await open();
  scene.world.clock.set('2026-03-10T13:29:59Z');
  expect(await shownBy(scene)).toEqual([`${nine} booked`]);
  scene.world.clock.set('2026-03-10T13:30:00Z');
  expect(await shownBy(scene)).toEqual([]);
});

test('of nobody there is nothing, and that is an answer', async () => {
  const { world } = await open();
  expect(await world.now().useCases.upcoming(patientId('1'))).toEqual({
    ok: true,
    value: { visits: [], untimed: 0 },
  });
});

test('a visit of which nobody can say when it is has no time: it is counted, not guessed', async () => {
  const scene = await open({ officeTimeZones: new Map([['540214', 'America/Los_Angeles']]) });
  const theirs = { patient: Number(scene.patient), doctor: 511722, office: 540214 };
  await deskBooks(scene.world, '2026-04-01T13:00', theirs);
  expect(await upcoming(scene)).toMatchObject({ visits: [{ localStart: nine }], untimed: 1 });
});

test('more visits than a page of the EHR are all read', async () => {
  const scene = await open();
  for (let day = 10; day < 31; day += 1)
    await deskBooks(scene.world, `2026-04-${day}T08:00`, { patient: Number(scene.patient) });
  expect((await upcoming(scene)).visits).toHaveLength(22);
});

test('the EHR is away: our own records, as of when it last agreed with the oldest', async () => {
  const scene = await open();
  const { world, book } = scene;
  const first = world.clock.now();
  world.clock.advance(3_600_000);
  await book({ localStart: thursday });
  await deskBooks(world, '2026-03-20T08:00', { patient: Number(scene.patient) });
  await away(scene);
  const { visits, asOf } = await upcoming(scene);
  expect(visits.map(({ localStart }) => localStart)).toEqual([nine, thursday]);
  expect(asOf).toBe(new Date(first).toISOString());
  expect(visits[0]).toMatchObject({ doctorName: 'Dr. John Doe', officeName: 'Main Street', state: 'booked' });
});

test('the EHR is away, and we have no record: that is no "none"', async () => {
  const scene = await open();
  await scene.cancel();
  await away(scene);
  expect(await scene.world.now().useCases.upcoming(scene.patient)).toMatchObject({
    error: { kind: 'ehr-unavailable' },
  });
});

test.each([
  ['cancelled', { status: 'Cancelled' }],
  ['deleted', { deleted_flag: true }],
  ['moved', { scheduled_time: `${thursday}:00` }],
])(
  'what the list once showed to be %s is not shown as standing when the EHR is away',
  async (_name, change) => {
    const scene = await open({ channels: ['email'] });
    const { world, book, booking } = scene;
    await book({ localStart: '2026-03-13T09:00' });
    await world.control.patchAppointment(booking.appointment, change);
    world.clock.advance(121_000);
    await world.control.forgetCalls();
    await upcoming(scene);
    expect(await callsOf(world)).toEqual(['GET appointments']);
    const lines = linesOf(await scene.kept());
    expect(lines[0]).toBe('cancelled 2026-03-10T13:00 #3');
    const due = await world.now().store.list('message', 'due', { from: '', to: '~' });
    expect(due.map(({ document }) => document['about']).sort()).toEqual(['booked', 'booked', 'cancelled']);
    await away(scene);
    expect(await shownBy(scene)).toEqual(['2026-03-13T09:00 booked']);
  },
);

test('a list that lags says nothing against what was booked, moved or cancelled here just now', async () => {
  const scene = await open();
  const lag = () => scene.world.control.fault({ method: 'GET', effect: 'stale-lists', ms: 10_000 });
  await lag();
  expect(await shownBy(scene)).toEqual([`${nine} booked`]);
  expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
  scene.world.clock.advance(11_000);
  const moved = await scene.move(thursday);
  await lag();
  expect(await shownBy(scene)).toEqual([`${thursday} booked`]);
  await scene.cancel(moved.ok ? moved.value : undefined);
  await lag();
  expect(await shownBy(scene)).toEqual([]);
});
