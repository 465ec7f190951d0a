// What reconcile found out about a booking or a change that was unsure, in words; a booking comes with its confirmation.
import { confirmationOf } from '../services/confirmation.ts';
import type { News } from '../services/use-cases.ts';
import { localStartOf } from './local-start.ts';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';
import { calendarLink, type Desk, say, wordsFor } from './turn.ts';

export function newsReply(desk: Desk, memory: Memory, news: News): Reply {
  const words = wordsFor(memory);
  if (news.kind === 'not-booked') {
    const when = words.when(localStartOf(news.startsAt, news.timeZone), news.timeZone);
    return say(memory, words.notBookedAfterAll(when, news.doctorName));
  }
  const { booking } = news;
  const when = words.when(localStartOf(booking.startsAt, booking.timeZone), booking.timeZone);
  if (news.kind !== 'booked-after-all')
    return say(memory, words.changedAfterAll[news.kind](when, booking.doctorName));
  return {
    ...say(memory, words.bookedAfterAll(when, booking.doctorName, booking.appointment)),
    link: calendarLink(desk, memory, booking.patientId, booking.appointment),
    confirmation: confirmationOf(news.booking),
  };
}

/** Whose news it is. */
export const patientOf = (news: News): string =>
  news.kind === 'not-booked' ? news.patientId : news.booking.patientId;

/** Nothing is unsure any more; and visits that were shown may have changed with the news, so they are read anew. */
export function afterNews(before: Memory): Memory {
  const memory = { ...before, unsureUntilMs: undefined };
  const { task, draft } = memory;
  const isMove = draft?.moving !== undefined;
  if (!isMove && (task === undefined || !('visits' in task))) return memory;
  const { draft: _, ...rest } = memory;
  return {
    ...(isMove ? rest : memory),
    task: { kind: 'see' },
    asked: 'visit',
    shown: undefined,
    page: undefined,
    misses: undefined,
  };
}
