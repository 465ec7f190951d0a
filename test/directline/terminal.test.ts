// The terminal chat: numbered choices over a running instance, and the whole product from a script's lines.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Activity } from 'botbuilder';
import { expect, test } from 'vitest';
import { openChat } from '../../bot/chat-client.ts';
import { chatInTerminal } from '../../bot/chat-terminal.ts';
import type { Turns } from '../../bot/turn.ts';
import { startService } from './service.ts';

const fruit: Turns = {
  async run(activity, deliver) {
    const actions = [
      { type: 'imBack', title: 'Apples', value: 'apples, please' },
      { type: 'imBack', title: 'Pears', value: 'pears, please' },
    ];
    const messages: Partial<Activity>[] = [
      { type: 'message', text: `Heard: ${activity.text}\u001b[2J`, inputHint: 'ignoringInput' },
      {
        type: 'message',
        text: 'Apples or pears?',
        inputHint: 'expectingInput',
        suggestedActions: {
          to: [],
          actions: actions.map((action) => ({ ...action, channelData: undefined })),
        },
      },
    ];
    await deliver(messages);
    return 'done';
  },
  async idle() {},
};

test('a number picks what is shown under it; other words and numbers are sent as they are', async () => {
  const service = await startService({ turns: fruit });
  const chat = await openChat(service.origin, 'en-US');
  if (chat === undefined) throw new Error('nobody answered');
  const output = new PassThrough();
  await chatInTerminal(chat, Readable.from(['2\n', '\n', 'neither\n', '3\n']), output);
  output.end();
  const question = 'Apples or pears?\n  1. Apples\n  2. Pears';
  expect(await text(output)).toBe(
    [
      '',
      'Heard: [2J',
      '',
      question,
      '',
      '> 2',
      '',
      'Heard: pears, please[2J',
      '',
      question,
      '',
      '> neither',
      '',
      'Heard: neither[2J',
      '',
      question,
      '',
      '> 3',
      '',
      'Heard: 3[2J',
      '',
      question,
      '',
      '',
    ].join('\n'),
  );
  await service.stop();
});

test('where nobody answers there is no chat', async () => {
  const service = await startService();
  await service.stop();
  expect(await openChat(service.origin, 'en-US')).toBeUndefined();
});

test('npm run chat starts the product by itself and books from a script', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bookadoc-chat-'));
  const closed = await startService();
  const port = new URL(closed.origin).port;
  await closed.stop();
  const program = spawn(
    process.execPath,
    [fileURLToPath(new URL('../../bot/chat-cli.ts', import.meta.url))],
    // Its own folder, so that no `.env` is read.
    {
      cwd: folder,
      env: { ...process.env, DATA_DIR: `${folder}/store`, PORT: port, LANG: 'en_US.UTF-8', LC_ALL: '' },
    },
  );
  const lines = ['1', 'Ann Bishop', '03/12/1984', '1', '1', '1', '1', '1', 'yes'];
  program.stdin.end(`${lines.join('\n')}\n`);
  const [said, complaints] = await Promise.all([text(program.stdout), text(program.stderr)]);
  expect(complaints).toBe('');
  expect(said).toContain('Your appointment has been successfully booked.');
  expect(said.match(/^> .*$/gm)).toEqual(lines.map((line) => `> ${line}`));
  await rm(folder, { recursive: true, force: true });
});
