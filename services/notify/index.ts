// What tells patients of their visits outside of the chat. The notifiers by the name that NOTIFY has for them, each loaded only where it is named: their libraries are big.
import type { MessageChannel, Notice } from '../domain.ts';
import type { Notifier } from '../ports.ts';
import type { EmailOptions } from './email.ts';
import type { SmsOptions } from './sms.ts';
import type { Message, Practice } from './words.ts';

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

/** Writes the file that a patient downloads. `from`: the practice's address for mails, empty if it has none. */
export function calendarFiles(practice: Practice, from: string) {
  return async (notice: Notice, language: Message['language']): Promise<string> => {
    const [{ publishedCalendar }, { messageOf }] = await Promise.all([
      import('./calendar.ts'),
      import('./words.ts'),
    ]);
    const contact = { firstName: '', preferredLanguage: language === 'es' ? 'spa' : 'eng' };
    const message = messageOf(notice, contact, practice);
    return publishedCalendar(notice, message, practice, from === '' ? undefined : from);
  };
}
