// Slots worked out from hours, appointments and blocks: one free hour at a time, as a table of what takes it away.
import { describe, expect, test } from 'vitest';
import { type Appointment, appointmentId, doctorId, type Office, officeId } from '../../services/domain.ts';
import { type Busy, freeStarts } from '../../services/ehr/computed-slots.ts';
import { clockOf } from '../../services/ehr/minutes.ts';

const room = (index: number, online: boolean) => ({ index, name: `Exam ${index}`, online });
const office = (more: Partial<Office> = {}): Office => ({
  id: officeId('2'),
  name: 'Main Street',
  address: '',
  city: '',
  state: '',
  phone: '',
  rooms: [room(1, true)],
  opensMinute: 9 * 60,
  closesMinute: 12 * 60,
  ...more,
});
const visit = (time: string, minutes: number, more: Partial<Appointment> = {}): Appointment => ({
  id: appointmentId('1'),
  officeId: officeId('2'),
  doctorId: doctorId('1'),
  room: 1,
  localStart: `2026-03-19T${time}`,
  durationMinutes: minutes,
  ehrStatus: '',
  live: true,
  ...more,
});
const elsewhere = { officeId: officeId('3') };
const otherDoctor = { doctorId: doctorId('9') };

const free = (
  where: Office,
  appointments: readonly Appointment[],
  blocks: readonly Busy[] = [],
  minutes = 60,
) => {
  const starts = freeStarts(where, { opensMinute: 8 * 60, closesMinute: 18 * 60 }, appointments, blocks, {
    officeId: where.id,
    doctorId: doctorId('1'),
    fromDate: '2026-03-19',
    toDate: '2026-03-19',
    durationMinutes: minutes,
    timeZone: 'America/New_York',
    freshSeconds: 60,
  });
  return (starts.get('2026-03-19') ?? []).map(clockOf);
};

describe('from nine to twelve, an hour at a time', () => {
  test.each<[string, Office, readonly Appointment[], readonly Busy[], readonly string[]]>([
    ['nothing in the way', office(), [], [], ['09:00', '10:00', '11:00']],
    ['a visit of the doctor', office(), [visit('10:00', 60)], [], ['09:00', '11:00']],
    [
      'a visit that only touches',
      office(),
      [visit('08:00', 60), visit('12:00', 60)],
      [],
      ['09:00', '10:00', '11:00'],
    ],
    ['a long visit that began earlier', office(), [visit('08:30', 120)], [], ['11:00']],
    ['a short visit in the middle', office(), [visit('10:15', 10)], [], ['09:00', '11:00']],
    [
      'a visit of the doctor at another office',
      office(),
      [visit('10:00', 60, elsewhere)],
      [],
      ['09:00', '11:00'],
    ],
    ['a cancelled visit', office(), [visit('10:00', 60, { live: false })], [], ['09:00', '10:00', '11:00']],
    [
      'a visit from the day before, over midnight',
      office(),
      [visit('22:00', 720, { localStart: '2026-03-18T22:00' })],
      [],
      ['10:00', '11:00'],
    ],
    ['another doctor in the only room', office(), [visit('10:00', 60, otherDoctor)], [], ['09:00', '11:00']],
    [
      'another doctor in one of two rooms',
      office({ rooms: [room(1, true), room(2, true)] }),
      [visit('10:00', 60, otherDoctor)],
      [],
      ['09:00', '10:00', '11:00'],
    ],
    [
      'another doctor in the only online room',
      office({ rooms: [room(1, true), room(2, false)] }),
      [visit('10:00', 60, otherDoctor)],
      [],
      ['09:00', '11:00'],
    ],
    [
      'another doctor in the same room elsewhere',
      office(),
      [visit('10:00', 60, { ...otherDoctor, ...elsewhere })],
      [],
      ['09:00', '10:00', '11:00'],
    ],
    ['no room is online: any room', office({ rooms: [room(1, false)] }), [], [], ['09:00', '10:00', '11:00']],
    ['no room at all', office({ rooms: [] }), [], [], []],
    ['a block', office(), [], [{ from: '2026-03-19T10:30', to: '2026-03-19T11:00' }], ['09:00', '11:00']],
    ['a block over days', office(), [], [{ from: '2026-03-18T13:00', to: '2026-03-20T09:00' }], []],
    [
      'a block on another day',
      office(),
      [],
      [{ from: '2026-03-20T09:00', to: '2026-03-20T12:00' }],
      ['09:00', '10:00', '11:00'],
    ],
  ])('%s', (_name, where, appointments, blocks, expected) => {
    expect(free(where, appointments, blocks)).toEqual(expected);
  });

  test.each([
    ['0 to 0', 0, 0],
    ['0 to 24', 0, 1440],
  ])(
    'an office that is open all day (%s) keeps to the practice setting',
    (_name, opensMinute, closesMinute) => {
      expect(free(office({ opensMinute, closesMinute }), [], [], 120)).toEqual([
        '08:00',
        '10:00',
        '12:00',
        '14:00',
        '16:00',
      ]);
    },
  );
});
