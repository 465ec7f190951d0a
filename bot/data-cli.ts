// `npm run data:delete -- --patient ID`: what our store knows about who a patient is goes. While Bookadoc is stopped.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createAudit } from '../services/audit.ts';
import { parseConfig } from '../services/config.ts';
import { storeIndexes } from '../services/documents.ts';
import { fail, ok, patientId, type Result } from '../services/domain.ts';
import { createIdentityKeyed } from '../services/keyed.ts';
import { deletePatientData } from '../services/patient-data.ts';
import type { Clock, Log } from '../services/ports.ts';
import { openJsonStore } from '../services/store/json.ts';
import { systemIds } from './ids.ts';
import { keptTokenSecret } from './token-secret.ts';

const clock: Clock = { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
const quiet: Log = { info() {}, warn() {}, error() {} };
const usage =
  'npm run data:delete -- --patient ID deletes what is kept about the patient with this id in the EHR.';

/** What to print, or every reason why nothing was deleted, as sentences. */
async function run(): Promise<Result<string, readonly string[]>> {
  const patient = patientAsked();
  if (patient === undefined) return fail([usage]);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (!config.ok) return config;
  const { dataFolder: folder, dataKey, tokenSecret } = config.value;
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log: quiet, dataKey });
  if (!opened.ok) return fail([opened.error.message]);
  const store = opened.value;
  try {
    const secret = tokenSecret ?? (await keptTokenSecret(folder, systemIds));
    const audit = createAudit({ secret, clock });
    const keyed = createIdentityKeyed(secret);
    const deleted = await deletePatientData({ store, audit, keyed }, patient, 'operator');
    const { bookings, conversations, messages, links } = deleted;
    return ok(
      `Deleted: the name in ${bookings} bookings, ${conversations} conversations, ${messages} messages, ${links} linked accounts. The chart in the EHR is the practice's own.`,
    );
  } finally {
    await store.close();
  }
}

function patientAsked() {
  try {
    const { patient } = parseArgs({ options: { patient: { type: 'string' } } }).values;
    return patient !== undefined && /^\d{1,20}$/.test(patient) ? patientId(patient) : undefined;
  } catch {
    return undefined;
  }
}

const done = await run();
if (done.ok) process.stdout.write(`${done.value}\n`);
else for (const problem of done.error) process.stderr.write(`${problem}\n`);
process.exitCode = done.ok ? 0 : 1;
