// A picked time is held for whoever picked it: hidden from everybody else, booked by nobody else, and let go of in time.
import { afterEach, expect, test } from 'vitest';
import { type DoctorId, type OfficeId, type PatientId, patientId, type Slot } from '../../services/domain.ts';
import type { BookRequest } from '../../services/use-cases.ts';
import { openWorld, type World, type WorldOptions } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

interface Scene {
  readonly world: World;
  readonly slots: readonly Slot[];
  readonly patients: readonly PatientId[];
  /** What a conversation would ask for: `A` is the first patient's, `B` the second's. */
  request(who: 'A' | 'B', slot: number, more?: Partial<BookRequest>): BookRequest;
  hold(who: 'A' | 'B', slot: number, more?: Partial<BookRequest>): Promise<string>;
  book(who: 'A' | 'B', slot: number, more?: Partial<BookRequest>): Promise<string>;
  /** Which of the scene's times are on offer: to a conversation with its patient, or to a stranger. */
  seenBy(who: 'A' | 'B' | 'stranger', durationMinutes?: number): Promise<readonly number[]>;
  /** Hold documents in the store. */
  kept(): Promise<number>;
}

const conversationOf = { A: 'webchat|a', B: 'sms|b' };

/** Four half hours in a row of one doctor, a week from now, and two invented patients. */
async function scene(options: WorldOptions = {}): Promise<Scene> {
  const world = await openWorld(options);
  worlds.push(world);
  const { directory, openTimes } = world.now().useCases;
  const offices = await directory.offices();
  const office: OfficeId | undefined = offices.ok ? offices.value[0]?.id : undefined;
  const doctors = office === undefined ? undefined : await directory.doctorsAt(office);
  const doctor: DoctorId | undefined = doctors?.ok === true ? doctors.value[0]?.id : undefined;
  if (office === undefined || doctor === undefined) throw new Error('no office or doctor');
  const place = { officeId: office, doctorId: doctor };
  const offer = await openTimes({ ...place, durationMinutes: 30 });
  const all = offer.ok ? offer.value.slots : [];
  const first = all.findIndex(
    (slot, at) => at >= 40 && Date.parse(all[at + 3]?.endsAt ?? '') - Date.parse(slot.startsAt) === 7_200_000,
  );
  const slots = all.slice(first, first + 4);
  const ids = await world.control.addPatients(
    ['Wilma', 'Wendy'].map((first_name) => ({
      first_name,
      last_name: 'Tester',
      date_of_birth: '1980-05-06',
      gender: 'Female',
      doctor: 511718,
    })),
  );
  const patients = ids.map((id) => patientId(String(id)));
  const request: Scene['request'] = (who, slot, more) => {
    const [patient, localStart] = [patients[who === 'A' ? 0 : 1], slots[slot]?.localStart];
    if (patient === undefined || localStart === undefined) throw new Error('no such patient or time');
    return {
      ...place,
      patientId: patient,
      patientName: 'W Tester',
      localStart,
      durationMinutes: 30,
      channel: 'webchat',
      conversationId: conversationOf[who],
      ...more,
    };
  };
  await world.control.forgetCalls();
  return {
    world,
    slots,
    patients,
    request,
    async hold(...what) {
      const outcome = await world.now().useCases.hold(request(...what));
      return outcome.ok ? 'held' : outcome.error.kind;
    },
    async book(...what) {
      const outcome = await world.now().useCases.book(request(...what));
      return outcome.ok ? 'confirmed' : outcome.error.kind;
    },
    async seenBy(who, durationMinutes = 30) {
      const patient = patients[who === 'A' ? 0 : 1];
      const holder =
        who === 'stranger' || patient === undefined
          ? {}
          : { holder: { conversationId: conversationOf[who], patientId: patient } };
      const seen = await world.now().useCases.openTimes({ ...place, durationMinutes, ...holder });
      if (!seen.ok) throw new Error(seen.error.kind);
      const starts = new Set(seen.value.slots.map(({ startsAt }) => startsAt));
      return slots.flatMap(({ startsAt }, at) => (starts.has(startsAt) ? [at] : []));
    },
    async kept() {
      const { store } = world.now();
      // Writes reach the disk in order: once this one has, those before have, too.
      await store.batch([{ op: 'put', kind: 'answer', id: 'after', document: {} }]);
      return (await store.all('hold')).length;
    },
  };
}

