// One call in flight for everybody who asks the same thing at the same time.
import type { Result } from '../domain.ts';
import type { EhrError, Priority } from '../ports.ts';

const RANK: Readonly<Record<Priority, number>> = { booking: 0, browsing: 1, background: 2 };

interface Flight<T> {
  readonly priority: Priority;
  readonly result: Promise<Result<T, EhrError>>;
}

export interface Flights<T> {
  /** Joins the flight under `key` or starts one. `landed` hears of a success unless the flight was forgotten meanwhile. */
  share(
    key: string,
    priority: Priority,
    work: () => Promise<Result<T, EhrError>>,
    landed: (value: T) => void,
  ): Promise<Result<T, EhrError>>;
  /** Later callers do not join these, and what they bring is not kept. */
  forget(concerns: (key: string) => boolean): void;
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>();

  async function share(
    key: string,
    priority: Priority,
    work: () => Promise<Result<T, EhrError>>,
    landed: (value: T) => void,
  ): Promise<Result<T, EhrError>> {
    const joined = flights.get(key);
    if (joined !== undefined) {
      const result = await joined.result;
      // A refusal to somebody who may wait (throttled, paused) is no answer to somebody who outranks them.
      return result.ok || RANK[joined.priority] <= RANK[priority]
        ? result
        : share(key, priority, work, landed);
    }
    const flight: Flight<T> = { priority, result: work() };
    flights.set(key, flight);
    try {
      const result = await flight.result;
      if (result.ok && flights.get(key) === flight) landed(result.value);
      return result;
    } finally {
      if (flights.get(key) === flight) flights.delete(key);
    }
  }

  return {
    share,
    forget(concerns) {
      for (const key of [...flights.keys()].filter(concerns)) flights.delete(key);
    },
  };
}
