// Booking once or not at all, as a table of what the EHR, the network and other people do in between. Real sandbox, real store.
import { afterEach, expect, test } from 'vitest';
import {
  type BookingError,
  type ConfirmedBooking,
  type DoctorId,
  doctorId,
  type OfficeId,
  officeId,
  type PatientId,
  patientId,
  type Result,
  type Slot,
} from '../../services/domain.ts';
import type { BookRequest } from '../../services/use-cases.ts';
import { wallTimeOf } from '../../services/wall-time.ts';
import type { Fault, Row } from '../support/sandbox-control.ts';
import { openWorld, type World, type WorldOptions } from '../support/world.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

interface Scene {
  readonly world: World;
  readonly slot: Slot;
  readonly officeId: OfficeId;
  readonly doctorId: DoctorId;
  readonly patient: PatientId;
  readonly request: BookRequest;
  book(more?: Partial<BookRequest>): Promise<Result<ConfirmedBooking, BookingError>>;
  /** Live rows of the scene's doctor that start when the slot does. */
  rows(): Promise<readonly Row[]>;
}

/** An invented patient and the first free time of a doctor, a week from now. */
async function scene(options: WorldOptions = {}): Promise<Scene> {
  const world = await openWorld(options);
  worlds.push(world);
  const { useCases } = world.now();
  const offices = await useCases.directory.offices();
  const office = offices.ok ? offices.value[0] : undefined;
  if (office === undefined) throw new Error('the practice has no office');
  const doctors = await useCases.directory.doctorsAt(office.id);
  const doctor = doctors.ok ? doctors.value[0] : undefined;
  if (doctor === undefined) throw new Error('the office has no doctor');
  const offer = await useCases.openTimes({ officeId: office.id, doctorId: doctor.id, durationMinutes: 30 });
  const slot = offer.ok ? offer.value.slots[40] : undefined;
  if (slot === undefined) throw new Error('no free time');
  const patient = await addPatient(world, 'Wilma');
  const request: BookRequest = {
    patientId: patient,
    patientName: 'Wilma Tester',
    doctorId: doctor.id,
    officeId: office.id,
    localStart: slot.localStart,
    durationMinutes: 30,
    channel: 'webchat',
    conversationId: 'webchat|1',
  };
  await world.control.forgetCalls();
  return {
    world,
    slot,
    officeId: office.id,
    doctorId: doctor.id,
    patient,
    request,
    book: (more = {}) => world.now().useCases.book({ ...request, ...more }),
    async rows() {
      const all = await world.control.appointments();
      return all.filter(
        (row) =>
          String(row.doctor) === doctor.id &&
          row.scheduled_time.startsWith(slot.localStart) &&
          !row.deleted_flag &&
          row.status !== 'Cancelled',
      );
    },
  };
}

async function addPatient(world: World, firstName: string): Promise<PatientId> {
  const [id] = await world.control.addPatients([
    {
      first_name: firstName,
      last_name: 'Tester',
      date_of_birth: '1980-05-06',
      gender: 'Female',
      doctor: 511718,
    },
  ]);
  return patientId(String(id));
}

const kindOf = (outcome: Result<ConfirmedBooking, BookingError>): string =>
  outcome.ok ? 'confirmed' : outcome.error.kind;

const calls = async (world: World): Promise<readonly string[]> =>
  (await world.control.calls()).map(({ method, path }) => `${method} ${path.replace(/\/$/, '')}`);

test('the golden path: one create, one row with our reference, one confirmed booking in the store', async () => {
  const { world, book, rows, slot } = await scene();
  const outcome = await book();
  expect(kindOf(outcome)).toBe('confirmed');
  const [row, ...others] = await rows();
  expect(others).toEqual([]);
  if (!outcome.ok || row === undefined) throw new Error('not booked');
  expect(row.id).toBe(outcome.value.appointment);
  expect(row.notes).toBe(`Bookadoc ${outcome.value.ref}`);
  expect(row.exam_room).toBeGreaterThan(0);
  expect(outcome.value.startsAt).toBe(slot.startsAt);
  expect(await calls(world)).toEqual(['POST /api/appointments']);
});

