// What becomes of DrChrono's appointments and blocks: what is kept, what is dropped, what is refused.
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { appointmentRow, blockRow } from '../../services/ehr/drchrono.wire.ts';

const fails = (schema: z.ZodType, row: unknown) => {
  const parsed = schema.safeParse(row);
  return parsed.success ? 'fits' : parsed.error.issues[0]?.path.join('.');
};

describe('an appointment', () => {
  const row = {
    id: '143422207',
    doctor: 257817,
    office: 274103,
    patient: 85753656,
    exam_room: 1,
    scheduled_time: '2020-03-30T12:00:00',
    duration: 30,
    status: '',
    deleted_flag: false,
    notes: '',
    reason: 'Private matters',
  };

  test('keeps no word of its reason or notes but our reference', () => {
    expect(appointmentRow.parse({ ...row, notes: 'Patient is anxious. Bookadoc k7m2 - call first' })).toEqual(
      {
        id: '143422207',
        officeId: '274103',
        doctorId: '257817',
        patientId: '85753656',
        room: 1,
        localStart: '2020-03-30T12:00',
        durationMinutes: 30,
        ehrStatus: '',
        live: true,
        ref: 'k7m2',
      },
    );
  });

  test.each([
    ['', undefined],
    [null, undefined],
    ['Bookadoc', undefined],
    ['NotBookadoc k7m2', undefined],
    ['Bookadoc k7m2', 'k7m2'],
    ['Bookadoc k7m2. Late', 'k7m2'],
    ['First line\nBookadoc k7m2\nmore', 'k7m2'],
  ])('with the notes %j has the reference %o', (notes, ref) => {
    expect(appointmentRow.parse({ ...row, notes }).ref).toBe(ref);
  });

  test.each([
    [{ status: 'Confirmed' }, true],
    [{ status: 'Arrived' }, true],
    [{ status: "A practice's own" }, true],
    [{ status: 'Cancelled' }, false],
    [{ status: 'Rescheduled' }, false],
    [{ status: 'No Show' }, false],
    [{ deleted_flag: true }, false],
    [{ appt_is_break: true, patient: null }, true],
  ])('with %o is live: %o', (more, live) => {
    expect(appointmentRow.parse({ ...row, ...more }).live).toBe(live);
  });

  test.each([
    ['2020-03-30T12:00', '2020-03-30T12:00'],
    ['2020-03-30 12:00:00', '2020-03-30T12:00'],
  ])('at %s is at %s', (scheduled_time, localStart) => {
    expect(appointmentRow.parse({ ...row, scheduled_time }).localStart).toBe(localStart);
  });

  test.each([
    ['scheduled_time', '2020-03-30T12:00:00Z'],
    ['scheduled_time', null],
    ['duration', '30'],
    ['doctor', null],
    ['id', ''],
  ])('whose %s is %o is refused by path', (field, value) => {
    expect(fails(appointmentRow, { ...row, [field]: value })).toBe(field);
  });

  test('of a recurring series may have an id that is no number', () => {
    expect(appointmentRow.parse({ ...row, id: '2020-03-30_143422207' }).id).toBe('2020-03-30_143422207');
  });
});

test('a block keeps its ends, naive or not', () => {
  expect(
    blockRow.parse({ start_time: '2026-03-19T12:00:00', end_time: '2026-03-19T17:00:00Z', description: 'x' }),
  ).toEqual({
    start: '2026-03-19T12:00:00',
    end: '2026-03-19T17:00:00Z',
  });
  expect(fails(blockRow, { start_time: 'noon', end_time: '2026-03-19T17:00:00Z' })).toBe('start_time');
});
