import type { protos } from '@google-cloud/speech';
import type { Alternative } from '../../model/speech/listening.ts';
import { joinWords } from './joined-words.ts';

type Response = protos.google.cloud.speech.v2.IStreamingRecognizeResponse;
type Duration = protos.google.protobuf.IDuration;

/** A part of what was said that Google will not change any more. */
export type SettledPiece = {
  readonly text: string;
  readonly confidence: number;
  readonly alternatives: readonly Alternative[];
  /** Sound of this stream up to here is settled; undefined: all that was sent. */
  readonly untilMs: number | undefined;
};

export type GoogleReading = {
  readonly event: 'voice_began' | 'voice_ended' | 'utterance_ended' | undefined;
  readonly settled: readonly SettledPiece[];
  /** What follows the settled pieces, as it is understood by now. */
  readonly interim: string;
};

const EVENTS: Readonly<Record<string, GoogleReading['event']>> = {
  SPEECH_ACTIVITY_BEGIN: 'voice_began',
  SPEECH_ACTIVITY_END: 'voice_ended',
  END_OF_SINGLE_UTTERANCE: 'utterance_ended',
};

/** One message of a stream: at most one settled result, followed by the interim ones (cloud_speech.proto). */
export function readResponse(response: Response, language: string): GoogleReading {
  const settled: SettledPiece[] = [];
  const interim: string[] = [];
  for (const result of response.results ?? []) {
    const [best, ...others] = result.alternatives ?? [];
    const text = best?.transcript?.trim() ?? '';
    if (!result.isFinal) {
      interim.push(text);
      continue;
    }
    const confidence = confidenceOf(best?.confidence);
    const alternatives = others.map((other, at) => ({
      text: other.transcript?.trim() ?? '',
      // Google gives a figure for the best one only; these say nothing but the order.
      confidence: confidence / (at + 2),
    }));
    settled.push({ text, confidence, alternatives, untilMs: milliseconds(result.resultEndOffset) });
  }
  return { event: EVENTS[String(response.speechEventType)], settled, interim: joinWords(interim, language) };
}

/** Several pieces as one: as sure as its least sure piece; the last piece may have been something else. */
export function joinSettled(pieces: readonly SettledPiece[], language: string): Omit<SettledPiece, 'untilMs'> {
  const before = pieces.slice(0, -1).map(({ text }) => text);
  return {
    text: joinWords(
      pieces.map(({ text }) => text),
      language,
    ),
    confidence: Math.min(...pieces.map(({ confidence }) => confidence)),
    alternatives: (pieces.at(-1)?.alternatives ?? []).map(({ text, confidence }) => ({
      text: joinWords([...before, text], language),
      confidence,
    })),
  };
}

/** 0 means that there is none (SpeechRecognitionAlternative.confidence). */
function confidenceOf(given: number | null | undefined): number {
  return given === null || given === undefined || given === 0 ? 1 : Math.min(1, Math.max(0, given));
}

function milliseconds(duration: Duration | null | undefined): number | undefined {
  if (duration === null || duration === undefined) return undefined;
  return Number(duration.seconds ?? 0) * 1_000 + Number(duration.nanos ?? 0) / 1e6;
}
