// The store's contract, continued: chains of documents, everything of a kind, and what compaction promises.
import { hash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Store, StoreOp } from '../../services/ports.ts';
import { trailOf } from '../support/trail.ts';
import { refused, type StoreUnderTest } from './store-lists.ts';

const place = (n: number): string => String(n).padStart(12, '0');

/** Every link in order, each with what the next one must hold as `previous`. */
async function linksOf(store: Store) {
  return (await trailOf(store)).map(({ id, document }) => ({
    id,
    document,
    next: hash('sha256', `${id} ${JSON.stringify(document)}`, 'base64url'),
  }));
}

async function expectOneChain(store: Store, length: number): Promise<void> {
  const links = await linksOf(store);
  expect(links.map(({ id }) => Number(id))).toEqual(Array.from({ length }, (_, at) => at + 1));
  expect(links.map(({ document }) => document['previous'])).toEqual([
    '',
    ...links.map(({ next }) => next).slice(0, -1),
  ]);
}

export function chainContract({ store, reopen }: StoreUnderTest): void {
  const append = (n: number, ...also: Parameters<Store['batch']>[0]) =>
    store().batch([...also, { op: 'append', kind: 'audit', document: { n } }]);

  describe('a chain', () => {
    test('200 writers at once make one, also after opening again, and it goes on', async () => {
      await Promise.all(Array.from({ length: 200 }, (_, n) => append(n)));
      await expectOneChain(store(), 200);
      await reopen();
      await Promise.all(Array.from({ length: 50 }, (_, n) => append(n)));
      await expectOneChain(store(), 250);
    });

    test('several links of one batch follow each other; what is answered is what is stored', async () => {
      const answer = await store().batch([
        { op: 'append', kind: 'audit', document: {} },
        { op: 'append', kind: 'audit', document: { n: 2 } },
      ]);
      expect(answer).toMatchObject({ ok: true });
      expect(answer.ok && answer.value).toEqual(await trailOf(store()));
      await expectOneChain(store(), 2);
    });

    test('a batch that fails leaves no link and no gap, beside others that succeed', async () => {
      await store().insert('booking', 'b1', {});
      const taken = { op: 'insert', kind: 'booking', id: 'b1', document: {} } as const;
      const free = (n: number) => ({ ...taken, id: `free-${n}` });
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) => append(n, n % 3 === 0 ? taken : free(n))),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
      await expectOneChain(store(), 40);
    });

    const cut = (through: number): StoreOp => ({ op: 'cut', kind: 'audit', through: place(through) });

    test('goes on where it was after its beginning was cut off, also with nothing else on file', async () => {
      for (const n of [1, 2, 3]) await append(n);
      const last = (await linksOf(store()))[2]?.next;
      expect(await store().batch([cut(2)])).toEqual({ ok: true, value: [] });
      expect((await linksOf(store())).map(({ id }) => id)).toEqual([place(3)]);
      await store().compact();
      await reopen();
      await append(4);
      const [third, fourth] = await linksOf(store());
      expect([third?.id, third?.next, fourth?.id]).toEqual([place(3), last, place(4)]);
      expect(fourth?.document['previous']).toBe(last);
    });

    test('is cut in the batch that says so, in which it may be longer already', async () => {
      await append(1);
      await append(2);
      const answer = await append(3, cut(1), { op: 'append', kind: 'audit', document: { n: 'cut' } }, cut(2));
      expect(answer).toMatchObject({ ok: true, value: [{ id: place(3) }, { id: place(4) }] });
      expect((await trailOf(store())).map(({ document }) => document['n'])).toEqual(['cut', 3]);
    });

    test.each([
      ['its last link', 3],
      ['what was cut before', 1],
      ['what never was', 7],
    ])('is not cut through %s, and the batch does nothing', async (_, through) => {
      for (const n of [1, 2, 3]) await append(n);
      await store().batch([cut(1)]);
      await reopen();
      expect(await store().batch([{ op: 'put', kind: 'hold', id: 'h', document: {} }, cut(through)])).toEqual(
        refused('not-found'),
      );
      expect(await store().get('hold', 'h')).toBeUndefined();
      expect((await trailOf(store())).map(({ id }) => id)).toEqual([place(2), place(3)]);
    });

    test('is read as it was when that began, while others write, cut and compact', async () => {
      for (const from of [0, 150]) {
        await Promise.all(Array.from({ length: 150 }, (_, n) => append(from + n)));
        if (from === 0) await store().compact();
      }
      const read: string[] = [];
      let others: Promise<unknown> = Promise.resolve();
      for await (const { id } of store().links('audit')) {
        if (read.length === 0) {
          others = Promise.all([append(300), store().batch([cut(250)]), store().compact(), append(301)]);
          await wait(30);
        }
        read.push(id);
      }
      expect(read).toEqual(Array.from({ length: 300 }, (_, at) => place(at + 1)));
      await others;
      const left = (await trailOf(store())).map(({ id }) => Number(id));
      expect([left[0], left.at(-1), left.length]).toEqual([251, 302, 52]);
      await reopen();
      expect(await trailOf(store())).toHaveLength(52);
    });

    test('that nobody reads to its end holds nobody up', async () => {
      for (const n of [1, 2, 3]) await append(n);
      for await (const { id } of store().links('audit')) if (id === place(1)) break;
      await store().compact();
      await append(4);
      await expectOneChain(store(), 4);
    });

    test('the link to the one before cannot be chosen', async () => {
      const forged = { op: 'append', kind: 'audit', document: { previous: 'mine' } } as const;
      await expect(store().batch([forged])).rejects.toThrow(/previous/);
      expect(await trailOf(store())).toEqual([]);
    });
  });

  test('everything of a kind is of that kind only', async () => {
    await store().insert('hold', 'h1', { n: 1 });
    await store().insert('booking', 'b1', { n: 2 });
    await store().insert('booking', 'b2', { n: 3 });
    await store().remove('booking', 'b2');
    expect(await store().all('booking')).toEqual([{ id: 'b1', version: 1, document: { n: 2 } }]);
    expect(await store().all('token')).toEqual([]);
  });

  test('compacting among writers loses nothing, whoever asks for it how often', async () => {
    const puts = Array.from({ length: 100 }, async (_, n) => {
      await store().insert('booking', `b${n}`, { n });
      if (n % 10 === 0) await store().compact();
      await store().replace('booking', `b${n}`, { n, again: true }, 1);
    });
    await Promise.all([...puts, store().compact(), store().compact()]);
    await store().compact();
    await reopen();
    const found = await store().all('booking');
    expect(found).toHaveLength(100);
    expect(found.every(({ document }) => document['again'] === true)).toBe(true);
  });
}
