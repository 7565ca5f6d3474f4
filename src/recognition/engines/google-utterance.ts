import { SAMPLES_PER_MS } from '../../media/frames.ts';
import type { Result } from '../../model/failure.ts';
import type { EngineHeard, Utterance, UtteranceOrder } from '../engine.ts';
import type { RecognitionFailureCode } from '../recognition-failure.ts';
import type { GoogleClient } from './google-client.ts';
import { firstMessage, type GoogleSetting, modelFor } from './google-request.ts';
import { type GoogleReading, joinSettled, type SettledPiece } from './google-results.ts';
import { failureOfStatus, GRPC } from './google-status.ts';
import { type GoogleStream, openGoogleStream } from './google-stream.ts';
import { joinWords } from './joined-words.ts';
import { UnsettledSound } from './unsettled-sound.ts';

/** Times of streams, in ms of the sound that was sent in them, but for `paceMs`. */
export type GoogleLimits = {
  /** One message (best practices of the service: 100 ms); 1,600 bytes, far below the 15 KB that are allowed. */
  readonly chunkMs: number;
  /** A stream that is so long is changed for another as soon as nobody speaks ... */
  readonly restartMs: number;
  /** ... and here in any case: the service ends it at 305 s. */
  readonly restartAnywayMs: number;
  /** When no sound has come for so long, silence is sent: without any the service ends the stream after about 10 s. */
  readonly paceMs: number;
  /** Sound that is kept to be sent again. */
  readonly keptMs: number;
  /** From the opening of a stream until gRPC gives it up, on top of the longest utterance. */
  readonly deadlineMs: number;
};

export const GOOGLE_LIMITS: GoogleLimits = {
  chunkMs: 100,
  restartMs: 240_000,
  restartAnywayMs: 290_000,
  paceMs: 500,
  keptMs: 60_000,
  deadlineMs: 20_000,
};

const WORTH_ANOTHER_STREAM: ReadonlySet<number> = new Set([GRPC.ok, GRPC.cancelled, GRPC.outOfRange, GRPC.unavailable]);
/** Streams that fail one after the other, without anything understood, before the utterance is given up. */
const REOPENS_MAX = 2;
/**
 * A stream that begins in a silence is given this much of what was before it: somebody may have begun to speak, and
 * the service has not told it yet.
 */
const LEAD_IN_MS = 3_000;

/** What an utterance needs of its engine. */
export type GoogleSession = {
  readonly setting: GoogleSetting;
  readonly limits: GoogleLimits;
  client(): Promise<Result<GoogleClient>>;
  /** Whether the short model has been refused for a language. */
  readonly longModelOnly: Set<string>;
  /** Google does not take our secret: the next utterance reads it again. */
  refused(): void;
  over(utterance: GoogleUtterance): void;
};

/** One utterance: a stream, or several where one had to be changed for another. */
export class GoogleUtterance implements Utterance {
  readonly #session: GoogleSession;
  readonly #order: UtteranceOrder;
  readonly #told: (heard: EngineHeard) => void;
  readonly #sound: UnsettledSound;
  readonly #pace: NodeJS.Timeout;
  #stream: GoogleStream | undefined;
  #opening = false;
  #settled: SettledPiece[] = [];
  #interim = '';
  #partial = '';
  #voice = false;
  #written = true;
  #unsentMs = 0;
  #ended = false;
  #over = false;
  #reopens = REOPENS_MAX;

  constructor(session: GoogleSession, order: UtteranceOrder, told: (heard: EngineHeard) => void) {
    this.#session = session;
    this.#order = order;
    this.#told = told;
    this.#sound = new UnsettledSound(session.limits.chunkMs, session.limits.keptMs);
    this.#pace = setInterval(() => this.#keepPace(), session.limits.paceMs);
    this.#pace.unref();
    void this.#open();
  }

