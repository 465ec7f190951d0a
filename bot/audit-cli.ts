// `npm run audit:verify`: does every entry of the audit trail follow from the one before it? While Bookadoc is stopped.
import { existsSync } from 'node:fs';
import { verifyTrail } from '../services/audit-trail.ts';
import { parseConfig } from '../services/config.ts';
import { storeIndexes } from '../services/documents.ts';
import { fail, ok, type Result } from '../services/domain.ts';
import type { Clock, Log } from '../services/ports.ts';
import { openJsonStore } from '../services/store/json.ts';

const clock: Clock = { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
const quiet: Log = { info() {}, warn() {}, error() {} };

/** What to print, or every reason why the trail does not hold or cannot be read, as sentences. */
async function run(): Promise<Result<string, readonly string[]>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (!config.ok) return config;
  const { dataFolder: folder, dataKey } = config.value;
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log: quiet, dataKey });
  if (!opened.ok) return fail([opened.error.message]);
  try {
    const verified = await verifyTrail(opened.value);
    return verified.ok ? ok(`${verified.value.entries} entries, unbroken`) : fail([verified.error.message]);
  } finally {
    await opened.value.close();
  }
}

const done = await run();
if (done.ok) process.stdout.write(`${done.value}\n`);
else for (const problem of done.error) process.stderr.write(`${problem}\n`);
process.exitCode = done.ok ? 0 : 1;
