import { EventEmitter } from 'node:events';
import type { Tap } from '../../../src/channels/channel.ts';
import type { Hearing } from '../../../src/controller/transcription/transcriber.ts';
import type { ContactId, LegId } from '../../../src/model/ids.ts';
import type { Heard } from '../../../src/recognition/ears.ts';

type Order = Parameters<Hearing['ears']['listen']>[0];

/** One turn at the ears, with what was written to it. */
export type OpenTurn = {
  readonly order: Order;
  readonly frames: Int16Array[];
  readonly tell: (heard: Heard) => void;
  stopped: boolean;
};

/** One leg that is listened to. */
export type OpenTap = {
  readonly contactId: ContactId;
  readonly legId: LegId;
  frame(): void;
  /** The leg is gone. */
  lose(): void;
  closed: boolean;
};

/** Ears and sound of calls in memory: a test says what is heard. */
export class HearingInMemory implements Hearing {
  readonly turns: OpenTurn[] = [];
  readonly taps: OpenTap[] = [];
  /** When set, no leg can be listened to, for this reason. */
  noSound: string | undefined;
  /** When set, every turn fails at once, for this reason. */
  refused: string | undefined;

  readonly sound = {
    tap: async (contactId: ContactId, legId: LegId): Promise<Tap> => {
      if (this.noSound) throw Object.assign(new Error('no sound'), { code: this.noSound });
      const frames = new EventEmitter();
      let lose = (): void => undefined;
      const over = new Promise<void>((done) => {
        lose = done;
      });
      const open: OpenTap = {
        contactId,
        legId,
        frame: () => void frames.emit('frame', new Int16Array(160)),
        lose,
        closed: false,
      };
      this.taps.push(open);
      return {
        onFrame: (listener) => {
          frames.on('frame', listener);
          return () => void frames.off('frame', listener);
        },
        over,
        close: () => {
          open.closed = true;
          frames.removeAllListeners();
          lose();
        },
      };
    },
  };

  readonly ears: Hearing['ears'] = {
    listen: (order, told) => {
      const turn: OpenTurn = { order, frames: [], tell: told, stopped: false };
      this.turns.push(turn);
      if (this.refused) told({ what: 'failed', code: this.refused });
      return {
        write: (frame) => void turn.frames.push(frame),
        stop: () => {
          turn.stopped = true;
        },
      };
    },
  };

  /** Legs that are listened to now. */
  tapped(): string[] {
    return this.taps.filter(({ closed }) => !closed).map(({ legId }) => legId);
  }
}

/** What the ears tell of something that was said. */
export function said(text: string, fromMs = 0, toMs = 1000): Heard {
  const how = { confidence: 0.8, alternatives: [], engine: 'pocketsphinx', endedBy: 'silence', tookMs: 100 } as const;
  return { what: 'final', text, ...how, fromMs, toMs };
}
