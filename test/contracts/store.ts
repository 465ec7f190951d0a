// The contract of the Store port: every driver's test calls it with a way to open the store.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IndexDeclaration, Store } from '../../services/ports.ts';
import { chainContract } from './store-chain.ts';
import { batchContract, indexes, listContract, refused, type StoreUnderTest } from './store-lists.ts';
import { awkwardDocuments, awkwardIds, carelessDocument, notJson } from './store-values.ts';

export interface StoreContract {
  readonly name: string;
  /** Opens the store of a place: an empty one for a new place, the same documents for one that was closed before. */
  open(place: string, indexes: readonly IndexDeclaration[]): Promise<Store>;
  /** A new, empty place. */
  newPlace(): Promise<string>;
  removePlace(place: string): Promise<void>;
}

export function storeContract({ name, open, newPlace, removePlace }: StoreContract): void {
  describe(`${name}: the store contract`, () => {
    let place: string;
    let store: Store;
    const reopen = async (): Promise<void> => {
      await store.close();
      store = await open(place, indexes);
    };
    const underTest: StoreUnderTest = { store: () => store, reopen };

    beforeEach(async () => {
      place = await newPlace();
      store = await open(place, indexes);
    });
    afterEach(async () => {
      await store.close();
      await removePlace(place);
    });

    describe('one document', () => {
      test('is inserted as version 1, once', async () => {
        expect(await store.insert('booking', 'b1', { n: 1 })).toEqual({
          ok: true,
          value: { id: 'b1', version: 1, document: { n: 1 } },
        });
        expect(await store.insert('booking', 'b1', { n: 2 })).toEqual(refused('exists'));
        expect(await store.get('booking', 'b1')).toEqual({ id: 'b1', version: 1, document: { n: 1 } });
      });

      test('is replaced at the version expected, and at no other', async () => {
        await store.insert('booking', 'b1', { n: 1 });
        expect(await store.replace('booking', 'b1', { n: 2 }, 1)).toEqual({
          ok: true,
          value: { id: 'b1', version: 2, document: { n: 2 } },
        });
        for (const version of [1, 3, 0])
          expect(await store.replace('booking', 'b1', { n: 9 }, version)).toEqual(
            refused('version-mismatch'),
          );
        expect(await store.replace('booking', 'b2', { n: 9 }, 1)).toEqual(refused('not-found'));
        expect(await store.get('booking', 'b1')).toEqual({ id: 'b1', version: 2, document: { n: 2 } });
      });

      test('is removed at any version, or at the one expected', async () => {
        await store.insert('hold', 'h1', {});
        expect(await store.remove('hold', 'h1', 2)).toEqual(refused('version-mismatch'));
        expect(await store.remove('hold', 'h1', 1)).toEqual({ ok: true, value: undefined });
        expect(await store.remove('hold', 'h1')).toEqual(refused('not-found'));
        expect(await store.get('hold', 'h1')).toBeUndefined();
        await store.insert('hold', 'h1', { again: true });
        expect(await store.remove('hold', 'h1')).toEqual({ ok: true, value: undefined });
      });

      test('starts at version 1 again after it was removed', async () => {
        await store.insert('hold', 'h1', {});
        await store.replace('hold', 'h1', {}, 1);
        await store.remove('hold', 'h1');
        expect(await store.insert('hold', 'h1', {})).toMatchObject({ ok: true, value: { version: 1 } });
      });

      test('shares its id with nothing of another kind', async () => {
        await store.insert('booking', 'same', { is: 'booking' });
        await store.insert('hold', 'same', { is: 'hold' });
        await store.remove('hold', 'same');
        expect(await store.get('booking', 'same')).toMatchObject({ document: { is: 'booking' } });
      });

      test('is what was given, whatever becomes of the object given or received', async () => {
        const given = { list: ['a'] };
        const writing = store.insert('booking', 'b1', given);
        given.list.push('b');
        await writing;
        given.list.push('c');
        const received = await store.get('booking', 'b1');
        if (Array.isArray(received?.document['list'])) received.document['list'].push('d');
        expect(await store.get('booking', 'b1')).toMatchObject({ document: { list: ['a'] } });
      });
    });

    describe('values', () => {
      test.each(awkwardDocuments)('%s comes back, also after opening again', async (_, document) => {
        const text = JSON.stringify(document);
        await store.insert('contact', 'c1', document);
        expect(JSON.stringify((await store.get('contact', 'c1'))?.document)).toBe(text);
        await reopen();
        expect(JSON.stringify((await store.get('contact', 'c1'))?.document)).toBe(text);
      });

      test.each(awkwardIds)('an id may be %j', async (id) => {
        await store.insert('conversation', id, { id });
        await reopen();
        expect(await store.get('conversation', id)).toEqual({ id, version: 1, document: { id } });
        expect(await store.get('conversation', `${id}.`)).toBeUndefined();
      });

      test('a field that is undefined is left out', async () => {
        await store.insert('contact', 'c1', carelessDocument(undefined));
        expect(await store.get('contact', 'c1')).toMatchObject({ document: { inner: {} } });
      });

      test.each(notJson)('%s is refused by the name of its field', async (_, value) => {
        await expect(store.insert('contact', 'c1', carelessDocument(value))).rejects.toThrow(/inner\.field/);
        expect(await store.get('contact', 'c1')).toBeUndefined();
      });
    });

    chainContract(underTest);
    listContract(underTest);
    batchContract(underTest);

    describe('at once', () => {
      test('200 inserts of one id: the first wins', async () => {
        const answers = await Promise.all(
          Array.from({ length: 200 }, (_, n) => store.insert('booking', 'one', { n })),
        );
        expect(answers.map((answer) => answer.ok)).toEqual([true, ...Array(199).fill(false)]);
        expect(await store.get('booking', 'one')).toMatchObject({ version: 1, document: { n: 0 } });
      });

      test('200 writers of one document, by version: each adds one, none is lost', async () => {
        await store.insert('booking', 'one', { writers: [] });
        const addMe = async (me: number): Promise<void> => {
          const current = await store.get('booking', 'one');
          const writers = current?.document['writers'];
          if (current === undefined || !Array.isArray(writers)) throw new Error('lost');
          const answer = await store.replace(
            'booking',
            'one',
            { writers: [...writers, me] },
            current.version,
          );
          if (!answer.ok) await addMe(me);
        };
        await Promise.all(Array.from({ length: 200 }, (_, me) => addMe(me)));
        const end = await store.get('booking', 'one');
        expect(end?.version).toBe(201);
        expect(new Set(Array.isArray(end?.document['writers']) ? end.document['writers'] : []).size).toBe(
          200,
        );
      });
    });

    describe('locks', () => {
      test('admit one at a time, in order of arrival', async () => {
        const events: string[] = [];
        const visit = (who: string) =>
          store.withLock('patient 1', async () => {
            events.push(`${who} in`);
            await store.insert('hold', who, {});
            events.push(`${who} out`);
            return who;
          });
        expect(await Promise.all(['a', 'b', 'c'].map(visit))).toEqual(['a', 'b', 'c']);
        expect(events).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
      });

      test('of other keys are open, and may be taken inside', async () => {
        const answer = await store.withLock('patient 1', () => store.withLock('day 1', async () => 'both'));
        expect(answer).toBe('both');
      });

      test('let go when the work throws', async () => {
        const failing = store.withLock('k', () => Promise.reject(new Error('bug')));
        const next = store.withLock('k', async () => 'served');
        await expect(failing).rejects.toThrow('bug');
        expect(await next).toBe('served');
      });
    });

    test('a store that was closed keeps what was being written, and then refuses', async () => {
      const writing = store.insert('booking', 'last', {});
      await store.close();
      expect(await writing).toMatchObject({ ok: true });
      await expect(store.insert('booking', 'late', {})).rejects.toThrow(/closed/);
      store = await open(place, indexes);
      expect(await store.get('booking', 'last')).toMatchObject({ version: 1 });
      expect(await store.get('booking', 'late')).toBeUndefined();
    });
  });
}
