// From a booking to the mail and the text: real sandbox, store, SMTP server and Twilio's SDK; only the clock is the test's.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type ConfirmedBooking,
  doctorId,
  officeId,
  type PatientId,
  patientId,
} from '../../services/domain.ts';
import { openNotifiers } from '../../services/notify/index.ts';
import { createOutbox, type Outbox } from '../../services/outbox.ts';
import { deadLetters } from '../../services/owed.ts';
import { type MailServer, partsOf, startMailServer } from '../support/mail-server.ts';
import { practice } from '../support/sample-notice.ts';
import { openWorld, type World, type WorldOptions } from '../support/world.ts';

const account = {
  accountSid: 'AC00000000000000000000000000000000',
  authToken: 'sandbox-twilio-token',
  from: '+15185550112',
  baseUrl: undefined,
};
const both = ['email', 'sms'] as const;
const marked = {
  first_name: 'Markedfirst',
  last_name: 'Markedlast',
  date_of_birth: '1971-07-17',
  gender: 'Female',
  doctor: 511718,
  email: 'marked@example.com',
  cell_phone: '(518) 555-7171',
  preferred_language: 'eng',
};

let mail: MailServer;
const worlds: World[] = [];
beforeEach(async () => {
  mail = await startMailServer();
});
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  await mail.close();
});

async function open(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld({ channels: both, ...options });
  worlds.push(world);
  return world;
}
async function outboxOf(world: World): Promise<Outbox> {
  const { store, ehr, bookingNow } = world.now();
  const settings = {
    channels: both,
    mail: { smtpUrl: mail.url(), from: 'desk@riverbend.example' },
    text: account,
  };
  const notifiers = await openNotifiers(settings, practice, world.control.origin);
  const { clock } = world;
  const note = (event: string, fields: object = {}) => void lines.push(JSON.stringify({ event, ...fields }));
  return createOutbox({
    store,
    ehr,
    bookingNow,
    clock,
    notifiers,
    log: { info: note, warn: note, error: note },
  });
}
const lines: string[] = [];

async function addPatient(world: World, more: object = {}): Promise<PatientId> {
  const [id] = await world.control.addPatients([{ ...marked, ...more }]);
  return patientId(String(id));
}
const wish = (patient: PatientId) => ({
  patientId: patient,
  patientName: 'Markedfirst Markedlast',
  doctorId: doctorId('511718'),
  officeId: officeId('123456'),
  localStart: '2026-03-10T08:00',
  durationMinutes: 30,
  channel: 'webchat',
  conversationId: 'webchat|1',
});
async function book(world: World, patient: PatientId): Promise<ConfirmedBooking> {
  const outcome = await world.now().useCases.book(wish(patient));
  if (!outcome.ok) throw new Error(outcome.error.kind);
  return outcome.value;
}
const inbox = z.object({ messages: z.array(z.object({ to: z.string(), body: z.string() })) });
const texts = async (world: World) =>
  inbox.parse(await (await fetch(`${world.control.origin}/sandbox/messages`)).json()).messages;
const onDisk = async (world: World) => {
  const files = await readdir(world.folder);
  return (await Promise.all(files.map((file) => readFile(join(world.folder, file), 'utf8')))).join('');
};

