import { FRAME_MS } from './frames.ts';
import { levelDb } from './loudness.ts';

/** When a sound counts as a voice. What is left out has the measured value. */
export type VoiceActivityRule = {
  /** Silence after which speech has ended. 600 ms for menus, 1000 to 1200 ms for digits. */
  readonly endSilenceMs?: number;
  /** A frame is voiced that lies so far above the background, in dB. */
  readonly aboveFloorDb?: number;
  /** And above this, in dBFS: what is softer is nobody who speaks into a telephone. */
  readonly levelMinDb?: number;
};

/** What one frame was. All times count from the first frame that was given. */
export type HeardFrame = {
  readonly voiced: boolean;
  readonly levelDb: number;
  /** The background as it is believed to be, in dBFS. */
  readonly floorDb: number;
  /** The speech of which the frame is a part; null: nobody speaks. In the frame that ends it, it is told for the last time. */
  readonly speech: Speech | null;
  readonly change: 'started' | 'ended' | null;
};

export type Speech = {
  /** The beginning of its first voiced frame. */
  readonly beganMs: number;
  /** The end of its last voiced frame until now. */
  readonly endedMs: number;
  /** All its voiced frames together. */
  readonly voicedMs: number;
  /** How long it has been silent now; 0: the frame was voiced. */
  readonly silenceMs: number;
};

export type VoiceActivity = {
  /** Frames of 20 ms. */
  push(frame: Int16Array): HeardFrame;
};

const END_SILENCE_MS = 600;
const ABOVE_FLOOR_DB = 9;
const LEVEL_MIN_DB = -48;

/** A voiced frame stays so until it is nearer to the floor by this: a vowel that fades does not flutter. */
const HYSTERESIS_DB = 3;

/** Speech begins with so many voiced frames of the last so many: a click is one frame. */
const START_FRAMES = 3;
const START_OF_FRAMES = 5;

/** The floor's first guess is the first frame, but no more than this: a caller may speak at once. */
const FIRST_FLOOR_MAX_DB = -40;
/** Below this no line is: the floor of digital silence would make the first hiss a voice. */
const FLOOR_MIN_DB = -70;

/** The share of the way that the floor falls in one frame to a softer one: in power, x0.7. */
const FALL = 0.7;
/** How fast it rises to a louder one, in dB a frame: in silence it follows a fan that is switched on, in speech it all but stands. */
const RISE_SILENT_DB = 0.5;
const RISE_VOICED_DB = 0.01;

/**
 * No voice is without a gap for so long: the softest frame of this time is background, however loud it is. Otherwise a street that
 * gets louder would be speech for ever. The time is kept in slices, so that the minimum is cheap.
 */
const WINDOW_MS = 2_500;
const SLICE_MS = 250;

/**
 * Tells by its level alone whether somebody speaks: fed frame by frame, it follows the background and calls voiced what stands out from it. Measured against a
 * detector with a model of speech (webrtcvad), it has no false starts in steady noise. It takes music and loud voices in the background for speech.
 */
export function voiceActivity(rule: VoiceActivityRule = {}): VoiceActivity {
  const { endSilenceMs = END_SILENCE_MS, aboveFloorDb = ABOVE_FLOOR_DB, levelMinDb = LEVEL_MIN_DB } = rule;
  const background = noiseFloor();
  let frames = 0;
  let voiced = false;
  /** Beginnings of the voiced frames among the last ones. */
  let recent: number[] = [];
  let speech: Speech | null = null;

  return {
    push(frame) {
      const level = levelDb(frame);
      const floorDb = background.floorDb(level, voiced);
      const hold = voiced ? HYSTERESIS_DB : 0;
      voiced = level > floorDb + aboveFloorDb - hold && level > levelMinDb - hold;
      const beginMs = frames * FRAME_MS;
      frames += 1;
      const told = { voiced, levelDb: level, floorDb };
      if (speech) {
        speech = continued(speech, voiced, beginMs + FRAME_MS);
        if (speech.silenceMs < endSilenceMs) return { ...told, speech, change: null };
        const over = speech;
        speech = null;
        recent = [];
        return { ...told, speech: over, change: 'ended' };
      }
      recent = recent.filter((ms) => ms > beginMs - START_OF_FRAMES * FRAME_MS);
      if (voiced) recent.push(beginMs);
      if (recent.length < START_FRAMES) return { ...told, speech: null, change: null };
      const endedMs = recent.at(-1)! + FRAME_MS;
      speech = { beganMs: recent[0]!, endedMs, voicedMs: recent.length * FRAME_MS, silenceMs: 0 };
      return { ...told, speech, change: 'started' };
    },
  };
}

function continued(speech: Speech, voiced: boolean, endMs: number): Speech {
  if (!voiced) return { ...speech, silenceMs: endMs - speech.endedMs };
  return { ...speech, endedMs: endMs, voicedMs: speech.voicedMs + FRAME_MS, silenceMs: 0 };
}

type NoiseFloor = {
  /** The floor after a frame of this level; `voiced`: what the frame before it was. */
  floorDb(level: number, voiced: boolean): number;
};

function noiseFloor(): NoiseFloor {
  let floor: number | null = null;
  let slices: number[] = [];
  let sliceMin = Number.POSITIVE_INFINITY;
  let sliceFrames = 0;
  return {
    floorDb(level, voiced) {
      floor ??= Math.min(level, FIRST_FLOOR_MAX_DB);
      if (level < floor) floor = level + (floor - level) * FALL;
      else floor += Math.min(level - floor, voiced ? RISE_VOICED_DB : RISE_SILENT_DB);
      sliceMin = Math.min(sliceMin, level);
      sliceFrames += 1;
      if (sliceFrames * FRAME_MS >= SLICE_MS) {
        slices = [...slices, sliceMin].slice((-WINDOW_MS / SLICE_MS) | 0);
        sliceMin = Number.POSITIVE_INFINITY;
        sliceFrames = 0;
        if (slices.length * SLICE_MS >= WINDOW_MS) floor = Math.max(floor, Math.min(...slices));
      }
      floor = Math.max(floor, FLOOR_MIN_DB);
      return floor;
    },
  };
}