const later = ({ world }: Scene, seconds: number): void => world.clock.advance(seconds * 1000);

test('what one conversation holds, another is neither offered nor given; its own sees it as free and books it', async () => {
  const at = await scene();
  expect(await at.hold('A', 1)).toBe('held');
  expect(await at.seenBy('A')).toEqual([0, 1, 2, 3]);
  expect(await at.seenBy('B')).toEqual([0, 2, 3]);
  expect(await at.seenBy('stranger')).toEqual([0, 2, 3]);
  const refused = await at.world.now().useCases.hold(at.request('B', 1));
  expect(refused.ok ? [] : refused.error.alternatives.map(({ startsAt }) => startsAt)).toEqual(
    [0, 2, 3].map((slot) => at.slots[slot]?.startsAt),
  );
  expect(await at.book('B', 1)).toBe('slot-taken');
  expect(await at.book('A', 1)).toBe('confirmed');
  expect(await at.kept()).toBe(0);
});

test('REST is neither offered nor given what is held, but for the patient whose it is', async () => {
  const at = await scene();
  await at.hold('A', 1);
  const { conversationId: _, ...ofB } = at.request('B', 1, { channel: 'rest' });
  const taken = await at.world.now().useCases.book(ofB);
  expect(taken.ok ? [] : taken.error).toMatchObject({ kind: 'slot-taken' });
  expect(!taken.ok && taken.error.kind === 'slot-taken' && taken.error.alternatives.length).toBe(3);
  const { conversationId: __, ...ofA } = at.request('A', 1, { channel: 'rest' });
  expect((await at.world.now().useCases.book(ofA)).ok).toBe(true);
  expect(await at.kept()).toBe(0);
});

test('a hold is of an interval: whatever overlaps it is refused, what only touches it is not', async () => {
  const at = await scene();
  await at.hold('A', 1);
  // An hour from the first half hour on reaches into the held one; from the third on it does not.
  expect(await at.seenBy('B', 60)).not.toContain(0);
  expect(await at.hold('B', 0, { durationMinutes: 60 })).toBe('slot-taken');
  expect(await at.book('B', 0, { durationMinutes: 45 })).toBe('slot-taken');
  expect(await at.hold('B', 0)).toBe('held');
  expect(await at.book('B', 2)).toBe('confirmed');
});

test('one hold a conversation: another choice lets go of the one before', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.hold('A', 3);
  expect(await at.seenBy('B')).toEqual([0, 1, 2]);
  expect(await at.kept()).toBe(1);
});

test('one hold a patient: the same person in a second conversation takes over', async () => {
  const at = await scene();
  await at.hold('A', 1);
  // The same time is theirs there, too.
  expect(await at.hold('A', 1, { conversationId: 'msteams|2' })).toBe('held');
  expect(await at.hold('A', 2, { conversationId: 'msteams|2' })).toBe('held');
  expect(await at.seenBy('B')).toEqual([0, 1, 3]);
  expect(await at.kept()).toBe(1);
});

test('released, it is on offer again; releasing nothing changes nothing', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.world.now().useCases.release(conversationOf.B);
  expect(await at.seenBy('B')).toEqual([0, 2, 3]);
  await at.world.now().useCases.release(conversationOf.A);
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
  expect(await at.kept()).toBe(0);
});

test('abandoned, it ends with its time, to the second; picking the same time again does not lengthen it', async () => {
  const at = await scene({ holdSeconds: 120 });
  await at.hold('A', 1);
  later(at, 60);
  expect(await at.hold('A', 1)).toBe('held');
  later(at, 59);
  expect(await at.seenBy('B')).toEqual([0, 2, 3]);
  later(at, 1);
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
});

test('it survives a restart until its time', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.world.restart();
  expect(await at.seenBy('B')).toEqual([0, 2, 3]);
  expect(await at.book('B', 1)).toBe('slot-taken');
  later(at, 300);
  await at.world.restart();
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
});

