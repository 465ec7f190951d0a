// Moving a visit: one of three truths is told, whatever the EHR, the network, the desk and other patients do in between.
import { afterEach, describe, expect, test } from 'vitest';
import { verifyTrail } from '../../services/audit-trail.ts';
import { doctorId } from '../../services/domain.ts';
import type { Fault } from '../support/sandbox-control.ts';
import { trailOf } from '../support/trail.ts';
import {
  addPatient,
  beforeNextChange,
  callsOf,
  deskBooks,
  deskBooksUnseen,
  doctor,
  eleven,
  failWrites,
  kindOf,
  linesOf,
  lose,
  newsOf,
  nine,
  openVisit,
  readsFailAfterChange,
  thursday,
  type VisitScene,
} from '../support/visit-scene.ts';
import type { WorldOptions } from '../support/world.ts';

const scenes: VisitScene[] = [];
afterEach(async () => {
  for (const { world } of scenes.splice(0)) await world.close();
});
async function open(options: WorldOptions = {}, at?: string): Promise<VisitScene> {
  const scene = await openVisit(options, at);
  scenes.push(scene);
  return scene;
}
const startOf = async (scene: VisitScene) => (await scene.row()).scheduled_time.slice(0, 16);
const starts = async (scene: VisitScene) => {
  const offer = await scene.world.now().useCases.openTimes(scene.booking);
  return offer.ok ? offer.value.slots.map(({ localStart }) => localStart) : [];
};

