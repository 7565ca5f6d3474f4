import { BlockList } from 'node:net';
import { type AllowRule, allowRuleOf } from '../model/allow-rule.ts';
import { isPublicAddress, plainAddress } from './public-address.ts';

/** Ports of public addresses that need no rule: those of the web. */
const PUBLIC_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);

/** What flows may reach. */
export type Reach = {
  /**
   * Whether a connection may be made to an address (a literal one, or what the name of the host stands for now). A rule with
   * a host allows whatever its name stands for, also inside; a rule with an address or a network allows these.
   */
  permits(host: string, port: number, address: string): boolean;
};

type Tested = (host: string, port: number, address: string, family: 'ipv4' | 'ipv6') => boolean;

/** Entries that mean nothing are passed over: the check of the site refuses them, and here they allow nothing. */
export function reachOf(allow: readonly string[]): Reach {
  const rules = allow.flatMap((text) => {
    const rule = allowRuleOf(text);
    return rule ? [testOf(rule)] : [];
  });
  return {
    permits(host, port, written) {
      const address = plainAddress(written);
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      if (rules.some((allows) => allows(host, port, address, family))) return true;
      return PUBLIC_PORTS.has(port) && isPublicAddress(address);
    },
  };
}

function testOf(rule: AllowRule): Tested {
  const samePort = (port: number): boolean => rule.port === null || rule.port === port;
  if (rule.allows === 'host') return (host, port) => host === rule.host && samePort(port);
  if (rule.allows === 'subdomains') return (host, port) => host.endsWith(`.${rule.domain}`) && samePort(port);
  const network = new BlockList();
  network.addSubnet(rule.address, rule.prefixBits, rule.family);
  return (_, port, address, family) => family === rule.family && network.check(address, family) && samePort(port);
}
