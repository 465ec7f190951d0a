// Sends one-time codes after the turn that asked for them: from memory, by text first and then by mail, tried a few times. The log counts, and names nobody.
import type { Audit } from './audit.ts';
import { nameOf } from './booking-settle.ts';
import type { Contact, MessageChannel } from './domain.ts';
import type { Clock, Log, Notifier, Store } from './ports.ts';

/** The turn's answer goes out first, so that what sending costs cannot be read from its time. */
const afterTurnMs = 1_000;
const tries = 3;
const pauseMs = 2_000;
const order: readonly MessageChannel[] = ['sms', 'email'];

export interface CodeSendingDeps {
  readonly store: Pick<Store, 'batch'>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Log;
  /** Of the channels that NOTIFY names; opened once. */
  readonly notifiers: () => Promise<readonly Notifier[]>;
}

export interface CodeSending {
  /** Returns at once. `subject`: the pseudonym that the audit trail has for it. */
  send(code: string, contact: Contact, subject: string): void;
  /** Everything that was given has gone out, or was given up. */
  idle(): Promise<void>;
  /** No further try; resolves when the present ones have ended. */
  close(): Promise<void>;
}

export function createCodeSending(deps: CodeSendingDeps): CodeSending {
  const { store, audit, clock, log } = deps;
  const underWay = new Set<Promise<void>>();
  let closed = false;

  /** By one channel: `next` where it surely was not taken. */
  async function tryBy(
    notifier: Notifier,
    code: string,
    contact: Contact,
  ): Promise<'sent' | 'open' | 'next'> {
    for (let left = tries; left > 0 && !closed; left -= 1) {
      const sent = await notifier.sendCode(code, contact);
      if (sent.ok) return 'sent';
      const { kind } = sent.error;
      log.warn('code not sent', {
        channel: notifier.channel,
        reason: kind,
        ...('code' in sent.error ? { code: sent.error.code } : {}),
      });
      // It may have been taken: another would be a second one.
      if (kind === 'unknown') return 'open';
      if (kind !== 'unavailable') return 'next';
      if (left > 1) await clock.sleep(pauseMs);
    }
    return 'next';
  }

  async function deliver(code: string, contact: Contact, subject: string): Promise<void> {
    await clock.sleep(afterTurnMs);
    const notifiers = await deps.notifiers();
    for (const channel of order.filter((one) => canTry(one, contact))) {
      const notifier = notifiers.find((one) => one.channel === channel);
      if (notifier === undefined) continue;
      const outcome = await tryBy(notifier, code, contact);
      if (outcome === 'next') continue;
      await store.batch([
        audit.ofIdentity(outcome === 'sent' ? 'code-sent' : 'code-unconfirmed', subject, channel),
      ]);
      return;
    }
    await store.batch([audit.ofIdentity('code-not-sent', subject)]);
  }

  return {
    send(code, contact, subject) {
      const work = deliver(code, contact, subject)
        .catch((error: unknown) => log.error('code not sent', { reason: nameOf(error) }))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      closed = true;
      await Promise.all(underWay);
    },
  };
}

/** Whether a chart has something that this channel may be tried with. */
export const canTry = (channel: MessageChannel, { mayText, cellPhone, email }: Contact): boolean =>
  channel === 'sms' ? mayText && cellPhone !== '' : email !== '';
