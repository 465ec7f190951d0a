// The audit trail: one entry for each thing that happens to a booking, in its batch, linked, and without a person in it.
import { afterEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../services/audit.ts';
import { createTrailCheck, linkHash, verifyTrail } from '../../services/audit-trail.ts';
import { appointmentId, type Booking, bookingId, doctorId, patientId } from '../../services/domain.ts';
import type { Document, Log, Store, StoreOp, Versioned } from '../../services/ports.ts';
import type { Change } from '../../services/store/documents.ts';
import { forge } from '../store/forge.ts';
import { newFolder, openedStore, removeFolder, storeOptions } from '../store/open.ts';
import { sampleFacts } from '../support/sample-booking.ts';
import { trailOf } from '../support/trail.ts';

const clock = { now: () => Date.parse('2026-03-03T14:00:00Z') };
const audit = createAudit({ secret: 'an invented secret', clock });
const facts = {
  ...sampleFacts,
  id: bookingId('a-hash-to-be-guessed'),
  ref: 'ref000000001',
  patientId: patientId('90000017'),
  doctorId: doctorId('511718'),
  startsAt: '2026-03-09T15:30:00.000Z',
};
const appointment = appointmentId('342545051');
const sampleBooking = { ...facts, status: 'confirmed', appointment } as const;
const pending = { ...facts, status: 'pending', told: 'nothing' } as const;
const pseudonym = expect.stringMatching(/^[\w-]{22}$/);

const entryOf = (ops: readonly StoreOp[]): Document | undefined => {
  const [op] = ops;
  return op?.op === 'append' ? op.document : undefined;
};

describe('an entry', () => {
  it.each<[name: string, booking: Booking, by: 'request' | 'reconcile', expected: object | undefined]>([
    ['an intent', pending, 'request', undefined],
    ['a confirmation', sampleBooking, 'request', { who: pseudonym, what: 'booked', appointment }],
    [
      'over REST',
      { ...sampleBooking, channel: 'rest' },
      'request',
      { who: 'rest', what: 'booked', patient: pseudonym, appointment },
    ],
    [
      'a withdrawal',
      { ...facts, status: 'withdrawing', appointment },
      'request',
      { who: pseudonym, what: 'withdrawn', appointment },
    ],
    [
      'a failure',
      { ...facts, status: 'failed', error: 'slot-taken' },
      'request',
      { who: pseudonym, what: 'failed', outcome: 'slot-taken' },
    ],
    [
      '"not sure yet"',
      { ...pending, told: 'unconfirmed' },
      'request',
      { who: pseudonym, what: 'unconfirmed' },
    ],
    [
      'the practice’s cancellation',
      { ...facts, status: 'cancelled', appointment, by: 'practice' },
      'request',
      { who: 'practice', what: 'cancelled-by-practice', patient: pseudonym, appointment },
    ],
    [
      'what reconcile found',
      sampleBooking,
      'reconcile',
      { who: 'bookadoc', what: 'reconciled', patient: pseudonym, outcome: 'confirmed', appointment },
    ],
    [
      'what reconcile gave up',
      { ...facts, status: 'failed', error: 'unconfirmed' },
      'reconcile',
      { who: 'bookadoc', what: 'reconciled', patient: pseudonym, outcome: 'unconfirmed' },
    ],
  ])('of %s', (_, booking, by, expected) => {
    const entry = entryOf(audit.ofBooking(booking, by));
    const common = { at: '2026-03-03T14:00:00.000Z', booking: booking.ref };
    expect(entry).toEqual(expected === undefined ? undefined : { ...common, ...expected });
  });

  it.each<[name: string, entry: Parameters<typeof audit.ofChange>[0], expected: object]>([
    ['a move', { booking: sampleBooking, what: 'moved', by: 'request' }, { who: pseudonym, what: 'moved' }],
    [
      'a move that came to nothing',
      { booking: sampleBooking, what: 'not-changed', why: 'slot-taken', by: 'request' },
      { who: pseudonym, what: 'not-changed', outcome: 'slot-taken' },
    ],
    [
      'a change over REST',
      { booking: { ...sampleBooking, channel: 'rest' }, what: 'restored', by: 'request' },
      { who: 'rest', what: 'restored', patient: pseudonym },
    ],
    [
      'what the practice did meanwhile',
      { booking: sampleBooking, what: 'cancelled-by-practice', by: 'request' },
      { who: 'practice', what: 'cancelled-by-practice', patient: pseudonym },
    ],
    [
      'a change that reconcile has ended',
      { booking: sampleBooking, what: 'cancelled', by: 'reconcile' },
      { who: 'bookadoc', what: 'reconciled', patient: pseudonym, outcome: 'cancelled' },
    ],
  ])('of %s', (_, entry, expected) => {
    expect(entryOf([audit.ofChange(entry)])).toEqual({
      ...{ at: '2026-03-03T14:00:00.000Z', booking: 'ref000000001', appointment },
      ...expected,
    });
  });

  it('names nobody: neither patient, conversation, doctor, time nor the id that is made of them', () => {
    const text = JSON.stringify([
      audit.ofBooking(sampleBooking, 'request'),
      audit.ofChange({ booking: sampleBooking, what: 'moved', by: 'reconcile' }),
      audit.ofDeletion(sampleBooking.patientId, 'bookings 1', 'operator'),
    ]);
    const { patientId: patient, patientName, doctorId, doctorName, startsAt, id } = sampleBooking;
    for (const fact of [patient, patientName, doctorId, doctorName, startsAt, id, 'conversationId'])
      expect(text).not.toContain(fact);
  });

  it('has one pseudonym for a person, another for another person or under another secret', () => {
    const whoOf = (secret: string, patient: string) =>
      entryOf([createAudit({ secret, clock }).ofDeletion(patientId(patient), '', 'operator')])?.['patient'];
    expect(whoOf('a', '1')).toBe(whoOf('a', '1'));
    expect(new Set([whoOf('a', '1'), whoOf('a', '2'), whoOf('b', '1')]).size).toBe(3);
  });
});

describe('the trail', () => {
  const folders: string[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const folder of folders.splice(0)) await removeFolder(folder);
  });
  async function openIn(folder: string): Promise<Store> {
    const store = await openedStore(storeOptions(folder));
    stores.push(store);
    return store;
  }
  async function trailOfTen(): Promise<Store> {
    const folder = await newFolder();
    folders.push(folder);
    const store = await openIn(folder);
    await Promise.all(
      Array.from({ length: 10 }, () => store.batch(audit.ofBooking(sampleBooking, 'request'))),
    );
    return store;
  }
  const place = (n: number) => String(n).padStart(12, '0');
  const linked = (entries: readonly Versioned[]): Pick<Store, 'links'> => ({
    async *links() {
      yield* entries;
    },
  });
  const cut = (through: number): StoreOp => ({ op: 'cut', kind: 'audit', through: place(through) });

  it('of an empty store is unbroken, as is one of ten', async () => {
    expect(await verifyTrail(linked([]))).toEqual({ ok: true, value: { entries: 0 } });
    expect(await verifyTrail(await trailOfTen())).toEqual({ ok: true, value: { entries: 10 } });
  });

  const rewritten = (n: number, change: Document) => (entries: readonly Versioned[]) => ({
    id: place(n),
    stored: { version: 2, json: JSON.stringify({ ...entries[n - 1]?.document, ...change }) },
  });
  const removed = (n: number) => () => ({ id: place(n), stored: undefined });
  type Forged = Pick<Change, 'id' | 'stored'>;
  it.each<[name: string, first: number, change: (entries: readonly Versioned[]) => Forged]>([
    ['an entry was changed', 5, rewritten(5, { who: 'nobody' })],
    ['the last entry was changed', 10, rewritten(10, { who: 'nobody' })],
    ['an entry was linked elsewhere', 7, rewritten(7, { previous: 'x' })],
    ['an entry was taken out', 4, removed(4)],
    ['the first was taken out', 1, removed(1)],
    ['one was put in beside', 11, () => ({ id: 'x', stored: { version: 1, json: '{}' } })],
  ])('names the first broken link: %s', async (_, first, change) => {
    const store = await trailOfTen();
    const entries = await trailOf(store);
    await store.close();
    const [folder = ''] = folders;
    await forge(folder, { kind: 'audit', ...change(entries) });
    const forged = await openIn(folder);
    const broken = await verifyTrail(forged);
    expect(broken).toMatchObject({ ok: false, error: { place: place(first) } });
    expect(broken.ok ? '' : broken.error.message).toMatch(/^The audit trail is broken: entry \d{12} .*\.$/);
    await forged.compact();
    expect(await verifyTrail(forged)).toEqual(broken);
  });

  it('was changed so that its own version does not show: the next entry does', async () => {
    const entries = await trailOf(await trailOfTen());
    const forged = entries.map((entry, at) =>
      at === 4 ? { ...entry, document: { ...entry.document, who: 'nobody' } } : entry,
    );
    expect(await verifyTrail(linked(forged))).toMatchObject({ error: { place: place(6) } });
  });

  it('that is cut by retention says so itself, and goes on from there', async () => {
    const store = await trailOfTen();
    const fourth = (await trailOf(store))[3];
    if (fourth === undefined) throw new Error('no fourth entry');
    await store.batch([cut(4)]);
    expect(await verifyTrail(store)).toMatchObject({ error: { place: place(4) } });
    await store.batch([audit.ofCut(place(4), linkHash(fourth))]);
    expect(await verifyTrail(store)).toEqual({ ok: true, value: { entries: 7 } });
  });

  const watched = (store: Pick<Store, 'links'>) => {
    const errors: unknown[] = [];
    const log: Log = { info() {}, warn() {}, error: (...line) => errors.push(line) };
    return { check: createTrailCheck(store, log), errors };
  };

  it('that is broken is logged as an error, without stopping anything', async () => {
    const store = await trailOfTen();
    await store.batch([cut(3)]);
    const { check, errors } = watched(store);
    expect(check.state()).toBe('checking');
    await check.run();
    expect([check.state(), errors]).toEqual(['broken', [['audit trail broken', { at: place(3) }]]]);
  });

  it('that cannot be read is no unbroken one; that the store closes under it is no news', async () => {
    const store = await trailOfTen();
    await store.close();
    const { check, errors } = watched(store);
    await check.run();
    expect([check.state(), errors]).toEqual([
      'broken',
      [['audit trail unreadable', { reason: 'StoreUnavailable' }]],
    ]);
    const closing = watched(store);
    closing.check.stop();
    await closing.check.run();
    expect([closing.check.state(), closing.errors]).toEqual(['checking', []]);
  });
});
