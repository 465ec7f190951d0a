// `npm run -s understand -- --now 2026-11-25T14:00:00Z --lang en "text"`: what Bookadoc understands, as one line of JSON.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Config, parseConfig } from '../services/config.ts';
import { storeIndexes } from '../services/documents.ts';
import { fail, ok, type Result } from '../services/domain.ts';
import { ehrs } from '../services/ehr/index.ts';
import { type StoredToken, storeTokenVault } from '../services/ehr/token-vault.ts';
import type { Clock, Ehr, Log, Store } from '../services/ports.ts';
import { startSandbox } from '../services/sandbox/server.ts';
import { openJsonStore } from '../services/store/json.ts';
import { createUseCases } from '../services/wiring.ts';
import { systemIds } from './ids.ts';
import { type UnderstoodLine, understoodLine } from './understood-line.ts';

const usage = 'Usage: npm run -s understand -- [--now 2026-11-25T14:00:00Z] [--lang en|es] "text"';
const log: Log = { info() {}, warn() {}, error() {} };
const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

interface Question {
  readonly text: string;
  readonly language: 'en' | 'es';
  readonly nowMs: number;
}

function questionOf(args: readonly string[]): Question | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { now: { type: 'string' }, lang: { type: 'string', default: 'en' } },
    });
    const nowMs = values.now === undefined ? Date.now() : Date.parse(values.now);
    const { lang } = values;
    if (positionals.length === 0 || Number.isNaN(nowMs) || (lang !== 'en' && lang !== 'es')) return undefined;
    return { text: positionals.join(' '), language: lang, nowMs };
  } catch {
    return undefined;
  }
}

type Cleanup = () => Promise<void>;

async function run(
  question: Question,
  cleanups: Cleanup[],
): Promise<Result<UnderstoodLine, readonly string[]>> {
  const config = parseConfig(process.env);
  if (!config.ok) return config;
  // The asked moment, and time goes on from there.
  const lead = question.nowMs - Date.now();
  const clock: Clock = { ...systemClock, now: () => Date.now() + lead };
  const opened = await openStore(config.value, cleanups);
  if (!opened.ok) return opened;
  const store = opened.value;
  const ehr = await openEhr(config.value, store, clock, cleanups);
  const { useCases } = createUseCases({
    ehr,
    store,
    clock,
    ids: systemIds,
    log,
    // Nothing is booked here, so no pseudonym is ever made.
    auditSecret: '',
    settings: config.value,
  });
  const { horizonDays } = config.value;
  const line = await understoodLine(question.text, { ...question, useCases, horizonDays });
  return line.ok ? line : fail([`The practice could not be read (${line.error.kind}).`]);
}

/** The practice's own store holds the tokens of a real account; a sandbox needs nothing that stays. */
async function openStore(config: Config, cleanups: Cleanup[]): Promise<Result<Store, readonly string[]>> {
  let folder = config.dataFolder;
  if (config.ehr.name === 'sandbox') {
    folder = await mkdtemp(join(tmpdir(), 'bookadoc-understand-'));
    cleanups.push(() => rm(folder, { recursive: true, force: true }));
  }
  const { dataKey } = config;
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock: systemClock, log, dataKey });
  if (!opened.ok) return fail([opened.error.message]);
  cleanups.push(() => opened.value.close());
  return ok(opened.value);
}

async function openEhr(config: Config, store: Store, clock: Clock, cleanups: Cleanup[]): Promise<Ehr> {
  const common = { openHours: config.openHours, log };
  if (config.ehr.name === 'drchrono') {
    const { refreshToken, ...account } = config.ehr;
    // Its tokens run out by the real clock, whatever moment is asked about.
    const ehr = ehrs.drchrono({
      ...common,
      ...account,
      clock: systemClock,
      refreshTokenSetting: refreshToken,
      tokens: storeTokenVault(store),
    });
    cleanups.push(() => ehr.stop());
    return ehr;
  }
  const seedPath = fileURLToPath(new URL('../data/practice.json', import.meta.url));
  const sandbox = await startSandbox({ seedPath, port: 0, now: clock.now });
  cleanups.push(() => sandbox.close());
  let kept: StoredToken | undefined;
  const ehr = ehrs.sandbox({
    ...common,
    clock,
    baseUrl: sandbox.origin,
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    refreshTokenSetting: sandbox.refreshToken,
    tokens: {
      read: async () => kept,
      write: async (token) => {
        kept = token;
      },
    },
  });
  cleanups.push(() => ehr.stop());
  return ehr;
}

async function main(): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const question = questionOf(process.argv.slice(2));
  if (question === undefined) {
    process.stderr.write(`${usage}\n`);
    return 1;
  }
  const cleanups: Cleanup[] = [];
  try {
    const line = await run(question, cleanups);
    if (line.ok) process.stdout.write(`${JSON.stringify(line.value)}\n`);
    else for (const problem of line.error) process.stderr.write(`${problem}\n`);
    return line.ok ? 0 : 1;
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

process.exitCode = await main();
