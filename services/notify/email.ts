// Messages by mail: text, HTML and a calendar file in one, through the practice's SMTP server.
import { createTransport, type SendMailOptions } from 'nodemailer';
import { z } from 'zod';
import { type Contact, fail, type NotifyError, ok, type Result } from '../domain.ts';
import type { Notifier } from '../ports.ts';
import { calendarOf } from './calendar.ts';
import { codeMessageOf } from './code-words.ts';
import { type Message, messageOf, type Practice } from './words.ts';

export interface EmailOptions {
  /** `smtp(s)://user:password@host:port` */
  readonly smtpUrl: string;
  readonly from: string;
  readonly practice: Practice;
  /** For connecting, greeting and each silence; 10 seconds unless told. */
  readonly timeoutMs?: number;
}

/** A connection a message: they are few, and a pool would keep a socket open for them. */
export function createEmailNotifier({ smtpUrl, from, practice, timeoutMs = 10_000 }: EmailOptions): Notifier {
  const transport = createTransport({
    url: smtpUrl,
    // Health data does not cross a network in the clear: without STARTTLS nothing is sent, but for this machine's own server.
    requireTLS: !isOwnMachine(smtpUrl),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  async function mail(
    to: string,
    language: string,
    parts: SendMailOptions,
  ): Promise<Result<void, NotifyError>> {
    try {
      await transport.sendMail({
        ...parts,
        from: { name: practice.name, address: from },
        to: { name: '', address: to },
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      });
      return ok(undefined);
    } catch (error) {
      return fail(failureOf(error));
    }
  }
  return {
    channel: 'email',
    async send(notice, contact) {
      const to = addressOf(contact);
      if (to === undefined) return fail({ kind: 'no-address' });
      const message = messageOf(notice, contact, practice);
      const { method, content } = calendarOf(notice, message, practice, { from, to });
      return mail(to, message.language, {
        // The same for every try: a mail that comes twice is seen as one.
        messageId: `<${notice.ref}.${notice.version}.${notice.about}@bookadoc>`,
        subject: message.subject,
        text: textOf(message, practice),
        html: htmlOf(message, practice),
        icalEvent: { method, content, filename: 'appointment.ics' },
      });
    },
    async sendCode(code, contact) {
      const to = addressOf(contact);
      if (to === undefined) return fail({ kind: 'no-address' });
      const { language, subject, said } = codeMessageOf(code, contact, practice);
      const html = said.map((line) => `<p>${escaped(line)}</p>`);
      return mail(to, language, {
        subject,
        text: [...said, '--', `${practice.name}, ${practice.phone}`].join('\n\n'),
        html: pageOf(language, subject, html, practice),
      });
    },
  };
}

const isOwnMachine = (smtpUrl: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(URL.parse(smtpUrl)?.hostname ?? '');

/** One address: a list in the chart's field would tell others. */
function addressOf({ email }: Contact): string | undefined {
  return /^[^\s@<>,;:"()[\]]+@[^\s@<>,;:"()[\]]+\.[^\s@<>,;:"()[\]]+$/.test(email) ? email : undefined;
}

function textOf(message: Message, { name, phone }: Practice): string {
  const lines = message.lines.map(([label, text]) => `${label}: ${text}`);
  return [
    message.greeting,
    '',
    message.said,
    '',
    ...lines,
    '',
    message.closing,
    '',
    '--',
    `${name}, ${phone}`,
  ].join('\n');
}

function htmlOf(message: Message, practice: Practice): string {
  const rows = message.lines.map(
    ([label, text]) =>
      `<tr><th align="left" style="padding:2px 12px 2px 0">${escaped(label)}</th><td>${escaped(text)}</td></tr>`,
  );
  const parts = [
    `<p>${escaped(message.greeting)}</p><p>${escaped(message.said)}</p>`,
    `<table role="presentation" style="border-collapse:collapse">${rows.join('')}</table>`,
    `<p>${escaped(message.closing)}</p>`,
  ];
  return pageOf(message.language, message.subject, parts, practice);
}

function pageOf(
  language: string,
  subject: string,
  parts: readonly string[],
  { name, phone }: Practice,
): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    '<body style="font:16px/1.5 sans-serif;color:#222">',
    ...parts,
    `<p>${escaped(name)}<br>${escaped(phone)}</p></body></html>`,
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? '');

// nodemailer's errors: its own `code`, the server's `responseCode`, and the system call under it. The message may hold the address.
const smtpError = z.object({
  code: z.string().catch('ERROR'),
  responseCode: z.number().optional().catch(undefined),
  syscall: z.string().optional().catch(undefined),
});

/** 5yz is for good, but not a refused login: that is the operator's to mend. Where no connection came about, nothing was taken. */
function failureOf(error: unknown): NotifyError {
  const parsed = smtpError.safeParse(error);
  if (!parsed.success) return { kind: 'unknown', code: 'ERROR' };
  const { code, responseCode, syscall } = parsed.data;
  if (code === 'EAUTH') return { kind: 'unavailable', code };
  if (responseCode !== undefined) {
    const kind = responseCode >= 500 ? 'refused' : 'unavailable';
    return { kind, code: String(responseCode) };
  }
  return { kind: syscall === 'connect' || code === 'EDNS' ? 'unavailable' : 'unknown', code };
}
