import type { v2 } from '@google-cloud/speech';
import { serviceAccount } from '../../google/service-account.ts';
import { KEEPALIVE, serviceAddress } from '../../google/service-address.ts';
import { ok, type Result } from '../../model/failure.ts';
import { recognitionFailed } from '../recognition-failure.ts';
import type { GoogleSetting } from './google-request.ts';

export type GoogleClient = Pick<v2.SpeechClient, '_streamingRecognize' | 'close' | 'speechStub'>;

type ClientOptions = NonNullable<ConstructorParameters<typeof v2.SpeechClient>[0]>;
type ClientAddress = Pick<ClientOptions, 'apiEndpoint' | 'servicePath' | 'port' | 'sslCreds'>;
type SslCredentials = NonNullable<ClientOptions['sslCreds']>;

const SERVICE = { packageName: '@google-cloud/speech', host: 'speech.googleapis.com' };
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 5_000 };

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

/** Where the service is, as the package's client wants it. */
export function googleAddress(setting: GoogleSetting): ClientAddress {
  return serviceAddress<SslCredentials>(SERVICE, setting);
}
