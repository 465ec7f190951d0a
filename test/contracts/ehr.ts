// The contract of the Ehr port: every adapter's test calls it with a practice behind the adapter and a way to disturb it.
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  appointmentId,
  type DoctorId,
  type LocalDate,
  type NewAppointment,
  type OfficeId,
  patientId,
  type Slot,
  type VisitTypeId,
} from '../../services/domain.ts';
import type { Ehr, EhrError, SlotQuery } from '../../services/ports.ts';
import type { TestClock } from '../support/test-clock.ts';

/** What happens to the next create: refused before or cut after it is done, answered 500, or answered with rubbish. */
export type Disturbance = 'cut-before' | 'cut-after' | 'server-error' | 'rubbish';

export interface EhrUnderTest {
  readonly ehr: Ehr;
  readonly clock: TestClock;
  readonly practice: {
    readonly officeId: OfficeId;
    readonly doctorId: DoctorId;
    readonly timeZone: string;
    readonly room: number;
    /** A type of this doctor's, and its length. */
    readonly visitTypeId: VisitTypeId;
    readonly visitTypeMinutes: number;
    /** Two days with free half hours, `openDate` before `laterDate`, and one on which the doctor is not there. */
    readonly openDate: LocalDate;
    readonly laterDate: LocalDate;
    readonly closedDate: LocalDate;
    /** Twins' birth date, and one that nobody has. */
    readonly twinsBornOn: LocalDate;
    readonly nobodyBornOn: LocalDate;
  };
  disturbNextCreate(how: Disturbance): Promise<void>;
  /** As many charts with this birth date, made by the front desk. */
  addCharts(count: number, birthDate: LocalDate): Promise<void>;
  /** Notes that the front desk wrote behind ours. */
  appendToNotes(appointment: string, text: string): Promise<void>;
  /** Calls that have reached the EHR, and creates among them. */
  counts(): Promise<{ readonly calls: number; readonly creates: number }>;
  /** The EHR goes away for good. */
  shutDown(): Promise<void>;
  close(): Promise<void>;
}

