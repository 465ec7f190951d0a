// The composition root: settings -> store -> EHR -> use cases -> conversation -> turns -> server; and the graceful stop.
import module from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, parseConfig } from '../services/config.ts';
import type { Environment } from '../services/config-values.ts';
import { fail, ok, type Result } from '../services/domain.ts';
import type { Limits } from '../services/ehr/budget.ts';
import type { StoredToken } from '../services/ehr/token-vault.ts';
import type { Proof } from '../services/identity-cases.ts';
import type { Clock, Ehr, Ids, Log, Store } from '../services/ports.ts';
import type { ChannelAuthDeps } from './auth.ts';

// Before the libraries are imported (further down, dynamically): the second start compiles nothing.
module.enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/bookadoc', import.meta.url)));

export interface Bookadoc {
  /** `http://127.0.0.1:3978`. */
  readonly origin: string;
  /** The practice on this machine, with EHR=sandbox. */
  readonly sandbox: { readonly origin: string; readonly curlToken: string } | undefined;
  /** Resolves when the EHR's first calls are over; the server listens before. */
  readonly ehrStarted: Promise<void>;
  /** Takes nothing new, finishes the turns, flushes the store. */
  stop(): Promise<void>;
}

/** What a test or the terminal chat brings along instead of the machine's own. */
export interface Overrides {
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  /** More than the vendor and the settings allow: for the bench, which books thousands of visits in a sandbox of its own. */
  readonly ehrLimits?: Limits;
  readonly identityCallsPerHour?: number;
  /** `none` for the bench alone: its practice is a sandbox, too, but spoken to as the vendor's. No setting can say so. */
  readonly proof?: Proof;
  /** Who vouches for channels instead of Azure: a server of the test's own, with keys of its own. */
  readonly channels?: Vouching;
}

type Vouching = Pick<ChannelAuthDeps, 'credentials' | 'endpoints'>;

const seedPath = fileURLToPath(new URL('../data/practice.json', import.meta.url));

const systemClock: Clock = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Starts everything and listens. The error: every problem as a sentence for the operator; nothing is left running then. */
export async function startBookadoc(
  env: Environment,
  overrides: Overrides = {},
): Promise<Result<Bookadoc, readonly string[]>> {
  const config = parseConfig(env);
  if (!config.ok) return config;
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? (await import('./log.ts')).createLog(clock.now);
  const ids = overrides.ids ?? (await import('./ids.ts')).systemIds;
  const cleanups: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const { identityCallsPerHour = config.value.identityCallsPerHour, ehrLimits } = overrides;
    const { proof = config.value.proof } = overrides;
    const world = { clock, ids, log, ehrLimits, channels: overrides.channels };
    return ok(await start({ ...config.value, identityCallsPerHour, proof }, world, cleanups, stop));
  } catch (error) {
    await stop();
    if (error instanceof CannotStart) return fail([error.message]);
    throw error;
  }
}

interface World {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly ehrLimits: Limits | undefined;
  readonly channels: Vouching | undefined;
}

class CannotStart extends Error {}

