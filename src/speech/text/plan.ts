import { ok, type Result } from '../../model/failure.ts';
import { isSsml, readSsml, type SsmlPart } from '../../model/speech/ssml/ssml.ts';
import { speechFailed } from '../speech-failure.ts';
import { readerOf } from './reader-of.ts';
import { sayAs } from './say-as.ts';
import { speakable } from './speakable.ts';

/** What an engine is given, piece by piece: plain words, or silence that needs no engine. */
export type SpeechSegment =
  | {
      /** One line of plain words, with at least one letter or digit. */
      readonly words: string;
      readonly language: string;
      /** 1 is the engine's usual speed, 2 twice as fast. */
      readonly rate: number;
      /** Beside the usual level. */
      readonly gainDb: number;
    }
  | { readonly silenceMs: number };

/** The same for the same text and language, so it can be a cache's key. Never two silences in a row. */
export type SpeechPlan = { readonly segments: readonly SpeechSegment[] };

/** Longest text of one prompt with its markup, in UTF-16 units: about six minutes of speech. */
export const TEXT_CHARS_MAX = 5_000;

/** A text may have so many pieces, and its pauses may be so long together. */
const SEGMENTS_MAX = 200;
const SILENCE_MS_MAX = 60_000;
/** Figures become words, so words may be longer than the text that they come from. */
const WORDS_CHARS_MAX = 20_000;

const RATE_MIN = 0.5;
const RATE_MAX = 2;
const GAIN_DB_MIN = -20;
const GAIN_DB_MAX = 6;

type Style = { readonly language: string; readonly rate: number; readonly gainDb: number };
type Piece = { readonly text: string; readonly style: Style; readonly words?: string };
type Pause = { readonly pauseMs: number; readonly atLeast?: true };

/**
 * Turns text, plain or SSML, into what engines shall speak: numbers, dates, money and the like as words of the language,
 * where this room knows how it reads them (reader-of.ts).
 * Failures: `speech.text_too_long`, `speech.nothing_to_say`, `speech.pause_too_long`, and those of `readSsml`.
 */
export function planOf(text: string, language: string): Result<SpeechPlan> {
  if (text.length > TEXT_CHARS_MAX) {
    return speechFailed('speech.text_too_long', { chars: text.length, charsMax: TEXT_CHARS_MAX });
  }
  const style = { language, rate: 1, gainDb: 0 };
  if (!isSsml(text)) return bounded(joined([{ text, style }]));
  const read = readSsml(text);
  return read.ok ? bounded(joined([...flat(read.value, style)])) : read;
}

/** The pieces in the order in which they are spoken, each with what the elements around it say. */
function* flat(part: SsmlPart, style: Style): Generator<Piece | Pause> {
  if ('pauseMs' in part) yield part;
  else if ('sayAs' in part) {
    yield { text: part.text, style, words: ` ${sayAs(part.text, part.sayAs, part.format, style.language)} ` };
  } else if ('text' in part) yield { text: part.text, style };
  else {
    const inside = {
      language: part.language ?? style.language,
      rate: clamped(style.rate * (part.rate ?? 1), RATE_MIN, RATE_MAX),
      gainDb: clamped(style.gainDb + (part.gainDb ?? 0), GAIN_DB_MIN, GAIN_DB_MAX),
    };
    for (const one of part.parts) yield* flat(one, inside);
  }
}

/** Joins neighbours that sound alike into one segment: an engine's sentence should not fall into pieces. */
function joined(pieces: readonly (Piece | Pause)[]): SpeechSegment[] {
  const segments: SpeechSegment[] = [];
  let run: { style: Style; words: string; plain: string } | undefined;
  let pause = { askedMs: 0, leastMs: 0 };
  // Plain text is read as a whole, up to the next say-as: a number may stand beside an element that changes nothing.
  const read = () => {
    if (run) run = { ...run, words: run.words + readerOf(run.style.language).text(run.plain), plain: '' };
  };
  const finish = () => {
    read();
    const words = speakable(run?.words ?? '');
    if (run && words !== undefined) {
      const silenceMs = Math.max(pause.askedMs, pause.leastMs);
      // A pause before the first word belongs to it only when it was asked for.
      if (segments.length > 0 ? silenceMs > 0 : pause.askedMs > 0) segments.push({ silenceMs });
      segments.push({ words, ...run.style });
      pause = { askedMs: 0, leastMs: 0 };
    }
    run = undefined;
  };
  for (const piece of pieces) {
    if ('pauseMs' in piece) {
      finish();
      if (piece.atLeast) pause = { ...pause, leastMs: Math.max(pause.leastMs, piece.pauseMs) };
      else pause = { ...pause, askedMs: pause.askedMs + piece.pauseMs };
      continue;
    }
    if (run && !sameStyle(run.style, piece.style)) finish();
    run ??= { style: piece.style, words: '', plain: '' };
    if (piece.words === undefined) run = { ...run, plain: run.plain + piece.text };
    else {
      read();
      run = { ...run, words: run.words + piece.words };
    }
  }
  finish();
  if (pause.askedMs > 0) segments.push({ silenceMs: pause.askedMs });
  return segments;
}

function bounded(segments: readonly SpeechSegment[]): Result<SpeechPlan> {
  const spoken = segments.filter((one) => 'words' in one);
  if (spoken.length === 0) return speechFailed('speech.nothing_to_say');
  const chars = spoken.reduce((sum, { words }) => sum + words.length, 0);
  if (chars > WORDS_CHARS_MAX) return speechFailed('speech.text_too_long', { chars, charsMax: WORDS_CHARS_MAX });
  if (segments.length > SEGMENTS_MAX) {
    return speechFailed('speech.text_too_long', { segments: segments.length, SEGMENTS_MAX });
  }
  const silenceMs = segments.reduce((sum, one) => sum + ('silenceMs' in one ? one.silenceMs : 0), 0);
  if (silenceMs > SILENCE_MS_MAX) return speechFailed('speech.pause_too_long', { silenceMs, SILENCE_MS_MAX });
  return ok({ segments });
}

function sameStyle(one: Style, other: Style): boolean {
  return one.language === other.language && one.rate === other.rate && one.gainDb === other.gainDb;
}

function clamped(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(value * 100) / 100));
}
