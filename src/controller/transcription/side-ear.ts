import type { HeardSide } from '../../calls/transcription/state.ts';
import type { AtMs, ContactId } from '../../model/ids.ts';
import { PIECE_CHARACTERS_MAX } from '../../model/speech/transcription.ts';
import type { Heard } from '../../recognition/ears.ts';
import { openTurn, type Turn } from './side-turn.ts';
import type { Hearing, TranscribedHall, TranscriberLog } from './transcriber.ts';

/** After a failure the side is listened to again, ever later, and given up after the last of these. */
const AGAIN_AFTER_MS = [2_000, 10_000, 30_000, 60_000] as const;
/** A side that was heard for so long has not failed at its beginning. */
const HEALTHY_MS = 60_000;

/** One side of a call that is listened to. */
export type SideEar = {
  readonly side: HeardSide;
  /** Ends it. `lastWords`: what is being said is still told when it is understood. May be called twice. */
  end(lastWords: boolean): void;
};

export type SideEarOptions = {
  readonly hall: TranscribedHall;
  readonly hearing: Hearing;
  readonly log: TranscriberLog;
  readonly contactId: ContactId;
  readonly side: HeardSide;
};

/** Listens to one side until it is ended, over failures of sound and engine. Nothing of what is heard stands in the log. */
export function openSideEar(options: SideEarOptions): SideEar {
  const { side, hall, hearing, contactId, log } = options;
  let over = false;
  let failures = 0;
  let again: NodeJS.Timeout | undefined;
  let turn: Turn | undefined;

  function begin(): void {
    const sinceMs = hall.now();
    const failed = (code: string): void => {
      if (over) return;
      if (hall.now() - sinceMs >= HEALTHY_MS) failures = 0;
      const waitMs = AGAIN_AFTER_MS[failures];
      failures += 1;
      if (waitMs !== undefined) again = setTimeout(begin, waitMs).unref();
      // Told once; that it is tried again is nobody's business until it works.
      if (failures > 1) return;
      log.warn({ code }, 'One side of a call is not written down.');
      hall.enter({ kind: 'transcription.failed', atMs: hall.now(), contactId, speaker: side.speaker, code });
    };
    const heard = (beganMs: AtMs, what: Heard): void => take(options, beganMs, what);
    turn = openTurn({ hearing, contactId, side, now: () => hall.now(), heard, failed });
  }

  begin();
  return {
    side,
    end(lastWords) {
      if (over) return;
      over = true;
      clearTimeout(again);
      turn?.end(lastWords);
    },
  };
}

function take({ hall, contactId, side }: SideEarOptions, beganMs: AtMs, heard: Heard): void {
  const { speaker, agentId } = side;
  if (heard.what === 'partial') {
    const text = heard.text.slice(0, PIECE_CHARACTERS_MAX);
    return hall.signal({ what: 'partial_transcript', contactId, speaker, text });
  }
  if (heard.what !== 'final' || heard.text === '') return;
  const atMs = hall.now();
  const { confidence, engine } = heard;
  const moment = (ms: number): AtMs => Math.min(atMs, Math.round(beganMs + ms));
  hall.enter({
    kind: 'transcript.heard',
    atMs,
    contactId,
    speaker,
    ...(agentId === null ? {} : { agentId }),
    text: heard.text.slice(0, PIECE_CHARACTERS_MAX),
    confidence,
    engine,
    fromMs: moment(heard.fromMs),
    toMs: moment(heard.toMs),
  });
}
