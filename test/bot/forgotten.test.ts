// What a patient typed about themselves, through the whole product: after silence, and a compaction, no file of the data folder holds it.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Bookadoc, startBookadoc } from '../../bot/main.ts';
import { storeIndexes } from '../../services/documents.ts';
import { openJsonStore } from '../../services/store/json.ts';
import { invented } from '../store/open.ts';
import { message, temporaryFolder, testClock, testLog } from './support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

it.each([
  ['plain', undefined],
  ['sealed', invented(4)],
])('%s: names and birth dates', async (how, dataKey) => {
  const { folder, remove } = await temporaryFolder();
  cleanups.push(remove);
  const clock = testClock(Date.parse('2026-03-03T14:00:00Z'));
  const { log, lines } = testLog(clock);
  const store = path.join(folder, 'store');
  const run = async (): Promise<Bookadoc> => {
    const key = dataKey === undefined ? {} : { DATA_KEY: dataKey.export().toString('hex') };
    const started = await startBookadoc(
      { PORT: '0', SANDBOX_PORT: '0', DATA_DIR: store, ...key },
      { clock, log },
    );
    if (!started.ok) throw new Error(started.error.join('\n'));
    cleanups.push(() => started.value.stop());
    await started.value.ehrStarted;
    return started.value;
  };
  const onDisk = async (): Promise<string> => {
    const texts = (await readdir(store)).map((file) => readFile(path.join(store, file), 'utf8'));
    return (await Promise.all(texts)).join('');
  };

  const first = await run();
  const conversations = [
    ['book an appointment', 'Ann Bishop', '03/12/1984', 'Main Street'],
    ['I am Markedfirst Markedlast and want to book an appointment', '07/17/1971'],
    ['book an appointment for Markedfirst Markedlast'],
  ];
  for (const [n, texts] of conversations.entries())
    for (const [at, text] of texts.entries()) {
      const conversation = { id: `conversation-${n}` };
      const response = await fetch(`${first.origin}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...message({ id: `m${n}${at}`, text, deliveryMode: 'expectReplies' }),
          conversation,
        }),
      });
      expect(response.status).toBe(200);
    }
  await first.stop();
  const personal = /Marked|Bishop|1984-03-12|1971-07-17|07\/17|03\/12/;
  expect(personal.test(await onDisk())).toBe(how === 'plain');

  clock.advance(16 * 60_000);
  lines.length = 0;
  const second = await run();
  await expect.poll(() => lines.join('')).toContain('"event":"retention done"');
  await second.stop();
  const opened = await openJsonStore({ folder: store, indexes: storeIndexes, clock, log, dataKey });
  if (!opened.ok) throw new Error(opened.error.message);
  expect(await opened.value.all('conversation')).toHaveLength(3);
  expect(JSON.stringify(await opened.value.all('conversation'))).not.toMatch(personal);
  await opened.value.compact();
  await opened.value.close();
  expect(await onDisk()).not.toMatch(personal);
});
