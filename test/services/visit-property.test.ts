// Whatever is booked, moved, cancelled and taken back in whatever order, with faults between any two calls: EHR, store and words agree.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyTrail } from '../../services/audit-trail.ts';
import { readBooking, sequenceOf } from '../../services/documents.ts';
import { type PatientId, patientId, type Result } from '../../services/domain.ts';
import { readOwed } from '../../services/owed.ts';
import type { VisitRef } from '../../services/visit-cases.ts';
import { wallTimeOf } from '../../services/wall-time.ts';
import type { Fault, Row } from '../support/sandbox-control.ts';
import { beforeNextChange, deskBooks, doctor, failWrites, kindOf, office } from '../support/visit-scene.ts';
import { openWorld, type World } from '../support/world.ts';

const timeZone = 'America/New_York';
/** Half hours of one doctor, all free at first, some of them neighbours; the last on another day. */
const slots = ['12T09:00', '12T09:30', '12T10:00', '12T10:30', '13T09:30'].map((time) => `2026-03-${time}`);
const patients = 3;

const who = fc.nat({ max: patients - 1 });
const when = fc.constantFrom(...slots);
type Effect = Fault['effect'] | number;
// No 401: a process that dies while it keeps its new token has to be connected anew, whatever it was doing.
const writeFault = fc.constantFrom<Effect | 'none'>(
  ...Array.from({ length: 10 }, () => 'none' as const),
  ...(['commit-then-drop', 'commit-then-drop', 'drop', 'garbage'] as const),
  ...[500, 400, 409, 429],
);
const readFault = fc.record({
  effect: fc.constantFrom<Effect | 'none'>(
    ...Array.from({ length: 8 }, () => 'none' as const),
    ...(['drop', 'stale-lists', 'stale-lists', 'garbage', 500] as const),
  ),
  times: fc.integer({ min: 1, max: 9 }),
});
/** The store takes no write from the nth on, and the process starts anew. */
const diesAt = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3);
/** The desk takes the time between our look at it and our change. */
const deskIsQuicker = fc.constantFrom(false, false, false, false, false, true);
const trouble = { writeFault, readFault, diesAt, deskIsQuicker };

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('book' as const), who, when, ...trouble }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('move' as const), who, when, ...trouble }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), who, ...trouble }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), who, ...trouble }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('desk books' as const), who, when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('desk moves' as const), who, when }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('desk says' as const),
      who,
      status: fc.constantFrom('Cancelled', 'Confirmed', 'Arrived', 'No Show'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('look' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconcile' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(10, 61, 130, 700) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Trouble = Pick<Extract<Step, { do: 'book' }>, keyof typeof trouble>;

test.each([
  ['doctor', 'doctor'],
  ['room', 'room'],
  ['off', 'room'],
] as const)('EHR checks by %s, we verify by %s', { timeout: 240_000 }, async (sandboxScope, overlapScope) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 16 }), async (steps) => {
      const world = await openWorld({ sandboxScope, overlapScope, channels: ['email'] });
      try {
        const play = await begin(world);
        for (const each of steps) await play.perform(each);
        await world.control.clearFaults();
        // Lists catch up, what was sent has arrived or will not, and what is pending is found or given up.
        world.clock.advance(11 * 60_000);
        await world.now().reconcile.run();
        for (const patient of play.people) await world.now().useCases.upcoming(patient);
        await agree(world, play);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 60, seed: 20260312 },
  );
});

interface Play {
  readonly people: readonly PatientId[];
  /** By appointment: the start that its patient was last told, or that it is cancelled. Not of what nobody was sure of. */
  readonly told: ReadonlyMap<string, string>;
  /** Rows that the desk has had its hands on. */
  readonly desks: ReadonlySet<string>;
  perform(each: Step): Promise<void>;
}

