import type { Prompt } from '../../prompt.ts';
import { VARIABLE } from '../../shape/keys.ts';
import { defaulted, optional } from '../../shape/object.ts';
import { PROMPT } from '../../shape/prompt.ts';
import { type Move, type StepContext, stepKind } from '../../step-kind.ts';
import { refused } from '../refused.ts';
import { beginTaking, discarded, type Taken, type Taking, takeMessage } from './message-taking.ts';
import { RECORDED, takingOf } from './recording-fields.ts';

type Given = Taking & { readonly prompt: Prompt; readonly into: string | null };

/** Records what the caller says, for a step that follows. */
export const record = stepKind({
  type: 'record',
  summary: 'Records what the caller says.',
  fields: {
    prompt: defaulted(PROMPT, [], 'Played before.'),
    into: optional(VARIABLE, 'The variable that holds the id of the recording.'),
    ...RECORDED,
  },
  given: (written): Given => ({ ...takingOf(written), prompt: written.prompt, into: written.into ?? null }),
  answers: true,
  needsCustomer: true,
  channels: ['voice'],
  gives: ({ into }) => ({
    vars: into === null ? {} : { [into]: 'text' },
    result: { fields: { recording: 'text', duration_ms: 'number' } },
  }),
  outcomes: () => ['ok', 'silence', 'max'],
  fallbacks: new Map([['max', 'ok']]),
  keys: ({ terminator }) => [terminator],
  enter: (given, context) => beginTaking(given, context.prompt(given.prompt), context, undefined),
  receive: (given, happening, context) => {
    const met = takeMessage(given, happening, context, undefined);
    if (met === 'failed') return refused('step.recording_failed', 'What the caller said could not be recorded.');
    if (met === undefined) return {};
    return 'recordingId' in met ? taken(given, met, context) : met;
  },
});

function taken({ minMs, maxMs, into }: Given, { recordingId, durationMs }: Taken, { gone }: StepContext): Move {
  if (durationMs < minMs) {
    return { tell: [discarded(recordingId)], outcome: gone ? 'hangup' : 'silence', wakeInMs: null };
  }
  const outcome = gone ? 'hangup' : durationMs >= maxMs ? 'max' : 'ok';
  const result = { recording: recordingId, duration_ms: durationMs };
  return { outcome, wakeInMs: null, result, ...(into === null ? {} : { set: { [into]: recordingId } }) };
}
