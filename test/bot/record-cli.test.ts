// `npm run audit:verify` and `npm run data:delete` as an operator meets them, over a data folder that the product has written.
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBookadoc } from '../../bot/main.ts';
import { storeIndexes } from '../../services/documents.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { forge } from '../store/forge.ts';
import { invented } from '../store/open.ts';
import { trailOf } from '../support/trail.ts';
import { temporaryFolder, testClock, testLog } from './support.ts';

let folder: string;
let remove: () => Promise<void>;
const clock = testClock(Date.parse('2026-03-03T14:00:00Z'));
const { log, lines } = testLog(clock);
const dataKey = invented(9);
const patient = 125651758;
const plainSettings = { PORT: '0', SANDBOX_PORT: '0', API_KEY: 'an-invented-api-key' };

beforeEach(async () => {
  lines.length = 0;
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

async function runCli(name: 'audit-cli' | 'data-cli', args: readonly string[], env: Record<string, string>) {
  const program = path.join(import.meta.dirname, `../../bot/${name}.ts`);
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
    });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return [exitCode, printed];
}
async function onDisk(): Promise<string> {
  const store = path.join(folder, 'store');
  const texts = (await readdir(store)).map((file) => readFile(path.join(store, file), 'utf8'));
  return (await Promise.all(texts)).join('');
}

describe.each([
  ['plain', {}],
  ['sealed', { DATA_KEY: dataKey.export().toString('base64') }],
])('over a %s store', (how, more) => {
  const env = () => ({ ...plainSettings, ...more, DATA_DIR: path.join(folder, 'store') });

  async function bookOnce(): Promise<void> {
    const started = await startBookadoc(env(), { clock, log });
    if (!started.ok) throw new Error(started.error.join('\n'));
    await started.value.ehrStarted;
    const response = await fetch(`${started.value.origin}/api/appointments`, {
      method: 'POST',
      headers: { authorization: 'Bearer an-invented-api-key', 'content-type': 'application/json' },
      body: JSON.stringify({
        patientid: patient,
        doctorid: 511718,
        officeid: 123456,
        scheduled_time: '2026-03-10T08:00',
        duration: 30,
      }),
    });
    expect(response.status).toBe(201);
    // While it runs, the store is its own.
    const inUse = /^The store in .* is in use by process \d+: stop it first/;
    expect(await runCli('audit-cli', [], env())).toEqual([1, expect.stringMatching(inUse)]);
    await started.value.stop();
  }
  const open = async () => {
    const key = how === 'sealed' ? dataKey : undefined;
    const opened = await openJsonStore({
      folder: path.join(folder, 'store'),
      indexes: storeIndexes,
      clock,
      log,
      dataKey: key,
    });
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };

  it('a booking, its deletion, and the trail of both, until somebody changes it', {
    timeout: 60_000,
  }, async () => {
    await bookOnce();
    expect((await onDisk()).includes('Ann Bishop')).toBe(how === 'plain');
    expect(await runCli('audit-cli', [], env())).toEqual([0, '1 entries, unbroken\n']);
    expect(await runCli('data-cli', ['--patient', String(patient)], env())).toEqual([
      0,
      expect.stringMatching(
        /^Deleted: the name in 1 bookings, 0 conversations, 0 messages, 0 linked accounts\./,
      ),
    ]);
    expect(await onDisk()).not.toContain('Ann Bishop');
    expect(await runCli('audit-cli', [], env())).toEqual([0, '2 entries, unbroken\n']);

    const store = await open();
    const entries = await trailOf(store);
    expect(entries.map(({ document }) => [document['who'], document['what']])).toEqual([
      ['rest', 'booked'],
      ['operator', 'data-deleted'],
    ]);
    const [first] = entries;
    await store.close();
    const json = JSON.stringify({ ...first?.document, who: 'x' });
    const change = { kind: 'audit', id: first?.id ?? '', stored: { version: 2, json } } as const;
    await forge(path.join(folder, 'store'), change, how === 'sealed' ? dataKey : undefined);
    expect(await runCli('audit-cli', [], env())).toEqual([
      1,
      'The audit trail is broken: entry 000000000001 was written more than once.\n',
    ]);

    lines.length = 0;
    const started = await startBookadoc(env(), { clock, log });
    if (!started.ok) throw new Error(started.error.join('\n'));
    const { origin } = started.value;
    const readiness = async (): Promise<unknown> => (await fetch(`${origin}/readyz`)).json();
    await expect.poll(readiness).toMatchObject({ status: 'ready', audit: 'broken' });
    await started.value.stop();
    expect(lines.join('')).toContain('"event":"audit trail broken"');
  });
});

it('each says what it wants, and repeats no value', async () => {
  const env = { DATA_DIR: path.join(folder, 'store') };
  for (const args of [[], ['--patient'], ['--patient', 'Marked Name'], ['--other', 'Marked']])
    expect(await runCli('data-cli', args, env)).toEqual([
      1,
      expect.stringMatching(/^npm run data:delete -- --patient ID deletes [^M]*\n$/),
    ]);
  expect(await runCli('audit-cli', [], { ...env, DATA_KEY: 'Marked' })).toEqual([
    1,
    expect.stringMatching(/^DATA_KEY must be 32 bytes[^M]*\n$/),
  ]);
  expect(await runCli('audit-cli', [], env)).toEqual([0, '0 entries, unbroken\n']);
});
