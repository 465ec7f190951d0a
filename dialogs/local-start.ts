// The office's wall clock at an instant, for visits that come as instants (bookings), without a date library.
import type { Instant, LocalDateTime } from '../services/domain.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** `2025-02-18T14:00:00.000Z` in `America/New_York` is `2025-02-18T09:00`. */
export function localStartOf(startsAt: Instant, timeZone: string): LocalDateTime {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(timeZone, formatter);
  }
  return formatter.format(Date.parse(startsAt)).replace(' ', 'T');
}
