// What is kept, and for how long: expired kinds go, from every file of the folder too, and a patient's data when the operator says so.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createAudit } from '../../services/audit.ts';
import { verifyTrail } from '../../services/audit-trail.ts';
import { keptDays } from '../../services/config-record.ts';
import { readBooking, storeIndexes } from '../../services/documents.ts';
import { patientId } from '../../services/domain.ts';
import { createHousekeeping } from '../../services/housekeeping.ts';
import { createIdentityKeyed } from '../../services/keyed.ts';
import { deletePatientData } from '../../services/patient-data.ts';
import type { Document, Kind, Log, Store } from '../../services/ports.ts';
import { removeExpired } from '../../services/retention.ts';
import { invented, newFolder, openedStore, removeFolder, storeOptions } from '../store/open.ts';
import { sampleFacts } from '../support/sample-booking.ts';
import { createTestClock } from '../support/test-clock.ts';
import { trailOf } from '../support/trail.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-03-03T14:00:00Z');
const ago = (days: number): string => new Date(now - days * dayMs).toISOString();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(sealed = false) {
  const folder = await newFolder();
  const dataKey = sealed ? invented(3) : undefined;
  const store = await openedStore(storeOptions(folder, { indexes: storeIndexes, dataKey }));
  closing.push(
    () => removeFolder(folder),
    () => store.close(),
  );
  const onDisk = async (): Promise<string> => {
    const texts = (await readdir(folder)).map((file) => readFile(path.join(folder, file), 'latin1'));
    return (await Promise.all(texts)).join('');
  };
  return { store, onDisk };
}
const clock = createTestClock('2026-03-03T14:00:00Z');
const audit = createAudit({ secret: 'an invented secret', clock });
const keyed = createIdentityKeyed('an invented secret');
const booking = (more: Document): Document => ({
  ...sampleFacts,
  status: 'confirmed',
  appointment: '7',
  ...more,
});
const entries = async (store: Store) =>
  (await trailOf(store)).map(({ document }) => [document['what'], document['outcome']]);

describe('is removed when its days are over, and not before', () => {
  it.each<[name: string, kind: Kind, document: Document, removed: boolean]>([
    ['a conversation', 'conversation', { memory: { lastTurnMs: now - 31 * dayMs } }, true],
    ['a conversation that went on', 'conversation', { memory: { lastTurnMs: now - 29 * dayMs } }, false],
    ['a state without a conversation', 'conversation', { seen: 'x' }, true],
    ['a booking', 'booking', booking({ startsAt: ago(2556) }), true],
    ['a booking of less than seven years', 'booking', booking({ startsAt: ago(2554) }), false],
    [
      'a booking that failed',
      'booking',
      { ...booking({ startsAt: ago(2556) }), status: 'failed', error: 'slot-taken' },
      true,
    ],
    [
      'a booking that is not settled',
      'booking',
      { ...booking({ startsAt: ago(9000) }), status: 'pending', told: 'nothing' },
      false,
    ],
    ['news', 'message', { conversationId: 'c', createdAt: ago(31) }, true],
    [
      'a mail that was sent',
      'message',
      { status: 'sent', channel: 'email', at: ago(31), owedAt: ago(31) },
      true,
    ],
    ['news of this month', 'message', { conversationId: 'c', createdAt: ago(29) }, false],
    ['news from before they were dated', 'message', { conversationId: 'c', startsAt: ago(31) }, true],
    ['a message that went out', 'message', { status: 'sent', owedAt: ago(31), at: ago(30.9) }, true],
    ['a message that is still tried', 'message', { status: 'owed', owedAt: ago(0.5), at: ago(0) }, false],
    ['an account that nobody has used for a year', 'contact', { linkedAt: ago(900), usedAt: ago(366) }, true],
    ['an account that is in use', 'contact', { linkedAt: ago(900), usedAt: ago(364) }, false],
    ['an answer', 'answer', { expiresAt: ago(0.1) }, true],
    ['an answer that still counts', 'answer', { expiresAt: ago(-0.1) }, false],
    ['the EHR’s token', 'token', { createdAt: ago(9000) }, false],
  ])('%s', async (_, kind, document, removed) => {
    const { store } = await open();
    await store.insert(kind, 'd1', document);
    expect(await removeExpired({ store, audit, days: keptDays }, now)).toBe(removed ? 1 : 0);
    expect((await store.get(kind, 'd1')) === undefined).toBe(removed);
    expect(await entries(store)).toEqual(removed ? [['expired', `${kind} 1`]] : []);
  });

  it('hundreds at once, beside those that stay', async () => {
    const { store } = await open();
    for (let n = 0; n < 450; n += 1)
      void store.insert('message', `m${n}`, { conversationId: 'c', createdAt: ago(n % 3 === 0 ? 1 : 40) });
    await store.insert('message', 'last', { conversationId: 'c', createdAt: ago(40) });
    expect(await removeExpired({ store, audit, days: keptDays }, now)).toBe(301);
    expect(await store.all('message')).toHaveLength(150);
    expect(await entries(store)).toEqual([
      ['expired', 'message 200'],
      ['expired', 'message 101'],
    ]);
  });

  it('the beginning of the audit trail, which then says so and holds', async () => {
    const { store } = await open();
    for (const days of [2600, 2600, 2556, 100, 1])
      await store.batch([{ op: 'append', kind: 'audit', document: { at: ago(days), what: 'booked' } }]);
    expect(await removeExpired({ store, audit, days: keptDays }, now)).toBe(3);
    expect(await entries(store)).toEqual([
      ['booked', undefined],
      ['booked', undefined],
      ['trail-cut', undefined],
    ]);
    expect(await verifyTrail(store)).toEqual({ ok: true, value: { entries: 3 } });
    expect(await removeExpired({ store, audit, days: keptDays }, now)).toBe(0);
    expect(await removeExpired({ store, audit, days: keptDays }, now + 2_600 * dayMs)).toBe(3);
    expect(await verifyTrail(store)).toEqual({ ok: true, value: { entries: 1 } });
  });
});

