// A list that hardly ever changes (offices, doctors, visit types): read once, then renewed behind everybody's back.
import { ok, type Result } from '../domain.ts';
import type { Clock, EhrError, Priority } from '../ports.ts';
import { createFlights } from './flights.ts';

/** Past this age the list is renewed in the background, at most one try in as long, while the old one is served. */
const RENEW_AFTER_MS = 10 * 60_000;

export type CachedList<T> = (priority: Priority) => Promise<Result<readonly T[], EhrError>>;

/** Only the very first reading makes anybody wait; a failed one is not kept. */
export function createCachedList<T>(
  load: (priority: Priority) => Promise<Result<readonly T[], EhrError>>,
  clock: Clock,
): CachedList<T> {
  const flights = createFlights<readonly T[]>();
  /** The same answer as long as it is the same list: what is worked out of it is known by identity. */
  let held: ReturnType<CachedList<T>> | undefined;
  let triedAt = 0;

  function renew(priority: Priority): Promise<Result<readonly T[], EhrError>> {
    triedAt = clock.now();
    return flights.share(
      'list',
      priority,
      () => load(priority),
      (rows) => {
        held = Promise.resolve(ok(rows));
      },
    );
  }

  return (priority) => {
    if (held === undefined) return renew(priority);
    if (clock.now() - triedAt > RENEW_AFTER_MS) void renew('background');
    return held;
  };
}