test('a released hold does not come back with a restart', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.world.now().useCases.release(conversationOf.A);
  await at.world.restart();
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
});

test('a hold that ended while its patient was reading: whoever took it since has it, and the first is told so', async () => {
  const at = await scene();
  await at.hold('A', 1);
  later(at, 301);
  expect(await at.hold('B', 1)).toBe('held');
  expect(await at.book('A', 1)).toBe('slot-taken');
  expect(await at.book('B', 1)).toBe('confirmed');
});

test('a hold that ended and that nobody took is booked as if there were no holds', async () => {
  const at = await scene();
  await at.hold('A', 1);
  later(at, 301);
  expect(await at.book('A', 1)).toBe('confirmed');
});

test('while a time is being booked nobody can take hold of it, even if its hold ends meanwhile', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'delay', ms: 200 });
  const booking = at.book('A', 1);
  await expect
    .poll(async () => (await at.world.control.calls()).map(({ method }) => method))
    .toContain('POST');
  later(at, 301);
  expect(await at.hold('B', 1)).toBe('slot-taken');
  expect(await at.hold('B', 2)).toBe('held');
  expect(await booking).toBe('confirmed');
});

test('a booking and a pick in the same moment: one of them has the time', async () => {
  const at = await scene();
  const [booked, held] = await Promise.all([at.book('A', 1), at.hold('B', 1)]);
  expect([
    ['confirmed', 'slot-taken'],
    ['slot-taken', 'held'],
  ]).toContainEqual([booked, held]);
});

test('a booking that comes to nothing lets go of the time', async () => {
  const at = await scene();
  await at.world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'status', status: 400 });
  expect(await at.book('A', 1)).toBe('ehr-refused');
  expect(await at.hold('B', 1)).toBe('held');
});

test('the EHR does not know of holds, and a pick costs it no call', async () => {
  const at = await scene();
  await at.hold('A', 1);
  await at.hold('A', 2);
  await at.world.now().useCases.release(conversationOf.A);
  expect(await at.world.control.calls()).toEqual([]);
});

test('HOLD_SECONDS=0: nothing is held, and no pick is refused', async () => {
  const at = await scene({ holdSeconds: 0 });
  await at.hold('A', 1);
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
  const [booked, picked] = await Promise.all([at.book('A', 1), at.hold('B', 1)]);
  expect([booked, picked]).toEqual(['confirmed', 'held']);
  expect(await at.kept()).toBe(0);
});

test('what is not whole holds nothing, and is no error yet', async () => {
  const at = await scene();
  const { patientId: _, ...nobody } = at.request('A', 1);
  expect(await at.world.now().useCases.hold(nobody)).toEqual({ ok: true, value: undefined });
  const { localStart: __, ...noTime } = at.request('A', 1);
  expect(await at.world.now().useCases.hold(noTime)).toEqual({ ok: true, value: undefined });
  expect(await at.kept()).toBe(0);
});

test('housekeeping sweeps what has ended, and only that', async () => {
  const at = await scene();
  await at.hold('A', 1);
  later(at, 200);
  await at.hold('B', 2);
  later(at, 101);
  await at.world.now().housekeeping.run();
  expect(await at.kept()).toBe(1);
  expect(await at.seenBy('A')).toEqual([0, 1, 3]);
});

test('a damaged hold keeps nobody from booking', async () => {
  const at = await scene();
  await at.world.now().store.insert('hold', 'damaged', { patientId: 5 });
  await at.world.restart();
  expect(await at.seenBy('B')).toEqual([0, 1, 2, 3]);
  expect(await at.kept()).toBe(0);
});

test('of the conversation the store has only a hash', async () => {
  const at = await scene();
  await at.hold('B', 1);
  await at.kept();
  const [held] = await at.world.now().store.all('hold');
  expect(JSON.stringify(held)).not.toContain('sms');
  expect(held?.document).toEqual({
    patientId: at.patients[1],
    doctorId: at.slots[1]?.doctorId,
    startsAt: at.slots[1]?.startsAt,
    endsAt: at.slots[1]?.endsAt,
    expiresAt: new Date(at.world.clock.now() + 300_000).toISOString(),
  });
});
