// Whatever happens in whatever order (faults, restarts, the front desk, the same wish again), the EHR, our store and our words agree.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyTrail } from '../../services/audit-trail.ts';
import {
  type BookingError,
  type ConfirmedBooking,
  type PatientId,
  patientId,
  type Result,
  type Slot,
} from '../../services/domain.ts';
import type { Fault, Row } from '../support/sandbox-control.ts';
import { trailOf } from '../support/trail.ts';
import { openWorld, type World } from '../support/world.ts';

const patients = 3;
const slots = 3;

const who = fc.nat({ max: patients - 1 });
const when = fc.nat({ max: slots - 1 });
const createFault = fc.constantFrom<Fault['effect'] | 'none' | 500 | 400 | 401 | 429>(
  'none',
  'none',
  'none',
  'commit-then-drop',
  'drop',
  'garbage',
  'truncate',
  'wrong-shape',
  500,
  400,
  401,
  429,
);
const readFault = fc.constantFrom<Fault['effect'] | 'none'>('none', 'none', 'drop', 'stale-lists', 'garbage');

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('book' as const), who, when, createFault, readFault }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('desk' as const), when }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconcile' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 3, 11) }),
  },
);

const live = (row: Row): boolean => !row.deleted_flag && row.status !== 'Cancelled';
const ours = (row: Row): boolean => row.notes.startsWith('Bookadoc ');

test.each([
  ['doctor', 'doctor'],
  ['room', 'room'],
  ['off', 'room'],
] as const)('EHR checks by %s, we verify by %s', { timeout: 120_000 }, async (sandboxScope, overlapScope) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const world = await openWorld({ sandboxScope, overlapScope });
      try {
        const told = await play(world, steps);
        await world.control.clearFaults();
        // Lists catch up, and what is pending is found or given up.
        world.clock.advance(11 * 60_000);
        await world.now().reconcile.run();
        await agree(world, told);
      } finally {
        await world.close();
      }
    }),
    { numRuns: 50, seed: 20260303 },
  );
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The appointments that somebody was told to have. */
async function play(world: World, steps: readonly Step[]): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  const people = await addPatients(world);
  const offered = await firstSlots(world);
  for (const each of steps) {
    if (each.do === 'book') {
      const outcome = await book(world, people[each.who], offered[each.when], each);
      if (outcome.ok) told.add(outcome.value.appointment);
      await world.control.clearFaults();
    }
    if (each.do === 'desk') await deskBooks(world, people[0], offered[each.when]);
    if (each.do === 'restart') await world.restart();
    if (each.do === 'reconcile') await world.now().reconcile.run();
    if (each.do === 'wait') world.clock.advance(each.minutes * 60_000);
  }
  return told;
}

async function book(
  world: World,
  patient: PatientId | undefined,
  slot: Slot | undefined,
  faults: Extract<Step, { do: 'book' }>,
): Promise<Result<ConfirmedBooking, BookingError>> {
  if (patient === undefined || slot === undefined) throw new Error('no such patient or slot');
  const { createFault: onCreate, readFault: onRead } = faults;
  if (onCreate !== 'none') {
    await world.control.fault({
      method: 'POST',
      path: '/api/appointments',
      ...(typeof onCreate === 'number' ? { effect: 'status', status: onCreate } : { effect: onCreate }),
    });
  }
  if (onRead !== 'none') {
    await world.control.fault({
      method: 'GET',
      path: '/api/appointments',
      effect: onRead,
      times: onRead === 'stale-lists' ? 0 : 2,
      ...(onRead === 'stale-lists' ? { ms: 4000 } : {}),
    });
  }
  return world.now().useCases.book({
    patientId: patient,
    patientName: 'Pat Tester',
    doctorId: slot.doctorId,
    officeId: slot.officeId,
    localStart: slot.localStart,
    durationMinutes: 30,
    channel: 'webchat',
    conversationId: `webchat|${patient}`,
  });
}

async function addPatients(world: World): Promise<readonly PatientId[]> {
  const charts = Array.from({ length: patients }, (_, index) => ({
    first_name: `Pat${'abc'[index]}`,
    last_name: 'Tester',
    date_of_birth: '1980-05-06',
    gender: 'Other',
    doctor: 511718,
  }));
  return (await world.control.addPatients(charts)).map((id) => patientId(String(id)));
}

/** Neighbouring half hours of one doctor, some days ahead. */
async function firstSlots(world: World): Promise<readonly Slot[]> {
  const { directory, openTimes } = world.now().useCases;
  const offices = await directory.offices();
  const office = offices.ok ? offices.value[0] : undefined;
  const doctors = office === undefined ? undefined : await directory.doctorsAt(office.id);
  const doctor = doctors?.ok ? doctors.value[0] : undefined;
  if (office === undefined || doctor === undefined) throw new Error('nobody can be booked');
  const offer = await openTimes({ officeId: office.id, doctorId: doctor.id, durationMinutes: 30 });
  return offer.ok ? offer.value.slots.slice(40, 40 + slots) : [];
}

async function deskBooks(
  world: World,
  patient: PatientId | undefined,
  slot: Slot | undefined,
): Promise<void> {
  if (slot === undefined) throw new Error('no such slot');
  await world.control.addAppointment({
    doctor: Number(slot.doctorId),
    office: Number(slot.officeId),
    patient: Number(patient),
    exam_room: 5,
    scheduled_time: `${slot.localStart}:00`,
    duration: 30,
  });
}

async function agree(world: World, told: ReadonlySet<string>): Promise<void> {
  const standing = (await world.control.appointments()).filter(live);
  const rows = standing.filter(ours);
  // The front desk was there first: ours is gone.
  const later = rows.filter((row) =>
    standing.some(
      (desk) =>
        !ours(desk) &&
        desk.doctor === row.doctor &&
        desk.scheduled_time === row.scheduled_time &&
        Number(desk.id) < Number(row.id),
    ),
  );
  expect(later).toEqual([]);
  // One wish, one visit; one doctor, one visit at a time (of ours: the front desk may force its own on top).
  const starts = rows.map((row) => `${row.doctor} ${row.scheduled_time}`);
  expect(new Set(starts).size).toBe(starts.length);
  const visits = rows.map((row) => `${row.patient} ${row.scheduled_time}`);
  expect(new Set(visits).size).toBe(visits.length);

  const { store } = world.now();
  const all = await store.list('booking', 'doctor', { from: '', to: '\uffff' });
  const documents = all.map(({ document }) => document);
  const confirmed = documents
    .filter(({ status }) => status === 'confirmed')
    .map(({ appointment }) => appointment);
  expect(new Set(confirmed)).toEqual(new Set(rows.map(({ id }) => id)));
  expect(documents.map(({ status }) => status).filter((status) => status === 'pending')).toEqual([]);
  // Whoever was told "booked" has that visit.
  expect([...told].filter((id) => !confirmed.includes(id))).toEqual([]);

  // The audit trail holds, and the last that it says of a booking is what the store says.
  expect(await verifyTrail(store)).toMatchObject({ ok: true });
  const trail = (await trailOf(store)).map(({ document }) => document);
  for (const { ref, status, error } of documents) {
    const { what, outcome } = trail.findLast(({ booking }) => booking === ref) ?? {};
    const said = what === 'booked' ? 'confirmed' : what === 'cancelled-by-practice' ? 'cancelled' : outcome;
    expect(said).toBe(status === 'failed' ? error : status);
  }
}
