// Whole conversations over HTTP with the whole product: sandbox practice, adapter, store, dialogs, channels. Every reply of every turn.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunningClock, openProduct, type Product } from '../support/product.ts';
import type { Row } from '../support/sandbox-control.ts';
import { play } from '../support/transcript.ts';

let product: Product;
beforeEach(async () => {
  // Monday, February 17, 2025, 10 AM in New York.
  product = await openProduct({ clock: createRunningClock('2025-02-17T15:00:00Z') });
});
afterEach(() => product.close());

/** One person's conversation on a channel; a reply reads as its text, then its buttons in brackets. */
const on = (channelId: string) => ({
  async say(text: string): Promise<readonly string[]> {
    const said = await product.say(`one-${channelId}`, text, channelId);
    return said.map((reply) =>
      reply.buttons.length === 0 ? reply.text : `${reply.text}\n[${reply.buttons.join(' | ')}]`,
    );
  },
});

/** Live visits that Bookadoc made. */
async function ours(): Promise<readonly Row[]> {
  const rows = await product.control.appointments();
  return rows.filter(
    (row) => row.notes.startsWith('Bookadoc ') && row.status !== 'Cancelled' && !row.deleted_flag,
  );
}

const greeting = `< Hello! I am the booking assistant of Riverbend Family Practice. I can book a doctor's appointment for you, and show, move or cancel your visits. (También hablo español: escriba "español".)
  I keep what you write for 30 days, and your visits while the practice keeps its records. Write "my data" to see or delete it.`;

const dayQuestion = `Which day suits you? You can also write a day, like "next Friday". All times are in Eastern Time.
  [Tue Feb 18 | Thu Feb 20 | Fri Feb 21 | Tue Feb 25 | Thu Feb 27 | Fri Feb 28 | More]`;

const toDay = `
  > hello
  ${greeting}
  [Book an appointment]
  > Book an appointment
  < Who is the appointment for? Please write the first and last name.
  > Ann Bishop
  < What is the date of birth? Please write month, day and year, like 03/25/1980.
  > 3/12/1984
  < Thank you, Ann.
  Which office would you like to visit?
  [Main Street | Lakeside | Northgate]
  > Main Street
  < Which doctor would you like to see?
  [Dr. John Doe | Dr. Maria Alvarez | Dr. Priya Raman | Dr. Daniel Kowalski]
  > Dr. John Doe
  < What kind of visit is it?
  [Follow-up visit | Sick visit | Annual physical | New patient visit]
  > Sick visit
  < ${dayQuestion}`;

const timeQuestion = `What time on Tue Feb 25?
  [8:00 AM | 8:30 AM | 9:00 AM | 9:30 AM | 10:00 AM | 10:30 AM | More | Another day]`;

const confirmQuestion = (time: string): string => `Please check your appointment:
  For: Ann Bishop
  With: Dr. John Doe
  Where: Main Street, 12 Main Street, Albany
  Visit: Sick visit
  When: Tuesday, February 25, 2025 at ${time} (Eastern Time)
  Shall I book it?
  [Book it | Change something]`;

const booked = (time: string, reference: string): string => `Your appointment has been successfully booked.
  With: Dr. John Doe
  When: Tuesday, February 25, 2025 at ${time} (Eastern Time)
  Where: Main Street, 12 Main Street, Albany
  Reference: ${reference}
  [Book another appointment]`;

const toConfirm = `${toDay}
  > feb 25
  < ${timeQuestion}
  > Tue Feb 25, 9:00 AM
  < ${confirmQuestion('9:00 AM')}`;

const firstReference = '342545051';

test('the golden path in the web chat: EHR, call log, store, words and data agree', async () => {
  await product.control.forgetCalls();
  await play(on('webchat'), toConfirm);
  const [confirmed] = await product.say('one-webchat', 'Book it');
  expect(confirmed?.text).toBe(
    booked('9:00 AM', firstReference)
      .split('\n')
      .slice(0, -1)
      .map((line) => line.trim())
      .join('\n'),
  );
  expect(confirmed?.data).toEqual({
    message: 'Your appointment has been successfully booked.',
    appointmentDetails: {
      appointmentId: firstReference,
      date: '02/25/2025',
      time: '09:00 AM',
      provider: 'Dr. John Doe',
    },
  });
  const calls = await product.control.calls();
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/patients',
    'GET /api/availability',
    'POST /api/appointments',
    'GET /api/appointments',
  ]);
  expect(calls[0]?.query).toEqual({ date_of_birth: '1984-03-12' });
  expect(await ours()).toMatchObject([
    {
      id: firstReference,
      doctor: 511718,
      office: 123456,
      scheduled_time: '2025-02-25T09:00:00',
      duration: 30,
    },
  ]);
});

