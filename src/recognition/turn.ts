import { framer } from '../media/frames.ts';
import { type Speech, type VoiceActivity, voiceActivity } from '../media/voice-activity.ts';
import type { ListenOrder, SpeechEndedBy } from '../model/speech/listening.ts';
import type { ChainHeard } from './chain.ts';
import type { Heard, Listener } from './ears.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';
import { beginSaying, type HearSaying, type Saying } from './saying.ts';
import { keepSound } from './sound.ts';
import { isExpected, isWhole, wordCount } from './spoken-words.ts';

/** So much of a voice is a barge-in: 100 to 140 ms, and no click. */
const BARGE_IN_VOICED_MS = 120;
/** Less than this is never a word. */
const NOISE_VOICED_MS = 100;
/** Less voice than this is a cough where an engine finds no word in it. In noise no more of a "yes" stands out of it. */
const WORD_VOICED_MS = 250;
/** Less than this is a cough, unless an engine is sure that it was a word. */
const SHORT_VOICED_MS = 150;
const SHORT_WORD_CONFIDENCE = 0.7;
/** What a partial counts for that equals what is expected. */
const MATCH_CONFIDENCE = 0.9;
/** So many pieces of a continuous turn that nobody could hear, one after the other, end it. */
const FAILURES_MAX = 3;
/** So many pieces of a continuous turn wait for their words at once. */
const SAYINGS_MAX = 8;

export type TurnOrder = ListenOrder & { readonly continuous?: true };

export type TurnOptions = {
  readonly order: TurnOrder;
  /** Begins an utterance at the engines. */
  readonly hear: HearSaying;
  readonly told: (heard: Heard) => void;
  /** A clock in ms that nobody sets; for how long an engine took. */
  readonly now: () => number;
};

/**
 * One turn of listening: finds the voice, tells the barge-in by the order's rule, ends what is said, and goes on after a noise.
 * All its times but the wait for an answer are counted in sound, so that they are the same however unevenly it arrives.
 */
