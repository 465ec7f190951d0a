// Texts keep the notifier's contract, with Twilio's own SDK against the sandbox's Messages call.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSmsNotifier } from '../../services/notify/sms.ts';
import { type Sandbox, startSandbox } from '../../services/sandbox/server.ts';
import { notifierContract } from '../contracts/notifier.ts';
import { practice, sampleContact, sampleNotice } from '../support/sample-notice.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import { seedPath } from '../support/world.ts';

const account = { accountSid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', authToken: 'an-invented-token' };
const open = (port = 0) =>
  startSandbox({ seedPath, port, now: () => Date.parse('2026-03-02T14:00:00Z'), twilio: account });
const notifierTo = (origin: string, more: Partial<typeof account> = {}) =>
  createSmsNotifier({
    ...account,
    ...more,
    baseUrl: `${origin}/sandbox/twilio`,
    from: '+15185550112',
    practice,
    timeoutMs: 1_000,
  });
const inbox = z.object({ messages: z.array(z.object({ to: z.string(), body: z.string() })) });
const textsAt = async (origin: string) =>
  inbox.parse(await (await fetch(`${origin}/sandbox/messages`)).json()).messages;

notifierContract({
  name: 'SMS',
  unreachable: [
    { cellPhone: '' },
    { cellPhone: '555-0190' },
    { cellPhone: '(518) 555-0190 or 555-0191' },
    { cellPhone: '(518) 555-0190', mayText: false },
  ],
  async make() {
    let sandbox = await open();
    const { origin } = sandbox;
    const control = createSandboxControl(origin);
    let up = true;
    return {
      notifier: notifierTo(origin),
      received: async () => (await textsAt(origin)).map(({ body }) => body),
      async disturb(how) {
        if (how === 'gone') {
          if (up) await sandbox.close();
          up = false;
          return;
        }
        if (!up) sandbox = await open(Number(new URL(origin).port));
        up = true;
        const path = `/sandbox/twilio/2010-04-01/Accounts/${account.accountSid}/Messages.json`;
        if (how === 'refuses') await control.fault({ path, effect: 'status', status: 400, times: 1 });
        if (how === 'cut-after') await control.fault({ path, effect: 'commit-then-drop', times: 1 });
      },
      async close() {
        if (up) await sandbox.close();
      },
    };
  },
});

describe('a text', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await open();
  });
  afterEach(() => sandbox.close());
  const send = (notice = sampleNotice, contact = sampleContact) =>
    notifierTo(sandbox.origin).send(notice, contact);

  it('is one segment of GSM-7 in English, names neither patient nor doctor, and goes to the number as E.164', async () => {
    await send();
    expect(await textsAt(sandbox.origin)).toMatchObject([
      {
        to: '+15185550190',
        body: 'Riverbend Family Practice: your appointment is booked for Tue, Mar 3, 9:00 AM (Eastern Time), Main Street. Questions: (518) 555-0112. STOP ends texts.',
      },
    ]);
  });

  it.each(['booked', 'changed', 'cancelled'] as const)(
    '%s fits into one segment in both languages',
    async (about) => {
      for (const preferredLanguage of ['eng', 'spa']) {
        await send({ ...sampleNotice, about }, { ...sampleContact, preferredLanguage });
      }
      const texts = await textsAt(sandbox.origin);
      expect(texts).toHaveLength(2);
      for (const { body } of texts) {
        expect(body.length, body).toBeLessThanOrEqual(160);
        // Of GSM-7 what these texts use (3GPP TS 23.038).
        expect(body).toMatch(/^[A-Za-z0-9 .,:()'?¿éñü-]+$/);
      }
    },
  );

  it.each(['eng', 'spa'])('a code fits into one segment (%s)', async (preferredLanguage) => {
    await notifierTo(sandbox.origin).sendCode('407193', { ...sampleContact, preferredLanguage });
    const [text] = await textsAt(sandbox.origin);
    expect(text?.body.length, text?.body).toBeLessThanOrEqual(160);
    expect(text?.body).toMatch(/^[A-Za-z0-9 .,:()'?¿éñü-]+$/);
  });

  it.each([
    ['(518) 555-0190', '+15185550190'],
    ['5185550190', '+15185550190'],
    ['1-518-555-0190', '+15185550190'],
    ['+1 518 555 0190', '+15185550190'],
    ['+34 911 55 01 90', '+34911550190'],
  ])('%s on the chart is %s', async (cellPhone, to) => {
    await send(sampleNotice, { ...sampleContact, cellPhone });
    expect(await textsAt(sandbox.origin)).toMatchObject([{ to }]);
  });

  it('a number that answered STOP is opted out, by the carrier’s word', async () => {
    await fetch(`${sandbox.origin}/sandbox/opted-out`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ numbers: ['+15185550190'] }),
    });
    expect(await send()).toEqual({ ok: false, error: { kind: 'opted-out' } });
    expect(await textsAt(sandbox.origin)).toEqual([]);
  });

  it('a wrong token is the operator’s to mend; a 500 leaves it open whether a text went out', async () => {
    const wrong = notifierTo(sandbox.origin, { authToken: 'another' });
    expect(await wrong.send(sampleNotice, sampleContact)).toEqual({
      ok: false,
      error: { kind: 'unavailable', code: '20003' },
    });
    await createSandboxControl(sandbox.origin).fault({
      method: 'POST',
      effect: 'status',
      status: 500,
      times: 1,
    });
    expect(await send()).toMatchObject({ ok: false, error: { kind: 'unknown' } });
  });
});