test('asked twice, the first confirmation is the answer and nothing is created again', async () => {
  const { world, book, rows } = await scene();
  const first = await book();
  const second = await book({ conversationId: 'webchat|2' });
  expect(second).toEqual(first);
  expect(await rows()).toHaveLength(1);
  expect(await calls(world)).toEqual(['POST /api/appointments']);
});

test('asked twenty times at once, it is one visit and one confirmation', async () => {
  const { book, rows } = await scene();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => book()));
  expect(
    new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.appointment : outcome.error.kind))),
  ).toHaveLength(1);
  expect(await rows()).toHaveLength(1);
});

test('every missing field is named, and nothing is asked of the EHR', async () => {
  const { world } = await scene();
  const outcome = await world.now().useCases.book({ channel: 'rest' });
  expect(outcome).toEqual({
    ok: false,
    error: {
      kind: 'missing-fields',
      fields: ['patientid', 'doctorid', 'officeid', 'scheduled_time', 'appointmenttypeid or duration'],
    },
  });
  expect(await calls(world)).toEqual([]);
});

test.each([
  ['in the past', '2026-03-02T10:00', 'past'],
  ['too soon', '2026-03-03T10:00', 'lead-time'],
  ['too far', '2026-06-03T10:00', 'horizon'],
  ['a time that does not exist', '2026-03-08T02:30', 'impossible-time'],
  ['in the middle of the night', '2026-03-10T03:00', 'not-offered'],
] as const)('%s: outside policy, nothing created', async (_name, localStart, rule) => {
  const { world, book } = await scene();
  const outcome = await book({ localStart });
  expect(outcome).toMatchObject({ ok: false, error: { kind: 'outside-policy', rule } });
  expect(await calls(world)).not.toContain('POST /api/appointments');
});

test("a doctor who keeps another clock than the office's entry is not booked there, and is told so", async () => {
  const world = await openWorld({ officeTimeZones: new Map([['123456', 'America/Los_Angeles']]) });
  worlds.push(world);
  const outcome = await world.now().useCases.book({
    patientId: patientId('1'),
    doctorId: doctorId('511718'),
    officeId: officeId('123456'),
    localStart: '2026-03-10T08:00',
    durationMinutes: 30,
    channel: 'rest',
  });
  expect(outcome).toEqual({ ok: false, error: { kind: 'outside-policy', rule: 'not-bookable-here' } });
});

test('a patient has one visit at a time, whoever the doctor', async () => {
  const { world, book, doctorId, officeId, slot } = await scene();
  await book();
  const doctors = await world.now().useCases.directory.doctorsAt(officeId);
  const other = doctors.ok ? doctors.value.find(({ id }) => id !== doctorId) : undefined;
  if (other === undefined) throw new Error('one doctor only');
  const outcome = await book({ doctorId: other.id });
  expect(outcome).toMatchObject({
    ok: false,
    error: { kind: 'overlaps-own', booking: { startsAt: slot.startsAt } },
  });
});

test('taken by another patient of ours: three nearest free times, no create', async () => {
  const { world, book, rows, slot } = await scene();
  await book();
  await world.control.forgetCalls();
  const outcome = await book({ patientId: await addPatient(world, 'Fred'), patientName: 'Fred Tester' });
  if (outcome.ok || outcome.error.kind !== 'slot-taken') throw new Error(kindOf(outcome));
  expect(outcome.error.alternatives).toHaveLength(3);
  expect(outcome.error.alternatives.map(({ startsAt }) => startsAt)).not.toContain(slot.startsAt);
  expect(await rows()).toHaveLength(1);
  expect(await calls(world)).toEqual(['GET /api/availability']);
});

test('taken by the front desk between offer and create: the 409 becomes three alternatives', async () => {
  const { world, book, rows, slot, doctorId, officeId } = await scene();
  await frontDeskTakes(world, slot, { doctorId, officeId, room: 1 });
  const outcome = await book();
  if (outcome.ok || outcome.error.kind !== 'slot-taken') throw new Error(kindOf(outcome));
  expect(outcome.error.alternatives).toHaveLength(3);
  expect(outcome.error.alternatives.map(({ startsAt }) => startsAt)).not.toContain(slot.startsAt);
  expect(await rows()).toHaveLength(1);
});

