// The settings of messages: by what channels they go out, and what each needs. Read always, required only for what NOTIFY names.
import { isLoopback, type Reader } from './config-values.ts';
import type { MessageChannel } from './domain.ts';

export interface MailSettings {
  /** `smtp(s)://user:password@host:port`. Secret. */
  readonly smtpUrl: string;
  readonly from: string;
}

export interface TextSettings {
  /** Absent: the sandbox practice's own. */
  readonly baseUrl: string | undefined;
  readonly accountSid: string;
  readonly authToken: string;
  /** `+15185550112`. */
  readonly from: string;
}

export interface NotifySettings {
  /** Empty: nothing is sent, and nothing is kept to be sent. */
  readonly channels: readonly MessageChannel[];
  readonly mail: MailSettings;
  readonly text: TextSettings;
}

/** The sandbox practice's own Twilio: invented, so that `NOTIFY=sms` alone is enough to try it. */
const sandboxTwilio = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'sandbox-twilio-token',
  from: '+15185550112',
} as const;

const known: readonly MessageChannel[] = ['email', 'sms'];

/** `practiceKnown`: its name and phone are, which every message carries. */
export function readNotify(
  read: Reader,
  problems: string[],
  { sandbox, practiceKnown }: { readonly sandbox: boolean; readonly practiceKnown: boolean },
): NotifySettings {
  const names = (read.text('NOTIFY') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const channels = known.filter((channel) => names.includes(channel));
  if (names.some((name) => !known.some((channel) => channel === name)))
    problems.push('NOTIFY must name email, sms or both, separated by a comma.');
  if (channels.length > 0 && !practiceKnown)
    problems.push('PRACTICE_NAME and PRACTICE_PHONE are required with NOTIFY: every message carries both.');

  /** One setting: whether it fits is always looked at, whether it is there only where its channel is named. */
  const setting = (
    channel: MessageChannel,
    name: string,
    fits: (value: string) => boolean,
    looks: string,
    fallback?: string,
  ): string => {
    const value = read.text(name) ?? fallback;
    if (value === undefined && channels.includes(channel))
      problems.push(`${name} is required with NOTIFY=${channel}.`);
    if (value !== undefined && !fits(value)) problems.push(`${name} must ${looks}.`);
    return value ?? '';
  };

  const mail = {
    smtpUrl: setting('email', 'SMTP_URL', isSmtp, 'look like smtps://user:password@mail.example.com:465'),
    from: setting('email', 'MAIL_FROM', isAddress, 'be one e-mail address, without a name'),
  };
  const baseUrl = read.text('TWILIO_BASE_URL');
  const own: Partial<typeof sandboxTwilio> = sandbox && baseUrl === undefined ? sandboxTwilio : {};
  if (baseUrl !== undefined && !isBase(baseUrl))
    problems.push(
      'TWILIO_BASE_URL must be an https address without a query; plain http only to this machine.',
    );
  const text = {
    baseUrl: baseUrl ?? (sandbox ? undefined : 'https://api.twilio.com'),
    accountSid: setting(
      'sms',
      'TWILIO_ACCOUNT_SID',
      (value) => /^AC[0-9a-f]{32}$/i.test(value),
      'be AC and 32 hexadecimal digits',
      own.accountSid,
    ),
    authToken: setting('sms', 'TWILIO_AUTH_TOKEN', () => true, 'be a token', own.authToken),
    from: setting(
      'sms',
      'TWILIO_FROM',
      (value) => /^\+[1-9]\d{7,14}$/.test(value),
      'be a phone number such as +15185550112',
      own.from,
    ),
  };
  return { channels, mail, text };
}

function isSmtp(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '' && url.search === '';
}

const isAddress = (value: string): boolean => /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(value);

function isBase(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}
