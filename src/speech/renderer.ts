import { TELEPHONE_RATE } from '../media/frames.ts';
import { ok, type Result } from '../model/failure.ts';
import type { Cast, SpokenLine } from './cast.ts';
import { joined } from './evenness.ts';
import { type LinkedStop, linkedStop } from './linked-stop.ts';
import { PIECE_MS_MAX } from './piece-sound.ts';
import type { PromptCache } from './prompt-cache.ts';
import { promptSound, SpeechBroken } from './prompt-sound.ts';
import { openRests } from './rests.ts';
import type { Speaker } from './speaker.ts';
import { isEngineTrouble, speechFailed } from './speech-failure.ts';
import { writeWav } from './wav.ts';

/** A caller waits for the first sound: an engine that has none by then is stopped, and another one speaks. */
const LIVE_FIRST_MS_MAX = 3_000;
/** So much sound is waited for before the first of it is given, to know its level: engines are far quicker than time. */
const LIVE_AHEAD_MS = 600;

/** The sound of one prompt that is kept or made whole: half an hour. */
const SAMPLES_MAX = 30 * 60 * TELEPHONE_RATE;

/** What came of a try, and whose trouble it was when it failed. */
export type Tried<T> = { readonly result: Result<T>; readonly speaker?: Speaker | undefined };

export type Renderer = {
  /** Has a prompt spoken into a file. Those who ask for the same at the same time share the work. */
  file(cast: Cast): Promise<Tried<string>>;
  /** Has it spoken as a stream, when its first sound is there; it is kept in the cache when it was taken to its end. */
  stream(cast: Cast, instead: (line: SpokenLine) => SpokenLine | undefined): Promise<Tried<AsyncIterable<Int16Array>>>;
};

export type RendererOptions = {
  readonly cache: PromptCache;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Told whenever a prompt was to be kept. */
  readonly kept: (result: Result<string>) => void;
  /** Takes note of work that goes on by itself. */
  readonly track: (work: Promise<unknown>) => void;
};

export function createRenderer({ cache, now, signal, kept, track }: RendererOptions): Renderer {
  const underWay = new Map<string, Promise<Tried<string>>>();
  const rests = openRests<Tried<never>>(now);

  function failed(key: string, error: unknown): Tried<never> {
    if (!(error instanceof SpeechBroken)) throw error;
    const tried = { result: { ok: false, failure: error.failure } as const, speaker: error.speaker };
    if (isEngineTrouble(error.failure.code)) rests.begin(key, tried);
    return tried;
  }

  async function keep(key: string, sounds: readonly Int16Array[]): Promise<Result<string>> {
    const result = await cache.keep(key, writeWav(joined(sounds)));
    kept(result);
    return result;
  }

  async function render({ key, lines }: Cast): Promise<Tried<string>> {
    const room = await cache.hasRoom();
    if (!room.ok) {
      kept(room);
      return { result: room };
    }
    const order = { signal, aheadMs: Number.POSITIVE_INFINITY, firstMsMax: PIECE_MS_MAX };
    const sounds: Int16Array[] = [];
    let samples = 0;
    try {
      for await (const sound of promptSound(lines, order)) {
        samples += sound.length;
        if (samples > SAMPLES_MAX) return { result: speechFailed('speech.text_too_long', { SAMPLES_MAX }) };
        sounds.push(sound);
      }
    } catch (error) {
      return failed(key, error);
    }
    return { result: await keep(key, sounds) };
  }

  return {
    async file(cast) {
      const tired = rests.of(cast.key);
      if (tired) return tired;
      const running = underWay.get(cast.key);
      if (running) return running;
      const started = render(cast).finally(() => underWay.delete(cast.key));
      underWay.set(cast.key, started);
      return started;
    },
    async stream({ key, lines }, instead) {
      const tired = rests.of(key);
      if (tired) return tired;
      let changed = false;
      const other = (line: SpokenLine): SpokenLine | undefined => {
        changed = true;
        return instead(line);
      };
      // The first piece has no substitute: then the whole prompt gets another voice, instead of two.
      const begun = { yet: false };
      const stop = linkedStop(signal);
      const order = {
        signal: stop.signal,
        aheadMs: LIVE_AHEAD_MS,
        firstMsMax: LIVE_FIRST_MS_MAX,
        instead: (line: SpokenLine) => (begun.yet ? other(line) : undefined),
      };
      const sound = promptSound(lines, order);
      try {
        const first = await sound.next();
        begun.yet = true;
        const ended = (sounds: readonly Int16Array[]): void => {
          if (!changed) track(keep(key, sounds));
        };
        return { result: ok(collected(first.done ? undefined : first.value, sound, { ended, stop })) };
      } catch (error) {
        stop.unlink();
        return failed(key, error);
      }
    },
  };
}

type Collecting = {
  /** Told all of the sound when it was taken to its end. */
  readonly ended: (sounds: readonly Int16Array[]) => void;
  readonly stop: LinkedStop;
};

/** Hands a sound on whose first piece was taken already. */
function collected(
  first: Int16Array | undefined,
  rest: AsyncGenerator<Int16Array, void>,
  { ended, stop }: Collecting,
): AsyncIterableIterator<Int16Array> {
  let waiting = first;
  let sounds: Int16Array[] | undefined = [];
  let samples = 0;
  const fromEngines = async (): Promise<IteratorResult<Int16Array, void>> => {
    try {
      return await rest.next();
    } catch (error) {
      stop.unlink();
      throw error;
    }
  };
  const next = async (): Promise<IteratorResult<Int16Array>> => {
    const one = waiting === undefined ? await fromEngines() : { done: false, value: waiting };
    waiting = undefined;
    if (one.done || one.value === undefined) {
      stop.unlink();
      if (sounds) ended(sounds);
      sounds = undefined;
      return { done: true, value: undefined };
    }
    samples += one.value.length;
    if (samples > SAMPLES_MAX) sounds = undefined;
    sounds?.push(one.value);
    return { done: false, value: one.value };
  };
  return {
    next,
    async return() {
      sounds = undefined;
      waiting = undefined;
      // At once: an engine may be in the middle of a piece for which somebody waits.
      stop.now();
      await rest.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
