import { withoutSecrets } from '../flow/running/sensitive.ts';
import type { Choice, Event, FlowValues, HangupCause, StepError } from '../model/event.ts';
import type { AgentId, AtMs, FlowId, LegId, OfferId, QueueId, StepId } from '../model/ids.ts';
import type { Values } from '../model/value.ts';
import { type CallEntry, callEntry } from './call-trace.ts';
import { heardText, shownText } from './heard-text.ts';
import { MASK } from './masked.ts';

/** One thing that happened in a rehearsal, as people are told of it: what is sensitive is not in it. */
export type TraceLine = { readonly atMs: AtMs } & TraceEntry;

export type TraceEntry =
  | { readonly what: 'arrived'; readonly channel: string; readonly from: string; readonly to: string }
  | {
      readonly what: 'flow';
      readonly flow: FlowId;
      readonly how: 'started' | 'called' | 'cleaning_up';
      readonly set: Values;
    }
  | { readonly what: 'returned'; readonly outcome: string; readonly values: Values }
  /** `place` is the file and line of the step. */
  | {
      readonly what: 'step';
      readonly flow: FlowId;
      readonly step: StepId;
      readonly type: string;
      readonly place: string;
    }
  | {
      readonly what: 'left';
      readonly flow: FlowId;
      readonly step: StepId;
      readonly outcome: string;
      readonly set: Values;
      /** Sensitive variables that were filled. */
      readonly concealed: readonly string[];
      readonly error?: StepError;
    }
  | { readonly what: 'heard'; readonly text: string; readonly choices: readonly Choice[] }
  | { readonly what: 'entered'; readonly how: 'key' | 'speech' | 'reply'; readonly text: string }
  | { readonly what: 'asked'; readonly step: StepId; readonly method: string; readonly url: string }
  | { readonly what: 'got'; readonly answer: string }
  | { readonly what: 'queued'; readonly queue: QueueId }
  | { readonly what: 'left_queue'; readonly queue: QueueId; readonly reason: string; readonly waitedMs: number }
  | { readonly what: 'rings' | 'talks' | 'handled'; readonly agent: AgentId }
  | { readonly what: 'rings_no_more'; readonly agent: AgentId; readonly reason: string }
  | CallEntry
  | { readonly what: 'language'; readonly language: string }
  | { readonly what: 'tagged'; readonly tags: FlowValues }
  | { readonly what: 'emitted'; readonly name: string; readonly data: Values }
  | { readonly what: 'noted'; readonly level: string; readonly message: string }
  | { readonly what: 'failed'; readonly code: string }
  /** The flow lets the contact go. */
  | { readonly what: 'hung_up'; readonly cause: HangupCause }
  | { readonly what: 'ended'; readonly by: 'customer' | 'site' };

/** What has to be known to tell of an event. */
export type Told = {
  /** The flow in which the contact was when it happened. */
  readonly flow: FlowId;
  readonly inText: boolean;
  /** File and line of a step. */
  placeOf(flow: FlowId, step: StepId): string;
  agentOf(offerId: OfferId): AgentId;
  /** Who was dialled by that leg. */
  legOf(legId: LegId): string;
};

/** The line of an event; undefined for those of which nobody needs to be told. */
export function traceEntry(took: Event, told: Told): TraceEntry | undefined {
  const event = withoutSecrets(took);
  return ofFlow(event, told) ?? ofCustomer(event, told) ?? ofQueue(event, told) ?? callEntry(event, told.legOf);
}

function ofFlow(event: Event, { flow, placeOf }: Told): TraceEntry | undefined {
  switch (event.kind) {
    case 'flow.started':
      return { what: 'flow', flow: event.flowId, how: 'started', set: event.set ?? {} };
    case 'flow.called':
      return { what: 'flow', flow: event.flowId, how: 'called', set: event.set };
    case 'flow.cleaning_up':
      return { what: 'flow', flow: event.flowId, how: 'cleaning_up', set: {} };
    case 'flow.returned':
      return { what: 'returned', outcome: event.outcome, values: event.values };
    case 'step.entered':
      return { what: 'step', flow, step: event.stepId, type: event.type, place: placeOf(flow, event.stepId) };
    case 'step.left': {
      const { stepId: step, outcome, set = {}, concealed = [], error } = event;
      return { what: 'left', flow, step, outcome, set, concealed, ...(error ? { error } : {}) };
    }
    case 'language.chosen':
      return { what: 'language', language: event.language };
    case 'contact.tagged':
      return { what: 'tagged', tags: event.tags };
    case 'flow.emitted':
      return { what: 'emitted', name: event.name, data: event.data };
    case 'flow.noted':
      return { what: 'noted', level: event.level, message: event.message };
    case 'hangup.requested':
      return { what: 'hung_up', cause: event.cause };
    case 'flow.failed':
      return { what: 'failed', code: event.code };
    default:
      return undefined;
  }
}

function ofCustomer(event: Event, { inText }: Told): TraceEntry | undefined {
  switch (event.kind) {
    case 'contact.arrived':
      return { what: 'arrived', channel: event.channel, from: event.from, to: event.to };
    case 'prompt.started': {
      const text = inText ? shownText(event.parts) : heardText(event.parts);
      const { choices = [] } = event;
      return text === '' && choices.length === 0 ? undefined : { what: 'heard', text, choices };
    }
    case 'digit.received':
      return { what: 'entered', how: 'key', text: event.sensitive ? '*' : event.digit };
    case 'speech.heard':
      return { what: 'entered', how: 'speech', text: event.sensitive ? MASK : event.text };
    case 'message.received':
      return { what: 'entered', how: 'reply', text: event.sensitive ? MASK : event.text };
    case 'http.answered': {
      const { outcome } = event;
      return { what: 'got', answer: 'failed' in outcome ? outcome.failed : String(outcome.status) };
    }
    case 'contact.ended':
      return { what: 'ended', by: event.endedBy === 'customer' ? 'customer' : 'site' };
    default:
      return undefined;
  }
}

function ofQueue(event: Event, { agentOf }: Told): TraceEntry | undefined {
  switch (event.kind) {
    case 'contact.queued':
      return { what: 'queued', queue: event.queueId };
    case 'contact.dequeued': {
      const { queueId: queue, reason, waitedMs } = event;
      return { what: 'left_queue', queue, reason, waitedMs };
    }
    case 'offer.made':
      return { what: 'rings', agent: event.agentId };
    case 'offer.expired':
      return { what: 'rings_no_more', agent: agentOf(event.offerId), reason: 'no_answer' };
    case 'offer.withdrawn':
      return { what: 'rings_no_more', agent: agentOf(event.offerId), reason: event.reason };
    case 'contact.connected':
      return { what: 'talks', agent: event.agentId };
    case 'contact.handled':
      return { what: 'handled', agent: event.agentId };
    default:
      return undefined;
  }
}
