// The real client library of Web Chat against our endpoint, by WebSocket and by polling.
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { XMLHttpRequest } from 'xhr2';
import { generate, until } from './client.ts';
import { type Service, startService } from './service.ts';

// The library is made for browsers.
Object.assign(globalThis, { XMLHttpRequest });

/** `end()` tells its subscribers by an error. */
const ended = () => {};

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

test.each([
  ['WebSocket', true],
  ['polling', false],
])('a conversation by %s: greeted, echoed, answered, refreshed, resumed', async (_, webSocket) => {
  const { conversationId, token } = await generate(service.base);
  const options = { domain: service.base, webSocket, pollingInterval: 200 };
  const client = new DirectLine({ ...options, token });
  const seen: Activity[] = [];
  client.activity$.subscribe((activity) => seen.push(activity), ended);
  await until(() => client.connectionStatus$.getValue() === ConnectionStatus.Online);
  await until(() => seen.length === 1);

  const id = await client
    .postActivity({
      type: 'message',
      text: 'hi',
      from: { id: 'somebody' },
      channelData: { clientActivityID: 'c7' },
    })
    .toPromise();
  expect(id).toBe(`${conversationId}|0000002`);
  await until(() => seen.length === 3);
  expect(seen.map((activity) => ('text' in activity ? activity.text : activity.type))).toEqual([
    'Hello!',
    'hi',
    'You said: hi',
  ]);
  expect(seen[1]).toMatchObject({ id, channelData: { clientActivityID: 'c7' } });
  expect(seen[1]?.from.id).toMatch(/^dl_/);
  client.end();

  const again = new DirectLine({ ...options, token, conversationId, watermark: '2' });
  const resumed: Activity[] = [];
  again.activity$.subscribe((activity) => resumed.push(activity), ended);
  await until(() => resumed.length === 1);
  expect(resumed[0]).toMatchObject({ text: 'You said: hi' });
  again.end();
});
