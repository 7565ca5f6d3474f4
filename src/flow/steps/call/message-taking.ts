import type { RecordingReason } from '../../../model/call/recording.ts';
import type { QueueId, RecordingId } from '../../../model/ids.ts';
import type { PromptPart } from '../../../model/prompt.ts';
import type { Happening, Move, StepContext, Told } from '../../step-kind.ts';

/** How a message is taken, whatever is done with it then. */
export type Taking = {
  readonly beep: boolean;
  readonly maxMs: number;
  readonly minMs: number;
  /** So much silence ends it. */
  readonly silenceMs: number;
  /** The key that ends it, and ends what is said before. */
  readonly terminator: string;
};

/** A message that has ended. */
export type Taken = { readonly recordingId: RecordingId; readonly durationMs: number };

/** After the longest time a message may take, its end is waited for so much longer. */
const END_WITHIN_MS = 15_000;
const MESSAGE: RecordingReason = 'message';

/** Speaks what comes before the tone, or begins at once. `queueId`: by whose rule it is kept. */
export function beginTaking(
  taking: Taking,
  parts: readonly PromptPart[],
  context: StepContext,
  queueId: QueueId | undefined,
): Move {
  if (parts.length === 0) return startTaking(taking, context, queueId);
  context.notes['stage'] = 'greeting';
  return { play: parts, wakeInMs: null };
}

export function startTaking(
  { maxMs, silenceMs, beep }: Taking,
  { notes, contactId, stepsTaken, atMs }: StepContext,
  queueId: QueueId | undefined,
  tell: readonly Told[] = [],
): Move {
  notes['stage'] = 'recording';
  const started: Told = {
    kind: 'recording.started',
    // Parts of the call count without a zero in front, so that no id is given twice.
    recordingId: `${contactId}.r0${stepsTaken}-${atMs.toString(36)}`,
    why: MESSAGE,
    sides: { left: contactId, right: null },
    message: { maxMs, silenceMs, beep },
    ...(queueId === undefined ? {} : { queueId }),
  };
  return { stopPrompt: true, tell: [...tell, started], wakeInMs: maxMs + END_WITHIN_MS };
}

/** The message is not to be kept. */
export function discarded(recordingId: RecordingId): Told {
  return { kind: 'recording.stopped', recordingId, by: 'flow', discard: true };
}

/**
 * What happens until the message has ended: a move, or the message, or `failed`. Undefined: it has ended before, and what happens
 * now is about what is done with it.
 */
export function takeMessage(
  taking: Taking,
  happening: Happening,
  context: StepContext,
  queueId: QueueId | undefined,
): Move | Taken | 'failed' | undefined {
  const { message, notes, atMs } = context;
  if (happening.what === 'resumed') {
    // What was noted is forgotten, what was recorded is not.
    if (message?.finished) return taken(context);
    notes['stage'] = 'recording';
    return { wakeInMs: Math.max(0, (message?.startedAtMs ?? atMs) + taking.maxMs - atMs) + END_WITHIN_MS };
  }
  if (notes['stage'] === 'greeting') {
    const skipped = happening.what === 'digit' && happening.digit === taking.terminator;
    return skipped || happening.what === 'prompt_finished' ? startTaking(taking, context, queueId) : {};
  }
  // Of a customer who is gone nothing is noted any more.
  if (happening.what === 'recorded') return happening.recordingId === message?.recordingId ? taken(context) : {};
  if (notes['stage'] !== 'recording') return undefined;
  if (happening.what === 'time_out') return 'failed';
  if (happening.what !== 'digit' || happening.digit !== taking.terminator || !message) return {};
  return { tell: [{ kind: 'recording.stopped', recordingId: message.recordingId, by: 'flow' }] };
}

function taken({ message, notes }: StepContext): Taken | 'failed' {
  notes['stage'] = 'taken';
  if (message?.finished?.result !== 'done') return 'failed';
  return { recordingId: message.recordingId, durationMs: message.finished.durationMs };
}
