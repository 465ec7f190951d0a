// The documents in memory, as the JSON text that is on disk, and the indexes over them. Of chains, where they begin and end.
import type { ChainKind, Document, IndexDeclaration, KeyRange, Kind, Versioned } from '../ports.ts';
import { type Chain, type ChainReader, chainReader, emptyChain, isChain } from './chain.ts';
import { indexEntry, type SortedIndex, separator, sortedIndex } from './sorted-index.ts';

/** Text, not objects: an idle document costs its bytes and little more, and no reader can change it for another. */
export interface Stored {
  readonly version: number;
  readonly json: string;
}

/** One document's new state; `stored` is undefined if it is removed, and of a chain then everything up to it is. */
export interface Change {
  readonly kind: Kind | ChainKind;
  readonly id: string;
  readonly stored: Stored | undefined;
  /** The document's keys in each index of its kind, in the order of declaration; none while loading. */
  readonly keys: readonly (readonly string[])[];
}

export interface Documents {
  get(kind: Kind, id: string): Stored | undefined;
  /** The keys that a document has in the indexes of its kind. */
  keysOf(kind: Kind, document: Document): readonly (readonly string[])[];
  /** Takes over changes that are on disk, and the chains as they are with them. */
  apply(changes: Iterable<Change>, chains: Iterable<readonly [ChainKind, Chain]>): void;
  /** As `apply`, but for indexes and chains: loading all, then `loaded`, is faster than one by one. */
  load(changes: Iterable<Change>): void;
  loaded(): void;
  list(kind: Kind, index: string, range: KeyRange): readonly Versioned[];
  /** Every document, but no chain's; changes made while iterating may or may not be seen. */
  all(): Iterable<Change>;
  ofKind(kind: Kind): readonly Versioned[];
  chain(kind: ChainKind): Chain;
  count(): number;
}

interface Index {
  readonly name: string;
  readonly key: IndexDeclaration['key'];
  entries: SortedIndex;
}

const defaultLimit = 1_000;

export function newDocuments(declarations: readonly IndexDeclaration[]): Documents {
  const tables = new Map<Kind, Map<string, Stored>>();
  const indexes = new Map<Kind, Index[]>();
  const chains = new Map<ChainKind, Chain>();
  const loading = new Map<ChainKind, ChainReader>();
  for (const { kind, name, key } of declarations) {
    const ofKind = indexes.get(kind) ?? [];
    if (ofKind.some((index) => index.name === name))
      throw new Error(`index ${kind}.${name} is declared twice`);
    indexes.set(kind, [...ofKind, { name, key, entries: sortedIndex() }]);
  }

  const indexesOf = (kind: Kind): readonly Index[] => indexes.get(kind) ?? [];
  const keysOf: Documents['keysOf'] = (kind, document) =>
    indexesOf(kind).map((index) => keyList(index.key(document)));

  const tableOf = (kind: Kind): Map<string, Stored> => {
    const table = tables.get(kind) ?? new Map<string, Stored>();
    if (table.size === 0) tables.set(kind, table);
    return table;
  };
  const store = (kind: Kind, { id, stored }: Change): void => {
    if (stored === undefined) tableOf(kind).delete(id);
    else tableOf(kind).set(id, stored);
  };

  const loadLink = (kind: ChainKind, { id, stored }: Change): void => {
    const reader = loading.get(kind) ?? chainReader();
    loading.set(kind, reader);
    reader.add(id, stored);
  };

  const reindex = (kind: Kind, { id, keys }: Change): void => {
    const before = tables.get(kind)?.get(id);
    const oldKeys = before === undefined ? [] : keysOf(kind, parseDocument(before.json));
    for (const [at, index] of indexesOf(kind).entries()) {
      const was = oldKeys[at] ?? [];
      const is = keys[at] ?? [];
      for (const key of was) if (!is.includes(key)) index.entries.remove(key, id);
      for (const key of is) if (!was.includes(key)) index.entries.add(key, id);
    }
  };

  return {
    get: (kind, id) => tables.get(kind)?.get(id),
    keysOf,
    apply(changes, changedChains) {
      for (const change of changes) {
        const { kind } = change;
        if (isChain(kind)) continue;
        if (indexes.has(kind)) reindex(kind, change);
        store(kind, change);
      }
      for (const [kind, chain] of changedChains) chains.set(kind, chain);
    },
    load(changes) {
      for (const change of changes)
        if (isChain(change.kind)) loadLink(change.kind, change);
        else store(change.kind, change);
    },
    loaded() {
      for (const [kind, reader] of loading) chains.set(kind, reader.chain());
      loading.clear();
      for (const [kind, ofKind] of indexes) {
        const found = ofKind.map((): string[] => []);
        for (const [id, { json }] of tables.get(kind) ?? [])
          for (const [at, keys] of keysOf(kind, parseDocument(json)).entries())
            for (const key of keys) found[at]?.push(indexEntry(key, id));
        for (const [at, index] of ofKind.entries()) index.entries = sortedIndex(found[at]);
      }
    },
    list(kind, name, { from, to, limit = defaultLimit }) {
      const index = indexesOf(kind).find((candidate) => candidate.name === name);
      if (index === undefined) throw new Error(`index ${kind}.${name} is not declared`);
      const found: Versioned[] = [];
      for (const id of index.entries.ids(from, to, limit)) {
        const stored = tables.get(kind)?.get(id);
        if (stored !== undefined) found.push(toVersioned(id, stored));
      }
      return found;
    },
    *all() {
      for (const [kind, table] of tables)
        for (const [id, stored] of table) yield { kind, id, stored, keys: [] };
    },
    ofKind: (kind) => Array.from(tables.get(kind) ?? [], ([id, stored]) => toVersioned(id, stored)),
    chain: (kind) => chains.get(kind) ?? emptyChain,
    count: () => [...tables.values()].reduce((total, table) => total + table.size, 0),
  };
}

/** The document is parsed when it is first looked at: most writers want to know no more than the version. */
export function toVersioned(id: string, { version, json }: Stored): Versioned {
  let document: Document | undefined;
  return {
    id,
    version,
    get document() {
      document ??= parseDocument(json);
      return document;
    },
  };
}

function parseDocument(json: string): Document {
  const value: unknown = JSON.parse(json);
  if (!isDocument(value)) throw new TypeError('a stored document is no object');
  return value;
}

// What JSON.parse gives is JSON all the way down; only its outermost form can be another.
const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function keyList(keys: ReturnType<IndexDeclaration['key']>): readonly string[] {
  const all = typeof keys === 'string' ? [keys] : [...new Set(keys)];
  if (all.some((key) => key.includes(separator))) throw new TypeError('an index key may not hold a NUL');
  return all;
}
