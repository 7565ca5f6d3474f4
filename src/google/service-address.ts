import { createRequire } from 'node:module';

const TLS_PORT = 443;
const ON_THIS_MACHINE = /^(?:127\.\d+\.\d+\.\d+|localhost)$/;

/** A connection that a firewall has forgotten is noticed within these times, before the next caller speaks or is spoken to. */
export const KEEPALIVE = { 'grpc.keepalive_time_ms': 60_000, 'grpc.keepalive_timeout_ms': 5_000 };

/** Options of a client of Google's packages; `Credentials` are those of their gRPC. */
export type ServiceAddress<Credentials> =
  | { readonly apiEndpoint: string }
  | { readonly servicePath: string; readonly port: number; readonly sslCreds?: Credentials };

/** Which service: its package on npm, and the name of its host. */
export type GoogleService = { readonly packageName: string; readonly host: string };

/**
 * A resource is served by the endpoint of its own location only. Another endpoint (host:port) is spoken to by TLS, too, with the
 * same account; only a server on this machine is spoken to without, and gets no account's token.
 */
export function serviceAddress<Credentials>(
  { packageName, host }: GoogleService,
  { endpoint, location }: { readonly endpoint: string | null; readonly location: string },
): ServiceAddress<Credentials> {
  if (endpoint === null) return { apiEndpoint: `${location === 'global' ? '' : `${location}-`}${host}` };
  const { hostname, port } = new URL(`https://${endpoint}`);
  const address = { servicePath: hostname, port: port === '' ? TLS_PORT : Number(port) };
  if (!ON_THIS_MACHINE.test(hostname)) return address;
  // The gRPC that the package itself uses, wherever it was installed.
  const ofPackage = createRequire(createRequire(import.meta.url).resolve(packageName));
  const { grpc } = ofPackage('google-gax') as { grpc: { credentials: { createInsecure(): Credentials } } };
  return { ...address, sslCreds: grpc.credentials.createInsecure() };
}
