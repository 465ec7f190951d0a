// What runs beside the turns while Bookadoc is up: reconciling, housekeeping, a look at the audit trail, the outbox and codes on their way.
import type { Config } from '../services/config.ts';
import type { Clock, Ehr, Log, Notifier, Store } from '../services/ports.ts';
import type { createUseCases } from '../services/wiring.ts';
import type { ForgetfulState } from './state.ts';

export interface BackgroundDeps {
  readonly core: ReturnType<typeof createUseCases>;
  readonly state: ForgetfulState;
  readonly store: Store;
  readonly ehr: Ehr;
  readonly clock: Clock;
  readonly log: Log;
  readonly config: Pick<Config, 'notify' | 'proof'>;
  readonly notifiers: () => Promise<readonly Notifier[]>;
}

/** How patients are known here: what an operator has to know before anybody writes. */
function sayProof(log: Log, proof: Config['proof']): void {
  if (proof === 'code') log.info('patients prove who they are by a code to the contact on their chart');
  if (proof === 'none')
    log.warn('no codes without NOTIFY: a name and a birth date open any chart of the sandbox practice');
  if (proof === 'front-desk')
    log.warn('no codes without NOTIFY: the front desk has to say who a patient is, and nobody books here');
}

/** Opens the notifiers that NOTIFY names when they are first wanted, once. `sandboxOrigin`: where the sandbox practice's phone company is. */
export function notifiersOnce(
  { notify, practice }: Pick<Config, 'notify' | 'practice'>,
  sandboxOrigin: string | undefined,
): () => Promise<readonly Notifier[]> {
  let opened: Promise<readonly Notifier[]> | undefined;
  const open = async () => {
    const { openNotifiers } = await import('../services/notify/index.ts');
    return openNotifiers(notify, practice, sandboxOrigin);
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

/** Starts all of it; what it returns stops all of it, and resolves when nothing is under way. */
export async function startBackground(deps: BackgroundDeps): Promise<() => Promise<void>> {
  const { core, state, store, ehr, clock, log, config } = deps;
  const { reconcile, trail, bookingNow } = core;
  sayProof(log, config.proof);
  reconcile.start();
  const housekeeping = core.housekeepingWith((nowMs) => state.forgetSilent(nowMs));
  housekeeping.start();
  void trail.run();
  const stopOutbox = config.notify.channels.length === 0 ? undefined : await startOutbox();
  return async () => {
    await Promise.all([stopOutbox?.(), core.codeSending.close()]);
    housekeeping.stop();
    trail.stop();
    await reconcile.stop();
  };

  async function startOutbox() {
    const { createOutbox } = await import('../services/outbox.ts');
    const notifiers = await deps.notifiers();
    return createOutbox({ store, ehr, clock, log, bookingNow, notifiers }).start();
  }
}
