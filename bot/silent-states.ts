// Conversations that nobody goes on with: after the session's minutes the person is forgotten on disk, too, not only when they come back.
import { setImmediate as nextRound } from 'node:timers/promises';
import type { Document, Json, Store } from '../services/ports.ts';

export interface SilentStates {
  /** Somebody is about to read the state: resolves when it is theirs, and it stays so until `left`. */
  entered(id: string): Promise<void> | undefined;
  left(id: string): void;
  /** A turn has written it, so there may be something to forget. */
  written(id: string): void;
  /** Forgets who was there wherever it has been silent for as long as a session lasts; how many there were. Calls must not overlap. */
  forget(nowMs: number, forgotten: (id: string) => void): Promise<number>;
}

const dayMs = 86_400_000;
/** States looked at before a turn may run. */
const atOnce = 100;

/**
 * A turn and the sweep never have the same conversation: the sweep leaves what a turn has, and a turn waits for the sweep's one write. A turn
 * that failed never leaves; it counts for two sweeps more.
 */
export function silentStates(
  store: Pick<Store, 'all' | 'get' | 'replace'>,
  sessionMinutes: number,
): SilentStates {
  const silentMs = sessionMinutes * 60_000;
  const inUse = new Map<string, number>();
  const forgetting = new Map<string, Promise<unknown>>();
  const changed = new Set<string>();
  let sweeps = 0;
  let hasLookedAtAll = false;

  const forgetOne = async (id: string, nowMs: number, forgotten: (id: string) => void): Promise<boolean> => {
    const found = await store.get('conversation', id);
    // No `await` from here to the write: whoever enters meanwhile finds it in `forgetting`.
    if (inUse.has(id)) return false;
    const spokeMs = found === undefined ? undefined : lastTurnMs(found.document);
    if (found === undefined || spokeMs === undefined) {
      changed.delete(id);
      return false;
    }
    if (nowMs - spokeMs <= silentMs) return false;
    changed.delete(id);
    const document = withoutPerson(found.document, spokeMs);
    if (document === undefined) return false;
    const writing = store.replace('conversation', id, document, found.version);
    forgetting.set(id, writing);
    try {
      const written = await writing;
      forgotten(id);
      return written.ok;
    } catch (error) {
      changed.add(id);
      throw error;
    } finally {
      forgetting.delete(id);
    }
  };

  return {
    entered(id) {
      const writing = forgetting.get(id);
      if (writing === undefined) {
        inUse.set(id, sweeps);
        return undefined;
      }
      return writing.then(
        () => void inUse.set(id, sweeps),
        () => void inUse.set(id, sweeps),
      );
    },
    left: (id) => void inUse.delete(id),
    written: (id) => void changed.add(id),
    async forget(nowMs, forgotten) {
      sweeps += 1;
      for (const [id, since] of inUse) if (since < sweeps - 2) inUse.delete(id);
      if (!hasLookedAtAll) for (const { id } of await store.all('conversation')) changed.add(id);
      hasLookedAtAll = true;
      let count = 0;
      for (const [at, id] of [...changed].entries()) {
        if (at % atOnce === atOnce - 1) await nextRound();
        if (await forgetOne(id, nowMs, forgotten)) count += 1;
      }
      return count;
    },
  };
}

const isFields = (value: Json | undefined): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const personal = ['firstName', 'lastName', 'birthDate'];
/** What is there only because of who it is: visits that were shown, a code, a new patient's answers. */
const ofPerson = ['undo', 'latest', 'seen', 'challenge', 'register', 'byName'] as const;

function lastTurnMs({ memory }: Document): number | undefined {
  const ms = isFields(memory) ? memory['lastTurnMs'] : undefined;
  return typeof ms === 'number' ? ms : undefined;
}

/**
 * Blanks instead of removing, so that the conversation, when it wakes, still knows that there was somebody and says so; and a day
 * older, so that it does wake whatever the clock does. Undefined: nobody was there.
 */
function withoutPerson(document: Document, spokeMs: number): Document | undefined {
  const { memory } = document;
  if (!isFields(memory)) return undefined;
  const { who, draft, task } = memory;
  const blankWho = isFields(who) ? blanked(who, Object.keys(who)) : undefined;
  const blankDraft = isFields(draft) ? blanked(draft, personal) : undefined;
  const isMove = isFields(draft) && isFields(draft['moving']);
  const isShown = isFields(task) && Object.keys(task).length > 1;
  // The visit that was being moved is named nowhere any more; that one is to be moved is still known.
  const dropped: readonly string[] = isMove ? [...ofPerson, 'draft'] : ofPerson;
  const rest = Object.fromEntries(Object.entries(memory).filter(([name]) => !dropped.includes(name)));
  const isLess = Object.keys(rest).length < Object.keys(memory).length;
  if (blankWho === undefined && blankDraft === undefined && !isShown && !isLess) return undefined;
  const kind = isMove ? 'move' : isFields(task) ? task['kind'] : undefined;
  return {
    ...document,
    memory: {
      ...rest,
      ...(blankWho === undefined ? {} : { who: blankWho }),
      ...(blankDraft === undefined || isMove ? {} : { draft: blankDraft }),
      ...(kind === undefined ? {} : { task: { kind } }),
      lastTurnMs: spokeMs - dayMs,
    },
  };
}

function blanked(fields: Document, names: readonly string[]): Document | undefined {
  const filled = names.filter((name) => typeof fields[name] === 'string' && fields[name] !== '');
  if (filled.length === 0) return undefined;
  return { ...fields, ...Object.fromEntries(filled.map((name) => [name, ''])) };
}
