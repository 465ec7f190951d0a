// A clock that stands still: tests move it, and whoever sleeps moves it by that much and goes on at once.
import type { Clock } from '../../services/ports.ts';

export interface TestClock extends Clock {
  set(instant: string): void;
  advance(ms: number): void;
}

export function createTestClock(instant: string): TestClock {
  let now = Date.parse(instant);
  return {
    now: () => now,
    async sleep(ms) {
      now += ms;
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    },
    set(next) {
      now = Date.parse(next);
    },
    advance(ms) {
      now += ms;
    },
  };
}
