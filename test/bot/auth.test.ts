// Who gets past /api/messages: a real OIDC server and real signatures; every refused request leaves the conversation alone.
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listenOn, startConnectorServer } from './connector-server.ts';
import { type Edge, message, startEdge, temporaryFolder, testClock } from './support.ts';

const appId = '00000000-1111-2222-3333-444444444444';
const issuer = 'https://api.botframework.com';
const serviceUrl = 'https://smba.example.com/amer/';
// The SDK checks expiry by the machine's clock, so these tests run by it too.
const now = Math.floor(Date.now() / 1000);

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const goodHeader = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
const goodClaims = { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: now - 600, exp: now + 600 };

function token(claims: object = {}, header: object = {}, key: KeyObject = keys.privateKey): string {
  const signed = `${part({ ...goodHeader, ...header })}.${part({ ...goodClaims, ...claims })}`;
  return `Bearer ${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function hs256(): string {
  const signed = `${part({ ...goodHeader, alg: 'HS256' })}.${part(goodClaims)}`;
  return `Bearer ${signed}.${createHmac('sha256', publicPem).update(signed).digest('base64url')}`;
}

/** Hands out a token of its own instead of asking Microsoft for one. */
class LocalCredentials extends ConfigurationServiceClientCredentialFactory {
  override async createCredentials() {
    return { signRequest: async <T>(request: T) => request, getToken: async () => 'reply-token' };
  }
}

let identity: http.Server;
let edge: Edge;
let remove: () => Promise<void>;
let activityNumber = 0;
let turnsBefore = 0;

beforeAll(async () => {
  identity = http.createServer((request, response) => {
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
    const jwks = { keys: [{ ...jwk, endorsements: ['msteams', 'sms', 'webchat'] }] };
    const metadata = { issuer, jwks_uri: `http://${request.headers.host}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? jwks : metadata));
  });
  const metadataUrl = `${await listenOn(identity)}/openid`;
  const temporary = await temporaryFolder();
  remove = temporary.remove;
  const bot = { appType: 'MultiTenant', appId, appPassword: 'invented', tenantId: '' } as const;
  edge = await startEdge({
    folder: temporary.folder,
    clock: testClock(now * 1000),
    auth: {
      bot,
      credentials: new LocalCredentials({ MicrosoftAppId: appId, MicrosoftAppPassword: 'invented' }),
      endpoints: {
        ValidateAuthority: 'false',
        ToChannelFromBotLoginUrl: 'https://login.example.com',
        ToChannelFromBotOAuthScope: issuer,
        ToBotFromChannelTokenIssuer: issuer,
        OAuthUrl: 'https://token.example.com',
        ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
        CallerId: 'urn:botframework:azure',
      },
    },
  });
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