test('the golden path by SMS: numbers all the way, and no word that belongs to the carrier', async () => {
  await play(
    on('sms'),
    `
  > book
  < Hello! I book visits at Riverbend Family Practice. Words that work here: "my visits", "back", "start over", "person", "español".
  I keep what you write for 30 days, and your visits while the practice keeps its records. Write "my data" to see or delete it.
  Who is the appointment for? Please write the first and last name.
  > Robert Hale
  < What is the date of birth? Please write month, day and year, like 03/25/1980.
  > 9/14/1979
  < Thank you, Robert.
  Which office would you like to visit?
  1 Main Street
  2 Lakeside
  3 Northgate
  > 3
  < Which doctor would you like to see?
  1 Dr. Samuel Okafor
  2 Dr. Helen Alvarez
  > 1
  < What kind of visit is it?
  1 Follow-up visit
  2 Sick visit
  3 Annual physical
  4 New patient visit
  > 2
  < Which day suits you? You can also write a day, like "next Friday". All times are in Central Time.
  1 Mon Feb 17
  2 Tue Feb 18
  3 Wed Feb 19
  4 Thu Feb 20
  0 more
  > 2
  < What time on Tue Feb 18?
  1 Tue Feb 18, 8:00 AM
  2 Tue Feb 18, 8:30 AM
  3 Tue Feb 18, 9:00 AM
  4 Another day
  0 more
  > 2
  < Please check your appointment:
  For: Robert Hale
  With: Dr. Samuel Okafor
  Where: Northgate, 2210 Ridge Road, Evanston
  Visit: Sick visit
  When: Tuesday, February 18, 2025 at 8:30 AM (Central Time)
  Shall I book it?
  1 Book it
  2 Change something
  > 1
  < Your appointment has been successfully booked.
  With: Dr. Samuel Okafor
  When: Tuesday, February 18, 2025 at 8:30 AM (Central Time)
  Where: Northgate, 2210 Ridge Road, Evanston
  Reference: ${firstReference}
  1 Book another appointment`,
  );
  expect(await ours()).toMatchObject([{ id: firstReference, scheduled_time: '2025-02-18T08:30:00' }]);
});

test('taken by the front desk between offer and confirm: the nearest free times, and one of them books', async () => {
  await play(on('webchat'), toConfirm);
  await product.control.addAppointment({
    doctor: 511718,
    office: 123456,
    patient: 125651759,
    exam_room: 4,
    scheduled_time: '2025-02-25T09:00:00',
    duration: 30,
  });
  await play(
    on('webchat'),
    `
  > yes
  < I am sorry, somebody else just took that time. Nothing was booked. These are the closest ones:
  [Tue Feb 25, 8:00 AM | Tue Feb 25, 8:30 AM | Tue Feb 25, 9:30 AM | Another day]
  > 9:30
  < ${confirmQuestion('9:30 AM')}`,
  );
  const [confirmed] = await product.say('one-webchat', 'yes');
  expect(confirmed?.text).toContain('successfully booked');
  expect(await ours()).toMatchObject([{ scheduled_time: '2025-02-25T09:30:00' }]);
});

test('the EHR is down: said so, nothing is lost, and the same choice works when it is back', async () => {
  await play(
    on('webchat'),
    toDay
      .split('\n')
      .slice(
        0,
        toDay.split('\n').findIndex((line) => line.includes('> Sick visit')),
      )
      .join('\n'),
  );
  await product.control.fault({ path: '/api/', effect: 'status', status: 503, times: 0 });
  await play(
    on('webchat'),
    `
  > Sick visit
  < I cannot reach the practice's calendar right now. Nothing was booked, and I kept your answers. Please try again in a few minutes, or call (518) 555-0112.
  [Try again]`,
  );
  await product.control.clearFaults();
  // Browsing rests five seconds after five failures in a row.
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  await play(
    on('webchat'),
    `
  > Try again
  < ${dayQuestion}`,
  );
});

