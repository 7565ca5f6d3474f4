import { ok, type Result } from '../model/failure.ts';
import { speechFailed } from './speech-failure.ts';

/** Longest text of one prompt, in UTF-16 units: about six minutes of speech. */
export const TEXT_CHARS_MAX = 5_000;

/**
 * Makes the text that engines see: one line, no control characters, and no brackets, because flite and espeak-ng
 * know markup in `<...>` and espeak-ng takes `[[...]]` for phonemes. What stood between the brackets is read as words.
 * Failures: `speech.text_too_long`, `speech.nothing_to_say`.
 */
export function spokenText(text: string): Result<string> {
  if (text.length > TEXT_CHARS_MAX) {
    return speechFailed('speech.text_too_long', { chars: text.length, charsMax: TEXT_CHARS_MAX });
  }
  const plain = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Co}<>[\]]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(plain)) return speechFailed('speech.nothing_to_say');
  return ok(plain);
}
