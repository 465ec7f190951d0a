// A whole busy day, with marked people: codes, bookings, changes on every channel, refusals, faults, hostile input, restarts. Then everything that
// leaves the house, but for what is said to the person, is searched for the marks.
import { createHash, createSecretKey } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeIndexes } from '../../services/documents.ts';
import type { Kind } from '../../services/ports.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { begin, call, poll } from '../directline/client.ts';
import { type Program, runProgram } from '../support/program.ts';
import { createSandboxControl } from '../support/sandbox-control.ts';
import { trailOf } from '../support/trail.ts';
import { changeVisit, codesOf, deleteData, failToChange, register } from './busy-visits.ts';
import { type Asked, askAt, data, json, pages } from './every-route.ts';
import { answerTo, hostile, noHttp } from './hostile-requests.ts';
import { booked, converse, isMarked, person, replies, type Said } from './marked-people.ts';
import { testClock, testLog } from './support.ts';

const apiKey = 'Marked-api-key-0123456789-0123456789';
const tokenSecret = 'Marked-token-secret-0123456789-0123456789';
const dataKey = createHash('sha256').update('an invented key').digest();
let program: Program;
/** Bodies that are not said to a person: refusals, health, and what strangers are told. */
const bodies: string[] = [];
/** What chats and calendars are served. */
const served: string[] = [];
/** Every URL in any body at all. */
const urls: string[] = [];
const tokens: string[] = [];
beforeAll(async () => {
  program = await runProgram({
    API_KEY: apiKey,
    TOKEN_SECRET: tokenSecret,
    DATA_KEY: dataKey.toString('hex'),
    NOTIFY: 'sms',
    TWILIO_FROM: '+15185550112',
    // A day in minutes.
    RATE_USER_PER_MINUTE: '100000',
    IDENTITY_CALLS_PER_HOUR: '500',
  });
});
afterAll(() => program.close());

const control = () => createSandboxControl(program.sandbox());
const codes = codesOf(control);

