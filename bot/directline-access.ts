// Who asks a web chat for something, by the token shown, and how often they may: everything past it is 403 or 429.
import type { Request } from 'restify';
import { type Answer, bearerOf, refusal } from './directline-http.ts';
import type { Claims, Tokens } from './directline-token.ts';
import type { Limits } from './limits.ts';
import type { Pace } from './rate-limiter.ts';

export interface Access {
  /** The token's claims; an `Answer` where it is missing, forged, expired, of another conversation, or too much was asked. */
  of(request: Request, forRefresh?: boolean): Promise<Claims | Answer>;
}

/** 429 in Direct Line's form. */
export const slowDown = ({ retryAfterSeconds }: Pick<Pace, 'retryAfterSeconds'>): Answer =>
  refusal(429, 'TooManyRequests', 'Please slow down.', { 'Retry-After': String(retryAfterSeconds) });

export function createAccess({
  tokens,
  limits,
}: {
  readonly tokens: Tokens;
  readonly limits: Limits;
}): Access {
  function claimsOf(request: Request, forRefresh: boolean): Claims | Answer {
    const token = bearerOf(request);
    if (token === undefined) return refusal(401, 'Unauthorized', 'A bearer token is missing.');
    const claims = forRefresh ? tokens.readForRefresh(token) : tokens.read('chat', token);
    if (!claims.ok)
      return claims.error === 'expired'
        ? refusal(403, 'TokenExpired', 'The token has expired.')
        : refusal(403, 'TokenInvalid', 'The token is not valid.');
    const asked: unknown = request.params?.id;
    return asked === undefined || asked === claims.value.conversationId
      ? claims.value
      : refusal(403, 'TokenInvalid', 'The token is of another conversation.');
  }

  return {
    async of(request, forRefresh = false) {
      const who = claimsOf(request, forRefresh);
      const pace =
        'status' in who ? await limits.address(request) : await limits.reads.take(who.conversationId);
      return pace.isWithin ? who : slowDown(pace);
    },
  };
}
