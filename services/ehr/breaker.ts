// Pauses calls that can wait after a run of failures, so that an EHR in trouble is not made worse and nobody waits in vain.
import type { Clock } from '../ports.ts';

const FAILURES_IN_A_ROW = 5;
const PAUSE_MS = 5_000;

export interface Breaker {
  /** A try ended: `true` where the EHR answered sensibly, `false` for a transport failure or a 5xx. */
  note(answered: boolean): void;
  /** How long browsing and background calls still have to hold; 0: go ahead. */
  pausedMs(): number;
  /** Whether the last try failed. */
  failing(): boolean;
}

/** After the pause one more failure is enough for the next pause; one answer ends it all. */
export function createBreaker(clock: Clock): Breaker {
  let failures = 0;
  let pausedUntil = 0;
  return {
    note(answered) {
      failures = answered ? 0 : failures + 1;
      if (answered) pausedUntil = 0;
      else if (failures >= FAILURES_IN_A_ROW) pausedUntil = clock.now() + PAUSE_MS;
    },
    pausedMs: () => Math.max(0, pausedUntil - clock.now()),
    failing: () => failures > 0,
  };
}
