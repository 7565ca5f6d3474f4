import { createRequire } from 'node:module';
import type { ChildSetting } from './protocol.ts';

/** What of the package's interface is used; it has no types of its own. */
type Waveform = { readonly samples: Float32Array; readonly sampleRate: number };
type OnlineStream = { acceptWaveform(wave: Waveform): void; inputFinished(): void };
type OnlineResult = { readonly text: string; readonly ys_probs?: readonly number[] };
type OnlineRecognizer = {
  createStream(): OnlineStream;
  isReady(stream: OnlineStream): boolean;
  decode(stream: OnlineStream): void;
  isEndpoint(stream: OnlineStream): boolean;
  reset(stream: OnlineStream): void;
  getResult(stream: OnlineStream): OnlineResult;
};
type Package = { readonly OnlineRecognizer: new (config: object) => OnlineRecognizer };

/** Sound of a call; sherpa-onnx brings it to the rate of the model by itself. */
const RATE = 8_000;
/** A streaming model looks ahead: without silence behind it the last word is not understood. */
const TAIL = new Float32Array(0.66 * RATE);
/** Silence that ends a sentence of somebody who talks on, in s. */
const SENTENCE_SILENCE_S = 0.8;

export type Understood = { readonly text: string; readonly confidence: number };

export type SherpaStream = {
  /** Gives what is understood since the last sentence. */
  accept(samples: Int16Array): string;
  /** The sentence that has just ended; undefined: none has. */
  sentence(): Understood | undefined;
  finish(): Understood;
};

/** Throws, or ends the process, when package or model are broken: only for the child process. */
export function openRecogniser({ model, module, threads }: ChildSetting): { begin(): SherpaStream } {
  const { OnlineRecognizer } = createRequire(import.meta.url)(module) as Package;
  const recogniser = new OnlineRecognizer({
    featConfig: { sampleRate: 16_000, featureDim: 80 },
    modelConfig: { ...model, numThreads: threads, provider: 'cpu', debug: 0 },
    decodingMethod: 'greedy_search',
    enableEndpoint: 1,
    rule2MinTrailingSilence: SENTENCE_SILENCE_S,
  });
  return {
    begin() {
      const stream = recogniser.createStream();
      const decode = () => {
        while (recogniser.isReady(stream)) recogniser.decode(stream);
      };
      return {
        accept(samples) {
          stream.acceptWaveform({ samples: Float32Array.from(samples, (value) => value / 32_768), sampleRate: RATE });
          decode();
          return plain(recogniser.getResult(stream).text);
        },
        sentence() {
          if (!recogniser.isEndpoint(stream)) return undefined;
          const understood = understoodOf(recogniser.getResult(stream));
          recogniser.reset(stream);
          return understood.text === '' ? undefined : understood;
        },
        finish() {
          stream.acceptWaveform({ samples: TAIL, sampleRate: RATE });
          stream.inputFinished();
          decode();
          return understoodOf(recogniser.getResult(stream));
        },
      };
    },
  };
}

/** The mean probability of the tokens, where the model gives it: an order, and no measured likelihood. */
function understoodOf({ text, ys_probs: logs = [] }: OnlineResult): Understood {
  const mean = logs.reduce((sum, one) => sum + one, 0) / Math.max(1, logs.length);
  return { text: plain(text), confidence: logs.length === 0 || mean > 0 ? 1 : Math.exp(mean) };
}

/** Many English models know capital letters only. */
function plain(text: string): string {
  const trimmed = text.trim();
  return trimmed === trimmed.toUpperCase() ? trimmed.toLowerCase() : trimmed;
}
