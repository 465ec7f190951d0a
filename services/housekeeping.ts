// What happens by itself: silent conversations forget who was there, holds, codes and counts end, what was kept long enough is removed, and the disk follows.
import type { Holds } from './holds.ts';
import { removeEnded } from './identity-documents.ts';
import type { Clock, Log, Store } from './ports.ts';
import { type RetentionDeps, removeExpired } from './retention.ts';

export interface HousekeepingDeps extends RetentionDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly holds: Pick<Holds, 'sweep'>;
  /** Forgets the person in conversations that have been silent; how many there were. */
  readonly forgetSilent: (nowMs: number) => Promise<number>;
}

export interface Housekeeping {
  /** Whatever is due; resolves when done, and never throws. */
  run(): Promise<void>;
  /** At once, then every three minutes. */
  start(): void;
  stop(): void;
}

const everyMs = 3 * 60_000;
const retentionEveryMs = 24 * 3_600_000;
/** A forgotten name is in the journal's older lines until the store is compacted, which costs as much as the store is large. */
const compactEveryMs = 3_600_000;

export function createHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { store, clock, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let stopped = false;
  let retentionAtMs = 0;
  let compactedAtMs = clock.now();
  /** Whether files may hold what the store does not: after a start nobody knows. */
  let leftOnDisk: 'no' | 'forgotten' | 'removed' = 'forgotten';

  const work = async (): Promise<void> => {
    const now = clock.now();
    await deps.holds.sweep();
    const forgotten = (await deps.forgetSilent(now)) + (await removeEnded(store, now));
    if (forgotten > 0 && leftOnDisk === 'no') leftOnDisk = 'forgotten';
    if (now - retentionAtMs >= retentionEveryMs) {
      const removed = await removeExpired(deps, now);
      retentionAtMs = now;
      if (removed > 0) leftOnDisk = 'removed';
      log.info('retention done', { count: removed });
    }
    if (leftOnDisk === 'removed' || (leftOnDisk === 'forgotten' && now - compactedAtMs >= compactEveryMs)) {
      await store.compact();
      leftOnDisk = 'no';
      compactedAtMs = now;
    }
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await work();
    } catch (error) {
      if (!stopped)
        log.error('housekeeping stopped early', { reason: error instanceof Error ? error.name : 'unknown' });
    } finally {
      running = false;
    }
  };
  return {
    run,
    start() {
      void run();
      timer = setInterval(() => void run(), everyMs);
      timer.unref();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
