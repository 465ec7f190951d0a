// `npm run understand` as an operator meets it: one line of JSON, or a sentence about what is wrong.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeIndexes } from '../../services/documents.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { temporaryFolder, testClock, testLog } from './support.ts';

const program = path.join(import.meta.dirname, '../../bot/understand-cli.ts');
// A Wednesday; 9:00 in Albany, 8:00 in Evanston.
const now = '2026-11-25T14:00:00Z';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { DATA_DIR: path.join(folder, 'store'), ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}

async function understood(text: string, ...more: string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await run(['--now', now, ...more, text]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return JSON.parse(stdout);
}

describe('one line of JSON', () => {
  it.each<[text: string, line: object]>([
    [
      'can I see Dr Doe next tue afternoon at Main St',
      {
        intent: 'book',
        doctor: '511718',
        office: '123456',
        day: ['2026-12-01', '2026-12-01'],
        minutes: [720, 1440],
      },
    ],
    ['follow up with dr okafor', { intent: 'book', doctor: '511722', visitType: '284059' }],
    [
      'follow up asap, any doctor',
      { intent: 'book', doctor: 'any', visitType: 'Follow-up visit', soonest: true },
    ],
    ['Dr Zhivago tomorrow', { intent: 'book', day: ['2026-11-26', '2026-11-26'], ask: 'unknown-doctor' }],
    ['monday or tuesday', { intent: 'book', ask: 'which-day' }],
    ['hello there', { intent: 'none' }],
    ['cancel my appointment', { intent: 'cancel' }],
    // Nobody is in on a Sunday; on Tuesdays Dr. Okafor begins on the hour and the half.
    [
      'dr okafor on sunday',
      { intent: 'book', doctor: '511722', day: ['2026-11-29', '2026-11-29'], ask: 'closed-day' },
    ],
    [
      'dr okafor dec 1 at 10:07',
      {
        intent: 'book',
        doctor: '511722',
        day: ['2026-12-01', '2026-12-01'],
        minutes: [607, 607],
        ask: 'time-not-open',
      },
    ],
  ])('%s', async (text, line) => {
    expect(await understood(text)).toEqual(line);
  });

  it('in Spanish', async () => {
    expect(await understood('el próximo martes por la tarde con la dra. Raman', '--lang', 'es')).toEqual({
      intent: 'book',
      doctor: '511720',
      day: ['2026-12-01', '2026-12-01'],
      minutes: [720, 1440],
    });
  });

  it('takes the day of the office that is named', async () => {
    // Past midnight in Albany, not yet in Evanston.
    const late = ['--now', '2026-11-26T05:30:00Z'];
    expect(await understood('tomorrow at main street', ...late)).toMatchObject({
      day: ['2026-11-27', '2026-11-27'],
    });
    expect(await understood('tomorrow at northgate', ...late)).toMatchObject({
      day: ['2026-11-26', '2026-11-26'],
    });
  });
});

describe('a sentence about what is wrong', () => {
  it.each([[[]], [['--now', 'soon', 'hello']], [['--lang', 'fr', 'bonjour']], [['--nonsense', 'hello']]])(
    'with %j',
    async (args) => {
      const { exitCode, stdout, stderr } = await run(args);
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^Usage: .+\n$/);
    },
  );

  it('where a running Bookadoc has the store with the tokens', async () => {
    const clock = testClock(Date.parse(now));
    const store = await openJsonStore({
      folder: path.join(folder, 'store'),
      indexes: storeIndexes,
      clock,
      log: testLog(clock).log,
    });
    if (!store.ok) throw new Error(store.error.message);
    const account = {
      EHR: 'drchrono',
      DRCHRONO_CLIENT_ID: 'client',
      DRCHRONO_CLIENT_SECRET: 'marked-secret',
    };
    const { exitCode, stdout, stderr } = await run(['hello'], account);
    await store.value.close();
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The store in .+ is in use by process \d+: .+\n$/);
  });
});
