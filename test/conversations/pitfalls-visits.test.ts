// What people hit in other booking bots once a visit stands: old cards and links, cancellations that were none, whose visit it is.
import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCodedProduct } from '../support/coded-product.ts';
import { startMailServer } from '../support/mail-server.ts';
import { createPacedClock, hurried, type PacedClock } from '../support/paced-clock.ts';
import { type Heard, openPerson, type Person, type Seen, tapOf } from '../support/person.ts';
import { openProduct, type Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';

const publicUrl = 'https://visits.riverbend.example';
let clock: PacedClock;
let product: Product;
beforeEach(async () => {
  clock = hurried(createPacedClock('2025-02-17T15:00:00Z')); // a Monday, 10 AM in New York
  product = await openProduct({ clock, env: { PUBLIC_URL: publicUrl, RATE_ADDRESS_PER_MINUTE: '1000000' } });
});
afterEach(() => product.close());

let conversations = 0;
function meet(channelId = 'webchat'): Person {
  conversations += 1;
  return openPerson(product, { conversation: `visits-${conversations}`, channelId });
}
const words = (replies: readonly Heard[]): string => replies.map(({ whole }) => whole).join('\n');

/** Says all of it; what was said last is answered. */
async function through(person: Person, ...texts: readonly string[]): Promise<readonly Heard[]> {
  let replies: readonly Heard[] = [];
  for (const text of texts) {
    clock.pass(5_000);
    ({ replies } = await person.say(text));
  }
  return replies;
}
async function tap(person: Person, button: Seen | undefined): Promise<readonly Heard[]> {
  if (button?.mark === undefined) throw new Error('no such button');
  const [text, more] = tapOf(button);
  clock.pass(5_000);
  return (await person.say(text, more)).replies;
}
const button = (replies: readonly Heard[], label: string): Seen | undefined =>
  replies.flatMap(({ choices }) => choices).find((choice) => choice.label === label);

const booking = 'book a sick visit with Dr. Doe at Main Street on feb 25 at 9';
const annBishop = 'Ann Bishop 3/12/1984';
const toBooked = [booking, annBishop];

/** Visits of Ann Bishop's that stand, but for the one of the seed. */
async function rows(): Promise<readonly Row[]> {
  const all = await product.control.appointments();
  return all.filter(
    ({ patient, scheduled_time, status }) =>
      patient === 125651758 &&
      status !== 'Cancelled' &&
      status !== 'Complete' &&
      !scheduled_time.startsWith('2025-02-27'),
  );
}
const starts = async (): Promise<readonly string[]> =>
  (await rows()).map(({ scheduled_time }) => scheduled_time);
const patches = async (): Promise<number> =>
  (await product.control.calls()).filter(({ method }) => method === 'PATCH').length;

function event(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const first = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  return {
    method: calendar.getFirstPropertyValue('method'),
    status: first.component.getFirstPropertyValue('status'),
    uid: first.uid,
    sequence: first.sequence,
    start: String(first.startDate),
    hasZone: calendar.getFirstSubcomponent('vtimezone') !== null,
    summary: first.summary,
  };
}

describe.each(['webchat', 'msteams'])('row 6: buttons of old cards of visits, on %s', (channelId) => {
  test('none of them acts on a visit that was moved, kept, or called off since', async () => {
    const person = meet(channelId);
    await through(person, ...toBooked);
    await through(person, 'yes');
    const list = await through(person, 'my appointments');
    const act = await tap(person, button(list, 'Tue Feb 25, 9:00 AM, Dr. John Doe'));
    const toCancel = await tap(person, button(act, 'Cancel it'));
    const kept = await tap(person, button(toCancel, 'Keep it'));
    expect(words(kept)).toContain('Your visit is unchanged');
    const toMove = await through(person, 'move it to Friday at 10');
    expect(words(await tap(person, button(toMove, 'Move it')))).toContain('Your visit was moved.');
    await product.control.forgetCalls();
    for (const [shown, label] of [
      [toCancel, 'Cancel it'],
      [toCancel, 'Keep it'],
      [toMove, 'Move it'],
      [act, 'Cancel it'],
      [act, 'Move it'],
      [list, 'Tue Feb 25, 9:00 AM, Dr. John Doe'],
    ] as const)
      expect(words(await tap(person, button(shown, label)))).toMatch(
        /^(?:That step is over, so nothing was changed|I have your answer to that already)\./,
      );
    expect(await starts()).toEqual(['2025-02-21T10:00:00']);
    expect(await patches()).toBe(0);
  });

  test('"undo" is tapped once, and not after its minute', async () => {
    const person = meet(channelId);
    await through(person, ...toBooked);
    await through(person, 'yes', 'cancel it');
    const gone = await through(person, 'yes');
    expect(words(await tap(person, button(gone, 'Undo')))).toContain('Your visit stands again');
    expect(words(await tap(person, button(gone, 'Undo')))).not.toContain('stands again');
    await through(person, 'cancel it');
    const again = await through(person, 'yes');
    clock.pass(61_000);
    expect(words(await tap(person, button(again, 'Undo')))).toContain('the visit stays cancelled');
    expect(await starts()).toEqual([]);
  });

  test("of another person's chat: nothing is called off for either", async () => {
    const [one, other] = [meet(channelId), meet(channelId)];
    await through(one, ...toBooked);
    await through(one, 'yes');
    const toCancel = await through(one, 'cancel it');
    await through(other, 'my appointments', 'Robert Hale 9/14/1979', 'cancel it');
    await product.control.forgetCalls();
    expect(words(await tap(other, button(toCancel, 'Cancel it')))).toMatch(/^That step is over/);
    expect(await patches()).toBe(0);
    expect(await starts()).toEqual(['2025-02-25T09:00:00']);
  });
});

describe('row 12: yes is yes, of moves and cancellations, too', () => {
  test.each([
    ['webchat', 'yes'],
    ['webchat', 'Yes, please'],
    ['msteams', 'YES'],
    ['sms', '1'],
    ['sms', 'move it'],
  ])('on %s, "%s" moves to the time that was just read out', async (channelId, text) => {
    const person = meet(channelId);
    await through(person, ...toBooked);
    await through(person, channelId === 'sms' ? '1' : 'yes', 'move it to Friday at 10');
    expect(words(await through(person, text))).toMatch(/^Your visit was moved\.$/m);
    expect(await starts()).toEqual(['2025-02-21T10:00:00']);
  });

  test('lost to somebody else: said once, which one stands, and three near ones at most', async () => {
    const person = meet();
    await through(person, ...toBooked);
    await through(person, 'yes', 'move it to Friday at 10');
    await product.control.addAppointment({
      ...{ doctor: 511718, office: 123456, patient: 125651759, exam_room: 4, duration: 30 },
      scheduled_time: '2025-02-21T10:00:00',
    });
    const replies = await through(person, 'yes');
    expect(words(replies).match(/somebody else just took that time/g)).toHaveLength(1);
    expect(words(replies)).toContain(
      'Your visit is unchanged: Dr. John Doe, Tuesday, February 25, 2025 at 9:00 AM',
    );
    const offered = replies.flatMap(({ choices }) => choices).filter(({ label }) => /\d:\d\d/.test(label));
    expect([1, 2, 3]).toContain(offered.length);
    expect(await starts()).toEqual(['2025-02-25T09:00:00']);
  });

  const carriers = 'yes YES Yes. START UNSTOP STOP STOPALL CANCEL END QUIT REVOKE UNSUBSCRIBE HELP INFO';
  test.each(carriers.split(' '))(
    "the carrier's word %s, should it come through by SMS, moves and calls off nothing, and is answered",
    async (text) => {
      for (const wish of ['cancel it', 'move it to Friday at 10']) {
        const person = meet('sms');
        const claim = wish === 'cancel it' ? toBooked : [booking.replace('9', '11'), annBishop];
        await through(person, ...claim);
        await through(person, '1', wish);
        await product.control.forgetCalls();
        expect(words(await through(person, text)).trim()).not.toBe('');
        expect(await patches()).toBe(0);
      }
    },
  );
});

test('row 3: the time that a move or a cancellation frees is on offer again at once', async () => {
  const [person, other] = [meet(), meet()];
  await through(person, ...toBooked);
  await through(person, 'yes', 'move it to Friday at 10', 'yes');
  const toCheck = ['Robert Hale 9/14/1979'];
  expect(words(await through(other, booking, ...toCheck))).toContain('February 25, 2025 at 9:00 AM');
  expect(words(await through(other, 'yes'))).toContain('successfully booked');
  await through(person, 'cancel it', 'yes');
  const third = meet();
  const friday = booking.replace('feb 25 at 9', 'feb 21 at 10');
  expect(words(await through(third, friday, 'Wei Zhang 4/4/1988'))).toContain('Shall I book it?');
});

test('row 16: booked, moved, moved and called off: every link and button ever shown shows the present, and does nothing', async () => {
  const person = meet('msteams');
  const check = await through(person, ...toBooked);
  const steps: (readonly Heard[])[] = [check];
  const links: string[] = [];
  const say = async (text: string): Promise<readonly Heard[]> => {
    const replies = await through(person, text);
    steps.push(replies);
    links.push(...replies.flatMap((reply) => reply.links.map(({ url }) => url)));
    return replies;
  };
  const seen = async () => {
    const files = await Promise.all(
      links.map(async (url) => {
        const response = await fetch(url.replace(publicUrl, product.origin()));
        return { status: response.status, text: await response.text() };
      }),
    );
    expect(files.map(({ status }) => status)).toEqual(files.map(() => 200));
    return files.map(({ text }) => event(text));
  };
  await say('yes');
  const [first] = await seen();
  expect(first).toMatchObject({ start: '2025-02-25T09:00:00', status: 'CONFIRMED' });
  for (const [wish, start] of [
    ['move it to Friday at 10', '2025-02-21T10:00:00'],
    ['move it to feb 20 at 11', '2025-02-20T11:00:00'],
  ] as const) {
    await say(wish);
    expect(words(await say('yes'))).toContain('Your visit was moved.');
    for (const one of await seen())
      expect(one).toMatchObject({ start, status: 'CONFIRMED', uid: first?.uid });
  }
  await say('cancel it');
  expect(words(await say('yes'))).toContain('Your visit is cancelled');
  expect(links.length).toBe(3);
  const last = await seen();
  for (const one of last) expect(one).toMatchObject({ status: 'CANCELLED', uid: first?.uid });
  for (const one of last) expect(one.sequence).toBeGreaterThan(first?.sequence ?? 0);
  clock.pass(61_000);
  await product.control.forgetCalls();
  const buttons = steps.flat().flatMap(({ choices }) => choices);
  expect(buttons.length).toBeGreaterThan(10);
  for (const old of buttons.filter(({ label }) => !label.startsWith('Book'))) await tap(person, old);
  await through(person, 'stop');
  expect(await patches()).toBe(0);
  expect(await starts()).toEqual([]);
});

test('row 17: booked, moved, called off by mail: one event, REQUEST, REQUEST, CANCEL, each above the last, and it tells nothing', async () => {
  const mail = await startMailServer();
  const env = { NOTIFY: 'email', MAIL_FROM: 'desk@riverbend.example', SMTP_URL: mail.url() };
  await product.close();
  product = await openProduct({ clock, env: { ...env, RATE_ADDRESS_PER_MINUTE: '1000000' } });
  const arrived = async (count: number): Promise<void> => {
    const until = performance.now() + 15_000;
    while (mail.mails.length < count && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(mail.mails.length).toBe(count);
  };
  const person = meet();
  await through(person, ...toBooked);
  await arrived(1);
  const code = /\b\d{6}\b/.exec(mail.mails[0]?.text ?? '')?.[0] ?? 'no code';
  expect(words(await through(person, code))).toContain('Shall I book it?');
  await through(person, 'yes');
  await arrived(2);
  await through(person, 'move it to Friday at 10', 'yes');
  await arrived(3);
  await through(person, 'cancel it', 'yes');
  // Told once it can no longer be taken back, or at once: either way it is one.
  clock.pass(120_000);
  await arrived(4);
  const events = mail.mails.slice(1).map(({ attachments }) => {
    const file = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
    const content = file?.content ?? '';
    return event(typeof content === 'string' ? content : new TextDecoder().decode(content));
  });
  expect(events.map(({ method, start }) => [method, start])).toEqual([
    ['REQUEST', '2025-02-25T09:00:00'],
    ['REQUEST', '2025-02-21T10:00:00'],
    ['CANCEL', '2025-02-21T10:00:00'],
  ]);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(1);
  const sequences = events.map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
  for (const { hasZone, summary } of events) expect([hasZone, summary]).toEqual([true, 'Appointment']);
  for (const { text, html, subject } of mail.mails)
    expect(`${subject} ${text} ${html}`).not.toMatch(/sick|family practitioner/i);
  await mail.close();
});

describe('row 18: what was not called off is never said to be', () => {
  test.each([
    ['status', { effect: 'status', status: 500 }],
    ['drop', { effect: 'drop' }],
    ['truncate', { effect: 'garbage' }],
  ] as const)('the EHR fails at the change (%s)', async (_, fault) => {
    const person = meet();
    await through(person, ...toBooked);
    await through(person, 'yes', 'cancel it');
    await product.control.fault({ method: 'PATCH', path: '/api/appointments', times: 0, ...fault });
    const said = words(await through(person, 'yes'));
    const stands = (await starts()).length === 1;
    if (said.includes('Your visit is cancelled')) expect(stands).toBe(false);
    else expect(said).toMatch(/Your visit is unchanged|I could not find out whether that was done/);
    if (said.includes('Your visit is unchanged')) expect(stands).toBe(true);
  });

  test.each([
    ['an odd length', { duration: 37 }, true],
    ['no kind of visit', { profile: null }, true],
    ['confirmed', { status: 'Confirmed' }, true],
    ['not confirmed', { status: 'Not Confirmed' }, true],
    ["a status of the practice's own", { status: 'Left message' }, false],
    ['already there', { status: 'Arrived' }, false],
  ] as const)('%s', async (_, fields, isPossible) => {
    const person = meet();
    await product.control.addAppointment({
      ...{ doctor: 511718, office: 123456, patient: 125651758, exam_room: 4, duration: 30 },
      ...{ scheduled_time: '2025-02-20T09:00:00', ...fields },
    });
    await through(person, 'cancel my visit on feb 20', annBishop);
    const said = words(await through(person, 'yes'));
    expect(said.includes('Your visit is cancelled')).toBe(isPossible);
    expect(await starts()).toHaveLength(isPossible ? 0 : 1);
  });
});

describe('row 20: whose visit it is', () => {
  test('a move onto another visit of their own is refused, and said to be', async () => {
    const person = meet();
    await through(person, ...toBooked);
    await through(person, 'yes', booking.replace('feb 25 at 9', 'feb 21 at 10'), 'yes');
    const said = words(await through(person, 'move my visit on feb 25 to feb 21 at 10', 'yes'));
    expect(said).not.toContain('Your visit was moved');
    expect([...(await starts())].sort()).toEqual(['2025-02-21T10:00:00', '2025-02-25T09:00:00']);
  });

  test('twins of one phone, a father and a son of one name: each sees their own visits only', async () => {
    for (const [claim, doctor, own, others] of [
      ['Noah Castellano 6/2/2016', 'Dr. Priya Raman', '10:30 AM', '11:00 AM'],
      ['Emma Castellano 6/2/2016', 'Dr. Priya Raman', '11:00 AM', '10:30 AM'],
      ['Robert Hale 1/30/1951', 'Dr. Maria Alvarez', '11:00 AM', '8:30 AM'],
      ['Robert Hale 9/14/1979', 'Dr. John Doe', '8:30 AM', '11:00 AM'],
    ] as const) {
      const said = words(await through(meet(), 'my appointments', claim));
      expect(said).toContain(doctor);
      expect(said).toContain(own);
      expect(said).not.toContain(others);
    }
  });

  test('two charts of one name and birth date: none is picked, none is made, and the words are those for everybody', async () => {
    const coded = await openCodedProduct();
    try {
      const texts = await coded.texts();
      const said: string[][] = [];
      for (const claim of [
        'Katherine Brennan 9/9/1982',
        'Nora Nobody 9/9/1982',
        'Katherine Brennann 9/9/1982',
      ])
        said.push([
          await coded.say(claim, 'cancel my appointment'),
          await coded.say(claim, claim),
          await coded.say(claim, '123456'),
          await coded.say(claim, 'I have no code'),
        ]);
      expect(said[1]).toEqual(said[0]);
      expect(said[2]).toEqual(said[0]);
      expect(await coded.texts()).toBe(texts);
      const calls = await coded.product.control.calls();
      expect(calls.filter(({ method, path }) => method === 'POST' && path.includes('patients'))).toEqual([]);
    } finally {
      await coded.product.close();
    }
  });
});

describe('rows 13 and 14: texts', () => {
  test('one for each change that was made, none of an older state, and none tells why or with what kind of doctor', async () => {
    const coded = await openCodedProduct();
    try {
      const { say, identify } = coded;
      await say('a', 'book a sick visit with Dr. Doe at Main Street on march 17 at 9');
      expect(await identify('a', annBishop)).toContain('Shall I book it?');
      const bodies = async () => (await coded.product.control.texts()).slice(1).map(({ body }) => body);
      const settled = async (count: number) => {
        const until = performance.now() + 15_000;
        while ((await bodies()).length < count && performance.now() < until)
          await new Promise((resolve) => setTimeout(resolve, 20));
        await new Promise((resolve) => setTimeout(resolve, 200));
        return bodies();
      };
      await say('a', 'yes');
      expect(await settled(1)).toEqual([expect.stringMatching(/Mar(?:ch)? 17/)]);
      for (const text of ['move it to march 19 at 11', 'yes']) await say('a', text);
      expect(await settled(2)).toEqual([expect.anything(), expect.stringMatching(/Mar(?:ch)? 19/)]);
      for (const text of ['move it to march 20 at 9:30', 'yes', 'cancel it', 'yes']) await say('a', text);
      const all = await settled(3);
      expect(all.length).toBeLessThanOrEqual(4);
      expect(all.at(-1)).toContain('you have no appointment any more on Fri, Mar 20');
      for (const body of all) {
        expect(body).toContain('555-0100');
        expect(body).not.toMatch(/sick|bishop|practitioner/i);
      }
    } finally {
      await coded.product.close();
    }
  });
});
