import { FRAME_MS } from './frames.ts';
import { levelDb } from './loudness.ts';
import { type Tone, toneSpotter } from './tone.ts';

/** A tone of a machine. `beep`: it is over; `steady`: it goes on for longer than any beep. Times count from the first frame. */
export type SignalTone = {
  readonly kind: 'beep' | 'fax' | 'steady';
  readonly hz: number;
  readonly lengthMs: number;
  readonly endedMs: number;
};

export type SignalSpotter = {
  /** Frames of 20 ms. `spoken`: whether anybody, or a recording of somebody, has spoken before. */
  push(frame: Int16Array, spoken: boolean): SignalTone | null;
  /** Whether the last frames were one tone, long enough to be no part of a word. */
  sounds(): boolean;
};

/** The beeps of voicemail are single tones of 400 to 2000 Hz, some of them two at once. */
const BEEP_HZ = { min: 380, max: 2_020 };
/** Shorter ones are the keys of a telephone or a letter; longer ones ringing, busy and dial tones. What is measured may be 20 ms shorter or longer than the tone. */
const BEEP_MIN_MS = 140;
const BEEP_MAX_MS = 2_000;
/** Longer than ringing tones sound: nobody is there, but a dial tone or the like. */
const STEADY_MS = 2_500;
/** The ringing tone of most countries is one of 400 to 450 Hz. Where it is heard before anybody has spoken, the call is still on its way to somebody. */
const RINGING_HZ = { min: 390, max: 460 };
/** A beep is followed by silence; the three tones before "the number is not in service" follow each other. */
const QUIET_AFTER_MS = 160;
/** Silence after a tone lies so far below it. */
const QUIET_BELOW_DB = 10;

/** A vowel is a tone for a frame or two. */
const TONE_FRAMES_MIN = 3;

/** One tone is steady; a voice is not. */
const DRIFT_HZ = 12;
const DRIFT_DB = 4;

/** A fax machine that answers sends 2100 Hz for 2.6 to 4 s; one that calls 1100 Hz for 0.5 s every 3 s (ITU-T T.30, 4). */
const ANSWER_HZ = 2_100;
const CALLING_HZ = 1_100;
const FAX_TOLERANCE_HZ = 30;
const ANSWER_MIN_MS = 440;
const CALLING_MS = { min: 400, max: 600 };

type Run = { readonly tone: Tone; readonly frames: number };

/** Finds the beep of a voicemail and the tones of a fax machine. */
export function signalSpotter(): SignalSpotter {
  const spotter = toneSpotter();
  let frames = 0;
  let run: Run | null = null;
  /** A tone that is over, and may be followed by silence. */
  let past: { readonly run: Run; readonly endedMs: number } | null = null;
  return {
    push(frame, spoken) {
      const beganMs = frames * FRAME_MS;
      frames += 1;
      const tone = spotter.push(frame);
      if (tone && run && isSame(run.tone, tone)) {
        run = { tone: louder(run.tone, tone), frames: run.frames + 1 };
        return lasting(run, beganMs + FRAME_MS);
      }
      if (run && isLongEnough(run)) past = { run, endedMs: beganMs };
      run = tone ? { tone, frames: 1 } : null;
      if (!past) return null;
      const quiet = levelDb(frame) < past.run.tone.levelDb - QUIET_BELOW_DB;
      // The frame in which the tone ends still has a part of it.
      if (!quiet && beganMs > past.endedMs) past = null;
      if (!past || beganMs + FRAME_MS - past.endedMs < QUIET_AFTER_MS) return null;
      const over = past;
      past = null;
      return named(over.run, over.endedMs, spoken);
    },
    sounds: () => run !== null && run.frames >= TONE_FRAMES_MIN,
  };
}

/** What a tone is by its length alone, in the frame in which it has that length. */
function lasting(run: Run, atMs: number): SignalTone | null {
  const lengthMs = run.frames * FRAME_MS;
  if (lengthMs === ANSWER_MIN_MS && isNear(run.tone, ANSWER_HZ)) return signal('fax', run, atMs);
  return lengthMs === STEADY_MS ? signal('steady', run, atMs) : null;
}

function isLongEnough({ frames }: Run): boolean {
  return frames * FRAME_MS >= BEEP_MIN_MS;
}

function isSame(one: Tone, other: Tone): boolean {
  if (Math.abs(one.hz - other.hz) > DRIFT_HZ || Math.abs(one.levelDb - other.levelDb) > DRIFT_DB) return false;
  if (one.secondHz === null || other.secondHz === null) return one.secondHz === other.secondHz;
  return Math.abs(one.secondHz - other.secondHz) <= DRIFT_HZ;
}

/** The first window has but the beginning of the tone, and is softer than the others. */
function louder(one: Tone, other: Tone): Tone {
  return one.levelDb >= other.levelDb ? one : other;
}

function isNear(tone: Tone, hz: number): boolean {
  return tone.secondHz === null && Math.abs(tone.hz - hz) <= FAX_TOLERANCE_HZ;
}

function named(run: Run, endedMs: number, spoken: boolean): SignalTone | null {
  const { hz, secondHz } = run.tone;
  const lengthMs = run.frames * FRAME_MS;
  const calling = isNear(run.tone, CALLING_HZ) && lengthMs >= CALLING_MS.min && lengthMs <= CALLING_MS.max;
  if (calling && !spoken) return signal('fax', run, endedMs);
  if (!spoken && hz >= RINGING_HZ.min && hz <= RINGING_HZ.max) return null;
  const inBand = [hz, secondHz ?? hz].every((one) => one >= BEEP_HZ.min && one <= BEEP_HZ.max);
  return inBand && lengthMs <= BEEP_MAX_MS ? signal('beep', run, endedMs) : null;
}

function signal(kind: SignalTone['kind'], run: Run, endedMs: number): SignalTone {
  return { kind, hz: Math.round(run.tone.hz), lengthMs: run.frames * FRAME_MS, endedMs };
}
