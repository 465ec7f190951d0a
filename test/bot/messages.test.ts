// /api/messages over real HTTP: what is refused, what is answered, and where the replies go.
import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConnectorServer } from './connector-server.ts';
import { type Edge, message, startEdge, temporaryFolder } from './support.ts';

const expectReplies = { deliveryMode: 'expectReplies' };
const refusal = { error: expect.any(String), message: expect.any(String) };

let edge: Edge;
let remove: () => Promise<void>;

beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  edge = await startEdge({ folder: temporary.folder, answerWithinMs: 300 });
});
afterEach(async () => {
  edge.conversation.release();
  await edge.close();
  await remove();
});

const raw = (body: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${edge.origin}/api/messages`, { method: 'POST', headers, body });
const jsonType = { 'content-type': 'application/json' };

describe('what is refused', () => {
  it.each([
    ['plain text', 'hello', { 'content-type': 'text/plain' }, 415],
    ['a form upload', 'x=1', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['a compressed body', '{}', { ...jsonType, 'content-encoding': 'gzip' }, 415],
    ['broken JSON', '{"type":', jsonType, 400],
    ['an empty body', '', jsonType, 400],
    ['a list', '[]', jsonType, 400],
    ['null', 'null', jsonType, 400],
    ['more than 256 KiB', JSON.stringify(message({ text: 'x'.repeat(262_144) })), jsonType, 413],
  ])('%s', async (_, body, headers, status) => {
    const response = await raw(body, headers);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(refusal);
    expect(edge.conversation.turns).toBe(0);
  });

  it('more than 256 KiB without a declared length', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = http.request(`${edge.origin}/api/messages`, { method: 'POST', headers: jsonType });
      request.on('response', (response) => resolve(response.statusCode)).on('error', reject);
      for (let sent = 0; sent < 5; sent += 1) request.write(Buffer.alloc(65_536, ' '));
      request.end();
    });
    expect(status).toBe(413);
  });

  it.each([
    ['no type', { type: undefined }, 'type'],
    ['no channel', { channelId: undefined }, 'channelId'],
    ['no conversation', { conversation: undefined }, 'conversation'],
    ['a conversation without id', { conversation: {} }, 'conversation.id'],
    ['a conversation id that no key can hold', { conversation: { id: 'a\0b' } }, 'conversation.id'],
    ['no sender', { from: undefined }, 'from'],
    ['a sender whose id is a number', { from: { id: 7 } }, 'from.id'],
    ['a text that is a number', { text: 7 }, 'text'],
    ['a text beyond all sense', { text: 'x'.repeat(40_000) }, 'text'],
    ['members that are no list', { membersAdded: 'me' }, 'membersAdded'],
  ])('%s', async (_, fields, named) => {
    const response = await edge.post(message({ ...expectReplies, ...fields }));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid-activity',
      message: `Missing or malformed: ${named}.`,
    });
  });

  it('an anonymous sender whose service is not on this machine', async () => {
    const response = await edge.post(message({ serviceUrl: 'https://smba.example.com/' }));
    expect(response.status).toBe(401);
    expect(edge.conversation.turns).toBe(0);
  });

  it('invokes: 501 with a body', async () => {
    const response = await edge.post(message({ type: 'invoke', name: 'adaptiveCard/action' }));
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({ ...refusal, error: 'not-implemented' });
  });

  it.each([
    ['a Host that is none', '/healthz', '['],
    ['a port that is none', '/healthz', 'localhost:99999999'],
    ['an address that is none', 'http://[/healthz', 'localhost'],
    ['a path that makes the port one', '/', 'localhost:x'],
  ])('%s: 400, and the process lives', async (_, path, host) => {
    const { port } = new URL(edge.origin);
    const status = await new Promise((resolve, reject) => {
      const sent = http.request({ port, path, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end();
    });
    expect(status).toBe(400);
  });

  it.each([
    ['GET', '/api/messages', 405],
    ['GET', '/nothing/of/the/kind', 404],
  ])('%s %s: JSON, without the path or a server name', async (method, path, status) => {
    const response = await fetch(edge.origin + path, { method, headers: { accept: 'text/html' } });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(refusal);
    expect(response.headers.get('server')).toBeNull();
  });
});

describe('expectReplies', () => {
  it('carries the replies in the answer, in order', async () => {
    const response = await edge.post(
      message({ ...expectReplies, text: 'two', serviceUrl: 'https://x.example' }),
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ activities: [{ text: 'first' }, { text: 'second' }] });
  });

  it('answers a repeated activity with no replies', async () => {
    await edge.post(message(expectReplies));
    const response = await edge.post(message(expectReplies));
    expect([response.status, await response.json()]).toEqual([200, { activities: [] }]);
    expect(edge.conversation.turns).toBe(1);
  });

  it('null fields count as absent, times of the sender are not read', async () => {
    const odd = message({ ...expectReplies, locale: null, replyToId: null, timestamp: 'yesterday' });
    const response = await edge.post(odd);
    expect(response.status).toBe(200);
  });

  it('activities that are no messages are answered 200', async () => {
    for (const type of ['typing', 'conversationUpdate', 'messageReaction', 'endOfConversation', 'anything']) {
      const response = await edge.post(message({ ...expectReplies, type, id: type, text: undefined }));
      expect([type, response.status, await response.json()]).toEqual([type, 200, { activities: [] }]);
    }
  });
});

describe('replies through the connector', () => {
  it('are posted to the serviceUrl, in order, before the 200', async () => {
    const channel = await startConnectorServer();
    const id = '+15551230001';
    const response = await edge.post(
      message({ text: 'two', channelId: 'sms', conversation: { id }, serviceUrl: `${channel.origin}/amer/` }),
    );
    expect(response.status).toBe(200);
    expect(channel.texts()).toEqual(['first', 'second']);
    expect(channel.posted[0]).toMatchObject({
      path: '/amer/v3/conversations/%2B15551230001/activities/activity-1',
      authorization: undefined,
      body: {
        replyToId: 'activity-1',
        from: { id: 'bot-1' },
        recipient: { id: 'user-1' },
        conversation: { id },
      },
    });
    await channel.close();
  });

  it('a slow turn is answered 200 in time and goes on; the same activity again does nothing', async () => {
    const channel = await startConnectorServer();
    const slow = message({ text: 'wait', serviceUrl: channel.origin });
    const [first, again] = await Promise.all([edge.post(slow), edge.post(slow)]);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(channel.texts()).toEqual([]);
    edge.conversation.release();
    await edge.turns.idle();
    expect(channel.texts()).toEqual(['message 1']);
    expect(edge.conversation.turns).toBe(1);
    await channel.close();
  });

  it('a channel that is gone is logged, without a word of what was said', async () => {
    const response = await edge.post(message({ serviceUrl: 'http://127.0.0.1:9' }));
    expect(response.status).toBe(200);
    const line = edge.lines.find((text) => text.includes('reply refused by channel'));
    expect(line).toContain('"status":0');
    expect(edge.lines.join('')).not.toMatch(/Marked|message 1|conversation-1|user-1/);
  });
});
