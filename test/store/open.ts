// Opens a JSON store for a test: a clock that stands still, a log that is kept, a folder of its own.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, IndexDeclaration, Log, Store } from '../../services/ports.ts';
import { type JsonStoreOptions, openJsonStore } from '../../services/store/json.ts';

const clock: Clock = { now: () => Date.UTC(2025, 1, 17), sleep: async () => undefined };
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'bookadoc-store-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export const storeOptions = (folder: string, more: Partial<JsonStoreOptions> = {}): JsonStoreOptions => ({
  folder,
  indexes: [],
  clock,
  log: quiet,
  ...more,
});

/** The store, or a throw with the operator's sentence. */
export async function openedStore(options: JsonStoreOptions): Promise<Store> {
  const opened = await openJsonStore(options);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export const byStart: IndexDeclaration = {
  kind: 'booking',
  name: 'startsAt',
  key: ({ startsAt }) => (typeof startsAt === 'string' ? startsAt : undefined),
};

/** A key of invented bytes, a different one for each number. */
export const invented = (n: number): KeyObject => createSecretKey(Buffer.alloc(32, n));
