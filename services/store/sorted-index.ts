// An index in memory: (key, id) pairs in order, kept in blocks so that adding one costs the same among many.

export interface SortedIndex {
  add(key: string, id: string): void;
  remove(key: string, id: string): void;
  /** The first `limit` ids whose key is in `from <= key < to`, by key, then id; each once. */
  ids(from: string, to: string, limit: number): Iterable<string>;
}

/** A pair is one string, which is smaller than two and sorts without calling us; so no key may hold a NUL. */
export const separator = '\0';
const blockLength = 512;

export function indexEntry(key: string, id: string): string {
  return `${key}${separator}${id}`;
}

/** Takes over `entries`, made by `indexEntry` and each there once. Order is by UTF-16 code unit, as `<` compares. */
export function sortedIndex(entries: string[] = []): SortedIndex {
  const blocks: string[][] = [];
  entries.sort();
  for (let at = 0; at < entries.length; at += blockLength / 2)
    blocks.push(entries.slice(at, at + blockLength / 2));

  /** The first block that ends at or after the entry. */
  const blockOf = (entry: string): number =>
    lowerBound(blocks.length, (at) => (blocks[at]?.at(-1) ?? '') < entry);
  const placeIn = (block: readonly string[], entry: string): number =>
    lowerBound(block.length, (at) => (block[at] ?? '') < entry);

  return {
    add(key, id) {
      const entry = indexEntry(key, id);
      const at = Math.min(blockOf(entry), blocks.length - 1);
      const block = blocks[at];
      if (block === undefined) {
        blocks.push([entry]);
        return;
      }
      const place = placeIn(block, entry);
      if (block[place] === entry) return;
      block.splice(place, 0, entry);
      if (block.length > blockLength) blocks.splice(at + 1, 0, block.splice(blockLength / 2));
    },
    remove(key, id) {
      const entry = indexEntry(key, id);
      const at = blockOf(entry);
      const block = blocks[at];
      if (block === undefined) return;
      const place = placeIn(block, entry);
      if (block[place] !== entry) return;
      block.splice(place, 1);
      if (block.length === 0) blocks.splice(at, 1);
    },
    ids(from, to, limit) {
      let at = blockOf(from);
      let block = blocks[at];
      // Most questions have no answer: whether there is news, what else the patient has.
      if (block === undefined || limit <= 0) return none;
      const found = new Set<string>();
      for (let place = placeIn(block, from); block !== undefined; block = blocks[++at], place = 0) {
        for (; place < block.length; place += 1) {
          const entry = block[place] ?? '';
          const cut = entry.indexOf(separator);
          const key = entry.slice(0, cut);
          if (key >= to) return found;
          // `from` may hold a NUL itself ("after this key"), and then compares lower than the entries of that key.
          if (key >= from) found.add(entry.slice(cut + 1));
          if (found.size >= limit) return found;
        }
      }
      return found;
    },
  };
}

const none: readonly string[] = [];

/** The first place in [0, length) that is not before; `length` if all are. */
function lowerBound(length: number, isBefore: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
