import { createRequire } from 'node:module';
import type { v2 } from '@google-cloud/speech';
import { ok, type Result } from '../../model/failure.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import type { GoogleSetting } from './google-request.ts';

export type GoogleClient = Pick<v2.SpeechClient, '_streamingRecognize' | 'close' | 'speechStub'>;

type ClientOptions = NonNullable<ConstructorParameters<typeof v2.SpeechClient>[0]>;
type ClientAddress = Pick<ClientOptions, 'apiEndpoint' | 'servicePath' | 'port' | 'sslCreds'>;
type Grpc = { readonly credentials: { createInsecure(): NonNullable<ClientOptions['sslCreds']> } };

const TLS_PORT = 443;
const ON_THIS_MACHINE = /^(?:127\.\d+\.\d+\.\d+|localhost)$/;
/** A connection that a firewall has forgotten is noticed within these times, before the next caller speaks. */
const KEEPALIVE = { 'grpc.keepalive_time_ms': 60_000, 'grpc.keepalive_timeout_ms': 5_000 };
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 5_000 };

type ServiceAccount = { readonly client_email: string; readonly private_key: string };

/**
 * A client of Speech-to-Text v2. The package is loaded here, and so only by sites that use it: it takes 0.4 s of the
 * processor and 70 MB. `secret` is the JSON of a service account; without one the machine's own account is used, as
 * Google's libraries find it. Failures: `recognition.engine_missing` (the package), `recognition.refused` (the secret).
 */
export async function connectGoogle(setting: GoogleSetting, secret: string | undefined): Promise<Result<GoogleClient>> {
  if (setting.secret !== null && secret === undefined) return recognitionFailed('recognition.refused');
  const account = secret === undefined ? undefined : serviceAccount(secret);
  if (secret !== undefined && account === undefined) return recognitionFailed('recognition.refused');
  try {
    // The entry of the package loads all three versions of the service; this is the one.
    const { SpeechClient } = await import('@google-cloud/speech/build/src/v2/index.js');
    const client = new SpeechClient({
      ...KEEPALIVE,
      ...RECONNECT,
      ...googleAddress(setting),
      ...(account !== undefined && { credentials: account }),
    });
    await client.initialize();
    return ok(client);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    return recognitionFailed(missing ? 'recognition.engine_missing' : 'recognition.refused');
  }
}

/** gRPC connects at the first call; a caller who is about to speak need not wait for the handshake. */
export async function connectNow(client: GoogleClient): Promise<void> {
  const stub = (await client.speechStub) as
    | { getChannel?(): { getConnectivityState(connect: boolean): number } }
    | undefined;
  stub?.getChannel?.().getConnectivityState(true);
}

/**
 * A recognizer is served by the endpoint of its own location only. Another endpoint is spoken to by TLS, too, with the
 * same account; only a server on this machine is spoken to without, and gets no account's token.
 */
export function googleAddress(setting: GoogleSetting): ClientAddress {
  if (setting.endpoint === null) {
    return {
      apiEndpoint:
        setting.location === 'global' ? 'speech.googleapis.com' : `${setting.location}-speech.googleapis.com`,
    };
  }
  const { hostname, port } = new URL(`https://${setting.endpoint}`);
  const address = { servicePath: hostname, port: port === '' ? TLS_PORT : Number(port) };
  if (!ON_THIS_MACHINE.test(hostname)) return address;
  // The gRPC that the package itself uses, wherever it was installed.
  const ofPackage = createRequire(createRequire(import.meta.url).resolve('@google-cloud/speech'));
  const { grpc } = ofPackage('google-gax') as { grpc: Grpc };
  return { ...address, sslCreds: grpc.credentials.createInsecure() };
}

function serviceAccount(secret: string): ServiceAccount | undefined {
  try {
    const parsed: unknown = JSON.parse(secret);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { client_email, private_key } = parsed as Partial<ServiceAccount>;
    return typeof client_email === 'string' && typeof private_key === 'string'
      ? { ...(parsed as ServiceAccount) }
      : undefined;
  } catch {
    return undefined;
  }
}