describe('a booking', () => {
  it('is told by mail and text to the contact on the chart, which is kept and logged nowhere', async () => {
    const world = await open();
    const booking = await book(world, await addPatient(world));
    await (await outboxOf(world)).run();
    expect(mail.mails).toHaveLength(1);
    const [first] = mail.mails;
    expect(first?.to).toMatchObject([{ address: 'marked@example.com' }]);
    expect(first?.text).toContain('Hello Markedfirst,');
    expect(first?.text).toContain('When: Tuesday, March 10, 2026 at 8:00 AM (Eastern Time)');
    expect(first?.text).toContain('Where: Main Street, 12 Main Street, Albany');
    const { ics } = partsOf(first ?? Object.assign([]));
    expect(ics).toContain(`UID:${booking.ref}@bookadoc`);
    const sent = await texts(world);
    expect(sent).toMatchObject([{ to: '+15185557171' }]);
    // Neither says what for.
    const said = `${JSON.stringify(mail.mails)} ${ics} ${JSON.stringify(sent)}`;
    expect(said).not.toMatch(/sick|follow|physical|visit type|family medicine|reason/i);
    expect(`${world.logLines.join('')}${lines.join('')}`).not.toMatch(/marked|1971|7171|555|Doe/i);
    const disk = await onDisk(world);
    expect(disk).toContain('Markedlast');
    expect(disk).not.toMatch(/marked@example|7171/);
  });

  it('and its messages are one batch on disk, before "booked" is said', async () => {
    const world = await open();
    await book(world, await addPatient(world));
    const line = (await onDisk(world)).split('\n').find((one) => one.includes('owed|'));
    expect(line).toMatch(/"?confirmed"?/);
    const { store } = await world.restart();
    expect(await store.list('message', 'due', { from: '', to: '~' })).toHaveLength(2);
  });

  it('asked for twice owes its messages once', async () => {
    const world = await open();
    const patient = await addPatient(world);
    await book(world, patient);
    await book(world, patient);
    expect(await world.now().store.list('message', 'due', { from: '', to: '~' })).toHaveLength(2);
  });

  it('owes nothing, and writes nothing, where no channel is named', async () => {
    const world = await open({ channels: [] });
    await book(world, await addPatient(world));
    expect(await onDisk(world)).not.toContain('owed|');
  });

  it('that reconcile confirms is told, too', async () => {
    const world = await open();
    const patient = await addPatient(world);
    await world.control.fault({
      method: 'POST',
      path: '/api/appointments',
      effect: 'commit-then-drop',
      times: 1,
    });
    await world.control.fault({
      method: 'GET',
      path: '/api/appointments',
      effect: 'status',
      status: 500,
      times: 20,
    });
    const outcome = await world.now().useCases.book(wish(patient));
    expect(outcome).toMatchObject({ ok: false, error: { kind: 'unconfirmed' } });
    await (await outboxOf(world)).run();
    expect(mail.mails).toEqual([]);
    await world.control.clearFaults();
    world.clock.advance(120_000);
    await world.now().reconcile.run();
    await (await outboxOf(world)).run();
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Your appointment is booked']);
    expect(await texts(world)).toHaveLength(1);
  });

  it('is told in Spanish where the chart says so', async () => {
    const world = await open();
    await book(world, await addPatient(world, { preferred_language: 'spa' }));
    await (await outboxOf(world)).run();
    expect(mail.mails[0]?.subject).toBe('Su cita está reservada');
    expect((await texts(world))[0]?.body).toContain('su cita es el mar 10 mar, 8:00 a.m.');
  });

  it.each([
    ['disable_sms_messages', { disable_sms_messages: true }, 1, 0],
    ['only a home phone', { cell_phone: '', home_phone: '(518) 555-7171' }, 1, 0],
    ['no e-mail', { email: '' }, 0, 1],
    ['nothing at all', { email: '', cell_phone: '' }, 0, 0],
  ])('%s: nobody is written to who is not to be', async (_, chart, mails, sms) => {
    const world = await open();
    await book(world, await addPatient(world, chart));
    await (await outboxOf(world)).run();
    expect([mail.mails.length, (await texts(world)).length]).toEqual([mails, sms]);
    expect(await deadLetters(world.now().store)).toBe(0);
  });
});

