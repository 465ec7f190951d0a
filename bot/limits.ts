// How much one conversation, one address and one API key may ask for in a minute, and the 429 for what is past it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, Response, Server } from 'restify';
import { type Addressed, clientAddress, isLoopbackAddress } from './client-address.ts';
import { sendJson } from './json-http.ts';
import { createRateLimiter, type Pace, type RateLimiter } from './rate-limiter.ts';

export interface Rates {
  readonly userPerMinute: number;
  readonly addressPerMinute: number;
  readonly apiPerMinute: number;
}

export interface Limits {
  /** What a person sends, by conversation: a name or an id inside it may be the sender's own choice. */
  readonly user: RateLimiter;
  /** What a web chat reads, by conversation. */
  readonly reads: RateLimiter;
  /** By API key, of which there is one. */
  readonly api: RateLimiter;
  /** Counts a request that nobody has vouched for by its address. */
  address(request: Addressed): Promise<Pace>;
  /** The address that a request counts for; undefined where it is not bounded. */
  addressOf(request: Addressed): string | undefined;
}

/** A chat that polls asks once a second; this leaves room for several windows. */
const readsPerMessage = 10;
const unbounded: Pace = { isWithin: true, retryAfterSeconds: 1, isFirstRefusal: false };

/** `boundsLoopback`: false while the bot is anonymous, and so open to this machine only. */
export function createLimits(deps: {
  readonly rates: Rates;
  readonly trustedProxies: number;
  readonly boundsLoopback: boolean;
}): Limits {
  const { userPerMinute, addressPerMinute, apiPerMinute } = deps.rates;
  const addresses = createRateLimiter(addressPerMinute);
  const addressOf = (request: Addressed): string | undefined => {
    const address = clientAddress(request, deps.trustedProxies);
    return !deps.boundsLoopback && isLoopbackAddress(address) ? undefined : address;
  };
  return {
    user: createRateLimiter(userPerMinute),
    reads: createRateLimiter(userPerMinute * readsPerMessage),
    api: createRateLimiter(apiPerMinute),
    addressOf,
    async address(request) {
      const address = addressOf(request);
      return address === undefined ? unbounded : addresses.take(address);
    },
  };
}

/** 429 (RFC 6585, 4), with the seconds after which the window is over. */
export function sendTooMany(response: ServerResponse, { retryAfterSeconds }: Pace): void {
  const body = { error: 'too-many-requests', message: 'Too many requests. Please wait a moment.' };
  sendJson(response, 429, body, { 'Retry-After': String(retryAfterSeconds) });
}

/**
 * Routes that ask for a token or a key. They count an address only where it shows none that fits: whoever is known must get
 * through beside a stranger behind the same address. Every other route, unknown ones too, counts as soon as it is asked.
 */
const guarded: readonly (readonly [method: string, path: RegExp])[] = [
  ['POST', /^\/api\/messages$/],
  ['GET', /^\/api\/(offices|doctors|availability|appointments)$/],
  ['POST', /^\/api\/appointments$/],
  ['GET', /^\/calendar\/[^/]+$/],
  ['POST', /^\/v3\/directline\/(tokens\/refresh|conversations(\/\w+\/(activities|upload))?)$/],
  ['GET', /^\/v3\/directline\/conversations\/\w+(\/activities)?$/],
];

const isGuarded = ({ method, url = '' }: IncomingMessage): boolean => {
  const [path = ''] = url.split('?', 1);
  return guarded.some(([verb, pattern]) => verb === method && pattern.test(path));
};

/** Counts what is asked without a token or a key; past its address's minute it is 429, before any work is done for it. */
export function boundStrangers(server: Server, limits: Limits): void {
  server.pre((request: Request, response: Response, next) => {
    if (isGuarded(request) || limits.addressOf(request) === undefined) return next();
    limits.address(request).then(
      (pace) => {
        if (pace.isWithin) return next();
        sendTooMany(response, pace);
        return next(false);
      },
      (error: unknown) => next(error),
    );
  });
}
