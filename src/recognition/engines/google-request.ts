import type { protos } from '@google-cloud/speech';
import type { SpeechEngine } from '../../model/speech/engines.ts';
import type { UtteranceOrder } from '../engine.ts';

export type GoogleSetting = Extract<SpeechEngine, { readonly kind: 'google' }>;
export type GoogleRequest = protos.google.cloud.speech.v2.IStreamingRecognizeRequest;

/** cloud.google.com/speech-to-text/quotas: phrases of one request, characters of all of them and of one. */
export const PHRASES_MAX = 5_000;
export const PHRASES_CHARS_MAX = 100_000;
export const PHRASE_CHARS_MAX = 100;
/** 0 to 20; what is expected is likelier than what is only near it, without being forced on the recogniser. */
const BOOST_EXPECTED = 10;
const BOOST_HINT = 5;
const ALTERNATIVES_MAX = 5;

/** English outside of the United States has no short telephone model (the rule of jambonz, transcription-utils.js). */
const NO_SHORT_MODEL = /^en-(?:in|au|gb|nz)$/i;

/** The site's own model, or the one that was made for calls: the short one where an answer is short. */
export function modelFor(setting: GoogleSetting, order: UtteranceOrder, shortModel: boolean): string {
  if (setting.model !== null) return setting.model;
  const long = order.continuous || order.expected.kind === 'free' || NO_SHORT_MODEL.test(order.language);
  return long || !shortModel ? 'telephony' : 'telephony_short';
}

/** The first message of a stream: what it is about, without sound (cloud_speech.proto, StreamingRecognizeRequest). */
export function firstMessage(setting: GoogleSetting, order: UtteranceOrder, model: string): GoogleRequest {
  const phrases = phrasesOf(order);
  return {
    recognizer: `projects/${setting.project}/locations/${setting.location}/recognizers/_`,
    streamingConfig: {
      config: {
        explicitDecodingConfig: { encoding: 'LINEAR16', sampleRateHertz: 8_000, audioChannelCount: 1 },
        model,
        languageCodes: [order.language],
        features: { maxAlternatives: ALTERNATIVES_MAX, enableAutomaticPunctuation: order.continuous },
        ...(phrases.length > 0 && { adaptation: { phraseSets: [{ inlinePhraseSet: { phrases } }] } }),
      },
      streamingFeatures: { interimResults: true, enableVoiceActivityEvents: true },
    },
  };
}

/** What is expected first: when there is too much, hints are left out before it. */
function phrasesOf(order: UtteranceOrder): { value: string; boost: number }[] {
  const expected = order.expected.kind === 'phrases' ? order.expected.phrases : [];
  const phrases: { value: string; boost: number }[] = [];
  const seen = new Set<string>();
  let chars = 0;
  for (const [at, value] of [...expected, ...order.hints].entries()) {
    if (value === '' || value.length > PHRASE_CHARS_MAX || seen.has(value)) continue;
    if (phrases.length === PHRASES_MAX || chars + value.length > PHRASES_CHARS_MAX) break;
    seen.add(value);
    chars += value.length;
    phrases.push({ value, boost: at < expected.length ? BOOST_EXPECTED : BOOST_HINT });
  }
  return phrases;
}
