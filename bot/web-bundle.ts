// Sees to it that the chat page's bundle is there: repeats at start what the install could not do.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from '../services/ports.ts';

const script = fileURLToPath(new URL('../scripts/fetch-webchat.cjs', import.meta.url));
const bundle = fileURLToPath(new URL('./web/webchat.js', import.meta.url));

/**
 * Fetches bot/web/webchat.js if it is missing, in a process of its own (unpacking would hold up every chat); resolves to
 * whether it is there now. Never rejects. Call it without waiting: the page says what is missing until then.
 */
export function ensureWebChatBundle(log: Log): Promise<boolean> {
  if (existsSync(bundle)) return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { timeout: 120_000 }, () => {
      const isThere = existsSync(bundle);
      if (isThere) log.info('chat page bundle fetched');
      else log.warn('chat page bundle missing');
      resolve(isThere);
    }).unref();
  });
}
