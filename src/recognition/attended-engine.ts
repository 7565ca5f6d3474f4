import { type Breaker, openBreaker } from './breaker.ts';
import type { Engine, EngineHeard, Utterance, UtteranceOrder } from './engine.ts';
import { openPlaces } from './places.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';

/** So many utterances wait for each place of an engine, and so long. */
const WAITING_PER_PLACE = 16;
const WAIT_MS_MAX = 3_000;
/** How long an engine may take after the end of the voice. */
const ANSWER_MS_MAX = 3_000;
/** The first answer of all may have to wait until a child has started, a model is read, or a connection stands. */
const FIRST_ANSWER_MS_MAX = 10_000;

/** An engine as the ears use it: with a cap, a time-out for its answer, and a breaker. */
export type AttendedEngine = {
  readonly engine: Engine;
  readonly breaker: Breaker;
  /** As Engine.hear; `recognition.resting`, `busy` and `timed_out` come from here. */
  hear(order: UtteranceOrder, told: (heard: EngineHeard) => void): Utterance;
};

export type Attendance = {
  readonly sessionsMax: number;
  readonly now: () => number;
  readonly answerMsMax?: number | undefined;
  readonly waitMsMax?: number | undefined;
};

export function attended(engine: Engine, attendance: Attendance): AttendedEngine {
  const { sessionsMax, now, waitMsMax = WAIT_MS_MAX } = attendance;
  let answered = false;
  const answerMsMax = (): number => attendance.answerMsMax ?? (answered ? ANSWER_MS_MAX : FIRST_ANSWER_MS_MAX);
  const breaker = openBreaker(now);
  const places = openPlaces({ width: sessionsMax, waitingMax: sessionsMax * WAITING_PER_PLACE, waitMsMax });
  return {
    engine,
    breaker,
    hear(order, told) {
      let before: Int16Array[] = [];
      let utterance: Utterance | undefined;
      let ended = false;
      let over = false;
      let leave = (): void => {};
      let timer: NodeJS.Timeout | undefined;
      const finish = (): void => {
        over = true;
        before = [];
        clearTimeout(timer);
        leave();
      };
      const fail = (code: RecognitionFailureCode): void => {
        if (over) return;
        finish();
        utterance?.drop();
        breaker.failed(code);
        told({ what: 'failed', code });
      };
      const take = (heard: EngineHeard): void => {
        if (over) return;
        if (heard.what === 'failed') return fail(heard.code);
        const last = heard.what === 'nothing' || (heard.what === 'final' && (ended || !order.continuous));
        if (last) finish();
        if (last || heard.what === 'final') {
          answered = true;
          breaker.succeeded();
        }
        told(heard);
      };
      const end = (): void => {
        utterance?.end();
        if (!over) timer = setTimeout(() => fail('recognition.timed_out'), answerMsMax());
      };
      const enter = (leaving: () => void): void => {
        leave = leaving;
        if (!breaker.mayTry()) return restNow();
        utterance = engine.hear(order, take);
        for (const samples of before.splice(0)) utterance.write(samples);
        if (ended) end();
      };
      const restNow = (): void => {
        finish();
        told({ what: 'failed', code: 'recognition.resting' });
      };
      const giveUp = places.take(enter, () => fail('recognition.busy'));
      return {
        write(samples) {
          if (over || ended) return;
          if (utterance) utterance.write(samples);
          else before.push(samples);
        },
        end() {
          if (over || ended) return;
          ended = true;
          if (utterance) end();
        },
        drop() {
          if (over) return;
          giveUp();
          finish();
          utterance?.drop();
          breaker.untried();
        },
      };
    },
  };
}