const holds = { sweep: async () => {} };

describe.each([
  ['plain', false],
  ['sealed', true],
])('on a %s disk', (_, sealed) => {
  it('what housekeeping removed is in no file of the data folder', async () => {
    const { store, onDisk } = await open(sealed);
    const own = createTestClock('2026-03-03T14:00:00Z');
    await store.insert('booking', 'old', booking({ patientName: 'Markedold', startsAt: ago(2556) }));
    await store.insert('booking', 'new', booking({ patientName: 'Keptname', startsAt: ago(1) }));
    await store.insert('conversation', 'c1', {
      memory: { lastTurnMs: now - 31 * dayMs, words: 'Markedwords' },
    });
    expect((await onDisk()).includes('Marked')).toBe(!sealed);
    const log: Log = { info() {}, warn() {}, error() {} };
    const deps = { store, clock: own, log, audit, days: keptDays, holds, forgetSilent: async () => 0 };
    await createHousekeeping(deps).run();
    expect(await onDisk()).not.toContain('Marked');
    expect((await onDisk()).includes('Keptname')).toBe(!sealed);
    expect(await store.get('booking', 'new')).toBeDefined();
  });

  it('a patient’s data that were deleted are in no file; that there was a visit stays, and the trail says who did it', async () => {
    const { store, onDisk } = await open(sealed);
    const marked = { patientName: 'Markedname', conversationId: 'Markedconversation' };
    await store.insert('booking', 'b1', booking({ patientId: '5', ...marked, id: 'b1' }));
    await store.insert('booking', 'b2', booking({ patientId: '5', ...marked, id: 'b2', startsAt: ago(9) }));
    await store.insert(
      'booking',
      'b3',
      booking({ patientId: '6', patientName: 'Other', conversationId: 'o' }),
    );
    const memory = { lastTurnMs: now, who: { id: '5', name: 'Markedname', firstName: 'M' } };
    await store.insert('conversation', 'c1', { memory });
    await store.insert('conversation', 'c2', {
      memory: { lastTurnMs: now, who: { id: '6', name: 'Other' } },
    });
    await store.insert('message', 'm1', { conversationId: 'Markedconversation', kind: 'booked-after-all' });
    await store.insert('message', 'm2', { conversationId: 'o', kind: 'booked-after-all' });
    // A relative, who writes from the same telephone.
    await store.insert('booking', 'b4', booking({ patientId: '6', id: 'b4', conversationId: 'shared' }));
    await store.insert(
      'booking',
      'b5',
      booking({ patientId: '5', ...marked, id: 'b5', conversationId: 'shared' }),
    );
    const news = { conversationId: 'shared', kind: 'booked-after-all' };
    await store.insert('message', 'm3', { ...news, bookingId: 'b4' });
    await store.insert('message', 'm4', { ...news, kind: 'not-booked', patientId: '6' });
    await store.insert('hold', 'h1', { patientId: '5' });
    await store.insert('hold', 'h2', { patientId: '6' });
    const link = { account: 'a', firstName: 'Markedname', linkedAt: ago(3), usedAt: ago(2) };
    await store.insert('contact', 'l1', { ...link, patientId: '5' });
    await store.insert('contact', 'l2', { ...link, firstName: 'Other', patientId: '6' });
    const endsAt = ago(-1);
    for (const what of ['challenge', 'claim', 'codes', 'registration'])
      await store.insert('token', what, {
        what,
        subject: audit.pseudonym('5'),
        details: 'Markedname',
        endsAt,
      });
    await store.insert('token', 'other', { what: 'claim', subject: audit.pseudonym('6'), endsAt });
    expect((await onDisk()).includes('Marked')).toBe(!sealed);

    const deleted = await deletePatientData({ store, audit, keyed }, patientId('5'), 'operator');
    expect(deleted).toEqual({ bookings: 3, conversations: 1, messages: 1, links: 1 });
    expect(await onDisk()).not.toContain('Marked');
    for (const id of ['b1', 'b2']) {
      const stored = await store.get('booking', id);
      expect(stored && readBooking(stored).booking).toMatchObject({ status: 'confirmed', patientName: '' });
      expect(stored?.document).not.toHaveProperty('conversationId');
    }
    expect(await store.get('booking', 'b3')).toMatchObject({ version: 1 });
    expect(await store.get('conversation', 'c2')).toMatchObject({ version: 1 });
    expect((await store.all('message')).map(({ id }) => id)).toEqual(['m2', 'm3', 'm4']);
    expect((await store.all('hold')).map(({ id }) => id)).toEqual(['h2']);
    expect((await store.all('contact')).map(({ id }) => id)).toEqual(['l2']);
    expect((await store.all('token')).map(({ id }) => id)).toEqual(['other']);
    expect(await trailOf(store)).toMatchObject([
      {
        document: {
          who: 'operator',
          what: 'data-deleted',
          outcome: 'bookings 3, conversations 1, messages 1, links 1',
        },
      },
    ]);
    expect(await deletePatientData({ store, audit, keyed }, patientId('999'), 'operator')).toMatchObject({
      bookings: 0,
    });
  });
});