describe('pitfall 23: a message that fails does not make anybody book again', () => {
  it('the mail server and Twilio are down: booked is said, and stays so', async () => {
    const world = await open();
    await mail.close();
    await world.control.fault({ path: '/sandbox/twilio', effect: 'status', status: 429, times: 50 });
    const booking = await book(world, await addPatient(world));
    const before = await world.now().store.get('booking', booking.id);
    await (await outboxOf(world)).run();
    expect(await world.now().store.get('booking', booking.id)).toMatchObject({ version: before?.version });
    expect((await world.control.appointments()).find(({ id }) => id === booking.appointment)?.status).toBe(
      '',
    );
    await mail.open();
    await world.control.clearFaults();
    world.clock.advance(120_000);
    await (await outboxOf(world)).run();
    expect(mail.mails).toHaveLength(1);
  });

  it('550: a dead letter, and the booking stands', async () => {
    const world = await open();
    mail.mood({ refuses: 550 });
    const booking = await book(world, await addPatient(world));
    await (await outboxOf(world)).run();
    expect(await deadLetters(world.now().store)).toBe(1);
    expect((await world.now().store.get('booking', booking.id))?.document['status']).toBe('confirmed');
  });
});

describe('the practice cancels in the EHR', () => {
  it('before a late confirmation goes out: the EHR is asked, and the cancellation goes instead', async () => {
    const world = await open();
    const booking = await book(world, await addPatient(world));
    await world.control.patchAppointment(booking.appointment, { status: 'Cancelled' });
    world.clock.advance(3 * 60_000);
    const outbox = await outboxOf(world);
    await outbox.run();
    await outbox.run();
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Your appointment no longer stands']);
    expect((await texts(world)).map(({ body }) => body)).toEqual([
      expect.stringContaining('you have no appointment any more on Tue, Mar 10, 8:00 AM'),
    ]);
  });

  it('and the same time is booked anew: pitfall 17, one event in the calendar', async () => {
    const world = await open();
    const patient = await addPatient(world);
    const booking = await book(world, patient);
    const outbox = await outboxOf(world);
    await outbox.run();
    await world.control.patchAppointment(booking.appointment, { status: 'Cancelled' });
    world.clock.advance(3 * 60_000);
    // The existing code finds out when the same time is wished for again, and books it anew: the old event is replaced, not doubled.
    const again = await book(world, patient);
    expect(again.appointment).not.toBe(booking.appointment);
    expect(again.ref).not.toBe(booking.ref);
    await outbox.run();
    const files = mail.mails.map((one) => partsOf(one).ics);
    expect(files.map((ics) => /METHOD:(\w+)/.exec(ics)?.[1])).toEqual(['REQUEST', 'REQUEST']);
    expect(files.map((ics) => /UID:(\w+)@/.exec(ics)?.[1])).toEqual([booking.ref, booking.ref]);
    const [first = 0, second = 0] = files.map((ics) => Number(/SEQUENCE:(\d+)/.exec(ics)?.[1]));
    expect(second).toBeGreaterThan(first);
  });

  it('and the wish of another time finds it out: pitfall 17, the calendar file takes the event away', async () => {
    const world = await open();
    const patient = await addPatient(world);
    const booking = await book(world, patient);
    const outbox = await outboxOf(world);
    await outbox.run();
    await world.control.patchAppointment(booking.appointment, { status: 'Cancelled' });
    world.clock.advance(3 * 60_000);
    const other = await world
      .now()
      .useCases.book({ ...wish(patient), localStart: '2026-03-10T07:45', durationMinutes: 30 });
    void other;
    await outbox.run();
    const cancelled = mail.mails.map((one) => partsOf(one).ics).find((ics) => ics.includes('METHOD:CANCEL'));
    expect(cancelled).toContain(`UID:${booking.ref}@bookadoc`);
    expect(cancelled).toContain('STATUS:CANCELLED');
  });
});

