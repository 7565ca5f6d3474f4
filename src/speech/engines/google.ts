import { TELEPHONE_RATE } from '../../media/frames.ts';
import { ok, type Result } from '../../model/failure.ts';
import type { Engine, SpeakOrder } from '../engine.ts';
import { PIECE_MS_MAX } from '../piece-sound.ts';
import { soundTaker } from '../program-sound.ts';
import { speechFailed } from '../speech-failure.ts';
import { connectGoogle, type GoogleClient, type GoogleVoice } from './google-client.ts';

/** The voices that speak while they make their sound (Cloud Text-to-Speech, "Chirp 3: HD voices", streaming). */
const STREAMING_VOICE = /-Chirp3-HD-/;
/** Samples of 16 bits without a head, the low byte first; `LINEAR16` is the same as a WAV file. */
const BARE = 'PCM';
/** gRPC's codes for credentials that are not there or not enough. */
const REFUSED = [7, 16];

/** Google Cloud Text-to-Speech. Its usual voice of a language is Google's choice. Failures: as `connectGoogle`. */
export async function openGoogle(
  name: string,
  setting: GoogleVoice,
  secret: string | undefined,
): Promise<Result<Engine>> {
  const connected = await connectGoogle(name, setting, secret);
  if (!connected.ok) return connected;
  const client = connected.value;
  return ok({
    name,
    version: 'v1',
    streams: (voice) => STREAMING_VOICE.test(voice),
    voiceFor: () => '',
    voiceNamed: (voice) => voice,
    async speak(order) {
      try {
        return STREAMING_VOICE.test(order.voice) ? await stream(client, name, order) : await whole(client, name, order);
      } catch (error) {
        if (order.signal.aborted) return speechFailed('speech.closed');
        const code = error instanceof Error && 'code' in error ? Number(error.code) : -1;
        if (REFUSED.includes(code)) return speechFailed('speech.refused', { engine: name });
        return speechFailed('speech.engine_failed', { engine: name, exit: `gRPC status ${code}` });
      }
    },
    close: () => client.close(),
  });
}

async function whole(client: GoogleClient, name: string, order: SpeakOrder): Promise<Result<void>> {
  const { words, rate, signal, take } = order;
  const asked = client.synthesizeSpeech(
    {
      input: { text: words },
      voice: voiceOf(order),
      audioConfig: { audioEncoding: 'LINEAR16', sampleRateHertz: TELEPHONE_RATE, speakingRate: rate },
    },
    { timeout: PIECE_MS_MAX, maxRetries: 0 },
  );
  const cancel = (): void => (asked as Partial<{ cancel(): void }>).cancel?.();
  signal.addEventListener('abort', cancel);
  try {
    const [{ audioContent }] = await asked;
    const wav = soundTaker(name, take);
    if (audioContent instanceof Uint8Array) wav.push(audioContent);
    return wav.end();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The first message says how, the second one what; then the sound comes. */
async function stream(client: GoogleClient, name: string, order: SpeakOrder): Promise<Result<void>> {
  const { words, rate, signal, take } = order;
  const call = client.streamingSynthesize({ timeout: PIECE_MS_MAX });
  const cancel = (): void => void call.destroy();
  signal.addEventListener('abort', cancel);
  let any = false;
  let half = Buffer.alloc(0);
  try {
    call.write({
      streamingConfig: {
        voice: voiceOf(order),
        streamingAudioConfig: { audioEncoding: BARE, sampleRateHertz: TELEPHONE_RATE, speakingRate: rate },
      },
    });
    call.write({ input: { text: words } });
    call.end();
    for await (const { audioContent } of call as AsyncIterable<{ audioContent?: Uint8Array }>) {
      const bytes = Buffer.concat([half, audioContent ?? new Uint8Array(0)]);
      const samples = new Int16Array(bytes.length >> 1);
      for (let i = 0; i < samples.length; i++) samples[i] = bytes.readInt16LE(2 * i);
      half = bytes.subarray(2 * samples.length);
      if (samples.length === 0) continue;
      any = true;
      take({ samples, rate: TELEPHONE_RATE });
    }
    if (signal.aborted) return speechFailed('speech.closed');
    return any ? ok(undefined) : speechFailed('speech.engine_failed', { engine: name, exit: 'no_samples' });
  } finally {
    signal.removeEventListener('abort', cancel);
    call.destroy();
  }
}

/** A voice bears its language in its name, such as `en-GB-Neural2-A`, and must be asked for in this. */
function voiceOf({ voice, language }: SpeakOrder): { languageCode: string; name?: string } {
  if (voice === '') return { languageCode: language };
  return { languageCode: /^[a-z]{2,3}-[A-Z]{2}(?=-)/.exec(voice)?.[0] ?? language, name: voice };
}
