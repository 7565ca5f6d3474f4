import { ok, type Result } from '../model/failure.ts';
import { type Cast, cast, type SpokenLine } from './cast.ts';
import type { Condition } from './condition.ts';
import type { EngineSet } from './engine-set.ts';
import type { PromptCache } from './prompt-cache.ts';
import type { Tried } from './renderer.ts';
import type { Speaker } from './speaker.ts';
import { isEngineTrouble } from './speech-failure.ts';
import { planOf, type SpeechSegment } from './text/plan.ts';

/** A text or SSML that is to be spoken; `voice`: an engine's own name of one. */
export type Order = { readonly text: string; readonly language: string; readonly voice?: string | undefined };

export type Attempt = {
  readonly casting: Cast;
  /** Who takes a line over when its engine has failed; the engine is not asked again. */
  readonly instead: (line: SpokenLine) => SpokenLine | undefined;
};

/** What was kept from before (its path without its ending), or made now; and whether nobody has the voice that was asked for. */
export type Spoken<T> = { readonly voiceUnknown: boolean } & ({ readonly file: string } | { readonly made: T });

export type FirstSpeaker = <T>(
  order: Order,
  attempt: (attempt: Attempt) => Promise<Tried<T>>,
) => Promise<Result<Spoken<T>>>;

export type FirstSpeakerOptions = {
  readonly engines: Pick<EngineSet, 'candidates'>;
  readonly cache: Pick<PromptCache, 'find'>;
  readonly condition: Pick<Condition, 'spoke'>;
  readonly log: { warn(fields: object, message: string): void };
};

/** Tries one engine after another, until one has spoken or what is wrong is none of theirs. */
export function firstSpeaker({ engines, cache, condition, log }: FirstSpeakerOptions): FirstSpeaker {
  return async (order, attempt) => {
    const planned = planOf(order.text, order.language);
    if (!planned.ok) return planned;
    const without = new Set<Speaker>();
    const castOf = (segments: readonly SpeechSegment[], others: readonly Speaker[] = []) =>
      cast(segments, {
        candidates: engines.candidates,
        voice: order.voice,
        without: new Set([...without, ...others]),
      });
    const instead = (line: SpokenLine): SpokenLine | undefined => {
      without.add(line.speaker);
      const other = castOf([line]);
      const spoken = other.ok ? other.value.lines[0] : undefined;
      return spoken && 'speaker' in spoken ? spoken : undefined;
    };
    const { segments } = planned.value;
    let last: Result<never> | undefined;
    for (;;) {
      const found = castOf(segments);
      if (!found.ok) return last ?? found;
      const { key, lines, voiceUnknown } = found.value;
      const file = await cache.find(key);
      if (file !== undefined) return ok({ file, voiceUnknown });
      const resting = speakersOf(lines).filter((speaker) => !speaker.breaker.ready());
      // Better one who should rest than nobody.
      if (resting.length > 0 && castOf(segments, resting).ok) {
        for (const speaker of resting) without.add(speaker);
        continue;
      }
      const { result, speaker } = await attempt({ casting: found.value, instead });
      if (result.ok) condition.spoke(result);
      if (result.ok) return ok({ made: result.value, voiceUnknown });
      if (!isEngineTrouble(result.failure.code) || !speaker || without.has(speaker)) return result;
      log.warn({ engine: speaker.engine.name, code: result.failure.code }, 'A speech engine did not speak a prompt.');
      condition.spoke(result);
      without.add(speaker);
      last = result;
    }
  };
}

function speakersOf(lines: Cast['lines']): Speaker[] {
  return [...new Set(lines.flatMap((line) => ('speaker' in line ? [line.speaker] : [])))];
}
