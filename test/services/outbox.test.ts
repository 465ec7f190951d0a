// The outbox as a table of what can go wrong between owing a message and its arrival: real store, real time from a fake clock, a notifier that misbehaves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookingDocument, readBooking, storeIndexes } from '../../services/documents.ts';
import {
  appointmentId,
  type Booking,
  bookingId,
  type Contact,
  fail,
  type MessageChannel,
  type MessageKind,
  type Notice,
  type NotifyError,
  ok,
} from '../../services/domain.ts';
import { createOutbox, type OutboxDeps } from '../../services/outbox.ts';
import { createOwe, deadLetters, readOwed } from '../../services/owed.ts';
import type { EhrError, Log, Notifier, Store } from '../../services/ports.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { sampleFacts } from '../support/sample-booking.ts';
import { sampleContact } from '../support/sample-notice.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';

const minute = 60_000;
const hour = 60 * minute;
/** A week before the sample visit. */
const now = '2026-02-24T14:00:00Z';

let folder: string;
let store: Store;
let clock: TestClock;
let lines: string[];
let sent: { readonly channel: MessageChannel; readonly notice: Notice }[];
/** What the other side says to the next tries; `well` when it has said all. */
let answers: (NotifyError | 'well' | 'dies' | (() => Promise<void>))[];
let contact: Contact | EhrError;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bookadoc-outbox-'));
  clock = createTestClock(now);
  [lines, sent, answers, contact] = [[], [], [], sampleContact];
  await openStore();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const note: Log['info'] = (event, fields) => lines.push(JSON.stringify({ event, ...fields }));
const log: Log = { info: note, warn: note, error: note };

async function openStore(): Promise<void> {
  const opened = await openJsonStore({ folder, indexes: storeIndexes, clock, log });
  if (!opened.ok) throw new Error('store did not open');
  store = opened.value;
}

/** Codes do not go through the outbox. */
const sendCode = async (): Promise<never> => {
  throw new Error('a code was sent');
};

const notifierOf = (channel: MessageChannel): Notifier => ({
  channel,
  async send(notice) {
    const answer = answers.shift() ?? 'well';
    if (answer === 'dies') throw new Error('the process died here');
    if (typeof answer === 'function') await answer();
    else if (answer !== 'well') return fail(answer);
    sent.push({ channel, notice });
    return ok(undefined);
  },
  sendCode,
});

const outbox = (channels: readonly MessageChannel[] = ['email', 'sms'], more: Partial<OutboxDeps> = {}) =>
  createOutbox({
    store,
    clock,
    log,
    ehr: {
      contact: async () => ('kind' in contact ? fail(contact) : ok(contact)),
      offices: async () => ok([]),
    },
    notifiers: channels.map(notifierOf),
    bookingNow: async (id) => {
      const kept = await store.get('booking', id);
      return kept === undefined ? undefined : readBooking(kept);
    },
    ...more,
  });

const facts = (id: string) => ({ ...sampleFacts, id: bookingId(id), ref: `ref-${id}` });
const confirmed = (id = 'b') =>
  ({ ...facts(id), status: 'confirmed', appointment: appointmentId(`7${id}`) }) as const;
const cancelled = (id = 'b') =>
  ({ ...facts(id), status: 'cancelled', appointment: appointmentId(`7${id}`), by: 'practice' }) as const;

/** Writes a booking's next state and owes its message, in one batch. */
async function become(
  booking: Extract<Booking, { status: 'confirmed' | 'cancelled' }>,
  about: MessageKind,
  channels: readonly MessageChannel[] = ['email', 'sms'],
): Promise<void> {
  const version = (await store.get('booking', booking.id))?.version ?? 0;
  const document = bookingDocument(booking);
  const written = await store.batch([
    { op: 'put', kind: 'booking', id: booking.id, document },
    ...createOwe(channels, clock)(about, booking, version + 1),
  ]);
  if (!written.ok) throw new Error(written.error.kind);
}

