import { createHash } from 'node:crypto';
import { ok, type Result } from '../model/failure.ts';
import type { Candidate, Speaker } from './speaker.ts';
import { speechFailed } from './speech-failure.ts';
import type { SpeechSegment } from './text/plan.ts';

/** Changes when the sound made from the same engine output changes: it is part of the cache's key. */
const SOUND_FORMAT = 'wav-8k-2';

/** BCP 47 tags in use are far shorter. */
const LANGUAGE_CHARS_MAX = 35;

/** What one engine says with one voice. */
export type SpokenLine = {
  readonly speaker: Speaker;
  readonly voice: string;
  readonly words: string;
  readonly language: string;
  readonly rate: number;
  readonly gainDb: number;
};

export type Line = SpokenLine | { readonly silenceMs: number };

/** A plan with the engine and the voice of each of its parts. */
export type Cast = {
  readonly lines: readonly Line[];
  /** What the sound is kept under: the same for the same sound. */
  readonly key: string;
  /** A voice was asked for that nobody has. */
  readonly voiceUnknown: boolean;
};

export type Casting = {
  /** Who may speak the language, in order. */
  readonly candidates: (language: string) => readonly Candidate[];
  /** The voice that the prompt asks for. */
  readonly voice: string | undefined;
  /** Who is not to be asked (any more). */
  readonly without: ReadonlySet<Speaker>;
};

/** Finds who speaks each part. Failure: `speech.no_voice`. */
export function cast(segments: readonly SpeechSegment[], casting: Casting): Result<Cast> {
  const lines: Line[] = [];
  const parts: unknown[] = [SOUND_FORMAT];
  let voiceUnknown = false;
  for (const segment of segments) {
    if ('silenceMs' in segment) {
      lines.push(segment);
      parts.push(segment.silenceMs);
      continue;
    }
    const found = speakerOf(segment.words, segment.language, casting);
    if (!found) return speechFailed('speech.no_voice', { language: printable(segment.language) });
    voiceUnknown ||= !found.named;
    const { speaker, voice } = found;
    lines.push({ ...segment, speaker, voice });
    const { words, rate, gainDb } = segment;
    parts.push([speaker.engine.name, speaker.engine.version, voice, words, rate, gainDb]);
  }
  return ok({ lines, key: createHash('sha256').update(JSON.stringify(parts)).digest('hex'), voiceUnknown });
}

type Found = { readonly speaker: Speaker; readonly voice: string; readonly named: boolean };

/** The first who has the voice that was asked for; without one, the first who can read the words. */
function speakerOf(words: string, language: string, { candidates, voice: asked, without }: Casting): Found | undefined {
  if (language.length > LANGUAGE_CHARS_MAX) return undefined;
  const able = candidates(language).flatMap(({ speaker, voice }) => {
    const usual = without.has(speaker) ? undefined : speaker.engine.voiceFor(words, language);
    return usual === undefined ? [] : [{ speaker, usual, chosen: voice }];
  });
  for (const { speaker } of asked === undefined ? [] : able) {
    const voice = speaker.engine.voiceNamed(asked!, language);
    if (voice !== undefined) return { speaker, voice, named: true };
  }
  const first = able[0];
  if (!first) return undefined;
  const chosen = first.chosen === null ? undefined : first.speaker.engine.voiceNamed(first.chosen, language);
  const named = asked === undefined && (first.chosen === null || chosen !== undefined);
  return { speaker: first.speaker, voice: chosen ?? first.usual, named };
}

function printable(language: string): string {
  return language.slice(0, LANGUAGE_CHARS_MAX).replace(/[^A-Za-z0-9-]/g, '?');
}
