import type { GrammarText } from '../grammar/grammar.ts';
import type { RecognitionFailureCode } from '../recognition-failure.ts';

export type ChildSetting = {
  readonly libraries: { readonly sphinx: string; readonly base: string };
  readonly acousticModel: string;
  readonly dictionary: string;
  /** The program that knows how words are pronounced which are not in the dictionary. */
  readonly pronouncer: string;
};

export type ToChild =
  | { readonly what: 'open'; readonly setting: ChildSetting }
  /** Makes the grammar, so that the first utterance need not wait for it. */
  | { readonly what: 'prepare'; readonly job: number; readonly grammar: GrammarText }
  /** `samples`: 8 kHz, the end-pointed utterance. */
  | {
      readonly what: 'hear';
      readonly job: number;
      readonly grammar: GrammarText;
      readonly samples: Int16Array;
    };

export type FromChild =
  | { readonly what: 'opened' }
  | { readonly what: 'unopened'; readonly code: RecognitionFailureCode; readonly reason: string }
  | { readonly what: 'prepared'; readonly job: number }
  | { readonly what: 'refused'; readonly job: number; readonly code: RecognitionFailureCode }
  | {
      readonly what: 'heard';
      readonly job: number;
      /** Tokens of the grammar with a blank between; empty: nothing fits. */
      readonly text: string;
      /** The acoustic score a frame of the words. */
      readonly acoustic: number;
      /** How much better the grammar fits than any sounds whatever, a frame of the words. */
      readonly likelihoodRatio: number;
      /** How long the words took, in frames of 10 ms. */
      readonly frames: number;
      /** How far any sounds that were heard are from those of the words, a phone of the words: 0 when they are the same, near 1 when all are others. */
      readonly misheard: number;
      /** The share of the sound that lies before the first word and after the last one. */
      readonly outside: number;
    };
