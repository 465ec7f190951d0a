// A valid access token for every call: refreshed once for all who wait, ahead of its end, and stored before it is used.
import { fail, ok, type Result } from '../domain.ts';
import type { Clock, EhrError, Log } from '../ports.ts';
import type { Http } from './http.ts';
import { missingScopes } from './scopes.ts';
import { type OauthClient, requestToken, seedHashOf, tokenToStore } from './token-endpoint.ts';
import type { StoredToken, TokenVault } from './token-vault.ts';

/** A refused refresh, or one that failed while the old token still works, is tried again after this long, not on every call. */
const TRY_AGAIN_MS = 30_000;

export interface OauthOptions extends OauthClient {
  /** The configured refresh token: seeds the vault, and outranks what is stored only when it has changed since. */
  readonly refreshTokenSetting: string | undefined;
  readonly tokens: TokenVault;
  readonly http: Http;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every call to the token endpoint. */
  readonly onCall: () => void;
}

interface Session {
  readonly accessToken: string;
  /** Booking scopes that this token lacks. */
  readonly missing: readonly string[];
}

type Connection =
  | { readonly state: 'connected'; readonly missing: readonly string[] }
  | { readonly state: 'not-connected'; readonly reason: 'unauthorized' | 'never-connected' }
  | { readonly state: 'not-yet-known' };

export interface Oauth {
  session(): Promise<Result<Session, EhrError>>;
  /** The API answered 401 to this access token: the next session is a fresh one. */
  reject(accessToken: string): void;
  /** 401 even to a fresh token: no session for a while. */
  giveUp(accessToken: string): void;
  connection(): Connection;
}

export function createOauth(options: OauthOptions): Oauth {
  const { refreshTokenSetting: seed, tokens, http, clock, log } = options;
  const seedHash = seedHashOf(seed);
  let loaded = false;
  let held: StoredToken | undefined;
  // Fetched but not yet durable: the refresh token it replaces is dead, so it must be saved, never fetched again.
  let unsaved: StoredToken | undefined;
  let rejected: string | undefined;
  let flight: Promise<Result<Session, EhrError>> | undefined;
  let lastFailure: { readonly error: EhrError; readonly at: number } | undefined;

  const usable = () => held !== undefined && held.accessToken !== rejected && clock.now() < held.expiresAtMs;
  const due = () => !usable() || clock.now() >= (held?.refreshAtMs ?? 0);
  const resting = () => lastFailure !== undefined && clock.now() - lastFailure.at < TRY_AGAIN_MS;
  // Asked twice a call, and the same for as long as the token.
  let latest: { readonly token: StoredToken; readonly session: Session } | undefined;
  function sessionOf(token: StoredToken): Session {
    if (latest?.token !== token)
      latest = { token, session: { accessToken: token.accessToken, missing: missingScopes(token.scope) } };
    return latest.session;
  }

  async function load(): Promise<void> {
    const stored = await tokens.read();
    if (stored !== undefined && (seed === undefined || stored.seedHash === seedHash)) held = stored;
    loaded = true;
  }

  async function save(token: StoredToken): Promise<void> {
    unsaved = token;
    await tokens.write(token);
    unsaved = undefined;
    held = token;
    lastFailure = undefined;
  }

  /** The rotated token first; if that is refused, the configured one, which may have been renewed behind our back. */
  async function refresh(): Promise<Result<void, EhrError>> {
    const candidates = new Set([held?.refreshToken, seed].filter((token) => token !== undefined));
    let result: Result<void, EhrError> = fail({ kind: 'unauthorized' });
    for (const refreshToken of candidates) {
      options.onCall();
      const reply = await requestToken(http, options, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      if (reply.ok) {
        await save(tokenToStore(reply.value, { scope: held?.scope ?? '', seedHash }, clock.now()));
        return ok(undefined);
      }
      result = reply;
      if (reply.error.kind !== 'unauthorized') break;
    }
    return result;
  }

  /** Loads, saves or refreshes, whichever is next; answers why there is no session, if there is none. */
  async function advance(): Promise<Result<void, EhrError>> {
    if (!loaded) await load();
    if (unsaved !== undefined) await save(unsaved);
    if (!due() || (usable() && resting())) return ok(undefined);
    if (lastFailure?.error.kind === 'unauthorized' && resting()) return fail(lastFailure.error);
    const result = await refresh();
    if (!result.ok) {
      lastFailure = { error: result.error, at: clock.now() };
      log.warn('ehr token refresh failed', { kind: result.error.kind });
    }
    return result;
  }

  async function renew(): Promise<Result<Session, EhrError>> {
    try {
      const result = await advance();
      // Ahead of its end a failed refresh costs nothing: the token in hand still works.
      if (held !== undefined && usable()) return ok(sessionOf(held));
      return result.ok ? fail({ kind: 'unauthorized' }) : result;
    } catch {
      // The vault failed. What it was to keep stays in `unsaved` and is tried again before anything else.
      log.error('ehr token not stored');
      return fail({ kind: 'unavailable' });
    }
  }

  return {
    session() {
      if (held !== undefined && !due()) return Promise.resolve(ok(sessionOf(held)));
      flight ??= renew().finally(() => {
        flight = undefined;
      });
      return flight;
    },
    reject(accessToken) {
      if (held?.accessToken === accessToken) rejected = accessToken;
    },
    giveUp(accessToken) {
      if (held?.accessToken !== accessToken) return;
      rejected = accessToken;
      lastFailure = { error: { kind: 'unauthorized' }, at: clock.now() };
    },
    connection() {
      if (lastFailure?.error.kind === 'unauthorized' && !usable()) {
        const known = held !== undefined || seed !== undefined;
        return { state: 'not-connected', reason: known ? 'unauthorized' : 'never-connected' };
      }
      if (held === undefined || !usable()) return { state: 'not-yet-known' };
      return { state: 'connected', missing: sessionOf(held).missing };
    },
  };
}
