// Bounds how many new web chats one address may open in a minute.
import type { Clock } from '../services/ports.ts';

const arrivalsPerMinute = 60;

/** As much of a request as is looked at. */
interface Arriving {
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** Counts a new chat; false where its address has had enough. Loopback is exempt: a proxy there bounds its own visitors. */
export function createArrivals(clock: Pick<Clock, 'now'>): (request: Arriving) => boolean {
  let startedAt = clock.now();
  let byAddress = new Map<string, number>();
  return (request) => {
    const address = request.socket.remoteAddress ?? '';
    if (/^(::1$|(::ffff:)?127\.)/.test(address)) return true;
    if (clock.now() - startedAt >= 60_000) {
      startedAt = clock.now();
      byAddress = new Map();
    }
    const count = (byAddress.get(address) ?? 0) + 1;
    byAddress.set(address, count);
    return count <= arrivalsPerMinute;
  };
}
