// Which clock a doctor's times at an office are on, and when nobody can know.
import { expect, test } from 'vitest';
import { type Doctor, doctorId, type Office, officeId } from '../../services/domain.ts';
import { zoneAt } from '../../services/zones.ts';

const office: Office = {
  id: officeId('123456'),
  name: 'Main Street',
  address: '1 Main Street',
  city: 'Riverbend',
  state: 'NY',
  phone: '',
  rooms: [],
  opensMinute: 0,
  closesMinute: 0,
};
const doctorIn = (timeZone: string): Doctor => ({
  id: doctorId('1'),
  firstName: 'John',
  lastName: 'Doe',
  name: 'Dr. John Doe',
  specialty: '',
  timeZone,
});

test.each([
  ['no entry: the doctor decides', 'US/Eastern', undefined, { bookable: true, timeZone: 'US/Eastern' }],
  ['no entry and no zone: no booking', '', undefined, { bookable: false, why: 'no-time-zone' }],
  ['no entry and a zone that is none', 'Mars/Olympus', undefined, { bookable: false, why: 'no-time-zone' }],
  [
    'an alias is the same clock',
    'US/Eastern',
    'America/New_York',
    { bookable: true, timeZone: 'America/New_York' },
  ],
  [
    'another clock: not offered here',
    'US/Central',
    'America/New_York',
    { bookable: false, why: 'zone-differs' },
  ],
  [
    'same winter time, other summer time',
    'America/Jamaica',
    'America/New_York',
    { bookable: false, why: 'zone-differs' },
  ],
  [
    'a doctor without zone takes the office entry',
    '',
    'America/Chicago',
    { bookable: true, timeZone: 'America/Chicago' },
  ],
])('%s', (_name, doctorZone, entry, expected) => {
  const entries = new Map(entry === undefined ? [] : [['123456', entry]]);
  expect(zoneAt(office, doctorIn(doctorZone), entries)).toEqual(expected);
});
