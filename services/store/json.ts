// The embedded store: one process, every document in memory (of chains only their ends), every write in a journal on disk before it is answered.
import type { KeyObject } from 'node:crypto';
import { setImmediate as nextRound } from 'node:timers/promises';
import { Low } from 'lowdb';
import { fail, ok, type Result } from '../domain.ts';
import type { Clock, IndexDeclaration, Log, Store, StoreError, StoreOp, Versioned } from '../ports.ts';
import { decide, nothingStaged, type Prepared, prepare } from './decide.ts';
import { newDocuments, toVersioned } from './documents.ts';
import { CannotOpen, type StoreOpenError, StoreUnavailable, systemCode } from './errors.ts';
import { type FileSystem, nodeFiles } from './files.ts';
import { type Contents, type JournalAdapter, journalAdapter } from './journal.ts';
import { keyedLock } from './keyed-lock.ts';
import { sealWith } from './seal.ts';

export interface JsonStoreOptions {
  /** Made 0700, its files 0600. */
  readonly folder: string;
  readonly indexes: readonly IndexDeclaration[];
  readonly clock: Clock;
  readonly log: Log;
  /** The disk; a test's may fail. */
  readonly files?: FileSystem;
  /** Journal length from which compaction is considered; 8 MB unless told. */
  readonly compactAfterBytes?: number;
  /** Seals every document on disk; undefined: they are plain text there. */
  readonly dataKey?: KeyObject | undefined;
}

/** Rounds of the event loop that a group is waited for, until two in a row bring nobody: every turn that is under way takes one or two. */
const mostRounds = 8;

type Answer = Result<readonly Versioned[], StoreError>;

interface Waiting {
  readonly ops: readonly Prepared[];
  readonly answer: (answer: Answer) => void;
  readonly refuse: (error: StoreUnavailable) => void;
}

/**
 * Opens the store in `folder`, or says in a sentence for the operator why not.
 *
 * Writes are decided in the order of submission, in groups: all that wait while the disk is busy become one line of the journal and one
 * fdatasync. Memory takes a group over only once it is durable, and only then is anybody answered, those who lost against
 * another of the group included. So a read never sees what a power cut could take back. A write that throws
 * StoreUnavailable is not visible; after a failed sync it may be found on disk when the store is opened again.
 */
export async function openJsonStore(options: JsonStoreOptions): Promise<Result<Store, StoreOpenError>> {
  const { folder, indexes, clock, log, files = nodeFiles, compactAfterBytes = 8 * 1024 * 1024 } = options;
  const startedAt = clock.now();
  const emptyContents = (): Contents => ({ documents: newDocuments(indexes), unsaved: [] });
  const seal = options.dataKey === undefined ? undefined : sealWith(options.dataKey);
  const adapter = journalAdapter({ folder, files, log, compactAfterBytes, emptyContents, seal });
  const low = new Low<Contents>(adapter, emptyContents());
  let unlock: (() => Promise<void>) | undefined;
  try {
    await files.makeFolder(folder);
    const lock = await files.lock(folder);
    if (!lock.ok)
      return fail({
        kind: 'locked',
        message: `The store in ${folder} is in use by process ${lock.error.pid}: stop it first, or set another DATA_DIR.`,
      });
    unlock = lock.value;
    await low.read();
  } catch (error) {
    await adapter.close();
    await unlock?.();
    if (error instanceof CannotOpen) return fail(error.reason);
    if (error instanceof StoreUnavailable)
      return fail({ kind: 'folder', message: `The store in ${folder} cannot be sealed: ${error.message}.` });
    const code = systemCode(error);
    if (code === 'unknown') throw error;
    return fail({
      kind: 'folder',
      message: `The store's folder ${folder} cannot be read and written (${code}).`,
    });
  }
  log.info('store open', { documents: low.data.documents.count(), loadMs: clock.now() - startedAt });
  return ok(
    storeOver(low, adapter, async () => {
      await adapter.close();
      await unlock();
    }),
  );
}

