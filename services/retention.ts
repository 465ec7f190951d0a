// Removes what has been kept long enough, kind by kind, each removal with its entry in the audit trail.
import { setImmediate as nextRound } from 'node:timers/promises';
import type { Audit } from './audit.ts';
import { linkHash } from './audit-trail.ts';
import type { KeptKind, RetentionDays } from './config-record.ts';
import { lastUsedMs } from './documents.ts';
import type { Store, StoreOp, Versioned } from './ports.ts';

export interface RetentionDeps {
  readonly store: Pick<Store, 'all' | 'batch' | 'links'>;
  readonly audit: Audit;
  readonly days: RetentionDays;
}

const dayMs = 86_400_000;
/** Documents looked at, and removed, before a turn may run. */
const atOnce = 200;
/** The trail comes last: it has a say about the others. */
const kinds = [
  'conversation',
  'booking',
  'message',
  'contact',
  'answer',
] as const satisfies readonly KeptKind[];

/**
 * Removes every document whose time is over; returns how many. They are in the store's files until it is compacted. One that
 * was changed meanwhile stays, and is looked at again next time.
 */
export async function removeExpired({ store, audit, days }: RetentionDeps, nowMs: number): Promise<number> {
  let removed = 0;
  for (const kind of kinds) {
    const before = nowMs - days[kind] * dayMs;
    let expired: Versioned[] = [];
    const remove = async (): Promise<void> => {
      const ops = expired.map(
        ({ id, version }): StoreOp => ({ op: 'remove', kind, id, expectedVersion: version }),
      );
      const answer = await store.batch([...ops, audit.ofExpiry(`${kind} ${ops.length}`)]);
      if (answer.ok) removed += ops.length;
      expired = [];
    };
    for (const [at, stored] of (await store.all(kind)).entries()) {
      if (at % atOnce === atOnce - 1) await nextRound();
      const usedMs = lastUsedMs(kind, stored.document);
      if (usedMs === undefined || usedMs > before) continue;
      expired.push(stored);
      if (expired.length === atOnce) await remove();
    }
    if (expired.length > 0) await remove();
  }
  return removed + (await cutTrail({ store, audit, days }, nowMs));
}

/** Takes off the trail's beginning; an entry at its end says where it begins from now on. */
async function cutTrail({ store, audit, days }: RetentionDeps, nowMs: number): Promise<number> {
  const before = nowMs - days.audit * dayMs;
  let count = 0;
  let last: Versioned | undefined;
  for await (const entry of store.links('audit')) {
    if (!(Date.parse(String(entry.document['at'])) <= before)) break;
    count += 1;
    last = entry;
  }
  if (last === undefined) return 0;
  const answer = await store.batch([
    audit.ofCut(last.id, linkHash(last)),
    { op: 'cut', kind: 'audit', through: last.id },
  ]);
  return answer.ok ? count : 0;
}
