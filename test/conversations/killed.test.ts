// The process is killed while the EHR's answer to a booking is under way: after the next start the visit stands once, and the patient is told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readBooking, storeIndexes } from '../../services/documents.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { createRunningClock } from '../support/product.ts';
import { createSandboxControl, type Row, type SandboxControl } from '../support/sandbox-control.ts';

const program = join(import.meta.dirname, '../../bot/main.ts');
const answer = z.object({
  activities: z.array(
    z.object({
      text: z.string(),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string() })) }).optional(),
    }),
  ),
});

interface Running {
  readonly control: SandboxControl;
  /** One message; the texts of the turn's replies, and the choices of the last. */
  say(words: string): Promise<{ readonly texts: readonly string[]; readonly choices: readonly string[] }>;
  /** Resolves once the log has named the event. */
  logged(event: string): Promise<void>;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

let messages = 0;

/** `npm start` on free ports and the real clock. */
async function run(folder: string): Promise<Running> {
  const { PATH, TZ } = process.env;
  const child = spawn(process.execPath, [program], {
    // Its own folder, so that no `.env` is read.
    cwd: folder,
    env: { PATH, TZ, DATA_DIR: join(folder, 'store'), PORT: '0', SANDBOX_PORT: '0' },
  });
  const exited = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (printed += String(bytes)));
  const find = async (pattern: RegExp): Promise<string> => {
    await expect.poll(() => printed, { timeout: 15_000, interval: 20 }).toMatch(pattern);
    return pattern.exec(printed)?.[1] ?? '';
  };
  const endpoint = await find(/^Bot endpoint: +(\S+)$/m);
  const control = createSandboxControl(await find(/^Sandbox practice: +(\S+)$/m));
  return {
    control,
    async say(words) {
      messages += 1;
      const reply = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'message',
          id: `m${messages}`,
          channelId: 'webchat',
          serviceUrl: 'http://127.0.0.1:9/',
          conversation: { id: 'killed' },
          from: { id: 'user' },
          recipient: { id: 'bot' },
          locale: 'en-US',
          deliveryMode: 'expectReplies',
          text: words,
        }),
      });
      const { activities } = answer.parse(await reply.json());
      return {
        texts: activities.map((activity) => activity.text),
        choices: activities.at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
      };
    },
    logged: async (event) => void (await find(new RegExp(`("event":"${event}")`))),
    async end(signal) {
      child.kill(signal);
      await exited;
    },
  };
}

/** The visits that Bookadoc made. */
const ours = async (control: SandboxControl): Promise<readonly Row[]> =>
  (await control.appointments()).filter(({ notes }) => notes.startsWith('Bookadoc '));

test('killed between the create and its answer', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bookadoc-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const first = await run(folder);
  await first.say('book an appointment');
  let turn = await first.say('Ann Bishop, 03/12/1984');
  for (let asked = 0; asked < 8 && !turn.texts.join().includes('Shall I book it?'); asked += 1)
    turn = await first.say(turn.choices[0] ?? '');
  expect(turn.texts.join()).toContain('Shall I book it?');

  await first.control.fault({
    method: 'POST',
    path: '/api/appointments',
    effect: 'commit-then-delay',
    ms: 60_000,
  });
  const unanswered = first.say('yes');
  await expect.poll(() => ours(first.control)).toHaveLength(1);
  const [booked] = await ours(first.control);
  await Promise.all([expect(unanswered).rejects.toThrow('fetch failed'), first.end('SIGKILL')]);

  const second = await run(folder);
  await second.logged('booking reconciled');
  expect(await ours(second.control)).toEqual([booked]);
  expect(booked).toMatchObject({ deleted_flag: false, status: '' });
  const [news] = (await second.say('hello')).texts;
  expect(news).toMatch(/^Good news about the appointment I was not sure of: it is booked\./);
  expect(news).toContain(`Reference: ${booked?.id}`);
  await second.end('SIGTERM');

  const clock = createRunningClock('2026-03-03T14:00:00Z');
  const log = { info() {}, warn() {}, error() {} };
  const opened = await openJsonStore({ folder: join(folder, 'store'), indexes: storeIndexes, clock, log });
  if (!opened.ok) throw new Error(opened.error.message);
  const range = { from: '', to: '\uffff' };
  const stored = await opened.value.list('booking', 'patient', range);
  await opened.value.close();
  expect(stored.map((each) => readBooking(each).booking)).toMatchObject([
    { status: 'confirmed', appointment: booked?.id, ref: booked?.notes.replace('Bookadoc ', '') },
  ]);
});
