import { ok } from '../../src/model/failure.ts';
import type { Engine, EngineCaps, EngineHeard, Utterance, UtteranceOrder } from '../../src/recognition/engine.ts';
import { phrasesOrder } from '../spoken/listen-order.ts';

/** What an engine of a test was asked, and how it answers: by hand. */
export type Asked = {
  readonly order: UtteranceOrder;
  readonly told: (heard: EngineHeard) => void;
  /** How much sound it was given, in ms. */
  readonly ms: () => number;
  ended: boolean;
  dropped: boolean;
};

export type ScriptedEngine = Engine & { readonly asked: Asked[]; closed: boolean };

const CAPS: EngineCaps = { grammar: true, freeForm: 'yes', partials: false, languages: ['en'], local: true };

/** `atEnd`: what it says when an utterance has ended; without it, it says nothing by itself. */
export function scriptedEngine(
  name: string,
  caps: Partial<EngineCaps> = {},
  atEnd?: (asked: Asked) => EngineHeard | undefined,
): ScriptedEngine {
  const asked: Asked[] = [];
  const engine: ScriptedEngine = {
    name,
    caps: { ...CAPS, ...caps },
    asked,
    closed: false,
    hear(order, told): Utterance {
      let samples = 0;
      const one: Asked = { order, told, ms: () => samples / 8, ended: false, dropped: false };
      asked.push(one);
      return {
        write(more) {
          samples += more.length;
        },
        end() {
          if (one.ended) return;
          one.ended = true;
          const heard = atEnd?.(one);
          if (heard) queueMicrotask(() => told(heard));
        },
        drop() {
          one.dropped = true;
        },
      };
    },
    check: () => Promise.resolve(ok(undefined)),
    close() {
      engine.closed = true;
      return Promise.resolve();
    },
  };
  return engine;
}

export function words(text: string, confidence = 0.9): EngineHeard {
  return { what: 'final', text, confidence, alternatives: [] };
}

export const ORDER = phrasesOrder('en-US', ['Billing', 'Sales', 'Sales department']);
