// Writes every document, and every link of a chain, into a new snapshot while writers go on.
import { join } from 'node:path';
import type { Change, Documents } from './documents.ts';
import type { FileSystem } from './files.ts';
import { encodeChanges, encodeEnd, encodeHeader } from './lines.ts';
import type { Seal } from './seal.ts';

export interface SnapshotOptions {
  readonly folder: string;
  readonly files: FileSystem;
  readonly generation: number;
  readonly documents: Documents;
  /** What the documents in memory are not: the chains' links, from the files that this snapshot takes the place of. */
  readonly links: AsyncIterable<readonly Change[]>;
  readonly stop: AbortSignal;
  readonly seal: Seal | undefined;
}

/** Small enough that encoding it does not hold up a turn. */
const chunkBytes = 128 * 1024;
/** An envelope costs more than what is in it. */
const sealedPerLine = 32;

/** Makes `snapshot.N` durable and returns its length. Throws, leaving everything as it was, if the disk refuses or `stop` says so. */
export async function writeSnapshot(options: SnapshotOptions): Promise<number> {
  const { folder, files, generation } = options;
  const temporary = join(folder, `snapshot.${generation}.tmp`);
  let bytes: number;
  try {
    bytes = await writeAll(temporary, options);
    await files.rename(temporary, join(folder, `snapshot.${generation}`));
  } catch (error) {
    await files.remove(temporary).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(folder);
  return bytes;
}

async function writeAll(path: string, options: SnapshotOptions): Promise<number> {
  const file = await options.files.create(path);
  try {
    const header = encodeHeader('snapshot', options.generation, options.seal?.keyId);
    let { checksum } = header;
    let pending: Buffer[] = [header.bytes];
    let pendingBytes = header.bytes.length;
    let position = 0;
    let count = 0;
    const flush = async (): Promise<void> => {
      options.stop.throwIfAborted();
      await file.write(Buffer.concat(pending), position);
      position += pendingBytes;
      pending = [];
      pendingBytes = 0;
    };
    const push = (line: ReturnType<typeof encodeChanges>): void => {
      checksum = line.checksum;
      pending.push(line.bytes);
      pendingBytes += line.bytes.length;
    };
    const perLine = options.seal === undefined ? 1 : sealedPerLine;
    let group: Change[] = [];
    /** Whether it is time to flush. */
    const add = (change: Change): boolean => {
      group.push(change);
      count += 1;
      if (group.length < perLine) return false;
      push(encodeChanges(group, checksum, options.seal));
      group = [];
      return pendingBytes >= chunkBytes;
    };
    for await (const links of options.links) for (const link of links) if (add(link)) await flush();
    for (const change of options.documents.all()) if (add(change)) await flush();
    if (group.length > 0) push(encodeChanges(group, checksum, options.seal));
    push(encodeEnd(count, checksum));
    await flush();
    await file.sync();
    return position;
  } finally {
    await file.close();
  }
}

/** Removes what a durable snapshot of this generation made superfluous; how much cannot be removed, which the next start tries again. */
export async function removeOlder(folder: string, files: FileSystem, generation: number): Promise<number> {
  let leftBehind = 0;
  for (const name of await files.names(folder)) {
    const match = /^(?:journal|snapshot)\.(\d+)(\.tmp)?$/.exec(name);
    if (match === null || (Number(match[1]) >= generation && match[2] === undefined)) continue;
    await files.remove(join(folder, name)).catch(() => {
      leftBehind += 1;
    });
  }
  return leftBehind;
}