const messages = async () => (await store.all('message')).map((kept) => ({ id: kept.id, ...readOwed(kept) }));
const statuses = async () =>
  (await messages()).map(({ channel, about, status }) => `${channel} ${about} ${status}`).sort();
const toldOf = () => sent.map(({ channel, notice }) => `${channel} ${notice.about} ${notice.version}`);
/** Runs the outbox again and again while time passes. */
async function pass(ms: number, stepMs = minute, box = outbox()): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    clock.advance(stepMs);
    await box.run();
  }
}

describe('a message owed', () => {
  it('goes out once on each channel, and is kept without a contact', async () => {
    await become(confirmed(), 'booked');
    await outbox().run();
    await pass(2 * hour);
    expect(toldOf().sort()).toEqual(['email booked 1', 'sms booked 1']);
    expect(sent[0]?.notice).toMatchObject({ ref: 'ref-b', startsAt: sampleFacts.startsAt });
    expect(JSON.stringify(await messages())).not.toMatch(/ada|example|555/i);
    expect(lines.join('')).not.toMatch(/ada|example|555|Doe|2026-03/i);
  });

  it('has one document for (appointment, version, kind, channel), whoever owes it how often', async () => {
    const owe = createOwe(['email', 'sms'], clock);
    const ids = [owe('booked', confirmed(), 1), owe('booked', confirmed(), 1), owe('changed', confirmed(), 2)]
      .flat()
      .flatMap((op) => ('id' in op ? [op.id] : []));
    expect([...new Set(ids)]).toEqual([
      'owed|7b|1|booked|email',
      'owed|7b|1|booked|sms',
      'owed|7b|2|changed|email',
      'owed|7b|2|changed|sms',
    ]);
    expect(createOwe([], clock)('booked', confirmed(), 1)).toEqual([]);
  });

  it('is sent in the order in which it was owed', async () => {
    for (const id of ['c', 'a', 'b']) {
      await become(confirmed(id), 'booked', ['email']);
      clock.advance(1);
    }
    await outbox(['email']).run();
    expect(sent.map(({ notice }) => notice.ref)).toEqual(['ref-c', 'ref-a', 'ref-b']);
  });

  it('pitfall 13: two workers and a restart at the instant of sending send each once', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await become(confirmed(id), 'booked');
    const pause = async () => clock.sleep(1);
    answers = Array.from({ length: 8 }, () => pause);
    await Promise.all([outbox().run(), outbox().run(), outbox().run()]);
    await store.close();
    await openStore();
    await Promise.all([outbox().run(), outbox().run()]);
    await pass(hour);
    expect(sent).toHaveLength(8);
    expect(new Set(sent.map(({ channel, notice }) => channel + notice.ref)).size).toBe(8);
  });
});

describe('a crash between claim and end', () => {
  it.each<[channel: MessageChannel, after: readonly string[]]>([
    ['email', ['email booked sent']],
    ['sms', ['sms booked dead']],
  ])('%s: nothing for ten minutes, then a mail goes again and a text does not', async (channel, after) => {
    await become(confirmed(), 'booked', [channel]);
    answers = ['dies'];
    await outbox([channel]).run();
    await store.close();
    await openStore();
    await pass(9 * minute, minute, outbox([channel]));
    expect(await statuses()).toEqual([`${channel} booked claimed`]);
    await pass(hour, minute, outbox([channel]));
    expect(await statuses()).toEqual(after);
    expect(sent).toHaveLength(channel === 'email' ? 1 : 0);
    expect(await deadLetters(store)).toBe(channel === 'email' ? 0 : 1);
  });

  it('again and again for a day: a dead letter', async () => {
    await become(confirmed(), 'booked', ['email']);
    answers = Array.from({ length: 1000 }, () => 'dies' as const);
    await pass(25 * hour, 5 * minute, outbox(['email']));
    expect(await statuses()).toEqual(['email booked dead']);
  });

  it('before the claim leaves the message owed: a text goes out', async () => {
    await become(confirmed(), 'booked', ['sms']);
    const dying = outbox(['sms'], {
      ehr: { contact: () => Promise.reject(new Error('died')), offices: async () => ok([]) },
    });
    await dying.run();
    await outbox(['sms']).run();
    expect(toldOf()).toEqual(['sms booked 1']);
  });
});

