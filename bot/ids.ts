// Unguessable ids from the system's randomness.
import { randomFillSync } from 'node:crypto';
import type { Ids } from '../services/ports.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

// Drawn by the hundred: asking the system costs more than the id. Each byte is used once and then overwritten.
const drawn = Buffer.alloc(512);
let used = drawn.length;

function nextByte(): number {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const byte = drawn[used] ?? 0;
  drawn[used] = 0;
  used += 1;
  return byte;
}

/** Lower-case letters and digits, each as likely as any other (bytes past a multiple of 36 are thrown away). */
export const systemIds: Ids = {
  next(length) {
    let id = '';
    while (id.length < length) {
      const byte = nextByte();
      if (byte < 252) id += alphabet[byte % 36] ?? '';
    }
    return id;
  },
};
