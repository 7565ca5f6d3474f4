import { FRAME_MS } from './frames.ts';
import { type SignalTone, signalSpotter } from './signal-tone.ts';
import { type HeardFrame, type Speech, voiceActivity } from './voice-activity.ts';

export type Answerer = 'human' | 'machine' | 'fax' | 'unknown';

/** What was found out about who answered. Times count from the first frame, which is that of the answer. */
export type AnswerSign =
  | { readonly what: 'verdict'; readonly verdict: Answerer; readonly because: Because; readonly atMs: number }
  /** The tone after which a machine records. */
  | { readonly what: 'beep'; readonly hz: number; readonly lengthMs: number; readonly atMs: number }
  /** A message may be left now: the machine has beeped, or has been silent for so long that no beep is to be expected. Told once. */
  | { readonly what: 'ready'; readonly after: 'beep' | 'silence'; readonly atMs: number };

/** `short_greeting`: spoken and then waited for an answer. `long_greeting`, `words`: talked on. `no_voice`, `time`: nothing could be told. */
export type Because =
  | 'short_greeting'
  | 'long_greeting'
  | 'words'
  | 'beep'
  | 'fax_tone'
  | 'steady_tone'
  | 'no_voice'
  | 'time';

export type AnsweringRule = {
  /** A verdict falls within this. */
  readonly listenMs?: number;
  /** Who says more words without a pause is a machine. A word is a burst of voice. */
  readonly wordsMax?: number;
};

export type AnswerDetector = {
  /** Frames of 20 ms of what the other side says, from the answer on. */
  push(frame: Int16Array): readonly AnswerSign[];
};

const LISTEN_MS = 6_000;

/** A voice that says no more than this and then waits is a person: "Hello?", "This is Bob speaking". */
const SHORT_GREETING_MS = 1_200;
const SHORT_PAUSE_MS = 800;
/** Between that and this it must wait for longer: a machine draws breath after its first sentence, too. */
const LONG_GREETING_MS = 3_200;
const LONG_PAUSE_MS = 1_200;

/** A burst of voice is a word from this on, and over after so much silence. */
const WORD_MIN_MS = 80;
const WORD_GAP_MS = 60;

/** So much voice is somebody's; less is a click, or the edges of a tone. */
const SPOKEN_MIN_MS = 120;

/** Silence after which a machine is taken to record although no beep was heard. Most beep within two seconds after the last word. */
const READY_SILENCE_MS = 2_500;

/** A pause of this length ends what is looked at as one greeting, whoever speaks. */
const GREETING_PAUSE_MS = LONG_PAUSE_MS;

/**
 * Tells who answered a call of ours by how long they speak before they wait, and when a machine begins to record by its beep. The rules are those of Asterisk's app_amd, but
 * the voice is told from noise by a floor that follows the line, a longer greeting is given a longer pause, and tones are heard for what they are.
 */
export function answeringMachine(rule: AnsweringRule = {}): AnswerDetector {
  const { listenMs = LISTEN_MS, wordsMax = Number.POSITIVE_INFINITY } = rule;
  const voice = voiceActivity({ endSilenceMs: GREETING_PAUSE_MS });
  const signals = signalSpotter();
  const words = wordCounter();
  let atMs = 0;
  let voicedMs = 0;
  let silenceMs = 0;
  let verdict: Answerer | null = null;
  let ready = false;

  function decided(heard: HeardFrame, counted: number): Because | null {
    if (heard.speech && isLong(heard.speech)) return 'long_greeting';
    if (heard.speech && counted > wordsMax) return 'words';
    if (heard.speech && hasWaited(heard.speech)) return 'short_greeting';
    if (atMs < listenMs) return null;
    return voicedMs >= SPOKEN_MIN_MS ? 'time' : 'no_voice';
  }

  return {
    push(frame) {
      const signs: AnswerSign[] = [];
      atMs += FRAME_MS;
      const heard = voice.push(frame);
      const counted = words(heard);
      const signal = signals.push(frame, voicedMs >= SPOKEN_MIN_MS);
      if (heard.voiced && !signals.sounds()) voicedMs += FRAME_MS;
      silenceMs = heard.voiced || signals.sounds() ? 0 : silenceMs + FRAME_MS;
      const because = signal ? BY_TONE[signal.kind] : decided(heard, counted);
      if (verdict === null && because) {
        verdict = VERDICTS[because];
        signs.push({ what: 'verdict', verdict, because, atMs });
      }
      if (signal?.kind === 'beep') signs.push({ what: 'beep', hz: signal.hz, lengthMs: signal.lengthMs, atMs });
      if (!ready && (signal?.kind === 'beep' || silenceMs >= READY_SILENCE_MS)) {
        ready = true;
        signs.push({ what: 'ready', after: signal?.kind === 'beep' ? 'beep' : 'silence', atMs });
      }
      return signs;
    },
  };
}

const BY_TONE: Readonly<Record<SignalTone['kind'], Because>> = {
  beep: 'beep',
  fax: 'fax_tone',
  steady: 'steady_tone',
};

const VERDICTS: Readonly<Record<Because, Answerer>> = {
  short_greeting: 'human',
  long_greeting: 'machine',
  words: 'machine',
  beep: 'machine',
  fax_tone: 'fax',
  steady_tone: 'machine',
  no_voice: 'unknown',
  time: 'unknown',
};

function lengthOf(speech: Speech): number {
  return speech.endedMs - speech.beganMs;
}

function isLong(speech: Speech): boolean {
  return lengthOf(speech) > LONG_GREETING_MS;
}

function hasWaited(speech: Speech): boolean {
  if (speech.voicedMs < SPOKEN_MIN_MS) return false;
  return speech.silenceMs >= (lengthOf(speech) <= SHORT_GREETING_MS ? SHORT_PAUSE_MS : LONG_PAUSE_MS);
}

/** Counts the bursts of voice of one greeting. */
function wordCounter(): (heard: HeardFrame) => number {
  let words = 0;
  let burstMs = 0;
  let gapMs = 0;
  return ({ voiced, speech }) => {
    if (!speech) words = 0;
    gapMs = voiced ? 0 : gapMs + FRAME_MS;
    if (gapMs >= WORD_GAP_MS) burstMs = 0;
    const before = burstMs;
    if (voiced) burstMs += FRAME_MS;
    if (before < WORD_MIN_MS && burstMs >= WORD_MIN_MS) words += 1;
    return words;
  };
}
