// Who may speak to /api/messages: the SDK's token checks, with the gaps closed that it leaves (500s, no serviceUrl, growth).
import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { z } from 'zod';
import type { BotCredentials } from '../services/config-accounts.ts';
import { isLoopback } from '../services/config-values.ts';
import type { Clock } from '../services/ports.ts';

export interface ChannelAuth {
  /** True if the sender may act as this activity's channel. Never throws. */
  allows(activity: Activity, authorization: string | undefined): Promise<boolean>;
  /** Whether `allows` means that the channel itself vouches for the sender: never while anonymous. */
  readonly vouches: boolean;
  /** The bearer token for posting replies (the SDK keeps it until 5 minutes before it expires); undefined while anonymous. */
  replyToken(): Promise<string | undefined>;
}

export interface ChannelAuthDeps {
  readonly bot: BotCredentials | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** The SDK's endpoint settings for tests and sovereign clouds; Azure's public ones unless given. */
  readonly endpoints?: Endpoints;
  readonly credentials?: ConfigurationServiceClientCredentialFactory;
}

/** The SDK's own names; given one, it takes all of them as given. */
export interface Endpoints {
  readonly ValidateAuthority: 'true' | 'false';
  readonly ToChannelFromBotLoginUrl: string;
  readonly ToChannelFromBotOAuthScope: string;
  readonly ToBotFromChannelTokenIssuer: string;
  readonly OAuthUrl: string;
  readonly ToBotFromChannelOpenIdMetadataUrl: string;
  readonly ToBotFromEmulatorOpenIdMetadataUrl: string;
  readonly CallerId: string;
}

const azure = {
  channelIssuer: 'https://api.botframework.com',
  login: 'https://login.microsoftonline.com/botframework.com',
  audience: 'https://api.botframework.com',
} as const;

/** Tenants whose tokens the SDK takes from the Emulator, beside the bot's own. */
const emulatorTenants = [
  'd6d49420-f39b-4df7-a1dc-d59a935871db',
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
];
const signingAlgorithms = new Set(['RS256', 'RS384', 'RS512']);
const clockToleranceSeconds = 300;

/** Without bot credentials nobody can be authenticated: only services on this machine, or replies in the HTTP answer. */
export function createChannelAuth(deps: ChannelAuthDeps): ChannelAuth {
  if (deps.bot === undefined)
    return {
      vouches: false,
      allows: async (activity) => anonymousMay(activity),
      replyToken: async () => undefined,
    };
  const { appId, appPassword, appType, tenantId } = deps.bot;
  const settings = {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: appPassword,
    MicrosoftAppType: appType,
    MicrosoftAppTenantId: tenantId,
  };
  const credentials = deps.credentials ?? new ConfigurationServiceClientCredentialFactory(settings);
  const sdk = new ConfigurationBotFrameworkAuthentication({ ...settings, ...deps.endpoints }, credentials);
  const channelIssuer = deps.endpoints?.ToBotFromChannelTokenIssuer ?? azure.channelIssuer;
  const tenants = [...emulatorTenants, ...(tenantId === '' ? [] : [tenantId])];

  const replyCredentials = async (): Promise<unknown> =>
    credentials.createCredentials(
      appId,
      deps.endpoints?.ToChannelFromBotOAuthScope ?? azure.audience,
      deps.endpoints?.ToChannelFromBotLoginUrl ?? azure.login,
      deps.endpoints?.ValidateAuthority !== 'false',
    );
  let replying: Promise<unknown> | undefined;

  return {
    vouches: true,
    async allows(activity, authorization) {
      if (activity.serviceUrl === undefined || authorization === undefined) return false;
      if (!plausible(authorization, channelIssuer, tenants, deps.clock.now())) return false;
      try {
        return (await sdk.authenticateRequest(activity, authorization)).claimsIdentity.isAuthenticated;
      } catch {
        return false; // The SDK throws plain errors for bad signatures too; whatever it throws, nobody was authenticated.
      }
    },
    async replyToken() {
      replying ??= replyCredentials();
      const made = await replying;
      // The SDK types these as request signers; each of its own kinds also hands out the token itself.
      if (typeof made !== 'object' || made === null || !('getToken' in made)) return undefined;
      if (typeof made.getToken !== 'function') return undefined;
      const token: unknown = await made.getToken();
      return typeof token === 'string' ? token : undefined;
    },
  };
}

function anonymousMay(activity: Activity): boolean {
  if (activity.deliveryMode === 'expectReplies') return true;
  const url = URL.parse(activity.serviceUrl);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}

const claimsShape = z.object({ iss: z.string(), exp: z.number(), tid: z.string().optional() });
const headerShape = z.object({ alg: z.string() });

/**
 * A look at the unverified token before the SDK sees it: algorithm, expiry and issuer are ones that can pass. The SDK
 * keeps four strings for ever for each new tenant id that anybody sends, so only known tenants get that far.
 */
function plausible(
  authorization: string,
  channelIssuer: string,
  tenants: readonly string[],
  nowMs: number,
): boolean {
  const [, header, payload] = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  const claims = claimsShape.safeParse(decoded(payload));
  const alg = headerShape.safeParse(decoded(header));
  if (!claims.success || !alg.success || !signingAlgorithms.has(alg.data.alg)) return false;
  const { iss, exp, tid } = claims.data;
  if (exp + clockToleranceSeconds < nowMs / 1000) return false;
  if (tid !== undefined && !tenants.includes(tid)) return false;
  return iss === channelIssuer || tenants.some((tenant) => tenantIssuers(tenant).includes(iss));
}

const tenantIssuers = (tenant: string): readonly string[] => [
  `https://sts.windows.net/${tenant}/`,
  `https://login.microsoftonline.com/${tenant}/v2.0`,
];

function decoded(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
