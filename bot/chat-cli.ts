// `npm run chat`: talks to the bot in the terminal, to a running Bookadoc on PORT or else to one started in this process.
import { existsSync } from 'node:fs';
import { openChat } from './chat-client.ts';
import { chatInTerminal } from './chat-terminal.ts';
import { startBookadoc } from './main.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const locale =
  (process.env['LC_ALL'] || process.env['LANG'] || 'en-US').split('.', 1)[0]?.replace('_', '-') ?? '';

const log = {
  info() {},
  warn() {},
  error: (event: string) => console.error(`(${event})`),
};

async function main(): Promise<number> {
  const running = await openChat(`http://127.0.0.1:${process.env['PORT'] || 3978}`, locale);
  if (running !== undefined) {
    await chatInTerminal(running, process.stdin, process.stdout);
    return 0;
  }
  // Any free ports: nobody else needs to find this one.
  const started = await startBookadoc(
    { ...process.env, PORT: '0', SANDBOX_PORT: '0', RATE_USER_PER_MINUTE: '60' },
    { log },
  );
  if (!started.ok) {
    console.error(`Bookadoc cannot start:\n${started.error.map((problem) => `- ${problem}`).join('\n')}`);
    return 1;
  }
  const bookadoc = started.value;
  try {
    await bookadoc.ehrStarted;
    const chat = await openChat(bookadoc.origin, locale);
    if (chat === undefined) throw new Error('our own endpoint does not answer');
    await chatInTerminal(chat, process.stdin, process.stdout);
    return 0;
  } finally {
    await bookadoc.stop();
  }
}

const exitCode = await main().catch((error: unknown) => {
  // Of an HTTP error only the message: the rest holds what was written.
  console.error(`The chat broke off: ${error instanceof Error ? error.message : 'unknown cause'}.`);
  return 1;
});
process.exit(exitCode);