/** Keeps what is searched later. */
async function ask(asked: Asked): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const answer = await askAt(program.origin(), asked);
  urls.push(...(answer.body.match(/\b(?:https?|wss?):\/\/[^\s"\\]+/g) ?? []));
  const isSaid = answer.status === 200 && asked.path.startsWith('/api/messages');
  (isSaid ? served : bodies).push(answer.body);
  return answer;
}

let sent = 0;
async function write(channelId: string, conversation: string, text: string): Promise<Said> {
  sent += 1;
  const body = JSON.stringify({
    type: 'message',
    id: `marked-activity-${sent}`,
    channelId,
    serviceUrl: 'http://127.0.0.1:9/',
    conversation: { id: `marked-conversation-${conversation}` },
    from: { id: '+15185557170', name: 'Markedname' },
    recipient: { id: 'bot' },
    locale: 'en-US',
    deliveryMode: 'expectReplies',
    text,
  });
  const answer = await ask({ method: 'POST', path: '/api/messages', headers: json, body });
  expect(answer.status).toBe(200);
  return replies.parse(JSON.parse(answer.body)).activities;
}

it('nothing of anybody is in logs, health, refusals, URLs, the audit trail or, sealed, the data folder', async () => {
  const ids = await control().addPatients([0, 1, 2, 3, 4, 5].map((n) => ({ ...person(n), doctor: 511718 })));

  // On every channel.
  for (const [n, channel] of ['webchat', 'sms', 'msteams'].entries()) {
    const say = (text: string) => write(channel, channel, text);
    await converse(n, say, booked, codes.of);
    await changeVisit(n, say, codes.of);
    if (channel === 'sms') await deleteData(say);
  }
  await register({ write, control, codes });
  const base = `${program.origin()}/v3/directline`;
  const chat = await begin(base);
  tokens.push(chat.token, new URL(chat.streamUrl).searchParams.get('t') ?? '');
  urls.push(chat.streamUrl);
  let watermark = '';
  await converse(3, writeInPage, booked, codes.of);
  await changeVisit(3, writeInPage, codes.of);
  await downloads();
  async function writeInPage(text: string): Promise<Said> {
    const path = `${base}/conversations/${chat.conversationId}/activities`;
    expect(
      (await call(path, { method: 'POST', token: chat.token, body: { type: 'message', text } })).status,
    ).toBe(200);
    for (;;) {
      const frame = await poll(base, chat.conversationId, chat.token, watermark);
      served.push(JSON.stringify(frame));
      const said = frame.activities.filter(({ from }) => from.id !== '' && !from.id.startsWith('dl_'));
      const last = frame.activities.at(-1);
      if (last !== undefined && !last.from.id.startsWith('dl_') && said.length > 0) {
        watermark = frame.watermark;
        return replies.parse({ activities: said }).activities;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The links that the page was shown, and what is wrong about them. */
  async function downloads(): Promise<void> {
    const [link = ''] = /\/calendar\/[\w.-]+\.ics/.exec(served.join()) ?? [];
    urls.push(link);
    tokens.push(link.slice('/calendar/'.length, -'.ics'.length));
    expect((await ask({ path: link })).status).toBe(200);
    served.push(bodies.at(-1) ?? '');
    for (const wrong of [
      link.replace('.ics', 'x.ics'),
      '/calendar/Markedlast.ics',
      `${link}?name=Markedlast`,
    ])
      await ask({ path: wrong });
  }

  // Over REST, with what is wrong about it.
  const rest = (body: unknown, headers: object = {}) =>
    ask({
      method: 'POST',
      path: '/api/appointments',
      headers: { ...json, authorization: `Bearer ${apiKey}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const visit = { patientid: ids[4], doctorid: 511718, officeid: 123456, duration: 30 };
  for (const hour of ['09:00', '09:30', '10:00', '13:00'])
    await rest({ ...visit, scheduled_time: `${day}T${hour}` }, { 'idempotency-key': `Marked-${hour}` });
  for (const wrong of [
    '{"patientid":"Markedlast',
    { ...visit, scheduled_time: 'Markedlast' },
    { patientid: 'Markedlast' },
    ['Marked'],
    { ...visit, patientid: 717171, Markedfield: 1 },
  ])
    await rest(wrong);
  await rest(visit, { authorization: 'Bearer Marked-wrong-key' });
  await rest(visit, { 'idempotency-key': 'Marked key' });
  await ask({
    path: '/api/availability?date=Marked&office=Marked',
    headers: { authorization: `Bearer ${apiKey}` },
  });

  // The EHR fails in every way, while people write and programs book.
  await failToChange((text) => write('webchat', 'webchat', text), control);
  const effects = [
    'status',
    'drop',
    'garbage',
    'truncate',
    'wrong-shape',
    'commit-then-drop',
    'stale-lists',
  ] as const;
  for (const [at, effect] of effects.entries()) {
    await control().fault({ effect, times: 3, ...(effect === 'status' ? { status: 500 } : {}) });
    await write(
      'webchat',
      `fault-${effect}`,
      `I am ${person(5).first_name} Markedlast, born 07/15/1971, Dr. Doe, Markedwords`,
    );
    await write('webchat', `fault-${effect}`, '07/15/1971');
    await rest({ ...visit, patientid: ids[5], scheduled_time: `${day}T1${at % 6}:30` });
    await control().clearFaults();
  }

  // Hostile and malformed.
  for (const asked of hostile) await ask(asked);
  const { hostname, port } = new URL(program.origin());
  for (const bytes of noHttp) bodies.push(await answerTo(bytes, Number(port), hostname));

  const sent = await codes.all();
  expect(sent.length).toBeGreaterThan(6);

  // Killed in the middle, and stopped; each goes on.
  const calls = [...(await control().calls())];
  await write('webchat', 'killed', `book for ${person(5).first_name} Markedlast`);
  await program.restart('SIGKILL');
  await write('webchat', 'killed', '07/15/1971');
  await program.restart('SIGTERM');
  await write('webchat', 'killed', 'Markedwords');
  for (const [, , asked] of data) await ask(asked);
  // The bundle is somebody else's, and has words of its own.
  for (const [, asked] of pages) if (asked.path !== '/webchat.js') await ask(asked);
  await program.stop();

  const printed = program.printed();
  expect(printed.split('\n').length).toBeGreaterThan(20);
  expect(bodies.length).toBeGreaterThan(60);
  expect(printed.split('\n').filter((line) => isMarked(line))).toEqual([]);
  expect(bodies.filter((body) => isMarked(body))).toEqual([]);
  expect(urls.filter((url) => isMarked(url))).toEqual([]);
  for (const secret of [...tokens, dataKey.toString('hex')]) expect(printed.includes(secret)).toBe(false);
  // The EHR is asked by birth date, in its own search alone; no name, phone or address is in a URL.
  const recorded = calls.map(({ path: at, query }) => ({ ...query, at, date_of_birth: '' }));
  expect(calls.length).toBeGreaterThan(30);
  expect(recorded.filter((asked) => isMarked(JSON.stringify(asked)))).toEqual([]);
  const store = path.join(program.folder, 'store');
  expect((await filesIn(store)).filter((file) => isMarked(file))).toEqual([]);
  // What was looked for can be found: by whoever has the key, in bookings and conversations, and in the EHR's own records.
  expect(isMarked((await filesIn(`${store}-sandbox`)).join(''))).toBe(true);
  const clock = testClock();
  const { log } = testLog(clock);
  const key = createSecretKey(dataKey);
  const opened = await openJsonStore({ folder: store, indexes: storeIndexes, clock, log, dataKey: key });
  if (!opened.ok) throw new Error(opened.error.message);
  const trail = JSON.stringify(await trailOf(opened.value));
  const texts = async (kind: Kind) => JSON.stringify(await opened.value.all(kind));
  const everything = (await Promise.all(kinds.map(texts))).join('\n');
  // A code is in no document and in nothing printed, and of whoever had it all deleted nothing is left.
  const stored = [everything, ...unpacked(everything), trail];
  for (const text of [...stored, printed, ...bodies, ...urls])
    expect(sent.filter((code) => new RegExp(`(?<![\\w.-])${code}(?![\\w.-])`).test(text))).toEqual([]);
  expect(stored.join()).not.toContain(person(1).first_name);
  // No browser is told which chart it is about.
  expect(served.length).toBeGreaterThan(100);
  for (const id of ids) expect(served.filter((body) => new RegExp(`\\b${id}\\b`).test(body))).toEqual([]);
  expect([await texts('booking'), await texts('conversation')].map(isMarked)).toEqual([true, true]);
  expect(trail.length).toBeGreaterThan(500);
  expect(isMarked(trail)).toBe(false);
  await opened.value.close();
}, 120_000);

const kinds: readonly Kind[] = ['booking', 'conversation', 'contact', 'message', 'hold', 'token', 'answer'];

/** What stands in a text as base64. */
const unpacked = (text: string): readonly string[] =>
  [...text.matchAll(/[A-Za-z0-9+/]{80,}={0,2}/g)].map(([found]) => Buffer.from(found, 'base64').toString());

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => name + (await readFile(path.join(folder, name), 'latin1'))));
}
