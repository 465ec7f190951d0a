// Who vouches for a channel, on this machine: an OIDC server with a key of its own, tokens signed with it, and the settings that trust it.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import http from 'node:http';
import { ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import type { ChannelAuthDeps } from '../../bot/auth.ts';
import { listenOn } from './connector-server.ts';

const appId = '00000000-1111-2222-3333-444444444444';
const issuer = 'https://api.botframework.com';
export const serviceUrl = 'https://smba.example.com/amer/';
// The SDK checks expiry by the machine's clock, so these tokens run by it too.
export const now = Math.floor(Date.now() / 1000);

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const publicPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
export const goodHeader = { alg: 'RS256', typ: 'JWT', kid: 'key-1' };
export const goodClaims = { iss: issuer, aud: appId, serviceurl: serviceUrl, nbf: now - 600, exp: now + 600 };

export function token(claims: object = {}, header: object = {}, key: KeyObject = keys.privateKey): string {
  const signed = `${part({ ...goodHeader, ...header })}.${part({ ...goodClaims, ...claims })}`;
  return `Bearer ${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

/** Hands out a token of its own instead of asking Microsoft for one. */
class LocalCredentials extends ConfigurationServiceClientCredentialFactory {
  override async createCredentials() {
    return { signRequest: async <T>(request: T) => request, getToken: async () => 'reply-token' };
  }
}

/** The server, and what makes the bot believe it. Its key is endorsed for Teams, SMS and web chat. */
export async function startChannelIdentity(): Promise<{
  readonly auth: Omit<ChannelAuthDeps, 'clock'>;
  close(): void;
}> {
  const server = http.createServer((request, response) => {
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
    const jwks = { keys: [{ ...jwk, endorsements: ['msteams', 'sms', 'webchat'] }] };
    const metadata = { issuer, jwks_uri: `http://${request.headers.host}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? jwks : metadata));
  });
  const metadataUrl = `${await listenOn(server)}/openid`;
  return {
    auth: {
      bot: { appType: 'MultiTenant', appId, appPassword: 'invented', tenantId: '' },
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
    close: () => void server.close(),
  };
}
