// Messages by SMS, through Twilio's SDK: one create a message, never repeated by itself.
import twilio from 'twilio';
import { z } from 'zod';
import { type Contact, fail, type NotifyError, ok, type Result } from '../domain.ts';
import type { Notifier } from '../ports.ts';
import { codeMessageOf } from './code-words.ts';
import { messageOf, type Practice } from './words.ts';

export interface SmsOptions {
  /** What stands in place of `https://api.twilio.com`. */
  readonly baseUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** `+15185550112` */
  readonly from: string;
  readonly practice: Practice;
  /** 10 seconds unless told. */
  readonly timeoutMs?: number;
}

const twilioOrigin = 'https://api.twilio.com';

/** The SDK has no setting for another server: its addresses are rewritten on the way out. */
function clientOf(base: string, timeoutMs: number): twilio.RequestClient {
  const httpClient = new twilio.RequestClient({ timeout: timeoutMs, autoRetry: false });
  httpClient.axios.interceptors.request.use((config) => {
    config.url = config.url?.replace(twilioOrigin, base.replace(/\/$/, '')) ?? '';
    return config;
  });
  return httpClient;
}

export function createSmsNotifier(options: SmsOptions): Notifier {
  const { baseUrl, accountSid, authToken, from, practice, timeoutMs = 10_000 } = options;
  const client = twilio(accountSid, authToken, { httpClient: clientOf(baseUrl, timeoutMs) });
  async function text(contact: Contact, words: string): Promise<Result<void, NotifyError>> {
    if (!contact.mayText) return fail({ kind: 'opted-out' });
    const to = numberOf(contact);
    if (to === undefined) return fail({ kind: 'no-address' });
    try {
      await client.messages.create({ to, from, body: inGsm7(words) });
      return ok(undefined);
    } catch (error) {
      return fail(failureOf(error));
    }
  }
  return {
    channel: 'sms',
    send: (notice, contact) => text(contact, messageOf(notice, contact, practice).short),
    sendCode: (code, contact) => text(contact, codeMessageOf(code, contact, practice).short),
  };
}

/** The chart's number, free text, as E.164: ten digits are a number of the United States. */
function numberOf({ cellPhone }: Contact): string | undefined {
  if (!/^\+?[\d\s().-]+$/.test(cellPhone)) return undefined;
  const digits = cellPhone.replace(/\D/g, '');
  if (cellPhone.startsWith('+')) return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined;
  return /^1?[2-9]\d{9}$/.test(digits) ? `+1${digits.slice(-10)}` : undefined;
}

/** Letters that GSM-7 lacks would double the price and the number of parts: á, í, ó, ú lose their accent; é, ñ, ü are in it. */
const inGsm7 = (text: string): string =>
  text.replace(/[áíóúÁÍÓÚ]/g, (letter) => letter.normalize('NFD').slice(0, 1)).replace(/[’‘]/g, "'");

const restError = z.object({ status: z.number(), code: z.number().optional().catch(undefined) });
const netError = z.object({ code: z.string() });
/** https://www.twilio.com/docs/api/errors/21610: the person has answered STOP. */
const optedOut = 21_610;
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** An answer says what happened, but for 5xx; no answer says it only where no connection was made. */
function failureOf(error: unknown): NotifyError {
  const answered = restError.safeParse(error);
  if (!answered.success) {
    const code = netError.safeParse(error).data?.code ?? 'ERROR';
    return { kind: neverConnected.has(code) ? 'unavailable' : 'unknown', code };
  }
  const { status, code = status } = answered.data;
  if (code === optedOut) return { kind: 'opted-out' };
  if (status >= 500) return { kind: 'unknown', code: String(code) };
  // A wrong token and too many calls are mended, by the operator or by time.
  const mendable = status === 401 || status === 403 || status === 429;
  return { kind: mendable ? 'unavailable' : 'refused', code: String(code) };
}
