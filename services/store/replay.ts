// Reads the newest snapshot and the journals after it, mends what a crash left, and says exactly what is wrong if they do not read.
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import type { Documents } from './documents.ts';
import { CannotOpen } from './errors.ts';
import type { StoreFile } from './files.ts';
import type { Holds } from './lines.ts';
import { type FilePart, nothingRead, type Progress, readPart, type Source } from './reading.ts';
import { removeOlder } from './snapshot.ts';

/** Where writing goes on; without a `journal`, in a new one of this generation. */
export interface Replayed {
  readonly generation: number;
  readonly journal: StoreFile | undefined;
  readonly positionBytes: number;
  readonly checksum: number;
  /** The snapshot, if there is one, and the journals before this one. */
  readonly older: readonly FilePart[];
  /** Files that are not sealed although there is a key. */
  readonly plainFiles: number;
}

/** Fills `documents`. What was read is durable when this resolves, so nobody is told of something that a power cut takes back. */
export async function replay(
  source: Source & { readonly log: Log },
  documents: Documents,
): Promise<Replayed> {
  const { folder, files, log } = source;
  const read = async (holds: Holds, generation: number): Promise<Progress> => {
    let end = nothingRead;
    for await (end of readPart(source, { holds, generation, bytes: Number.POSITIVE_INFINITY }))
      documents.load(end.changes);
    return end;
  };
  const names = await files.names(folder);
  const snapshot = Math.max(0, ...generations(names, 'snapshot'));
  const first = Math.max(1, snapshot);
  const journals = generations(names, 'journal').filter((generation) => generation >= first);
  const older: FilePart[] = [];
  let plainFiles = 0;
  if (snapshot > 0) {
    const { positionBytes, isPlain } = await read('snapshot', snapshot);
    older.push({ holds: 'snapshot', generation: snapshot, bytes: positionBytes });
    if (isPlain) plainFiles += 1;
  }
  const last = Math.max(first, ...journals);
  if (journals.length > 0 || snapshot > 0)
    for (let wanted = first; wanted <= last; wanted += 1)
      if (!journals.includes(wanted))
        throw new CannotOpen('damaged', `The store's file journal.${wanted} is missing.`);

  let end = nothingRead;
  let journal: StoreFile | undefined;
  let torn: CannotOpen | undefined;
  for (const generation of journals) {
    await journal?.close();
    end = await read('journal', generation);
    if (end.isPlain) plainFiles += 1;
    // A torn line is an unfinished write only if it is the very last: a later journal may exist, but without lines.
    if (torn !== undefined && end.lines > 0) throw torn;
    journal = await files.open(join(folder, `journal.${generation}`), 'through');
    if (end.torn !== undefined) {
      torn = end.torn;
      log.warn('store dropped an unfinished last line', { generation });
      await journal.truncate(end.positionBytes);
    }
    await journal.sync();
    if (generation < last) older.push({ holds: 'journal', generation, bytes: end.positionBytes });
  }
  await files.syncFolder(folder);
  await removeOlder(folder, files, first);
  if (end.positionBytes === 0) {
    await journal?.close();
    journal = undefined;
  }
  const { positionBytes, checksum } = end;
  return { generation: last, journal, positionBytes, checksum, older, plainFiles };
}

function generations(names: readonly string[], of: Holds): readonly number[] {
  return names
    .filter((name) => new RegExp(`^${of}\\.\\d+$`).test(name))
    .map((name) => Number(name.slice(of.length + 1)))
    .sort((a, b) => a - b);
}
