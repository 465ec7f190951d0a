// Cancelling a visit, and taking that back: a table of what the EHR, the network and the desk do in between. Real sandbox, real store.
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../support/sandbox-control.ts';
import { trailOf } from '../support/trail.ts';
import {
  addPatient,
  beforeNextChange,
  callsOf,
  deskBooks,
  deskBooksUnseen,
  eleven,
  failWrites,
  kindOf,
  linesOf,
  lose,
  newsOf,
  nine,
  openVisit,
  readsFailAfterChange,
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
describe('a cancellation', () => {
  test('is two calls; the row stays with all that is in it, and the time is on offer again', async () => {
    const scene = await open();
    const { world, cancel, row, booking } = scene;
    await world.control.patchAppointment(booking.appointment, {
      reason: 'as the desk has it',
      color: '#123456',
    });
    const before = await row();
    await world.now().useCases.openTimes(booking);
    await world.control.forgetCalls();
    const outcome = await cancel();
    expect(outcome).toMatchObject({
      ok: true,
      value: { visit: { state: 'cancelled', changeable: false, localStart: nine } },
    });
    expect(outcome.ok && outcome.value.undoUntilMs).toBe(world.clock.now() + 60_000);
    expect(await callsOf(world)).toEqual(['GET appointments by id', 'PATCH appointments by id']);
    const { status, updated_at: _at, status_transitions: _transitions, ...rest } = await row();
    const { status: _status, updated_at: _was, status_transitions: _before, ...same } = before;
    expect([status, rest]).toEqual([
      'Cancelled',
      { ...same, extended_updated_at: rest['extended_updated_at'] },
    ]);
    expect(linesOf(await scene.kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    const offer = await world.now().useCases.openTimes(booking);
    expect(offer.ok && offer.value.slots.map(({ localStart }) => localStart)).toContain(nine);
  });

  test('asked for twice, or by twenty at once, is one PATCH and the same answer', async () => {
    const { world, cancel } = await open();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cancel()));
    expect(new Set(outcomes.map(kindOf))).toEqual(new Set(['done']));
    expect(new Set(outcomes.map((one) => (one.ok ? one.value.undoUntilMs : 0))).size).toBe(1);
    expect((await callsOf(world)).filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
    world.clock.advance(60_000);
    expect(await cancel()).toMatchObject({ error: { kind: 'changed-since', visit: { state: 'cancelled' } } });
  });

  test.each<[string, Fault, string, string, string]>([
    ['a reply lost after the commit', { effect: 'commit-then-drop' }, 'done', 'Cancelled', 'cancelled #3'],
    ['a reply cut once only', { effect: 'drop', times: 1 }, 'done', 'Cancelled', 'cancelled #3'],
    ['a connection cut before it', { effect: 'drop' }, 'ehr-unavailable', '', 'changing #2'],
    ['a 500', { effect: 'status', status: 500 }, 'ehr-unavailable', '', 'changing #2'],
    ['a redirect', { effect: 'status', status: 302 }, 'ehr-unavailable', '', 'changing #2'],
    ['a 400', { effect: 'status', status: 400 }, 'ehr-refused', '', 'confirmed #2'],
    ['a 403', { effect: 'status', status: 403 }, 'ehr-refused', '', 'confirmed #2'],
    ['a 409', { effect: 'status', status: 409 }, 'ehr-refused', '', 'confirmed #2'],
    ['a 429', { effect: 'status', status: 429 }, 'ehr-unavailable', '', 'confirmed #2'],
    ['a 404', { effect: 'status', status: 404 }, 'visit-not-found', '', 'cancelled #3'],
    ['a body where none belongs', { effect: 'garbage' }, 'done', 'Cancelled', 'cancelled #3'],
  ])('the PATCH meets %s', async (_name, fault, expected, ehrStatus, onFile) => {
    const scene = await open();
    await lose(scene, fault);
    expect(kindOf(await scene.cancel())).toBe(expected);
    expect((await scene.row()).status).toBe(ehrStatus);
    expect(linesOf(await scene.kept()).map((line) => line.replace(/ \S+ /, ' '))).toEqual([onFile]);
  });

  test('not done as far as could be seen: can be tried again, and reconcile leaves it as it stands without a word', async () => {
    const scene = await open();
    await lose(scene, { effect: 'drop' });
    expect(kindOf(await scene.cancel())).toBe('ehr-unavailable');
    scene.world.clock.advance(61_000);
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
    expect(await newsOf(scene)).toEqual([]);
    expect(kindOf(await scene.cancel())).toBe('done');
  });

  test('not done as far as could be seen: a request may be late, so it is not settled within the minute', async () => {
    const scene = await open();
    await lose(scene, { effect: 'drop' });
    expect(kindOf(await scene.cancel())).toBe('ehr-unavailable');
    scene.world.clock.advance(50_000);
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['changing 2026-03-10T13:00 #2']);
    scene.world.clock.advance(10_000);
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #2']);
  });

  test('not done as far as could be seen, and then the late request arrives: the patient hears of it', async () => {
    const scene = await open();
    await lose(scene, { effect: 'drop' });
    expect(kindOf(await scene.cancel())).toBe('ehr-unavailable');
    await scene.world.control.patchAppointment(scene.booking.appointment, { status: 'Cancelled' });
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    expect(await newsOf(scene)).toEqual(['cancelled-after-all']);
  });

  test.each([
    ['commit-then-drop', 'cancelled', ['cancelled-after-all']],
    ['drop', 'confirmed', ['not-cancelled']],
  ] as const)(
    'neither the reply nor the row can be read (%s): unsure, and reconcile finds out that it is %s',
    async (effect, status, news) => {
      const scene = await open();
      await lose(scene, { effect });
      await readsFailAfterChange(scene);
      expect(kindOf(await scene.cancel())).toBe('unsure');
      expect(await newsOf(scene)).toEqual([]);
      await scene.world.control.clearFaults();
      scene.world.clock.advance(61_000);
      await scene.world.now().reconcile.run();
      expect((await scene.kept()).map(({ booking }) => booking.status)).toEqual([status]);
      expect(await newsOf(scene)).toEqual(news);
    },
  );

  test.each([
    ['moved by the desk', { scheduled_time: `${eleven}:00` }, 'changed-since'],
    ['cancelled by the desk', { status: 'Cancelled' }, 'changed-since'],
    ['marked as missed', { status: 'No Show' }, 'changed-since'],
    ['over', { status: 'Complete' }, 'changed-since'],
    ['arrived', { status: 'Arrived' }, 'not-changeable'],
    ['in a state of the practice’s own', { status: 'Waiting for X-ray' }, 'not-changeable'],
    ['deleted', { deleted_flag: true }, 'visit-not-found'],
    ['another patient’s', { patient: 86525203 }, 'visit-not-found'],
  ])('of a visit that was %s since it was shown does nothing', async (_name, change, expected) => {
    const { world, cancel, booking } = await open();
    if ('patient' in change) change.patient = Number(await addPatient(world, 'Fred'));
    await world.control.patchAppointment(booking.appointment, change);
    await world.control.forgetCalls();
    expect(kindOf(await cancel())).toBe(expected);
    expect(await callsOf(world)).toEqual(['GET appointments by id']);
  });

  test.each<[string, number, string, string]>([
    ['in time', 120, '2026-03-10T11:00:00Z', 'done'],
    ['a millisecond late', 120, '2026-03-10T11:00:00.001Z', 'too-late'],
    ['without a notice, a moment before it begins', 0, '2026-03-10T12:59:59.999Z', 'done'],
    ['without a notice, as it begins', 0, '2026-03-10T13:00:00Z', 'too-late'],
    ['when it is going on', 0, '2026-03-10T13:10:00Z', 'too-late'],
  ])('%s', async (_name, cancelNoticeMinutes, now, expected) => {
    const { world, cancel } = await open({ cancelNoticeMinutes });
    world.clock.set(now);
    expect(kindOf(await cancel())).toBe(expected);
  });

  test('of a visit made by phone makes a record of it, and leaves the desk’s words alone', async () => {
    const { world, cancel, patient, kept } = await open();
    await deskBooks(world, eleven, { patient: Number(patient), notes: 'likes mornings', reason: 'knee' });
    const upcoming = await world.now().useCases.upcoming(patient);
    const visit = upcoming.ok ? upcoming.value.visits[1] : undefined;
    if (visit === undefined) throw new Error('not shown');
    expect(kindOf(await cancel(visit))).toBe('done');
    const row = (await world.control.appointments()).find(({ id }) => id === visit.appointment);
    expect(row).toMatchObject({ status: 'Cancelled', notes: 'likes mornings', reason: 'knee' });
    expect(linesOf(await kept())).toEqual(['confirmed 2026-03-10T13:00 #2', 'cancelled 2026-03-10T15:00 #1']);
  });

  test('of a second visit that the desk made at the same time leaves ours on our books', async () => {
    const { world, cancel, undo, book, booking, patient, kept } = await open();
    await deskBooks(world, nine, { patient: Number(patient) });
    const upcoming = await world.now().useCases.upcoming(patient);
    const visits = upcoming.ok ? upcoming.value.visits : [];
    const second = visits.find(({ appointment }) => appointment !== booking.appointment);
    expect(visits).toHaveLength(2);
    expect(kindOf(await cancel(second))).toBe('done');
    expect(linesOf(await kept()).toSorted()).toEqual([
      'cancelled 2026-03-10T13:00 #1',
      'confirmed 2026-03-10T13:00 #2',
    ]);
    expect(kindOf(await cancel(second))).toBe('done');
    // Ours is in the way now.
    expect(kindOf(await undo(second))).toBe('overlaps-own');
    expect(await book()).toMatchObject({ ok: true, value: { appointment: booking.appointment } });
  });

  test('of a visit that the desk has moved follows it: one record stands for it', async () => {
    const { world, cancel, booking, shown, kept, row } = await open();
    await world.control.patchAppointment(booking.appointment, { scheduled_time: `${eleven}:00` });
    const moved = { ...shown, startsAt: '2026-03-10T15:00:00.000Z' };
    expect(kindOf(await cancel(moved))).toBe('done');
    expect((await row()).status).toBe('Cancelled');
    expect(linesOf(await kept())).toEqual(['moved 2026-03-10T13:00 #3', 'cancelled 2026-03-10T15:00 #3']);
  });

  test('with the disk full before it: nothing is sent. With the disk full after it: unsure, and reconcile ends it', async () => {
    const scene = await open();
    const restore = failWrites(scene, 1);
    expect(kindOf(await scene.cancel())).toBe('ehr-unavailable');
    expect((await scene.row()).status).toBe('');
    restore();
    const again = failWrites(scene, 2);
    expect(kindOf(await scene.cancel())).toBe('unsure');
    again();
    expect((await scene.row()).status).toBe('Cancelled');
    await scene.world.restart();
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    expect(await newsOf(scene)).toEqual(['cancelled-after-all']);
  });

  test('frees the key: the same time is booked anew, as the same entry in calendars', async () => {
    const { cancel, book, booking, kept } = await open();
    await cancel();
    const again = await book();
    if (!again.ok) throw new Error(again.error.kind);
    expect(again.value).toMatchObject({ calendarRef: booking.ref });
    expect(again.value.appointment).not.toBe(booking.appointment);
    expect(linesOf(await kept())).toEqual(['confirmed 2026-03-10T13:00 #5']);
  });
});

describe('a reason', () => {
  const because = (scene: VisitScene, reason: string) =>
    scene.world.now().useCases.cancelVisit({ visit: scene.shown, channel: 'webchat', reason });

  test('goes into the notes with the same PATCH, nowhere else, and out of them with an undo', async () => {
    const scene = await open();
    const { world, booking, row } = scene;
    const ours = `Bookadoc ${booking.ref}`;
    expect(await because(scene, 'my "car" broke down')).toMatchObject({ value: { reasonKept: true } });
    expect(await callsOf(world)).toEqual(['GET appointments by id', 'PATCH appointments by id']);
    expect((await row())['notes']).toBe(`${ours}. Cancelled by the patient: "my 'car' broke down"`);
    expect(JSON.stringify([await scene.kept(), world.logLines])).not.toMatch(/car|broke/);
    expect(kindOf(await scene.undo())).toBe('done');
    expect((await row())['notes']).toBe(ours);
  });

  test.each([
    ['the desk has written there', 'call back', 'call back', false],
    ['nothing stands there, as the desk made the visit', '', 'Cancelled by the patient: "work"', true],
  ])('%s', async (_name, notes, after, reasonKept) => {
    const scene = await open();
    await scene.world.control.patchAppointment(scene.booking.appointment, { notes });
    expect(await because(scene, 'work')).toMatchObject({ value: { reasonKept } });
    expect(await scene.row()).toMatchObject({ status: 'Cancelled', notes: after });
  });

  test('what the desk writes behind it meanwhile outlives the undo', async () => {
    const scene = await open();
    await because(scene, 'work');
    const notes = `${(await scene.row())['notes']} rang her`;
    await scene.world.control.patchAppointment(scene.booking.appointment, { notes });
    expect(kindOf(await scene.undo())).toBe('done');
    expect(await scene.row()).toMatchObject({ status: '', notes });
  });

  test('asked a second time, nothing is said of it: it was not sent again', async () => {
    const scene = await open();
    await scene.cancel();
    const again = await because(scene, 'work');
    expect(again.ok && again.value).not.toHaveProperty('reasonKept');
  });
});

describe('taking it back', () => {
  test('within the minute the visit stands again, after a look at the time and another at who is there', async () => {
    const scene = await open();
    const { world, cancel, undo, row } = scene;
    await cancel();
    await world.control.forgetCalls();
    world.clock.advance(59_999);
    expect(await undo()).toMatchObject({ ok: true, value: { state: 'booked', localStart: nine } });
    expect(await callsOf(world)).toEqual([
      'GET appointments by id',
      'GET appointments',
      'PATCH appointments by id',
      'GET appointments',
    ]);
    expect((await row()).status).toBe('');
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #4']);
    expect(kindOf(await undo())).toBe('done');
  });

  test('a minute later it is not possible any more', async () => {
    const { world, cancel, undo, row } = await open();
    await cancel();
    world.clock.advance(60_000);
    expect(await undo()).toMatchObject({ error: { kind: 'not-changeable', visit: { state: 'cancelled' } } });
    expect((await row()).status).toBe('Cancelled');
  });

  test('what the desk has cancelled is not taken back', async () => {
    const { world, undo, booking } = await open();
    await world.control.patchAppointment(booking.appointment, { status: 'Cancelled' });
    expect(kindOf(await undo())).toBe('not-changeable');
  });

  test('after a restart, too', async () => {
    const { world, cancel, undo } = await open();
    await cancel();
    await world.restart();
    expect(kindOf(await undo())).toBe('done');
  });

  test.each(['doctor', 'room'] as const)(
    'scope %s: somebody has the time by now: it stays cancelled',
    async (scope) => {
      const { world, cancel, undo, row, kept } = await open({ sandboxScope: scope, overlapScope: scope });
      await cancel();
      await deskBooks(world, nine);
      expect(await undo()).toMatchObject({ error: { kind: 'slot-taken', alternatives: [{}, {}, {}] } });
      expect((await row()).status).toBe('Cancelled');
      expect(linesOf(await kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    },
  );

  test('another patient of ours has it, in a list that does not show it yet', async () => {
    const { world, cancel, undo, book } = await open({ sandboxScope: 'off', overlapScope: 'room' });
    await cancel();
    expect(kindOf(await book({ patientId: await addPatient(world, 'Fred') }))).toBe('done');
    await world.control.fault({ method: 'GET', effect: 'stale-lists', ms: 30_000, times: 0 });
    expect(kindOf(await undo())).toBe('slot-taken');
  });

  test('somebody else holds it while they read their check: it stays theirs, until they let go', async () => {
    const { world, patient, booking, cancel, undo, row } = await open();
    await cancel();
    const { hold, release } = world.now().useCases;
    const { doctorId, officeId, durationMinutes } = booking;
    const time = { doctorId, officeId, durationMinutes, localStart: nine, channel: 'webchat' };
    const fred = await addPatient(world, 'Fred');
    expect(kindOf(await hold({ ...time, patientId: fred, conversationId: 'webchat|fred' }))).toBe('done');
    expect(kindOf(await undo())).toBe('slot-taken');
    expect((await row()).status).toBe('Cancelled');
    await release('webchat|fred');
    expect(kindOf(await hold({ ...time, patientId: patient, conversationId: 'webchat|1' }))).toBe('done');
    expect(kindOf(await undo())).toBe('done');
  });

  test.each(['room', 'off'] as const)(
    'sandbox scope %s: the desk takes it between the look and the PATCH: cancelled again, and said so',
    async (sandboxScope) => {
      const scene = await open({ sandboxScope, overlapScope: 'room' });
      const { world, cancel, undo, row, kept } = scene;
      await cancel();
      beforeNextChange(scene, () => deskBooks(world, nine));
      expect(kindOf(await undo())).toBe('slot-taken');
      expect((await row()).status).toBe('Cancelled');
      expect(linesOf(await kept())).toEqual(['cancelled 2026-03-10T13:00 #3']);
    },
  );

  test('the desk takes it, and the list still shows the visit as it was before it was cancelled: that proves nothing', async () => {
    const scene = await open({ sandboxScope: 'room', overlapScope: 'room' });
    const { world, cancel, undo, row } = scene;
    world.clock.advance(60_000);
    await cancel();
    deskBooksUnseen(scene, nine);
    expect(kindOf(await undo())).toBe('slot-taken');
    expect((await row()).status).toBe('Cancelled');
  });

  test('the patient has another visit then by now', async () => {
    const { world, cancel, undo, book } = await open();
    await cancel();
    const doctors = await world.now().useCases.directory.doctors();
    const ids = doctors.ok ? doctors.value.map(({ id }) => id) : [];
    const outcomes = [];
    for (const doctorId of ids.slice(1)) outcomes.push(kindOf(await book({ doctorId })));
    expect(outcomes).toContain('done');
    expect(kindOf(await undo())).toBe('overlaps-own');
  });

  test.each<[string, Fault, string, string]>([
    ['a reply lost after the commit', { effect: 'commit-then-drop' }, 'done', ''],
    ['a connection cut before it', { effect: 'drop' }, 'ehr-unavailable', 'Cancelled'],
    ['a 409', { effect: 'status', status: 409 }, 'slot-taken', 'Cancelled'],
    ['a 400', { effect: 'status', status: 400 }, 'ehr-refused', 'Cancelled'],
  ])('the PATCH meets %s', async (_name, fault, expected, ehrStatus) => {
    const scene = await open();
    await scene.cancel();
    await lose(scene, fault);
    expect(kindOf(await scene.undo())).toBe(expected);
    expect((await scene.row()).status).toBe(ehrStatus);
    if (expected === 'ehr-unavailable') expect(kindOf(await scene.undo())).toBe('done');
  });

  test('left in doubt, it is settled before anything else is done to the visit: a cancellation that fails then is no reason to forget it', async () => {
    const scene = await open();
    const { world, cancel, undo, kept } = scene;
    world.clock.advance(60_000);
    await cancel();
    const lag = () => world.control.fault({ method: 'GET', effect: 'stale-lists', ms: 30_000, times: 0 });
    await lag();
    expect(kindOf(await undo())).toBe('unsure');
    // Nobody can tell yet whether it has its time to itself.
    expect(kindOf(await cancel())).toBe('still-checking');
    await world.control.clearFaults();
    await lose(scene, { effect: 'drop' });
    expect(kindOf(await cancel())).toBe('ehr-unavailable');
    world.clock.advance(61_000);
    await world.now().reconcile.run();
    // A number more than the cancellation's: whoever was written that it is off is written that it is on.
    expect(linesOf(await kept())).toEqual(['confirmed 2026-03-10T13:00 #4']);
    expect(await newsOf(scene)).toContain('restored-after-all');
    expect(kindOf(await cancel())).toBe('done');
  });

  test.each<[string, (scene: VisitScene) => Promise<void>, string]>([
    ['refused', (scene) => lose(scene, { effect: 'status', status: 400 }), 'ehr-refused'],
    [
      'taken by the desk between the look and the PATCH',
      async (scene) => void beforeNextChange(scene, () => deskBooks(scene.world, nine)),
      'slot-taken',
    ],
    ['not done as far as could be seen', (scene) => lose(scene, { effect: 'drop' }), 'ehr-unavailable'],
    [
      'left to reconcile, which finds that it was not done',
      (scene) => lose(scene, { effect: 'drop' }),
      'ehr-unavailable, reconciled',
    ],
  ])('the minute is the cancellation’s, also after a try that was %s', async (_, arrange, expected) => {
    const scene = await open({ sandboxScope: 'off', overlapScope: 'room' });
    const { world, cancel, undo } = scene;
    const first = await cancel();
    world.clock.advance(40_000);
    await arrange(scene);
    expect(kindOf(await undo())).toBe(expected.split(',')[0]);
    const again = await cancel();
    if (again.ok && first.ok) expect(again.value.undoUntilMs).toBe(first.value.undoUntilMs);
    world.clock.advance(expected.endsWith('reconciled') ? 61_000 : 20_000);
    if (expected.endsWith('reconciled')) await world.now().reconcile.run();
    expect(kindOf(await undo())).toBe('not-changeable');
    expect((await scene.row()).status).toBe('Cancelled');
  });

  test('a list that never shows it leaves it unsure, and reconcile finds out', async () => {
    const scene = await open();
    await scene.cancel();
    await scene.world.control.fault({ method: 'GET', effect: 'stale-lists', ms: 30_000, times: 0 });
    scene.world.clock.advance(31_000);
    expect(kindOf(await scene.undo())).toBe('unsure');
    await scene.world.control.clearFaults();
    await scene.world.now().reconcile.run();
    expect(linesOf(await scene.kept())).toEqual(['confirmed 2026-03-10T13:00 #4']);
    expect(await newsOf(scene)).toEqual(['restored-after-all']);
  });
});

describe('refused before anything is sent, each leaves an entry of who wanted what, and why not', () => {
  const refusals = async ({ world }: VisitScene) =>
    (await trailOf(world.now().store)).flatMap(({ document }) => {
      const { at: _, previous: __, ...entry } = document;
      return entry['what'] === 'not-changed' ? [entry] : [];
    });

  test.each<[string, (scene: VisitScene) => Promise<void>, string]>([
    ['inside the notice', async ({ world }) => world.clock.advance(6.9 * 86_400_000), 'too-late'],
    [
      'moved by the desk since it was shown',
      ({ world, booking }) =>
        world.control.patchAppointment(booking.appointment, { scheduled_time: `${eleven}:00` }),
      'changed-since',
    ],
    [
      'arrived',
      ({ world, booking }) => world.control.patchAppointment(booking.appointment, { status: 'Arrived' }),
      'not-changeable',
    ],
  ])('%s', async (_, meanwhile, outcome) => {
    const scene = await open({ cancelNoticeMinutes: 1_440 });
    const { world, booking, cancel, move } = scene;
    await meanwhile(scene);
    await world.control.forgetCalls();
    const kinds = [await cancel(), await move('2026-03-13T09:00')].map(kindOf);
    expect(kinds).toEqual([outcome, outcome]);
    expect((await callsOf(world)).filter((call) => call.startsWith('PATCH'))).toEqual([]);
    const [first, second, ...others] = await refusals(scene);
    const entry = { what: 'not-changed', appointment: booking.appointment, outcome };
    expect(first).toEqual({ who: expect.stringMatching(/^[\w-]{22}$/), ...entry });
    expect([second, others]).toEqual([first, []]);
  });

  test('another person’s visit, and an undo that is too late', async () => {
    const scene = await open();
    const { world, shown, cancel, undo, move } = scene;
    const stranger = { ...shown, patientId: await addPatient(world, 'Sam') };
    for (const outcome of [await cancel(stranger), await move(eleven, stranger), await undo(stranger)])
      expect(kindOf(outcome)).toBe('visit-not-found');
    await cancel();
    world.clock.advance(61_000);
    await undo();
    const entries = await refusals(scene);
    expect(entries.map(({ outcome }) => outcome)).toEqual([
      ...['visit-not-found', 'visit-not-found', 'visit-not-found', 'not-changeable'],
    ]);
    expect(new Set(entries.map(({ who }) => who)).size).toBe(2);
    expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${shown.patientId}|Wilma|Sam`));
  });

  test('the answer is the same where the trail cannot be written', async () => {
    const scene = await open();
    await scene.world.control.patchAppointment(scene.booking.appointment, { status: 'Arrived' });
    const allow = failWrites(scene, 1);
    expect(kindOf(await scene.cancel())).toBe('not-changeable');
    allow();
    expect(scene.world.logLines.join()).toContain('refusal not audited');
  });
});
