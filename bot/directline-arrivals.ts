// Bounds how many new web chats one address may open in a minute.
import type { Clock } from '../services/ports.ts';
import { type Addressed, clientAddress, isLoopbackAddress } from './client-address.ts';

const arrivalsPerMinute = 60;
/** Addresses counted at once; the longest known gives way. */
const mostAddresses = 10_000;

/** Counts a new chat; false where its address has had enough. Loopback is exempt: a proxy there bounds its own visitors. */
export function createArrivals(
  clock: Pick<Clock, 'now'>,
  addressOf: (request: Addressed) => string | undefined = (request) => clientAddress(request, 0),
): (request: Addressed) => boolean {
  let startedAt = clock.now();
  let byAddress = new Map<string, number>();
  return (request) => {
    const address = addressOf(request);
    if (address === undefined || isLoopbackAddress(address)) return true;
    if (clock.now() - startedAt >= 60_000) {
      startedAt = clock.now();
      byAddress = new Map();
    }
    const count = (byAddress.get(address) ?? 0) + 1;
    byAddress.set(address, count);
    const [oldest] = byAddress.size > mostAddresses ? byAddress.keys() : [];
    if (oldest !== undefined) byAddress.delete(oldest);
    return count <= arrivalsPerMinute;
  };
}
