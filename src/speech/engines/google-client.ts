import type { v1 } from '@google-cloud/text-to-speech';
import { serviceAccount } from '../../google/service-account.ts';
import { KEEPALIVE, serviceAddress } from '../../google/service-address.ts';
import { ok, type Result } from '../../model/failure.ts';
import type { SpeechEngine } from '../../model/speech/engines.ts';
import { speechFailed } from '../speech-failure.ts';

export type GoogleVoice = Extract<SpeechEngine, { kind: 'google' }>;
export type GoogleClient = Pick<v1.TextToSpeechClient, 'synthesizeSpeech' | 'streamingSynthesize' | 'close'>;

type ClientOptions = NonNullable<ConstructorParameters<typeof v1.TextToSpeechClient>[0]>;

const SERVICE = { packageName: '@google-cloud/text-to-speech', host: 'texttospeech.googleapis.com' };

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
      ...serviceAddress<NonNullable<ClientOptions['sslCreds']>>(SERVICE, setting),
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
