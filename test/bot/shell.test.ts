// `node bot/main.ts` and `node bot/connect.ts` as an operator meets them: what they print, how they end.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support.ts';

const programOf = (name: string): string => path.join(import.meta.dirname, `../../bot/${name}.ts`);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

/** Runs Bookadoc in an empty folder; `onPrint` sees all of standard output so far. */
async function run(
  env: Record<string, string>,
  onPrint?: (printed: string, kill: (signal: NodeJS.Signals) => void) => void,
  name: 'main' | 'connect' = 'main',
) {
  const child = spawn(process.execPath, [programOf(name)], {
    cwd: folder,
    env: { PORT: '0', SANDBOX_PORT: '0', DATA_DIR: path.join(folder, 'store'), ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
    onPrint?.(stdout, (signal) => child.kill(signal));
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
    onPrint?.(stderr, (signal) => child.kill(signal));
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, stdout, stderr };
}

describe('a program', () => {
  it('with bad settings ends with 1 and every problem, and no value of a secret', async () => {
    const { exitCode, stdout, stderr } = await run({
      NODE_ENV: 'production',
      API_KEY: 'marked-secret',
      PORT: 'x',
    });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(5);
    expect(stderr).not.toContain('marked-secret');
  });

  it.each(['main', 'connect'] as const)('%s reads .env', async (name) => {
    await writeFile(path.join(folder, '.env'), 'EHR=drchrono\nDRCHRONO_CLIENT_ID=client\n');
    const { exitCode, stderr } = await run({}, undefined, name);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('DRCHRONO_CLIENT_SECRET is required with EHR=drchrono.\n'),
    ]);
    expect(stderr).not.toContain('DRCHRONO_CLIENT_ID');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('prints where it is, and ends well on %s', async (signal) => {
    const { exitCode, stdout, stderr } = await run({}, (printed, kill) => {
      if (/curl .*\n/.test(printed)) kill(signal);
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Chat with the practice: +http:\/\/127\.0\.0\.1:\d+\/chat$/m);
    expect(stdout).toMatch(/^Bot endpoint: +http:\/\/127\.0\.0\.1:\d+\/api\/messages$/m);
    expect(stdout).toMatch(/^Sandbox practice: +http:\/\/127\.0\.0\.1:\d+$/m);
    for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
  });

  it.each(['store open', 'listening'])('ends as well on a signal while it starts: at "%s"', async (event) => {
    let isSent = false;
    const { exitCode } = await run({}, (printed, kill) => {
      if (isSent || !printed.includes(`"event":"${event}"`)) return;
      isSent = true;
      kill('SIGTERM');
    });
    expect(exitCode).toBe(0);
  });
});
