// Counts per key and minute, in bounded memory: rate-limiter-flexible's windows, and an end to how many it keeps.
import { hash } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** How one more fits into its minute. */
export interface Pace {
  readonly isWithin: boolean;
  /** Seconds until the window ends, at least 1: what `Retry-After` says (RFC 9110, 10.2.3). */
  readonly retryAfterSeconds: number;
  /** True once a window: for what is said once and not for each refusal. */
  readonly isFirstRefusal: boolean;
}

export interface RateLimiter {
  /** Counts one for `key`. The window begins with the first and ends for all of it at once. */
  take(key: string): Promise<Pace>;
  /** Keys held, for measuring. */
  readonly size: number;
}

const windowSeconds = 60;
const mostKeys = 2_000;
const longestKey = 64;

/**
 * Whoever sends from ever new addresses gets past a count per address in any case; they must not fill the memory too. So the
 * longest known of `most` keys gives way (OWASP API4:2023, unrestricted resource consumption). Long keys are kept as a hash.
 */
export function createRateLimiter(
  perMinute: number,
  { seconds = windowSeconds, most = mostKeys }: { readonly seconds?: number; readonly most?: number } = {},
): RateLimiter {
  const counts = new RateLimiterMemory({ points: perMinute, duration: seconds, keyPrefix: '' });
  const known = new Set<string>();

  return {
    async take(key) {
      const short = key.length > longestKey ? hash('sha256', key, 'base64url') : key;
      // Not `consume`, which rejects: too many is a value.
      const { consumedPoints, msBeforeNext, isFirstInDuration } = await counts.penalty(short);
      if (isFirstInDuration) {
        known.delete(short);
        known.add(short);
        const [oldest] = known.size > most ? known : [];
        if (oldest !== undefined) {
          known.delete(oldest);
          await counts.delete(oldest);
        }
      }
      return {
        isWithin: consumedPoints <= perMinute,
        retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
        isFirstRefusal: consumedPoints === perMinute + 1,
      };
    },
    get size() {
      return known.size;
    },
  };
}
