import { isIPv6 } from 'node:net';

const GROUPS = 8;
/** Of 16 bits each. */
const NETWORK_GROUPS = 4;
const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * What of a client's address tells one household or office from another: an IPv4 address as it is, of an IPv6 address the
 * /64 network, whose every address its holder can use.
 */
export function networkOf(address: string): string {
  const [, ipv4] = IPV4_IN_IPV6.exec(address) ?? [];
  if (ipv4) return ipv4;
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  // The URL parser writes an address in its one shortest form, IPv4 at its end as groups.
  const [head = '', tail] = new URL(`http://[${bare}]/`).hostname.slice(1, -1).split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const between = Array<string>(GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...between, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

const groupsOf = (text: string): string[] => text.split(':').filter((group) => group !== '');
