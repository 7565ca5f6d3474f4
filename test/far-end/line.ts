import type { AriEvent } from 'ari-client';
import type { Ari } from './ari.ts';
import { type ToneHz, toneClass } from './config.ts';
import { type Ears, LISTEN_WINDOW_MS, type Listening } from './ears.ts';
import { hasTone } from './heard-tone.ts';
import { type Saying, Speaker } from './saying.ts';
import { Sightings } from './sightings.ts';
import type { Sounds } from './sounds.ts';

/** How long a wait is when the test names no time. */
export const WAIT_MS = 10_000;

const DIGIT_MS = 100;
const DIGIT_GAP_MS = 60;

/** How a call leg ended, as the far end saw it. */
export type LineEnd = {
  /** ITU-T Q.850 cause: 16 normal, 17 busy, 19 no answer, 21 rejected. */
  readonly cause: number;
  readonly text: string;
  /** SIP status that ended it; undefined when it ended without one. */
  readonly sipStatus: number | undefined;
};

/** Names for the far end's reasons to hang up, as `DELETE /channels/{id}?reason=` takes them. */
export type HangUpReason = 'normal' | 'busy' | 'rejected' | 'no_answer' | 'congestion';

/** One call leg of the far end: a caller's, or that of an agent's phone. All waits are bounded, by default 10 s. */
export class Line {
  /** Channel id in the far end's Asterisk. */
  readonly id: string;
  readonly #ari: Ari;
  readonly #ears: Ears;
  readonly #name: string;
  readonly #sightings: Sightings;
  readonly #speaker: Speaker;
  #ringing = false;
  /** Whether Asterisk has handed the channel to us; before that it takes no orders. */
  #ours = false;
  #answered = false;
  #digits = '';
  #end: LineEnd | undefined;

  constructor(id: string, name: string, ari: Ari, ears: Ears, sounds: Sounds) {
    this.id = id;
    this.#ari = ari;
    this.#ears = ears;
    this.#name = name;
    this.#sightings = new Sightings(name);
    this.#speaker = new Speaker(id, name, ari, sounds);
  }

  /** Digits that the other side has sent so far (RFC 4733). */
  get digits(): string {
    return this.#digits;
  }