async function frontDeskTakes(
  world: World,
  slot: Slot,
  at: { doctorId: string; officeId: string; room: number; minutes?: number },
): Promise<void> {
  await world.control.addAppointment({
    doctor: Number(at.doctorId),
    office: Number(at.officeId),
    patient: Number(await addPatient(world, 'Desk')),
    exam_room: at.room,
    scheduled_time: `${slot.localStart}:00`,
    duration: at.minutes ?? 30,
  });
  await world.control.forgetCalls();
}

test('scope room: only our room is taken, by another doctor: one more create, in a free room', async () => {
  const { world, book, rows, slot, doctorId, officeId } = await scene({
    sandboxScope: 'room',
    overlapScope: 'room',
  });
  const doctors = await world.now().useCases.directory.doctorsAt(officeId);
  const other = doctors.ok ? doctors.value.find(({ id }) => id !== doctorId) : undefined;
  const offices = await world.now().useCases.directory.offices();
  const office = offices.ok ? offices.value.find(({ id }) => id === officeId) : undefined;
  if (other === undefined || office === undefined) throw new Error('one doctor only');
  const favourite = office.rooms.find(({ online }) => online)?.index ?? 1;
  await frontDeskTakes(world, slot, { doctorId: other.id, officeId, room: favourite });
  const outcome = await book();
  expect(kindOf(outcome)).toBe('confirmed');
  const [row] = await rows();
  expect(row?.exam_room).not.toBe(favourite);
  expect(await calls(world)).toEqual([
    'POST /api/appointments',
    'GET /api/appointments',
    'POST /api/appointments',
    'GET /api/appointments',
  ]);
});

test.each(['room', 'off'] as const)(
  'sandbox scope %s: a 201 for a doctor who is busy in another room is withdrawn, and said to be taken',
  async (sandboxScope) => {
    const { world, book, rows, slot, doctorId, officeId, patient } = await scene({
      sandboxScope,
      overlapScope: 'room',
    });
    const offices = await world.now().useCases.directory.offices();
    const rooms = offices.ok ? (offices.value.find(({ id }) => id === officeId)?.rooms ?? []) : [];
    const unfavoured = rooms.find(({ online }) => !online)?.index ?? 9;
    await frontDeskTakes(world, slot, { doctorId, officeId, room: unfavoured });
    const outcome = await book();
    expect(kindOf(outcome)).toBe('slot-taken');
    const standing = await rows();
    expect(standing.map((row) => String(row.patient))).not.toContain(patient);
    expect(standing).toHaveLength(1);
  },
);

test.each<[string, Fault, string, number]>([
  ['a reply lost after the commit', { effect: 'commit-then-drop' }, 'confirmed', 1],
  ['a reply that is no JSON', { effect: 'garbage' }, 'confirmed', 1],
  ['a reply cut in the middle', { effect: 'truncate' }, 'confirmed', 1],
  ['a reply of another shape', { effect: 'wrong-shape' }, 'confirmed', 1],
  ['a connection cut before the commit', { effect: 'drop' }, 'unconfirmed', 0],
  ['a 500', { effect: 'status', status: 500 }, 'unconfirmed', 0],
  ['a 502', { effect: 'status', status: 502 }, 'unconfirmed', 0],
  ['a 400', { effect: 'status', status: 400 }, 'ehr-refused', 0],
  ['a 403', { effect: 'status', status: 403 }, 'ehr-refused', 0],
  ['a 404', { effect: 'status', status: 404 }, 'ehr-refused', 0],
  ['a 429', { effect: 'status', status: 429 }, 'ehr-unavailable', 0],
  ['a 401 once, mended by a new token', { effect: 'status', status: 401 }, 'confirmed', 1],
])('the create meets %s', async (_name, fault, expected, standing) => {
  const { world, book, rows } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', ...fault });
  const outcome = await book();
  expect(kindOf(outcome)).toBe(expected);
  const rowCount = (await rows()).length;
  expect(rowCount).toBe(standing);
  const posts = (await calls(world)).filter((call) => call === 'POST /api/appointments');
  expect(posts).toHaveLength(fault.status === 401 ? 2 : 1);
});

