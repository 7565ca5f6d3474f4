/** One entry of the site's `http.allow`: what flows may reach besides public addresses. `port` null: every port. */
export type AllowRule =
  | { readonly allows: 'host'; readonly host: string; readonly port: number | null }
  /** Every name below the domain; the domain itself needs an entry of its own. */
  | { readonly allows: 'subdomains'; readonly domain: string; readonly port: number | null }
  | {
      readonly allows: 'network';
      readonly family: 'ipv4' | 'ipv6';
      readonly address: string;
      readonly prefixBits: number;
      readonly port: number | null;
    };

/** What an entry looks like, for editors; `allowRuleOf` knows the rest, such as that no part of an address is above 255. */
export const ALLOW_RULE_PATTERN =
  /^(?:(?:\*\.)?[^\s/:@?#[\]\\*]+(?::[0-9]{1,5})?|[0-9.]+\/[0-9]{1,2}|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?|[0-9A-Fa-f:.]+\/[0-9]{1,3})$/;

const NETWORK = /^([0-9A-Fa-f:.]+)\/([0-9]{1,3})$/;
const BRACKETED = /^\[([0-9A-Fa-f:.]+)\](?::([0-9]{1,5}))?$/;
const NAMED = /^(\*\.)?([^\s/:@?#[\]\\*]+)(?::([0-9]{1,5}))?$/;
/** Without leading zeros, which some programs read as octal. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const PORT_MAX = 65_535;

/** The entry's meaning; undefined when it has none, such as a whole web address or a port of 70000. */
export function allowRuleOf(text: string): AllowRule | undefined {
  const network = NETWORK.exec(text);
  if (network) return networkRule(network[1]!, Number(network[2]));
  const bracketed = BRACKETED.exec(text);
  if (bracketed) return addressRule('ipv6', bracketed[1]!, bracketed[2]);
  const named = NAMED.exec(text);
  return named ? namedRule(named[2]!, named[1] !== undefined, named[3]) : undefined;
}

function networkRule(address: string, prefixBits: number): AllowRule | undefined {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  if (prefixBits > (family === 'ipv4' ? 32 : 128)) return undefined;
  const rule = addressRule(family, address, undefined);
  return rule && { ...rule, prefixBits };
}

function addressRule(family: 'ipv4' | 'ipv6', address: string, portText: string | undefined) {
  const port = portOf(portText);
  const valid = family === 'ipv4' ? IPV4.test(address) : hostOf(`[${address}]`) !== undefined;
  if (!valid || port === undefined) return undefined;
  return { allows: 'network', family, address, prefixBits: family === 'ipv4' ? 32 : 128, port } as const;
}

function namedRule(written: string, below: boolean, portText: string | undefined): AllowRule | undefined {
  const host = hostOf(written);
  const port = portOf(portText);
  if (host === undefined || port === undefined) return undefined;
  // 0x7f.1 and 2130706433 are spellings of 127.0.0.1 to a web address; a rule is to be read by people, too.
  if (IPV4.test(host)) return host === written && !below ? addressRule('ipv4', host, portText) : undefined;
  return below ? { allows: 'subdomains', domain: host, port } : { allows: 'host', host, port };
}

/** The host as web addresses have it: small letters, international names in ASCII, no dot at the end. */
function hostOf(written: string): string | undefined {
  if (!URL.canParse(`http://${written}/`)) return undefined;
  return new URL(`http://${written}/`).hostname.replace(/\.$/, '') || undefined;
}

function portOf(written: string | undefined): number | null | undefined {
  if (written === undefined) return null;
  const port = Number(written);
  return port >= 1 && port <= PORT_MAX ? port : undefined;
}
