// Our bookings in the store: found by key, by patient, doctor or office in time, and those not settled yet.
import { hash } from 'node:crypto';
import type { Audit } from './audit.ts';
import { type Busy, type Interval, intervalOf, longestVisitMinutes, overlaps } from './availability.ts';
import { bookingDocument, readBooking, readRoomHold, type StoredBooking } from './documents.ts';
import {
  type Appointment,
  type AppointmentId,
  type Booking,
  type BookingFacts,
  type BookingId,
  bookingId,
  type DoctorId,
  type OfficeId,
  type PatientId,
} from './domain.ts';
import { createKeptBusy } from './kept-busy.ts';
import { createKeptRooms, type KeptRooms } from './kept-rooms.ts';
import type { Ehr, Store, StoreOp } from './ports.ts';
import { instantAt } from './wall-time.ts';

/** Whoever overlaps a visit started at most this long before it. */
const longestVisitMs = longestVisitMinutes * 60_000;
/** No horizon is longer. */
const aYearMs = 366 * 86_400_000;

/** What makes two requests one visit. */
export interface BookingKey {
  readonly ehr: string;
  readonly patientId: PatientId;
  readonly doctorId: DoctorId;
  readonly startsAt: string;
}

export const keyText = (key: BookingKey): string =>
  `${key.ehr}|${key.patientId}|${key.doctorId}|${key.startsAt}`;

/** One document a key: the store's own uniqueness then forbids a second booking of it, whatever the locks do. */
export const idOf = (key: string): BookingId => bookingId(hash('sha256', key, 'base64url').slice(0, 22));

/** What a visit that has no record here yet is called by: the same whenever it is asked, so that calendars know one event before and after it has one. */
export const refOfRow = ({ name }: Pick<Ehr, 'name'>, { ref, id }: Appointment): string =>
  ref ?? hash('sha256', `${name}|${id}`, 'base64url').replace(/[-_]/g, '').slice(0, 12);

/** Who books into this doctor's day waits for this lock, after the patient's. */
export const patientLock = (patient: string): string => `patient|${patient}`;
export const doctorDayLock = (doctor: string, date: string): string => `doctor-day|${doctor}|${date}`;

type Owner = { readonly patient: PatientId } | { readonly doctor: DoctorId } | { readonly office: OfficeId };

/** A booking to write over the version that was read; undefined: it is the first of its key. */
export interface NextState {
  readonly booking: Booking;
  readonly version: number | undefined;
}

export interface Bookings {
  get(id: BookingId): Promise<StoredBooking | undefined>;
  /** A patient's bookings, of any status, that overlap the visit, or may by now: a move to such a time is in doubt. */
  around(
    patient: PatientId,
    visit: { readonly startsAt: string; readonly durationMinutes: number },
  ): Promise<readonly Booking[]>;
  /** Rooms of an office that our pending, confirmed and changing bookings use during the visit. */
  busyRooms: KeptRooms['during'];
  /** Ascending times of a doctor that are ours though the EHR's lists may not show them yet: pending, being changed, or confirmed in the last two minutes. */
  keptBusy(doctor: DoctorId, nowMs: number): Promise<readonly Busy[]>;
  /** Ascending by start: bookings of any status that start in `[fromMs, toMs)`. */
  starting(
    owner: { readonly patient: PatientId } | { readonly doctor: DoctorId },
    fromMs: number,
    toMs: number,
    limit: number,
  ): Promise<readonly Booking[]>;
  /** Of the patient's last visit that we have booked and that still stands as far as we know. */
  lastDoctorOf(patient: PatientId): Promise<DoctorId | undefined>;
  /** `pending`, `withdrawing`, `changing`, and those given up but not yet looked for a last time; oldest first. */
  unsettled(): Promise<readonly StoredBooking[]>;
  /** A patient's bookings of any status that have this appointment: one that stands or stood, and those that it was moved away from. */
  ofVisit(patient: PatientId, appointment: AppointmentId): Promise<readonly StoredBooking[]>;
  /** Writes the next states of some bookings of one visit together, with whatever belongs into the same batch, their audit entry too. Throws as `write` does. */
  writeAll(states: readonly NextState[], also: readonly StoreOp[]): Promise<void>;
  /** Writes a first booking (`version` undefined) or the next state of one, with whatever belongs into the same batch; its audit entry always does. Throws when somebody else wrote meanwhile: the locks exclude that. */
  write(
    booking: Booking,
    version: number | undefined,
    also?: readonly StoreOp[],
    by?: 'request' | 'reconcile',
  ): Promise<StoredBooking>;
}

