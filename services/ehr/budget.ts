// The EHR's call allowance, shared by every patient: so many a second, so many a clock hour, and who goes first.
import { fail, ok, type Result } from '../domain.ts';
import type { Clock, EhrError, Priority } from '../ports.ts';

export interface Limits {
  readonly perHour: number;
  readonly perSecond: number;
}

/** The vendor throttles at "10 or more calls within 1 s": one call fewer, over a little longer than a second. */
const WINDOW_MS = 1_100;
const HOUR_MS = 3_600_000;
/** A waiting queue is looked at again this often, so that a booking does not sleep behind a browser's wait. */
const LOOK_AGAIN_MS = 100;

/** Rank; the share of the hour it may use up; the longest it may wait before it is told to come back instead. */
const RULES: Readonly<Record<Priority, { rank: number; share: number; maxWaitMs: number }>> = {
  booking: { rank: 0, share: 1, maxWaitMs: 5_000 },
  browsing: { rank: 1, share: 0.9, maxWaitMs: 2_000 },
  background: { rank: 2, share: 0.6, maxWaitMs: 10_000 },
};

type Turn = Result<void, EhrError>;

interface Waiter {
  readonly priority: Priority;
  readonly giveUpAt: number;
  readonly go: (turn: Turn) => void;
}

export interface Budget {
  /** Waits for a turn; `throttled` at once where the wait would be longer than the priority bears. */
  take(priority: Priority): Promise<Turn>;
  /** Counts a call that could not ask first (a token refresh). */
  spend(): void;
  /** The EHR answered 429: nobody calls for so long. */
  block(seconds: number): void;
  /** How long the EHR has told us to stay away; 0: not at all. */
  blockedMs(): number;
}

export function createBudget(limits: Limits, clock: Clock): Budget {
  const perWindow = Math.max(1, limits.perSecond - 1);
  const sentAt: number[] = [];
  const waiting: Waiter[] = [];
  let hour = 0;
  let sentInHour = 0;
  let blockedUntil = 0;
  let pumping = false;
  // A test's clock may return from `sleep` without moving: what was slept counts as passed.
  let sleptUntil = 0;

  const now = () => Math.max(clock.now(), sleptUntil);

  function roll(at: number): void {
    const current = Math.floor(at / HOUR_MS);
    if (current !== hour) {
      hour = current;
      sentInHour = 0;
    }
    while (sentAt[0] !== undefined && sentAt[0] + WINDOW_MS <= at) sentAt.shift();
  }

  /** How long a call of this priority would wait behind `ahead` others. */
  function waitMs(priority: Priority, ahead: number, at: number): number {
    roll(at);
    let until = Math.max(at, blockedUntil);
    if (sentInHour + ahead >= limits.perHour * RULES[priority].share)
      until = Math.max(until, (hour + 1) * HOUR_MS);
    const over = sentAt.length + ahead - perWindow;
    if (over >= 0) {
      const frees = sentAt[over % perWindow] ?? at;
      until = Math.max(until, frees + WINDOW_MS * (1 + Math.floor(over / perWindow)));
    }
    return until - at;
  }

  function spend(): void {
    const at = now();
    roll(at);
    sentAt.push(at);
    sentInHour += 1;
  }

  async function pump(): Promise<void> {
    pumping = true;
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      const at = now();
      const wait = waitMs(first.priority, 0, at);
      if (wait <= 0) {
        waiting.shift();
        spend();
        first.go(ok(undefined));
        continue;
      }
      for (const late of waiting.filter((waiter) => at + waitMs(waiter.priority, 0, at) > waiter.giveUpAt)) {
        waiting.splice(waiting.indexOf(late), 1);
        late.go(throttled(waitMs(late.priority, 0, at)));
      }
      const nap = Math.min(wait, LOOK_AGAIN_MS);
      await clock.sleep(nap);
      sleptUntil = Math.max(sleptUntil, at + nap);
    }
    pumping = false;
  }

  return {
    spend,
    take(priority) {
      const { rank, maxWaitMs } = RULES[priority];
      const at = now();
      const behind = waiting.findIndex((waiter) => RULES[waiter.priority].rank > rank);
      const ahead = behind === -1 ? waiting.length : behind;
      const wait = waitMs(priority, ahead, at);
      if (wait > maxWaitMs) return Promise.resolve(throttled(wait));
      if (wait <= 0 && ahead === 0) {
        spend();
        return Promise.resolve(ok(undefined));
      }
      return new Promise((go) => {
        waiting.splice(ahead, 0, { priority, giveUpAt: at + maxWaitMs, go });
        if (!pumping) void pump();
      });
    },
    block(seconds) {
      blockedUntil = Math.max(blockedUntil, now() + seconds * 1_000);
    },
    blockedMs: () => Math.max(0, blockedUntil - now()),
  };
}

function throttled(waitMs: number): Turn {
  return fail({ kind: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)) });
}
