// A visit to tell of and a person to tell it to, invented; 9:00 on Tuesday, March 3, 2026 in New York.
import type { Contact, Notice } from '../../services/domain.ts';

export const practice = { name: 'Riverbend Family Practice', phone: '(518) 555-0112' };

export const sampleNotice: Notice = {
  about: 'booked',
  ref: 'abc123def456',
  version: 2,
  startsAt: '2026-03-03T14:00:00.000Z',
  timeZone: 'America/New_York',
  durationMinutes: 30,
  doctorName: 'Dr. John Doe',
  officeName: 'Main Street',
  address: '12 Main Street, Albany',
  asOf: '2026-03-02T13:30:00.000Z',
};

export const sampleContact: Contact = {
  firstName: 'Ada',
  preferredLanguage: 'eng',
  email: 'ada@example.com',
  cellPhone: '(518) 555-0190',
  mayText: true,
};
