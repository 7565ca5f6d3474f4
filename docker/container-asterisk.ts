import { BlockList, isIP } from 'node:net';
import { ConfigError } from '../src/config.ts';

/** How an Asterisk in a container is reached from outside of it. */
export type ContainerNetwork = {
  /** Name or address that ARI binds to: one that only the controller's network has. */
  readonly ariHost: string;
  /** The host's address on which the ports are published. */
  readonly publishAddress: string;
  /** The address that phones are told, for SIP and for sound; absent: the one on which the ports are published. */
  readonly externalAddress?: string | undefined;
  /** Networks that reach Asterisk's own address and are told that one, as ADDRESS/BITS. */
  readonly localNetworks: readonly string[];
  /** The network through which the host's own packets come when the ports are published on loopback. */
  readonly hostNetwork?: string | undefined;
  /** Networks whose calls need no password (a trunk, for example), as ADDRESS/BITS. */
  readonly trustedCallers: readonly string[];
};

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const ALL_ADDRESSES = ['0.0.0.0', '::'];

/**
 * What a container adds to the rendered configuration of asterisk-config/; the templates themselves stay the only ones.
 * `(+)` adds to a section that is there, and a later value of the same name holds. Throws ConfigError
 * `container.address_invalid`, `container.network_invalid` or `container.external_address_missing`.
 */
export function addContainerConfig(files: ReadonlyMap<string, string>, network: ContainerNetwork): Map<string, string> {
  const added = new Map(files);
  const append = (name: string, lines: readonly string[]): unknown =>
    added.set(name, `${files.get(name) ?? ''}\n; --- Added for the container.\n${lines.join('\n')}\n`);
  append('http.conf', ['[general](+)', `bindaddr = ${checkedHost('--ari-host', network.ariHost)}`]);
  append('pjsip.conf', [...transportLines(network), ...callerLines(network)]);
  // A container's log is its standard output, which the engine keeps and bounds.
  added.set('logger.conf', '[general]\ndateformat = %F %T.%3q\n\n[logfiles]\nconsole => notice,warning,error\n');
  return added;
}

function transportLines(network: ContainerNetwork): string[] {
  const external = externalAddress(network);
  const locals = network.localNetworks.map((net) => `local_net = ${checkedNetwork('--local-networks', net)}`);
  return ['udp', 'tcp'].flatMap((transport) => [
    `[${transport}](+)`,
    `external_signaling_address = ${external}`,
    `external_media_address = ${external}`,
    ...locals,
  ]);
}

function callerLines(network: ContainerNetwork): string[] {
  const nets = trustedNetworks(network);
  if (nets.length === 0) return [];
  return ['[trusted-callers]', 'type = identify', 'endpoint = loopback', ...nets.map((net) => `match = ${net}`)];
}

/**
 * Calls of the host itself come through the engine's gateway. That gateway is trusted only while the ports are published
 * on loopback: on other addresses some engines put it in the place of every caller's address.
 */
function trustedNetworks({ publishAddress, hostNetwork, trustedCallers }: ContainerNetwork): string[] {
  const nets = trustedCallers.map((net) => checkedNetwork('--trusted-callers', net));
  if (hostNetwork !== undefined && isLoopback(publishAddress)) {
    nets.push(checkedNetwork('--host-network', hostNetwork));
  }
  return nets;
}

function externalAddress({ externalAddress, publishAddress }: ContainerNetwork): string {
  const address = externalAddress ?? publishAddress;
  if (!ALL_ADDRESSES.includes(address)) return checkedHost('--external-address', address);
  throw new ConfigError(
    'container.external_address_missing',
    `The ports are published on ${address}, every address of the host, but phones must be told one: ` +
      'set STROWGER_EXTERNAL_ADDRESS to the address by which they reach this host.',
  );
}

function checkedHost(option: string, host: string): string {
  if (isIP(host) !== 0 || HOST_NAME.test(host)) return host;
  throw new ConfigError(
    'container.address_invalid',
    `${option} is ${JSON.stringify(host)}: it must be a host or an address.`,
  );
}

function checkedNetwork(option: string, net: string): string {
  const [address = '', bits, ...more] = net.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (isIP(address) !== 0 && fits && more.length === 0) return net;
  throw new ConfigError(
    'container.network_invalid',
    `${option} holds ${JSON.stringify(net)}: it must be ADDRESS or ADDRESS/BITS, separated by commas.`,
  );
}

function isLoopback(address: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8);
  loopback.addAddress('::1', 'ipv6');
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
