// The audit trail as a whole: does every entry follow from the one before it? Looked at when Bookadoc starts, and by `npm run audit:verify`.
import { hash } from 'node:crypto';
import { setImmediate as nextRound } from 'node:timers/promises';
import { fail, ok, type Result } from './domain.ts';
import type { Log, Store, Versioned } from './ports.ts';

/** The first link that does not hold; a sentence for the operator. */
export interface BrokenLink {
  readonly place: string;
  readonly message: string;
}

/** Entries looked at before a turn may run. */
const atOnce = 500;
/** As the store numbers them. */
const placeOf = (number: number): string => String(number).padStart(12, '0');

/** What the entry after this one holds as `previous`. */
export const linkHash = ({ id, document }: Versioned): string =>
  hash('sha256', `${id} ${JSON.stringify(document)}`, 'base64url');

/** The trail in its order. */
export const trailOf = async (store: Pick<Store, 'all'>): Promise<readonly Versioned[]> =>
  (await store.all('audit')).toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** How many entries there are, all linked, or the first place where they are not. */
export async function verifyTrail(
  store: Pick<Store, 'all'>,
): Promise<Result<{ readonly entries: number }, BrokenLink>> {
  const entries = await trailOf(store);
  const [first] = entries;
  if (first === undefined) return ok({ entries: 0 });
  let place = Number(first.id);
  let previous = first.document['previous'];
  // A trail whose beginning has gone says so itself, in an entry that is part of it.
  let isBeginning = first.id === placeOf(1) && previous === '';
  for (const [at, entry] of entries.entries()) {
    if (at % atOnce === atOnce - 1) await nextRound();
    if (entry.id !== placeOf(place)) return broken(placeOf(place), 'is missing');
    const { document } = entry;
    if (document['previous'] !== previous) return broken(entry.id, 'does not follow from the one before it');
    if (entry.version !== 1) return broken(entry.id, 'was written more than once');
    if (document['what'] === 'trail-cut')
      isBeginning ||=
        document['through'] === placeOf(Number(first.id) - 1) &&
        document['hash'] === first.document['previous'];
    previous = linkHash(entry);
    place += 1;
  }
  return isBeginning ? ok({ entries: entries.length }) : broken(placeOf(Number(first.id) - 1), 'is missing');
}

const broken = (place: string, how: string): Result<never, BrokenLink> =>
  fail({ place, message: `The audit trail is broken: entry ${place} ${how}.` });

export type TrailState = 'checking' | 'unbroken' | 'broken';

export interface TrailCheck {
  state(): TrailState;
  /** Verifies beside everything else, and logs what it found; a break stops nothing. */
  run(): Promise<void>;
}

export function createTrailCheck(store: Pick<Store, 'all'>, log: Log): TrailCheck {
  let state: TrailState = 'checking';
  return {
    state: () => state,
    async run() {
      const verified = await verifyTrail(store);
      state = verified.ok ? 'unbroken' : 'broken';
      if (verified.ok) log.info('audit trail unbroken', { count: verified.value.entries });
      else log.error('audit trail broken', { at: verified.error.place });
    },
  };
}
