// A web chat's slow turn: typing passes, "still checking" stays in the history, and the replies come after both.
import { expect, test } from 'vitest';
import { arrivalActivity, botParty } from '../../bot/directline-activity.ts';
import { createConversations } from '../../bot/directline-conversations.ts';
import { createChatTurns } from '../../bot/directline-turns.ts';
import { testClock, testLog, testTimers } from '../bot/support.ts';

// Longer than a second, which a busy machine may take for one step.
const patiently = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

function rig() {
  const clock = testClock();
  const timers = testTimers();
  const conversations = createConversations(clock);
  const claims = { conversationId: 'c1', userId: 'u1', bornAt: clock.now() };
  const conversation = conversations.open(claims, 0)?.conversation;
  if (conversation === undefined) throw new Error('no conversation');
  const frames: string[] = [];
  conversation.listeners.add({ send: (frame) => frames.push(frame) });
  const bot = botParty('Bookadoc');
  const gate = Promise.withResolvers<void>();
  const turns = createChatTurns({
    turns: {
      async run(_, deliver) {
        await gate.promise;
        await deliver([{ type: 'message', text: 'Done.', locale: 'es-US' }]);
        return 'done';
      },
      async idle() {},
    },
    conversations,
    bot,
    clock,
    log: testLog(clock).log,
    timers,
  });
  const arrival = arrivalActivity(conversation, bot, clock.now(), 'en-US');
  const seen = () => frames.map((frame) => /"text":"([^"]*)"/.exec(frame)?.[1] ?? 'typing');
  const kept = () => conversation.history.map(({ json }) => /"text":"([^"]*)"/.exec(json)?.[1]);
  return { turns, timers, claims, arrival, gate, seen, kept };
}
const checking = 'I am still checking. One moment, please.';

test('a message', async () => {
  const { turns, timers, claims, arrival, gate, seen, kept } = rig();
  turns.run(claims, { ...arrival, type: 'message', text: 'book' });
  timers.pass(300);
  await patiently(seen).toEqual(['typing']);
  timers.pass(5_000);
  await patiently(() => seen().at(-1)).toBe('typing');
  expect(seen().filter((text) => text !== 'typing')).toEqual([checking]);
  gate.resolve();
  await turns.idle();
  expect(kept()).toEqual([checking, 'Done.']);
  expect(timers.pending).toBe(0);
});

test('a newcomer sees typing, and is not told about checking', async () => {
  const { turns, timers, claims, arrival, gate, seen } = rig();
  turns.run(claims, arrival);
  timers.pass(20_000);
  await patiently(() => seen().length).toBeGreaterThan(2);
  expect(new Set(seen())).toEqual(new Set(['typing']));
  gate.resolve();
  await turns.idle();
});
