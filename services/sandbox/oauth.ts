// OAuth 2 as DrChrono has it: authorization codes and refresh tokens that rotate; no client credentials.
import type { Fields } from './appointment-fields.ts';
import { json, type Reply } from './http.ts';

export const CLIENT_ID = 'sandbox-client';
export const CLIENT_SECRET = 'sandbox-secret';
/** Works for curl until `POST /sandbox/revoke`; counts as an application of its own, so that it does not eat the bot's calls. */
export const CURL_TOKEN = 'sandbox-curl-token';
const CURL_CLIENT = 'sandbox-curl';

const EXPIRES_IN_SECONDS = 172_800;
const CODE_LIFE_MS = 60_000;
const AREAS = [
  'user',
  'calendar',
  'patients',
  'patients:summary',
  'clinical',
  'billing',
  'billing:patient-payment',
  'labs',
  'messages',
  'tasks',
  'settings',
];
const KNOWN_SCOPES: ReadonlySet<string> = new Set(AREAS.flatMap((area) => [`${area}:read`, `${area}:write`]));
/** What booking needs, and no more. */
const DEFAULT_SCOPE =
  'user:read calendar:read calendar:write clinical:read clinical:write patients:read patients:write';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

interface Grant {
  readonly clientId: string;
  readonly scope: string;
}

export interface OAuth {
  readonly refreshToken: string;
  /** Who a token speaks for, or undefined if it is unknown, expired or revoked. */
  grantOf(accessToken: string, now: number): Grant | undefined;
  /** POST /o/token/ */
  token(body: Fields, now: number): Reply;
  /** GET /o/authorize/: consents at once and redirects with a code and the state. */
  authorize(query: URLSearchParams, now: number): Reply;
  /** The scope that tokens carry from the next grant on, whatever was asked for; undefined: as asked. */
  carry(scope: string | undefined): void;
  revokeAccess(): void;
  /** Lets curl's token work again. */
  restoreCurl(): void;
}

/** `seed` makes the tokens of this start unlike those of an earlier one, which are worthless now. */
export function createOAuth(seed: string): OAuth {
  let count = 0;
  let carried: string | undefined;
  const next = (kind: string): string => `sandbox-${kind}-${seed}-${++count}`;
  const access = new Map<string, Grant & { readonly expiresAt: number }>();
  const refresh = new Map<string, { readonly scope: string; readonly accessToken: string }>();
  const codes = new Map<
    string,
    { readonly scope: string; readonly redirectUri: string; readonly expiresAt: number }
  >();
  const curl = { clientId: CURL_CLIENT, scope: DEFAULT_SCOPE, expiresAt: Number.POSITIVE_INFINITY };
  const refreshToken = next('refresh');
  access.set(CURL_TOKEN, curl);
  refresh.set(refreshToken, { scope: DEFAULT_SCOPE, accessToken: '' });

  const issue = (asked: string, now: number): Reply => {
    const scope = carried ?? asked;
    const [accessToken, newRefresh] = [next('access'), next('refresh')];
    access.set(accessToken, { clientId: CLIENT_ID, scope, expiresAt: now + EXPIRES_IN_SECONDS * 1000 });
    refresh.set(newRefresh, { scope, accessToken });
    return json(200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: EXPIRES_IN_SECONDS,
      refresh_token: newRefresh,
      scope,
    });
  };

  return {
    refreshToken,
    grantOf(accessToken, now) {
      const grant = access.get(accessToken);
      return grant && now < grant.expiresAt ? grant : undefined;
    },
    token(body, now) {
      if (body['client_id'] !== CLIENT_ID || body['client_secret'] !== CLIENT_SECRET)
        return refusal('invalid_client');
      if (body['grant_type'] === 'refresh_token') {
        const old = String(body['refresh_token'] ?? '');
        const known = refresh.get(old);
        if (!known) return refusal('invalid_grant');
        refresh.delete(old);
        access.delete(known.accessToken);
        return issue(known.scope, now);
      }
      if (body['grant_type'] === 'authorization_code') {
        const code = String(body['code'] ?? '');
        const known = codes.get(code);
        codes.delete(code);
        const good = known && known.redirectUri === body['redirect_uri'] && now < known.expiresAt;
        return good ? issue(known.scope, now) : refusal('invalid_grant');
      }
      return json(400, { error: 'unsupported_grant_type' });
    },
    authorize(query, now) {
      const redirectUri = query.get('redirect_uri') ?? '';
      // A redirect to anywhere but this machine would hand codes to strangers.
      const local = URL.canParse(redirectUri) && LOOPBACK.has(new URL(redirectUri).hostname);
      if (query.get('client_id') !== CLIENT_ID || !local) return json(400, { error: 'invalid_request' });
      const scope = query.get('scope') ?? DEFAULT_SCOPE;
      const answer = new URL(redirectUri);
      const state = query.get('state');
      if (state !== null) answer.searchParams.set('state', state);
      if (query.get('response_type') !== 'code')
        answer.searchParams.set('error', 'unsupported_response_type');
      else if (!scope.split(' ').every((each) => KNOWN_SCOPES.has(each)))
        answer.searchParams.set('error', 'invalid_scope');
      else {
        const code = next('code');
        codes.set(code, { scope, redirectUri, expiresAt: now + CODE_LIFE_MS });
        answer.searchParams.set('code', code);
      }
      return { status: 302, contentType: 'text/html', body: '', headers: { Location: answer.href } };
    },
    carry(scope) {
      carried = scope;
    },
    revokeAccess: () => access.clear(),
    restoreCurl() {
      access.set(CURL_TOKEN, curl);
    },
  };
}

const refusal = (error: string): Reply => json(401, { error });