describe('the patient moves and cancels', () => {
  const ask = (booking: ConfirmedBooking, startsAt = booking.startsAt) => ({
    visit: { patientId: booking.patientId, appointment: booking.appointment, startsAt },
    channel: 'webchat',
  });
  const calendars = () =>
    mail.mails.map((one) => {
      const { ics } = partsOf(one);
      const part = (pattern: RegExp) => pattern.exec(ics)?.[1];
      const [method, uid] = [part(/^METHOD:(\w+)/m), part(/^UID:(\S+)/m)];
      // The zone's rules have starts of their own, without a zone.
      return `${method} ${uid} ${part(/^SEQUENCE:(\d+)/m)} ${part(/^DTSTART;TZID=[^:]+:(\w+)/m)}`;
    });

  it('pitfalls 16, 17: booked, moved, moved back, cancelled, taken back: one entry, and its number rises', async () => {
    const world = await open();
    const patient = await addPatient(world);
    const booking = await book(world, patient);
    const outbox = await outboxOf(world);
    const { moveVisit, cancelVisit, undoCancel } = world.now().useCases;
    const said = async (outcome: Promise<{ ok: boolean }>) => {
      expect((await outcome).ok).toBe(true);
      await outbox.run();
    };
    await outbox.run();
    await said(moveVisit({ ...ask(booking), to: '2026-03-12T09:00' }));
    await said(moveVisit({ ...ask(booking, '2026-03-12T13:00:00.000Z'), to: '2026-03-10T08:00' }));
    await said(cancelVisit(ask(booking)));
    await said(undoCancel(ask(booking)));
    expect(mail.mails.map(({ subject }) => subject)).toEqual([
      'Your appointment is booked',
      'Your appointment has changed',
      'Your appointment has changed',
      'Your appointment no longer stands',
      'Your appointment is booked',
    ]);
    const uid = `${booking.ref}@bookadoc`;
    expect(calendars()).toEqual([
      `REQUEST ${uid} 2 20260310T080000`,
      `REQUEST ${uid} 3 20260312T090000`,
      `REQUEST ${uid} 4 20260310T080000`,
      `CANCEL ${uid} 5 20260310T080000`,
      `REQUEST ${uid} 6 20260310T080000`,
    ]);
    expect(await texts(world)).toHaveLength(5);
  });

  it('pitfall 14: a moved visit’s unsent confirmation is dropped, and only the change goes out', async () => {
    const world = await open();
    const booking = await book(world, await addPatient(world));
    const { moveVisit } = world.now().useCases;
    expect(await moveVisit({ ...ask(booking), to: '2026-03-12T09:00' })).toMatchObject({ ok: true });
    await (await outboxOf(world)).run();
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Your appointment has changed']);
    expect(await texts(world)).toHaveLength(1);
  });

  it('a change that came to nothing does not swallow the confirmation that had not gone out yet', async () => {
    const world = await open();
    const booking = await book(world, await addPatient(world));
    await world.control.fault({ method: 'PATCH', effect: 'drop', times: 2 });
    const outbox = await outboxOf(world);
    expect(await world.now().useCases.cancelVisit(ask(booking))).toMatchObject({ ok: false });
    await outbox.run();
    // While it is in doubt, nothing is said of it.
    expect(mail.mails).toEqual([]);
    world.clock.advance(120_000);
    await world.now().reconcile.run();
    await outbox.run();
    expect(mail.mails.map(({ subject }) => subject)).toEqual(['Your appointment is booked']);
  });

  it('pitfall 18: not cancelled is never told as cancelled, and told by mail once it is', async () => {
    const world = await open();
    const booking = await book(world, await addPatient(world));
    const outbox = await outboxOf(world);
    await outbox.run();
    await world.control.fault({ method: 'PATCH', effect: 'status', status: 500, times: 2 });
    expect(await world.now().useCases.cancelVisit(ask(booking))).toMatchObject({ ok: false });
    await outbox.run();
    expect(mail.mails).toHaveLength(1);
    expect(await world.now().useCases.cancelVisit(ask(booking))).toMatchObject({ ok: true });
    await outbox.run();
    expect(mail.mails.map(({ subject }) => subject).at(-1)).toBe('Your appointment no longer stands');
  });
});