/** Each part that needs closing pushes how; they are closed in reverse order. */
async function start(
  config: Config,
  world: World,
  cleanups: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Bookadoc> {
  const { clock, ids, log } = world;
  const [{ storeFactories }, { storeIndexes }] = await Promise.all([
    import('../services/store/index.ts'),
    import('../services/documents.ts'),
  ]);
  // The big libraries load while the disk works.
  const libraries = Promise.all([
    import('./assistant.ts'),
    import('./calendar-link.ts'),
    import('../services/notify/index.ts'),
    import('./edge.ts'),
    import('./background.ts'),
  ]);
  const opened = await storeFactories[config.store]({
    folder: config.dataFolder,
    indexes: storeIndexes,
    clock,
    log,
    dataKey: config.dataKey,
  });
  if (!opened.ok) throw new CannotStart(opened.error.message);
  const store = opened.value;
  cleanups.push(() => store.close());

  const { ehr, sandbox } = await openEhr(config, store, world, cleanups);
  const { createUseCases } = await import('../services/wiring.ts');
  const { keptTokenSecret } = await import('./token-secret.ts');
  const secret = config.tokenSecret ?? (await keptTokenSecret(config.dataFolder, ids));
  const [{ createAssistant }, { createCalendarLinks }, { calendarFiles }, { openEdge }, background] =
    await libraries;
  const notifiers = background.notifiersOnce(config, sandbox?.origin);
  const core = createUseCases({ ehr, store, ...world, auditSecret: secret, notifiers, settings: config });
  const { useCases } = core;

  const links = createCalendarLinks(secret, clock);
  const { state, turns } = createAssistant({ config, useCases, store, links, clock, ids, log });
  const calendarFileOf = calendarFiles(config.practice, config.notify.mail.from);
  const parts = { config, turns, useCases, links, calendarFileOf, ehr, store, ...world };
  const edge = await openEdge(parts).catch((error: unknown) => {
    throw new CannotStart(`PORT ${config.port} on ${config.host} cannot be listened on (${codeOf(error)}).`);
  });
  cleanups.push(edge.close);
  const beside = { core, state, store, ehr, clock, log, config, notifiers };
  cleanups.push(await background.startBackground(beside));
  return {
    origin: edge.origin,
    sandbox,
    ehrStarted: startEhr(ehr, config, log),
    stop,
  };
}

async function openEhr(
  config: Config,
  store: Store,
  { clock, log, ehrLimits }: World,
  cleanups: (() => Promise<void> | void)[],
) {
  const { ehrs } = await import('../services/ehr/index.ts');
  const limits = ehrLimits === undefined ? {} : { limits: ehrLimits };
  const common = { openHours: config.openHours, clock, log, ...limits };
  if (config.ehr.name === 'drchrono') {
    const { storeTokenVault } = await import('../services/ehr/token-vault.ts');
    const { refreshToken, ...account } = config.ehr;
    const ehr = ehrs.drchrono({
      ...common,
      ...account,
      refreshTokenSetting: refreshToken,
      tokens: storeTokenVault(store),
    });
    cleanups.push(() => ehr.stop());
    return { ehr, sandbox: undefined };
  }
  const { startSandbox } = await import('../services/sandbox/server.ts');
  const [{ port }, twilio] = [config.ehr, config.notify.text];
  // A sibling of our store, not a part of it: these are another system's records.
  const stateFolder = `${resolve(config.dataFolder)}-sandbox`;
  const sandbox = await startSandbox({ seedPath, port, now: clock.now, stateFolder, twilio }).catch(
    (error: unknown) => {
      const where = isOfListening(error) ? `on SANDBOX_PORT ${port}` : `with its records in ${stateFolder}`;
      throw new CannotStart(`The sandbox practice cannot start ${where} (${codeOf(error)}).`);
    },
  );
  cleanups.push(() => sandbox.close());
  // The sandbox forgets its tokens when it stops, so they are not kept in the store.
  let kept: StoredToken | undefined;
  const ehr = ehrs.sandbox({
    ...common,
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
  return { ehr, sandbox };
}

/** Beside the server, not before it: an EHR that is slow to answer does not keep the chat from starting. */
async function startEhr(ehr: Ehr, config: Config, log: Log): Promise<void> {
  const { logUnbookable } = await import('../services/directory.ts');
  try {
    await ehr.start();
    await logUnbookable(ehr, config.officeTimeZones, log);
  } catch (error) {
    log.error('ehr not started', (await import('./where.ts')).whereOf(error));
  }
}

const isOfListening = (error: unknown): boolean =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';

if (import.meta.main) {
  const [{ runInShell }, { createLog }] = await Promise.all([import('./shell.ts'), import('./log.ts')]);
  const log = createLog(systemClock.now);
  await runInShell(() => startBookadoc(process.env, { log }), log);
}
