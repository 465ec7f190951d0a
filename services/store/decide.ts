// Which of the operations in a batch can be done, and what they change: pure, over the documents and what is about to be written.
import { fail, ok, type Result } from '../domain.ts';
import type { ChainKind, StoreError, StoreOp, Versioned } from '../ports.ts';
import { assertLinkable, type Chain, cutOff, linkAfter } from './chain.ts';
import { documentJson } from './document-json.ts';
import { type Change, type Documents, type Stored, toVersioned } from './documents.ts';

/** What a group of batches changes: the last change of each document, by kind and id, and the chains as they are then. */
export interface Staged {
  readonly changes: Map<string, Change>;
  readonly chains: Map<ChainKind, Chain>;
}

export const nothingStaged = (): Staged => ({ changes: new Map(), chains: new Map() });

/** An operation with all that can throw done: its document as text, and the keys of that in the indexes of its kind. */
export interface Prepared {
  readonly op: StoreOp;
  readonly json: string;
  readonly keys: Change['keys'];
}

/** The document as it is now: what the caller does to the object later does not matter. */
export function prepare(op: StoreOp, documents: Documents): Prepared {
  if (op.op === 'remove' || op.op === 'cut') return { op, json: '', keys: [] };
  const json = documentJson(op.document);
  if (op.op === 'append') {
    assertLinkable(op.document);
    return { op, json, keys: [] };
  }
  return { op, json, keys: documents.keysOf(op.kind, op.document) };
}

/** Does all operations or none: adds their changes to `staged` and answers with one document each (a removed one as it was), but for cuts. */
export function decide(
  ops: readonly Prepared[],
  staged: Staged,
  documents: Documents,
): Result<readonly Versioned[], StoreError> {
  const mine = nothingStaged();
  const answers: Versioned[] = [];
  for (const { op, json, keys } of ops) {
    if (op.op === 'append' || op.op === 'cut') {
      const { kind } = op;
      const before = mine.chains.get(kind) ?? staged.chains.get(kind) ?? documents.chain(kind);
      if (op.op === 'cut') {
        const after = cutOff(before, op.through);
        if (after === undefined) return fail({ kind: 'not-found' });
        mine.chains.set(kind, after);
        mine.changes.set(`${kind} ${op.through}`, { kind, id: op.through, stored: undefined, keys });
        continue;
      }
      const { id, json: linked, previous, chain } = linkAfter(before, json);
      mine.chains.set(kind, chain);
      mine.changes.set(`${kind} ${id}`, { kind, id, stored: { version: 1, json: linked }, keys });
      answers.push({ id, version: 1, document: { previous, ...op.document } });
      continue;
    }
    const { kind, id } = op;
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
  for (const [kind, chain] of mine.chains) staged.chains.set(kind, chain);
  return ok(answers);
}

function obstacle(
  op: Exclude<StoreOp, { op: 'append' | 'cut' }>,
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
