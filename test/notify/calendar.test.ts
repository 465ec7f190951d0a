// The calendar file, read back with another library: pitfall 17 (a cancelled visit stays in the calendar, a move makes a second one).
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../services/domain.ts';
import { calendarOf, publishedCalendar } from '../../services/notify/calendar.ts';
import { messageOf } from '../../services/notify/words.ts';
import { practice, sampleContact, sampleNotice } from '../support/sample-notice.ts';

const addresses = { from: 'desk@riverbend.example', to: 'ada@example.com' };

function read(notice: Notice, contact = sampleContact) {
  const { method, content } = calendarOf(notice, messageOf(notice, contact, practice), practice, addresses);
  const calendar = new ICAL.Component(ICAL.parse(content));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (zone !== null) ICAL.TimezoneService.register(zone);
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  return { method, content, calendar, event, zone };
}

describe('pitfall 17: booked, moved, moved again, cancelled', () => {
  const life = [
    read(sampleNotice),
    read({ ...sampleNotice, about: 'changed', version: 3, startsAt: '2026-03-09T13:00:00.000Z' }),
    read({ ...sampleNotice, about: 'changed', version: 4, startsAt: '2026-03-10T13:00:00.000Z' }),
    read({ ...sampleNotice, about: 'cancelled', version: 5, startsAt: '2026-03-10T13:00:00.000Z' }),
  ];

  it('is one UID, a rising SEQUENCE, REQUEST until CANCEL', () => {
    expect(new Set(life.map(({ event }) => event.uid))).toEqual(new Set(['abc123def456@bookadoc']));
    expect(life.map(({ event }) => event.sequence)).toEqual([2, 3, 4, 5]);
    const methods = ['REQUEST', 'REQUEST', 'REQUEST', 'CANCEL'];
    expect(life.map(({ method }) => method)).toEqual(methods);
    expect(life.map(({ calendar }) => calendar.getFirstPropertyValue('method'))).toEqual(methods);
    expect(life.map(({ event }) => event.component.getFirstPropertyValue('status'))).toEqual([
      ...['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'CANCELLED'],
    ]);
  });

  it('has its zone’s rules in it, and is at the same instant wherever it is read, over the change of the clocks', () => {
    for (const { zone, event } of life) {
      expect(zone?.getFirstPropertyValue('tzid')).toBe('America/New_York');
      expect(event.startDate.zone.tzid).toBe('America/New_York');
    }
    expect(life.map(({ event }) => event.startDate.toJSDate().toISOString())).toEqual([
      '2026-03-03T14:00:00.000Z',
      '2026-03-09T13:00:00.000Z',
      ...['2026-03-10T13:00:00.000Z', '2026-03-10T13:00:00.000Z'],
    ]);
    expect(life.map(({ event }) => event.duration.toSeconds())).toEqual([1800, 1800, 1800, 1800]);
  });

  it('has a neutral title in both languages: no name, doctor or practice', () => {
    expect(life.map(({ event }) => event.summary)).toEqual(life.map(() => 'Appointment'));
    expect(read(sampleNotice, { ...sampleContact, preferredLanguage: 'spa' }).event.summary).toBe('Cita');
    for (const { content } of life) expect(content).not.toMatch(/Ada\b|Dr\. John/);
  });

  it('is from the practice to the patient, dated when the booking became so', () => {
    for (const { event } of life) {
      expect(event.organizer).toBe('mailto:desk@riverbend.example');
      expect(event.attendees.map((attendee) => attendee.getFirstValue())).toEqual(['MAILTO:ada@example.com']);
      expect(String(event.component.getFirstPropertyValue('dtstamp'))).toBe('2026-03-02T13:30:00Z');
    }
  });
});

it.each(['America/Chicago', 'America/Phoenix', 'Pacific/Honolulu', 'America/Puerto_Rico'])(
  'every zone of a practice has its rules: %s',
  (timeZone) => {
    expect(read({ ...sampleNotice, timeZone }).zone?.getFirstPropertyValue('tzid')).toBe(timeZone);
  },
);

describe('for download', () => {
  const published = (notice: Notice, from?: string) => {
    const content = publishedCalendar(notice, messageOf(notice, sampleContact, practice), practice, from);
    const calendar = new ICAL.Component(ICAL.parse(content));
    return {
      content,
      method: calendar.getFirstPropertyValue('method'),
      event: new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined),
    };
  };

  it('is the event of the mail under METHOD PUBLISH, with nobody invited', () => {
    const mailed = read(sampleNotice).event;
    const { event, method, content } = published(sampleNotice, addresses.from);
    expect(method).toBe('PUBLISH');
    expect([event.uid, event.sequence, event.summary, event.location, event.description]).toEqual([
      ...[mailed.uid, mailed.sequence, mailed.summary, mailed.location, mailed.description],
    ]);
    expect(String(event.startDate)).toBe(String(mailed.startDate));
    expect(event.attendees).toEqual([]);
    expect(event.organizer).toBe('mailto:desk@riverbend.example');
    expect(content).toContain('BEGIN:VTIMEZONE');
    expect(content).not.toMatch(/Ada\b|ada@|Dr\. John/);
  });

  it('cancelled, it is still PUBLISH: STATUS takes it out', () => {
    const { event, method } = published({ ...sampleNotice, about: 'cancelled', version: 3 });
    expect([method, event.component.getFirstPropertyValue('status'), event.sequence]).toEqual([
      ...['PUBLISH', 'CANCELLED', 3],
    ]);
  });

  it('a practice without an address for mails is named by nothing', () => {
    expect(published(sampleNotice).content).not.toContain('ORGANIZER');
  });
});