test('a slow commit: the create times out, the visit is found by its reference, nothing is posted again', async () => {
  const { world, book, rows } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'delay', ms: 1500 });
  const outcome = await book();
  expect(kindOf(outcome)).toBe('unconfirmed');
  await new Promise((resolve) => setTimeout(resolve, 800));
  await world.now().reconcile.run();
  expect(await rows()).toHaveLength(1);
  expect(kindOf(await book())).toBe('confirmed');
  expect(await rows()).toHaveLength(1);
});

test('unconfirmed, then found: reconcile confirms it and the conversation hears of it once', async () => {
  const { world, book, rows } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'commit-then-drop' });
  await world.control.fault({
    method: 'GET',
    path: '/api/appointments',
    effect: 'status',
    status: 500,
    times: 0,
  });
  expect(kindOf(await book())).toBe('unconfirmed');
  await world.control.clearFaults();
  await world.now().reconcile.run();
  const { useCases } = world.now();
  const [news, ...more] = await useCases.newsFor('webchat|1');
  expect(more).toEqual([]);
  const [row] = await rows();
  expect(news).toMatchObject({
    kind: 'booked-after-all',
    booking: { status: 'confirmed', appointment: row?.id },
  });
  await useCases.newsSaid([news?.id ?? '']);
  expect(await useCases.newsFor('webchat|1')).toEqual([]);
  expect(kindOf(await book())).toBe('confirmed');
  expect(await rows()).toHaveLength(1);
});

test('unconfirmed and never seen: after ten minutes it is failed, said so, and can be booked anew', async () => {
  const { world, book, rows } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  expect(kindOf(await book())).toBe('unconfirmed');
  world.clock.advance(300_000);
  await world.now().reconcile.run();
  expect(await world.now().useCases.newsFor('webchat|1')).toEqual([]);
  world.clock.advance(301_000);
  await world.now().reconcile.run();
  expect(await world.now().useCases.newsFor('webchat|1')).toMatchObject([{ kind: 'not-booked' }]);
  expect(kindOf(await book())).toBe('confirmed');
  expect(await rows()).toHaveLength(1);
});

test('while unconfirmed, nobody else is offered or given that time', async () => {
  const { world, book, slot, officeId, doctorId } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  expect(kindOf(await book())).toBe('unconfirmed');
  const offer = await world.now().useCases.openTimes({ officeId, doctorId, durationMinutes: 30 });
  expect(offer.ok && offer.value.slots.some(({ startsAt }) => startsAt === slot.startsAt)).toBe(false);
  const other = await book({ patientId: await addPatient(world, 'Fred'), patientName: 'Fred Tester' });
  expect(kindOf(other)).toBe('slot-taken');
});

test('asked again while unconfirmed: looked up, never posted again', async () => {
  const { world, book } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  expect(kindOf(await book())).toBe('unconfirmed');
  expect(kindOf(await book())).toBe('unconfirmed');
  const posts = (await calls(world)).filter((call) => call === 'POST /api/appointments');
  expect(posts).toHaveLength(1);
});

test('the process dies after the create: a new one finds the visit and does not post again', async () => {
  const { world, book, rows } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'commit-then-drop' });
  await world.control.fault({ method: 'GET', path: '/api/appointments', effect: 'drop', times: 0 });
  expect(kindOf(await book())).toBe('unconfirmed');
  await world.control.clearFaults();
  await world.restart();
  expect(kindOf(await book())).toBe('confirmed');
  expect(await rows()).toHaveLength(1);
});

test('a withdrawal that the EHR does not take is repeated by reconcile', async () => {
  const { world, book, rows, slot, doctorId, officeId, patient } = await scene({
    sandboxScope: 'off',
    overlapScope: 'room',
  });
  await frontDeskTakes(world, slot, { doctorId, officeId, room: 5 });
  await world.control.fault({
    method: 'PATCH',
    path: '/api/appointments',
    effect: 'status',
    status: 500,
    times: 0,
  });
  expect(kindOf(await book())).toBe('slot-taken');
  expect(await rows()).toHaveLength(2);
  expect(kindOf(await book())).toBe('slot-taken');
  await world.control.clearFaults();
  await world.now().reconcile.run();
  expect((await rows()).map((row) => String(row.patient))).not.toContain(patient);
});

