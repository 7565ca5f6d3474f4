import type { Alternative } from '../../model/speech/listening.ts';
import type { UtteranceOrder } from '../engine.ts';

/** The protocol of docs/recognition-engines.md. A change that an older server would not understand is another version. */
const VERSION = 1;
/** What is read of an answer; a longer one is broken. */
const TEXT_CHARS_MAX = 10_000;
const ALTERNATIVES_MAX = 10;
/** What is sent along of hints. */
const HINTS_MAX = 5_000;

export type ToRecogniser =
  | {
      readonly type: 'start';
      readonly version: number;
      readonly id: number;
      readonly language: string;
      readonly encoding: 'pcm_s16le';
      readonly sampleRate: 8_000;
      readonly continuous: boolean;
      readonly expected: UtteranceOrder['expected'];
      readonly hints: readonly string[];
    }
  | { readonly type: 'end' | 'stop'; readonly id: number };

/** Why a recogniser cannot: too much to do, not for us, or anything else. */
type ErrorReason = 'busy' | 'refused' | 'failed';

export type FromRecogniser =
  | { readonly type: 'partial'; readonly id: number; readonly text: string }
  | { readonly type: 'ended' | 'nothing'; readonly id: number }
  | {
      readonly type: 'final';
      readonly id: number;
      readonly text: string;
      readonly confidence: number;
      readonly alternatives: readonly Alternative[];
      /** Sound of the utterance up to here is settled; undefined: all that was sent. */
      readonly untilMs: number | undefined;
      /** The answer to `end`. */
      readonly last: boolean;
    }
  | { readonly type: 'error'; readonly id: number; readonly reason: ErrorReason };

export function startMessage(id: number, order: UtteranceOrder): ToRecogniser {
  const { language, continuous, expected } = order;
  const sound = { encoding: 'pcm_s16le', sampleRate: 8_000 } as const;
  const hints = order.hints.slice(0, HINTS_MAX);
  return { type: 'start', version: VERSION, id, language, ...sound, continuous, expected, hints };
}

/** What a recogniser sent. `unknown`: of a later version, and left out. Null: it does not speak our protocol. */
export function readMessage(text: string): FromRecogniser | 'unknown' | null {
  const message = parsed(text);
  if (message === null || typeof message['type'] !== 'string' || !Number.isInteger(message['id'])) return null;
  const id = message['id'] as number;
  switch (message['type']) {
    case 'partial':
      return isText(message['text']) ? { type: 'partial', id, text: message['text'].trim() } : null;
    case 'ended':
    case 'nothing':
      return { type: message['type'], id };
    case 'final':
      return readFinal(id, message);
    case 'error': {
      const reason = message['reason'];
      return { type: 'error', id, reason: reason === 'busy' || reason === 'refused' ? reason : 'failed' };
    }
    default:
      return 'unknown';
  }
}

function readFinal(id: number, message: Record<string, unknown>): FromRecogniser | null {
  const { text, confidence, alternatives = [], untilMs, last } = message;
  if (!isText(text) || !Array.isArray(alternatives)) return null;
  const others: Alternative[] = [];
  for (const one of alternatives.slice(0, ALTERNATIVES_MAX)) {
    if (typeof one !== 'object' || one === null || !isText(one.text)) return null;
    others.push({ text: one.text.trim(), confidence: confidenceOf(one.confidence) });
  }
  const settled = typeof untilMs === 'number' && untilMs >= 0 ? untilMs : undefined;
  return {
    ...{ type: 'final', id, text: text.trim(), confidence: confidenceOf(confidence) },
    ...{ alternatives: others, untilMs: settled, last: last === true },
  };
}

/** A recogniser that has no figure leaves it out. */
function confidenceOf(given: unknown): number {
  return typeof given === 'number' && given >= 0 && given <= 1 ? given : 1;
}

function isText(given: unknown): given is string {
  return typeof given === 'string' && given.length <= TEXT_CHARS_MAX;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
