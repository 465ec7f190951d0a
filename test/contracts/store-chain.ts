// The store's contract, continued: chains of documents, everything of a kind, and what compaction promises.
import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../services/ports.ts';
import type { StoreUnderTest } from './store-lists.ts';

/** Every link in order, each with what the next one must hold as `previous`. */
async function linksOf(store: Store) {
  const links = (await store.all('audit')).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return links.map(({ id, document }) => ({
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
      const stored = await Promise.all(
        ['000000000001', '000000000002'].map((id) => store().get('audit', id)),
      );
      expect(answer.ok && answer.value).toEqual(stored);
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

    test('goes on where it was after its beginning was removed', async () => {
      for (const n of [1, 2, 3]) await append(n);
      await store().remove('audit', '000000000001');
      await reopen();
      await append(4);
      const [second, third, fourth] = await linksOf(store());
      expect([second?.id, fourth?.id]).toEqual(['000000000002', '000000000004']);
      expect(fourth?.document['previous']).toBe(third?.next);
    });

    test('the link to the one before cannot be chosen', async () => {
      const forged = { op: 'append', kind: 'audit', document: { previous: 'mine' } } as const;
      await expect(store().batch([forged])).rejects.toThrow(/previous/);
      expect(await store().all('audit')).toEqual([]);
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