test('the same time at another office is no confirmation of that office', async () => {
  const { book, officeId, world } = await scene();
  await book();
  const offices = await world.now().useCases.directory.offices();
  const other = offices.ok ? offices.value.find(({ id }) => id !== officeId) : undefined;
  const outcome = await book({ officeId: other?.id ?? officeId });
  expect(outcome).toMatchObject({ ok: false, error: { kind: 'overlaps-own', booking: { officeId } } });
});

test('moved by the practice while we were unsure: the visit stays as the practice wants it', async () => {
  const { world, book, rows, slot, patient } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'commit-then-drop' });
  await world.control.fault({ method: 'GET', path: '/api/appointments', effect: 'drop', times: 0 });
  expect(kindOf(await book())).toBe('unconfirmed');
  await world.control.clearFaults();
  const [row] = await rows();
  const moved = `${slot.localStart.slice(0, 11)}${slot.localStart.endsWith('16:00') ? '15' : '16'}:00:00`;
  await world.control.patchAppointment(row?.id ?? '', { scheduled_time: moved });
  await world.now().reconcile.run();
  const after = (await world.control.appointments()).find(({ id }) => id === row?.id);
  expect(after).toMatchObject({ status: '', scheduled_time: moved, patient: Number(patient) });
  expect(await world.now().useCases.newsFor('webchat|1')).toEqual([]);
});

test.each([
  ['withdrawn, not silently booked', 0, 'Cancelled'],
  ['left alone where the desk has moved it', 30, ''],
])('given up, said so, and then it shows after all: it is %s', async (_name, movedMinutes, status) => {
  const { world, book, doctorId, officeId, patient, slot } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  const outcome = await book();
  if (outcome.ok || outcome.error.kind !== 'unconfirmed') throw new Error(kindOf(outcome));
  world.clock.advance(601_000);
  await world.now().reconcile.run();
  await world.control.addAppointment({
    doctor: Number(doctorId),
    office: Number(officeId),
    patient: Number(patient),
    exam_room: 1,
    scheduled_time: wallTimeOf(Date.parse(slot.startsAt) + movedMinutes * 60_000, slot.timeZone),
    duration: 30,
    notes: `Bookadoc ${outcome.error.ref}`,
  });
  world.clock.advance(3_600_000);
  await world.now().reconcile.run();
  const row = (await world.control.appointments()).at(-1);
  expect([String(row?.patient), row?.status]).toEqual([patient, status]);
});

test('given up, booked anew, and then the first one shows as well: that one is withdrawn, whatever came of the second', async () => {
  for (const second of ['confirmed', 'ehr-refused']) {
    const { world, book, doctorId, officeId, patient, slot } = await scene();
    await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
    const outcome = await book();
    if (outcome.ok || outcome.error.kind !== 'unconfirmed') throw new Error(kindOf(outcome));
    world.clock.advance(601_000);
    await world.now().reconcile.run();
    if (second !== 'confirmed')
      await world.control.fault({
        method: 'POST',
        path: '/api/appointments',
        effect: 'status',
        status: 400,
      });
    expect(kindOf(await book())).toBe(second);
    const notes = `Bookadoc ${outcome.error.ref}`;
    await world.control.addAppointment({
      ...{ doctor: Number(doctorId), office: Number(officeId), patient: Number(patient), exam_room: 4 },
      ...{ scheduled_time: `${slot.localStart}:00`, duration: 30, notes },
    });
    world.clock.advance(3_600_000);
    await world.now().reconcile.run();
    const rows = (await world.control.appointments()).filter((row) => String(row.patient) === patient);
    expect(rows.map((row) => [row.notes === notes, row.status])).toEqual([
      ...(second === 'confirmed' ? [[false, '']] : []),
      [true, 'Cancelled'],
    ]);
    if (second === 'confirmed') expect(kindOf(await book())).toBe('confirmed');
    expect(await world.now().store.list('booking', 'unsettled', { from: '', to: '~' })).toEqual([]);
  }
});

