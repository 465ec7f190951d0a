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

/** By mail: REQUEST for a visit that stands, CANCEL for one that does not; from the practice to the patient. */
export function calendarOf(
  notice: Notice,
  message: Message,
  practice: Practice,
  addresses: { readonly from: string; readonly to: string },
): CalendarFile {
  const method = notice.about === 'cancelled' ? 'CANCEL' : 'REQUEST';
  return { method, content: written(method, notice, message, practice, addresses) };
}

/** For download: PUBLISH, which names nobody who is invited; the same event as by mail, cancelled or not. `from`: the practice's address, if it has one. */
export const publishedCalendar = (
  notice: Notice,
  message: Message,
  practice: Practice,
  from: string | undefined,
): string => written('PUBLISH', notice, message, practice, { from });

function written(
  method: CalendarFile['method'] | 'PUBLISH',
  notice: Notice,
  message: Message,
  practice: Practice,
  { from, to }: { readonly from: string | undefined; readonly to?: string },
): string {
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
    status: notice.about === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // RFC 5546 wants one, who needs an address; a practice that sends no mail has none to give.
    ...(from === undefined ? {} : { organizer: { name: practice.name, email: from } }),
    attendees: to === undefined ? [] : [{ email: to, rsvp: false }],
  });
  return calendar.toString();
}

/** The zone's rules as a VTIMEZONE, so that no calendar has to guess; null where the library does not know the zone. */
function timeZoneBlock(timeZone: string): string | null {
  const [block] = tzlib_get_ical_block(timeZone);
  return block?.startsWith('BEGIN:VTIMEZONE') === true ? block : null;
}
