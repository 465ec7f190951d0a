// Keeps the EHR's tokens in the store, so that a rotated refresh token survives a restart.
import { z } from 'zod';
import type { Store } from '../ports.ts';

/** What one token reply gave us, and which configured seed it descends from. */
export interface StoredToken {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch milliseconds. From `refreshAtMs` on a new one is fetched; from `expiresAtMs` on this one is useless. */
  readonly refreshAtMs: number;
  readonly expiresAtMs: number;
  /** As granted, space separated. */
  readonly scope: string;
  /** Hash of the configured refresh token at that time (see `seedHashOf`): a changed setting outranks what is stored. */
  readonly seedHash: string;
}

export interface TokenVault {
  read(): Promise<StoredToken | undefined>;
  /** Resolves only when the token is durable. */
  write(token: StoredToken): Promise<void>;
}

const storedToken = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  refreshAtMs: z.number(),
  expiresAtMs: z.number(),
  scope: z.string(),
  seedHash: z.string(),
});

/** One document of kind `token`; `id` keeps the sandbox's tokens apart from a real practice's. A damaged document counts as none. */
export function storeTokenVault(store: Store, id = 'drchrono'): TokenVault {
  return {
    async read() {
      const found = await store.get('token', id);
      return found === undefined ? undefined : storedToken.safeParse(found.document).data;
    },
    async write(token) {
      await store.batch([{ op: 'put', kind: 'token', id, document: { ...token } }]);
    },
  };
}
