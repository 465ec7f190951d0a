// Which of the operations in a batch can be done, and what they change: pure, over the documents and what is about to be written.
import { fail, ok, type Result } from '../domain.ts';
import type { Kind, StoreError, StoreOp, Versioned } from '../ports.ts';
import { assertLinkable, type ChainEnd, linkAfter } from './chain.ts';
import { documentJson } from './document-json.ts';
import { type Change, type Documents, type Stored, toVersioned } from './documents.ts';

/** What a group of batches changes: the last change of each document, by kind and id, and where the chains then end. */
export interface Staged {
  readonly changes: Map<string, Change>;
  readonly ends: Map<Kind, ChainEnd>;
}

export const nothingStaged = (): Staged => ({ changes: new Map(), ends: new Map() });

/** An operation with all that can throw done: its document as text, and the keys of that in the indexes of its kind. */
export interface Prepared {
  readonly op: StoreOp;
  readonly json: string;
  readonly keys: Change['keys'];
}

/** The document as it is now: what the caller does to the object later does not matter. */
export function prepare(op: StoreOp, documents: Documents): Prepared {
  if (op.op === 'remove') return { op, json: '', keys: [] };
  const json = documentJson(op.document);
  if (op.op === 'append') assertLinkable(op.document);
  return { op, json, keys: documents.keysOf(op.kind, op.document) };
}

/** Does all operations or none: adds their changes to `staged` and answers with one document each (a removed one as it was). */
export function decide(
  ops: readonly Prepared[],
  staged: Staged,
  documents: Documents,
): Result<readonly Versioned[], StoreError> {
  const mine = nothingStaged();
  const answers: Versioned[] = [];
  for (const { op, json, keys } of ops) {
    const { kind } = op;
    if (op.op === 'append') {
      const before = mine.ends.get(kind) ?? staged.ends.get(kind) ?? documents.chainEnd(kind);
      const link = linkAfter(before, json);
      const { id, end, previous } = link;
      mine.ends.set(kind, end);
      mine.changes.set(`${kind} ${id}`, { kind, id, stored: { version: 1, json: link.json }, keys, end });
      answers.push({ id, version: 1, document: { previous, ...op.document } });
      continue;
    }
    const { id } = op;
    const place = `${kind} ${id}`;
    const change = mine.changes.get(place) ?? staged.changes.get(place);
    const current = change === undefined ? documents.get(kind, id) : change.stored;
    const error = obstacle(op, current);
    if (error !== undefined) return fail({ kind: error });
    const stored: Stored | undefined =
      op.op === 'remove' ? undefined : { version: (current?.version ?? 0) + 1, json };
    mine.changes.set(place, { kind, id, stored, keys });
    if (op.op !== 'remove') answers.push({ id, version: stored?.version ?? 1, document: op.document });
    else if (current !== undefined) answers.push(toVersioned(id, current));
  }
  for (const [place, change] of mine.changes) staged.changes.set(place, change);
  for (const [kind, end] of mine.ends) staged.ends.set(kind, end);
  return ok(answers);
}

function obstacle(
  op: Exclude<StoreOp, { op: 'append' }>,
  current: Stored | undefined,
): StoreError['kind'] | undefined {
  switch (op.op) {
    case 'insert':
      return current === undefined ? undefined : 'exists';
    case 'put':
      return undefined;
    case 'replace':
    case 'remove':
      if (current === undefined) return 'not-found';
      if (op.expectedVersion !== undefined && current.version !== op.expectedVersion)
        return 'version-mismatch';
      return undefined;
  }
}
