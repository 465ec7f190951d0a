// Who gets past /api/messages: a real OIDC server and real signatures; every refused request leaves the conversation alone.
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  goodClaims,
  goodHeader,
  now,
  part,
  publicPem,
  serviceUrl,
  startChannelIdentity,
  token,
} from './channel-identity.ts';
import { startConnectorServer } from './connector-server.ts';
import { type Edge, message, startEdge, temporaryFolder, testClock } from './support.ts';

const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

function hs256(): string {
  const signed = `${part({ ...goodHeader, alg: 'HS256' })}.${part(goodClaims)}`;
  return `Bearer ${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`;
}

let identity: Awaited<ReturnType<typeof startChannelIdentity>>;
let edge: Edge;
let remove: () => Promise<void>;
let activityNumber = 0;
let turnsBefore = 0;

beforeAll(async () => {
  identity = await startChannelIdentity();
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  const { auth } = identity;
  edge = await startEdge({ folder: temporary.folder, clock: testClock(now * 1000), auth });
});
afterAll(async () => {
  await edge.close();
  await remove();
  identity.close();
});
beforeEach(() => {
  turnsBefore = edge.conversation.turns;
});

function post(authorization: string | undefined, fields: object = {}): Promise<Response> {
  activityNumber += 1;
  const activity = message({
    id: `activity-${activityNumber}`,
    channelId: 'msteams',
    serviceUrl,
    deliveryMode: 'expectReplies',
    ...fields,
  });
  return edge.post(activity, authorization === undefined ? {} : { authorization });
}

describe('let in', () => {
  it.each([
    ['a valid token', {}, {}],
    ['a valid token on sms', {}, { channelId: 'sms' }],
    ['a token that expired less than 5 minutes ago', { exp: now - 200 }, {}],
  ])('%s', async (_, claims, fields) => {
    const response = await post(token(claims), fields);
    expect(response.status).toBe(200);
    expect(edge.conversation.turns).toBe(turnsBefore + 1);
  });

  it('and its replies carry the bot’s own token', async () => {
    const channel = await startConnectorServer();
    const local = { serviceUrl: channel.origin, deliveryMode: 'normal' };
    const response = await post(token({ serviceurl: channel.origin }), local);
    expect(response.status).toBe(200);
    expect(channel.posted.map(({ authorization }) => authorization)).toEqual(['Bearer reply-token']);
    await channel.close();
  });
});

describe('refused with 401', () => {
  const unsigned = `Bearer ${part({ ...goodHeader, alg: 'none' })}.${part(goodClaims)}.`;
  const anotherTenant = { iss: 'https://sts.windows.net/9f9f9f9f/', tid: '9f9f9f9f' };

  it.each<[name: string, authorization: string | undefined, fields?: object]>([
    ['no header', undefined],
    ['an empty header', ''],
    ['garbage', 'Bearer garbage'],
    ['garbage in three parts', 'Bearer a.b.c'],
    ['Basic', `Basic ${Buffer.from('bot:password').toString('base64')}`],
    ['a second word', `${token()} and more`],
    ['an unknown key id', token({}, { kid: 'key-2' })],
    ['another audience', token({ aud: 'someone-else' })],
    ['another issuer', token({ iss: 'https://issuer.example.com' })],
    ['an expired token', token({ exp: now - 400 })],
    ['no expiry', token({ exp: undefined })],
    ['not valid yet', token({ nbf: now + 900 })],
    ['another serviceUrl than the token is for', token({ serviceurl: 'https://other.example.com/' })],
    ['a channel that the key is not endorsed for', token(), { channelId: 'slack' }],
    ['AseChannel', token(), { channelId: 'AseChannel' }],
    ['a wrong signature', token({}, {}, otherKeys.privateKey)],
    ['a changed payload', token().replace(/\.[^.]+\./, `.${part({ ...goodClaims, exp: now + 9999 })}.`)],
    ['alg none', unsigned],
    ['alg none, with a signature', token({}, { alg: 'none' })],
    ['HS256 with the public key as its secret', hs256()],
    ['no serviceUrl', token(), { serviceUrl: undefined }],
    ['a tenant of its own', token(anotherTenant)],
    ['a tenant of its own behind the right issuer', token({ tid: '9f9f9f9f' })],
  ])('%s', async (_, authorization, fields) => {
    const response = await post(authorization, fields);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: 'unauthorized',
      message: 'A valid token of the channel is required.',
    });
    expect(edge.conversation.turns).toBe(turnsBefore);
  });

  it('a hundred invented tenants leave nothing behind in the SDK', async () => {
    const module = 'botframework-connector/lib/auth/tokenValidationParameters';
    const shape = z.object({
      ToBotFromBotOrEmulatorTokenValidationParameters: z.object({ issuer: z.array(z.string()) }),
    });
    const issuers = (): number =>
      shape.parse(createRequire(import.meta.url)(module)).ToBotFromBotOrEmulatorTokenValidationParameters
        .issuer.length;
    const before = issuers();
    expect(before).toBeGreaterThan(0);
    for (let count = 0; count < 100; count += 1) await post(token({ tid: `tenant-${count}` }));
    expect(issuers()).toBe(before);
  });
});
