// The audit trail as a whole: does every entry follow from the one before it? Looked at when Bookadoc starts, and by `npm run audit:verify`.
import { hash } from 'node:crypto';
import { fail, ok, type Result } from './domain.ts';
import type { Json, Log, Store, Versioned } from './ports.ts';

/** The first link that does not hold; a sentence for the operator. */
export interface BrokenLink {
  readonly place: string;
  readonly message: string;
}

/** As the store numbers them. */
const placeOf = (number: number): string => String(number).padStart(12, '0');

/** What the entry after this one holds as `previous`. */
export const linkHash = ({ id, document }: Versioned): string =>
  hash('sha256', `${id} ${JSON.stringify(document)}`, 'base64url');

/** How many entries there are, all linked, or the first place where they are not. Throws where the store cannot be read. */
export async function verifyTrail(
  store: Pick<Store, 'links'>,
): Promise<Result<{ readonly entries: number }, BrokenLink>> {
  let entries = 0;
  let first: Versioned | undefined;
  let place = 0;
  let previous: Json | undefined;
  let isBeginning = false;
  for await (const entry of store.links('audit')) {
    const { id, document } = entry;
    if (first === undefined) {
      first = entry;
      place = Number(id);
      previous = document['previous'];
      // A trail whose beginning has gone says so itself, in an entry that is part of it.
      isBeginning = id === placeOf(1) && previous === '';
    }
    if (id < placeOf(place) || entry.version !== 1) return broken(id, 'was written more than once');
    if (id !== placeOf(place)) return broken(placeOf(place), 'is missing');
    if (document['previous'] !== previous) return broken(id, 'does not follow from the one before it');
    if (document['what'] === 'trail-cut')
      isBeginning ||=
        document['through'] === placeOf(Number(first.id) - 1) &&
        document['hash'] === first.document['previous'];
    previous = linkHash(entry);
    place += 1;
    entries += 1;
  }
  return first === undefined || isBeginning
    ? ok({ entries })
    : broken(placeOf(Number(first.id) - 1), 'is missing');
}

const broken = (place: string, how: string): Result<never, BrokenLink> =>
  fail({ place, message: `The audit trail is broken: entry ${place} ${how}.` });

export type TrailState = 'checking' | 'unbroken' | 'broken';

export interface TrailCheck {
  state(): TrailState;
  /** Verifies beside everything else, and logs what it found; a break stops nothing. */
  run(): Promise<void>;
  /** What it finds from now on is not said: the store is about to close. */
  stop(): void;
}

export function createTrailCheck(store: Pick<Store, 'links'>, log: Log): TrailCheck {
  let state: TrailState = 'checking';
  let stopped = false;
  return {
    state: () => state,
    async run() {
      try {
        const verified = await verifyTrail(store);
        state = verified.ok ? 'unbroken' : 'broken';
        if (verified.ok) log.info('audit trail unbroken', { count: verified.value.entries });
        else log.error('audit trail broken', { at: verified.error.place });
      } catch (error) {
        if (stopped) return;
        state = 'broken';
        log.error('audit trail unreadable', { reason: error instanceof Error ? error.name : 'unknown' });
      }
    },
    stop() {
      stopped = true;
    },
  };
}
