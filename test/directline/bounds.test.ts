// No client of the web chat can take more than its share: history, sockets, memory, arrivals; dead and slow ones are cut off.
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createArrivals } from '../../bot/directline-arrivals.ts';
import { createConversations } from '../../bot/directline-conversations.ts';
import { createStreams } from '../../bot/directline-stream.ts';
import { createTokens } from '../../bot/directline-token.ts';
import { looseLimits } from '../bot/support.ts';
import { begin, listen, poll, say, until } from './client.ts';
import { startService } from './service.ts';

const message = (text: string) => ({ type: 'message', text });

const at = { now: 0 };
const clock = { now: () => at.now };
const claims = (conversationId: string) => ({ conversationId, userId: 'u', bornAt: 0 });

test('the history keeps the last 100 activities', async () => {
  const service = await startService();
  const { conversationId: id, token } = await begin(service.base);
  for (let n = 0; n < 60; n += 1) await say(service.base, id, token, message(`m${n}`));
  const { activities, watermark } = await poll(service.base, id, token);
  expect([activities.length, watermark]).toEqual([100, '121']);
  expect(activities.at(-1)?.text).toBe('You said: m59');
  await service.stop();
});

test('the history keeps at most 64 Ki characters', () => {
  at.now = 0;
  const conversations = createConversations(clock);
  const conversation = conversations.open(claims('c'), 0)?.conversation;
  if (conversation === undefined) throw new Error('no room');
  for (let n = 0; n < 50; n += 1) conversations.append(conversation, message('x'.repeat(4_000)));
  expect(conversation.history.length).toBe(16);
  expect(conversation.history.map(({ json }) => json).join('').length).toBe(conversation.characters);
  conversations.append(conversation, message('x'.repeat(70_000)));
  expect([conversation.history.length, conversation.characters]).toEqual([0, 0]);
});

test('a sixth socket of one conversation is refused', async () => {
  const service = await startService();
  const { streamUrl } = await begin(service.base);
  const five = [1, 2, 3, 4, 5].map(() => listen(streamUrl));
  await until(() => five.every(({ seen }) => seen.length === 1));
  const sixth = listen(streamUrl);
  await sixth.closed;
  expect(sixth.status()).toBe(429);
  five[0]?.socket.terminate();
  await until(async () => {
    const next = listen(streamUrl);
    await Promise.race([next.closed, until(() => next.seen.length > 0)]);
    return next.status() === 101;
  });
  await service.stop();
});

test('a client that does not read is cut off; the others go on', async () => {
  const long = 'x'.repeat(500_000);
  const service = await startService({
    turns: {
      idle: async () => {},
      async run(activity, deliver) {
        if (activity.type === 'message') await deliver([message(`${activity.text}${long}`)]);
        return 'done';
      },
    },
  });
  const { conversationId: id, streamUrl, token } = await begin(service.base);
  const slow = listen(streamUrl);
  const quick = listen(streamUrl);
  await until(() => slow.socket.readyState === 1 && quick.socket.readyState === 1);
  slow.socket.pause();
  for (let n = 0; n < 40; n += 1) await say(service.base, id, token, message(`m${n}`));
  await until(() => quick.seen.length === 80);
  slow.socket.resume();
  await slow.closed;
  expect(slow.seen.length).toBeLessThan(80);
  expect(quick.socket.readyState).toBe(1);
  await service.stop();
});

test('where the clock was set back meanwhile, the numbers still go on from the watermark', () => {
  at.now = 0;
  const conversation = createConversations(clock).open(claims('c'), 500)?.conversation;
  expect(conversation?.sequence).toBe(500);
});

test('an address may open 60 chats a minute; loopback is not counted', () => {
  at.now = 0;
  const mayArrive = createArrivals(clock);
  const from = (remoteAddress: string) => mayArrive({ socket: { remoteAddress } });
  for (let n = 0; n < 60; n += 1) expect(from('192.0.2.1')).toBe(true);
  expect([from('192.0.2.1'), from('192.0.2.2')]).toEqual([false, true]);
  at.now = 60_000;
  expect(from('192.0.2.1')).toBe(true);
  for (let n = 0; n < 100; n += 1) expect(from(n % 2 === 0 ? '127.0.0.1' : '::ffff:127.0.0.1')).toBe(true);
});

test('a client that answers no ping is cut off at the second', async () => {
  at.now = 0;
  const conversations = createConversations(clock);
  const tokens = createTokens('secret', clock);
  const log = { info() {}, warn() {}, error() {} };
  const limits = looseLimits();
  const streams = createStreams({ tokens, conversations, chatOrigins: [], limits, log });
  const server = createServer().on('upgrade', streams.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `ws://127.0.0.1:${port}/v3/directline/conversations/c/stream?t=${tokens.issue('stream', claims('c'))}`;
  const dead = new WebSocket(url, { autoPong: false });
  const lively = new WebSocket(url);
  const closed = new Promise((resolve) => dead.on('close', resolve));
  await until(() => dead.readyState === 1 && lively.readyState === 1 && streams.size === 2);
  const ponged = new Promise((resolve) => lively.on('ping', resolve));
  streams.beat();
  await ponged;
  await new Promise((resolve) => setTimeout(resolve, 300));
  streams.beat();
  await closed;
  await until(() => streams.size === 1);
  expect(lively.readyState).toBe(1);
  lively.terminate();
  server.close();
});

test('a conversation that nobody listens to or uses for half an hour is dropped from memory', () => {
  at.now = 0;
  const conversations = createConversations(clock);
  conversations.open(claims('listened'), 0)?.conversation.listeners.add({ send() {} });
  conversations.open(claims('left'), 0);
  at.now = 29 * 60_000;
  conversations.sweep();
  expect(conversations.size).toBe(2);
  at.now = 31 * 60_000;
  conversations.sweep();
  expect([conversations.size, conversations.open(claims('listened'), 0)?.isNew]).toEqual([1, false]);
});

test('at 2,000 conversations the longest unused gives way; where all are listened to, there is no room', () => {
  at.now = 0;
  const conversations = createConversations(clock);
  for (let n = 0; n < 2_000; n += 1) conversations.open(claims(`c${n}`), 0);
  conversations.open(claims('c0'), 0);
  expect(conversations.open(claims('new'), 0)?.isNew).toBe(true);
  expect([conversations.size, conversations.open(claims('c0'), 0)?.isNew]).toEqual([2_000, false]);
  expect(conversations.open(claims('c1'), 0)?.isNew).toBe(true);

  const full = createConversations(clock);
  for (let n = 0; n < 2_000; n += 1) full.open(claims(`c${n}`), 0)?.conversation.listeners.add({ send() {} });
  expect(full.open(claims('new'), 0)).toBeUndefined();
});
