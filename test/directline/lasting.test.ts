// A conversation outlives its connection and its server: nothing is said twice, nothing is lost.
import type { Activity } from 'botbuilder';
import { expect, test } from 'vitest';
import { begin, listen, poll, reconnect, say, until } from './client.ts';
import { createEcho, startService } from './service.ts';

const message = (text: string) => ({ type: 'message', text });

test('a lost connection is made good from the watermark, nothing twice', async () => {
  const service = await startService();
  const { conversationId: id, streamUrl, token } = await begin(service.base);
  const first = listen(streamUrl);
  await until(() => first.seen.length === 1);
  first.socket.terminate();
  await say(service.base, id, token, message('while away'));
  const again = listen((await reconnect(service.base, id, token, first.watermark())).streamUrl);
  await until(() => again.seen.length === 2);
  expect(again.texts()).toEqual(['while away', 'You said: while away']);
  await service.stop();
});

test.each([
  ['the client reconnects first', false],
  ['the client writes first', true],
])('after a restart an old token goes on where it was: %s', async (_, writesFirst) => {
  const heard: Activity[] = [];
  const before = await startService({ turns: createEcho(heard) });
  const { conversationId: id, token } = await begin(before.base);
  await say(before.base, id, token, message('before'));
  const { watermark } = await poll(before.base, id, token);
  await before.stop();

  const after = await startService({ turns: createEcho(heard), at: before.clock.at + 5_000 });
  if (writesFirst) await say(after.base, id, token, message('after'));
  const stream = listen((await reconnect(after.base, id, token, watermark)).streamUrl);
  if (!writesFirst) {
    await until(() => stream.socket.readyState === 1);
    await say(after.base, id, token, message('after'));
  }
  await until(() => stream.seen.length === 2);
  expect(stream.texts()).toEqual(['after', 'You said: after']);
  expect(heard.map(({ type }) => type)).toEqual(['conversationUpdate', 'message', 'message']);
  expect(heard[0]?.from.id).toBe(heard[2]?.from.id);
  await after.stop();
});

test('after a restart no activity id is given twice, even to a page that forgot its watermark', async () => {
  const heard: Activity[] = [];
  const before = await startService({ turns: createEcho(heard) });
  const { conversationId: id, token } = await begin(before.base);
  for (const text of ['one', 'two', 'three']) await say(before.base, id, token, message(text));
  await before.stop();
  const after = await startService({ turns: createEcho(heard), at: before.clock.at + 2_000 });
  await reconnect(after.base, id, token, '');
  for (const text of ['four', 'five', 'six']) await say(after.base, id, token, message(text));
  const ids = heard.map((activity) => activity.id);
  expect(ids).toHaveLength(7);
  expect(new Set(ids).size).toBe(7);
  await after.stop();
});

test('a stop waits for the running turn, so that its reply still arrives', async () => {
  const service = await startService({
    turns: {
      idle: async () => {},
      async run(_, deliver) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await deliver([message('booked')]);
        return 'done';
      },
    },
  });
  const stream = listen((await begin(service.base)).streamUrl);
  await until(() => stream.socket.readyState === 1);
  await service.stop();
  await stream.closed;
  expect(stream.texts()).toEqual(['booked']);
});
