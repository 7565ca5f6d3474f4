import type { RecordingId } from './ids.ts';

/**
 * One piece of what a customer hears or reads. Text is spoken by a speech engine; a file is a recording under the flows
 * folder, and `text` is what stands for it where nobody listens.
 */
export type PromptPart =
  | { readonly say: string; readonly language: string; readonly voice?: string }
  | { readonly file: string; readonly text?: string }
  | { readonly digits: string; readonly language: string }
  | { readonly silenceMs: number }
  /** What somebody said: a message that is kept, or one that was just left. */
  | { readonly recordingId: RecordingId };
