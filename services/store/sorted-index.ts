// An index in memory: (key, id) pairs in order, kept in blocks so that adding one costs the same among many.

export interface IndexEntry {
  readonly key: string;
  readonly id: string;
}

export interface SortedIndex {
  add(key: string, id: string): void;
  remove(key: string, id: string): void;
  /** Ids whose key is in `from <= key < to`, by key, then id; an id with several keys there comes several times. */
  ids(from: string, to: string): Iterable<string>;
}

/** Keys and ids side by side: two arrays cost less than an object for each pair. Never empty. */
interface Block {
  readonly keys: string[];
  readonly ids: string[];
}

const blockLength = 512;

/** Order is by UTF-16 code unit, as `<` compares. */
export function sortedIndex(entries: IndexEntry[] = []): SortedIndex {
  const blocks: Block[] = [];
  entries.sort((a, b) => compare(a.key, a.id, b.key, b.id));
  for (let at = 0; at < entries.length; at += blockLength / 2) {
    const part = entries.slice(at, at + blockLength / 2);
    blocks.push({ keys: part.map((entry) => entry.key), ids: part.map((entry) => entry.id) });
  }

  /** The first block that ends at or after the pair. */
  const blockOf = (key: string, id: string): number =>
    lowerBound(blocks.length, (at) => {
      const block = blocks[at];
      return block === undefined || compare(block.keys.at(-1) ?? '', block.ids.at(-1) ?? '', key, id) < 0;
    });

  const placeIn = (block: Block, key: string, id: string): number =>
    lowerBound(block.keys.length, (at) => compare(block.keys[at] ?? '', block.ids[at] ?? '', key, id) < 0);

  return {
    add(key, id) {
      const at = Math.min(blockOf(key, id), blocks.length - 1);
      const block = blocks[at];
      if (block === undefined) {
        blocks.push({ keys: [key], ids: [id] });
        return;
      }
      const place = placeIn(block, key, id);
      if (block.keys[place] === key && block.ids[place] === id) return;
      block.keys.splice(place, 0, key);
      block.ids.splice(place, 0, id);
      if (block.keys.length <= blockLength) return;
      const half = blockLength / 2;
      blocks.splice(at + 1, 0, { keys: block.keys.splice(half), ids: block.ids.splice(half) });
    },
    remove(key, id) {
      const at = blockOf(key, id);
      const block = blocks[at];
      if (block === undefined) return;
      const place = placeIn(block, key, id);
      if (block.keys[place] !== key || block.ids[place] !== id) return;
      block.keys.splice(place, 1);
      block.ids.splice(place, 1);
      if (block.keys.length === 0) blocks.splice(at, 1);
    },
    *ids(from, to) {
      const first = blockOf(from, '');
      for (let at = first; at < blocks.length; at += 1) {
        const block = blocks[at];
        if (block === undefined) return;
        for (let place = at === first ? placeIn(block, from, '') : 0; place < block.keys.length; place += 1) {
          const key = block.keys[place];
          const id = block.ids[place];
          if (key === undefined || id === undefined || key >= to) return;
          yield id;
        }
      }
    },
  };
}

function compare(keyA: string, idA: string, keyB: string, idB: string): number {
  if (keyA !== keyB) return keyA < keyB ? -1 : 1;
  if (idA !== idB) return idA < idB ? -1 : 1;
  return 0;
}

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
