// What reconcile found out, kept for the conversation that was told "not sure yet" until it has been said there.
import { z } from 'zod';
import type { Bookings } from './bookings.ts';
import { type Booking, bookingId, patientId } from './domain.ts';
import type { Document, Store, StoreOp, Versioned } from './ports.ts';
import type { GoneNews, News, StandingNews, UseCases } from './use-cases.ts';

const standing = [
  'booked-after-all',
  'moved-after-all',
  'not-moved',
  'not-cancelled',
  'restored-after-all',
] as const;
const gone = ['cancelled-after-all', 'not-restored'] as const;

const news = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum([...standing, ...gone]),
    conversationId: z.string(),
    bookingId: z.string().transform(bookingId),
  }),
  z.object({
    kind: z.literal('not-booked'),
    conversationId: z.string(),
    patientId: z.string().transform(patientId),
    doctorName: z.string(),
    startsAt: z.iso.datetime(),
    timeZone: z.string(),
  }),
]);

const isGone = (kind: 'booked-after-all' | StandingNews | GoneNews): kind is GoneNews =>
  gone.some((one) => one === kind);

/** Throws where a stored document is no news: that is damage, not an expected failure. */
export function readNews(stored: Versioned): z.infer<typeof news> {
  return news.parse(stored.document);
}

export type Fact = { readonly kind: News['kind'] } & Document;

/** The write that keeps it, in the batch of the state that it tells of; none where no conversation waits for it. */
export function newsOps(booking: Booking, id: string, fact: Fact, at: string): readonly StoreOp[] {
  const { conversationId } = booking;
  if (conversationId === undefined) return [];
  return [{ op: 'put', kind: 'message', id, document: { ...fact, conversationId, createdAt: at } }];
}

/** The news of one conversation, and forgetting it once said. What has been overtaken by another state of the visit is not told. */
export function createNews(deps: {
  readonly store: Store;
  readonly bookings: Bookings;
}): Pick<UseCases, 'newsFor' | 'newsSaid'> {
  return {
    async newsFor(conversationId) {
      const range = { from: conversationId, to: `${conversationId}\u0000` };
      const told: News[] = [];
      for (const stored of await deps.store.list('message', 'conversation', range)) {
        const fact = readNews(stored);
        const { id } = stored;
        if (fact.kind === 'not-booked') {
          const { kind, patientId: patient, doctorName, startsAt, timeZone } = fact;
          told.push({ id, kind, patientId: patient, doctorName, startsAt, timeZone });
          continue;
        }
        const booking = (await deps.bookings.get(fact.bookingId))?.booking;
        if (isGone(fact.kind)) {
          if (booking?.status === 'cancelled') told.push({ id, kind: fact.kind, booking });
        } else if (booking?.status === 'confirmed') {
          told.push({ id, kind: fact.kind, booking });
        }
      }
      return told;
    },
    async newsSaid(ids) {
      await deps.store.batch(ids.map((id) => ({ op: 'remove', kind: 'message', id })));
    },
  };
}