describe('the other side', () => {
  const down: NotifyError = { kind: 'unavailable', code: 'ESOCKET' };

  it('away: the others are not tried in the same round', async () => {
    for (const id of ['a', 'b', 'c']) await become(confirmed(id), 'booked', ['email']);
    answers = [down, down, down];
    await outbox(['email']).run();
    expect(answers).toHaveLength(2);
  });

  it('down for hours, then up: everything arrives, and is tried at lengthening pauses', async () => {
    for (const id of ['a', 'b']) await become(confirmed(id), 'booked', ['email']);
    answers = Array.from({ length: 12 }, () => down);
    await pass(10 * hour, minute, outbox(['email']));
    expect(toldOf()).toEqual(['email booked 1', 'email booked 1']);
    expect(answers).toEqual([]);
    expect(await deadLetters(store)).toBe(0);
  });

  it('down for more than a day: a dead letter, said in the log with how many there are', async () => {
    await become(confirmed(), 'booked', ['email']);
    answers = Array.from({ length: 100 }, () => down);
    await pass(30 * hour, 10 * minute, outbox(['email']));
    expect(await statuses()).toEqual(['email booked dead']);
    expect(lines.filter((line) => line.includes('not delivered'))).toEqual([
      '{"event":"message not delivered","ref":"ref-b","kind":"booked","channel":"email","reason":"unavailable","code":"ESOCKET","count":1}',
    ]);
    expect(100 - answers.length).toBeLessThan(40);
  });

  it.each<[what: string, channel: MessageChannel, answer: NotifyError, status: string]>([
    ['refuses for good (550)', 'email', { kind: 'refused', code: '550' }, 'dead'],
    ['refuses for good (21211)', 'sms', { kind: 'refused', code: '21211' }, 'dead'],
    ['knows that the person wants none', 'sms', { kind: 'opted-out' }, 'dropped'],
    ['has no address', 'email', { kind: 'no-address' }, 'dropped'],
    ['cut the line after a text', 'sms', { kind: 'unknown', code: 'ECONNRESET' }, 'dead'],
    ['cut the line after a mail', 'email', { kind: 'unknown', code: 'ECONNECTION' }, 'sent'],
  ])('%s: %s is %s', async (_, channel, answer, status) => {
    await become(confirmed(), 'booked', [channel]);
    answers = [answer];
    await outbox([channel]).run();
    await pass(2 * hour, minute, outbox([channel]));
    expect(await statuses()).toEqual([`${channel} booked ${status}`]);
    expect(sent).toHaveLength(status === 'sent' ? 1 : 0);
    expect(await deadLetters(store)).toBe(status === 'dead' ? 1 : 0);
  });

  it('a channel that is away does not hold up the other', async () => {
    await become(confirmed(), 'booked');
    const failing: Notifier = { channel: 'email', send: async () => fail(down), sendCode };
    await outbox([], { notifiers: [failing, notifierOf('sms')] }).run();
    expect(toldOf()).toEqual(['sms booked 1']);
  });

  it('an EHR that does not tell the contact now is asked again; a chart that is gone is a dead letter', async () => {
    await become(confirmed(), 'booked', ['email']);
    contact = { kind: 'throttled', retryAfterSeconds: 900 };
    await outbox(['email']).run();
    contact = sampleContact;
    await pass(14 * minute, minute, outbox(['email']));
    expect(sent).toEqual([]);
    await pass(2 * minute, minute, outbox(['email']));
    expect(toldOf()).toEqual(['email booked 1']);

    await become(confirmed('z'), 'booked', ['email']);
    contact = { kind: 'not-found' };
    await outbox(['email']).run();
    expect(await deadLetters(store)).toBe(1);
  });

  it('a message that cannot be dealt with does not stop the others', async () => {
    await store.insert('message', 'owed|bad', {
      status: 'owed',
      channel: 'email',
      at: now.replace('Z', '.000Z'),
    });
    await become(confirmed(), 'booked', ['email']);
    await outbox(['email']).run();
    expect(toldOf()).toEqual(['email booked 1']);
  });
});

