import type { Speech } from '../media/voice-activity.ts';
import type { SpeechEndedBy } from '../model/speech/listening.ts';
import type { ChainHeard, ChainUtterance } from './chain.ts';
import type { Heard } from './ears.ts';
import type { EngineHeard } from './engine.ts';
import { gathered, type KeptSound } from './sound.ts';

/** Sound before the voice was noticed that belongs to it: a soft beginning is no voice to the detector. */
const PRE_ROLL_MS = 300;
/** So much silence after the voice is of use to an engine that hears the whole at once (speech.md 4). */
const TAIL_MS = 400;

/** Begins an utterance at the engines; nothing is told before it has returned. */
export type HearSaying = (told: (heard: ChainHeard) => void) => ChainUtterance;

/** Something that is said: from the first voice to the silence, and until its words are known. */
export type Saying = {
  readonly speech: Speech;
  /** Where its sound begins, in ms of sound of the turn. */
  readonly fromMs: number;
  partials(): boolean;
  ended(): boolean;
  write(frame: Int16Array, voiced: boolean): void;
  spoken(speech: Speech): void;
  /** Only the first end counts. */
  end(by: SpeechEndedBy): void;
  drop(): void;
  /** What is told of its words. */
  final(
    heard: Pick<Extract<EngineHeard, { what: 'final' }>, 'text' | 'confidence' | 'alternatives'>,
    engine: string,
  ): Heard;
};

export type SayingOptions = {
  readonly hear: HearSaying;
  readonly speech: Speech;
  readonly kept: KeptSound;
  /** What was before belongs to something else that was said, in ms of sound. */
  readonly notBeforeMs: number;
  readonly now: () => number;
  readonly told: (heard: ChainHeard) => void;
};

/**
 * An engine that hears the whole at once needs no more than a part of the end silence. It is asked as soon as it has that, so
 * that its answer is there when the silence is long enough; when the voice goes on, the answer is thrown away.
 */
export function beginSaying({ hear, speech: first, kept, notBeforeMs, now, told }: SayingOptions): Saying {
  let speech = first;
  let end: { readonly by: SpeechEndedBy; readonly soundMs: number; readonly clockMs: number } | null = null;
  const fromMs = Math.max(first.beganMs - PRE_ROLL_MS, notBeforeMs);
  const sound = [kept.since(fromMs)];
  /** Silence that is written when the voice goes on. */
  let held: Int16Array[] = [];
  /** What was answered before the silence was long enough; null: nobody was asked so early. */
  let early: ChainHeard[] | null = null;
  let utterance = ask();

  function ask(): ChainUtterance {
    const mine = hear((heard) => {
      if (mine !== utterance) return;
      if (early && !end) early.push(heard);
      else told(heard);
    });
    mine.write(gathered(sound));
    return mine;
  }
  function askAgain(): void {
    utterance.drop();
    early = null;
    utterance = ask();
  }
  return {
    get speech() {
      return speech;
    },
    fromMs,
    partials: () => utterance.partials,
    ended: () => end !== null,
    write(frame, voiced) {
      held.push(frame);
      if (!voiced && (early || (!utterance.partials && speech.silenceMs >= TAIL_MS))) {
        if (!early) utterance.end();
        early ??= [];
        return;
      }
      if (early) askAgain();
      for (const silence of held) {
        sound.push(silence);
        utterance.write(silence);
      }
      held = [];
    },
    spoken(now) {
      speech = now;
    },
    end(by) {
      if (end) return;
      end = { by, soundMs: kept.ms(), clockMs: now() };
      utterance.end();
      for (const heard of early ?? []) told(heard);
    },
    drop: () => utterance.drop(),
    final({ text, confidence, alternatives }, engine) {
      const endedBy = end?.by ?? 'engine';
      const waitedMs = (end?.soundMs ?? kept.ms()) - speech.endedMs + (end ? now() - end.clockMs : 0);
      const tookMs = endedBy === 'match' ? 0 : Math.max(0, Math.round(waitedMs));
      const times = { tookMs, fromMs: Math.max(speech.beganMs, fromMs), toMs: speech.endedMs };
      return { what: 'final', text, confidence, alternatives, engine, endedBy, ...times };
    },
  };
}
