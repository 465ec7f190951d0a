// Remembers for 24 hours which activities have been seen, in 16 bytes each and outside the JavaScript heap.
import { hash as digestOf } from 'node:crypto';

const rememberMs = 24 * 60 * 60 * 1000;

export interface Repeats {
  /** True the first time `key` is asked about within 24 hours; asking remembers it. */
  isFirst(key: string): boolean;
  /** Slots held, for measuring. */
  capacity(): number;
}

/**
 * An open-addressed table of 53-bit hashes. Expired entries are dropped when the table is rebuilt, which happens when
 * it is two thirds full; `now` is epoch milliseconds.
 */
export function createRepeats(now: () => number): Repeats {
  let hashes = new Float64Array(1024); // 0: an empty slot
  let seenAt = new Float64Array(1024);
  let used = 0;

  function slotOf(hash: number): number {
    const mask = hashes.length - 1;
    let slot = hash % hashes.length;
    while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  function rebuild(at: number): void {
    const live: { hash: number; at: number }[] = [];
    hashes.forEach((hash, slot) => {
      const when = seenAt[slot] ?? 0;
      if (hash !== 0 && at - when < rememberMs) live.push({ hash, at: when });
    });
    const capacity = 2 ** Math.max(10, Math.ceil(Math.log2((live.length + 1) * 2.5)));
    hashes = new Float64Array(capacity);
    seenAt = new Float64Array(capacity);
    used = live.length;
    for (const entry of live) {
      const slot = slotOf(entry.hash);
      hashes[slot] = entry.hash;
      seenAt[slot] = entry.at;
    }
  }

  return {
    isFirst(key) {
      const at = now();
      const hash = hash53(key);
      let slot = slotOf(hash);
      const known = hashes[slot] === hash;
      if (known && at - (seenAt[slot] ?? 0) < rememberMs) return false;
      if (!known && used * 3 >= hashes.length * 2) {
        rebuild(at);
        slot = slotOf(hash);
      }
      if (!known) used += 1;
      hashes[slot] = hash;
      seenAt[slot] = at;
      return true;
    },
    capacity: () => hashes.length,
  };
}

// As text with a character for each byte: a Buffer takes three times as long to make, hex as long to read.
function hash53(key: string): number {
  const digest = digestOf('sha256', key, 'binary');
  let hash = digest.charCodeAt(0) & 31;
  for (let at = 1; at <= 6; at += 1) hash = hash * 256 + digest.charCodeAt(at);
  return hash || 1;
}

const keptIds = 20;
const markLength = 6;

/** What a conversation's stored state remembers an activity by, across a restart. */
export function markOf(activityId: string): string {
  return digestOf('sha256', activityId, 'base64url').slice(0, markLength);
}

/** Whether the mark is among the marks that a conversation's stored state carries. */
export function isMarked(marks: string, mark: string): boolean {
  for (let start = 0; start < marks.length; start += markLength) {
    if (marks.startsWith(mark, start)) return true;
  }
  return false;
}

/** The marks with this one added; the last 20 are kept, 6 characters each. */
export function withMark(marks: string, mark: string): string {
  return (marks + mark).slice(-keptIds * markLength);
}
