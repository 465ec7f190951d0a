// The specification's confirmation, made from a confirmed booking: the same data for chat and REST.
import type { ConfirmedBooking, LocalDateTime } from './domain.ts';
import { msOf, wallTimeOf } from './wall-time.ts';

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
  const start = wallTimeOf(msOf(booking.startsAt), booking.timeZone);
  return {
    message: 'Your appointment has been successfully booked.',
    appointmentDetails: {
      appointmentId: booking.appointment,
      date: usDate(start),
      time: usTime(start),
      provider: booking.doctorName,
    },
  };
}

const usDate = (wall: LocalDateTime): string =>
  `${wall.slice(5, 7)}/${wall.slice(8, 10)}/${wall.slice(0, 4)}`;

function usTime(wall: LocalDateTime): string {
  const hour = Number(wall.slice(11, 13));
  const onDial = String(hour % 12 || 12).padStart(2, '0');
  return `${onDial}:${wall.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`;
}
