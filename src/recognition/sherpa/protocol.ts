import type { RecognitionFailureCode } from '../recognition-failure.ts';
import type { ModelFiles } from './model-files.ts';

export type ChildSetting = {
  readonly model: ModelFiles;
  /** The package, or the path of another module with its interface. */
  readonly module: string;
  readonly threads: number;
};

export type ToChild =
  | { readonly what: 'open'; readonly setting: ChildSetting }
  | { readonly what: 'begin'; readonly utterance: number; readonly continuous: boolean }
  /** 8 kHz, 16 bit. */
  | { readonly what: 'sound'; readonly utterance: number; readonly samples: Int16Array }
  | { readonly what: 'end' | 'drop'; readonly utterance: number };

export type FromChild =
  | { readonly what: 'opened' }
  | { readonly what: 'unopened'; readonly code: RecognitionFailureCode; readonly reason: string }
  /** Answers each `sound`: it was worked through, and this is understood since the last final. */
  | { readonly what: 'taken'; readonly utterance: number; readonly text: string }
  /** `last`: the answer to `end`; its text may be empty. */
  | {
      readonly what: 'final';
      readonly utterance: number;
      readonly last: boolean;
      readonly text: string;
      readonly confidence: number;
    };