describe('a move', () => {
  test.each([
    ['doctor', 3],
    ['room', 4],
  ] as const)(
    'scope %s: is %i calls, keeps the EHR’s row but for its time, and frees the old time',
    async (scope, count) => {
      const scene = await open({ sandboxScope: scope, overlapScope: scope });
      const { world, move, row, booking } = scene;
      await world.control.patchAppointment(booking.appointment, {
        reason: 'as the desk has it',
        status: 'Confirmed',
      });
      const before = await row();
      world.clock.advance(61_000);
      await world.control.forgetCalls();
      expect(await move(thursday)).toMatchObject({
        ok: true,
        value: {
          localStart: thursday,
          startsAt: '2026-03-12T13:00:00.000Z',
          state: 'confirmed',
          changeable: true,
        },
      });
      const calls = [
        'GET appointments by id',
        'GET availability',
        'PATCH appointments by id',
        'GET appointments',
      ];
      expect(await callsOf(world)).toEqual(calls.slice(0, count));
      const after = await row();
      const changed = Object.keys(after).filter(
        (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
      );
      // The dates of its bill follow its time by themselves.
      expect(changed.filter((name) => !/updated_at|billed_date/.test(name))).toEqual(['scheduled_time']);
      expect(await starts(scene)).toContain(nine);
      expect(await starts(scene)).not.toContain(thursday);
      expect(linesOf(await scene.kept())).toEqual([
        'moved 2026-03-10T13:00 #3',
        'confirmed 2026-03-12T13:00 #3',
      ]);
      // A link from before the move leads to the visit as it is now: the same entry of a calendar, a newer version.
      expect(await world.now().useCases.calendarVisit(booking)).toMatchObject({
        value: { about: 'booked', ref: booking.ref, version: 3, startsAt: '2026-03-12T13:00:00.000Z' },
      });
      // Two documents, one visit: so its patient is told, too.
      expect(await world.now().useCases.ownData(booking.patientId)).toMatchObject({ visits: 1 });
      const [, kept] = await scene.kept();
      expect(kept?.booking).toMatchObject({ ref: booking.ref, appointment: booking.appointment });
    },
  );

  test('what was read of the calendar a moment ago is not offered after it, and costs it no call', async () => {
    const scene = await open();
    expect(await starts(scene)).toContain(thursday);
    await scene.world.control.forgetCalls();
    expect(kindOf(await scene.move(thursday))).toBe('done');
    expect(await callsOf(scene.world)).toEqual(['GET appointments by id', 'PATCH appointments by id']);
    const after = await starts(scene);
    expect([after.includes(nine), after.includes(thursday)]).toEqual([true, false]);
  });

  test('there and back, and there again: one record stands, and its sequence rises', async () => {
    const scene = await open();
    const { move, shown } = scene;
    const there = { ...shown, startsAt: '2026-03-10T15:00:00.000Z' };
    expect(kindOf(await move(eleven))).toBe('done');
    expect(linesOf(await scene.kept())).toEqual([
      'moved 2026-03-10T13:00 #3',
      'confirmed 2026-03-10T15:00 #3',
    ]);
    expect(kindOf(await move(nine, there))).toBe('done');
    expect(linesOf(await scene.kept())).toEqual([
      'confirmed 2026-03-10T13:00 #4',
      'moved 2026-03-10T15:00 #4',
    ]);
    expect(kindOf(await move(eleven))).toBe('done');
    expect((await scene.kept()).map(({ booking }) => booking.status)).toEqual(['moved', 'confirmed']);
    expect(linesOf(await scene.kept())[1]).toBe('confirmed 2026-03-10T15:00 #5');
    expect(kindOf(await scene.cancel(there))).toBe('done');
    expect(linesOf(await scene.kept())[1]).toBe('cancelled 2026-03-10T15:00 #6');
    expect(kindOf(await scene.undo(there))).toBe('done');
    expect(linesOf(await scene.kept())[1]).toBe('confirmed 2026-03-10T15:00 #7');
    expect(await verifyTrail(scene.world.now().store)).toMatchObject({ ok: true });
    const trail = (await trailOf(scene.world.now().store)).map(({ document }) => document['what']);
    expect(trail).toEqual(['booked', 'moved', 'moved', 'moved', 'cancelled', 'restored']);
  });

  test('the old time can be booked again, by the same patient too, as an entry of its own in calendars', async () => {
    const { move, book, booking, kept } = await open();
    await move(thursday);
    const again = await book();
    if (!again.ok) throw new Error(again.error.kind);
    expect(again.value.appointment).not.toBe(booking.appointment);
    expect(again.value.calendarRef ?? again.value.ref).not.toBe(booking.ref);
    expect((await kept()).map(({ booking: { status } }) => status)).toEqual(['confirmed', 'confirmed']);
  });

  test('asked for by twenty at once is one PATCH and the same answer; to twenty times it is one move', async () => {
    const { world, move, row } = await open();
    const same = await Promise.all(Array.from({ length: 20 }, () => move(eleven)));
    expect(new Set(same.map(kindOf))).toEqual(new Set(['done']));
    expect((await callsOf(world)).filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
    const shown = same[0]?.ok ? same[0].value : undefined;
    const times = Array.from({ length: 8 }, (_, at) => `2026-03-12T${String(8 + at).padStart(2, '0')}:00`);
    const spread = await Promise.all(times.map((to) => move(to, shown)));
    expect(spread.filter(({ ok }) => ok)).toHaveLength(1);
    const [winner] = spread.flatMap((one) => (one.ok ? [one.value.localStart] : []));
    expect((await row()).scheduled_time).toBe(`${winner}:00`);
    for (const one of spread)
      if (!one.ok) expect(['changed-since', 'slot-taken', 'outside-policy']).toContain(one.error.kind);
  });

  test('two patients onto one slot: one has it, the other keeps the old time and hears of three others', async () => {
    const scene = await open();
    const { world, book, move } = scene;
    const fred = await addPatient(world, 'Fred');
    const other = await book({ patientId: fred, localStart: eleven });
    if (!other.ok) throw new Error(other.error.kind);
    const theirs = { patientId: fred, appointment: other.value.appointment, startsAt: other.value.startsAt };
    const outcomes = await Promise.all([move(thursday), move(thursday, theirs)]);
    expect(outcomes.map(kindOf).sort()).toEqual(['done', 'slot-taken']);
    const lost = outcomes.find(({ ok }) => !ok);
    expect(lost).toMatchObject({ error: { alternatives: [{}, {}, {}] } });
    const rows = (await world.control.appointments()).filter(
      ({ scheduled_time }) => scheduled_time === `${thursday}:00`,
    );
    expect(rows.filter((row) => String(row.doctor) === doctor)).toHaveLength(1);
  });

  test.each([
    ['in the past', '2026-03-02T10:00', 'past'],
    ['too soon', '2026-03-03T10:30', 'lead-time'],
    ['too far', '2026-06-03T10:00', 'horizon'],
    ['a time that does not exist', '2026-03-08T02:30', 'impossible-time'],
    ['in the night', '2026-03-12T03:00', 'not-offered'],
  ])('%s: refused by the practice’s rules', async (_name, to, rule) => {
    const scene = await open();
    expect(await scene.move(to)).toMatchObject({ error: { kind: 'outside-policy', rule } });
    expect(await startOf(scene)).toBe(nine);
    expect(await callsOf(scene.world)).not.toContain('PATCH appointments by id');
  });

  test('to where it is already changes nothing', async () => {
    const { world, move } = await open();
    expect(await move(nine)).toMatchObject({ ok: true, value: { localStart: nine } });
    expect(await callsOf(world)).toEqual(['GET appointments by id']);
  });

  test('over another visit of the patient’s own is refused', async () => {
    const { move, book } = await open();
    const other = await book({ doctorId: doctorId('511720'), localStart: eleven });
    expect(kindOf(other)).toBe('done');
    expect(await move(eleven)).toMatchObject({
      error: { kind: 'overlaps-own', booking: { doctorId: '511720' } },
    });
  });

  test.each([
    // 45 minutes from 10:00 on; what it has itself counts as free, the rest has to be.
    ['later, into free time', '2026-03-12T10:15', undefined, 'done'],
    ['earlier, into free time', '2026-03-12T09:45', undefined, 'done'],
    ['later, into somebody’s time', '2026-03-12T10:15', '2026-03-12T10:45', 'slot-taken'],
    ['earlier, into somebody’s time', '2026-03-12T09:45', '2026-03-12T09:30', 'slot-taken'],
    ['by three minutes', '2026-03-12T10:03', undefined, 'slot-taken'],
  ])('a little %s', async (_name, to, busy, expected) => {
    const { world, move } = await open();
    const other = await addPatient(world, 'Lotte');
    const start = '2026-03-12T10:00';
    await deskBooks(world, start, { patient: Number(other), duration: 45, exam_room: 1 });
    if (busy !== undefined) await deskBooks(world, busy);
    const upcoming = await world.now().useCases.upcoming(other);
    const visit = upcoming.ok ? upcoming.value.visits[0] : undefined;
    if (visit === undefined) throw new Error('not shown');
    await world.control.forgetCalls();
    expect(kindOf(await move(to, visit))).toBe(expected);
    if (expected === 'done') expect(await callsOf(world)).toHaveLength(3);
    const row = (await world.control.appointments()).find(({ id }) => id === visit.appointment);
    expect(row?.scheduled_time).toBe(`${expected === 'done' ? to : start}:00`);
  });

  test('the visit’s present room is taken then, by a booking of ours: the room changes with the time', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    const { world, move, book, booking, row } = scene;
    const other = await book({
      patientId: await addPatient(world, 'Fred'),
      doctorId: doctorId('511720'),
      localStart: eleven,
    });
    expect(other.ok && other.value.room).toBe(booking.room);
    await world.control.forgetCalls();
    expect(kindOf(await move(eleven))).toBe('done');
    expect((await row()).exam_room).not.toBe(booking.room);
    expect((await callsOf(world)).filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
  });
});

describe('the PATCH', () => {
  const still = ['confirmed 2026-03-10T13:00 #2'];
  const moved = ['moved 2026-03-10T13:00 #3', 'confirmed 2026-03-10T15:00 #3'];
  test.each<[string, Fault, string, string, readonly string[]]>([
    ['a reply lost after the commit', { effect: 'commit-then-drop' }, 'done', eleven, moved],
    ['a reply cut once only', { effect: 'drop', times: 1 }, 'done', eleven, moved],
    ['a body where none belongs', { effect: 'garbage' }, 'done', eleven, moved],
    [
      'a connection cut before it',
      { effect: 'drop' },
      'ehr-unavailable',
      nine,
      ['changing 2026-03-10T13:00 #2'],
    ],
    ['a 500', { effect: 'status', status: 500 }, 'ehr-unavailable', nine, ['changing 2026-03-10T13:00 #2']],
    ['a 400', { effect: 'status', status: 400 }, 'ehr-refused', nine, still],
    ['a 403', { effect: 'status', status: 403 }, 'ehr-refused', nine, still],
    ['a 409', { effect: 'status', status: 409 }, 'slot-taken', nine, still],
    ['a 429', { effect: 'status', status: 429 }, 'ehr-unavailable', nine, still],
    ['a 401 once', { effect: 'status', status: 401, times: 1 }, 'done', eleven, moved],
    ['a 404', { effect: 'status', status: 404 }, 'visit-not-found', nine, ['cancelled 2026-03-10T13:00 #3']],
  ])('meets %s', async (_name, fault, expected, start, lines) => {
    const scene = await open();
    await lose(scene, fault);
    expect(kindOf(await scene.move(eleven))).toBe(expected);
    expect(await startOf(scene)).toBe(start);
    expect(linesOf(await scene.kept())).toEqual(lines);
  });

  test.each([
    ['commit-then-drop', ['moved', 'confirmed'], ['moved-after-all']],
    ['drop', ['confirmed'], ['not-moved']],
  ] as const)(
    'is lost (%s) and nothing can be read: unsure; reconcile finds out after a restart',
    async (effect, kept, news) => {
      const scene = await open();
      await lose(scene, { effect });
      await readsFailAfterChange(scene);
      expect(kindOf(await scene.move(eleven))).toBe('unsure');
      await scene.world.control.clearFaults();
      await scene.world.restart();
      scene.world.clock.advance(61_000);
      await scene.world.now().reconcile.run();
      expect((await scene.kept()).map(({ booking }) => booking.status)).toEqual(kept);
      expect(await newsOf(scene)).toEqual(news);
      await scene.world.now().reconcile.run();
      expect(await newsOf(scene)).toEqual(news);
    },
  );

  test('is followed by a kill before the write: the restarted process ends it, verified', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    failWrites(scene, 2);
    expect(kindOf(await scene.move(eleven))).toBe('unsure');
    expect(await startOf(scene)).toBe(eleven);
    expect(linesOf(await scene.kept())).toEqual(['changing 2026-03-10T13:00 #2']);
    await scene.world.restart();
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual([
      'moved 2026-03-10T13:00 #3',
      'confirmed 2026-03-10T15:00 #3',
    ]);
    expect(await newsOf(scene)).toEqual(['moved-after-all']);
  });

  test('while it is in doubt, the patient cannot book over either time, nor anybody be told a confirmation', async () => {
    const scene = await open();
    await lose(scene, { effect: 'commit-then-drop' });
    await readsFailAfterChange(scene);
    expect(kindOf(await scene.move(eleven))).toBe('unsure');
    await scene.world.control.clearFaults();
    expect(kindOf(await scene.book())).toBe('unconfirmed');
    const elsewhere = { doctorId: doctorId('511720'), localStart: eleven };
    expect(kindOf(await scene.book(elsewhere))).toBe('overlaps-own');
  });

  test('was lost, and the desk moves the visit elsewhere before anybody looks: its word stands', async () => {
    const scene = await open();
    await lose(scene, { effect: 'drop' });
    await readsFailAfterChange(scene);
    expect(kindOf(await scene.move(eleven))).toBe('unsure');
    await scene.world.control.clearFaults();
    await scene.world.control.patchAppointment(scene.booking.appointment, {
      scheduled_time: `${thursday}:00`,
    });
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    expect(await newsOf(scene)).toEqual(['cancelled-after-all']);
    expect(await startOf(scene)).toBe(thursday);
  });
});

describe('a taken time', () => {
  test('taken by the desk after the offer: 409 and three others; the visit stands where it was', async () => {
    const scene = await open();
    await scene.world.now().useCases.openTimes(scene.booking);
    await deskBooks(scene.world, eleven);
    expect(await scene.move(eleven)).toMatchObject({
      error: { kind: 'slot-taken', alternatives: [{}, {}, {}] },
    });
    expect(await startOf(scene)).toBe(nine);
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
  });

  test('scope room: only its room is taken: moved into another, with one more PATCH', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    const { world, move, booking, row } = scene;
    await world.now().useCases.openTimes(booking);
    await deskBooks(world, eleven, { doctor: 511719, exam_room: booking.room });
    await world.control.forgetCalls();
    expect(kindOf(await move(eleven))).toBe('done');
    expect((await row()).exam_room).not.toBe(booking.room);
    expect((await callsOf(world)).filter((call) => call.startsWith('PATCH'))).toHaveLength(2);
  });

  test.each(['room', 'off'] as const)(
    'sandbox scope %s: the desk has the doctor in another room: moved back, and said to be taken',
    async (sandboxScope) => {
      const scene = await open({ sandboxScope, overlapScope: 'room' });
      beforeNextChange(scene, () => deskBooks(scene.world, eleven));
      expect(await scene.move(eleven)).toMatchObject({
        error: { kind: 'slot-taken', alternatives: [{}, {}, {}] },
      });
      expect(await startOf(scene)).toBe(nine);
      expect((await scene.row()).exam_room).toBe(scene.booking.room);
      expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
    },
  );

  test('the way back meets a taken room: into another one, at its old time', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    const { world, booking } = scene;
    beforeNextChange(scene, async () => {
      await deskBooks(world, eleven);
      beforeNextChange(scene, () => deskBooks(world, nine, { doctor: 511720, exam_room: booking.room }));
    });
    expect(kindOf(await scene.move(eleven))).toBe('slot-taken');
    expect(await startOf(scene)).toBe(nine);
    const [kept] = await scene.kept();
    expect((await scene.row()).exam_room).toBe(kept?.booking.room);
    expect(kept?.booking).toMatchObject({ status: 'confirmed' });
    expect(kept?.booking.room).not.toBe(booking.room);
  });

  test('the way back is lost as well: unsure, and reconcile brings it home', async () => {
    const scene = await open({ sandboxScope: 'off', overlapScope: 'room' });
    beforeNextChange(scene, async () => {
      await deskBooks(scene.world, eleven);
      // The second change is the way back.
      beforeNextChange(scene, () => lose(scene, { effect: 'status', status: 500, times: 0 }));
    });
    expect(kindOf(await scene.move(eleven))).toBe('unsure');
    expect(await startOf(scene)).toBe(eleven);
    await scene.world.now().reconcile.run();
    expect(await newsOf(scene)).toEqual([]);
    await scene.world.control.clearFaults();
    await scene.world.restart();
    await scene.world.now().reconcile.run();
    expect(await startOf(scene)).toBe(nine);
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
    expect(await newsOf(scene)).toEqual(['not-moved']);
  });

  test.each([
    [false, 'changed-since', 'confirmed 2026-03-10T13:00 #2'],
    // Taken back, but not on our books: nobody says that nothing has changed.
    [true, 'still-checking', 'changing 2026-03-10T13:00 #2'],
  ])(
    'a process died over it: taken back before anything else is done to the visit (store fails again: %s)',
    async (failsAgain, said, line) => {
      const scene = await open({ sandboxScope: 'off', overlapScope: 'room' });
      const { world, shown } = scene;
      failWrites(scene, 2);
      beforeNextChange(scene, () => deskBooks(world, thursday));
      expect(kindOf(await scene.move(thursday))).toBe('unsure');
      await world.restart();
      if (failsAgain) failWrites(scene, 2);
      const there = { ...shown, startsAt: '2026-03-12T13:00:00.000Z' };
      expect(kindOf(await scene.cancel(there))).toBe(said);
      expect([await startOf(scene), (await scene.row()).status]).toEqual([nine, '']);
      expect(linesOf(await scene.kept())).toEqual([line]);
    },
  );

  test('lists that lag: its own row has to be seen at the new time before "moved" is said', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    scene.world.clock.advance(60_000);
    await scene.world.now().useCases.openTimes(scene.booking);
    await scene.world.control.fault({
      method: 'GET',
      path: '/api/appointments',
      effect: 'stale-lists',
      ms: 2000,
      times: 0,
    });
    expect(kindOf(await scene.move(eleven))).toBe('done');
    expect((await callsOf(scene.world)).filter((call) => call === 'GET appointments').length).toBeGreaterThan(
      1,
    );
  });

  test('there and back within a list’s lag: what shows the visit as it stood there before proves nothing', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    const { world, shown } = scene;
    world.clock.advance(60_000);
    expect(kindOf(await scene.move(eleven))).toBe('done');
    deskBooksUnseen(scene, nine);
    const there = { ...shown, startsAt: '2026-03-10T15:00:00.000Z' };
    expect(kindOf(await scene.move(nine, there))).toBe('slot-taken');
    expect(await startOf(scene)).toBe(eleven);
  });

  test('lists that lag for long: unsure, then moved after all', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    scene.world.clock.advance(60_000);
    await scene.world.control.fault({
      method: 'GET',
      path: '/api/appointments',
      effect: 'stale-lists',
      ms: 30_000,
      times: 0,
    });
    expect(kindOf(await scene.move(eleven))).toBe('unsure');
    await scene.world.now().reconcile.run();
    expect(await newsOf(scene)).toEqual([]);
    scene.world.clock.advance(31_000);
    await scene.world.now().reconcile.run();
    expect(await newsOf(scene)).toEqual(['moved-after-all']);
  });
});

