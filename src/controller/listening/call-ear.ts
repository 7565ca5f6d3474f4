import type { CallSound } from '../../channels/channel.ts';
import type { ContactId } from '../../model/ids.ts';
import type { ListenId, ListenOrder } from '../../model/speech/listening.ts';
import type { Ears, Heard, Listener } from '../../recognition/ears.ts';
import { customerSound } from './customer-sound.ts';

/** What hears and what is heard. */
export type Hearing = { readonly ears: Pick<Ears, 'listen' | 'hears'>; readonly sound: Pick<CallSound, 'tap'> };

/** The customer of one call, as far as somebody listens: one tap for all turns, one turn at a time. */
export type CallEar = {
  /** Begins a turn in place of the one before. */
  listen(listenId: ListenId, order: ListenOrder): void;
  /** Ends this turn, if it still is the one. */
  stop(listenId: ListenId): void;
  /** Ends the turn and lets go of the sound. May be called twice. */
  close(): void;
};

export type CallEarOptions = Hearing & {
  readonly contactId: ContactId;
  /** In ms; nobody sets it. */
  now(): number;
  told(listenId: ListenId, heard: Heard): void;
};

/** A turn often follows soon; the sound of a call to which nobody listens is let go after this. */
const IDLE_MS = 5_000;
/** The rest of a phrase that was taken before its end is no answer to the next question, and must not stop its prompt. */
const AFTER_MATCH_MS = 400;
/** What was said just before a turn belongs to it, frames of 20 ms. */
const PRE_ROLL_FRAMES = 25;

type Turn = { readonly listenId: ListenId; listener: Listener | null };

/** Nothing is opened before the first turn. It never throws: what is wrong is told as `failed`. */
export function openCallEar({ ears, sound, contactId, now, told }: CallEarOptions): CallEar {
  let turn: Turn | null = null;
  let passedOverUntilMs = 0;
  let idle: NodeJS.Timeout | undefined;
  let before: Int16Array[] = [];
  const customer = customerSound({
    sound,
    contactId,
    frame: take,
    lost: (code) => turn && heard(turn.listenId, { what: 'failed', code }),
  });

  function take(frame: Int16Array): void {
    if (now() < passedOverUntilMs) return;
    if (turn) return turn.listener?.write(frame);
    before.push(frame);
    if (before.length > PRE_ROLL_FRAMES) before.shift();
  }

  function heard(listenId: ListenId, what: Heard): void {
    if (turn?.listenId !== listenId) return;
    if (what.what === 'final' && what.endedBy === 'match') passedOverUntilMs = now() + AFTER_MATCH_MS;
    if (what.what === 'final' || what.what === 'failed') end();
    told(listenId, what);
  }

  function end(): void {
    turn?.listener?.stop();
    turn = null;
    before = [];
    clearTimeout(idle);
    idle = setTimeout(() => customer.letGo(), IDLE_MS).unref();
  }

  return {
    listen(listenId, order) {
      const preRoll = before;
      if (turn) end();
      clearTimeout(idle);
      const begun: Turn = { listenId, listener: null };
      turn = begun;
      before = [];
      const audible = ears.hears(order);
      begun.listener = ears.listen(order, (what) => heard(listenId, what));
      if (turn !== begun) return begun.listener.stop();
      if (customer.open) for (const frame of preRoll) begun.listener.write(frame);
      // Where nobody hears this, the ears say so by themselves, and no socket is needed for it.
      if (audible) customer.want();
    },
    stop(listenId) {
      if (turn?.listenId === listenId) end();
    },
    close() {
      end();
      clearTimeout(idle);
      customer.letGo();
    },
  };
}
