// Connecting a practice once: authorize in the browser, take the redirect on loopback, store the tokens, say what they open.
import { createServer, type Server } from 'node:http';
import { type Doctor, fail, ok, type Result } from '../domain.ts';
import type { Clock, EhrError } from '../ports.ts';
import { createHttp } from './http.ts';
import { BOOKING_SCOPES, missingScopes } from './scopes.ts';
import { type OauthClient, requestToken, seedHashOf, tokenToStore } from './token-endpoint.ts';
import type { StoredToken, TokenVault } from './token-vault.ts';

/** Fixed, because DrChrono compares the redirect byte by byte with the registered one. */
const REDIRECT_URI = 'http://127.0.0.1:3980/connect';
const TIMEOUT_MS = 15_000;

export interface ConnectOptions extends OauthClient {
  readonly refreshTokenSetting: string | undefined;
  readonly tokens: TokenVault;
  readonly clock: Clock;
  /** Unguessable; ties the redirect to this run. */
  readonly state: string;
  /** One line for the operator. */
  readonly say: (line: string) => void;
  /** `REDIRECT_URI` unless told; its host is always loopback. */
  readonly redirectUri?: string;
}

/** The page on which a user of the practice grants what booking needs and no more. */
export function authorizeUrl(baseUrl: string, clientId: string, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: BOOKING_SCOPES.join(' '),
    state,
  });
  // Spaces as %20: a query's `+` is not a space to every reader.
  return `${baseUrl}/o/authorize/?${query.toString().replaceAll('+', '%20')}`;
}

export type Redirect =
  | { readonly kind: 'code'; readonly code: string }
  /** The user, or DrChrono, said no. */
  | { readonly kind: 'denied' }
  /** Another path, another run's state, or neither code nor error: not an answer to us. */
  | { readonly kind: 'not-ours' };

/** What a request to the redirect address means; `target` is its path and query. */
export function readRedirect(target: string, redirectUri: string, state: string): Redirect {
  const url = URL.parse(target, redirectUri);
  if (url?.pathname !== new URL(redirectUri).pathname || url.searchParams.get('state') !== state)
    return { kind: 'not-ours' };
  if (url.searchParams.has('error')) return { kind: 'denied' };
  const code = url.searchParams.get('code');
  return code === null || code === '' ? { kind: 'not-ours' } : { kind: 'code', code };
}

/** Doctors, their zones and the scopes, as lines for the operator. */
export function connectionReport(doctors: readonly Doctor[], scope: string): readonly string[] {
  const missing = missingScopes(scope);
  return [
    'Doctors and their time zones:',
    ...doctors.map(
      (doctor) => `  ${doctor.id}  ${doctor.name}  ${doctor.timeZone || 'NO TIME ZONE: not bookable'}`,
    ),
    `Scopes granted: ${scope}`,
    missing.length === 0
      ? 'Everything that booking needs was granted.'
      : `Missing for booking: ${missing.join(' ')}. Nothing can be booked until they are granted: run this again.`,
  ];
}

/** Waits for the operator without end; the error is a sentence for them. The tokens are durable when this resolves. */
export async function connect(options: ConnectOptions): Promise<Result<StoredToken, string>> {
  const { baseUrl, clientId, state, say, clock, redirectUri = REDIRECT_URI } = options;
  const server = createServer();
  const listening = await listen(server, Number(new URL(redirectUri).port));
  if (!listening)
    return fail(`Port ${new URL(redirectUri).port} is in use; close what uses it and try again.`);
  say(`1. In DrChrono's API application, register this redirect address: ${redirectUri}`);
  say('2. Open this address in a browser on this machine, as a user of the practice who may schedule:');
  say(authorizeUrl(baseUrl, clientId, redirectUri, state));
  const redirect = await firstRedirect(server, redirectUri, state);
  server.close();
  server.closeIdleConnections();
  if (redirect.kind === 'denied') return fail('DrChrono did not grant access. Nothing was stored.');

  const http = createHttp(TIMEOUT_MS);
  const reply = await requestToken(http, options, {
    grant_type: 'authorization_code',
    code: redirect.code,
    redirect_uri: redirectUri,
  });
  http.close();
  if (!reply.ok) return fail(exchangeProblem(reply.error));
  const seedHash = seedHashOf(options.refreshTokenSetting);
  const token = tokenToStore(reply.value, { scope: '', seedHash }, clock.now());
  await options.tokens.write(token);
  return ok(token);
}

function listen(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
}

/** The first request that answers us; strays are turned away and waited past. */
function firstRedirect(
  server: Server,
  redirectUri: string,
  state: string,
): Promise<Exclude<Redirect, { kind: 'not-ours' }>> {
  return new Promise((resolve) => {
    server.on('request', (request, response) => {
      const redirect = readRedirect(request.url ?? '', redirectUri, state);
      response.writeHead(redirect.kind === 'not-ours' ? 404 : 200, {
        'Content-Type': 'text/plain; charset=utf-8',
        Connection: 'close',
      });
      if (redirect.kind === 'not-ours') response.end('Not found.');
      else
        response.end('Thank you. You can close this page and go back to the terminal.', () =>
          resolve(redirect),
        );
    });
  });
}

function exchangeProblem(error: EhrError): string {
  switch (error.kind) {
    case 'unauthorized':
      return 'DrChrono refused the code: check DRCHRONO_CLIENT_ID, DRCHRONO_CLIENT_SECRET and the registered redirect address.';
    case 'throttled':
      return `DrChrono is busy: try again in ${error.retryAfterSeconds} seconds.`;
    default:
      return 'DrChrono gave no readable answer: check DRCHRONO_BASE_URL and the network, and run this again.';
  }
}
