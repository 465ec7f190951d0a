// The product below the conversation, real but for the clock: sandbox practice over HTTP, adapter, JSON store in a temporary folder, use cases.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeSending } from '../../services/code-sending.ts';
import { keptDays } from '../../services/config-record.ts';
import { storeIndexes } from '../../services/documents.ts';
import { createDrchronoEhr } from '../../services/ehr/drchrono.ts';
import { storeTokenVault } from '../../services/ehr/token-vault.ts';
import type { Housekeeping } from '../../services/housekeeping.ts';
import type { OutboxDeps } from '../../services/outbox.ts';
import type { Ehr, Ids, Log, Notifier, Store } from '../../services/ports.ts';
import type { Reconcile } from '../../services/reconcile.ts';
import { startSandbox } from '../../services/sandbox/server.ts';
import { openJsonStore } from '../../services/store/json.ts';
import type { UseCases } from '../../services/use-cases.ts';
import { createUseCases, type UseCaseSettings } from '../../services/wiring.ts';
import { createSandboxControl, type SandboxControl } from './sandbox-control.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export interface WorldOptions {
  /** A Tuesday morning in New York unless told. */
  readonly now?: string;
  /** How the EHR account checks overlap, and what our setting says about it; `doctor` for both unless told. */
  readonly sandboxScope?: 'room' | 'doctor' | 'off';
  readonly overlapScope?: UseCaseSettings['overlapScope'];
  readonly identityCallsPerHour?: number;
  readonly providers?: UseCaseSettings['providers'];
  /** 300 unless told. */
  readonly holdSeconds?: number;
  readonly cancelNoticeMinutes?: number;
  /** Office id to IANA zone; none unless told. */
  readonly officeTimeZones?: UseCaseSettings['officeTimeZones'];
  /** By what messages are owed; none unless told. */
  readonly channels?: UseCaseSettings['notify']['channels'];
  /** `none` unless told: who books in these tests has been identified. */
  readonly proof?: UseCaseSettings['proof'];
  /** Ids that count up unless told: codes are made of them. */
  readonly ids?: Ids;
  /** By what codes go out, given the sandbox's origin; nothing unless told. */
  readonly notifiers?: (sandboxOrigin: string) => readonly Notifier[];
  /** What the use cases have in place of the store, to look over its shoulder. */
  readonly watched?: (store: Store) => Store;
}

export interface World {
  readonly clock: TestClock;
  readonly control: SandboxControl;
  readonly folder: string;
  readonly logLines: readonly string[];
  /** What runs now; `restart` replaces all of it. */
  readonly now: () => Running;
  /** Ends the process's part (store, adapter, use cases) and starts it again on the same folder. The EHR lives on. */
  restart(): Promise<Running>;
  close(): Promise<void>;
}

export interface Running {
  readonly ehr: Ehr;
  readonly store: Store;
  readonly useCases: UseCases;
  readonly reconcile: Reconcile;
  readonly bookingNow: OutboxDeps['bookingNow'];
  readonly housekeeping: Housekeeping;
  readonly codeSending: CodeSending;
}

export const seedPath = join(import.meta.dirname, '../../data/practice.json');

/** Ids that count up: readable in failures, never the same twice in one process. */
export function createTestIds(): Ids {
  let count = 0;
  return {
    next(length) {
      count += 1;
      return count.toString(36).padStart(length, '0');
    },
  };
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createTestClock(options.now ?? '2026-03-03T14:00:00Z');
  const folder = await mkdtemp(join(tmpdir(), 'bookadoc-world-'));
  const sandbox = await startSandbox({
    seedPath,
    port: 0,
    now: () => clock.now(),
    overlapScope: options.sandboxScope ?? 'doctor',
    limits: { perHour: 100_000, perSecond: 100_000 },
  });
  const logLines: string[] = [];
  const note: Log['info'] = (event, fields) => logLines.push(JSON.stringify({ event, ...fields }));
  const log: Log = { info: note, warn: note, error: note };
  const { ids = createTestIds(), watched = (store) => store } = options;
  const notifiers = options.notifiers?.(sandbox.origin) ?? [];

  const start = async (): Promise<Running> => {
    const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log });
    if (!opened.ok) throw new Error(`store did not open: ${JSON.stringify(opened.error)}`);
    const store = opened.value;
    const ehr = createDrchronoEhr({
      baseUrl: sandbox.origin,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      refreshTokenSetting: sandbox.refreshToken,
      tokens: storeTokenVault(store),
      openHours: { opensMinute: 8 * 60, closesMinute: 18 * 60 },
      clock,
      log,
      limits: { perHour: 100_000, perSecond: 100_000 },
      timeoutMs: 1000,
    });
    await ehr.start();
    const core = createUseCases({
      ehr,
      store: watched(store),
      clock,
      ids,
      log,
      auditSecret: 'an invented secret',
      notifiers: async () => notifiers,
      settings: {
        leadMinutes: 120,
        horizonDays: 60,
        cancelNoticeMinutes: options.cancelNoticeMinutes ?? 0,
        availabilityFreshSeconds: 60,
        identityCallsPerHour: options.identityCallsPerHour ?? 100,
        holdSeconds: options.holdSeconds ?? 300,
        providers: options.providers ?? new Map(),
        overlapScope: options.overlapScope ?? 'doctor',
        retentionDays: keptDays,
        officeTimeZones: options.officeTimeZones ?? new Map(),
        notify: { channels: options.channels ?? [] },
        proof: options.proof ?? 'none',
      },
    });
    return { ehr, store, ...core, housekeeping: core.housekeepingWith(async () => 0) };
  };
  const end = async ({ ehr, store, codeSending }: Running): Promise<void> => {
    await codeSending.close();
    await ehr.stop();
    await store.close();
  };

  let running = await start();
  return {
    clock,
    control: createSandboxControl(sandbox.origin),
    folder,
    logLines,
    now: () => running,
    async restart() {
      await end(running);
      running = await start();
      return running;
    },
    async close() {
      await end(running);
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
