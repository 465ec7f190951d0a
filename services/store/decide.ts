// Which of the operations in a batch can be done, and what they change: pure, over the documents and what is about to be written.
import { fail, ok, type Result } from '../domain.ts';
import type { StoreError, StoreOp, Versioned } from '../ports.ts';
import { documentJson } from './document-json.ts';
import { type Change, type Documents, type Stored, toVersioned } from './documents.ts';

/** The last change of each document in a group of batches, by kind and id. */
export type Staged = Map<string, Change>;

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
  return { op, json, keys: documents.keysOf(op.kind, op.document) };
}

/** Does all operations or none: adds their changes to `staged` and answers with one document each (a removed one as it was). */
export function decide(
  ops: readonly Prepared[],
  staged: Staged,
  documents: Documents,
): Result<readonly Versioned[], StoreError> {
  const mine: Staged = new Map();
  const answers: Versioned[] = [];
  for (const { op, json, keys } of ops) {
    const { kind, id } = op;
    const place = `${kind} ${id}`;
    const change = mine.get(place) ?? staged.get(place);
    const current = change === undefined ? documents.get(kind, id) : change.stored;
    const error = obstacle(op, current);
    if (error !== undefined) return fail({ kind: error });
    const stored: Stored | undefined =
      op.op === 'remove' ? undefined : { version: (current?.version ?? 0) + 1, json };
    mine.set(place, { kind, id, stored, keys });
    if (op.op !== 'remove') answers.push({ id, version: stored?.version ?? 1, document: op.document });
    else if (current !== undefined) answers.push(toVersioned(id, current));
  }
  for (const [place, change] of mine) staged.set(place, change);
  return ok(answers);
}

function obstacle(op: StoreOp, current: Stored | undefined): StoreError['kind'] | undefined {
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
