// The specification's confirmation, made from a confirmed booking: the same data for chat and REST.
import { DateTime } from 'luxon';
import type { ConfirmedBooking } from './domain.ts';

export interface Confirmation {
  readonly message: string;
  readonly appointmentDetails: {
    readonly appointmentId: string;
    /** `MM/DD/YYYY`, office time. */
    readonly date: string;
    /** `08:00 AM`, office time. */
    readonly time: string;
    /** `Dr. John Doe`. */
    readonly provider: string;
  };
}

/** The specification's step 5; date and time are the office's wall clock. */
export function confirmationOf(booking: ConfirmedBooking): Confirmation {
  const start = DateTime.fromISO(booking.startsAt, { zone: booking.timeZone }).setLocale('en-US');
  return {
    message: 'Your appointment has been successfully booked.',
    appointmentDetails: {
      appointmentId: booking.appointment,
      date: start.toFormat('MM/dd/yyyy'),
      time: start.toFormat('hh:mm a'),
      provider: booking.doctorName,
    },
  };
}