export function ehrContract({ name, make }: { name: string; make: () => Promise<EhrUnderTest> }): void {
  describe(`${name}: the EHR contract`, () => {
    let under: EhrUnderTest;
    let ehr: Ehr;

    beforeEach(async () => {
      under = await make();
      ehr = under.ehr;
      await ehr.start();
    });
    afterEach(() => under.close());

    const query = (more: Partial<SlotQuery> = {}): SlotQuery => ({
      officeId: under.practice.officeId,
      doctorId: under.practice.doctorId,
      fromDate: under.practice.openDate,
      toDate: under.practice.laterDate,
      durationMinutes: 30,
      timeZone: under.practice.timeZone,
      freshSeconds: 60,
      ...more,
    });
    const openSlots = async (more: Partial<SlotQuery> = {}) =>
      valueIn(await ehr.openSlots(query(more), 'browsing'));
    const firstSlot = async (): Promise<Slot> => {
      const [slot] = (await openSlots()).slots;
      if (slot === undefined) throw new Error('the practice has no free slot');
      return slot;
    };
    const twin = async () => {
      const [first] = valueIn(await ehr.patientsBornOn(under.practice.twinsBornOn, 'browsing'));
      if (first === undefined) throw new Error('the practice has no twins');
      return first.id;
    };
    const visit = async (slot: Slot, ref = 'r1'): Promise<NewAppointment> => ({
      officeId: slot.officeId,
      doctorId: slot.doctorId,
      patientId: await twin(),
      room: under.practice.room,
      localStart: slot.localStart,
      durationMinutes: slot.durationMinutes,
      ref,
    });
    const dayOf = async (slot: Slot) =>
      valueIn(
        await ehr.appointmentsOn(
          { date: slot.localStart.slice(0, 10), doctorId: under.practice.doctorId },
          'booking',
        ),
      );
    const callsDuring = async (work: () => Promise<unknown>) => {
      const before = await under.counts();
      await work();
      return (await under.counts()).calls - before.calls;
    };

    test('it is ready once started, and offices, doctors and visit types then cost no call', async () => {
      expect(ehr.state()).toEqual({ state: 'ready' });
      expect(
        await callsDuring(() =>
          Promise.all([ehr.offices('browsing'), ehr.doctors('browsing'), ehr.visitTypes('browsing')]),
        ),
      ).toBe(0);
    });

    test('offices have rooms with indexes from 1 on, each once', async () => {
      const offices = valueIn(await ehr.offices('browsing'));
      const office = offices.find(({ id }) => id === under.practice.officeId);
      const indexes = office?.rooms.map(({ index }) => index) ?? [];
      expect(indexes).toContain(under.practice.room);
      expect(new Set(indexes).size).toBe(indexes.length);
      expect(Math.min(...indexes)).toBeGreaterThanOrEqual(1);
    });

    test('doctors have names as patients read them, and zones that exist', async () => {
      const doctors = valueIn(await ehr.doctors('browsing'));
      expect(doctors.map(({ id }) => id)).toContain(under.practice.doctorId);
      for (const doctor of doctors) {
        expect(doctor.name).toBe(`Dr. ${doctor.firstName} ${doctor.lastName}`);
        expect(DateTime.utc().setZone(doctor.timeZone).isValid).toBe(true);
      }
    });

    test('every visit type has a length', async () => {
      const types = valueIn(await ehr.visitTypes('browsing'));
      expect(types.find(({ id }) => id === under.practice.visitTypeId)?.durationMinutes).toBe(
        under.practice.visitTypeMinutes,
      );
      for (const type of types) expect(type.durationMinutes).toBeGreaterThan(0);
    });

    test.each([15, 30, 60])(
      'free slots of %i minutes ascend, are that long, and are inside the days',
      async (minutes) => {
        const { slots } = await openSlots({ durationMinutes: minutes });
        expect(slots.length).toBeGreaterThan(3);
        expect(slots.map(({ startsAt }) => startsAt)).toEqual([
          ...new Set(slots.map(({ startsAt }) => startsAt).sort()),
        ]);
        for (const slot of slots) {
          const start = DateTime.fromISO(slot.startsAt, { zone: under.practice.timeZone });
          expect(start.toFormat("yyyy-MM-dd'T'HH:mm")).toBe(slot.localStart);
          expect(Date.parse(slot.endsAt) - Date.parse(slot.startsAt)).toBe(minutes * 60_000);
          expect(slot.durationMinutes).toBe(minutes);
          expect(slot.localStart >= under.practice.openDate).toBe(true);
          expect(slot.localStart.slice(0, 10) <= under.practice.laterDate).toBe(true);
        }
      },
    );

    test('slots carry the visit type that was asked for, and none unasked, out of one reading', async () => {
      const { visitTypeId } = under.practice;
      await openSlots();
      expect(
        await callsDuring(async () => {
          for (const slot of (await openSlots({ visitTypeId })).slots)
            expect(slot.visitTypeId).toBe(visitTypeId);
          for (const slot of (await openSlots()).slots) expect(slot).not.toHaveProperty('visitTypeId');
        }),
      ).toBe(0);
    });

    test('a day without the doctor is an empty answer, not an error', async () => {
      const { closedDate } = under.practice;
      expect((await openSlots({ fromDate: closedDate, toDate: closedDate })).slots).toEqual([]);
    });

    test('one call answers for a whole range, for any part of it, and for all who ask at once', async () => {
      const { openDate } = under.practice;
      const [whole, day] = [query(), query({ toDate: openDate })];
      expect(
        await callsDuring(() =>
          Promise.all(Array.from({ length: 20 }, () => ehr.openSlots(whole, 'browsing'))),
        ),
      ).toBe(1);
      expect(
        await callsDuring(async () => {
          const { slots } = valueIn(await ehr.openSlots(day, 'booking'));
          expect(slots).toEqual(
            (await openSlots()).slots.filter((slot) => slot.localStart.startsWith(openDate)),
          );
          expect(slots.length).toBeGreaterThan(0);
        }),
      ).toBe(0);
    });

    test('a reading is used until it is older than asked for; 0 seconds always reads', async () => {
      const first = await openSlots();
      under.clock.advance(60_000);
      expect((await openSlots()).readAt).toBe(first.readAt);
      expect(await callsDuring(() => openSlots({ freshSeconds: 59 }))).toBe(1);
      expect(await callsDuring(() => openSlots({ freshSeconds: 0 }))).toBe(1);
      expect((await openSlots()).readAt > first.readAt).toBe(true);
    });

    test('forgetting a day of the doctor makes the next question a new reading; another day does not', async () => {
      const { doctorId, closedDate, laterDate } = under.practice;
      await openSlots();
      ehr.forgetOpenSlots(doctorId, closedDate > laterDate ? closedDate : '1999-01-01');
      expect(await callsDuring(() => openSlots())).toBe(0);
      ehr.forgetOpenSlots(doctorId, laterDate);
      expect(await callsDuring(() => openSlots())).toBe(1);
    });

    test('both twins are found by their birth date, with nothing but what booking needs', async () => {
      const twins = valueIn(await ehr.patientsBornOn(under.practice.twinsBornOn, 'browsing'));
      expect(twins.length).toBe(2);
      expect(new Set(twins.map(({ lastName }) => lastName)).size).toBe(1);
      for (const patient of twins)
        expect(Object.keys(patient).sort()).toEqual([
          'active',
          'birthDate',
          'firstName',
          'id',
          'lastName',
          'middleName',
          'nickName',
          'preferredLanguage',
        ]);
    });

    test('nobody born on a day is an empty answer', async () => {
      expect(await ehr.patientsBornOn(under.practice.nobodyBornOn, 'browsing')).toEqual({
        ok: true,
        value: [],
      });
    });

    test('600 charts of one birth date are all read', async () => {
      await under.addCharts(600, under.practice.nobodyBornOn);
      const found = valueIn(await ehr.patientsBornOn(under.practice.nobodyBornOn, 'browsing'));
      expect(new Set(found.map(({ id }) => id)).size).toBe(600);
    });

    test('a chart is read by its id, and an unknown one is not found', async () => {
      const id = await twin();
      expect(valueIn(await ehr.patient(id, 'booking')).birthDate).toBe(under.practice.twinsBornOn);
      expect(await ehr.patient(patientId('99999999'), 'booking')).toEqual(failure({ kind: 'not-found' }));
    });

    test('a created appointment is found by its reference, and its time is offered no more', async () => {
      const slot = await firstSlot();
      const created = valueIn(await ehr.createAppointment(await visit(slot, 'ref7')));
      expect(created).toMatchObject({
        officeId: slot.officeId,
        doctorId: slot.doctorId,
        patientId: await twin(),
        room: under.practice.room,
        localStart: slot.localStart,
        durationMinutes: 30,
        live: true,
        ref: 'ref7',
      });
      expect((await dayOf(slot)).filter(({ ref }) => ref === 'ref7')).toEqual([created]);
      expect(await ehr.appointment(created.id, 'booking')).toEqual({ ok: true, value: created });
      expect((await openSlots()).slots.map(({ localStart }) => localStart)).not.toContain(slot.localStart);
    });

    test("a visit type brings its own length, and the desk's words behind our reference stay there", async () => {
      const slot = await firstSlot();
      const { visitTypeId, visitTypeMinutes } = under.practice;
      const created = valueIn(
        await ehr.createAppointment({
          ...(await visit(slot)),
          visitTypeId,
          durationMinutes: visitTypeMinutes,
        }),
      );
      expect(created.durationMinutes).toBe(visitTypeMinutes);
      await under.appendToNotes(created.id, ' prefers mornings');
      const [found] = (await dayOf(slot)).filter(({ id }) => id === created.id);
      expect(found).toEqual(created);
      expect(JSON.stringify(found)).not.toContain('mornings');
    });

    test('a time that was taken meanwhile is a conflict, and nothing is created', async () => {
      const slot = await firstSlot();
      valueIn(await ehr.createAppointment(await visit(slot, 'first')));
      expect(await ehr.createAppointment(await visit(slot, 'second'))).toEqual(failure({ kind: 'conflict' }));
      expect((await dayOf(slot)).filter(({ ref }) => ref === 'second')).toEqual([]);
    });

    test('an unknown patient is refused by the name of the field', async () => {
      const slot = await firstSlot();
      const result = await ehr.createAppointment({
        ...(await visit(slot)),
        patientId: patientId('99999999'),
      });
      expect(result).toEqual(failure({ kind: 'refused', fields: ['patient'] }));
    });

    test.each<[Disturbance, EhrError['kind'], number]>([
      ['cut-after', 'unknown', 1],
      ['cut-before', 'unknown', 0],
      ['server-error', 'unknown', 0],
      ['rubbish', 'unexpected', 0],
    ])('a create that meets %s is sent once and is %s', async (how, kind, found) => {
      const slot = await firstSlot();
      const appointment = await visit(slot, 'lost');
      await under.disturbNextCreate(how);
      const before = await under.counts();
      expect(await ehr.createAppointment(appointment)).toMatchObject({ ok: false, error: { kind } });
      expect((await under.counts()).creates - before.creates).toBe(1);
      const ours = (await dayOf(slot)).filter(({ ref, live }) => live && ref === 'lost');
      // Rubbish may hide a visit as well as none: all that is asked of it is that it is looked up.
      if (how !== 'rubbish') expect(ours.length).toBe(found);
    });

    test('cancelling frees the time, keeps the row, and can be repeated', async () => {
      const slot = await firstSlot();
      const created = valueIn(await ehr.createAppointment(await visit(slot)));
      expect(await ehr.cancelAppointment(created.id)).toEqual({ ok: true });
      expect(await ehr.cancelAppointment(created.id)).toEqual({ ok: true });
      expect(valueIn(await ehr.appointment(created.id, 'booking'))).toMatchObject({
        live: false,
        ehrStatus: 'Cancelled',
        ref: 'r1',
      });
      expect((await openSlots()).slots.map(({ localStart }) => localStart)).toContain(slot.localStart);
    });

    test('an appointment that does not exist is not found, to read or to cancel', async () => {
      const nothing = appointmentId('99999999');
      expect(await ehr.appointment(nothing, 'booking')).toEqual(failure({ kind: 'not-found' }));
      expect(await ehr.cancelAppointment(nothing)).toEqual(failure({ kind: 'not-found' }));
    });

    test('with nobody at the other end nothing is sent, nothing throws, and the state says so', async () => {
      const slot = await firstSlot();
      const appointment = await visit(slot);
      await under.shutDown();
      expect(await ehr.createAppointment(appointment)).toEqual(failure({ kind: 'unavailable' }));
      expect(await ehr.patient(appointment.patientId, 'booking')).toEqual(failure({ kind: 'unavailable' }));
      expect(ehr.state()).toEqual({ state: 'unreachable' });
      expect((await openSlots()).slots.length).toBeGreaterThan(0);
      expect((await ehr.offices('browsing')).ok).toBe(true);
    });
  });
}

function failure(error: EhrError) {
  return { ok: false, error };
}

/** The value of a call that must succeed here. */
function valueIn<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: EhrError },
): T {
  if (!result.ok) throw new Error(`the EHR answered ${JSON.stringify(result.error)}`);
  return result.value;
}
