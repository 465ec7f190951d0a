// A booking's facts, for tests of what is made of bookings.
import { type BookingFacts, bookingId, doctorId, officeId, patientId } from '../../services/domain.ts';

export const sampleFacts: BookingFacts = {
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
  startsAt: '2026-03-03T14:00:00.000Z',
  timeZone: 'UTC',
  durationMinutes: 30,
  channel: 'webchat',
  ehrStatus: '',
  createdAt: '2026-03-02T13:30:00.000Z',
  updatedAt: '2026-03-02T13:30:00.000Z',
};
