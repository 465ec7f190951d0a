// What runs beside the turns while Bookadoc is up: reconciling, housekeeping, a look at the audit trail, and the outbox.
import type { Config } from '../services/config.ts';
import type { Clock, Ehr, Log, Store } from '../services/ports.ts';
import type { createUseCases } from '../services/wiring.ts';
import type { ForgetfulState } from './state.ts';

export interface BackgroundDeps {
  readonly core: ReturnType<typeof createUseCases>;
  readonly state: ForgetfulState;
  readonly store: Store;
  readonly ehr: Ehr;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'notify' | 'practice'>;
  /** The sandbox practice's origin, where its phone company is, too. */
  readonly sandboxOrigin: string | undefined;
}

/** Starts all of it; what it returns stops all of it, and resolves when nothing is under way. */
export async function startBackground(deps: BackgroundDeps): Promise<() => Promise<void>> {
  const { core, state, store, ehr, clock, log, config } = deps;
  const { reconcile, trail, bookingNow } = core;
  reconcile.start();
  const housekeeping = core.housekeepingWith((nowMs) => state.forgetSilent(nowMs));
  housekeeping.start();
  void trail.run();
  const stopOutbox = config.notify.channels.length === 0 ? undefined : await startOutbox();
  return async () => {
    await stopOutbox?.();
    housekeeping.stop();
    trail.stop();
    await reconcile.stop();
  };

  async function startOutbox() {
    const { openNotifiers } = await import('../services/notify/index.ts');
    const { createOutbox } = await import('../services/outbox.ts');
    const notifiers = await openNotifiers(config.notify, config.practice, deps.sandboxOrigin);
    return createOutbox({ store, ehr, clock, log, bookingNow, notifiers }).start();
  }
}
