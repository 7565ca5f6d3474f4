import type { Event, EventOf, JournalEntry } from '../model/event.ts';
import type { AtMs, FlowId, StepId } from '../model/ids.ts';
import type { PromptPart } from '../model/prompt.ts';
import type { Value } from '../model/value.ts';

/** What one contact did in its flows, step by step, in order. */
export type ContactTrace = {
  readonly steps: readonly TracedStep[];
  /** Steps after the first TRACED_STEPS_MAX, which are not listed. */
  readonly stepsOmitted: number;
  /** Why the flow could not go on; null: it did. */
  readonly failure: string | null;
};

export const TRACED_STEPS_MAX = 2000;
/** Longest value of a variable, and longest prompt, that is repeated. */
const SHOWN_CHARACTERS_MAX = 500;

export type TracedStep = {
  readonly flow: FlowId;
  readonly version: string;
  readonly step: StepId;
  readonly type: string;
  /** How many flows called each other to come here; 0: none. */
  readonly depth: number;
  readonly enteredAtMs: AtMs;
  /** Null while the contact is in the step. */
  readonly tookMs: number | null;
  /** Null also when the customer left in it. */
  readonly outcome: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** What the customer entered, what other systems answered, and what came of calls, recordings and orders (`call`). */
  readonly input: readonly { readonly how: 'keys' | 'speech' | 'text' | 'http' | 'call'; readonly text: string }[];
  /** What was spoken or shown; left out unless values are shown, because a prompt may hold them. */
  readonly prompts: readonly string[];
  readonly changed: readonly { readonly name: string; readonly value: string }[];
  /** Variables that were filled with sensitive input; nobody knows their values any more. */
  readonly concealed: readonly string[];
};

/** `masked`: of what customers entered, and of variables, only the length is told. Sensitive input is never there. */
export type TraceValues = 'masked' | 'shown';

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };
type Draft = Writable<TracedStep>;

/** The trace of a contact from all that the journal has about it, in order. */
export function contactTrace(entries: readonly JournalEntry[], values: TraceValues): ContactTrace {
  const steps: Draft[] = [];
  const flows: FlowId[] = [];
  let version = '';
  let failure: string | null = null;
  for (const { event } of entries) {
    if (event.kind === 'flow.started') {
      flows.splice(0, flows.length, event.flowId);
      version = event.version;
    } else if (event.kind === 'flow.called') flows.push(event.flowId);
    else if (event.kind === 'flow.returned') flows.pop();
    else if (event.kind === 'flow.cleaning_up') flows.splice(0, flows.length, event.flowId);
    else if (event.kind === 'flow.failed') failure = event.code;
    else if (event.kind === 'contact.ended') gone(steps, event.atMs);
    else if (event.kind === 'step.entered') steps.push(entered(event, flows, version));
    else if (event.kind === 'step.left') left(steps, event, flows.length - 1, values);
    else note(steps.at(-1), event, values);
  }
  return {
    steps: steps.slice(0, TRACED_STEPS_MAX),
    stepsOmitted: Math.max(0, steps.length - TRACED_STEPS_MAX),
    failure,
  };
}

function entered(event: EventOf<'step.entered'>, flows: readonly FlowId[], version: string): Draft {
  return {
    flow: flows.at(-1) ?? '',
    version,
    step: event.stepId,
    type: event.type,
    depth: Math.max(0, flows.length - 1),
    enteredAtMs: event.atMs,
    tookMs: null,
    outcome: null,
    error: null,
    input: [],
    prompts: [],
    changed: [],
    concealed: [],
  };
}

/** Whoever left is in no step any more, whatever is still cleared up. */
function gone(steps: readonly Draft[], atMs: AtMs): void {
  for (const step of steps) step.tookMs ??= atMs - step.enteredAtMs;
}

/** A step that called a flow is left when that flow has come back, so it need not be the last one. */
function left(steps: readonly Draft[], event: EventOf<'step.left'>, depth: number, values: TraceValues): void {
  const step = steps.findLast((one) => one.step === event.stepId && one.depth === depth && one.outcome === null);
  if (!step) return;
  step.tookMs = event.atMs - step.enteredAtMs;
  step.outcome = event.outcome;
  step.error = event.error ?? null;
  step.changed = Object.entries(event.set ?? {}).map(([name, value]) => ({ name, value: told(value, values) }));
  step.concealed = [...(event.concealed ?? [])];
}

function note(step: Draft | undefined, event: Event, values: TraceValues): void {
  switch (event.kind) {
    case 'digit.received':
      return keys(step, event.sensitive ? '' : event.digit, values);
    case 'speech.heard':
      step?.input.push({ how: 'speech', text: masked(event.sensitive ? '' : event.text, values) });
      return;
    case 'message.received':
      step?.input.push({ how: 'text', text: masked(event.sensitive ? '' : event.text, values) });
      return;
    case 'http.answered': {
      const { outcome, tookMs } = event;
      const text = 'status' in outcome ? `${outcome.status}` : outcome.failed;
      step?.input.push({ how: 'http', text: `${text} after ${tookMs} ms` });
      return;
    }
    case 'prompt.started':
      if (values === 'shown') step?.prompts.push(shortened(event.parts.map(words).join(' ')));
      return;
    default:
      return callNews(step, event);
  }
}

/** What the switchboard, the recorder and the orders told the step that asked them. */
function callNews(step: Draft | undefined, event: Event): void {
  const text = newsOf(event);
  if (text !== undefined) step?.input.push({ how: 'call', text });
}

function newsOf(event: Event): string | undefined {
  switch (event.kind) {
    case 'dial.ended':
      return `dialled: ${event.outcome}`;
    case 'machine.detected':
      return event.verdict;
    case 'room.left':
      return `conference: ${event.reason}`;
    case 'recording.finished':
      return `recorded: ${event.result}, ${event.durationMs} ms`;
    case 'consent.given':
      return 'consent: given';
    case 'consent.declined':
      return 'consent: declined';
    case 'order.placed':
      return `${event.order.kind}: placed`;
    case 'order.refused':
      return `refused: ${event.code}`;
    default:
      return undefined;
  }
}

/** Keys that were pressed one after the other are one entry; a sensitive one has no digit in the journal. */
function keys(step: Draft | undefined, digit: string, values: TraceValues): void {
  const shown = digit === '' || values === 'masked' ? MASK : digit;
  const last = step?.input.at(-1);
  if (step && last?.how === 'keys') step.input[step.input.length - 1] = { how: 'keys', text: last.text + shown };
  else step?.input.push({ how: 'keys', text: shown });
}

const MASK = '\u2022';
const MASKS_MAX = 12;

function told(value: Value, values: TraceValues): string {
  return masked(typeof value === 'string' ? value : JSON.stringify(value), values);
}

function masked(text: string, values: TraceValues): string {
  return values === 'shown' && text !== ''
    ? shortened(text)
    : MASK.repeat(Math.min(MASKS_MAX, Math.max(1, text.length)));
}

function shortened(text: string): string {
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX)}\u2026`;
}

function words(part: PromptPart): string {
  if ('say' in part) return part.say;
  if ('digits' in part) return `<${part.digits}>`;
  if ('recordingId' in part) return '[recording]';
  return 'file' in part ? (part.text ?? `[${part.file}]`) : `[${part.silenceMs} ms]`;
}
