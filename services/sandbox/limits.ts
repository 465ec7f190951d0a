// DrChrono's two throttles, per API application: calls in a clock hour, and calls within one second.
import { detail, type Reply } from './http.ts';

export interface Limits {
  readonly perHour: number;
  readonly perSecond: number;
}

const HOUR_MS = 3_600_000;

export interface Limiter {
  /** Counts a call at `now`, or answers the 429 that refuses it; refused calls are not counted. */
  admit(clientId: string, limits: Limits, now: number): Reply | undefined;
  forget(): void;
}

export function createLimiter(): Limiter {
  const clients = new Map<string, { hour: number; calls: number; recent: number[] }>();
  return {
    admit(clientId, limits, now) {
      const hour = Math.floor(now / HOUR_MS);
      const client = clients.get(clientId) ?? { hour, calls: 0, recent: [] };
      clients.set(clientId, client);
      if (client.hour !== hour) {
        client.hour = hour;
        client.calls = 0;
      }
      client.recent = client.recent.filter((at) => now - 1000 < at && at <= now);
      if (client.calls >= limits.perHour) return throttled(((hour + 1) * HOUR_MS - now) / 1000);
      if (client.recent.length >= limits.perSecond) return throttled(1);
      client.calls += 1;
      client.recent.push(now);
      return undefined;
    },
    forget: () => clients.clear(),
  };
}

/** The wait stands in the text only: no Retry-After header was ever recorded. */
export const throttled = (seconds: number): Reply =>
  detail(429, `Request was throttled. Expected available in ${Math.ceil(seconds)} seconds.`);