test('the reply is lost after the commit: found by its reference, booked once, said so', async () => {
  await play(on('webchat'), toConfirm);
  await product.control.fault({
    method: 'POST',
    path: '/api/appointments',
    effect: 'commit-then-drop',
  });
  await play(
    on('webchat'),
    `
  > yes
  < ${booked('9:00 AM', firstReference)}`,
  );
  expect(await ours()).toHaveLength(1);
});

test('nobody knows whether it was booked: said so, never posted again', { timeout: 30_000 }, async () => {
  await play(on('webchat'), toConfirm);
  await product.control.fault({ method: 'POST', path: '/api/appointments', effect: 'status', status: 500 });
  await product.control.forgetCalls();
  await play(
    on('webchat'),
    `
  > yes
  < I could not confirm whether your appointment is booked. Please do not book it again: I am checking, and I will tell you here at your next message. If you want to be sure now, call (518) 555-0112.
  > so, is it booked?
  < I am still checking your last appointment and will tell you here. Please do not book it again. To be sure now, call 555-0100.`,
  );
  const posts = (await product.control.calls()).filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
});

test('a restart in mid-conversation goes on at the same question', async () => {
  await play(on('webchat'), toConfirm);
  await product.restart();
  await play(
    on('webchat'),
    `
  > hm?
  < I book only when you clearly say so.
  ${confirmQuestion('9:00 AM')}
  > yes
  < ${booked('9:00 AM', firstReference)}`,
  );
  await product.restart();
  expect(await ours()).toHaveLength(1);
});

test('no chart, a wrong birth date and two charts sound alike; after three tries the phone', async () => {
  const sameWords = `< I could not find a chart with that name and date of birth. Please check both and try again, or call 555-0100.
  Who is the appointment for? Please write the first and last name.`;
  await product.control.addPatients(
    ['Dora', 'Dora'].map((first_name) => ({
      first_name,
      last_name: 'Twice',
      date_of_birth: '1970-01-02',
      gender: 'Female',
      doctor: 511718,
    })),
  );
  const script = (claims: readonly string[]): string =>
    `
  > book
  ${greeting}
  Who is the appointment for? Please write the first and last name.
  ${claims.map((claim) => `> ${claim}\n${sameWords}`).join('\n')}`;
  await play(on('webchat'), script(['Nora Nobody 1/2/1970', 'Ann Bishop 3/13/1984', 'Dora Twice 1/2/1970']));
  const [fourth] = await product.say('one-webchat', 'Ann Bishop 3/12/1984');
  expect(fourth?.text).toBe(
    'I cannot look up more charts right now. Please call 555-0100, and they will book it with you.',
  );
});

test('a missing permission is named, and no empty calendar is shown', async () => {
  await product.control.scopes(
    'user:read calendar:write clinical:read clinical:write patients:read patients:write',
  );
  await play(
    on('webchat'),
    `
  > book, Ann Bishop 3/12/1984
  ${greeting}
  Who is the appointment for? Please write the first and last name.
  > Ann Bishop 3/12/1984
  < Online booking is not fully set up: the practice's system does not give me the permission calendar:read. Nothing was booked. Please call 555-0100.
  [Try again]`,
  );
});

test.each([
  ['no JSON', '{"type":', 400],
  ['a list', '[]', 400],
  ['no type', '{}', 400],
  ['text that is no text', { text: 5 }, 400],
  ['no conversation', { conversation: undefined }, 400],
  ['a conversation without id', { conversation: {} }, 400],
  ['a body of 300 kB', { text: 'x', padding: 'y'.repeat(300 * 1024) }, 413],
  ['a message of a megabyte of brackets', { text: '['.repeat(30_000) }, 200],
  [
    'right-to-left, zero width and emoji',
    { text: '\u202e\u200b\u{1f469}\u200d\u2695\ufe0f 3/4 \u0000' },
    200,
  ],
])('malformed input: %s', async (_name, body, status) => {
  const message = {
    type: 'message',
    channelId: 'webchat',
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: 'malformed' },
    from: { id: 'user' },
    recipient: { id: 'bot' },
    deliveryMode: 'expectReplies',
    text: 'hello',
  };
  const answer = await product.post(typeof body === 'string' ? body : { ...message, ...body });
  expect(answer.status).toBe(status);
  expect(answer.body).not.toMatch(/node_modules|\.ts:|Error:/);
  const [healthy] = await product.say('afterwards', 'hello');
  expect(healthy?.text).toContain('Riverbend Family Practice');
});