describe('pitfall 14: what is no longer true is not sent', () => {
  it('cancelled a second before its turn: only the cancellation goes out', async () => {
    await become(confirmed(), 'booked');
    await become(cancelled(), 'cancelled');
    await outbox().run();
    await pass(hour);
    expect(toldOf().sort()).toEqual(['email cancelled 2', 'sms cancelled 2']);
    expect((await statuses()).filter((status) => status.endsWith('dropped'))).toHaveLength(2);
  });

  it('cancelled between the claim and the sending: nothing of the old version goes out', async () => {
    await become(confirmed(), 'booked', ['email']);
    const offices = async () => {
      await become(cancelled(), 'cancelled', ['email']);
      return ok([]);
    };
    const racing = outbox(['email'], { ehr: { contact: async () => ok(sampleContact), offices } });
    await racing.run();
    expect(toldOf()).toEqual([]);
    await pass(minute, minute, outbox(['email']));
    expect(toldOf()).toEqual(['email cancelled 2']);
  });

  it('cancelled while the confirmation is on its way: another worker waits, and tells it after', async () => {
    await become(confirmed(), 'booked', ['email']);
    let other: Promise<void> = Promise.resolve();
    answers = [
      async () => {
        await become(cancelled(), 'cancelled', ['email']);
        other = outbox(['email']).run();
        await Promise.race([other, new Promise((resolve) => setTimeout(resolve, 150))]);
      },
    ];
    await outbox(['email']).run();
    await other;
    expect(toldOf()).toEqual(['email booked 1', 'email cancelled 2']);
  });

  it('moved: the change is told, the first time is not', async () => {
    await become(confirmed(), 'booked', ['email']);
    await become({ ...confirmed(), startsAt: '2026-03-04T15:00:00.000Z' }, 'changed', ['email']);
    await outbox(['email']).run();
    expect(toldOf()).toEqual(['email changed 2']);
    expect(sent[0]?.notice.startsAt).toBe('2026-03-04T15:00:00.000Z');
  });

  it('booked again at the same time: the cancellation that had not gone out is dropped', async () => {
    await become(cancelled(), 'cancelled', ['email']);
    await become(confirmed(), 'booked', ['email']);
    await outbox(['email']).run();
    expect(toldOf()).toEqual(['email booked 2']);
  });

  it('a mail that waits for its server is dropped when the visit is gone', async () => {
    await become(confirmed(), 'booked', ['email']);
    answers = [{ kind: 'unavailable', code: 'ESOCKET' }];
    await outbox(['email']).run();
    await become(cancelled(), 'cancelled', ['email']);
    await pass(hour, minute, outbox(['email']));
    expect(toldOf()).toEqual(['email cancelled 2']);
  });

  it('no booking at all', async () => {
    await become(confirmed(), 'booked', ['email']);
    await store.remove('booking', 'b');
    await outbox(['email']).run();
    expect(await statuses()).toEqual(['email booked dropped']);
  });
});

it('pitfall 15: the process was down until after the visit: dropped, with the reason in the log', async () => {
  await become(confirmed(), 'booked');
  clock.set(sampleFacts.startsAt);
  await outbox().run();
  expect(sent).toEqual([]);
  expect(lines.filter((line) => line.includes('"reason":"past"'))).toHaveLength(2);
});