export class Turn implements Listener {
  readonly #options: TurnOptions;
  readonly #order: TurnOrder;
  readonly #frames = framer();
  readonly #activity: VoiceActivity;
  readonly #kept = keepSound();
  /** What is being said, and what was said and is not understood yet. */
  readonly #sayings = new Set<Saying>();
  /** What is being said. */
  #current: Saying | null = null;
  #speech: Speech | null = null;
  #noticed = false;
  #bargedIn = false;
  #failures = 0;
  /** What was said before this has been given to the engines. */
  #takenMs = 0;
  #over = false;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#order = options.order;
    this.#activity = voiceActivity({ endSilenceMs: options.order.endSilenceMs });
  }

  write(piece: Int16Array): void {
    for (const frame of this.#frames.push(piece)) if (!this.#over) this.#frameCame(frame);
  }

  stop(): void {
    this.#over = true;
    for (const saying of this.#sayings) saying.drop();
    this.#sayings.clear();
    this.#current = null;
  }

  #frameCame(frame: Int16Array): void {
    const { change, speech, voiced } = this.#activity.push(frame);
    this.#kept.push(frame);
    this.#speech = change === 'ended' ? null : speech;
    if (speech) this.#current?.spoken(speech);
    this.#current?.write(frame, voiced);
    if (change === 'started') this.#begin();
    const saying = this.#current;
    if (!saying) return;
    this.#noticeVoice(saying);
    if (change === 'ended') this.#voiceEnded(saying);
    else if (this.#kept.ms() - saying.fromMs >= this.#order.maxDurationMs) this.#end(saying, 'max_duration');
  }

  #begin(): void {
    const free = this.#order.continuous ? this.#sayings.size < SAYINGS_MAX : this.#sayings.size === 0;
    if (this.#over || !this.#speech || this.#current || !free) return;
    const { hear, now } = this.#options;
    const saying: Saying = beginSaying({
      hear,
      speech: this.#speech,
      kept: this.#kept,
      notBeforeMs: this.#takenMs,
      now,
      told: (heard) => this.#take(saying, heard),
    });
    this.#sayings.add(saying);
    this.#current = saying;
  }

  #noticeVoice(saying: Saying): void {
    const { bargeIn } = this.#order;
    if (saying.speech.voicedMs < BARGE_IN_VOICED_MS || bargeIn === 'off') return;
    if (bargeIn === 'voice' || (bargeIn === 'words' && !saying.partials())) return this.#bargeIn();
    if (!this.#noticed && !this.#bargedIn) this.#tell({ what: 'started', bargesIn: false });
    this.#noticed = true;
  }

  #bargeIn(): void {
    if (this.#bargedIn || this.#order.bargeIn === 'off') return;
    this.#bargedIn = true;
    this.#tell({ what: 'started' });
  }

  #voiceEnded(saying: Saying): void {
    if (saying.speech.voicedMs >= NOISE_VOICED_MS) return this.#end(saying, 'silence');
    saying.drop();
    this.#noise(saying);
  }

  #end(saying: Saying, by: SpeechEndedBy): void {
    if (this.#current === saying) this.#current = null;
    this.#takenMs = this.#kept.ms();
    saying.end(by);
    // In a continuous turn somebody who talks on for so long is heard on.
    if (this.#order.continuous && by === 'max_duration') this.#begin();
  }

  #noise(saying: Saying): void {
    this.#remove(saying);
    const wasTold = this.#noticed || this.#bargedIn;
    this.#noticed = false;
    this.#bargedIn = false;
    if (wasTold) this.#tell({ what: 'noise' });
    this.#begin();
  }

  #remove(saying: Saying): void {
    this.#sayings.delete(saying);
    if (this.#current === saying) this.#current = null;
  }

  #take(saying: Saying, { heard, engine }: ChainHeard): void {
    if (this.#over || !this.#sayings.has(saying)) return;
    switch (heard.what) {
      case 'partial':
        return this.#partial(saying, heard.text, engine);
      case 'ended':
        if (this.#current === saying) this.#end(saying, 'engine');
        return;
      case 'nothing':
        return this.#noise(saying);
      case 'failed':
        return this.#failed(saying, heard.code);
      case 'final':
        return this.#final(saying, heard, engine);
    }
  }

  #partial(saying: Saying, text: string, engine: string): void {
    const { bargeIn, minWords, continuous, expected, minConfidence } = this.#order;
    if (bargeIn === 'words' && wordCount(text) >= Math.max(1, minWords)) this.#bargeIn();
    this.#tell({ what: 'partial', text });
    const matches = !continuous && isWhole(text, expected) && MATCH_CONFIDENCE >= minConfidence;
    if (!matches || this.#over || saying.ended()) return;
    this.#bargeIn();
    saying.end('match');
    this.#finish(saying.final({ text, confidence: MATCH_CONFIDENCE, alternatives: [] }, engine));
  }

  #final(saying: Saying, heard: Parameters<Saying['final']>[0], engine: string): void {
    const { bargeIn, continuous, expected } = this.#order;
    this.#failures = 0;
    if (continuous) {
      if (saying.ended()) this.#remove(saying);
      if (heard.text !== '') this.#tell(saying.final(heard, engine));
      return this.#begin();
    }
    const { voicedMs } = saying.speech;
    const cough =
      (voicedMs < WORD_VOICED_MS && heard.text === '') ||
      (voicedMs < SHORT_VOICED_MS && heard.confidence < SHORT_WORD_CONFIDENCE);
    if (cough || (bargeIn === 'match' && !isExpected(heard.text, expected))) {
      saying.drop();
      return this.#noise(saying);
    }
    this.#bargeIn();
    this.#finish(saying.final(heard, engine));
  }

  #failed(saying: Saying, code: RecognitionFailureCode): void {
    this.#remove(saying);
    this.#failures += 1;
    if (!this.#order.continuous || this.#failures >= FAILURES_MAX) return this.#finish({ what: 'failed', code });
    this.#begin();
  }

  #finish(last: Heard): void {
    if (this.#over) return;
    this.stop();
    this.#options.told(last);
  }

  /** Whoever is told may stop the turn at once. */
  #tell(heard: Heard): void {
    if (!this.#over) this.#options.told(heard);
  }
}
