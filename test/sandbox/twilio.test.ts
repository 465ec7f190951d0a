// The sandbox's Twilio, without the SDK: authentication, Twilio's errors, the phone's page, and nothing of it in the call log.
import { expect, test } from 'vitest';
import { calls, object, rig } from './rig.ts';

const sid = 'AC00000000000000000000000000000000';
const path = `/sandbox/twilio/2010-04-01/Accounts/${sid}/Messages.json`;
const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const authorization = basic(sid, 'sandbox-twilio-token');
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const text = { To: '+15185550190', From: '+15185550112', Body: '<b>Hello</b> & "you"' };
const asForm = { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: authorization };

test('a message is answered as Twilio does, and shown', async () => {
  const own = await rig();
  const sent = await own.call('POST', path, form(text), asForm);
  expect(sent.status).toBe(201);
  expect(object(sent)).toMatchObject({
    account_sid: sid,
    status: 'queued',
    to: text.To,
    body: text.Body,
    sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    num_segments: '1',
    direction: 'outbound-api',
  });
  expect(object(await own.call('GET', '/sandbox/messages'))).toMatchObject({
    messages: [{ to: text.To, from: text.From, body: text.Body, at: '2025-02-14T15:00:00.000Z' }],
  });
  const page = await own.call('GET', '/sandbox/phone');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  expect(page.text).toContain('&#60;b&#62;Hello&#60;/b&#62; &#38; &#34;you&#34;');
  expect(page.text).not.toContain('<b>');
  expect(JSON.stringify(await calls(own))).not.toMatch(/5550190|Hello/);
  await own.call('POST', '/sandbox/reset');
  expect(object(await own.call('GET', '/sandbox/messages'))).toEqual({ messages: [] });
  expect((await own.call('GET', '/sandbox/phone')).text).toContain('None yet.');
});

test.each([
  ['no number', { ...text, To: '' }, 400, 21604],
  ['no sender', { ...text, From: '' }, 400, 21603],
  ['no words', { ...text, Body: '' }, 400, 21602],
  ['a number that is none', { ...text, To: '555-0190' }, 400, 21211],
  ['a number that answered STOP', { ...text, To: '+15185550199' }, 400, 21610],
])('%s is refused with Twilio’s code', async (_, fields, status, code) => {
  const own = await rig();
  await own.call('PUT', '/sandbox/opted-out', { numbers: ['+15185550199'] });
  const refused = await own.call('POST', path, form(fields), asForm);
  expect(refused.status).toBe(status);
  expect(object(refused)).toMatchObject({ code, status });
});

test.each([
  ['no credentials', {}, 401],
  ['a wrong token', { Authorization: basic(sid, 'x') }, 401],
  ['another account’s path', { Authorization: authorization }, 404],
  ['a page of the web', { Authorization: authorization, Origin: 'https://example.com' }, 403],
])('%s gets nowhere', async (what, headers, status) => {
  const own = await rig();
  const where = what.startsWith('another') ? path.replace(sid, 'ACffffffffffffffffffffffffffffffff') : path;
  const refused = await own.call('POST', where, form(text), { ...asForm, Authorization: '', ...headers });
  expect(refused.status).toBe(status);
  expect(object(await own.call('GET', '/sandbox/messages'))).toEqual({ messages: [] });
});
