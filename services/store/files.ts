// The few file operations that the store needs, and Node's implementation of them; tests put a faulty disk behind it.
import { chmod, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Result } from '../domain.ts';
import { CannotOpen } from './errors.ts';
import { takeProcessLock } from './process-lock.ts';

export interface StoreFile {
  /** Writes all of `bytes` at `position`, or throws; then any part of them may have been written. */
  write(bytes: Buffer, position: number): Promise<void>;
  /** As `write`, and on disk once this resolves; where it throws, nobody knows whether. */
  writeThrough(bytes: Buffer, position: number): Promise<void>;
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
  /** An existing file, for writing; `through`, here and below: mostly by `writeThrough`. */
  open(path: string, through?: 'through'): Promise<StoreFile>;
  /** A new, empty file (0600); what has that name is emptied. */
  create(path: string, through?: 'through'): Promise<StoreFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Names made, renamed and removed in the folder are on disk once this resolves. */
  syncFolder(folder: string): Promise<void>;
  /** Makes this process the folder's only user: a function that lets go, or who has it. */
  lock(folder: string): Promise<Result<() => Promise<void>, { readonly pid: number }>>;
}

/**
 * On Linux the kernel can sync within the write: one errand for a thread instead of two, and all that is waited for is the same (open(2)).
 * Elsewhere it may mean less than Node's fdatasync does, which on a Mac waits for the drive itself.
 */
const syncedWrites = process.platform === 'linux' ? constants.O_DSYNC : 0;

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
  open: (path, through) => opened(path, constants.O_RDWR, through),
  create: (path, through) =>
    opened(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, through),
  rename,
  remove: (path) => rm(path, { force: true }),
  async syncFolder(folder) {
    const handle = await open(folder);
    await handle.sync().finally(() => handle.close());
  },
  lock: takeProcessLock,
};

async function opened(path: string, flags: number, through: 'through' | undefined): Promise<StoreFile> {
  const isSynced = through !== undefined && syncedWrites !== 0;
  const handle = await open(path, isSynced ? flags | syncedWrites : flags, 0o600);
  const write: StoreFile['write'] = async (bytes, position) => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  };
  return {
    write,
    async writeThrough(bytes, position) {
      await write(bytes, position);
      if (!isSynced) await handle.datasync();
    },
    sync: () => handle.datasync(),
    truncate: (lengthBytes) => handle.truncate(lengthBytes),
    close: () => handle.close(),
  };
}
