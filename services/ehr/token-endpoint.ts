// The OAuth token endpoint: one request for either grant, and its reply as a token to store.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fail, type Result } from '../domain.ts';
import type { EhrError } from '../ports.ts';
import type { Http } from './http.ts';
import type { StoredToken } from './token-vault.ts';
import { parseReply, throttleSeconds } from './wire.ts';

export interface OauthClient {
  /** The EHR's origin. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type Grant =
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string }
  | { readonly grant_type: 'authorization_code'; readonly code: string; readonly redirect_uri: string };

const tokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});
export type TokenReply = z.infer<typeof tokenReply>;

/** A refused grant is `unauthorized`; no readable answer is `unavailable` or `unexpected`, and may be tried again. Never repeated here. */
export async function requestToken(
  http: Http,
  client: OauthClient,
  grant: Grant,
): Promise<Result<TokenReply, EhrError>> {
  const answer = await http.send({
    method: 'POST',
    url: `${client.baseUrl}/o/token/`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...grant,
      client_id: client.clientId,
      client_secret: client.clientSecret,
    }).toString(),
    // A lost reply loses the rotated token.
    ownConnection: true,
  });
  if (answer.kind === 'no-reply' || answer.status >= 500) return fail({ kind: 'unavailable' });
  if (answer.status === 429)
    return fail({ kind: 'throttled', retryAfterSeconds: throttleSeconds(answer.body) });
  if (answer.status >= 400) return fail({ kind: 'unauthorized' });
  return parseReply('token', tokenReply, answer.body);
}

/** The reply as it is stored. A reply that leaves `scope` out grants what was granted before (RFC 6749, 5.1). */
export function tokenToStore(
  reply: TokenReply,
  before: { readonly scope: string; readonly seedHash: string },
  nowMs: number,
): StoredToken {
  const lifeMs = reply.expires_in * 1_000;
  return {
    accessToken: reply.access_token,
    refreshToken: reply.refresh_token,
    // A tenth of its life is left when it is replaced: hours for the vendor's 48 h.
    refreshAtMs: nowMs + lifeMs * 0.9,
    expiresAtMs: nowMs + lifeMs,
    scope: reply.scope ?? before.scope,
    seedHash: before.seedHash,
  };
}

/** Tells whether the configured refresh token is still the one a stored token came from, without storing it. */
export function seedHashOf(setting: string | undefined): string {
  return createHash('sha256')
    .update(setting ?? '')
    .digest('hex');
}
