// Messages in the whole product, as `NOTIFY=email,sms npm start` runs it: booked over REST and in chat, told by mail and text.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { createRunningClock, openProduct, type Product } from '../support/product.ts';

const apiKey = 'an-invented-api-key';
const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
const marked = {
  first_name: 'Markedfirst',
  last_name: 'Markedlast',
  date_of_birth: '1971-07-17',
  gender: 'Female',
  doctor: 511718,
  email: 'marked@example.com',
  cell_phone: '(518) 555-7171',
};

let mail: MailServer;
const products: Product[] = [];
/** How far the clock has been put on, over the time that really passes. */
let putOnMs = 0;
beforeEach(async () => {
  mail = await startMailServer();
  putOnMs = 0;
});
afterEach(async () => {
  for (const product of products.splice(0)) await product.close();
  await mail.close();
});

async function run(env: Record<string, string>): Promise<Product> {
  const running = createRunningClock('2026-03-03T14:00:00Z');
  const product = await openProduct({
    clock: { ...running, now: () => running.now() + putOnMs },
    env: { API_KEY: apiKey, MAIL_FROM: 'desk@riverbend.example', SMTP_URL: mail.url(), ...env },
  });
  products.push(product);
  return product;
}
async function book(product: Product): Promise<number> {
  const [patientid] = await product.control.addPatients([marked]);
  const visit = { doctorid: 511718, officeid: 123456, scheduled_time: '2026-03-10T08:00', duration: 30 };
  const body = JSON.stringify({ patientid, ...visit });
  return (await fetch(`${product.origin()}/api/appointments`, { method: 'POST', headers, body })).status;
}
const inbox = z.object({ messages: z.array(z.object({ to: z.string(), body: z.string() })) });
const texts = async (product: Product) =>
  inbox.parse(await (await fetch(`${product.control.origin}/sandbox/messages`)).json()).messages;
const readiness = async (product: Product): Promise<unknown> =>
  (await fetch(`${product.origin()}/readyz`)).json();
const soon = { timeout: 10_000, interval: 50 };

it('a booking over REST is told by mail and by the sandbox’s own Twilio; the log knows nobody', async () => {
  const product = await run({ NOTIFY: 'email,sms' });
  expect(await book(product)).toBe(201);
  await vi.waitFor(async () => {
    expect(mail.mails).toHaveLength(1);
    expect(await texts(product)).toHaveLength(1);
  }, soon);
  expect(mail.mails[0]?.from).toMatchObject({ name: 'Riverbend Family Practice' });
  expect((await texts(product))[0]).toMatchObject({
    to: '+15185557171',
    body: expect.stringContaining(
      'Riverbend Family Practice: your appointment is booked for Tue, Mar 10, 8:00 AM',
    ),
  });
  await product.restart();
  expect(await readiness(product)).toMatchObject({ status: 'ready', deadLetters: 0 });
  expect(mail.mails).toHaveLength(1);
  expect(product.logLines.join('')).not.toMatch(/marked|1971|7171|smtp:|sandbox-twilio-token/i);
});

it('what was owed when the process ended is sent by the next one', async () => {
  await mail.close();
  const product = await run({ NOTIFY: 'email' });
  expect(await book(product)).toBe(201);
  await vi.waitFor(() => expect(product.logLines.join('')).toContain('message put off'), soon);
  await mail.open();
  putOnMs = 90_000;
  await product.restart();
  await vi.waitFor(() => expect(mail.mails).toHaveLength(1), soon);
  expect(await readiness(product)).toMatchObject({ deadLetters: 0 });
});

it('a mailbox that does not exist is counted in /readyz, which stays ready, and the booking stands', async () => {
  mail.mood({ refuses: 550 });
  const product = await run({ NOTIFY: 'email' });
  expect(await book(product)).toBe(201);
  await vi.waitFor(async () => {
    expect(await readiness(product)).toMatchObject({ status: 'ready', deadLetters: 1 });
  }, soon);
  const rows = await product.control.appointments();
  expect(rows.filter(({ notes, status }) => notes.startsWith('Bookadoc') && status === '')).toHaveLength(1);
});

it('with NOTIFY empty nothing is owed and nothing is sent', async () => {
  const product = await run({});
  expect(await book(product)).toBe(201);
  await product.restart();
  expect(mail.mails).toEqual([]);
  expect(product.logLines.join('')).not.toContain('message');
});