describe('housekeeping', () => {
  async function kept(forgetSilent: (nowMs: number) => Promise<number>) {
    const { store } = await open();
    const own = createTestClock('2026-03-03T14:00:00Z');
    let compactions = 0;
    const errors: unknown[] = [];
    const log: Log = { info() {}, warn() {}, error: (...line) => errors.push(line) };
    const watched: Store = {
      ...store,
      async compact() {
        compactions += 1;
        await store.compact();
      },
    };
    const keeper = createHousekeeping({
      store: watched,
      clock: own,
      log,
      audit,
      days: keptDays,
      holds,
      forgetSilent,
    });
    const later = async (ms: number) => {
      own.advance(ms);
      await keeper.run();
      return compactions;
    };
    return { store, later, errors };
  }

  it('removes once a day; compacts at once after a removal, else within the hour after something was forgotten', async () => {
    let forgotten = 0;
    const { store, later } = await kept(async () => forgotten);
    expect(await later(0)).toBe(0);
    // After a start nobody knows what the last life left on disk.
    expect(await later(3_600_000)).toBe(1);
    expect(await later(3_600_000)).toBe(1);
    forgotten = 1;
    expect(await later(180_000)).toBe(2);
    expect(await later(180_000)).toBe(2);
    forgotten = 0;
    expect(await later(3_600_000)).toBe(3);
    await store.insert('message', 'm1', { conversationId: 'c', createdAt: ago(40) });
    expect(await later(180_000)).toBe(3);
    expect(await later(dayMs)).toBe(4);
    expect(await store.get('message', 'm1')).toBeUndefined();
  });

  it('that fails says so, and comes again', async () => {
    let fails = true;
    const { later, errors } = await kept(async () => {
      if (fails) throw new RangeError('with words of a patient');
      return 0;
    });
    await later(0);
    expect(errors).toEqual([['housekeeping stopped early', { reason: 'RangeError' }]]);
    fails = false;
    expect(await later(3_600_000)).toBe(1);
  });
});
