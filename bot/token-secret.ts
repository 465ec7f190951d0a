// The secret that signs web chat tokens, where the setting is absent: made once, kept in the data folder for its owner only.
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Ids } from '../services/ports.ts';

/** Reads `<folder>/token-secret`, or makes it (mode 0600) and syncs it to disk: a restart keeps every open chat. */
export async function keptTokenSecret(folder: string, ids: Ids): Promise<string> {
  const file = path.join(folder, 'token-secret');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.length >= 32) return kept;
  const secret = ids.next(48);
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(secret);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return secret;
}
