// By which address a request counts: of the connection, or of whom the trusted proxies saw; never of what a client claims.
import { describe, expect, it } from 'vitest';
import { clientAddress, isLoopbackAddress } from '../../bot/client-address.ts';

const seen = (remoteAddress: string, forwarded: string | undefined, trusted: number): string =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }, trusted);

describe('the connection', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
    ['::1', '::1'],
    ['', ''],
  ])('%s counts as %s', (address, expected) => {
    expect(seen(address, '203.0.113.9', 0)).toBe(expected);
  });

  it('this machine by each of its names', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      expect(isLoopbackAddress(seen(address, undefined, 0)), address).toBe(true);
    for (const address of ['128.0.0.1', '::2', '1::1', ''])
      expect(isLoopbackAddress(seen(address, undefined, 0)), address).toBe(false);
  });
});

describe('behind proxies', () => {
  it.each<[what: string, forwarded: string | undefined, trusted: number, expected: string]>([
    ['one proxy', '203.0.113.9', 1, '203.0.113.9'],
    ['one proxy, and a client that claims another', '198.51.100.1, 203.0.113.9', 1, '203.0.113.9'],
    ['two proxies', '198.51.100.1,203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['a list too short for two', '203.0.113.9', 2, '10.0.0.1'],
    ['no list', undefined, 1, '10.0.0.1'],
    ['an empty one', '', 1, '10.0.0.1'],
    ['no address in it', 'unknown', 1, '10.0.0.1'],
    ['markup in it', '<script>', 1, '10.0.0.1'],
    ['a port behind it', '203.0.113.9:51234', 1, '203.0.113.9'],
    ['IPv6', '2001:db8:1:2::5', 1, '2001:db8:1:2::/64'],
    ['IPv6 in brackets', '[2001:db8:1:2::5]', 1, '2001:db8:1:2::/64'],
    ['IPv6 with a port', '[2001:db8:1:2::5]:443', 1, '2001:db8:1:2::/64'],
  ])('%s', (_, forwarded, trusted, expected) => {
    expect(seen('10.0.0.1', forwarded, trusted)).toBe(expected);
  });
});
