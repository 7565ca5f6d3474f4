import { type AnsweringRule, answeringMachine } from '../../../media/answering-machine.ts';
import { FRAME_MS } from '../../../media/frames.ts';
import type { Verdict } from '../../../model/call/leg.ts';
import type { CallerLeg, DialledLeg } from '../legs.ts';
import { type Hand, whenStillThere } from './hand.ts';

/** Whose answer is listened to, and for what. */
export type AnswerWish = {
  readonly leg: CallerLeg | DialledLeg;
  /** How long at most. */
  readonly listenMs: number;
  /** `verdict`: who has answered; `ready`: when a machine that is known to be there begins to record. */
  readonly until: 'verdict' | 'ready';
  /** Who says more words in a row is a machine. */
  readonly words?: number;
};

export type AnswerTold = {
  /** Once, and not after the leg's end, which its own event tells. */
  readonly told: (verdict: Verdict) => void;
  /** Instead, when the leg cannot be heard. */
  readonly deaf: () => void;
};

/** Listens to who has answered a leg that is up and in our hands, by its tap. */
export function hearAnswer(hand: Hand, wish: AnswerWish, { told, deaf }: AnswerTold): void {
  const { leg, listenMs, until, words } = wish;
  const rule: AnsweringRule = words === undefined ? { listenMs } : { listenMs, wordsMax: words };
  const opening = hand.live.tap(leg.contactId, leg.legId);
  opening.then((tap) => {
    const detector = answeringMachine(rule);
    let heardMs = 0;
    let isOver = false;
    const end = (verdict: Verdict): void => {
      isOver = true;
      tap.close();
      told(verdict);
    };
    tap.onFrame((frame) => {
      if (isOver) return;
      heardMs += FRAME_MS;
      for (const sign of detector.push(frame)) {
        if (sign.what === 'beep' && leg.role === 'asked') leg.recordsUs = true;
        if (isOver || sign.what !== until) continue;
        end(sign.what === 'verdict' ? sign.verdict : 'machine');
      }
      // A greeting without an end: what is to be said is said over it.
      if (!isOver && heardMs >= listenMs) end(until === 'ready' ? 'machine' : 'unknown');
    });
    // A tap that breaks off alone leaves a leg of which nothing will be known.
    void tap.over.then(() => {
      if (!isOver) whenStillThere(hand, [leg.legId], () => end('unknown'));
    });
  }, deaf);
}
