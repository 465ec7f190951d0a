// The part of the store contract about declared indexes and batches.
import { describe, expect, test } from 'vitest';
import type {
  Document,
  IndexDeclaration,
  KeyRange,
  Kind,
  Store,
  StoreError,
  StoreOp,
} from '../../services/ports.ts';

/** An open store under test. */
export interface StoreUnderTest {
  store(): Store;
  reopen(): Promise<void>;
}

export const indexes: readonly IndexDeclaration[] = [
  { kind: 'booking', name: 'startsAt', key: (document) => textOf(document, 'startsAt') },
  { kind: 'booking', name: 'people', key: (document) => textsOf(document, 'people') },
  { kind: 'message', name: 'dueAt', key: (document) => textOf(document, 'dueAt') },
];

const everything = { from: '', to: '\uffff' };

export const refused = (kind: StoreError['kind']) => ({ ok: false, error: { kind } });

export function listContract({ store, reopen }: StoreUnderTest): void {
  const ids = async (kind: Kind, index: string, range: KeyRange) =>
    (await store().list(kind, index, range)).map((found) => found.id);

  describe('lists', () => {
    const book = (id: string, document: Document) => store().insert('booking', id, document);

    test('are ascending by key, then id; half-open; without what has no key', async () => {
      for (const [id, startsAt] of Object.entries({ e: '5', b2: '2', c: '3', b1: '2', a: '1', d: '4' }))
        await book(id, { startsAt });
      await book('none', { other: '3' });
      await store().insert('message', 'm', { dueAt: '3', startsAt: '3' });
      const starts = (from: string, to: string, limit?: number) =>
        ids('booking', 'startsAt', limit === undefined ? { from, to } : { from, to, limit });
      expect(await starts('', '~')).toEqual(['a', 'b1', 'b2', 'c', 'd', 'e']);
      expect(await starts('2', '4')).toEqual(['b1', 'b2', 'c']);
      expect(await starts('2', '2')).toEqual([]);
      expect(await starts('4', '2')).toEqual([]);
      expect(await starts('1.5', '2.5')).toEqual(['b1', 'b2']);
      expect(await starts('', '~', 2)).toEqual(['a', 'b1']);
      expect(await starts('', '~', 0)).toEqual([]);
    });

    test('give whole documents with their versions, and 1,000 unless told', async () => {
      const ops = Array.from(
        { length: 1_001 },
        (_, n): StoreOp => ({
          op: 'put',
          kind: 'booking',
          id: `b${n}`,
          document: { startsAt: String(n).padStart(4, '0') },
        }),
      );
      await store().batch(ops);
      const found = await store().list('booking', 'startsAt', everything);
      expect(found).toHaveLength(1_000);
      expect(found[999]).toEqual({ id: 'b999', version: 1, document: { startsAt: '0999' } });
      expect(await ids('booking', 'startsAt', { ...everything, limit: 5_000 })).toHaveLength(1_001);
    });

    test('follow a document to its new key, and forget a removed one', async () => {
      await book('a', { startsAt: '1' });
      await book('b', { startsAt: '2' });
      await store().replace('booking', 'a', { startsAt: '3' }, 1);
      expect(await ids('booking', 'startsAt', everything)).toEqual(['b', 'a']);
      await store().replace('booking', 'a', {}, 2);
      await store().remove('booking', 'b');
      expect(await ids('booking', 'startsAt', everything)).toEqual([]);
      await reopen();
      expect(await ids('booking', 'startsAt', everything)).toEqual([]);
    });

    test('find a document under each of its keys, and once in a range that holds several', async () => {
      await book('visit', { people: ['ann', 'bob', 'bob'] });
      await book('other', { people: ['amy', 'cid'] });
      const people = (from: string, to: string) => ids('booking', 'people', { from, to });
      expect(await people('ann', 'anna')).toEqual(['visit']);
      expect(await people('bob', 'bobb')).toEqual(['visit']);
      expect(await people('a', 'z')).toEqual(['other', 'visit']);
      await store().replace('booking', 'visit', { people: ['bob', 'dan'] }, 1);
      expect(await people('ann', 'anna')).toEqual([]);
      expect(await people('bob', 'z')).toEqual(['visit', 'other']);
    });

    test('of 3,000 in any order, moved and removed, stay in order, also after opening again', async () => {
      const keyOf = (n: number): string => String((n * 7_919) % 3_001).padStart(4, '0');
      const put = (n: number, key: string): StoreOp => ({
        op: 'put',
        kind: 'message',
        id: `m${n}`,
        document: { dueAt: key },
      });
      const numbers = Array.from({ length: 3_000 }, (_, n) => n);
      await store().batch(numbers.map((n) => put(n, keyOf(n))));
      await store().batch(numbers.filter((n) => n % 3 === 0).map((n) => put(n, keyOf(n + 1))));
      await store().batch(
        numbers
          .filter((n) => n % 5 === 0)
          .map((n): StoreOp => ({ op: 'remove', kind: 'message', id: `m${n}` })),
      );
      const expected = numbers
        .filter((n) => n % 5 !== 0)
        .map((n): readonly [string, string] => [keyOf(n % 3 === 0 ? n + 1 : n), `m${n}`])
        .sort(([a, idA], [b, idB]) => (a === b ? (idA < idB ? -1 : 1) : a < b ? -1 : 1))
        .map(([, id]) => id);
      const all = { ...everything, limit: 10_000 };
      expect(await ids('message', 'dueAt', all)).toEqual(expected);
      await reopen();
      expect(await ids('message', 'dueAt', all)).toEqual(expected);
    });

    test('of an index that nobody declared are a mistake', async () => {
      await expect(store().list('booking', 'dueAt', everything)).rejects.toThrow(/booking\.dueAt/);
    });
  });
}