it('pitfall 15: down for three hours, the visit still ahead: told late, and told once', async () => {
  await become(confirmed(), 'booked', ['email']);
  clock.advance(3 * hour);
  await outbox(['email']).run();
  await pass(hour, minute, outbox(['email']));
  expect(toldOf()).toEqual(['email booked 1']);
});

it.each([
  ['at once at night, to a patient who has just booked', '2026-02-25T03:00:00Z', 0, '2026-02-25T03:00'],
  ['not at night, where Twilio was away in the evening', '2026-02-25T01:50:00Z', 4, '2026-02-25T13:'],
  ['by day, as soon as Twilio is back', '2026-02-24T15:00:00Z', 4, '2026-02-24T15:'],
])('a text goes out %s', async (_, bookedAt, failures, sentAt) => {
  clock.set(bookedAt);
  await become({ ...confirmed(), timeZone: 'America/New_York' }, 'booked', ['sms']);
  answers = Array.from({ length: failures }, () => ({ kind: 'unavailable', code: '20429' }) as const);
  const box = outbox(['sms']);
  const at: string[] = [];
  for (let passed = 0; passed < 24 * 60 && at.length === 0; passed += 1) {
    await box.run();
    if (sent.length > 0) at.push(new Date(clock.now()).toISOString());
    clock.advance(minute);
  }
  expect(at[0]).toContain(sentAt);
});

it('stops after the message that is being sent, which ends well', async () => {
  for (const id of ['a', 'b']) await become(confirmed(id), 'booked', ['email']);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    answers = [
      async () => {
        resolve();
        await held;
      },
    ];
  });
  const stop = outbox(['email']).start();
  await begun;
  const stopped = stop();
  release();
  await stopped;
  expect(await statuses()).toEqual(['email booked owed', 'email booked sent']);
});

it('whatever happens in whatever order: no text twice, no mail twice but after a line cut, and nothing of an old version', async () => {
  const event = fc.constantFrom('book', 'cancel', 'run', 'run twice', 'minute', 'eleven minutes', 'restart');
  const reply = fc.constantFrom<NotifyError | 'well' | 'dies'>(
    ...(['well', 'well', 'dies'] as const),
    { kind: 'unavailable', code: '451' },
    { kind: 'unknown', code: 'CUT' },
    { kind: 'refused', code: '550' },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 14 }),
      fc.array(reply, { maxLength: 8 }),
      async (events, replies) => {
        const id = bookingId(`p${clock.now()}`);
        [sent, answers] = [[], [...replies]];
        const mayRepeat = replies.some((one) => one === 'dies' || (one !== 'well' && one.kind === 'unknown'));
        for (const what of events) {
          const told = sent.length;
          if (what === 'book') await become(confirmed(id), 'booked');
          if (what === 'cancel') await become(cancelled(id), 'cancelled');
          if (what === 'run') await outbox().run();
          if (what === 'run twice') await Promise.all([outbox().run(), outbox().run()]);
          clock.advance(what === 'minute' ? minute : what === 'eleven minutes' ? 11 * minute : 1);
          if (what === 'restart') {
            await store.close();
            await openStore();
          }
          const version = (await store.get('booking', id))?.version;
          for (const { notice } of sent.slice(told)) expect(notice.version).toBe(version);
        }
        const mails = toldOf().filter((one) => one.startsWith('email'));
        const texts = toldOf().filter((one) => one.startsWith('sms'));
        expect(new Set(texts).size).toBe(texts.length);
        if (!mayRepeat) expect(new Set(mails).size).toBe(mails.length);
        // The next sequence begins with nothing owed: late texts wait for the morning.
        answers = [];
        await pass(26 * hour, hour);
        clock.advance(minute);
      },
    ),
    { numRuns: 60 },
  );
});
