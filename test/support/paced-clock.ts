// A clock that runs as the real one does, and passes over the minutes in which a person reads, writes, or is away.
import type { Clock } from '../../services/ports.ts';
import { createRunningClock } from './product.ts';

export interface PacedClock extends Clock {
  pass(ms: number): void;
}

/** The same for what is waited for behind a turn, such as the moment before a code goes out: it takes hardly any time. */
export const hurried = (clock: PacedClock): PacedClock => ({
  ...clock,
  sleep: (ms) => clock.sleep(ms > 5_000 ? ms : Math.min(ms, 20)),
});

export function createPacedClock(instant: string): PacedClock {
  const running = createRunningClock(instant);
  let passedMs = 0;
  return {
    ...running,
    now: () => running.now() + passedMs,
    pass(ms) {
      passedMs += ms;
    },
  };
}
