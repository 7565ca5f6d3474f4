import { SAMPLES_PER_MS } from '../../media/frames.ts';
import type { Result } from '../../model/failure.ts';
import type { EngineHeard, Utterance, UtteranceOrder } from '../engine.ts';
import type { RecognitionFailureCode } from '../recognition-failure.ts';
import { joinFinals } from './joined-words.ts';
import { UnsettledSound } from './unsettled-sound.ts';
import type { Connection } from './websocket-connection.ts';
import { type FromRecogniser, startMessage } from './websocket-messages.ts';

const CHUNK_MS = 100;
/** Sound that is kept to be sent again on another connection, and that may wait for the first one. */
const KEPT_MS_MAX = 60_000;
/** A connection that breaks is changed for another so often. */
const RECONNECTS_MAX = 1;

/** What an utterance needs of its engine. */
export type WebsocketSession = {
  /** A connection that carries no other utterance. */
  take(): Promise<Result<Connection>>;
  give(connection: Connection): void;
  nextId(): number;
  over(utterance: WebsocketUtterance): void;
};

const CODES: Readonly<Record<Extract<FromRecogniser, { type: 'error' }>['reason'], RecognitionFailureCode>> = {
  busy: 'recognition.busy',
  refused: 'recognition.refused',
  failed: 'recognition.engine_failed',
};

export class WebsocketUtterance implements Utterance {
  readonly #session: WebsocketSession;
  readonly #order: UtteranceOrder;
  readonly #told: (heard: EngineHeard) => void;
  readonly #sound = new UnsettledSound(CHUNK_MS, KEPT_MS_MAX);
  #connection: Connection | undefined;
  #id = 0;
  #late: { readonly text: string; readonly confidence: number }[] = [];
  #unsentMs = 0;
  #reconnects = RECONNECTS_MAX;
  #ended = false;
  #over = false;

  constructor(session: WebsocketSession, order: UtteranceOrder, told: (heard: EngineHeard) => void) {
    this.#session = session;
    this.#order = order;
    this.#told = told;
    void this.#connect();
  }

  write(samples: Int16Array): void {
    if (this.#over || this.#ended) return;
    for (const chunk of this.#sound.add(samples)) this.#send(chunk);
    if (this.#connection === undefined) this.#unsentMs += samples.length / SAMPLES_PER_MS;
    if (this.#unsentMs > KEPT_MS_MAX) this.#fail('recognition.too_much_sound');
  }

  end(): void {
    if (this.#over || this.#ended) return;
    this.#ended = true;
    for (const chunk of this.#sound.flush()) this.#send(chunk);
    this.#connection?.send({ type: 'end', id: this.#id });
  }

  drop(): void {
    if (this.#over) return;
    this.#connection?.send({ type: 'stop', id: this.#id });
    this.#leave();
  }

  async #connect(): Promise<void> {
    const taken = await this.#session.take();
    if (this.#over) {
      if (taken.ok) this.#session.give(taken.value);
      return;
    }
    if (!taken.ok) return this.#fail(taken.failure.code as RecognitionFailureCode);
    const connection = taken.value;
    this.#connection = connection;
    this.#id = this.#session.nextId();
    this.#unsentMs = 0;
    connection.serve({ heard: (message) => this.#heard(message), closed: (why) => this.#closed(why) });
    connection.send(startMessage(this.#id, this.#order));
    for (const chunk of this.#sound.restart()) connection.sendSound(chunk);
    if (this.#ended) connection.send({ type: 'end', id: this.#id });
  }

  #send(chunk: Int16Array): void {
    if (this.#connection?.sendSound(chunk) === false) this.#fail('recognition.too_much_sound');
  }

  #heard(message: FromRecogniser): void {
    // What it still says of an utterance before this one.
    if (this.#over || message.id !== this.#id) return;
    switch (message.type) {
      case 'partial':
        return this.#told({ what: 'partial', text: message.text });
      case 'ended':
        return this.#told({ what: 'ended' });
      case 'nothing':
        return this.#finishLate();
      case 'error':
        return this.#finish({ what: 'failed', code: CODES[message.reason] });
      case 'final':
        return this.#final(message);
    }
  }

  #final({ text, confidence, alternatives, untilMs, last }: Extract<FromRecogniser, { type: 'final' }>): void {
    this.#reconnects = RECONNECTS_MAX;
    this.#sound.settle(untilMs ?? this.#sound.streamMs);
    const final = { what: 'final', text, confidence, alternatives } as const;
    if (!this.#order.continuous) return this.#finish(final);
    if (!this.#ended) return this.#told(final);
    // A sentence that was on its way when the end was told belongs to the one answer that is owed.
    this.#late.push({ text, confidence });
    if (last) this.#finishLate();
  }

  #finishLate(): void {
    const joined = joinFinals(this.#late, this.#order.language);
    this.#finish(joined ? { what: 'final', ...joined, alternatives: [] } : { what: 'nothing' });
  }

  #closed(why: 'gone' | 'broken'): void {
    this.#connection = undefined;
    if (why === 'broken') return this.#fail('recognition.engine_failed');
    if (this.#reconnects-- > 0) void this.#connect();
    else this.#fail('recognition.unreachable');
  }

  /** The recogniser knows that it is over. */
  #finish(heard: EngineHeard): void {
    this.#leave();
    this.#told(heard);
  }

  #fail(code: RecognitionFailureCode): void {
    if (this.#over) return;
    this.drop();
    this.#told({ what: 'failed', code });
  }

  #leave(): void {
    this.#over = true;
    if (this.#connection !== undefined) this.#session.give(this.#connection);
    this.#connection = undefined;
    this.#session.over(this);
  }
}
