// What becomes of DrChrono's charts, offices, doctors and visit types: what is kept, what is dropped, what is refused.
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { doctorRow, officeRow, patientRow, visitTypeRow } from '../../services/ehr/drchrono.wire.ts';

const fails = (schema: z.ZodType, row: unknown) => {
  const parsed = schema.safeParse(row);
  return parsed.success ? 'fits' : parsed.error.issues[0]?.path.join('.');
};

describe('a chart', () => {
  const chart = {
    id: 85753656,
    first_name: 'Ada',
    middle_name: null,
    last_name: 'Example',
    nick_name: '',
    date_of_birth: '1990-01-02',
    preferred_language: 'blank',
    patient_status: 'A',
    social_security_number: '900-11-4107',
    patient_photo: 'https://ehr.example/photo',
    email: 'ada@example.test',
    cell_phone: '(555) 555-0100',
    primary_insurance: { insurance_company: 'Example' },
  };

  test('keeps eight fields and drops the rest', () => {
    expect(patientRow.parse(chart)).toEqual({
      id: '85753656',
      firstName: 'Ada',
      middleName: '',
      lastName: 'Example',
      nickName: '',
      birthDate: '1990-01-02',
      preferredLanguage: '',
      active: true,
    });
  });

  test.each([
    ['A', true],
    ['I', false],
    ['D', false],
    ['', true],
    [null, true],
  ])('of status %o is active: %o', (patient_status, active) => {
    expect(patientRow.parse({ ...chart, patient_status }).active).toBe(active);
  });

  test('without a birth date has an empty one; its language stays', () => {
    expect(patientRow.parse({ ...chart, date_of_birth: null, preferred_language: 'spa' })).toMatchObject({
      birthDate: '',
      preferredLanguage: 'spa',
    });
  });
});

describe('an office', () => {
  const office = {
    id: '274103',
    name: 'Primary Office',
    exam_rooms: [
      { index: 0, name: 'None', online_scheduling: true },
      { index: 1, name: 'Exam 1', online_scheduling: false },
      { index: 2, name: null },
    ],
    start_time: '08:30:00',
    end_time: '17:00:00',
    address: '',
    city: null,
    state: 'FL',
    phone_number: '3055550100',
    archived: false,
  };

  test('has rooms from 1 on, and hours in minutes', () => {
    expect(officeRow.parse(office)).toEqual({
      id: '274103',
      name: 'Primary Office',
      address: '',
      city: '',
      state: 'FL',
      phone: '3055550100',
      rooms: [
        { index: 1, name: 'Exam 1', online: false },
        { index: 2, name: '', online: false },
      ],
      opensMinute: 510,
      closesMinute: 1020,
    });
  });

  test.each([
    ['00:00:00', '00:00:00', 0, 0],
    ['00:00:00', '24:00:00', 0, 1440],
    ['08:00:00', '00:00:00', 480, 1440],
    [null, null, 0, 0],
  ])('from %o to %o is from %i to %i', (start_time, end_time, opensMinute, closesMinute) => {
    expect(officeRow.parse({ ...office, start_time, end_time })).toMatchObject({ opensMinute, closesMinute });
  });

  test.each([[null], [undefined], ['Exam 1'], [[]]])('with the rooms %o has none', (exam_rooms) => {
    expect(officeRow.parse({ ...office, exam_rooms })?.rooms).toEqual([]);
  });

  test('that is archived is left out; one with a bad hour is refused by path', () => {
    expect(officeRow.parse({ ...office, archived: true })).toBeUndefined();
    expect(fails(officeRow, { ...office, start_time: 'eight' })).toBe('start_time');
    expect(fails(officeRow, { ...office, exam_rooms: [{ index: '1' }] })).toMatch(/^exam_rooms/);
  });
});

describe('a doctor', () => {
  const doctor = {
    id: 257817,
    first_name: 'Ada',
    last_name: 'Example',
    suffix: 'MD',
    specialty: 'Acupuncture',
    timezone: 'US/Eastern',
    is_account_suspended: false,
  };

  test('is Dr. First Last, in the zone by its present name', () => {
    expect(doctorRow.parse(doctor)).toEqual({
      id: '257817',
      firstName: 'Ada',
      lastName: 'Example',
      name: 'Dr. Ada Example',
      specialty: 'Acupuncture',
      timeZone: 'America/New_York',
    });
  });

  test.each([[null], [''], ['Mars/Olympus'], [undefined]])('with the zone %o has none', (timezone) => {
    expect(doctorRow.parse({ ...doctor, timezone })?.timeZone).toBe('');
  });

  test('who is suspended is left out; one without a first name keeps one space', () => {
    expect(doctorRow.parse({ ...doctor, is_account_suspended: true })).toBeUndefined();
    expect(doctorRow.parse({ ...doctor, first_name: null })?.name).toBe('Dr. Example');
  });
});

describe('a visit type', () => {
  const type = {
    id: 284052,
    name: 'Visit',
    sort_order: 3,
    doctor: 257817,
    duration: 30,
    online_scheduling: true,
  };

  test('has its doctor, its length and its place', () => {
    expect(visitTypeRow.parse(type)).toEqual({
      order: 3,
      type: { id: '284052', doctorId: '257817', name: 'Visit', durationMinutes: 30, online: true },
    });
    expect(visitTypeRow.parse({ ...type, doctor: null })?.type).not.toHaveProperty('doctorId');
  });

  test.each([{ archived: true }, { duration: 0 }, { duration: null }, { duration: -5 }])(
    'with %o is left out',
    (more) => {
      expect(visitTypeRow.parse({ ...type, ...more })).toBeUndefined();
    },
  );
});
