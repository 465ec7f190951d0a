// Mail keeps the notifier's contract with a real SMTP server, and carries text, HTML and a calendar file.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmailNotifier } from '../../services/notify/email.ts';
import { notifierContract } from '../contracts/notifier.ts';
import { type MailServer, partsOf, startMailServer } from '../support/mail-server.ts';
import { practice, sampleContact, sampleNotice } from '../support/sample-notice.ts';

const from = 'desk@riverbend.example';
const notifierTo = (server: MailServer, own = practice) =>
  createEmailNotifier({ smtpUrl: server.url(), from, practice: own, timeoutMs: 1_000 });

notifierContract({
  name: 'E-mail',
  unreachable: [
    { email: '' },
    { email: 'nobody' },
    { email: 'a@example.com, b@example.com' },
    { email: 'a@example.com\nBcc: b@example.com' },
    { email: 'Ada <ada@example.com>' },
  ],
  async make() {
    const server = await startMailServer();
    let open = true;
    return {
      notifier: notifierTo(server),
      received: async () => server.mails.map((mail) => Object.values(partsOf(mail)).join('\n')),
      async disturb(how) {
        if (how === 'gone' && open) await server.close();
        if (how !== 'gone' && !open) await server.open();
        open = how !== 'gone';
        server.mood(how === 'refuses' ? { refuses: 550 } : how === 'cut-after' ? 'mute' : 'well');
      },
      async close() {
        if (open) await server.close();
      },
    };
  },
});

function onlyOf(server: MailServer) {
  const [mail, ...others] = server.mails;
  if (mail === undefined || others.length > 0) throw new Error(`${server.mails.length} mails`);
  return mail;
}

describe('a mail', () => {
  let server: MailServer;
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(() => server.close());

  it('is text, HTML and a calendar file, from the practice to one address', async () => {
    await notifierTo(server).send(sampleNotice, sampleContact);
    const mail = onlyOf(server);
    expect(mail.from).toMatchObject({ name: practice.name, address: from });
    expect(mail.to).toMatchObject([{ address: 'ada@example.com' }]);
    expect(mail.subject).toBe('Your appointment is booked');
    const { text, html, ics } = partsOf(mail);
    expect(text).toBe(
      [
        'Hello Ada,',
        '',
        'Your appointment is booked.',
        '',
        'When: Tuesday, March 3, 2026 at 9:00 AM (Eastern Time)',
        'Where: Main Street, 12 Main Street, Albany',
        'With: Dr. John Doe',
        '',
        'Questions, or another time? Call Riverbend Family Practice: (518) 555-0112.',
        '',
        '--',
        'Riverbend Family Practice, (518) 555-0112',
        '',
      ].join('\n'),
    );
    expect(html).toContain('<html lang="en">');
    expect(ics).toContain('METHOD:REQUEST');
  });

  it('with a code has it in text and HTML, not in the subject, and no calendar file', async () => {
    await notifierTo(server).sendCode('407193', sampleContact);
    const mail = onlyOf(server);
    expect(mail.subject).toBe('Your code for Riverbend Family Practice');
    const { text, html, ics } = partsOf(mail);
    expect(text).toMatch(/^Your code is 407193\.$/m);
    expect(html).toContain('<p>Your code is 407193.</p>');
    expect(ics).toBe('');
  });

  it('in Spanish says so, with its accents', async () => {
    await notifierTo(server).send(sampleNotice, { ...sampleContact, preferredLanguage: 'spa' });
    const [mail] = server.mails;
    expect(mail?.subject).toBe('Su cita está reservada');
    expect(mail?.text).toContain('Cuándo: martes 3 de marzo de 2026, 9:00 a.m. (hora oriental)');
  });

  it('shows names as text, never as HTML', async () => {
    const own = { name: 'Elm & <Oak> "Clinic"', phone: practice.phone };
    await notifierTo(server, own).send({ ...sampleNotice, officeName: '<b>Main</b>' }, sampleContact);
    const { html } = partsOf(onlyOf(server));
    expect(html).toContain('Elm &amp; &lt;Oak&gt; &quot;Clinic&quot;');
    expect(html).not.toContain('<b>');
  });

  it('has one Message-ID for all tries at one message, and another for the next version', async () => {
    const notifier = notifierTo(server);
    await notifier.send(sampleNotice, sampleContact);
    await notifier.send(sampleNotice, sampleContact);
    await notifier.send({ ...sampleNotice, version: 3, about: 'cancelled' }, sampleContact);
    const ids = server.mails.map(({ messageId }) => messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(2);
  });

  it('a server that asks to wait is unavailable, one that refuses the mailbox is not', async () => {
    server.mood({ refuses: 451 });
    expect(await notifierTo(server).send(sampleNotice, sampleContact)).toEqual({
      ok: false,
      error: { kind: 'unavailable', code: '451' },
    });
    server.mood({ refuses: 550 });
    expect(await notifierTo(server).send(sampleNotice, sampleContact)).toEqual({
      ok: false,
      error: { kind: 'refused', code: '550' },
    });
  });
});