  write(samples: Int16Array): void {
    if (this.#over || this.#ended) return;
    this.#written = true;
    for (const chunk of this.#sound.add(samples)) this.#send(chunk);
    if (this.#stream !== undefined) this.#restartIfDue();
    else this.#waitForStream(samples.length / SAMPLES_PER_MS);
  }

  end(): void {
    if (this.#over || this.#ended) return;
    this.#ended = true;
    clearInterval(this.#pace);
    for (const chunk of this.#sound.flush()) this.#send(chunk);
    this.#stream?.halfClose();
  }

  drop(): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#pace);
    this.#stream?.abandon();
    this.#session.over(this);
  }

  /** There is no stream yet; what is kept for it has a bound. */
  #waitForStream(ms: number): void {
    this.#unsentMs += ms;
    if (this.#unsentMs > this.#session.limits.keptMs) this.#fail('recognition.too_much_sound');
  }

  /** Begins a stream and gives it all sound that is not settled yet. */
  async #open(): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    const { setting, limits, longModelOnly } = this.#session;
    const client = await this.#session.client();
    this.#opening = false;
    if (this.#over) return;
    if (!client.ok) return this.#fail(client.failure.code as RecognitionFailureCode);
    const order = this.#order;
    const model = modelFor(setting, order, !longModelOnly.has(order.language));
    const deadlineMs = limits.deadlineMs + Math.max(order.maxDurationMs, order.continuous ? limits.restartAnywayMs : 0);
    const stream = openGoogleStream(client.value, firstMessage(setting, order, model), order.language, deadlineMs, {
      heard: (reading) => stream === this.#stream && this.#heard(reading),
      closed: (status) => stream === this.#stream && this.#closed(status, model),
    });
    this.#stream = stream;
    this.#voice = false;
    this.#unsentMs = 0;
    for (const chunk of this.#sound.restart()) stream.send(chunk);
    if (this.#ended) stream.halfClose();
  }

  #send(chunk: Int16Array): void {
    if (this.#stream?.send(chunk) === false) this.#fail('recognition.too_much_sound');
  }

  #keepPace(): void {
    if (!this.#written && this.#stream !== undefined) {
      const { paceMs } = this.#session.limits;
      for (const chunk of this.#sound.add(new Int16Array(paceMs * SAMPLES_PER_MS))) this.#send(chunk);
      this.#restartIfDue();
    }
    this.#written = false;
  }

  #restartIfDue(): void {
    const { restartMs, restartAnywayMs } = this.#session.limits;
    const streamMs = this.#sound.streamMs;
    if (streamMs < restartMs || this.#over) return;
    const quiet = !this.#voice && this.#interim === '';
    if (quiet) this.#sound.settle(streamMs - LEAD_IN_MS);
    if (quiet || streamMs >= restartAnywayMs) this.#reopen();
  }

  #reopen(): void {
    this.#stream?.abandon();
    this.#stream = undefined;
    this.#interim = '';
    void this.#open();
  }

  #heard(reading: GoogleReading): void {
    if (this.#over) return;
    if (reading.event === 'voice_began') this.#voice = true;
    if (reading.event === 'voice_ended') this.#voice = false;
    for (const piece of reading.settled) this.#settle(piece);
    if (reading.settled.length > 0 || reading.interim !== '') this.#interim = reading.interim;
    this.#tellPartial();
    // A pause inside of digits, dates or free speech is no end; after a phrase it is.
    const phraseOver = reading.settled.length > 0 && this.#order.expected.kind === 'phrases';
    const over = reading.event === 'utterance_ended' || (phraseOver && !this.#order.continuous);
    if (over && !this.#ended && !this.#over) this.#told({ what: 'ended' });
  }

  #settle(piece: SettledPiece): void {
    this.#reopens = REOPENS_MAX;
    this.#sound.settle(piece.untilMs ?? this.#sound.streamMs);
    if (piece.text === '') return;
    this.#settled.push(piece);
    if (!this.#order.continuous || this.#ended) return;
    const { untilMs: _, ...final } = piece;
    this.#settled = [];
    this.#partial = '';
    this.#told({ what: 'final', ...final });
  }

  #tellPartial(): void {
    const text = joinWords([...this.#settled.map((piece) => piece.text), this.#interim], this.#order.language);
    if (this.#over || text === '' || text === this.#partial) return;
    this.#partial = text;
    this.#told({ what: 'partial', text });
  }

  #closed(status: number, model: string): void {
    if (this.#over) return;
    this.#stream = undefined;
    const understood = this.#settled.length > 0 && this.#interim === '';
    // The service may end a stream by itself; what it understood until then counts.
    const done = this.#ended || (status === GRPC.ok && this.#settled.length > 0);
    if ((status === GRPC.ok || understood) && done) return this.#finish();
    if (this.#mayReopen(status, model)) return this.#reopen();
    if (status === GRPC.ok) return this.#finish();
    if (status === GRPC.unauthenticated || status === GRPC.permissionDenied) this.#session.refused();
    this.#fail(failureOfStatus(status));
  }

  #mayReopen(status: number, model: string): boolean {
    const { language } = this.#order;
    const { setting, longModelOnly } = this.#session;
    const shortRefused = status === GRPC.invalidArgument && setting.model === null && model === 'telephony_short';
    if (shortRefused) longModelOnly.add(language);
    return (shortRefused || WORTH_ANOTHER_STREAM.has(status)) && this.#reopens-- > 0;
  }

  #finish(): void {
    const settled = this.#settled;
    const final = settled.length > 0 && joinSettled(settled, this.#order.language);
    this.#end(final ? { what: 'final', ...final } : { what: 'nothing' });
  }

  #fail(code: RecognitionFailureCode): void {
    if (!this.#over) this.#end({ what: 'failed', code });
  }

  #end(heard: EngineHeard): void {
    this.drop();
    this.#told(heard);
  }
}
