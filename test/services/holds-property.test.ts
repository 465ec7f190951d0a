// Three conversations pick, leave, book and fall silent in any order, with restarts: holds end in time, and a time is refused only because somebody has it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patientId, type Slot } from '../../services/domain.ts';
import type { BookRequest } from '../../services/use-cases.ts';
import { openWorld, type World } from '../support/world.ts';

const conversations = 3;
const times = 3;
const holdSeconds = 300;

const who = fc.nat({ max: conversations - 1 });
const when = fc.nat({ max: times - 1 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pick' as const), who, when }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('leave' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('book' as const), who, when }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 100, 299, 300) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Held {
  readonly when: number;
  readonly untilMs: number;
}

test('whatever the order', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      const world = await openWorld({ holdSeconds });
      try {
        await play(world, steps);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 60, seed: 20260303 },
  );
});

async function play(world: World, steps: readonly Step[]): Promise<void> {
  const { slots, requestOf, seen } = await scene(world);
  const held = new Map<number, Held>();
  const booked = new Map<number, number>();
  const others = (me: number, at: number): boolean =>
    [...held].some(([by, hold]) => by !== me && hold.when === at && hold.untilMs > world.clock.now());

  for (const each of steps) {
    const { useCases } = world.now();
    if (each.do === 'pick') {
      const outcome = await useCases.hold(requestOf(each.who, each.when));
      // Refused only because somebody else has it.
      expect(outcome.ok).toBe(!others(each.who, each.when));
      const before = held.get(each.who);
      const isKept = before?.when === each.when && before.untilMs > world.clock.now();
      if (outcome.ok && !isKept)
        held.set(each.who, { when: each.when, untilMs: world.clock.now() + holdSeconds * 1000 });
    }
    if (each.do === 'leave') {
      await useCases.release(`webchat|${each.who}`);
      held.delete(each.who);
    }
    if (each.do === 'book') {
      const isMine = booked.get(each.when) === each.who;
      const isFree = !booked.has(each.when) && !others(each.who, each.when);
      const outcome = await useCases.book(requestOf(each.who, each.when));
      expect(outcome.ok).toBe(isMine || isFree);
      if (isFree) {
        booked.set(each.when, each.who);
        for (const [by, hold] of held) if (hold.when === each.when) held.delete(by);
      }
    }
    if (each.do === 'wait') world.clock.advance(each.seconds * 1000);
    if (each.do === 'restart') await world.restart();
    if (each.do === 'sweep') await world.now().housekeeping.run();
    for (let me = 0; me < conversations; me += 1) {
      const expected = slots.flatMap((_, at) => (booked.has(at) || others(me, at) ? [] : [at]));
      expect({ each, me, seen: await seen(me) }).toEqual({ each, me, seen: expected });
    }
  }
  world.clock.advance(holdSeconds * 1000);
  for (const me of [0, 1, 2]) expect(await seen(me)).toEqual([0, 1, 2].filter((at) => !booked.has(at)));
  await world.now().housekeeping.run();
  await world.restart();
  expect(await world.now().store.all('hold')).toEqual([]);
}

/** Neighbouring half hours of one doctor, and a patient for each conversation. */
async function scene(world: World) {
  const { directory, openTimes } = world.now().useCases;
  const offices = await directory.offices();
  const office = offices.ok ? offices.value[0] : undefined;
  const doctors = office === undefined ? undefined : await directory.doctorsAt(office.id);
  const doctor = doctors?.ok === true ? doctors.value[0] : undefined;
  if (office === undefined || doctor === undefined) throw new Error('no office or doctor');
  const place = { officeId: office.id, doctorId: doctor.id, durationMinutes: 30 };
  const offer = await openTimes(place);
  const slots: readonly Slot[] = offer.ok ? offer.value.slots.slice(40, 40 + times) : [];
  const ids = await world.control.addPatients(
    Array.from({ length: conversations }, (_, index) => ({
      first_name: `Pat${'abc'[index]}`,
      last_name: 'Tester',
      date_of_birth: '1980-05-06',
      gender: 'Other',
      doctor: 511718,
    })),
  );
  const holderOf = (by: number) => ({
    conversationId: `webchat|${by}`,
    patientId: patientId(String(ids[by])),
  });
  return {
    slots,
    requestOf(by: number, at: number): BookRequest {
      const localStart = slots[at]?.localStart;
      if (localStart === undefined) throw new Error('no such time');
      return { ...place, ...holderOf(by), patientName: 'Pat Tester', localStart, channel: 'webchat' };
    },
    async seen(by: number): Promise<readonly number[]> {
      const seen = await world.now().useCases.openTimes({ ...place, holder: holderOf(by) });
      const starts = new Set(seen.ok ? seen.value.slots.map(({ startsAt }) => startsAt) : []);
      return slots.flatMap(({ startsAt }, at) => (starts.has(startsAt) ? [at] : []));
    },
  };
}
