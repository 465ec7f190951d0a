// Locks by name within this process: first come, first served.

export type WithLock = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * A lock for each key in use; a key nobody holds or waits for takes no memory. Work that throws lets go.
 * Not reentrant: work that waits for its own key waits for ever.
 */
export function keyedLock(): WithLock {
  const lastInLine = new Map<string, Promise<void>>();
  return async (key, work) => {
    const before = lastInLine.get(key);
    const { promise: done, resolve } = Promise.withResolvers<void>();
    lastInLine.set(key, done);
    if (before !== undefined) await before;
    try {
      return await work();
    } finally {
      if (lastInLine.get(key) === done) lastInLine.delete(key);
      resolve();
    }
  };
}
