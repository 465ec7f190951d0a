// Idempotency-Key: the first answer to a key is kept for 24 hours, written in the same batch as the booking itself.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock, Document, Json, Store, StoreOp } from '../services/ports.ts';
import type { Answer } from './rest-answers.ts';

const keptMs = 24 * 60 * 60 * 1000;
const sweepEveryMs = 10 * 60 * 1000;

const reused: Answer = {
  status: 422,
  body: { error: 'idempotency-key-reused', message: 'This Idempotency-Key was used for another request.' },
};

const stored = z.object({
  requestHash: z.string(),
  status: z.number(),
  body: z.record(z.string(), z.json()),
  expiresAt: z.string(),
});

export interface Answered {
  /**
   * Answers once per key: a repeat with the same request gets the same status and body, with another request 422, and
   * waits while the first is under way. `work` puts the op of `keep(answer)` into its own atomic batch, or calls it never:
   * then the answer is kept afterwards.
   */
  once(
    key: string,
    request: Json,
    work: (keep: (answer: Answer) => readonly StoreOp[]) => Promise<Answer>,
  ): Promise<Answer>;
}

export function createAnswered(store: Store, clock: Pick<Clock, 'now'>): Answered {
  let sweptAt = clock.now();

  /** Removes what has expired; now and then, beside a request, so that nothing needs a timer. */
  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < sweepEveryMs) return;
    sweptAt = now;
    const old = await store.list('answer', 'expires', { from: '', to: new Date(now).toISOString() });
    for (const { id, version } of old) await store.remove('answer', id, version);
  }

  return {
    once(key, request, work) {
      const id = hash(key);
      const requestHash = hash(JSON.stringify(request));
      return store.withLock(`answer:${id}`, async () => {
        const now = clock.now();
        await sweep(now);
        const found = await store.get('answer', id);
        const known = found === undefined ? undefined : stored.parse(found.document);
        if (known !== undefined && Date.parse(known.expiresAt) > now) {
          return known.requestHash === requestHash ? { status: known.status, body: known.body } : reused;
        }

        let kept = false;
        const keep = (answer: Answer): readonly StoreOp[] => {
          kept = true;
          const document: Document = {
            requestHash,
            ...answer,
            expiresAt: new Date(now + keptMs).toISOString(),
          };
          return [{ op: 'put', kind: 'answer', id, document }];
        };
        const answer = await work(keep);
        if (!kept) await store.batch(keep(answer));
        return answer;
      });
    },
  };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
