// The invented practice that sentences are understood against, and a hearing on any day.
import { addDays } from '../../dialogs/calendar.ts';
import type { Hearing, Roster } from '../../dialogs/understood.ts';

const doctor = (id: string, firstName: string, lastName: string, specialty: string) => ({
  id,
  firstName,
  lastName,
  name: `Dr. ${firstName} ${lastName}`,
  specialty,
});
const types = (doctorId: string, ...names: string[]) =>
  names.map((name) => ({ id: `${doctorId}-${name}`, name, doctorId }));
const family = ['Follow-up visit', 'Sick visit', 'Annual physical', 'New patient visit'];

export const roster: Roster = {
  offices: [
    { id: 'main', name: 'Main Street', address: '12 Main Street', city: 'Albany' },
    { id: 'lakeside', name: 'Lakeside', address: '480 Lake Avenue, Suite 3', city: 'Saratoga Springs' },
    { id: 'northgate', name: 'Northgate', address: '2210 Ridge Road', city: 'Evanston' },
  ],
  doctors: [
    doctor('doe', 'John', 'Doe', 'Family Practitioner'),
    doctor('maria', 'Maria', 'Alvarez', 'Internist'),
    doctor('raman', 'Priya', 'Raman', 'Pediatrician'),
    doctor('kowalski', 'Daniel', 'Kowalski', 'Obstetrician/Gynecologist'),
    doctor('okafor', 'Samuel', 'Okafor', 'Family Practitioner'),
    doctor('helen', 'Helen', 'Alvarez', 'Dermatologist'),
    doctor('lee', 'Grace', 'Lee', 'Family Practitioner'),
  ],
  visitTypes: [
    ...types('doe', ...family),
    ...types('maria', ...family),
    ...types('okafor', ...family),
    ...types('lee', ...family),
    ...types('raman', 'Well-child visit', 'Sick visit', 'Vaccination'),
    ...types('kowalski', 'Follow-up visit', 'Prenatal visit', 'Annual exam'),
    ...types('helen', 'Skin check', 'Follow-up visit'),
  ],
};

/** Nine in the morning of `today`, 60 days ahead bookable. */
export const hearingOn = (today: string, language: Hearing['language'] = 'en'): Hearing => ({
  roster,
  language,
  today,
  nowMinute: 540,
  limit: addDays(today, 60),
});