async function begin(world: World): Promise<Play> {
  const chart = { last_name: 'Tester', date_of_birth: '1980-05-06', gender: 'Other', doctor: Number(doctor) };
  const charts = ['Pata', 'Patb', 'Patc'].slice(0, patients).map((first_name) => ({ first_name, ...chart }));
  const people = (await world.control.addPatients(charts)).map((id) => patientId(String(id)));
  /** The last visit that each has seen, as it was shown. */
  const cards = new Map<PatientId, VisitRef>();
  const told = new Map<string, string>();
  const desks = new Set<string>();
  /** Whose last change nobody was sure of; it is settled before the next one. */
  const unsure = new Set<string>();
  const rowOf = async (id: string) => (await world.control.appointments()).find((row) => row.id === id);

  async function book(patient: PatientId, localStart: string): Promise<void> {
    const outcome = await world.now().useCases.book({
      ...{ patientId: patient, patientName: 'Pat Tester', doctorId: doctor, officeId: office, localStart },
      ...{ durationMinutes: 30, channel: 'webchat', conversationId: `webchat|${patient}` },
    });
    if (!outcome.ok) return;
    const { appointment, startsAt } = outcome.value;
    cards.set(patient, { patientId: patient, appointment, startsAt });
    // A confirmation is repeated from the record for two minutes, and the desk may have been there since.
    if (desks.has(appointment)) return;
    expect(truthOf(await rowOf(appointment))).toBe(localStart);
    told.set(appointment, localStart);
  }

  async function change(
    each: Extract<Step, { do: 'move' | 'cancel' | 'undo' }>,
    patient: PatientId,
  ): Promise<void> {
    const visit = cards.get(patient);
    if (visit === undefined) return;
    const { appointment } = visit;
    const shown = wallTimeOf(Date.parse(visit.startsAt), timeZone);
    const before = await rowOf(appointment);
    const request = { visit, channel: 'webchat', conversationId: `webchat|${patient}` };
    const { moveVisit, cancelVisit, undoCancel } = world.now().useCases;
    const wanted = each.do === 'move' ? each.when : shown;
    const quicker = () => deskBooks(world, wanted, { exam_room: 5 });
    const callOff =
      each.deskIsQuicker && each.do !== 'cancel' ? beforeNextChange({ world }, quicker) : () => {};
    const outcome: Result<unknown, { kind: string }> =
      each.do === 'move'
        ? await moveVisit({ ...request, to: each.when })
        : each.do === 'cancel'
          ? await cancelVisit(request)
          : await undoCancel(request);
    callOff();
    const after = await rowOf(appointment);
    if (outcome.ok) {
      const now = each.do === 'cancel' ? 'cancelled' : wanted;
      expect(truthOf(after), each.do).toBe(now);
      // What was changed has its new time to itself.
      if (now !== 'cancelled' && truthOf(before) !== now) {
        const there = (await world.control.appointments()).filter((row) => truthOf(row) === now);
        expect(there.filter((row) => String(row.doctor) === doctor).map(({ id }) => id)).toEqual([
          appointment,
        ]);
      }
      told.set(appointment, now);
      unsure.delete(appointment);
      // Where the desk has put it, it stays the desk's.
      if (truthOf(before) !== now) desks.delete(appointment);
      if (each.do === 'move')
        cards.set(patient, { ...visit, startsAt: new Date(Date.parse(`${each.when}-04:00`)).toISOString() });
      return;
    }
    if (outcome.error.kind === 'unsure' || outcome.error.kind === 'still-checking') {
      told.delete(appointment);
      unsure.add(appointment);
      return;
    }
    // What is shown of the visit is as it is now; an earlier change of it may have been taken back on the way.
    const { visit: now } = { visit: undefined, ...outcome.error };
    if (now !== undefined) {
      unsure.delete(appointment);
      expect(now).toMatchObject({ localStart: after?.scheduled_time.slice(0, 16) });
      if (outcome.error.kind === 'changed-since')
        expect(after?.scheduled_time.slice(0, 16) !== shown || truthOf(after) === 'cancelled').toBe(true);
      return;
    }
    // Whatever else was said means: nothing has been changed, but of what nobody was sure of.
    if (unsure.delete(appointment)) return;
    expect(placeOf(after), `${each.do} ${kindOf(outcome)}`).toEqual(placeOf(before));
  }

  async function troubled(each: Trouble, work: () => Promise<void>): Promise<void> {
    const { control } = world;
    const put = (method: string, effect: Effect, times: number) =>
      control.fault({
        ...{ method, path: '/api/appointments', times, ms: 4000 },
        ...(typeof effect === 'number' ? { effect: 'status', status: effect } : { effect }),
      });
    if (each.writeFault !== 'none') await put('POST', each.writeFault, 1);
    if (each.writeFault !== 'none') await put('PATCH', each.writeFault, 2);
    if (each.readFault.effect !== 'none') await put('GET', each.readFault.effect, each.readFault.times);
    if (each.diesAt > 0) failWrites({ world }, each.diesAt);
    await work();
    await control.clearFaults();
    if (each.diesAt > 0) await world.restart();
  }

  // Everybody has a visit to begin with.
  for (const [at, patient] of people.entries()) await book(patient, slots[at] ?? '');
  return {
    people,
    told,
    desks,
    async perform(each) {
      const patient = people['who' in each ? each.who : 0];
      if (patient === undefined) throw new Error('nobody');
      switch (each.do) {
        case 'book':
          return troubled(each, () => book(patient, each.when));
        case 'move':
        case 'cancel':
        case 'undo':
          return troubled(each, () => change(each, patient));
        case 'desk books':
          return deskBooks(world, each.when, { exam_room: 5, patient: Number(patient) });
        case 'desk moves':
        case 'desk says': {
          const id = cards.get(patient)?.appointment;
          if (id === undefined) return;
          desks.add(id);
          told.delete(id);
          const fields =
            each.do === 'desk moves' ? { scheduled_time: `${each.when}:00` } : { status: each.status };
          return world.control.patchAppointment(id, fields);
        }
        case 'look': {
          const upcoming = await world.now().useCases.upcoming(patient);
          const visit = upcoming.ok ? upcoming.value.visits[0] : undefined;
          if (visit !== undefined) cards.set(patient, visit);
          return;
        }
        case 'reconcile':
          return world.now().reconcile.run();
        case 'wait':
          return world.clock.advance(each.seconds * 1000);
      }
    },
  };
}

