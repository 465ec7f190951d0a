// From "booked" in the web chat to the file in the patient's calendar: through the link, as the visit is at that moment.
import ICAL from 'ical.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { begin, call, poll, say, until } from '../directline/client.ts';
import { createPacedClock, type PacedClock } from '../support/paced-clock.ts';
import { openProduct, type Product } from '../support/product.ts';

const card = z.object({
  attachments: z.array(
    z.object({
      content: z.object({
        body: z.array(
          z.object({
            actions: z.array(z.object({ title: z.string(), url: z.string().optional() })).optional(),
          }),
        ),
      }),
    }),
  ),
});

let product: Product;
let clock: PacedClock;
beforeEach(async () => {
  clock = createPacedClock('2025-02-17T15:00:00Z');
  product = await openProduct({ clock, env: { RATE_ADDRESS_PER_MINUTE: '1000000' } });
});
afterEach(() => product.close());

/** A conversation in our own web chat; each turn gives the last that was said. */
async function talk() {
  const base = `${product.origin()}/v3/directline`;
  const { conversationId, token } = await begin(base);
  const spoken = async () =>
    (await poll(base, conversationId, token)).activities.filter(
      ({ type, from }) => type === 'message' && from.id === 'bookadoc',
    );
  await until(async () => (await spoken()).length > 0);
  const turn = async (text: string) => {
    const seen = (await spoken()).length;
    await say(base, conversationId, token, { type: 'message', text });
    await until(async () => (await spoken()).length > seen);
    return (await spoken()).at(-1);
  };
  return { turn, token };
}

function linkUnder(message: unknown) {
  const [link] = card
    .parse(message)
    .attachments.flatMap(({ content }) => content.body.flatMap(({ actions = [] }) => actions))
    .filter(({ url }) => url !== undefined);
  return { title: link?.title, path: link?.url ?? '' };
}

/** The link under a visit that was booked there. */
async function booked(...atTheCheck: readonly string[]) {
  const { turn, token } = await talk();
  await turn('book with Dr. John Doe at Main Street, a sick visit on feb 25 at 9:00');
  await turn('Ann Bishop, 3/12/1984');
  for (const text of atTheCheck) await turn(text);
  return { ...linkUnder(await turn('yes')), token };
}

/** The link under a visit that the desk made for her. */
async function madeByPhone() {
  const { turn } = await talk();
  await turn('my appointments');
  return linkUnder(await turn('Ann Bishop, 3/12/1984'));
}

async function download(path: string) {
  const response = await fetch(product.origin() + path);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  return {
    method: calendar.getFirstPropertyValue('method'),
    zone: calendar.getFirstSubcomponent('vtimezone')?.getFirstPropertyValue('tzid'),
    status: event.component.getFirstPropertyValue('status'),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    start: String(event.startDate),
    attendees: event.attendees.length,
  };
}

it('the link under "booked" is the visit as a file, neutral and whole', async () => {
  const { title, path } = await booked();
  expect([title, path]).toEqual(['Add to calendar', expect.stringMatching(/^\/calendar\/[\w.-]+\.ics$/)]);
  const file = await download(path);
  expect(file.status).toBe(200);
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'text/calendar; method=PUBLISH; charset=utf-8',
    'content-disposition': 'attachment; filename="appointment.ics"',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
  expect(read(file.text)).toEqual({
    method: 'PUBLISH',
    zone: 'America/New_York',
    status: 'CONFIRMED',
    uid: expect.stringMatching(/^\w{12}@bookadoc$/),
    sequence: 2,
    summary: 'Appointment',
    start: '2025-02-25T09:00:00',
    attendees: 0,
  });
  // Nobody who looks over a shoulder learns who, with whom or why.
  expect(file.text).not.toMatch(/Ann|Bishop|Doe|sick/i);
  expect(product.logLines.join('\n')).not.toContain(path.slice(10, 40));
});

it('one that was made by phone has its link in "my appointments", and the file is as neutral', async () => {
  const { title, path } = await madeByPhone();
  expect(title).toBe('Add to calendar');
  const file = await download(path);
  expect(read(file.text)).toMatchObject({ status: 'CONFIRMED', sequence: 0, start: '2025-02-27T08:30:00' });
  expect(file.text).not.toMatch(/Ann|Bishop|Doe/i);
});

it('while the EHR is away, one that only the EHR knows cannot be made, which is said', async () => {
  const { path } = await madeByPhone();
  await product.control.fault({ effect: 'status', status: 503, path: '/api/appointments', times: 20 });
  const away = await download(path);
  expect([away.status, away.headers.get('content-type')]).toEqual([503, 'text/plain; charset=utf-8']);
  expect(away.text).toMatch(
    /^The calendar file cannot be made right now\..+\nEl archivo de calendario .+\n$/,
  );
});

it('in the language of the conversation', async () => {
  const { title, path } = await booked('español');
  expect(title).toBe('Agregar al calendario');
  expect(read((await download(path)).text).summary).toBe('Cita');
});

it('however often it is followed, the EHR is asked once in two minutes', async () => {
  const { path } = await booked();
  clock.pass(125_000);
  await product.control.forgetCalls();
  for (let n = 0; n < 5; n += 1) expect(read((await download(path)).text).status).toBe('CONFIRMED');
  expect(
    (await product.control.calls()).filter(({ path: called }) => called.includes('appointments')),
  ).toHaveLength(1);
});

it('cancelled by the practice since: the same event, cancelled, above the one before', async () => {
  const { path } = await booked();
  const before = read((await download(path)).text);
  const [row] = (await product.control.appointments()).filter(({ notes }) => notes.startsWith('Bookadoc '));
  await product.control.patchAppointment(row?.id ?? '', { status: 'Cancelled' });
  clock.pass(125_000);
  expect(read((await download(path)).text)).toEqual({ ...before, status: 'CANCELLED', sequence: 3 });
});

it('after 15 minutes it is 410 with plain words in both languages', async () => {
  const { path } = await booked();
  clock.pass(15 * 60_000);
  const over = await download(path);
  expect(over.status).toBe(410);
  expect(over.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(over.headers.get('cache-control')).toBe('no-store');
  expect(over.text).toMatch(/^This link is over: .+\nEste enlace ya no vale: .+\n$/);
});

it('a forged link, another purpose’s token and a link elsewhere are nothing', async () => {
  const { path, token } = await booked();
  const nothing = { error: 'not-found', message: 'There is nothing here.' };
  for (const forged of [
    path.replace(/.(?=\.ics$)/, (sign) => (sign === 'A' ? 'B' : 'A')),
    path.replace('.ics', ''),
    `/calendar/${token}.ics`,
    '/calendar/x.ics',
    '/calendar/%2e%2e.ics',
  ]) {
    const answer = await download(forged);
    expect([forged, answer.status, JSON.parse(answer.text)]).toEqual([forged, 404, nothing]);
  }
  const link = path.slice('/calendar/'.length, -'.ics'.length);
  const refresh = `${product.origin()}/v3/directline/tokens/refresh`;
  expect((await call(refresh, { method: 'POST', token: link })).status).toBe(403);
});

it('a restart keeps it', async () => {
  const { path } = await booked();
  await product.restart();
  expect((await download(path)).status).toBe(200);
});
