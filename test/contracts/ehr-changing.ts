// The EHR contract, visits on file: a patient's own list, and changes of nothing but what is named.
import { expect, test } from 'vitest';
import { patientId } from '../../services/domain.ts';
import type { EhrError } from '../../services/ports.ts';
import { type Disturbance, type EhrUnderTest, failure, type Questions, valueIn } from './ehr-under-test.ts';

export function changingCases(current: () => EhrUnderTest, questions: Questions): void {
  const { openSlots, firstSlot, twin, visit, callsDuring } = questions;
  const createdAt = async (at = 0) => {
    const slot = (await openSlots()).slots[at] ?? (await firstSlot());
    return { slot, created: valueIn(await current().ehr.createAppointment(await visit(slot))) };
  };
  const startsOnOffer = async () => (await openSlots()).slots.map(({ localStart }) => localStart);
  const listOf = async (patient: string) => {
    const { openDate, laterDate } = current().practice;
    return valueIn(await current().ehr.appointmentsOf(patientId(patient), openDate, laterDate, 'browsing'));
  };

  test("a patient's list has the visits of those days, by whomever they were made, and nobody else's", async () => {
    const patient = await twin();
    const { laterDate, closedDate, openDate } = current().practice;
    const { created } = await createdAt();
    await current().deskBooks({ localStart: `${laterDate}T11:00`, patient, notes: 'likes mornings' });
    await current().deskBooks({ localStart: `${closedDate}T11:00`, patient });
    await current().deskBooks({ localStart: `${openDate}T12:00`, patient: null });
    const list = await listOf(patient);
    expect(list[0]).toEqual(created);
    expect(list.map(({ localStart }) => localStart)).toEqual([created.localStart, `${laterDate}T11:00`]);
    expect(JSON.stringify(list)).not.toContain('mornings');
    expect(await listOf('99999999')).toEqual([]);
  });

  test('one call reads the list, and a long one is read to its end', async () => {
    const patient = await twin();
    expect(await callsDuring(() => listOf(patient))).toBe(1);
    for (let minute = 10; minute < 60; minute += 1)
      await current().deskBooks({ localStart: `${current().practice.openDate}T13:${minute}`, patient });
    expect(await listOf(patient)).toHaveLength(50);
  });

  test('cancelling frees the time, keeps the row, and can be repeated', async () => {
    const { slot, created } = await createdAt();
    const cancel = () => current().ehr.changeAppointment(created.id, { status: 'Cancelled' });
    expect(await cancel()).toEqual({ ok: true });
    expect(await cancel()).toEqual({ ok: true });
    expect(valueIn(await current().ehr.appointment(created.id, 'booking'))).toEqual({
      ...created,
      live: false,
      ehrStatus: 'Cancelled',
    });
    expect(await startsOnOffer()).toContain(slot.localStart);
    expect(await current().ehr.changeAppointment(created.id, { status: '' })).toEqual({ ok: true });
    expect(valueIn(await current().ehr.appointment(created.id, 'booking'))).toEqual(created);
  });

  test('a reason stands in the notes, is told apart from the desk’s words, and can be taken out again', async () => {
    const { created } = await createdAt();
    const { ref = '' } = created;
    const read = async () => valueIn(await current().ehr.appointment(created.id, 'booking'));
    const notes = { ref, cancelReason: 'I have to work' };
    await current().ehr.changeAppointment(created.id, { status: 'Cancelled', notes });
    expect(await read()).toEqual({ ...created, live: false, ehrStatus: 'Cancelled', notesHold: 'reason' });
    expect(JSON.stringify(await read())).not.toContain('work');
    await current().ehr.changeAppointment(created.id, { status: '', notes: { ref } });
    expect(await read()).toEqual(created);
  });

  test('moving keeps the id and all that the front desk has written, and frees the old time', async () => {
    const { slot, created } = await createdAt();
    const to = (await openSlots()).slots[3];
    await current().appendToNotes(created.id, ' likes mornings');
    const localStart = to?.localStart ?? '';
    expect(await current().ehr.changeAppointment(created.id, { localStart })).toEqual({ ok: true });
    const { notesHold: _free, ...before } = created;
    expect(valueIn(await current().ehr.appointment(created.id, 'booking'))).toEqual({
      ...before,
      localStart,
    });
    current().ehr.forgetOpenSlots(slot.doctorId, slot.localStart.slice(0, 10));
    const starts = await startsOnOffer();
    expect(starts).toContain(slot.localStart);
    expect(starts).not.toContain(localStart);
    expect(await current().ehr.changeAppointment(created.id, { room: 2 })).toEqual({ ok: true });
    expect(valueIn(await current().ehr.appointment(created.id, 'booking'))).toMatchObject({
      localStart,
      room: 2,
    });
  });

  test('moving onto a taken time is a conflict, and the visit stays where it was', async () => {
    const first = await createdAt();
    const second = await createdAt(2);
    const { localStart } = first.slot;
    expect(await current().ehr.changeAppointment(second.created.id, { localStart })).toEqual(
      failure({ kind: 'conflict' }),
    );
    expect(await current().ehr.appointment(second.created.id, 'booking')).toEqual({
      ok: true,
      value: second.created,
    });
  });

  test.each<[Disturbance, EhrError['kind'], boolean]>([
    ['cut-after', 'unknown', true],
    ['cut-before', 'unknown', false],
    ['server-error', 'unknown', false],
    ['rubbish', 'unexpected', true],
  ])(
    'a change that meets %s is %s, and the visit by its id tells whether it was made',
    async (how, kind, made) => {
      const { created } = await createdAt();
      await current().disturbNextChange(how);
      const changed = await current().ehr.changeAppointment(created.id, { status: 'Cancelled' });
      expect(changed).toMatchObject({ ok: false, error: { kind } });
      expect(valueIn(await current().ehr.appointment(created.id, 'booking')).live).toBe(!made);
    },
  );
}
