// Whose address a request comes from: the connection's, or what as many proxies as the operator trusts have written down.
import { isIP } from 'node:net';

/** As much of a request as is looked at. */
export interface Addressed {
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * The address to count by: IPv4 as it is, IPv6 as its /64, since one customer has at least that (RFC 6177). Each proxy appends
 * the address that it sees, so with `trusted` of them the client is the entry `trusted` from the right; whatever stands
 * further left, the client may have made up (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For).
 * A list that is too short did not come through all of them: then the connection's own address counts.
 */
export function clientAddress({ headers, socket }: Addressed, trusted: number): string {
  const own = networkOf(socket.remoteAddress ?? '') ?? '';
  if (trusted === 0) return own;
  const forwarded = (headers?.['x-forwarded-for'] ?? '').toString().split(',');
  return networkOf(withoutPort(forwarded.at(-trusted) ?? '')) ?? own;
}

/** Loopback, as `clientAddress` writes it. */
export const isLoopbackAddress = (address: string): boolean =>
  address === loopbackNetwork || address.startsWith('127.');

/** Some proxies write `203.0.113.7:51234`, or `[2001:db8::1]:51234`. */
function withoutPort(entry: string): string {
  const [, v6, v4] = /^\[([^\]]*)\](?::\d+)?$|^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(entry.trim()) ?? [];
  return v6 ?? v4 ?? entry.trim();
}

/** Undefined for what is no address. */
function networkOf(address: string): string | undefined {
  const [bare = ''] = address.split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
  if (isIP(mapped) === 4) return mapped;
  if (isIP(bare) !== 6) return undefined;
  if (bare === '::1') return loopbackNetwork;
  const [head = '', tail] = bare.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros: string[] = Array(Math.max(0, 8 - left.length - right.length)).fill('0');
  const first = [...left, ...zeros, ...right].slice(0, 4);
  return `${first.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

const loopbackNetwork = '::1';

/** Of one half of an address; an IPv4 tail is two groups, whose digits nothing here needs. */
const groupsOf = (half: string): readonly string[] =>
  half === '' ? [] : half.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
