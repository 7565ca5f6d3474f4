import { createRequire } from 'node:module';
import type { v1 } from '@google-cloud/text-to-speech';
import { ok, type Result } from '../../model/failure.ts';
import type { SpeechEngine } from '../../model/speech/engines.ts';
import { speechFailed } from '../speech-failure.ts';

export type GoogleVoice = Extract<SpeechEngine, { kind: 'google' }>;
export type GoogleClient = Pick<v1.TextToSpeechClient, 'synthesizeSpeech' | 'streamingSynthesize' | 'close'>;

type ClientOptions = NonNullable<ConstructorParameters<typeof v1.TextToSpeechClient>[0]>;
type Grpc = { readonly credentials: { createInsecure(): NonNullable<ClientOptions['sslCreds']> } };

const TLS_PORT = 443;
const ON_THIS_MACHINE = /^(?:127\.\d+\.\d+\.\d+|localhost)$/;
/** A connection that a firewall has forgotten is noticed within these times, before the next prompt. */
const KEEPALIVE = { 'grpc.keepalive_time_ms': 60_000, 'grpc.keepalive_timeout_ms': 5_000 };

/**
 * A client of Google Cloud Text-to-Speech. The package is loaded here, and so only by sites that use it: it takes 0.4 s of the
 * processor. `secret` is the JSON of a service account; where the site names none, the machine's own account is used, as
 * Google's libraries find it. Failures: `speech.engine_missing` (the package), `speech.refused` (the secret).
 */
export async function connectGoogle(
  name: string,
  setting: GoogleVoice,
  secret: string | undefined,
): Promise<Result<GoogleClient>> {
  const refused = speechFailed('speech.refused', { engine: name });
  if (setting.secret !== null && secret === undefined) return refused;
  const account = secret === undefined ? undefined : serviceAccount(secret);
  if (secret !== undefined && account === undefined) return refused;
  try {
    const { TextToSpeechClient } = await import('@google-cloud/text-to-speech/build/src/v1/index.js');
    const client = new TextToSpeechClient({
      ...KEEPALIVE,
      ...addressOf(setting),
      projectId: setting.project,
      ...(account !== undefined && { credentials: account }),
    });
    await client.initialize();
    return ok(client);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    return missing ? speechFailed('speech.engine_missing', { engine: name, reason: 'the package' }) : refused;
  }
}

/** Another endpoint is spoken to by TLS, too, with the same account; only a server on this machine is spoken to without. */
function addressOf({ endpoint, location }: GoogleVoice): Partial<ClientOptions> {
  if (endpoint === null) {
    const place = location === 'global' ? '' : `${location}-`;
    return { apiEndpoint: `${place}texttospeech.googleapis.com` };
  }
  const { hostname, port } = new URL(`https://${endpoint}`);
  const address = { servicePath: hostname, port: port === '' ? TLS_PORT : Number(port) };
  if (!ON_THIS_MACHINE.test(hostname)) return address;
  // The gRPC that the package itself uses, wherever it was installed.
  const ofPackage = createRequire(createRequire(import.meta.url).resolve('@google-cloud/text-to-speech'));
  const { grpc } = ofPackage('google-gax') as { grpc: Grpc };
  return { ...address, sslCreds: grpc.credentials.createInsecure() };
}

type ServiceAccount = { readonly client_email: string; readonly private_key: string };

function serviceAccount(secret: string): ServiceAccount | undefined {
  try {
    const { client_email, private_key } = JSON.parse(secret) as Partial<ServiceAccount>;
    if (typeof client_email !== 'string' || typeof private_key !== 'string') return undefined;
    return { client_email, private_key };
  } catch {
    return undefined;
  }
}
