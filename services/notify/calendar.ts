// The calendar file of a visit (RFC 5545, sent by mail as in RFC 5546): one UID for its life, each version above the last, a title that tells nothing.
import { ICalCalendarMethod, ICalEventStatus, default as ical } from 'ical-generator';
import { DateTime } from 'luxon';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { Notice } from '../domain.ts';
import type { Message, Practice } from './words.ts';

export interface CalendarFile {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly content: string;
}

/** REQUEST for a visit that stands, CANCEL for one that does not; from the practice to the patient. */
export function calendarOf(
  notice: Notice,
  message: Message,
  practice: Practice,
  addresses: { readonly from: string; readonly to: string },
): CalendarFile {
  const cancelled = notice.about === 'cancelled';
  const method = cancelled ? 'CANCEL' : 'REQUEST';
  const start = DateTime.fromISO(notice.startsAt, { zone: notice.timeZone });
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Bookadoc', product: 'Bookadoc', language: message.language.toUpperCase() },
    // Named by the event only: a zone of the whole file would take DTSTAMP out of UTC, where RFC 5545 wants it.
    timezone: { name: null, generator: timeZoneBlock },
  });
  const [, where] = message.lines[1] ?? [];
  calendar.createEvent({
    id: `${notice.ref}@bookadoc`,
    sequence: notice.version,
    stamp: DateTime.fromISO(notice.asOf, { zone: 'utc' }),
    start,
    end: start.plus({ minutes: notice.durationMinutes }),
    timezone: notice.timeZone,
    summary: message.title,
    description: message.closing,
    location: where ?? notice.officeName,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: practice.name, email: addresses.from },
    attendees: [{ email: addresses.to, rsvp: false }],
  });
  return { method, content: calendar.toString() };
}

/** The zone's rules as a VTIMEZONE, so that no calendar has to guess; null where the library does not know the zone. */
function timeZoneBlock(timeZone: string): string | null {
  const [block] = tzlib_get_ical_block(timeZone);
  return block?.startsWith('BEGIN:VTIMEZONE') === true ? block : null;
}