export function createBookings(store: Store, audit: Audit): Bookings {
  const starting = (owner: Owner, fromMs: number, toMs: number, limit?: number) => {
    const [index, id] =
      'patient' in owner
        ? ['patient', owner.patient]
        : 'doctor' in owner
          ? ['doctor', owner.doctor]
          : ['office', owner.office];
    const range = { from: `${id}|${instantAt(fromMs)}`, to: `${id}|${instantAt(toMs)}` };
    return store.list('booking', index, limit === undefined ? range : { ...range, limit });
  };
  const all = Number.MAX_SAFE_INTEGER;
  const busy = createKeptBusy(async (doctor, nowMs) => {
    const coming = await starting({ doctor }, nowMs - longestVisitMs, nowMs + aYearMs, all);
    return coming.map((stored) => readBooking(stored).booking);
  });
  const rooms = createKeptRooms(async (office, fromMs, toMs) =>
    (await starting({ office }, fromMs, toMs, all)).map(readRoomHold),
  );

  const open = () => store.list('booking', 'unsettled', { from: '', to: '\uffff' });
  const writeAll: Bookings['writeAll'] = async (states, also) => {
    const ops = states.map(({ booking, version }): StoreOp => {
      const document = bookingDocument(booking);
      return version === undefined
        ? { op: 'insert', kind: 'booking', id: booking.id, document }
        : { op: 'replace', kind: 'booking', id: booking.id, document, expectedVersion: version };
    });
    const written = await store.batch([...ops, ...also]);
    if (!written.ok) throw new Error(`booking was written by somebody else (${written.error.kind})`);
    await Promise.all(states.flatMap(({ booking }) => [busy.note(booking), rooms.note(booking)]));
  };

  return {
    async get(id) {
      const stored = await store.get('booking', id);
      return stored === undefined ? undefined : readBooking(stored);
    },
    async around(patient, visit) {
      const interval = intervalOf(visit);
      const near = await starting({ patient }, interval.startMs - longestVisitMs, interval.endMs);
      const here = near
        .map((stored) => readBooking(stored).booking)
        .filter((booking) => overlaps(interval, intervalOf(booking)));
      // In an outage many can be open: only the patient's own are read.
      const moving = (await open())
        .filter(({ document }) => document['patientId'] === patient)
        .map((stored) => readBooking(stored).booking)
        .filter((booking) => movesInto(booking, interval) && !here.some(({ id }) => id === booking.id));
      return [...here, ...moving];
    },
    async starting(owner, fromMs, toMs, limit) {
      return (await starting(owner, fromMs, toMs, limit)).map((stored) => readBooking(stored).booking);
    },
    busyRooms: rooms.during,
    keptBusy: busy.of,
    async lastDoctorOf(patient) {
      const all = await store.list('booking', 'patient', { from: `${patient}|`, to: `${patient}|\uffff` });
      const last = all.findLast(({ document }) => document['status'] === 'confirmed');
      return last === undefined ? undefined : readBooking(last).booking.doctorId;
    },
    unsettled: async () => (await open()).map(readBooking),
    async ofVisit(patient, appointment) {
      const range = { from: `${patient}|`, to: `${patient}|\uffff`, limit: all };
      return (await store.list('booking', 'patient', range))
        .filter(({ document }) => document['appointment'] === appointment)
        .map(readBooking);
    },
    writeAll,
    async write(booking, version, also = [], by = 'request') {
      await writeAll([{ booking, version }], [...also, ...audit.ofBooking(booking, by)]);
      return { booking, version: (version ?? 0) + 1 };
    },
  };
}

/** What a new attempt on this key takes over, so that calendars see one visit booked anew. A visit that was moved away lives on elsewhere, with its entry. */
export function calendarOf({ booking }: StoredBooking): Pick<BookingFacts, 'calendarRef' | 'sequenceOffset'> {
  if (booking.status === 'moved') return {};
  const { calendarRef, ref, sequenceOffset } = booking;
  return { calendarRef: calendarRef ?? ref, ...(sequenceOffset === undefined ? {} : { sequenceOffset }) };
}

/** A create that was given up may still land: while its key is booked anew, it is looked for under one of its own. */
export function stillSought(known: StoredBooking | undefined): readonly StoreOp[] {
  if (known?.booking.status !== 'failed' || known.booking.error !== 'unconfirmed') return [];
  const key = `${known.booking.key}|${known.booking.ref}`;
  const document = bookingDocument({ ...known.booking, id: idOf(key), key });
  return [{ op: 'insert', kind: 'booking', id: idOf(key), document }];
}

const movesInto = (booking: Booking, interval: Interval): boolean =>
  booking.status === 'changing' &&
  booking.change.kind === 'move' &&
  overlaps(interval, intervalOf({ ...booking, startsAt: booking.change.startsAt }));

/** The facts without what belongs to a status. */
export function factsOf(booking: Booking): BookingFacts {
  switch (booking.status) {
    case 'pending': {
      const { status: _status, told: _told, ...facts } = booking;
      return facts;
    }
    case 'failed': {
      const { status: _status, error: _error, ...facts } = booking;
      return facts;
    }
    case 'cancelled': {
      const { status: _status, appointment: _appointment, by: _by, cancelledAt: _at, ...facts } = booking;
      return facts;
    }
    case 'changing': {
      const { status: _status, appointment: _appointment, change: _change, told: _told, ...rest } = booking;
      const { changeStamp: _changeStamp, ...facts } = rest;
      return facts;
    }
    case 'confirmed':
    case 'moved':
    case 'withdrawing': {
      const { status: _status, appointment: _appointment, ...facts } = booking;
      return facts;
    }
  }
}
