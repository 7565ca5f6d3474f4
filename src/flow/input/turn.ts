import type { PromptPart } from '../../model/prompt.ts';
import type { Move, StepContext } from '../step-kind.ts';
import type { Attempts } from './attempts.ts';
import { type Hear, isHeard, listenOrder, listensOver } from './listen-order.ts';

/**
 * One turn of asking on a call: prompt, silence, voice, words. The rules, each with its place: a voice stops the prompt
 * and the time of silence; a cough lets both go on; when nobody hears, keys remain; whatever happens, a time-out is set.
 */

/** After so many coughs a turn counts as one in which nothing came: a noisy line must not keep the caller for ever. */
const NOISES_MAX = 5;
/** After so many failures of the ears it is not listened any more in a turn. */
const FAILURES_MAX = 2;
/** A prompt that goes on after a cough begins so much before the place where it was stopped. */
const BACK_MS = 300;
/** What the ears may need after the longest speech; when they say nothing by then, the step goes on without them. */
const EARS_LATE_MS = 15_000;

/** Begins a turn: what is asked, and how it is listened to. */
export function beginTurn(
  { timeoutMs, bargeIn }: Attempts,
  parts: PromptPart[],
  hear: Hear | undefined,
  context: StepContext,
): Move {
  const { notes } = context;
  Object.assign(notes, {
    playing: parts.length > 0,
    speaking: false,
    cut: false,
    unheard: false,
    noises: 0,
    failures: 0,
  });
  const heard = hear !== undefined && isHeard(hear);
  if (parts.length === 0) return { wakeInMs: timeoutMs, listen: heard ? listenOrder(hear, context) : null };
  const over = heard && listensOver(hear, bargeIn);
  if (over) Object.assign(notes, { asked: JSON.stringify(parts), sinceMs: context.atMs, fromMs: 0 });
  return { play: parts, wakeInMs: null, listen: over ? listenOrder(hear, context) : null };
}

/** The prompt has been heard to its end: from now on the silence counts, but not that of somebody who speaks. */
export function promptOver({ timeoutMs, bargeIn }: Attempts, hear: Hear | undefined, context: StepContext): Move {
  const { notes } = context;
  notes['playing'] = false;
  if (hear === undefined || !isHeard(hear) || notes['unheard'] === true) return { wakeInMs: timeoutMs };
  if (!listensOver(hear, bargeIn)) return { wakeInMs: timeoutMs, listen: listenOrder(hear, context) };
  return { wakeInMs: notes['speaking'] === true ? longest(hear, context) : timeoutMs };
}

/** The customer has begun to speak. */
export function voiceHeard(hear: Hear | undefined, bargesIn: boolean, context: StepContext): Move {
  const { notes } = context;
  if (hear === undefined) return {};
  notes['speaking'] = true;
  if (notes['playing'] !== true) return { wakeInMs: longest(hear, context) };
  if (!bargesIn) return {};
  const heardMs = context.atMs - Number(notes['sinceMs'] ?? context.atMs);
  Object.assign(notes, { playing: false, cut: true, fromMs: Number(notes['fromMs'] ?? 0) + heardMs });
  return { stopPrompt: true, wakeInMs: longest(hear, context) };
}

/** It was a cough: what it stopped goes on. */
export function onlyNoise(asked: Attempts, context: StepContext): Move {
  const { notes } = context;
  const noises = Number(notes['noises'] ?? 0) + 1;
  notes['noises'] = noises;
  return noises >= NOISES_MAX ? { ...silent(notes), wakeInMs: 0 } : goOn(asked, context);
}

/**
 * Nobody hears this turn. Who was just speaking may say it once more: another engine may be there by now. Else, with keys,
 * the step goes on by them; without them nothing could ever be answered.
 */
export function nobodyHears(asked: Attempts, hear: Hear | undefined, code: string, context: StepContext): Move {
  const { notes } = context;
  const failures = Number(notes['failures'] ?? 0) + 1;
  notes['failures'] = failures;
  if (hear !== undefined && notes['speaking'] === true && failures < FAILURES_MAX) {
    return { ...goOn(asked, context), listen: listenOrder(hear, context) };
  }
  notes['unheard'] = true;
  if (hear?.keys !== false) return goOn(asked, context);
  const message = `Nobody can hear what the customer says (${code}), and this step takes no keys.`;
  return { stopPrompt: true, wakeInMs: null, outcome: 'error', error: { code: 'step.unheard', message } };
}

/** What was said is known, or will never be. */
export function silent(notes: StepContext['notes']): Move {
  notes['speaking'] = false;
  return {};
}

function goOn({ timeoutMs }: Attempts, context: StepContext): Move {
  const { notes } = context;
  notes['speaking'] = false;
  if (notes['playing'] === true) return {};
  if (notes['cut'] !== true) return { wakeInMs: timeoutMs };
  const fromMs = Math.max(0, Number(notes['fromMs'] ?? 0) - BACK_MS);
  Object.assign(notes, { playing: true, cut: false, sinceMs: context.atMs, fromMs });
  return { play: JSON.parse(String(notes['asked'])) as PromptPart[], offsetMs: fromMs, wakeInMs: null };
}

function longest(hear: Hear, context: StepContext): number {
  const { maxDurationMs, endSilenceMs } = listenOrder(hear, context);
  return maxDurationMs + endSilenceMs + EARS_LATE_MS;
}