test('asked again in another conversation while unsure: that one hears what came of it', async () => {
  const { world, book } = await scene();
  await world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  expect(kindOf(await book())).toBe('unconfirmed');
  expect(kindOf(await book({ conversationId: 'sms|2' }))).toBe('unconfirmed');
  world.clock.advance(601_000);
  await world.now().reconcile.run();
  expect(await world.now().useCases.newsFor('sms|2')).toMatchObject([{ kind: 'not-booked' }]);
});

test('REST knows only an id: the chart is read once, and a stranger is not found', async () => {
  const { world, request, rows } = await scene();
  const { patientName: _name, conversationId: _conversation, ...fromRest } = request;
  expect(kindOf(await world.now().useCases.book({ ...fromRest, channel: 'rest' }))).toBe('confirmed');
  expect(await calls(world)).toEqual([`GET /api/patients/${request.patientId}`, 'POST /api/appointments']);
  const stranger = { ...fromRest, channel: 'rest', patientId: patientId('1') };
  expect(kindOf(await world.now().useCases.book(stranger))).toBe('patient-not-found');
  expect(await rows()).toHaveLength(1);
});

test.each([
  ['cancelled', { status: 'Cancelled' }],
  ['deleted', { deleted_flag: true }],
])(
  'a visit that the practice has %s since is no confirmation any more: the time is booked anew',
  async (_, change) => {
    const { world, book, rows } = await scene();
    const first = await book();
    if (!first.ok) throw new Error('not booked');
    world.clock.advance(180_000);
    expect(await book()).toEqual(first);
    await world.control.patchAppointment(first.value.appointment, change);
    const second = await book();
    if (!second.ok) throw new Error(second.error.kind);
    expect(second.value.appointment).not.toBe(first.value.appointment);
    expect((await rows()).map(({ id }) => id)).toEqual([second.value.appointment]);
  },
);

test('a visit that the practice has cancelled since does not keep its patient from another at that time', async () => {
  const { world, book, doctorId, officeId } = await scene();
  const first = await book();
  const doctors = await world.now().useCases.directory.doctorsAt(officeId);
  const other = doctors.ok ? doctors.value.find(({ id }) => id !== doctorId) : undefined;
  if (!first.ok || other === undefined) throw new Error('not booked, or one doctor only');
  world.clock.advance(180_000);
  expect(kindOf(await book({ doctorId: other.id }))).toBe('overlaps-own');
  await world.control.patchAppointment(first.value.appointment, { status: 'Cancelled' });
  expect(kindOf(await book({ doctorId: other.id }))).not.toBe('overlaps-own');
});

test('a confirmed visit that the EHR cannot be asked about counts as it stands', async () => {
  const { world, book, rows } = await scene();
  const first = await book();
  world.clock.advance(180_000);
  await world.control.fault({ effect: 'status', status: 500, times: 0 });
  expect(await book()).toEqual(first);
  await world.control.clearFaults();
  expect(await rows()).toHaveLength(1);
});

test('a booking that cannot be settled does not keep reconcile from the others', async () => {
  const { world, book, officeId, doctorId } = await scene();
  const lose = () => world.control.fault({ method: 'POST', path: '/api/appointments', effect: 'drop' });
  await lose();
  // The news of this one cannot be kept: no key in the store may hold a NUL.
  expect(kindOf(await book({ conversationId: 'emulator|\0' }))).toBe('unconfirmed');
  const offer = await world.now().useCases.openTimes({ officeId, doctorId, durationMinutes: 30 });
  const later = offer.ok ? offer.value.slots.at(-1) : undefined;
  if (later === undefined) throw new Error('no free time');
  await lose();
  expect(kindOf(await book({ localStart: later.localStart }))).toBe('unconfirmed');
  world.clock.advance(700_000);
  await world.now().reconcile.run();
  expect(await world.now().useCases.newsFor('webchat|1')).toMatchObject([{ kind: 'not-booked' }]);
});
