import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Addresses that lead into the own machine or network, or to nobody: the IANA special-purpose registries,
 * https://www.iana.org/assignments/iana-ipv4-special-registry and .../iana-ipv6-special-registry.
 */
const INSIDE_IPV4 = [
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // RFC 1918
  '100.64.0.0/10', // carriers' own network, RFC 6598
  '127.0.0.0/8', // loopback
  '168.63.129.16/32', // the platform of Azure, which answers machines there only
  '169.254.0.0/16', // link-local; clouds answer there with the machine's credentials
  '172.16.0.0/12', // RFC 1918
  '192.0.0.0/24', // protocol assignments; clouds answer there, too
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // relays of 6to4, RFC 7526
  '192.168.0.0/16', // RFC 1918
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and broadcast
];
/** Of the global addresses (2000::/3) those that are special. All others of IPv6 lead inside or nowhere. */
const INSIDE_IPV6 = [
  '2001::/23', // protocol assignments, among them Teredo
  '2001:db8::/32', // documentation
  '3fff::/20', // documentation, RFC 9637
];
const GLOBAL_IPV6 = ['2000::/3'];

/** Groups of 16 bits at which an IPv4 address begins inside of IPv6 ones of these networks. */
const EMBEDDING: readonly { readonly network: BlockList; readonly at: number }[] = [
  { network: listOf(['::ffff:0:0/96']), at: 6 }, // IPv4-mapped
  { network: listOf(['64:ff9b::/96']), at: 6 }, // NAT64, RFC 6052
  { network: listOf(['2002::/16']), at: 1 }, // 6to4, RFC 3056
];
const MAPPED = EMBEDDING[0]!;

const inside = listOf([...INSIDE_IPV4, ...INSIDE_IPV6]);
const global = listOf(GLOBAL_IPV6);

/** An address as it is compared: without a zone, and an IPv4-mapped one as the IPv4 address that it means. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  return isIPv6(bare) && MAPPED.network.check(bare, 'ipv6') ? embeddedIn(bare, MAPPED.at) : bare;
}

/** Whether an address is one of the public network, also when it is an IPv4 address in the clothes of an IPv6 one. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !inside.check(address, 'ipv4');
  if (!isIPv6(address)) return false;
  const embedding = EMBEDDING.find(({ network }) => network.check(address, 'ipv6'));
  if (embedding) return isPublicAddress(embeddedIn(address, embedding.at));
  return global.check(address, 'ipv6') && !inside.check(address, 'ipv6');
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string];
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

function embeddedIn(address: string, at: number): string {
  const groups = groupsOf(address);
  return [groups[at]! >> 8, groups[at]! & 255, groups[at + 1]! >> 8, groups[at + 1]! & 255].join('.');
}

/** The eight groups of an IPv6 address. A web address is brought to one spelling, of which the longest run of zeros is left out. */
function groupsOf(address: string): number[] {
  const [head, tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::') as [string, string?];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}
