import { type Failure, failed } from '../../failure.ts';

/** What can be wrong with marked-up text. They are failures of speech; docs/speech.md lists them with the others. */
export const SSML_FAILURES = {
  'speech.ssml_broken': 'The SSML is not well-formed.',
  'speech.ssml_too_deep': 'The SSML has too many elements, or too many inside each other.',
  'speech.ssml_value': 'An attribute of the SSML is missing or has a value that cannot be.',
  'speech.pause_too_long': 'A pause of the SSML is too long.',
} as const;

export type SsmlFailureCode = keyof typeof SSML_FAILURES;

/** `at`: where in the text, from 0. `reason` is a fixed sentence, for what is spoken is private. */
export function ssmlFailed(
  code: SsmlFailureCode,
  at: number,
  reason: string,
): { readonly ok: false; readonly failure: Failure } {
  return failed(code, SSML_FAILURES[code], { at, reason });
}
