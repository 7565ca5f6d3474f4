import { TELEPHONE_RATE } from '../media/frames.ts';
import { isSampleRate, type Resampler, resampler } from '../media/resample.ts';
import type { Result } from '../model/failure.ts';
import type { SpokenLine } from './cast.ts';
import type { SpeakOrder } from './engine.ts';
import { evenness } from './evenness.ts';
import { linkedStop } from './linked-stop.ts';
import { isEngineTrouble, speechFailed } from './speech-failure.ts';

/** How long an engine may take for one piece. */
export const PIECE_MS_MAX = 10_000;
/** Most sound of one piece, in samples: fifteen minutes. It is held in memory until it is taken. */
const SAMPLES_MAX = 15 * 60 * TELEPHONE_RATE;

/** How an engine is listened to. */
export type Hearing = {
  readonly signal: AbortSignal;
  /** So much sound is waited for, to know its level, before the first of it is given (evenness.ts). */
  readonly aheadMs: number;
  /** How long it may take until the first sound. */
  readonly firstMsMax: number;
};

/** A piece that an engine is speaking. It is made as fast as the engine can, and taken when it is wanted. */
export type PieceSound = {
  /** The next sound, or how the piece ended. Not to be asked again after that. */
  next(): Promise<Int16Array | Result<void>>;
};

/** Has one piece spoken: 8 kHz, at the level of all voices, without silence at its edges. It may hold nothing to be heard. */
export function speakPiece(line: SpokenLine, words: string, hearing: Hearing): PieceSound {
  const { engine, gate, breaker } = line.speaker;
  const ready: Int16Array[] = [];
  const even = evenness(hearing.aheadMs, line.gainDb);
  let filter: Resampler | undefined;
  let samples = 0;
  let ended: Result<void> | undefined;
  let wake: () => void = () => undefined;
  const stop = linkedStop(hearing.signal);
  let stoppedWith: Result<void> | undefined;

  const stopWith = (result: Result<void>): void => {
    stoppedWith ??= result;
    stop.now();
  };
  const give = (sound: Int16Array): void => {
    if (sound.length === 0) return;
    samples += sound.length;
    if (samples > SAMPLES_MAX) return stopWith(speechFailed('speech.text_too_long', { SAMPLES_MAX }));
    ready.push(sound);
    wake();
  };
  const take: SpeakOrder['take'] = (piece) => {
    if (stoppedWith) return;
    if (!isSampleRate(piece.rate)) {
      return stopWith(speechFailed('speech.engine_failed', { engine: engine.name, exit: `rate ${piece.rate}` }));
    }
    filter ??= resampler(piece.rate, TELEPHONE_RATE);
    give(even.push(filter.push(piece.samples)));
  };

  async function speak(): Promise<Result<void>> {
    const late = (): void => stopWith(speechFailed('speech.timed_out', { engine: engine.name }));
    const first = setTimeout(() => samples === 0 && late(), hearing.firstMsMax);
    const whole = setTimeout(late, PIECE_MS_MAX);
    const { voice, language, rate } = line;
    try {
      const speaking = engine.speak({ words, voice, language, rate, signal: stop.signal, take });
      // An engine that does not even end when it is told to is not waited for.
      const spoken = await Promise.race([speaking, stopped(stop.signal)]);
      if (spoken.ok && !stoppedWith) {
        if (filter) give(even.push(filter.end()));
        give(even.end());
      }
      const result = stoppedWith ?? spoken;
      // What is wrong with a text, or who stopped listening, says nothing about the engine.
      if (result.ok || isEngineTrouble(result.failure.code)) breaker.note(result.ok);
      return result;
    } finally {
      clearTimeout(first);
      clearTimeout(whole);
      stop.unlink();
    }
  }

  void gate.enter(speak).then((result) => {
    ended = result;
    wake();
  });
  return {
    async next() {
      for (;;) {
        const sound = ready.shift();
        if (sound) return sound;
        if (ended) return ended;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function stopped(signal: AbortSignal): Promise<Result<void>> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(speechFailed('speech.closed'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