const live = (row: Row): boolean =>
  !row.deleted_flag && !['Cancelled', 'No Show', 'Rescheduled'].includes(row.status);
/** Where a visit stands, or that it does not. */
const truthOf = (row: Row | undefined): string =>
  row !== undefined && live(row) ? row.scheduled_time.slice(0, 16) : 'cancelled';
/** Not its room: the way back may meet another visit in it. */
const placeOf = (row: Row | undefined) => [truthOf(row), row?.status];

async function agree(world: World, { told, desks, people }: Play): Promise<void> {
  const { store, useCases } = world.now();
  const rows = await world.control.appointments();
  const ours = rows.filter(({ notes }) => notes.startsWith('Bookadoc '));
  const standing = ours.filter(live);
  // One wish, one row; and no doctor of ours twice at a time, but where the desk has had its hands on it.
  expect(new Set(ours.map(({ notes }) => notes)).size).toBe(ours.length);
  const untouched = standing.filter(({ id }) => !desks.has(id)).map((row) => row.scheduled_time);
  expect(new Set(untouched).size).toBe(untouched.length);

  const kept = (await store.all('booking')).map(readBooking);
  const open = kept.filter(({ booking }) => ['pending', 'withdrawing', 'changing'].includes(booking.status));
  expect(open.map(({ booking }) => booking)).toEqual([]);
  const confirmed = kept.flatMap(({ booking }) => (booking.status === 'confirmed' ? [booking] : []));
  for (const { appointment, startsAt } of confirmed) {
    const row = rows.find(({ id }) => id === appointment);
    expect(truthOf(row), `booking of ${appointment}`).toBe(wallTimeOf(Date.parse(startsAt), timeZone));
  }
  const ids = confirmed.map(({ appointment }) => appointment);
  expect(new Set(ids).size).toBe(ids.length);
  // What stands and was not moved by the desk is on our books.
  for (const { id } of standing) if (!desks.has(id)) expect(ids, `row ${id}`).toContain(id);
  // Whoever was told something has it so.
  for (const [id, truth] of told)
    expect(truthOf(rows.find((row) => row.id === id)), `told of ${id}`).toBe(truth);
  // The record shows each visit once.
  for (const patient of people) {
    const owner = { patient };
    const recorded = await useCases.recorded({ owner, fromDate: '2026-03-01', toDate: '2026-04-01' });
    const visits = recorded.flatMap((one) => (one.status === 'confirmed' ? [one.appointment] : []));
    expect(new Set(visits).size).toBe(visits.length);
    expect(recorded.filter(({ status }) => status === 'moved')).toEqual([]);
  }

  // Messages of one visit never share a number, and the last is of what it is now.
  const messages = (await store.all('message')).filter(({ id }) => id.startsWith('owed|')).map(readOwed);
  for (const { booking, version } of kept) {
    if (booking.status !== 'confirmed' && booking.status !== 'cancelled') continue;
    const own = messages.filter(({ appointment }) => appointment === booking.appointment);
    const numbers = own.map((message) => message.version);
    expect(new Set(numbers).size).toBe(numbers.length);
    const last = own.find((message) => message.version === Math.max(...numbers));
    if (last === undefined || last.bookingId !== booking.id) continue;
    expect(last.version).toBe(sequenceOf({ booking, version }));
    expect(last.about === 'cancelled').toBe(booking.status === 'cancelled');
  }
  expect(await verifyTrail(store)).toMatchObject({ ok: true });
}
