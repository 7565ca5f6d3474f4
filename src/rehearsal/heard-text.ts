import type { PromptPart } from '../model/prompt.ts';
import { isSsml, ssmlWords } from '../model/speech/ssml/ssml.ts';

/** How fast a speech engine speaks, about: 60 ms a character are 160 words a minute. */
const CHARACTER_MS = 60;
const DIGIT_MS = 400;
/** A recording whose words nobody wrote down. */
const RECORDING_MS = 3000;

/** A prompt as somebody hears it: words, `<123>` for digits read out, `[name]` for a recording, with its words where these are known. */
export function heardText(parts: readonly PromptPart[]): string {
  const texts = parts.map((part) => {
    if ('say' in part) return isSsml(part.say) ? ssmlWords(part.say) : part.say;
    if ('file' in part) return part.text === undefined ? `[${part.file}]` : `[${part.file}] ${part.text}`;
    if ('recordingId' in part) return '[message]';
    return 'digits' in part ? `<${part.digits}>` : '';
  });
  return joined(texts);
}

/** The same for somebody who reads: what can only be heard is not there. */
export function shownText(parts: readonly PromptPart[]): string {
  const texts = parts.map((part) => {
    if ('say' in part) return part.say;
    if ('file' in part) return part.text ?? '';
    return 'digits' in part ? part.digits : '';
  });
  return joined(texts);
}

/** How long it takes to play, about; at least 1 ms, so that nothing that is played is over before it began. */
export function lengthMs(parts: readonly PromptPart[]): number {
  return parts.reduce((sum, part) => sum + partMs(part), 1);
}

function partMs(part: PromptPart): number {
  if ('silenceMs' in part) return part.silenceMs;
  if ('digits' in part) return part.digits.length * DIGIT_MS;
  if ('recordingId' in part) return RECORDING_MS;
  if ('recordingId' in part) return RECORDING_MS;
  const words = 'say' in part ? part.say : part.text;
  return words === undefined ? RECORDING_MS : words.length * CHARACTER_MS;
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text.trim() !== '').join(' ');
}
