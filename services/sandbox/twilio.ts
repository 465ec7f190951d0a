// Twilio's Messages call, and the phone that its texts arrive on: /sandbox/twilio, /sandbox/phone, /sandbox/messages. Kept in memory, never logged.
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { json, type Reply } from './http.ts';

/** What the caller's Basic authentication is held against. */
export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
}

export interface Text {
  readonly sid: string;
  /** ISO instant. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
}

/** Everybody's phone: what has arrived, and which numbers have answered STOP. */
export interface Phone {
  readonly texts: Text[];
  readonly optedOut: Set<string>;
}

export const createPhone = (): Phone => ({ texts: [], optedOut: new Set() });

/** The account of a sandbox that is told none. */
export const sandboxAccount: TwilioAccount = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'sandbox-twilio-token',
};

const PREFIX = '/sandbox/twilio/';
const TEXTS_KEPT = 1000;
/** Texts of one segment and of the parts of a longer one, in GSM-7; the sandbox counts letters, not septets. */
const [ONE_SEGMENT, PART] = [160, 153];

export const isTwilio = (path: string): boolean => path.startsWith(PREFIX);

export interface TwilioRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly fields: unknown;
  readonly now: number;
}

const form = z.object({
  To: z.string().default(''),
  From: z.string().default(''),
  Body: z.string().default(''),
});

/** `POST /2010-04-01/Accounts/{sid}/Messages.json` as Twilio answers it; the shapes are those of https://www.twilio.com/docs/messaging/api/message-resource. */
export function answerTwilio(account: TwilioAccount, phone: Phone, request: TwilioRequest): Reply {
  if (!isAuthentic(account, request.authorization)) return problem(401, 20003, 'Authenticate');
  const resource = `/2010-04-01/Accounts/${account.accountSid}/Messages`;
  if (request.path.slice(PREFIX.length - 1) !== `${resource}.json` || request.method !== 'POST')
    return problem(404, 20404, `The requested resource ${request.path} was not found`);
  const { To: to, From: from, Body: body } = form.parse(request.fields);
  if (to === '') return problem(400, 21604, "A 'To' phone number is required.");
  if (from === '') return problem(400, 21603, "A 'From' phone number is required.");
  if (body === '') return problem(400, 21602, 'Message body is required.');
  if (!/^\+[1-9]\d{7,14}$/.test(to)) return problem(400, 21211, "Invalid 'To' Phone Number");
  if (phone.optedOut.has(to)) return problem(400, 21610, 'Attempt to send to unsubscribed recipient');
  if (phone.texts.length >= TEXTS_KEPT) phone.texts.splice(0, TEXTS_KEPT / 2);
  const last = phone.texts.at(-1)?.sid ?? 'SM0';
  const sid = `SM${(Number.parseInt(last.slice(2), 16) + 1).toString(16).padStart(32, '0')}`;
  phone.texts.push({ sid, at: new Date(request.now).toISOString(), from, to, body });
  const date = new Date(request.now).toUTCString().replace('GMT', '+0000');
  return json(201, {
    account_sid: account.accountSid,
    api_version: '2010-04-01',
    body,
    date_created: date,
    date_sent: null,
    date_updated: date,
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(body.length <= ONE_SEGMENT ? 1 : Math.ceil(body.length / PART)),
    price: null,
    price_unit: 'USD',
    sid,
    status: 'queued',
    subresource_uris: { media: `${resource}/${sid}/Media.json` },
    to,
    uri: `${resource}/${sid}.json`,
  });
}

/** Twilio's errors: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions. */
const problem = (status: number, code: number, message: string): Reply =>
  json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });

function isAuthentic({ accountSid, authToken }: TwilioAccount, authorization = ''): boolean {
  const wanted = Buffer.from(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
  const given = Buffer.from(authorization);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The phone as a page, newest first; nothing in it runs. */
export function phonePage({ texts }: Phone): Reply {
  const items = texts
    .toReversed()
    .map(
      ({ at, from, to, body }) =>
        `<li><small>${escaped(at)}, ${escaped(from)} to ${escaped(to)}</small><p>${escaped(body)}</p></li>`,
    );
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': "default-src 'none'", 'X-Content-Type-Options': 'nosniff' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox phone</title></head><body><h1>Texts</h1>${
      items.length === 0 ? '<p>None yet.</p>' : `<ul>${items.join('')}</ul>`
    }</body></html>`,
  };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
