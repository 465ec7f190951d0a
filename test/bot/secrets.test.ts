// Secrets come from the environment and are never printed: the program itself, started with what is wrong in every way.
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listenOn } from './connector-server.ts';
import { temporaryFolder } from './support.ts';

const main = path.join(import.meta.dirname, '../../bot/main.ts');
const marked = (name: string): string => `Marked-${name}-0123456789-abcdefghijklmnop`;
const names = [
  'MicrosoftAppPassword',
  'DRCHRONO_CLIENT_SECRET',
  'DRCHRONO_REFRESH_TOKEN',
  'API_KEY',
  'TOKEN_SECRET',
];
const secrets: Record<string, string> = Object.fromEntries(names.map((name) => [name, marked(name)]));
const drchrono = { EHR: 'drchrono', DRCHRONO_CLIENT_ID: 'client' };
const bot = { MicrosoftAppId: 'app' };

let folder: string;
let remove: () => Promise<void>;
/** An EHR that refuses the credentials and repeats them, as some servers do in their errors. */
const echo = http.createServer((request, response) => {
  text(request).then((body) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: body, authorization: request.headers.authorization }));
  });
});
let echoOrigin: string;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  echoOrigin = await listenOn(echo);
  await writeFile(path.join(folder, 'a-file'), '');
});
afterAll(async () => {
  echo.close();
  await remove();
});

/** All that it prints until it ends by itself, or has listened for a second. */
async function printed(env: Record<string, string>, cwd = folder): Promise<string> {
  const child = spawn(process.execPath, [main], {
    cwd,
    env: { PORT: '0', SANDBOX_PORT: '0', DATA_DIR: 'store', ...env },
  });
  child.stdout.on('data', (chunk: Buffer) => {
    if (String(chunk).includes('Chat with')) setTimeout(() => child.kill('SIGTERM'), 1_000);
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
}

const cannot = 'Bookadoc cannot start:';
it.each<[what: string, env: () => Record<string, string>, says: string]>([
  ['settings that do not fit each other', () => ({ ...secrets, NODE_ENV: 'production' }), cannot],
  [
    'secrets too short',
    () => ({ NODE_ENV: 'production', API_KEY: 'Marked-1', TOKEN_SECRET: 'Marked-2' }),
    cannot,
  ],
  [
    'secrets in the places of other settings',
    () =>
      Object.fromEntries(
        'PORT HOST NODE_ENV MicrosoftAppType EHR DRCHRONO_BASE_URL STORE OPEN_HOURS OFFICE_TIME_ZONES CHAT_ORIGINS PRACTICE_COLOR EMERGENCY_NUMBER RATE_USER_PER_MINUTE TRUSTED_PROXIES'
          .split(' ')
          .map((name) => [name, `${marked('misplaced')} !`]),
      ),
    cannot,
  ],
  [
    'a password in an origin',
    () => ({ DRCHRONO_BASE_URL: `https://user:${marked('password')}@ehr.example` }),
    cannot,
  ],
  ['a data folder that is a file', () => ({ ...secrets, ...bot, DATA_DIR: 'a-file' }), cannot],
  [
    'a port that is taken',
    () => ({ ...secrets, ...bot, PORT: new URL(echoOrigin).port, HOST: '127.0.0.1' }),
    cannot,
  ],
  [
    'an EHR that repeats what it refuses',
    () => ({
      ...secrets,
      ...bot,
      ...drchrono,
      DRCHRONO_BASE_URL: echoOrigin,
      HOST: '127.0.0.1',
      PRACTICE_NAME: 'x',
    }),
    'Chat with',
  ],
])(
  '%s',
  async (_, env, says) => {
    const output = await printed(env());
    expect(output).toContain(says);
    expect(output).not.toMatch(/Marked/i);
  },
  30_000,
);

it('settings read from .env', async () => {
  const lines = Object.entries({ ...secrets, NODE_ENV: 'production', HORIZON_DAYS: marked('days') });
  const home = path.join(folder, 'home');
  await mkdir(home);
  await writeFile(path.join(home, '.env'), lines.map(([name, value]) => `${name}="${value}"`).join('\n'));
  const output = await printed({}, home);
  expect(output).toContain('HORIZON_DAYS must');
  expect(output).not.toMatch(/Marked/i);
}, 30_000);
