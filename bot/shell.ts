// Bookadoc as a program: prints where it is, stops on a signal, and ends with a sentence for each thing that is wrong.
import { existsSync } from 'node:fs';
import type { Result } from '../services/domain.ts';
import type { Log } from '../services/ports.ts';
import type { Bookadoc } from './main.ts';
import { ensureWebChatBundle } from './web-bundle.ts';
import { whereOf } from './where.ts';

/** Reads `.env` if there is one, starts, and stays until SIGINT or SIGTERM; a second signal ends at once. */
export async function runInShell(
  start: () => Promise<Result<Bookadoc, readonly string[]>>,
  log: Log,
): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const starting = start();

  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    const started = await starting;
    if (started.ok) await started.value.stop();
    process.exit(exitCode);
  };
  // Before it has started, too: it listens, and a supervisor may think better of it, some time before this program is told.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

  const started = await starting;
  if (!started.ok) {
    console.error(`Bookadoc cannot start:\n${started.error.map((problem) => `- ${problem}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  // A bug: what it says may hold a patient's words, so only its place is logged. A supervisor starts us again.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('stopping on a bug', whereOf(error));
      void stop(1);
    });
  }

  console.log(addresses(started.value));
  void ensureWebChatBundle(log);
}

function addresses({ origin, sandbox }: Bookadoc): string {
  const lines = [
    `Chat with the practice:  ${origin}/chat`,
    `Bot endpoint:            ${origin}/api/messages`,
  ];
  if (sandbox !== undefined) {
    lines.push(
      `Sandbox practice:        ${sandbox.origin}`,
      `Its patients' phones:    ${sandbox.origin}/sandbox/phone (codes and confirmations, with NOTIFY=sms)`,
      `  curl -H 'Authorization: Bearer ${sandbox.curlToken}' ${sandbox.origin}/api/offices`,
    );
  }
  return lines.join('\n');
}