describe('since the card was shown', () => {
  test.each([
    ['moved by the desk', { scheduled_time: `${thursday}:00` }, 'changed-since'],
    ['cancelled', { status: 'Cancelled' }, 'changed-since'],
    ['begun', { status: 'In Session' }, 'not-changeable'],
    ['deleted', { deleted_flag: true }, 'visit-not-found'],
  ])('%s', async (_name, change, expected) => {
    const scene = await open();
    await scene.world.control.patchAppointment(scene.booking.appointment, change);
    const outcome = await scene.move(eleven);
    expect(kindOf(outcome)).toBe(expected);
    if (expected === 'changed-since' && 'scheduled_time' in change)
      expect(outcome).toMatchObject({ error: { visit: { localStart: thursday } } });
    expect(await callsOf(scene.world)).not.toContain('PATCH appointments by id');
  });

  test('somebody else’s visit is not found, and nothing of it is told', async () => {
    const scene = await open();
    const fred = await addPatient(scene.world, 'Fred');
    const theirs = { ...scene.shown, patientId: fred };
    for (const outcome of [
      await scene.move(eleven, theirs),
      await scene.cancel(theirs),
      await scene.undo(theirs),
    ])
      expect(outcome).toEqual({ ok: false, error: { kind: 'visit-not-found' } });
  });

  test('an old card after a move: says where the visit is now', async () => {
    const scene = await open();
    await scene.move(thursday);
    expect(await scene.cancel()).toMatchObject({
      error: { kind: 'changed-since', visit: { localStart: thursday } },
    });
    expect(await scene.move(eleven)).toMatchObject({
      error: { kind: 'changed-since', visit: { localStart: thursday } },
    });
  });

  test('too near: the notice', async () => {
    const scene = await open({ cancelNoticeMinutes: 24 * 60 });
    scene.world.clock.set('2026-03-09T14:00:00Z');
    expect(await scene.move(thursday)).toMatchObject({ error: { kind: 'too-late', noticeMinutes: 24 * 60 } });
  });
});

