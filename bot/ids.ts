// Unguessable ids from the system's randomness.
import { randomBytes } from 'node:crypto';
import type { Ids } from '../services/ports.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Lower-case letters and digits, each as likely as any other (bytes past a multiple of 36 are thrown away). */
export const systemIds: Ids = {
  next(length) {
    let id = '';
    while (id.length < length) {
      for (const byte of randomBytes(length)) {
        if (byte < 252 && id.length < length) id += alphabet[byte % 36] ?? '';
      }
    }
    return id;
  },
};
