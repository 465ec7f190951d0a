// Identity, real but for the clock: the sandbox as EHR and phone company, a mail server of this machine, codes as people read them.

import type { Asker } from '../../services/identity-cases.ts';
import { createEmailNotifier } from '../../services/notify/email.ts';
import { createSmsNotifier } from '../../services/notify/sms.ts';
import type { Ids, Notifier, Store, StoreOp } from '../../services/ports.ts';
import { sandboxAccount } from '../../services/sandbox/twilio.ts';
import type { Claim } from '../../services/use-cases.ts';
import { seeded } from '../store/faulty-disk.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { practice } from './sample-notice.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** As random as the product's, but the same ones for the same seed. */
export function seededIds(seed: number): Ids {
  const random = seeded(seed);
  return {
    next: (length) => Array.from({ length }, () => alphabet[random(alphabet.length)]).join(''),
  };
}

export interface IdentityRig {
  readonly world: World;
  readonly mail: MailServer;
  /** Batches that the use cases wrote: each op with the size of its document. */
  readonly batches: (readonly string[])[];
  /** Codes that have arrived, once all are delivered; oldest first, with where. */
  codes(): Promise<readonly { readonly to: string; readonly code: string }[]>;
  close(): Promise<void>;
}

const sizeOf = (op: StoreOp): string =>
  `${op.op} ${op.kind} ${'document' in op ? JSON.stringify(op.document).length : ''}`;

export async function openIdentity(
  channels: readonly ('email' | 'sms')[] = ['email', 'sms'],
  more: WorldOptions = {},
): Promise<IdentityRig> {
  const mail = await startMailServer();
  const batches: (readonly string[])[] = [];
  const watched = (store: Store): Store => ({
    ...store,
    batch(ops) {
      batches.push(ops.map(sizeOf));
      return store.batch(ops);
    },
  });
  const open: Readonly<Record<'email' | 'sms', (sandbox: string) => Notifier>> = {
    email: () =>
      createEmailNotifier({
        smtpUrl: mail.url(),
        from: 'desk@riverbend.example',
        practice,
        timeoutMs: 1_000,
      }),
    sms: (sandbox) =>
      createSmsNotifier({
        ...sandboxAccount,
        baseUrl: `${sandbox}/sandbox/twilio`,
        from: '+15185550112',
        practice,
        timeoutMs: 1_000,
      }),
  };
  const world = await openWorld({
    proof: channels.length === 0 ? 'none' : 'code',
    channels,
    notifiers: (sandbox) => channels.map((channel) => open[channel](sandbox)),
    ids: seededIds(1),
    watched,
    ...more,
  });
  const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? 'no code';
  return {
    world,
    mail,
    batches,
    async codes() {
      await world.now().codeSending.idle();
      const texts = (await world.control.texts()).map(({ to, body }) => ({ to, code: codeIn(body) }));
      const mails = mail.mails.map(({ to, text = '' }) => ({
        to: to?.[0]?.address ?? '',
        code: codeIn(text),
      }));
      return [...texts, ...mails];
    },
    async close() {
      await world.close();
      await mail.close();
    },
  };
}

/** Ann Bishop's claim unless told; she has a phone and an address. */
export const claimOf = (name = 'Ann Bishop', birthDate = '1984-03-12'): Claim => {
  const [firstName = '', ...rest] = name.split(' ');
  return { firstName, lastName: rest.join(' '), birthDate };
};

export const inConversation = (name: string, account?: string): Asker => ({
  conversationId: `webchat|${name}`,
  ...(account === undefined ? {} : { account }),
});

/** Any six digits but these. */
export const otherThan = (code: string): string => (code === '111111' ? '222222' : '111111');
