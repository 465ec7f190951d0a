// The bench compares like with like: the stock bot answers a whole booking with the same turns, words and choices as ours.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStock } from '../../bench/baseline/bot.ts';
import { listsOf } from '../../bench/baseline/lists.ts';
import { type Booked, bookVisit } from '../../bench/patient.ts';
import { type Mode, openLine } from '../../bench/talk.ts';
import { startBookadoc } from '../../bot/main.ts';

// Of the sandbox practice's seed.
const patient = { name: 'Ann Bishop', birthDate: '03/12/1984' };

async function book(origin: string, mode: Mode): Promise<Booked> {
  const line = await openLine(origin, mode);
  const booked = await bookVisit(line.user(mode), patient, 0, new Set());
  await line.close();
  return booked;
}

test('a whole booking reads the same with the stock bot, through a connector too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bookadoc-parity-'));
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const settings = { NODE_ENV: 'test', PORT: '0', SANDBOX_PORT: '0', DATA_DIR: folder };
  const started = await startBookadoc(settings, { log: silent });
  if (!started.ok) throw new Error(started.error.join('\n'));
  onTestFinished(async () => {
    await started.value.stop();
    rmSync(folder, { recursive: true });
  });
  await started.value.ehrStarted;

  const ours = await book(started.value.origin, 'expectReplies');
  const today = new Date().toISOString().slice(0, 10);
  const stock = await startStock(listsOf(ours, 'Riverbend Family Practice', 'America/New_York', today));
  onTestFinished(() => stock.stop());

  expect(ours.turns).toBe(10);
  expect(await book(stock.origin, 'expectReplies')).toEqual(ours);
  expect(await book(stock.origin, 'connector')).toEqual(ours);
});
