// The few file operations that the store needs, and Node's implementation of them; tests put a faulty disk behind it.
import { chmod, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Result } from '../domain.ts';
import { CannotOpen } from './errors.ts';
import { takeProcessLock } from './process-lock.ts';

export interface StoreFile {
  /** Writes all of `bytes` at `position`, or throws; then any part of them may have been written. */
  write(bytes: Buffer, position: number): Promise<void>;
  /** Contents and length are on disk once this resolves (fdatasync). */
  sync(): Promise<void>;
  truncate(lengthBytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface FileSystem {
  /** Makes the folder (0700) and its parents, durably. */
  makeFolder(folder: string): Promise<void>;
  names(folder: string): Promise<readonly string[]>;
  read(path: string): AsyncIterable<Buffer>;
  /** An existing file, for writing. */
  open(path: string): Promise<StoreFile>;
  /** A new, empty file (0600); what has that name is emptied. */
  create(path: string): Promise<StoreFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names made, renamed and removed in the folder are on disk once this resolves. */
  syncFolder(folder: string): Promise<void>;
  /** Makes this process the folder's only user: a function that lets go, or who has it. */
  lock(folder: string): Promise<Result<() => Promise<void>, { readonly pid: number }>>;
}

const readBytes = 4 * 1024 * 1024;

/** Refuses a folder that everybody writes into and that is not a store yet: DATA_DIR=/tmp must not take /tmp from the machine. */
async function ownFolder(folder: string): Promise<void> {
  const [{ mode }, names] = await Promise.all([stat(folder), readdir(folder)]);
  if ((mode & 0o002) === 0 || names.length === 0 || names.some((name) => name.startsWith('journal.'))) return;
  throw new CannotOpen(
    'folder',
    `The folder ${folder} is shared with others: set DATA_DIR to one of Bookadoc's own.`,
  );
}

export const nodeFiles: FileSystem = {
  async makeFolder(folder) {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    await (first === undefined ? ownFolder(folder) : undefined);
    await chmod(folder, 0o700);
    if (first === undefined) return;
    const last = dirname(resolve(first));
    for (let parent = dirname(resolve(folder)); ; parent = dirname(parent)) {
      await nodeFiles.syncFolder(parent);
      if (parent === last) return;
    }
  },
  names: (folder) => readdir(folder),
  async *read(path) {
    const handle = await open(path);
    try {
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(readBytes), 0, readBytes);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  },
  open: async (path) => storeFile(await open(path, 'r+')),
  create: async (path) => storeFile(await open(path, 'w', 0o600)),
  rename,
  remove: (path) => rm(path, { force: true }),
  async syncFolder(folder) {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  },
  lock: takeProcessLock,
};

function storeFile(handle: FileHandle): StoreFile {
  return {
    async write(bytes, position) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    truncate: (lengthBytes) => handle.truncate(lengthBytes),
    close: () => handle.close(),
  };
}
