// The whole house, started as `npm start` does it: one process, real ports, the sandbox practice.
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Bookadoc, startBookadoc } from '../../bot/main.ts';
import { listenOn } from './connector-server.ts';
import { message, temporaryFolder, testClock, testLog } from './support.ts';

const start = Date.parse('2026-03-03T14:00:00Z');
const apiKey = 'an-invented-api-key';
const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };

let folder: string;
let remove: () => Promise<void>;
const running: Bookadoc[] = [];
const clock = testClock(start);
const { log, lines } = testLog(clock);

beforeEach(async () => {
  lines.length = 0;
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  for (const bookadoc of running.splice(0)) await bookadoc.stop();
  await remove();
});

const settings = (more: Record<string, string> = {}) => ({
  PORT: '0',
  SANDBOX_PORT: '0',
  DATA_DIR: path.join(folder, 'store'),
  API_KEY: apiKey,
  ...more,
});
async function run(more: Record<string, string> = {}): Promise<Bookadoc> {
  const started = await startBookadoc(settings(more), { clock, log });
  if (!started.ok) throw new Error(started.error.join('\n'));
  running.push(started.value);
  await started.value.ehrStarted;
  return started.value;
}
const problemsOf = async (more: Record<string, string>): Promise<readonly string[]> => {
  const started = await startBookadoc(settings(more), { clock, log });
  if (started.ok) await started.value.stop();
  return started.ok ? [] : started.error;
};
async function say(bookadoc: Bookadoc, id: string, text: string): Promise<readonly string[]> {
  const response = await fetch(`${bookadoc.origin}/api/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify(message({ id, text, deliveryMode: 'expectReplies' })),
  });
  const { activities } = z
    .object({ activities: z.array(z.object({ text: z.string() })) })
    .parse(await response.json());
  return activities.map((activity) => activity.text);
}
const json = async (url: string): Promise<unknown> => (await fetch(url, { headers })).json();

describe('a started Bookadoc', () => {
  it('is healthy and ready, and says how its EHR is', async () => {
    const { origin } = await run();
    expect(await json(`${origin}/healthz`)).toEqual({ status: 'ok' });
    const ready = async () => {
      const answer = await fetch(`${origin}/readyz`);
      return [answer.status, await answer.json()];
    };
    const body = { status: 'ready', store: 'open', ehr: { state: 'ready' }, deadLetters: 0 };
    // The trail is read beside the start: on a slow machine it is still being checked.
    await expect.poll(ready, { timeout: 15_000 }).toEqual([200, { ...body, audit: 'unbroken' }]);
  });

  it('is ready without its EHR, and says so', async () => {
    const unreachable = {
      DRCHRONO_BASE_URL: 'http://127.0.0.1:9',
      DRCHRONO_CLIENT_ID: 'a',
      DRCHRONO_CLIENT_SECRET: 'b',
    };
    const practice = { PRACTICE_NAME: 'Elm Street Clinic', PRACTICE_PHONE: '(518) 555-0199' };
    const { origin } = await run({
      EHR: 'drchrono',
      DRCHRONO_REFRESH_TOKEN: 'c',
      ...unreachable,
      ...practice,
    });
    const ready = await fetch(`${origin}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      ehr: { state: expect.not.stringMatching('^ready$') },
    });
  });

  it.each<[env: Record<string, string>, level: string, said: RegExp]>([
    [{}, 'warn', /a name and a birth date open any chart of the sandbox practice/],
    [{ NOTIFY: 'sms' }, 'info', /by a code to the contact on their chart/],
    [
      {
        ...{ EHR: 'drchrono', DRCHRONO_BASE_URL: 'http://127.0.0.1:9', PRACTICE_NAME: 'Elm Street Clinic' },
        ...{ DRCHRONO_CLIENT_ID: 'a', DRCHRONO_CLIENT_SECRET: 'b', DRCHRONO_REFRESH_TOKEN: 'c' },
      },
      'warn',
      /the front desk has to say who a patient is/,
    ],
  ])('says at start how patients prove who they are: %j', async (env, level, said) => {
    const lines: string[] = [];
    const at = (name: string) => (event: string) => lines.push(`${name} ${event}`);
    const noting = { info: at('info'), warn: at('warn'), error: at('error') };
    const started = await startBookadoc(settings(env), { clock, log: noting });
    if (!started.ok) throw new Error(started.error.join('\n'));
    running.push(started.value);
    const found = lines.filter((line) => said.test(line));
    expect(found.map((line) => line.split(' ')[0])).toEqual([level]);
  });

  const azure = { MicrosoftAppId: 'app', MicrosoftAppPassword: 'invented' };
  it.each([
    [azure, true],
    [{ ...azure, TRUSTED_PROXIES: '1' }, false],
    [{}, false],
  ])('warns at start where all visitors behind a proxy would share one limit: %j', async (env, warned) => {
    await run(env);
    expect(lines.some((line) => /"level":"warn".*TRUSTED_PROXIES=0/.test(line))).toBe(warned);
  });

  it('knows the zones of the sandbox’s offices', async () => {
    const { origin } = await run();
    const offices = z.object({
      offices: z.array(z.object({ id: z.number(), timeZone: z.string().nullable() })),
    });
    const listed = offices.parse(await json(`${origin}/api/offices`)).offices;
    expect(listed.map(({ id, timeZone }) => [id, timeZone])).toEqual([
      [123456, 'America/New_York'],
      [234567, 'America/New_York'],
      [540214, 'America/Chicago'],
    ]);
  });

  it('makes its token secret once, for its owner only', async () => {
    const first = await run();
    await first.stop();
    const file = path.join(folder, 'store', 'token-secret');
    const secret = await readFile(file, 'utf8');
    expect(secret).toMatch(/^[a-z0-9]{48}$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await run();
    expect(await readFile(file, 'utf8')).toBe(secret);
  });

  it('goes on in mid-conversation after a restart', async () => {
    const first = await run();
    await say(first, 'a1', 'hello');
    const asked = await say(first, 'a2', 'book an appointment');
    await first.stop();
    const second = await run();
    expect(await say(second, 'a2', 'book an appointment')).toEqual([]);
    const again = await say(second, 'a3', 'xyzzy');
    expect(again).not.toEqual(asked);
    expect(again.length).toBeGreaterThan(0);
  });

  it('without credentials answers only to the names of this machine, whatever a browser’s DNS was told', async () => {
    const { origin } = await run();
    const { port } = new URL(origin);
    const statusFor = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { method: 'POST', headers: { host, origin: `http://${host}` } };
        const request = http.request(`${origin}/v3/directline/tokens/generate`, options, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        request.on('error', reject).end();
      });
    const refused = [`page.example:${port}`, `127.0.0.1.page.example:${port}`, `localhost.page.example`];
    expect(await Promise.all(refused.map(statusFor))).toEqual(refused.map(() => 403));
    const own = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
    expect(await Promise.all(own.map(statusFor))).toEqual([200, 200, 200]);
  });

  it('stops though a refused upgrade’s client keeps its half of the connection open', async () => {
    const { origin, stop } = await run();
    const { port, hostname } = new URL(origin);
    const socket = net.connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    const ended = new Promise((resolve) => socket.once('end', resolve));
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(
      `GET /nothing HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    await ended;
    await stop();
    running.length = 0;
    socket.destroy();
  });

  it('leaves neither its port nor a lock behind when it stops', async () => {
    const first = await run();
    const { port } = new URL(first.origin);
    await first.stop();
    const second = await run({ PORT: port });
    expect(second.origin).toBe(first.origin);
  });
});

describe('what cannot start says why, and leaves nothing running', () => {
  it('bad settings: all of them', async () => {
    expect(await problemsOf({ PORT: 'x', HORIZON_DAYS: 'y' })).toHaveLength(2);
  });

  it('a port that is taken', async () => {
    const taken = http.createServer();
    const { port } = new URL(await listenOn(taken));
    expect(await problemsOf({ PORT: port })).toEqual([
      `PORT ${port} on 127.0.0.1 cannot be listened on (EADDRINUSE).`,
    ]);
    expect(await problemsOf({ SANDBOX_PORT: port })).toEqual([
      `The sandbox practice cannot start on SANDBOX_PORT ${port} (EADDRINUSE).`,
    ]);
    taken.close();
    await run();
  });

  it('a store in use', async () => {
    await run();
    const [problem] = await problemsOf({});
    expect(problem).toMatch(/^[A-Z].*\.$/);
  });

  it('a data folder that is a file', async () => {
    await writeFile(path.join(folder, 'store'), '');
    expect(await problemsOf({})).toHaveLength(1);
  });
});

it('no name, birth date, phone or word of a patient reaches the log or a served error', async () => {
  const bookadoc = await run();
  const marked = {
    first_name: 'Markedfirst',
    last_name: 'Markedlast',
    date_of_birth: '1971-07-17',
    gender: 'Female',
  };
  const sandbox = bookadoc.sandbox?.origin ?? '';
  const added = await fetch(`${sandbox}/sandbox/patients`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...marked, doctor: 511718, cell_phone: '(518) 555-7171' }),
  });
  const [patientid] = z.object({ ids: z.array(z.number()) }).parse(await added.json()).ids;
  const body = {
    patientid,
    doctorid: 511718,
    officeid: 123456,
    scheduled_time: '2026-03-10T08:00',
    duration: 30,
  };
  for (const change of [{}, { scheduled_time: 'Markedlast' }, { patientid: 999_999 }]) {
    const response = await fetch(`${bookadoc.origin}/api/appointments`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ ...body, ...change }),
    });
    expect(await response.text()).not.toContain('Marked');
  }
  for (const [index, text] of [
    'hello',
    'book an appointment',
    'Markedfirst Markedlast',
    '07/17/1971',
    'Markedwords',
  ].entries()) {
    await say(bookadoc, `a${index}`, text);
  }
  await fetch(`${bookadoc.origin}/api/messages`, { method: 'POST', headers, body: '{"text":"Markedbroken' });
  await bookadoc.stop();
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.join('')).not.toMatch(/marked|1971|07\/17|7171|user-1|conversation-1|sandbox-curl/i);
  // What was looked for can be found: the store does know the patient's name.
  const stored = await Promise.all(
    (await readdir(path.join(folder, 'store'))).map((file) =>
      readFile(path.join(folder, 'store', file), 'utf8'),
    ),
  );
  expect(stored.join('')).toContain('Markedlast');
});