  get isAnswered(): boolean {
    return this.#answered;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** The other side rings (SIP 180), or has answered already. */
  async ringing(waitMs = WAIT_MS): Promise<void> {
    await this.#until('ringing', waitMs, () => this.#ringing || this.#answered || undefined);
  }

  async answered(waitMs = WAIT_MS): Promise<void> {
    await this.#until('an answer', waitMs, () => this.#answered || undefined);
  }

  ended(waitMs = WAIT_MS): Promise<LineEnd> {
    return this.#sightings.until('the end', waitMs, () => this.#end);
  }

  /** The other side has sent these digits, possibly among others. */
  async hearsDigits(digits: string, waitMs = WAIT_MS): Promise<void> {
    await this.#until(`the digits ${digits}`, waitMs, () => this.#digits.includes(digits) || undefined);
  }

  /** Sends digits (RFC 4733), once there is an answer, with 60 ms between. Resolves when Asterisk has taken the order. */
  async press(digits: string, holdMs = DIGIT_MS): Promise<void> {
    // The exchange goes on in its flow some ms before this end has heard the answer.
    await this.answered();
    const timing = { duration: holdMs, between: DIGIT_GAP_MS };
    await this.#ari.request('channels', 'sendDTMF', { channelId: this.id, dtmf: digits, ...timing });
  }

  /** Plays the tone, once there is an answer, until `stopPlaying`, another tone or the end. */
  async playTone(hz: ToneHz): Promise<void> {
    // The exchange knows some ms earlier than this end that two people talk.
    await this.answered();
    await this.#ari.request('channels', 'startMoh', { channelId: this.id, mohClass: toneClass(hz) });
  }

  /** Says something (16 bit, 8 kHz), once there is an answer, and is silent after it. Resolves when it has begun. */
  async startSaying(pcm: Int16Array): Promise<Saying> {
    await this.answered();
    return this.#speaker.say(pcm);
  }

  /** Says something and waits until the last sample was sent. */
  async say(pcm: Int16Array): Promise<void> {
    const saying = await this.startSaying(pcm);
    await saying.over;
  }

  /** What this party sends whenever it says nothing, such as the noise of a street; silence if nothing else was given. */
  async sendBetween(background: Int16Array): Promise<void> {
    await this.answered();
    await this.#speaker.between(background);
  }

  /** Sends silence, as a phone does whose party says nothing; without anything to play the far end sends no RTP at all. */
  async playSilence(): Promise<void> {
    await this.stopPlaying();
    await this.#ari.request('channels', 'startSilence', { channelId: this.id });
  }

  async stopPlaying(): Promise<void> {
    await this.#ari.request('channels', 'stopMoh', { channelId: this.id });
  }

  /** The hold button: a re-INVITE that stops what this party sends. */
  async hold(): Promise<void> {
    await this.#ari.request('channels', 'hold', { channelId: this.id });
  }

  async retrieve(): Promise<void> {
    await this.#ari.request('channels', 'unhold', { channelId: this.id });
  }

  /** The transfer button: a REFER that names this SIP address. Most phones hang up when it has succeeded; so does this one. */
  async refer(uri: string): Promise<void> {
    await this.#ari.request('channels', 'redirect', { channelId: this.id, endpoint: `PJSIP/${uri}` });
  }

  /** Records what this party hears from now on, also before the answer (early media). */
  startListening(): Promise<Listening> {
    return this.#ears.listen(this.id);
  }

  /** What this party hears during so many milliseconds from now: 16 bit, 8 kHz. */
  async listen(ms: number): Promise<Int16Array> {
    const listening = await this.startListening();
    return listening.stopAfter(ms);
  }

  /** Listens until the tone is heard for at least 150 ms. */
  async hears(hz: number, { withinMs = WAIT_MS } = {}): Promise<void> {
    const error = new Error();
    const deadline = Date.now() + withinMs;
    let why = '';
    while (!why) {
      try {
        if (hasTone(await this.listen(LISTEN_WINDOW_MS), hz)) return;
      } catch (failure) {
        // A line that ends cannot be listened to any more.
        if (!this.#end) throw failure;
      }
      if (this.#end) why = 'before the call ended';
      else if (Date.now() >= deadline) why = `within ${withinMs} ms`;
    }
    error.message = `${this.#name}: ${hz} Hz was not heard ${why}.`;
    throw error;
  }

  /** Hangs up and waits for the end. Harmless when the line has ended. */
  async hangUp(reason: HangUpReason = 'normal'): Promise<LineEnd> {
    if (!this.#end) {
      await this.#ari.request('channels', 'hangup', { channelId: this.id, reason }).catch((error: unknown) => {
        // The other side may have been faster; then there is nothing left to hang up.
        if (!/Channel not found/i.test(String(error))) throw error;
      });
    }
    return this.ended();
  }

  /** Takes in an event of this line's channel; for the far end's listener only. */
  take(event: AriEvent): void {
    switch (event.type) {
      case 'StasisStart':
        this.#ours = true;
        return this.#takeState(event.channel?.state ?? '');
      case 'ChannelStateChange':
        return this.#takeState(event.channel?.state ?? '');
      case 'ChannelDtmfReceived':
        this.#digits += event.digit ?? '';
        return this.#sightings.note(`digit ${event.digit}`);
      case 'PlaybackStarted':
      case 'PlaybackFinished':
        return this.#speaker.take(event);
      case 'ChannelDestroyed':
        this.#end = { cause: event.cause ?? 0, text: event.cause_txt ?? '', sipStatus: event.tech_cause || undefined };
        return this.#sightings.note(`ended (${this.#end.cause} ${this.#end.text}, SIP ${this.#end.sipStatus})`);
    }
  }

  /** Tells those who still wait that the far end stops. */
  close(): void {
    this.#sightings.close('but the far end was stopped');
    this.#speaker.close();
  }

  #takeState(state: string): void {
    if (state === 'Ringing' && !this.#ringing) {
      this.#ringing = true;
      this.#sightings.note('ringing');
    }
    if (state === 'Up' && this.#ours && !this.#answered) {
      this.#answered = true;
      this.#sightings.note('answered');
    }
  }

  #until<T>(awaited: string, waitMs: number, look: () => T | undefined): Promise<T> {
    return this.#sightings.until(awaited, waitMs, look, () => (this.#end ? 'but the call has ended' : undefined));
  }
}

/** Where a call from the exchange goes to. */
export type Called = { readonly number: string; readonly ticket: string };

/** A call that rings at an agent's phone, or at somebody's outside. */
export class Ring extends Line {
  /** The caller's number as the phone shows it. */
  readonly from: { readonly number: string; readonly name: string };
  /** Outside: the number that was called, and the header X-Ticket of the INVITE. */
  readonly called: Called;
  readonly #ari: Ari;

  constructor(id: string, name: string, call: Pick<Ring, 'from' | 'called'>, ari: Ari, ears: Ears, sounds: Sounds) {
    super(id, name, ari, ears, sounds);
    this.from = call.from;
    this.called = call.called;
    this.#ari = ari;
  }

  /** Lets it ring (SIP 180); a phone rings by itself. */
  async ring(): Promise<void> {
    await this.#ari.request('channels', 'ring', { channelId: this.id });
  }

  /** Picks up and waits until the far end's side of the call is up. */
  async answer(): Promise<void> {
    await this.#ari.request('channels', 'answer', { channelId: this.id });
    await this.answered();
  }

  /**
   * Ends the ringing: `busy` is SIP 486 (cause 17); `decline` is SIP 403, because Asterisk has no way to send the 603 of
   * a phone. The exchange sees the same cause for both, 21.
   */
  reject(how: 'busy' | 'decline'): Promise<LineEnd> {
    return this.hangUp(how === 'busy' ? 'busy' : 'rejected');
  }
}
