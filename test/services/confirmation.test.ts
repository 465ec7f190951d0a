// The confirmation's date and time: the office's clock, written as in the United States.
import { expect, test } from 'vitest';
import { confirmationOf } from '../../services/confirmation.ts';
import {
  appointmentId,
  bookingId,
  type ConfirmedBooking,
  doctorId,
  officeId,
  patientId,
} from '../../services/domain.ts';

const booking: ConfirmedBooking = {
  id: bookingId('b'),
  ref: 'r',
  key: 'k',
  attempt: 1,
  patientId: patientId('5'),
  patientName: 'Ada Example',
  doctorId: doctorId('1'),
  doctorName: 'Dr. John Doe',
  officeId: officeId('2'),
  officeName: 'Main Street',
  room: 1,
  startsAt: '2025-02-18T13:30:00.000Z',
  timeZone: 'America/New_York',
  durationMinutes: 30,
  channel: 'webchat',
  ehrStatus: '',
  createdAt: '2025-02-17T13:30:00.000Z',
  updatedAt: '2025-02-17T13:30:00.000Z',
  status: 'confirmed',
  appointment: appointmentId('77'),
};

test.each([
  ['2025-02-18T13:30:00.000Z', '02/18/2025', '08:30 AM'],
  ['2025-07-01T16:00:00.000Z', '07/01/2025', '12:00 PM'],
  ['2025-07-01T17:05:00.000Z', '07/01/2025', '01:05 PM'],
  ['2025-12-31T04:59:00.000Z', '12/30/2025', '11:59 PM'],
  ['2025-12-31T05:00:00.000Z', '12/31/2025', '12:00 AM'],
  ['2025-12-31T15:00:00.000Z', '12/31/2025', '10:00 AM'],
])('%s is %s %s', (startsAt, date, time) => {
  expect(confirmationOf({ ...booking, startsAt }).appointmentDetails).toEqual({
    appointmentId: '77',
    date,
    time,
    provider: 'Dr. John Doe',
  });
});
