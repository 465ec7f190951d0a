// Posting replies to a channel: kept connections, order, and when a reply is sent a second time.
import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { parseActivity } from '../../bot/activity.ts';
import { receiptFor } from '../../bot/channels.ts';
import { createConnector } from '../../bot/connector.ts';
import { listenOn, startConnectorServer } from './connector-server.ts';
import { message, testClock, testLog } from './support.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function rig(script: Parameters<typeof startConnectorServer>[0] = [], timeoutMs = 2_000) {
  const channel = await startConnectorServer(script);
  const clock = testClock();
  const { log, lines } = testLog(clock);
  const connector = createConnector({ token: async () => 'token', clock, log, timeoutMs });
  closing.push(connector.close, channel.close);
  const reply = (text: string) => ({
    type: 'message',
    channelId: 'msteams',
    serviceUrl: channel.origin,
    conversation: { id: 'a/b c', isGroup: false, conversationType: '', name: '' },
    text,
  });
  return { channel, clock, lines, connector, reply };
}

const again = { status: 429, headers: { 'retry-after': '2' } };
const later = { status: 429, headers: { 'retry-after': '60' } };

describe('a reply', () => {
  it('goes to its conversation with a token, over one kept connection', async () => {
    const { channel, connector, reply } = await rig();
    await connector.post([reply('one'), reply('two')]);
    await connector.post([reply('three')]);
    expect(channel.texts()).toEqual(['one', 'two', 'three']);
    expect(new Set(channel.posted.map(({ port }) => port)).size).toBe(1);
    expect(channel.posted[0]).toMatchObject({
      path: '/v3/conversations/a%2Fb%20c/activities',
      authorization: 'Bearer token',
    });
  });

  it.each<
    [name: string, script: Parameters<typeof rig>[0], sent: number, slept: readonly number[], failed: boolean]
  >([
    ['taken at once', [], 1, [], false],
    ['429: waits as told, then once more', [again], 2, [2000], false],
    ['429 twice: given up', [again, again], 2, [2000], true],
    ['429 for a minute: given up at once', [later], 1, [], true],
    ['500: once more', [{ status: 500 }], 2, [500], false],
    ['500 twice: given up', [{ status: 500 }, { status: 503 }], 2, [500], true],
    ['404: given up at once', [{ status: 404 }], 1, [], true],
    ['401: given up at once', [{ status: 401 }], 1, [], true],
    [
      'a redirect is not followed',
      [{ status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
      1,
      [],
      true,
    ],
    ['cut on a new connection: it may have arrived, so not again', [{ status: 0 }], 1, [], true],
  ])('%s', async (_, script, sent, slept, failed) => {
    const { channel, clock, lines, connector, reply } = await rig(script);
    await connector.post([reply('one')]);
    expect(channel.texts()).toEqual(Array(sent).fill('one'));
    expect(clock.slept).toEqual(slept);
    expect(lines.length).toBe(failed ? 1 : 0);
  });

  it('is sent again when a kept connection had been closed meanwhile', async () => {
    const { channel, connector, lines, reply } = await rig([{ status: 201 }, { status: 0 }]);
    await connector.post([reply('one')]);
    await connector.post([reply('two')]);
    expect(channel.texts()).toEqual(['one', 'two', 'two']);
    expect(lines).toEqual([]);
  });

  it('that fails for good ends the turn’s replies; the log says how many, not which words', async () => {
    const { channel, connector, lines, reply } = await rig([{ status: 403 }]);
    await connector.post([reply('Marked words'), reply('two')]);
    expect(channel.texts()).toEqual(['Marked words']);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ channel: 'msteams', status: 403, undelivered: 2 });
    expect(lines.join('')).not.toContain('Marked');
  });

  it.each([
    ['/base/', '/base/v3/conversations/a%2Fb%20c/activities'],
    ['/elsewhere?', '/elsewhere/v3/conversations/a%2Fb%20c/activities'],
    ['/elsewhere?x=', '/elsewhere/v3/conversations/a%2Fb%20c/activities'],
    ['/elsewhere#', '/elsewhere/v3/conversations/a%2Fb%20c/activities'],
  ])('goes under the path of its serviceUrl and nowhere else: %s', async (base, path) => {
    const { channel, connector, reply } = await rig();
    await connector.post([{ ...reply('one'), serviceUrl: channel.origin + base }]);
    expect(channel.posted.map((posted) => posted.path)).toEqual([path]);
  });

  it('without a usable serviceUrl is logged', async () => {
    const { connector, lines, reply } = await rig();
    await connector.post([{ ...reply('one'), serviceUrl: 'not a url' }]);
    expect(lines.join('')).toContain('reply not sent');
  });

  it('to a channel that does not answer is given up', async () => {
    const { connector, lines, reply } = await rig([], 50);
    const silent = http.createServer(() => undefined);
    const serviceUrl = await listenOn(silent);
    await connector.post([{ ...reply('one'), serviceUrl }]);
    expect(lines.join('')).toContain('"status":0');
    silent.closeAllConnections();
    silent.close();
  });
});

describe('a receipt in the place of a used card', () => {
  const tapped = (serviceUrl: string) => {
    const mark = { bookadoc: { step: 'day', nonce: 'n', key: 'a' } };
    const parsed = parseActivity(
      message({ channelId: 'msteams', serviceUrl, replyToId: '1:card/2', value: mark }),
    );
    if (!parsed.ok) throw new Error(parsed.error);
    const receipt = receiptFor(
      [{ text: 'Which time?', receipt: 'Tue Feb 18', language: 'en' }],
      parsed.value,
    );
    if (receipt?.id === undefined) throw new Error('no receipt');
    return { id: receipt.id, receipt };
  };

  it('is put where the card was', async () => {
    const { channel, connector, lines } = await rig();
    const { id, receipt } = tapped(channel.origin);
    await connector.update(id, receipt);
    expect(channel.posted).toMatchObject([
      {
        method: 'PUT',
        path: '/v3/conversations/conversation-1/activities/1%3Acard%2F2',
        authorization: 'Bearer token',
        body: { id: '1:card/2', type: 'message', text: 'Tue Feb 18' },
      },
    ]);
    expect(lines).toEqual([]);
  });

  it('that is refused is logged, without its words, and harms nothing', async () => {
    const { channel, connector, lines } = await rig([{ status: 404 }]);
    const { id, receipt } = tapped(channel.origin);
    await connector.update(id, receipt);
    expect(lines.join('')).toContain('"status":404');
    expect(lines.join('')).not.toContain('Feb');
  });
});
