// lowdb's adapter over a journal: `write` appends the recorded changes and syncs, `read` replays snapshot and journals.
import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import type { ChainKind, Log } from '../ports.ts';
import type { Change, Documents } from './documents.ts';
import { StoreUnavailable, systemCode } from './errors.ts';
import type { FileSystem, StoreFile } from './files.ts';
import { encodeChanges, encodeHeader } from './lines.ts';
import { createReaders, linksIn } from './links.ts';
import type { FilePart } from './reading.ts';
import { replay } from './replay.ts';
import type { Seal } from './seal.ts';
import { removeOlder, writeSnapshot } from './snapshot.ts';

/*
 * Generation N is `snapshot.N`, all documents when it began (none for 1), and `journal.N`, all changes since. Compaction begins journal
 * N+1, to which writers turn at once, writes snapshot.N+1 in the background, documents from memory and chains' links from the older
 * files, and removes those. Lines hold whole documents, so a snapshot that caught some of journal N+1's changes already is none the
 * worse. Until snapshot N+1 has its name, a start replays snapshot N and both journals.
 */

/** What `Low` holds: every durable document, and the changes that its next `write` makes durable. */
export interface Contents {
  readonly documents: Documents;
  unsaved: Iterable<Change>;
}

export interface JournalOptions {
  readonly folder: string;
  readonly files: FileSystem;
  readonly log: Log;
  readonly compactAfterBytes: number;
  readonly emptyContents: () => Contents;
  readonly seal: Seal | undefined;
}

export interface JournalAdapter extends Adapter<Contents> {
  /**
   * Begins a compaction, not during a `write`; when it is `done`, no file holds what was removed or replaced before. One was
   * under way: `again` when that has ended.
   */
  compact(documents: Documents): Promise<{ readonly done: Promise<'done' | 'again'> }>;
  /** The chain's links, a few at a time; those that were written before the first was asked for. Throws StoreUnavailable. */
  links(kind: ChainKind, documents: Documents): AsyncIterable<readonly Change[]>;
  close(): Promise<void>;
}

/** There was no room: lines that are on disk are not in doubt. */
const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(systemCode(error));

