// What a booking costs in the JSON store: by writers at once, by bookings on file, at start and in memory.
import type { KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAudit } from '../services/audit.ts';
import { bookingDocument, storeIndexes } from '../services/documents.ts';
import {
  appointmentId,
  type Booking,
  bookingId,
  doctorId,
  officeId,
  patientId,
  visitTypeId,
} from '../services/domain.ts';
import type { Clock, Log, Store, StoreOp } from '../services/ports.ts';
import { openJsonStore } from '../services/store/json.ts';

/** One line of the table: `a` against `b`; `ratio` is b/a; a `limit` of null is a figure that is only stated. */
export interface StoreRow {
  readonly name: string;
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
  readonly limit: string | null;
  readonly rounds: number;
}

const clock: Clock = { now: () => performance.now(), sleep: async () => undefined };
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const audit = createAudit({ secret: 'an invented secret', clock });
const few = 100;
const many = 100_000;

/** A booking of 300 days' worth of slots, as big as real ones. */
function booking(n: number, status: 'pending' | 'confirmed'): Booking {
  const at = new Date(Date.UTC(2025, 1, 18, 8) + (n % 14_400) * 30 * 60_000).toISOString();
  const facts = {
    id: bookingId(`bk-${String(n * 7_919).padStart(12, '0')}`),
    ref: `r${String(n).padStart(9, '0')}`,
    key: `sandbox|${90_000_000 + (n % 20_000)}|${300_000 + (n % 40)}|${at}`,
    attempt: 1,
    patientId: patientId(String(90_000_000 + (n % 20_000))),
    patientName: `Marguerite Featherstone-${n % 20_000}`,
    doctorId: doctorId(String(300_000 + (n % 40))),
    doctorName: `Dr. Theodora Lindqvist-${n % 40}`,
    officeId: officeId(String(123_456 + (n % 3))),
    officeName: 'Riverside Family Practice',
    room: 1 + (n % 4),
    startsAt: at,
    timeZone: 'America/New_York',
    durationMinutes: 30,
    visitTypeId: visitTypeId('70001'),
    channel: 'directline',
    conversationId: `conversation-${String(n).padStart(20, '0')}`,
    ehrStatus: '',
    createdAt: at,
    updatedAt: at,
  };
  return status === 'pending'
    ? { ...facts, status, told: 'nothing' }
    : { ...facts, status, appointment: appointmentId(String(500_000_000 + n)) };
}

/** The two durable writes that a booking is: the intent before the EHR is asked, the confirmation after, with its audit entry. */
async function book(store: Store, n: number, isAudited: boolean): Promise<void> {
  const pending = booking(n, 'pending');
  const inserted = await store.insert('booking', pending.id, bookingDocument(pending));
  const confirmed = booking(n, 'confirmed');
  const document = bookingDocument(confirmed);
  const settled = await store.batch([
    { op: 'replace', kind: 'booking', id: pending.id, document, expectedVersion: 1 },
    { op: 'put', kind: 'answer', id: pending.id, document: { body: 'booked', expiresAt: pending.startsAt } },
    ...(isAudited ? audit.ofBooking(confirmed, 'request') : []),
  ]);
  if (!inserted.ok || !settled.ok) throw new Error(`booking ${n} was not stored`);
}

/** So that what is on file stays what the row says. */
async function unbook(store: Store, from: number, count: number): Promise<void> {
  const ops = Array.from({ length: count }, (_, at) => booking(from + at, 'pending').id).flatMap(
    (id): StoreOp[] => [
      { op: 'remove', kind: 'booking', id },
      { op: 'remove', kind: 'answer', id },
    ],
  );
  if (!(await store.batch(ops)).ok) throw new Error('a booking to remove was not there');
}

export async function openIn(folder: string, dataKey?: KeyObject): Promise<Store> {
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log: quiet, dataKey });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export async function fill(store: Store, count: number): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const ops = Array.from({ length: Math.min(1_000, count - from) }, (_, at): StoreOp => {
      const document = booking(from + at, 'confirmed');
      return { op: 'insert', kind: 'booking', id: document.id, document: bookingDocument(document) };
    });
    await store.batch(ops);
  }
}

interface Cost {
  readonly tookMs: number;
  /** Of the whole process, user and system. */
  readonly cpuMs: number;
}

/** What `count` bookings by so many writers at once cost. */
export async function costOf(
  store: Store,
  from: number,
  count: number,
  writers: number,
  isAudited: boolean,
): Promise<Cost> {
  let next = from;
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const write = async (): Promise<void> => {
    for (let n = next++; n < from + count; n = next++) await book(store, n, isAudited);
  };
  await Promise.all(Array.from({ length: writers }, write));
  const { user, system } = process.cpuUsage(cpuBefore);
  const tookMs = performance.now() - startedAt;
  await unbook(store, from, count);
  return { tookMs, cpuMs: (user + system) / 1_000 };
}

/** Milliseconds for `count` bookings by so many writers at once. */
const timeBookings = async (store: Store, from: number, count: number, writers: number): Promise<number> =>
  (await costOf(store, from, count, writers, true)).tookMs;

/** Runs everything (about 20 s) in a folder of its own under the system's temporary one. */
export async function benchStore(rounds = 15): Promise<readonly StoreRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bookadoc-bench-'));
  const small = await openIn(join(folder, 'small'));
  await fill(small, few);
  const before = heapBytes();
  let large = await openIn(join(folder, 'large'));
  await fill(large, many);
  const documentBytes = (heapBytes() - before) / many;

  const alone: number[] = [];
  const together: number[] = [];
  const smallCost: number[] = [];
  const largeCost: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = many + round * 10_000;
    alone.push(200_000 / (await timeBookings(small, from, 200, 1)));
    together.push(2_000_000 / (await timeBookings(small, from, 2_000, 64)));
    // Taking turns for each few bookings, first one first and then the other: whatever else the disk does meets both.
    for (let turn = 0; turn < 20; turn += 1) {
      const pair = [[small, smallCost] as const, [large, largeCost] as const];
      for (const [store, costs] of turn % 2 === 0 ? pair : pair.reverse())
        costs.push((1_000 * (await timeBookings(store, from + turn * 10, 10, 1))) / 10);
    }
  }

  const loads: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await large.close();
    const startedAt = performance.now();
    large = await openIn(join(folder, 'large'));
    loads.push(performance.now() - startedAt);
  }
  await large.close();
  await small.close();
  await rm(folder, { recursive: true });

  const textBytes = JSON.stringify(bookingDocument(booking(0, 'confirmed'))).length;
  return [
    row('store: bookings/s, 1 writer and 64', median(alone), median(together), '>= 5', rounds),
    row(
      'store: µs a booking, 100 and 100,000 on file',
      median(smallCost),
      median(largeCost),
      '<= 1.2',
      rounds,
    ),
    row(
      'store: ms to open with 100,000 bookings (b), target 600 (a)',
      600,
      median(loads),
      null,
      loads.length,
    ),
    row(
      'store: bytes of a booking as JSON (a) and in memory with its indexes (b)',
      textBytes,
      documentBytes,
      null,
      1,
    ),
  ];
}

function row(name: string, a: number, b: number, limit: string | null, rounds: number): StoreRow {
  const short = (value: number): number => Number(value.toPrecision(4));
  return { name, a: short(a), b: short(b), ratio: short(b / a), limit, rounds };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** Heap in use after a collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

if (import.meta.main) console.table(await benchStore());
