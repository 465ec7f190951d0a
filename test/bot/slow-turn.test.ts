// Slow turns through /api/messages: typing, "still checking", an answer in time, and the result when it is there.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Reply, Tap } from '../../dialogs/reply.ts';
import { startConnectorServer } from './connector-server.ts';
import { type Edge, message, startEdge, temporaryFolder, testTimers } from './support.ts';

// Longer than a second, which a busy machine may take for one step.
const patiently = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 });

let edge: Edge;
let channel: Awaited<ReturnType<typeof startConnectorServer>>;
let timers: ReturnType<typeof testTimers>;
let remove: () => Promise<void>;

beforeEach(async () => {
  timers = testTimers();
  channel = await startConnectorServer();
  const { folder, remove: removeFolder } = await temporaryFolder();
  remove = removeFolder;
  edge = await startEdge({ folder, timers });
});
afterEach(async () => {
  edge.conversation.release();
  await edge.close();
  await channel.close();
  await remove();
});

let sent = 0;
const said = (fields: object = {}): object => {
  sent += 1;
  return message({
    id: `m${sent}`,
    channelId: 'msteams',
    serviceUrl: channel.origin,
    text: 'wait',
    ...fields,
  });
};
const shown = () => channel.posted.map(({ body }) => (body.type === 'typing' ? 'typing' : body.text));
const checking = 'I am still checking. One moment, please.';

describe('through the connector', () => {
  it('a fast turn shows nothing but its replies, and leaves no timer behind', async () => {
    await edge.post(said({ text: 'hello' }));
    timers.pass(60_000);
    expect(shown()).toEqual(['message 1']);
    expect(timers.pending).toBe(0);
  });

  it('typing soon and again, "still checking" once after five seconds, then the result', async () => {
    const answer = edge.post(said());
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(299);
    expect(shown()).toEqual([]);
    timers.pass(1);
    await patiently(shown).toEqual(['typing']);
    timers.pass(4_699);
    await patiently(shown).toEqual(['typing', 'typing']);
    timers.pass(1);
    await patiently(shown).toEqual(['typing', 'typing', checking, 'typing']);
    edge.conversation.release();
    expect((await answer).status).toBe(200);
    expect(shown()).toEqual(['typing', 'typing', checking, 'typing', 'message 1']);
    timers.pass(60_000);
    expect(shown()).toHaveLength(5);
    expect(timers.pending).toBe(0);
  });

  it('HTTP is answered after eight seconds, before Teams sends again; the turn goes on and is delivered once', async () => {
    const activity = said();
    const answer = edge.post(activity);
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(8_000);
    expect((await answer).status).toBe(200);
    // Teams sends it again all the same.
    const again = await edge.post(activity);
    expect(again.status).toBe(200);
    edge.conversation.release();
    await edge.turns.idle();
    expect(shown().filter((text) => text === 'message 1')).toHaveLength(1);
    expect(shown().filter((text) => text === checking)).toHaveLength(1);
    expect(edge.conversation.turns).toBe(1);
  });

  it('what is written meanwhile waits its turn, and is not told again that we are checking', async () => {
    const first = edge.post(said());
    await patiently(() => edge.conversation.turns).toBe(1);
    const second = edge.post(said({ text: 'hello?' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    timers.pass(5_000);
    await patiently(() => shown().includes(checking)).toBe(true);
    edge.conversation.release();
    await Promise.all([first, second]);
    expect(shown().filter((text) => text !== 'typing')).toEqual([checking, 'message 1', 'message 2']);
  });

  it('in the language of the conversation', async () => {
    const answer = edge.post(said({ locale: 'es-MX' }));
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(5_000);
    await patiently(shown).toContain('Lo sigo revisando. Un momento, por favor.');
    edge.conversation.release();
    await answer;
  });

  it('by SMS without typing', async () => {
    const answer = edge.post(said({ channelId: 'sms' }));
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(5_000);
    await patiently(shown).toEqual([checking]);
    edge.conversation.release();
    await answer;
  });

  it('a channel that takes nothing meanwhile delays nothing', async () => {
    const answer = edge.post(said({ serviceUrl: 'http://127.0.0.1:9' }));
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(5_000);
    edge.conversation.release();
    expect((await answer).status).toBe(200);
  });
});

describe('a used card', () => {
  const mark = { bookadoc: { step: 'day', nonce: 'n0nce', key: 'k1' } };
  const respond = async (_: unknown, tap: Tap | undefined): Promise<readonly Reply[]> => [
    { text: 'What time?', language: 'en', receipt: `You chose ${tap?.key}.` },
  ];

  it('is replaced by its receipt after the reply, on Teams', async () => {
    const { folder, remove: removeFolder } = await temporaryFolder();
    const tapping = await startEdge({ folder, turnDeps: { conversation: { respond } } });
    await tapping.post(said({ text: 'Tue Feb 18', replyToId: 'card-1', value: mark }));
    await tapping.post(said({ text: 'Tue Feb 18' }));
    expect(channel.posted.map(({ method, body }) => [method, body.id, body.text ?? body.summary])).toEqual([
      ['POST', undefined, 'What time?'],
      ['PUT', 'card-1', 'You chose k1.'],
      ['POST', undefined, 'What time?'],
    ]);
    await tapping.close();
    await removeFolder();
  });
});

describe('under expectReplies', () => {
  const asked = (fields: object = {}) =>
    said({ channelId: 'webchat', deliveryMode: 'expectReplies', ...fields });
  const texts = async (answer: Promise<Response>): Promise<readonly string[]> => {
    const body = z.object({ activities: z.array(z.object({ text: z.string() })) });
    return body.parse(await (await answer).json()).activities.map(({ text }) => text);
  };
  const later = 'I am still checking. Please write to me again in a moment: I will tell you then.';

  it('a turn past eight seconds is answered, and its result comes first at the next message', async () => {
    const first = asked();
    const answer = edge.post(first);
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(7_999);
    timers.pass(1);
    expect(await texts(answer)).toEqual([later]);
    edge.conversation.release();
    await edge.turns.idle();
    // The same activity again is no next message.
    expect(await texts(edge.post(first))).toEqual([]);
    expect(await texts(edge.post(asked({ text: 'and?' })))).toEqual(['message 1', 'message 2']);
    expect(await texts(edge.post(asked({ text: 'and?' })))).toEqual(['message 3']);
    expect(channel.posted).toEqual([]);
  });

  it('the next message comes while the turn still runs: it waits, and has both', async () => {
    const answer = edge.post(asked());
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(8_000);
    expect(await texts(answer)).toEqual([later]);
    const next = edge.post(asked({ text: 'and?' }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    edge.conversation.release();
    expect(await texts(next)).toEqual(['message 1', 'message 2']);
  });

  it('another conversation never gets it', async () => {
    const answer = edge.post(asked());
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(8_000);
    await answer;
    edge.conversation.release();
    await edge.turns.idle();
    expect(await texts(edge.post(asked({ text: 'hi', conversation: { id: 'other' } })))).toEqual([
      'message 1',
    ]);
  });

  it('a silent next message hears the late result alone', async () => {
    const answer = edge.post(asked());
    await patiently(() => edge.conversation.turns).toBe(1);
    timers.pass(8_000);
    await answer;
    edge.conversation.release();
    await edge.turns.idle();
    expect(await texts(edge.post(asked({ text: 'silent' })))).toEqual(['message 1']);
  });
});