export function batchContract({ store, reopen }: StoreUnderTest): void {
  describe('batches', () => {
    test('do everything, answer for each operation, and see what they did themselves', async () => {
      await store().insert('hold', 'h1', { was: 'held' });
      const answer = await store().batch([
        { op: 'insert', kind: 'booking', id: 'b1', document: { n: 1 } },
        { op: 'replace', kind: 'booking', id: 'b1', document: { n: 2 }, expectedVersion: 1 },
        { op: 'put', kind: 'message', id: 'm1', document: {} },
        { op: 'put', kind: 'message', id: 'm1', document: { again: true } },
        { op: 'remove', kind: 'hold', id: 'h1', expectedVersion: 1 },
      ]);
      expect(answer).toEqual({
        ok: true,
        value: [
          { id: 'b1', version: 1, document: { n: 1 } },
          { id: 'b1', version: 2, document: { n: 2 } },
          { id: 'm1', version: 1, document: {} },
          { id: 'm1', version: 2, document: { again: true } },
          { id: 'h1', version: 1, document: { was: 'held' } },
        ],
      });
      expect(await store().get('hold', 'h1')).toBeUndefined();
      expect(await store().batch([])).toEqual({ ok: true, value: [] });
    });

    const impossible: readonly (readonly [StoreError['kind'], StoreOp])[] = [
      ['exists', { op: 'insert', kind: 'booking', id: 'old', document: {} }],
      ['version-mismatch', { op: 'replace', kind: 'booking', id: 'old', document: {}, expectedVersion: 2 }],
      ['not-found', { op: 'replace', kind: 'booking', id: 'new2', document: {}, expectedVersion: 1 }],
      ['version-mismatch', { op: 'remove', kind: 'booking', id: 'old', expectedVersion: 7 }],
      ['not-found', { op: 'remove', kind: 'booking', id: 'new2' }],
    ];
    test.each(impossible)('do nothing at all if one operation cannot be done (%s)', async (kind, op) => {
      await store().insert('booking', 'old', { startsAt: '1' });
      const others: StoreOp[] = [
        { op: 'put', kind: 'booking', id: 'old', document: { startsAt: '2' } },
        { op: 'insert', kind: 'booking', id: 'new', document: { startsAt: '3' } },
      ];
      expect(await store().batch([...others.slice(1), op, ...others.slice(0, 1)])).toEqual(refused(kind));
      const untouched = [{ id: 'old', version: 1, document: { startsAt: '1' } }];
      expect(await store().list('booking', 'startsAt', everything)).toEqual(untouched);
      await reopen();
      expect(await store().list('booking', 'startsAt', everything)).toEqual(untouched);
    });
  });
}

function textOf(document: Document, field: string): string | undefined {
  const value = document[field];
  return typeof value === 'string' ? value : undefined;
}

function textsOf(document: Document, field: string): readonly string[] {
  const value = document[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
