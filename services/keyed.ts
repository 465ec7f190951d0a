// Keyed hashes: what is stored under them, or compared by them, tells nothing to whoever has only the store.
import { createHmac, createSecretKey } from 'node:crypto';

/** 43 characters; different parts never give the same text to be hashed. The first part says what is meant. */
export type Keyed = (what: string, ...parts: readonly string[]) => string;

/** A key of its own for each purpose, derived from one secret. */
export function createKeyed(secret: string, purpose: string): Keyed {
  // As a key object: with plain bytes each hash would cost five times as much.
  const key = createSecretKey(createHmac('sha256', secret).update(`bookadoc ${purpose}`).digest());
  return (...parts) => createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

/** Of claims, challenges, codes and accounts. */
export const createIdentityKeyed = (secret: string): Keyed => createKeyed(secret, 'identity');
