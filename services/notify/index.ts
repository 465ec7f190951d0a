// The notifiers by the name that NOTIFY has for them, each loaded only where it is named: their libraries are big.
import type { MessageChannel } from '../domain.ts';
import type { Notifier } from '../ports.ts';
import type { EmailOptions } from './email.ts';
import type { SmsOptions } from './sms.ts';
import type { Practice } from './words.ts';

export interface NotifierSettings {
  readonly channels: readonly MessageChannel[];
  readonly mail: Omit<EmailOptions, 'practice'>;
  readonly text: Omit<SmsOptions, 'practice' | 'baseUrl'> & { readonly baseUrl: string | undefined };
}

/** Without a base address, texts go to the sandbox practice's own Twilio at `sandboxOrigin`. */
export function openNotifiers(
  { channels, mail, text }: NotifierSettings,
  practice: Practice,
  sandboxOrigin = '',
): Promise<readonly Notifier[]> {
  const baseUrl = text.baseUrl ?? `${sandboxOrigin}/sandbox/twilio`;
  const open: Readonly<Record<MessageChannel, () => Promise<Notifier>>> = {
    email: async () => (await import('./email.ts')).createEmailNotifier({ ...mail, practice }),
    sms: async () => (await import('./sms.ts')).createSmsNotifier({ ...text, baseUrl, practice }),
  };
  return Promise.all(channels.map((channel) => open[channel]()));
}
