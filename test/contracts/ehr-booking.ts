// The EHR contract, booking: created once or not at all, found again, cancelled, and no EHR at all.
import { expect, test } from 'vitest';
import { appointmentId, patientId } from '../../services/domain.ts';
import type { EhrError } from '../../services/ports.ts';
import { type Disturbance, type EhrUnderTest, failure, type Questions, valueIn } from './ehr-under-test.ts';

export function bookingCases(current: () => EhrUnderTest, questions: Questions): void {
  const { openSlots, firstSlot, twin, visit, dayOf } = questions;

  test('a created appointment is found by its reference, and its time is offered no more', async () => {
    const slot = await firstSlot();
    const created = valueIn(await current().ehr.createAppointment(await visit(slot, 'ref7')));
    expect(created).toMatchObject({
      officeId: slot.officeId,
      doctorId: slot.doctorId,
      patientId: await twin(),
      room: current().practice.room,
      localStart: slot.localStart,
      durationMinutes: 30,
      live: true,
      ref: 'ref7',
    });
    expect((await dayOf(slot)).filter(({ ref }) => ref === 'ref7')).toEqual([created]);
    expect(await current().ehr.appointment(created.id, 'booking')).toEqual({ ok: true, value: created });
    expect((await openSlots()).slots.map(({ localStart }) => localStart)).not.toContain(slot.localStart);
  });

  test("a visit type brings its own length, and the desk's words behind our reference stay there", async () => {
    const slot = await firstSlot();
    const { visitTypeId, visitTypeMinutes } = current().practice;
    const created = valueIn(
      await current().ehr.createAppointment({
        ...(await visit(slot)),
        visitTypeId,
        durationMinutes: visitTypeMinutes,
      }),
    );
    expect(created.durationMinutes).toBe(visitTypeMinutes);
    await current().appendToNotes(created.id, ' prefers mornings');
    const [found] = (await dayOf(slot)).filter(({ id }) => id === created.id);
    const { notesHold, ...before } = created;
    expect([found, notesHold]).toEqual([before, 'free']);
    expect(JSON.stringify(found)).not.toContain('mornings');
  });

  test('a time that was taken meanwhile is a conflict, and nothing is created', async () => {
    const slot = await firstSlot();
    valueIn(await current().ehr.createAppointment(await visit(slot, 'first')));
    expect(await current().ehr.createAppointment(await visit(slot, 'second'))).toEqual(
      failure({ kind: 'conflict' }),
    );
    expect((await dayOf(slot)).filter(({ ref }) => ref === 'second')).toEqual([]);
  });

  test('an unknown patient is refused by the name of the field', async () => {
    const slot = await firstSlot();
    const result = await current().ehr.createAppointment({
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
    await current().disturbNextCreate(how);
    const before = await current().counts();
    expect(await current().ehr.createAppointment(appointment)).toMatchObject({ ok: false, error: { kind } });
    expect((await current().counts()).creates - before.creates).toBe(1);
    const ours = (await dayOf(slot)).filter(({ ref, live }) => live && ref === 'lost');
    // Rubbish may hide a visit as well as none: all that is asked of it is that it is looked up.
    if (how !== 'rubbish') expect(ours.length).toBe(found);
  });

  test('an appointment that does not exist is not found, to read or to change', async () => {
    const nothing = appointmentId('99999999');
    expect(await current().ehr.appointment(nothing, 'booking')).toEqual(failure({ kind: 'not-found' }));
    expect(await current().ehr.changeAppointment(nothing, { status: 'Cancelled' })).toEqual(
      failure({ kind: 'not-found' }),
    );
  });

  test('with nobody at the other end nothing is sent, nothing throws, and the state says so', async () => {
    const slot = await firstSlot();
    const appointment = await visit(slot);
    await current().shutDown();
    expect(await current().ehr.createAppointment(appointment)).toEqual(failure({ kind: 'unavailable' }));
    expect(await current().ehr.patient(appointment.patientId, 'booking')).toEqual(
      failure({ kind: 'unavailable' }),
    );
    expect(current().ehr.state()).toEqual({ state: 'unreachable' });
    expect((await openSlots()).slots.length).toBeGreaterThan(0);
    expect((await current().ehr.offices('browsing')).ok).toBe(true);
  });
}
