import type { HeardSide } from '../../calls/transcription/state.ts';
import type { Tap } from '../../channels/channel.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import type { ListenOrder } from '../../model/speech/listening.ts';
import type { Heard, Listener } from '../../recognition/ears.ts';
import type { Hearing } from './transcriber.ts';

/** The silence that ends a piece: longer than in a dialogue with a flow, for people think while they talk. */
const END_SILENCE_MS = 800;
/** Longest piece; who speaks on has the next one. */
const PIECE_MS_MAX = 15_000;
/** How long an engine may take for what was said last, when the talk is over. */
export const LAST_WORDS_MS = 5_000;
const FRAME_MS = 20;
const FRAME_SAMPLES = 160;

/** One attempt to hear one side: a tap, and a turn at the ears. */
export type Turn = {
  /** `lastWords`: what is being said is still told. May be called twice. */
  end(lastWords: boolean): void;
};

export type TurnOptions = {
  readonly hearing: Hearing;
  readonly contactId: ContactId;
  readonly side: HeardSide;
  now(): AtMs;
  /** `beganMs`: when the sound began of which the ears count the ms. */
  heard(beganMs: AtMs, heard: Heard): void;
  /** Told at most once, and not after the end. */
  failed(code: string): void;
};

export function openTurn({ hearing, contactId, side, now, heard, failed }: TurnOptions): Turn {
  let over = false;
  let tap: Tap | undefined;
  let listener: Listener | undefined;
  let beganMs: AtMs | undefined;

  function release(): void {
    over = true;
    listener?.stop();
    tap?.close();
  }

  function fail(code: string): void {
    if (over) return;
    release();
    failed(code);
  }

  function begin(found: Tap): void {
    tap = found;
    if (over) return tap.close();
    listener = hearing.ears.listen(orderFor(side.language), (what) => {
      if (what.what === 'failed') fail(what.code);
      else heard(beganMs ?? now(), what);
    });
    // An engine that refused at once has ended it already, before there was a listener to stop.
    if (over) return release();
    const hearer = listener;
    tap.onFrame((frame) => {
      beganMs ??= now() - FRAME_MS;
      if (!over) hearer.write(frame);
    });
    void tap.over.then(() => fail(NO_SOUND));
  }

  hearing.sound.tap(contactId, side.legId).then(begin, (error: unknown) => {
    fail((error as { code?: string }).code ?? NO_SOUND);
  });
  return {
    end(lastWords) {
      if (over) return;
      if (!lastWords || !listener) return release();
      over = true;
      tap?.close();
      flush(listener);
    },
  };
}

const NO_SOUND = 'transcription.no_sound';

/** The ears take silence for the end of what is said. */
function flush(listener: Listener): void {
  for (let ms = 0; ms <= END_SILENCE_MS; ms += FRAME_MS) listener.write(new Int16Array(FRAME_SAMPLES));
  setTimeout(() => listener.stop(), LAST_WORDS_MS).unref();
}

function orderFor(language: string): ListenOrder & { readonly continuous: true } {
  return {
    language,
    expected: { kind: 'free' },
    hints: [],
    bargeIn: 'off',
    minWords: 0,
    endSilenceMs: END_SILENCE_MS,
    maxDurationMs: PIECE_MS_MAX,
    minConfidence: 0,
    sensitive: false,
    continuous: true,
  };
}
