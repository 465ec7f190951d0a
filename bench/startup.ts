// (e) From process start to listening: `node bot/main.ts` with its sandbox practice, against a minimal echo bot.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { compared, type Finding, type Pair, spread } from './results.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Milliseconds from the spawn until the process says that it listens; it is ended then. */
async function msToListening(file: string, env: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listening = new Promise<number>((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += String(chunk);
        if (printed.includes('listening')) resolve(performance.now() - startedAt);
      });
    }
    child.once('exit', () => reject(new Error(`${file} ended before it listened: ${printed}`)));
  });
  const ms = await listening;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return ms;
}

export async function measureStart(folder: string, rounds: number): Promise<readonly Finding[]> {
  const data = mkdtempSync(join(folder, 'start-'));
  const settings = { PORT: '0', SANDBOX_PORT: '0', DATA_DIR: data };
  const starts = {
    ours: () => msToListening('bot/main.ts', settings),
    oursUncached: () => msToListening('bot/main.ts', { ...settings, NODE_DISABLE_COMPILE_CACHE: '1' }),
    echo: () => msToListening('bench/baseline/echo.ts', {}),
  };
  for (const start of Object.values(starts)) await start();

  const warm: Pair[] = [];
  const first: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ms = { ours: 0, oursUncached: 0, echo: 0 };
    const order = ['ours', 'echo', 'oursUncached'] as const;
    for (const which of round % 2 === 0 ? order : order.toReversed()) ms[which] = await starts[which]();
    warm.push({ a: ms.ours, b: ms.echo });
    first.push({ a: ms.oursUncached, b: ms.echo });
  }
  return [
    {
      name: 'start to listening',
      ...compared(warm),
      limit: 1.5,
      unit: 'ms',
      means: `a: \`node bot/main.ts\`, with its sandbox practice and its compile cache filled by an earlier start; b: a minimal botbuilder and restify echo bot, run the same way, without a cache, as Node has none unless told; ${spread(warm)}.`,
    },
    {
      name: 'start to listening, the very first (no compile cache)',
      ...compared(first),
      limit: null,
      unit: 'ms',
      means: `The same with the compile cache switched off; ${spread(first)}.`,
    },
  ];
}