function storeOver(
  low: Low<Contents>,
  adapter: Pick<JournalAdapter, 'compact' | 'links'>,
  release: () => Promise<void>,
): Store {
  const { documents } = low.data;
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;
  let closed: Promise<void> | undefined;
  /** What may not happen while a group is written. */
  const between: (() => Promise<void>)[] = [];

  /** Whoever writes in the same moment goes along: a group costs as much as one writer. */
  const gathered = async (): Promise<void> => {
    let idle = 0;
    for (let rounds = 0; rounds < mostRounds && idle < 2; rounds += 1) {
      const before = waiting.length;
      await nextRound();
      idle = waiting.length === before ? idle + 1 : 0;
    }
  };

  const commit = async (): Promise<void> => {
    for (await gathered(); waiting.length > 0 || between.length > 0; await gathered()) {
      for (const work of between.splice(0)) await work();
      const group = waiting;
      waiting = [];
      const staged = nothingStaged();
      try {
        const answers = group.map(({ ops }) => decide(ops, staged, documents));
        if (staged.changes.size > 0) {
          low.data.unsaved = staged.changes.values();
          await low.write();
          documents.apply(staged.changes.values(), staged.chains);
        }
        for (const [at, { answer }] of group.entries()) {
          const decided = answers[at];
          if (decided !== undefined) answer(decided);
        }
      } catch (error) {
        const refusal =
          error instanceof StoreUnavailable
            ? error
            : new StoreUnavailable('the store could not write', { cause: error });
        for (const { refuse } of group) refuse(refusal);
      }
    }
    committing = undefined;
  };

  const assertOpen = (): void => {
    if (closed !== undefined) throw new StoreUnavailable('the store is closed');
  };

  const batch = async (ops: readonly StoreOp[]): Promise<Answer> => {
    assertOpen();
    const prepared = ops.map((op) => prepare(op, documents));
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    waiting.push({ ops: prepared, answer: resolve, refuse: reject });
    committing ??= commit();
    return promise;
  };

  const single = async (op: StoreOp): Promise<Result<Versioned, StoreError>> => {
    const answer = await batch([op]);
    if (!answer.ok) return answer;
    const [written] = answer.value;
    if (written === undefined) throw new Error('the store answered an op with nothing');
    return ok(written);
  };

  return {
    insert: (kind, id, document) => single({ op: 'insert', kind, id, document }),
    replace: (kind, id, document, expectedVersion) =>
      single({ op: 'replace', kind, id, document, expectedVersion }),
    async remove(kind, id, expectedVersion) {
      const answer = await single({
        op: 'remove',
        kind,
        id,
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      });
      return answer.ok ? ok(undefined) : answer;
    },
    batch,
    async get(kind, id) {
      assertOpen();
      const stored = documents.get(kind, id);
      return stored === undefined ? undefined : toVersioned(id, stored);
    },
    async all(kind) {
      assertOpen();
      return documents.ofKind(kind);
    },
    async *links(kind) {
      assertOpen();
      for await (const links of adapter.links(kind, documents))
        for (const { id, stored } of links) {
          assertOpen();
          if (stored !== undefined) yield toVersioned(id, stored);
        }
    },
    async list(kind, index, range) {
      assertOpen();
      return documents.list(kind, index, range);
    },
    withLock: keyedLock(),
    async compact() {
      for (let ended: 'done' | 'again' = 'again'; ended === 'again'; ) {
        assertOpen();
        const begun = Promise.withResolvers<Awaited<ReturnType<JournalAdapter['compact']>>>();
        between.push(() => adapter.compact(documents).then(begun.resolve, begun.reject));
        committing ??= commit();
        ended = await (await begun.promise).done;
      }
    },
    close() {
      closed ??= (async () => {
        await committing;
        await release();
      })();
      return closed;
    },
  };
}
