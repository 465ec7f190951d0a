// `npm run connect`: the operator connects Bookadoc to the practice's DrChrono, once; run it while Bookadoc is stopped.
import { existsSync } from 'node:fs';
import { parseConfig } from '../services/config.ts';
import { storeIndexes } from '../services/documents.ts';
import { connect, connectionReport } from '../services/ehr/connect.ts';
import { createDrchronoEhr } from '../services/ehr/drchrono.ts';
import { storeTokenVault } from '../services/ehr/token-vault.ts';
import type { Clock, Log } from '../services/ports.ts';
import { openJsonStore } from '../services/store/json.ts';
import { systemIds } from './ids.ts';

const clock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
const quiet: Log = { info() {}, warn() {}, error() {} };
const say = (line: string) => process.stdout.write(`${line}\n`);

/** The problems that ended it, as sentences; none: connected. */
async function run(): Promise<readonly string[]> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (!config.ok) return config.error;
  const { ehr: account, dataFolder, dataKey, openHours } = config.value;
  if (account.name !== 'drchrono') return ['Set EHR=drchrono: the sandbox practice needs no connecting.'];
  const opened = await openJsonStore({
    folder: dataFolder,
    indexes: storeIndexes,
    clock,
    log: quiet,
    dataKey,
  });
  if (!opened.ok) return [opened.error.message];
  const store = opened.value;
  try {
    const options = {
      ...account,
      refreshTokenSetting: account.refreshToken,
      tokens: storeTokenVault(store),
      clock,
      log: quiet,
      openHours,
    };
    const token = await connect({ ...options, state: systemIds.next(32), say });
    if (!token.ok) return [token.error];
    say('Connected. The tokens are stored; DRCHRONO_REFRESH_TOKEN is not needed.');
    const ehr = createDrchronoEhr(options);
    const doctors = await ehr.doctors('booking');
    await ehr.stop();
    for (const line of connectionReport(doctors.ok ? doctors.value : [], token.value.scope)) say(line);
    return doctors.ok ? [] : [`The doctors could not be read (${doctors.error.kind}).`];
  } finally {
    await store.close();
  }
}

const problems = await run();
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