test('times for a move are the visit’s own doctor, office and length, and not its present one', async () => {
  const scene = await open();
  const upcoming = await scene.world.now().useCases.upcoming(scene.patient);
  const visit = upcoming.ok ? upcoming.value.visits[0] : undefined;
  if (visit === undefined) throw new Error('not shown');
  const times = await scene.world.now().useCases.timesForMove(visit);
  if (!times.ok) throw new Error(times.error.kind);
  expect(times.value.slots.length).toBeGreaterThan(20);
  for (const slot of times.value.slots) {
    expect(slot).toMatchObject({ doctorId: visit.doctorId, officeId: visit.officeId, durationMinutes: 30 });
    expect(slot.startsAt).not.toBe(visit.startsAt);
  }
});

describe('to a time at which a create was given up', () => {
  /** Booked at eleven, and the call was lost; ten minutes later that is said. */
  async function givenUp() {
    const scene = await open({ sandboxScope: 'off' });
    const { world, book } = scene;
    await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop', times: 2 });
    expect(kindOf(await book({ localStart: eleven }))).toBe('unconfirmed');
    world.clock.advance(10 * 60_000);
    await world.now().reconcile.run();
    expect(await newsOf(scene)).toEqual(['not-booked']);
    const lost = (await scene.kept()).find(({ booking }) => booking.status === 'failed')?.booking;
    if (lost === undefined) throw new Error('nothing was given up');
    const late = () =>
      deskBooks(world, eleven, { patient: Number(scene.patient), notes: `Bookadoc ${lost.ref}` });
    const lateRow = async () =>
      (await world.control.appointments()).find(({ notes }) => notes === `Bookadoc ${lost.ref}`);
    return { scene, late, lateRow };
  }

  test.each<[string, (scene: VisitScene) => Promise<unknown>, string]>([
    ['stands there', async () => undefined, ''],
    ['was called off since', ({ cancel, shown }) => cancel({ ...shown, startsAt: at(eleven) }), 'Cancelled'],
    ['was moved on since', ({ move, shown }) => move(thursday, { ...shown, startsAt: at(eleven) }), ''],
  ])('the create is still looked for while the visit %s', async (_, since, status) => {
    const { scene, late, lateRow } = await givenUp();
    const { world, move } = scene;
    expect(kindOf(await move(eleven))).toBe('done');
    await since(scene);
    await late();
    world.clock.advance(3_600_000);
    await world.now().reconcile.run();
    expect((await lateRow())?.status).toBe('Cancelled');
    expect((await scene.row()).status).toBe(status);
    await world.now().reconcile.run();
    expect(await world.now().store.list('booking', 'unsettled', { from: '', to: '~' })).toEqual([]);
    // Whoever asks for that time again has it once.
    if (status === '') expect(await starts(scene)).not.toContain(await startOf(scene));
  });
});

const at = (localStart: string): string => `${localStart.slice(0, 10)}T15:00:00.000Z`;
