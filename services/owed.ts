// Messages owed: what is kept of each (never a contact, never its words), and the writes that owe one along with a booking's next state.
import { z } from 'zod';
import { appointmentId, type Booking, bookingId, type MessageChannel, type MessageKind } from './domain.ts';
import type { Clock, Document, IndexDeclaration, Store, StoreOp, Versioned } from './ports.ts';
import { instantAt } from './wall-time.ts';

const owed = z.object({
  bookingId: z.string().transform(bookingId),
  /** The booking's, as the log names it. */
  ref: z.string(),
  appointment: z.string().transform(appointmentId),
  /** The booking's sequence that the message tells of: see `sequenceOf`. */
  version: z.number().int(),
  about: z.enum(['booked', 'changed', 'cancelled']),
  channel: z.enum(['email', 'sms']),
  /** `owed`: to be tried. `claimed`: somebody is sending it. The rest is the end: `dead` is for the practice to look at. */
  status: z.enum(['owed', 'claimed', 'sent', 'dropped', 'dead']),
  tries: z.number().int(),
  /** When it is to be tried next, when its claim is over, or when it ended. */
  at: z.iso.datetime(),
  owedAt: z.iso.datetime(),
});
export type Owed = z.infer<typeof owed>;

export const readOwed = (stored: Versioned): Owed => owed.parse(stored.document);
export const owedDocument = (message: Owed): Document => ({ ...message });

const textOf = (document: Document, field: string): string => String(document[field] ?? '');
const isWaiting = (status: string): boolean => status === 'owed' || status === 'claimed';

/** `due`: what is to be looked at, by channel and time. `dead`: what was given up, by when. */
export const messageIndexes: readonly IndexDeclaration[] = [
  {
    kind: 'message',
    name: 'due',
    key: (d) => (isWaiting(textOf(d, 'status')) ? `${textOf(d, 'channel')}|${textOf(d, 'at')}` : undefined),
  },
  {
    kind: 'message',
    name: 'dead',
    key: (d) => (textOf(d, 'status') === 'dead' ? textOf(d, 'at') : undefined),
  },
];

/** A booking that has a visit in the EHR, as it stands or no longer stands there. */
type Visit = Extract<Booking, { status: 'confirmed' | 'cancelled' }>;

/** What must be written in the batch that makes the booking what the message says. `version`: the booking document's, once written. */
export type Owe = (about: MessageKind, booking: Visit, version: number) => readonly StoreOp[];

/**
 * Owes one message for each channel; none without channels. The id is (appointment, sequence, kind, channel): one state of the visit,
 * one message. A `put`, though no two writes can meet in one id: a message must never be the reason why a booking is not written.
 */
export function createOwe(channels: readonly MessageChannel[], clock: Pick<Clock, 'now'>): Owe {
  return (about, { id, ref, appointment, sequenceOffset = 0 }, written) => {
    const version = written + sequenceOffset;
    return channels.map((channel) => {
      const at = instantAt(clock.now());
      const message: Owed = {
        ...{ bookingId: id, ref, appointment, version, about, channel },
        ...{ status: 'owed', tries: 0, at, owedAt: at },
      };
      return {
        op: 'put',
        kind: 'message',
        id: `owed|${appointment}|${version}|${about}|${channel}`,
        document: owedDocument(message),
      };
    });
  };
}

/** Messages that were given up, up to a thousand; retention removes them with the others. */
export async function deadLetters(store: Pick<Store, 'list'>): Promise<number> {
  return (await store.list('message', 'dead', { from: '', to: '\uffff' })).length;
}
