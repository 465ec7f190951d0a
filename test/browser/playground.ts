// Microsoft's Agents Playground as Teams: installed when it is wanted, into a folder that is thrown away, and open to this machine only.
// Its licence is for evaluation and forbids passing it on: it is in no list of dependencies, and nothing of it is kept.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '../../services/domain.ts';

const name = '@microsoft/m365agentsplayground';
const version = '0.2.28';
const loopbackOnly = fileURLToPath(new URL('../../scripts/loopback-only.cjs', import.meta.url));

export interface Playground {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts it before the bot at `endpoint`; the error is why it cannot be had. */
export async function startPlayground(endpoint: string): Promise<Result<Playground, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-playground-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await install(folder);
  } catch (error) {
    await remove();
    return fail(`${name}@${version} could not be installed. ${reasonOf(error)}`);
  }
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const process = run(folder, endpoint, port);
  const stop = async (): Promise<void> => {
    if (process.exitCode === null && process.kill()) await once(process, 'exit');
    await remove();
  };
  if (await answers(origin)) return ok({ origin, stop });
  await stop();
  return fail(`${name}@${version} did not start`);
}

/** The line of npm's complaint that says why. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return (
    said.split('\n').find((line) => /\b(network|request|notarget|code)\b/.test(line)) ?? said.slice(0, 200)
  );
}

async function install(folder: string): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries=1', '--loglevel=error'];
  const install = ['install', '--prefix', folder, ...quiet, `${name}@${version}`];
  await promisify(execFile)('npm', install, { cwd: folder, timeout: 60_000 });
}

function run(folder: string, endpoint: string, port: number): ChildProcess {
  const cli = path.join(folder, 'node_modules', name, 'cli.js');
  const teams = ['start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  return spawn(process.execPath, ['--require', loopbackOnly, cli, ...teams], {
    cwd: folder,
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
    stdio: 'ignore',
  });
}

async function answers(origin: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    const response = await fetch(origin).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

/** It takes no 0 for "any". */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
