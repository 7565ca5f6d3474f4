import { OFFLINE_SPEECH, type SpeechSite } from '../model/speech/engines.ts';
import type { AttendedEngine } from './attended-engine.ts';
import { type ChainUtterance, hearByChain } from './chain.ts';
import type { Ears, Heard, Listener } from './ears.ts';
import { earsHealth } from './ears-health.ts';
import type { UtteranceOrder } from './engine.ts';
import { enginesFor, unfit, type Wish } from './engine-choice.ts';
import { type EngineMaker, openEngineSet } from './engine-set.ts';
import { engineOf } from './engines.ts';
import type { RecognitionFailureCode } from './recognition-failure.ts';
import { Turn } from './turn.ts';

export type EarsOptions = {
  readonly site?: SpeechSite;
  /** The secret of that name; undefined when there is none. */
  readonly secretOf?: (name: string) => string | undefined;
  /** A clock in ms that nobody sets. */
  readonly now?: () => number;
  /** Other engines than those of engines.ts. */
  readonly engineOf?: EngineMaker;
  /** How long an engine may take for its answer, and an utterance may wait for an engine, in ms. */
  readonly answerMsMax?: number;
  readonly waitMsMax?: number;
};

/** Opens the ears. Nothing is loaded, connected or started before somebody is about to speak. */
export function openEars(options: EarsOptions = {}): Ears {
  const { now = () => performance.now(), answerMsMax, waitMsMax } = options;
  const openedMs = now();
  let site = options.site ?? OFFLINE_SPEECH;
  const engines = openEngineSet(
    {
      make: options.engineOf ?? engineOf,
      secretOf: options.secretOf ?? (() => undefined),
      now,
      answerMsMax,
      waitMsMax,
    },
    site,
  );
  const turns = new Set<Listener>();
  let closing: Promise<void> | undefined;

  /** Who can hear it and does not rest, or why there is nobody. */
  function choose(wish: Wish): readonly AttendedEngine[] | RecognitionFailureCode {
    if (closing) return 'recognition.closed';
    let reason: RecognitionFailureCode = 'recognition.no_engine';
    const chosen: AttendedEngine[] = [];
    for (const name of enginesFor(site, wish.language)) {
      const attended = engines.of(name);
      if (!attended) continue;
      const misfit = unfit(attended.engine.caps, wish, site.trusted.includes(name));
      if (misfit) reason = reason === 'recognition.no_engine' ? misfit : reason;
      else if (attended.breaker.ready) chosen.push(attended);
      else
        reason =
          attended.breaker.resting()?.code === 'recognition.engine_missing'
            ? 'recognition.engine_missing'
            : 'recognition.resting';
    }
    return chosen.length > 0 ? chosen : reason;
  }

  return {
    listen(order, told) {
      const chosen = choose(order);
      if (typeof chosen === 'string') return failing(chosen, told);
      const letGo = engines.hold(chosen);
      const utteranceOrder: UtteranceOrder = { ...order, continuous: order.continuous === true };
      const over = (): void => {
        turns.delete(turn);
        letGo();
      };
      const heard = (what: Heard): void => {
        if (what.what === 'failed' || (what.what === 'final' && !order.continuous)) over();
        told(what);
      };
      const hear = (tell: Parameters<typeof hearByChain>[2]): ChainUtterance =>
        hearByChain(chosen, utteranceOrder, tell);
      const inner = new Turn({ order, hear, told: heard, now });
      const turn: Listener = {
        write: (frame) => inner.write(frame),
        stop() {
          inner.stop();
          over();
        },
      };
      turns.add(turn);
      chosen[0]!.engine.warm?.(utteranceOrder);
      return turn;
    },
    hears: (wish) => typeof choose(wish) !== 'string',
    use(next) {
      site = next;
      engines.use(next);
    },
    health: () => earsHealth(site, engines, { nowMs: now(), openedMs }),
    close() {
      closing ??= (async () => {
        for (const turn of [...turns]) turn.stop();
        await engines.close();
      })();
      return closing;
    },
  };
}

/** A turn that nobody can hear. */
function failing(code: RecognitionFailureCode, told: (heard: Heard) => void): Listener {
  let stopped = false;
  queueMicrotask(() => !stopped && told({ what: 'failed', code }));
  return {
    write() {},
    stop() {
      stopped = true;
    },
  };
}
