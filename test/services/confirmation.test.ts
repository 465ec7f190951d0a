// The confirmation's date and time: the office's clock, written as in the United States.
import { expect, test } from 'vitest';
import { confirmationOf } from '../../services/confirmation.ts';
import { appointmentId, type ConfirmedBooking } from '../../services/domain.ts';
import { sampleFacts } from '../support/sample-booking.ts';

const booking: ConfirmedBooking = {
  ...sampleFacts,
  timeZone: 'America/New_York',
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
