// Reads the newest snapshot and the journals after it, and says exactly what is wrong if they do not read.
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import type { Documents } from './documents.ts';
import { CannotOpen } from './errors.ts';
import type { FileSystem, StoreFile } from './files.ts';
import { checkHeader, checksumOf, decodeChanges, eachLine, endCount, type Header } from './lines.ts';
import type { Seal } from './seal.ts';
import { removeOlder } from './snapshot.ts';

/** Where writing goes on; without a `journal`, in a new one of this generation. */
export interface Replayed {
  readonly generation: number;
  readonly journal: StoreFile | undefined;
  readonly positionBytes: number;
  readonly checksum: number;
  readonly olderJournalBytes: number;
  readonly snapshotBytes: number;
  /** Files that are not sealed although there is a key. */
  readonly plainFiles: number;
}

interface Source {
  readonly folder: string;
  readonly files: FileSystem;
  readonly log: Log;
  readonly seal: Seal | undefined;
}

/** How far a journal reads; `lines` without its header. A journal without a whole header has `positionBytes` 0: nothing was ever in it. */
interface JournalEnd {
  readonly positionBytes: number;
  readonly checksum: number;
  readonly lines: number;
  /** What follows, if it is an unfinished write (nobody was told that it is there), and if not, what is wrong. */
  readonly torn: CannotOpen | undefined;
  readonly isPlain: boolean;
}

/** Fills `documents`. What was read is durable when this resolves, so nobody is told of something that a power cut takes back. */
export async function replay(source: Source, documents: Documents): Promise<Replayed> {
  const { folder, files, log } = source;
  const names = await files.names(folder);
  const snapshot = Math.max(0, ...generations(names, 'snapshot'));
  const first = Math.max(1, snapshot);
  const journals = generations(names, 'journal').filter((generation) => generation >= first);
  const older = snapshot === 0 ? undefined : await readSnapshot(source, snapshot, documents);
  let plainFiles = older?.isPlain === true ? 1 : 0;
  const last = Math.max(first, ...journals);
  if (journals.length > 0 || snapshot > 0)
    for (let wanted = first; wanted <= last; wanted += 1)
      if (!journals.includes(wanted))
        throw new CannotOpen('damaged', `The store's file journal.${wanted} is missing.`);

  let olderJournalBytes = 0;
  let end: JournalEnd = { positionBytes: 0, checksum: 0, lines: 0, torn: undefined, isPlain: false };
  let journal: StoreFile | undefined;
  let torn: CannotOpen | undefined;
  for (const generation of journals) {
    await journal?.close();
    olderJournalBytes += end.positionBytes;
    end = await readJournal(source, generation, documents);
    if (end.isPlain) plainFiles += 1;
    // A torn line is an unfinished write only if it is the very last: a later journal may exist, but without lines.
    if (torn !== undefined && end.lines > 0) throw torn;
    journal = await files.open(join(folder, `journal.${generation}`));
    if (end.torn !== undefined) {
      torn = end.torn;
      log.warn('store dropped an unfinished last line', { generation });
      await journal.truncate(end.positionBytes);
    }
    await journal.sync();
  }
  await files.syncFolder(folder);
  await removeOlder(folder, files, first);
  if (end.positionBytes === 0) {
    await journal?.close();
    journal = undefined;
  }
  return {
    ...end,
    generation: last,
    journal,
    olderJournalBytes,
    snapshotBytes: older?.bytes ?? 0,
    plainFiles,
  };
}

function generations(names: readonly string[], of: 'snapshot' | 'journal'): readonly number[] {
  return names
    .filter((name) => new RegExp(`^${of}\\.\\d+$`).test(name))
    .map((name) => Number(name.slice(of.length + 1)))
    .sort((a, b) => a - b);
}

async function readSnapshot(
  source: Source,
  generation: number,
  documents: Documents,
): Promise<{ readonly bytes: number; readonly isPlain: boolean }> {
  const { folder, files } = source;
  let seal: Seal | undefined;
  const name = `snapshot.${generation}`;
  let checksum = 0;
  let count = 0;
  let ended = false;
  let lines = 0;
  let bytes = 0;
  await eachLine(files.read(join(folder, name)), (line, number, nextAt) => {
    lines = number;
    bytes = nextAt;
    if (number === 1) {
      const start = headerOf(name, line, 'snapshot', generation);
      if (start === undefined) throw damaged(name, number);
      checksum = start.checksum;
      seal = sealOf(name, start, source);
      return;
    }
    const next = ended ? undefined : checksumOf(line, checksum);
    if (next === undefined) throw damaged(name, number);
    checksum = next;
    if (endCount(line) === count) {
      ended = true;
      return;
    }
    const changes = decodeChanges(line, seal);
    if (changes === undefined) throw damaged(name, number);
    documents.load(changes);
    count += changes.length;
  });
  if (!ended) throw damaged(name, lines + 1);
  return { bytes, isPlain: seal === undefined };
}

async function readJournal(source: Source, generation: number, documents: Documents): Promise<JournalEnd> {
  const { folder, files } = source;
  let seal: Seal | undefined;
  const name = `journal.${generation}`;
  let positionBytes = 0;
  let checksum = 0;
  let lines = 0;
  let broken: CannotOpen | undefined;
  const restBytes = await eachLine(files.read(join(folder, name)), (line, number, nextAt) => {
    // Only a broken line with nothing after it can be an unfinished write.
    if (broken !== undefined) throw broken;
    const header = number === 1 ? headerOf(name, line, 'journal', generation) : undefined;
    const next = number === 1 ? header?.checksum : checksumOf(line, checksum);
    if (next === undefined) {
      broken = damaged(name, number);
      return;
    }
    if (header !== undefined) seal = sealOf(name, header, source);
    else {
      const changes = decodeChanges(line, seal);
      if (changes === undefined) throw damaged(name, number);
      documents.load(changes);
      lines += 1;
    }
    checksum = next;
    positionBytes = nextAt;
  });
  if (broken !== undefined && restBytes > 0) throw broken;
  const torn = restBytes > 0 ? damaged(name, positionBytes === 0 ? 1 : lines + 2) : broken;
  return { positionBytes, checksum, lines, torn, isPlain: seal === undefined && positionBytes > 0 };
}

/** The header, or undefined if it is not one of ours. */
function headerOf(
  name: string,
  line: Buffer,
  holds: 'journal' | 'snapshot',
  generation: number,
): Header | undefined {
  const checked = checkHeader(line, holds, generation);
  if (checked === 'newer')
    throw new CannotOpen(
      'newer-format',
      `The store's file ${name} was written by a newer Bookadoc: start that version, or restore a backup.`,
    );
  return checked === 'broken' ? undefined : checked;
}

/** What opens the file's documents; undefined where they are plain. */
function sealOf(name: string, { keyId }: Header, { seal }: Source): Seal | undefined {
  if (keyId === undefined) return undefined;
  if (seal === undefined)
    throw new CannotOpen('key', `The store's file ${name} is sealed: set DATA_KEY to the key ${keyId}.`);
  if (seal.keyId !== keyId)
    throw new CannotOpen(
      'key',
      `The store's file ${name} is sealed with the key ${keyId}, but DATA_KEY is the key ${seal.keyId}.`,
    );
  return seal;
}

function damaged(name: string, line: number): CannotOpen {
  return new CannotOpen(
    'damaged',
    `The store's file ${name} is unreadable at line ${line}: restore the folder from a backup.`,
  );
}
