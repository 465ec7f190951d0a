// Where replies go: to nobody on the word of an unauthenticated request, except to this machine while the bot is anonymous.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConnectorServer } from './connector-server.ts';
import { type Edge, message, startEdge, temporaryFolder } from './support.ts';

let edge: Edge;
let remove: () => Promise<void>;
beforeEach(async () => {
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  edge = await startEdge({ folder: temporary.folder });
});
afterEach(async () => {
  await edge.close();
  await remove();
});

describe('anonymous: refused, and no turn is run', () => {
  it.each([
    undefined,
    '',
    'smba.example.com',
    '//127.0.0.1/',
    'https://smba.example.com/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://evil.example/127.0.0.1',
    'http://evil.example#127.0.0.1',
    'http://evil.example\\@127.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[fd00::1]/',
    'ftp://127.0.0.1/',
    'file://localhost/etc/passwd',
    'urn:bookadoc:directline',
    'javascript:alert(1)',
  ])('%s', async (serviceUrl) => {
    const response = await edge.post(message({ serviceUrl }));
    expect([serviceUrl, response.status]).toEqual([serviceUrl, 401]);
    expect(edge.conversation.turns).toBe(0);
  });
});

it('anonymous: where the answer carries the replies, no service is called, whatever it is named', async () => {
  const channel = await startConnectorServer();
  for (const serviceUrl of [channel.origin, 'https://smba.example.com/', '']) {
    const asked = message({ id: `to ${serviceUrl}`, serviceUrl, deliveryMode: 'expectReplies' });
    expect((await edge.post(asked)).status).toBe(200);
  }
  expect(channel.posted).toEqual([]);
  await channel.close();
});

it('a query, a fragment and a name in the service’s address do not change the path that is posted to', async () => {
  const channel = await startConnectorServer();
  const serviceUrl = `${channel.origin.replace('http://', 'http://user:word@')}/base/?to=/admin#x`;
  expect((await edge.post(message({ serviceUrl }))).status).toBe(200);
  expect(channel.posted.map(({ path }) => path)).toEqual([
    '/base/v3/conversations/conversation-1/activities/activity-1',
  ]);
  await channel.close();
});
