// What our kinds of document look like on disk, and the indexes over them: the one place where stored JSON becomes a Booking.
import { z } from 'zod';
import { lastTurnMsIn } from './conversation-documents.ts';
import {
  appointmentId,
  type Booking,
  type BookingFacts,
  bookingId,
  doctorId,
  officeId,
  patientId,
  visitTypeId,
} from './domain.ts';
import type { Hold } from './holds.ts';
import { identityIndexes } from './identity-documents.ts';
import { messageIndexes } from './owed.ts';
import type { Document, IndexDeclaration, Versioned } from './ports.ts';

const instant = z.iso.datetime();

const facts = z.object({
  id: z.string().transform(bookingId),
  ref: z.string(),
  calendarRef: z.string().exactOptional(),
  sequenceOffset: z.number().int().exactOptional(),
  key: z.string(),
  attempt: z.number().int(),
  patientId: z.string().transform(patientId),
  patientName: z.string(),
  doctorId: z.string().transform(doctorId),
  doctorName: z.string(),
  officeId: z.string().transform(officeId),
  officeName: z.string(),
  room: z.number().int(),
  startsAt: instant,
  timeZone: z.string(),
  durationMinutes: z.number().int(),
  visitTypeId: z.string().transform(visitTypeId).exactOptional(),
  channel: z.string(),
  conversationId: z.string().exactOptional(),
  ehrStatus: z.string(),
  createdAt: instant,
  updatedAt: instant,
});

const appointment = z.string().transform(appointmentId);
const errorKind = z.enum([
  'missing-fields',
  'slot-taken',
  'outside-policy',
  'patient-not-found',
  'patient-ambiguous',
  'overlaps-own',
  'booking-not-found',
  'already-cancelled',
  'ehr-refused',
  'ehr-unavailable',
  'unconfirmed',
]);

const back = z.literal(true).exactOptional();
const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('undo'), cancelledAt: instant.exactOptional(), back }),
  z.object({ kind: z.literal('move'), startsAt: instant, room: z.number().int(), back }),
]);

const booking = z.discriminatedUnion('status', [
  facts.extend({ status: z.literal('pending'), told: z.enum(['nothing', 'unconfirmed']) }),
  facts.extend({ status: z.literal('confirmed'), appointment }),
  facts.extend({ status: z.literal('withdrawing'), appointment }),
  facts.extend({ status: z.literal('failed'), error: errorKind }),
  facts.extend({
    status: z.literal('cancelled'),
    appointment,
    by: z.enum(['patient', 'practice']),
    cancelledAt: instant.exactOptional(),
  }),
  facts.extend({
    status: z.literal('changing'),
    appointment,
    change,
    told: z.enum(['nothing', 'unsure', 'not-done']),
    changeStamp: z.string().exactOptional(),
  }),
  facts.extend({ status: z.literal('moved'), appointment }),
]);

export interface StoredBooking {
  readonly booking: Booking;
  readonly version: number;
}

/** Throws where a stored document is not a booking: that is damage, not an expected failure. */
export function readBooking(stored: Versioned): StoredBooking {
  return { booking: booking.parse(stored.document), version: stored.version };
}

const roomHold = z.object({
  id: z.string().transform(bookingId),
  status: z.string(),
  room: z.number(),
  startsAt: instant,
  durationMinutes: z.number(),
});
export type RoomHold = z.infer<typeof roomHold>;

/** Of a booking only what says which room it takes and when; damage elsewhere in it must not keep a whole office from booking. */
export function readRoomHold(stored: Versioned): RoomHold {
  return roomHold.parse(stored.document);
}

export function bookingDocument(value: Booking): Document {
  return { ...value };
}

const hold = z.object({
  patientId: z.string().transform(patientId),
  doctorId: z.string().transform(doctorId),
  startsAt: instant,
  endsAt: instant,
  expiresAt: instant,
});

/** Undefined where it is none: nobody loses by a hold less, and a damaged one must not keep everybody from booking. */
export function readHold(stored: Versioned): Hold | undefined {
  const { data } = hold.safeParse(stored.document);
  return data === undefined ? undefined : { id: stored.id, ...data };
}

export function holdDocument({ id: _, ...fields }: Hold): Document {
  return { ...fields };
}

/**
 * What calendars call SEQUENCE: rises with each state of a visit that a message can tell, and not with what was only tried.
 * It goes on where a move puts the visit into another document, or a visit is booked anew for the same calendar entry.
 */
export const sequenceOf = ({ booking, version }: StoredBooking): number =>
  version + (booking.sequenceOffset ?? 0);

/** The facts of a state that is written as this version and has this sequence. */
export function numbered<Facts extends BookingFacts>(facts: Facts, version: number, sequence: number): Facts {
  return { ...facts, sequenceOffset: sequence - version };
}

const dayMs = 86_400_000;

/**
 * When a document last mattered: how long it is kept counts from there. Undefined: it has no end yet. A conversation without a memory
 * holds nothing that goes on.
 */
export function lastUsedMs(
  kind: 'conversation' | 'booking' | 'message' | 'contact' | 'answer',
  document: Document,
): number | undefined {
  switch (kind) {
    case 'conversation':
      return lastTurnMsIn(document) ?? 0;
    case 'booking': {
      return isOpen(document) ? undefined : timeIn(document, 'startsAt');
    }
    case 'message':
      return timeIn(document, 'owedAt') ?? timeIn(document, 'createdAt') ?? timeIn(document, 'startsAt');
    case 'contact':
      return timeIn(document, 'usedAt');
    case 'answer': {
      const expiresMs = timeIn(document, 'expiresAt');
      return expiresMs === undefined ? undefined : expiresMs - dayMs;
    }
  }
}

function timeIn(document: Document, field: string): number | undefined {
  const ms = Date.parse(text(document, field));
  return Number.isNaN(ms) ? undefined : ms;
}

const text = (document: Document, field: string): string => {
  const value = document[field];
  return typeof value === 'string' ? value : '';
};

/** Nobody knows yet what it will be. */
const isOpen = ({ status }: Document): boolean =>
  status === 'pending' || status === 'withdrawing' || status === 'changing';

/** What reconcile has still to look at; a booking that was given up is looked for once more. */
const isUnsettled = (document: Document): boolean =>
  isOpen(document) || (document['status'] === 'failed' && document['error'] === 'unconfirmed');

/** Every index the product reads by. Keys sort as text: ISO instants in UTC sort by time. */
export const storeIndexes: readonly IndexDeclaration[] = [
  { kind: 'booking', name: 'patient', key: (d) => `${text(d, 'patientId')}|${text(d, 'startsAt')}` },
  { kind: 'booking', name: 'doctor', key: (d) => `${text(d, 'doctorId')}|${text(d, 'startsAt')}` },
  { kind: 'booking', name: 'office', key: (d) => `${text(d, 'officeId')}|${text(d, 'startsAt')}` },
  {
    kind: 'booking',
    name: 'unsettled',
    key: (d) => (isUnsettled(d) ? text(d, 'createdAt') : undefined),
  },
  { kind: 'message', name: 'conversation', key: (d) => text(d, 'conversationId') || undefined },
  ...messageIndexes,
  ...identityIndexes,
  { kind: 'answer', name: 'expires', key: (d) => text(d, 'expiresAt') || undefined },
];