/** `write` resolves when the changes are on disk and throws StoreUnavailable otherwise; calls must not overlap. */
export function journalAdapter(options: JournalOptions): JournalAdapter {
  const { folder, files, log, compactAfterBytes, seal } = options;
  let generation = 0;
  let file: StoreFile | undefined;
  let positionBytes = 0;
  let checksum = 0;
  /** The snapshot and the journals before this one. */
  let older: readonly FilePart[] = [];
  let compactAtBytes = 0;
  let compaction: Promise<void> | undefined;
  const readers = createReaders();
  const stop = new AbortController();

  const bytesOf = (parts: readonly FilePart[]): number => parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const journalBytes = (): number =>
    positionBytes + bytesOf(older.filter(({ holds }) => holds === 'journal'));

  const createJournal = async (next: number): Promise<void> => {
    const created = await files.create(join(folder, `journal.${next}`), 'through');
    const header = encodeHeader('journal', next, seal?.keyId);
    try {
      await created.writeThrough(header.bytes, 0);
      await files.syncFolder(folder);
    } catch (error) {
      await created.close();
      throw error;
    }
    await file?.close().catch(() => undefined);
    if (file !== undefined) older = [...older, { holds: 'journal', generation, bytes: positionBytes }];
    file = created;
    generation = next;
    positionBytes = header.bytes.length;
    checksum = header.checksum;
  };

  /** Compaction is due when there is as much journal as snapshot, so a write's share of it does not grow with what is on file. */
  const planCompaction = (): void => {
    compactAtBytes = Math.max(compactAfterBytes, bytesOf(older.filter(({ holds }) => holds === 'snapshot')));
  };

  const putOffCompaction = (event: string, error: unknown): void => {
    compactAtBytes = journalBytes() + compactAfterBytes;
    if (!stop.signal.aborted) log.warn(event, { code: systemCode(error) });
  };

  /** Older files that could not be removed. */
  const snapshotNow = async (documents: Documents): Promise<number> => {
    const links = linksIn({ folder, files, seal }, older, 'audit', documents.chain('audit'));
    const options = { folder, files, generation, documents, links, stop: stop.signal, seal };
    older = [{ holds: 'snapshot', generation, bytes: await writeSnapshot(options) }];
    planCompaction();
    await readers.ended();
    return removeOlder(folder, files, generation);
  };

  const compactBehind = async (documents: Documents): Promise<void> => {
    try {
      await createJournal(generation + 1);
    } catch (error) {
      putOffCompaction('store compaction put off', error);
      return;
    }
    compaction = snapshotNow(documents)
      .then(() => undefined)
      .catch((error: unknown) => putOffCompaction('store compaction failed', error))
      .finally(() => {
        compaction = undefined;
      });
  };

  const compact: JournalAdapter['compact'] = async (documents) => {
    // The journal that it has begun may hold what is to go.
    if (compaction !== undefined) return { done: compaction.then(() => 'again') };
    const failed = (error: unknown): never => {
      putOffCompaction('store compaction failed', error);
      throw new StoreUnavailable(`the store could not be compacted (${systemCode(error)})`);
    };
    if (file === undefined) throw new StoreUnavailable('the store is not open for writing');
    await createJournal(generation + 1).catch(failed);
    const done = snapshotNow(documents).then((leftBehind) => {
      if (leftBehind > 0) throw new StoreUnavailable(`${leftBehind} older files could not be removed`);
      return 'done' as const;
    }, failed);
    compaction = done
      .then(() => undefined)
      .catch(() => undefined)
      .finally(() => {
        compaction = undefined;
      });
    return { done };
  };

  /** After a failed sync nobody knows what is on disk, and a second sync may lie: no more writes until the store is opened anew. */
  const giveUp = async (failed: StoreFile, error: unknown): Promise<never> => {
    file = undefined;
    log.error('store stopped writing', { code: systemCode(error) });
    await failed.truncate(positionBytes).catch(() => undefined);
    await failed.close().catch(() => undefined);
    throw new StoreUnavailable(`the store's disk failed (${systemCode(error)})`);
  };

  return {
    async read() {
      const contents = options.emptyContents();
      const found = await replay({ folder, files, log, seal }, contents.documents);
      contents.documents.loaded();
      ({ generation, checksum, older } = found);
      planCompaction();
      if (found.journal === undefined) await createJournal(generation);
      else {
        file = found.journal;
        positionBytes = found.positionBytes;
      }
      if (seal !== undefined && found.plainFiles > 0) {
        await (await compact(contents.documents)).done;
        log.info('store sealed', { documents: contents.documents.count() });
      }
      return contents;
    },

    compact,

    links: (kind, documents) =>
      readers.read(() => {
        const parts = [...older, { holds: 'journal', generation, bytes: positionBytes } as const];
        return linksIn({ folder, files, seal }, parts, kind, documents.chain(kind));
      }),

    async write({ documents, unsaved }) {
      if (compaction === undefined && file !== undefined && journalBytes() >= compactAtBytes)
        await compactBehind(documents);
      const journal = file;
      if (journal === undefined) throw new StoreUnavailable('the store is not open for writing');
      const line = encodeChanges(unsaved, checksum, seal);
      try {
        await journal.writeThrough(line.bytes, positionBytes);
      } catch (error) {
        if (!isFull(error)) await giveUp(journal, error);
        // The disk took part of the line, or none: take it back, so that the next line follows the last good one.
        await journal
          .truncate(positionBytes)
          .then(() => journal.sync())
          .catch((failure: unknown) => giveUp(journal, failure));
        throw new StoreUnavailable(`the store could not write (${systemCode(error)})`);
      }
      positionBytes += line.bytes.length;
      checksum = line.checksum;
    },

    async close() {
      stop.abort();
      readers.letGo();
      await compaction;
      await file?.close();
      file = undefined;
    },
  };
}
