// How often something may be tried in any hour: by one conversation, and by all together. In memory; a restart begins anew.
import type { Clock } from './ports.ts';

const hourMs = 3_600_000;
const triesPerConversation = 3;

export interface Tries {
  /** Counts one more, or says no. */
  allowed(conversationId: string): boolean;
  /** The last one does not count against its conversation after all. */
  takeBack(conversationId: string): void;
}

export function createTries(clock: Pick<Clock, 'now'>, perHour: number): Tries {
  // Ascending: what is past stands in front.
  const all: number[] = [];
  const tries = new Map<string, number[]>();

  return {
    allowed(conversationId) {
      const since = clock.now() - hourMs;
      const present = all.findIndex((at) => at > since);
      if (present !== 0) all.splice(0, present === -1 ? all.length : present);
      if (all.length >= perHour) return false;
      const own = (tries.get(conversationId) ?? []).filter((at) => at > since);
      if (own.length >= triesPerConversation) return false;
      // `all` bounds how many conversations can be in here within an hour; older ones leave when the map is full.
      if (tries.size > perHour) {
        for (const [id, times] of tries) if (times.every((at) => at <= since)) tries.delete(id);
      }
      all.push(clock.now());
      tries.set(conversationId, [...own, clock.now()]);
      return true;
    },
    takeBack(conversationId) {
      tries.set(conversationId, (tries.get(conversationId) ?? []).slice(0, -1));
    },
  };
}
