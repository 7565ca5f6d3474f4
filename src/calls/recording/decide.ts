import type { RecordingReason } from '../../model/call/recording.ts';
import type { Emit, Event } from '../../model/event.ts';
import type { AtMs, ContactId, LegId, RecordingId } from '../../model/ids.ts';
import type { Site } from '../../model/site.ts';
import { ruleFor } from './rule.ts';
import type { CallRecording, RecordingsState } from './state.ts';

/** Events by which what is to be recorded may change. */
const NEWS: ReadonlySet<Event['kind']> = new Set<Event['kind']>([
  'contact.answered',
  'contact.queued',
  'contact.dequeued',
  'contact.connected',
  'contact.handled',
  'contact.requeued',
  'contact.ended',
  'talk.handed_over',
  'far_talk.started',
  'far_talk.ended',
  'whisper.started',
  'whisper.ended',
  'call.held',
  'call.retrieved',
  'consult.started',
  'consult.joined',
  'consult.returned',
  'consult.ended',
  'recording.wanted',
  'recording.pause_wanted',
  'recording.paused',
  'recording.resumed',
  'consent.given',
  'consent.declined',
  'confidence.began',
  'confidence.ended',
]);

/**
 * Looks whether what is recorded of a call is what should be, and emits what makes it so. It goes by how things stand and not
 * by which event came, so every way into a talk and out of it is the same. To be called last of all decisions on an event.
 */
export function decideRecording(state: RecordingsState, event: Event, site: Site, emit: Emit): void {
  if (!NEWS.has(event.kind)) return;
  const { contactId } = event as { contactId?: ContactId };
  const call = contactId === undefined ? undefined : state.calls.get(contactId);
  if (call) settle(call, site, event.atMs, emit);
}

function settle(call: CallRecording, site: Site, atMs: AtMs, emit: Emit): void {
  const { contactId } = call;
  const why = reasonFor(call, site);
  const right = isJoined(call) ? call.talk!.legId : null;
  if (call.part && (why === undefined || call.part.right !== right)) {
    emit({ kind: 'recording.stopped', atMs, contactId, recordingId: call.part.recordingId, by: 'system' });
  }
  if (call.part) return settlePause(call, call.part.recordingId, atMs, emit);
  // What would begin as silence is begun when there is something to hear.
  if (why === undefined || call.overFor === (right ?? 'nobody') || quiet(call) || call.pauseWanted) return;
  emit(startOf(call, why, atMs));
}

/** The beginning of a part. Its customer's leg is named by the contact's id. */
export function startOf(call: CallRecording, why: RecordingReason, atMs: AtMs): Event {
  const { contactId, count } = call;
  const talk = isJoined(call) ? call.talk : null;
  return {
    kind: 'recording.started',
    atMs,
    contactId,
    recordingId: partId(contactId, count + 1, atMs),
    why,
    sides: { left: contactId, right: talk?.legId ?? null },
    ...(talk?.offerId ? { offerId: talk.offerId } : {}),
    ...(talk?.agentId ? { agentId: talk.agentId } : {}),
    ...(talk?.queueId ? { queueId: talk.queueId } : {}),
  };
}

function partId(contactId: ContactId, count: number, atMs: AtMs): RecordingId {
  return `${contactId}.r${count}-${atMs.toString(36)}`;
}

function settlePause(call: CallRecording, recordingId: RecordingId, atMs: AtMs, emit: Emit): void {
  const { contactId } = call;
  const wanted = { system: quiet(call), flow: call.pauseWanted };
  for (const by of ['system', 'flow'] as const) {
    if (wanted[by] === call.pausedBy[by]) continue;
    emit({ kind: wanted[by] ? 'recording.paused' : 'recording.resumed', atMs, contactId, recordingId, by });
  }
}

/** Nobody is to hear this: something entered in confidence, an agent's question to a colleague, a customer on hold. */
function quiet(call: CallRecording): boolean {
  return call.confidential || call.held || call.consulting;
}

/** True when the customer hears who is on the other side, and is heard. */
export function isJoined(call: CallRecording): boolean {
  return call.talk !== null && !call.whispering && (call.answered || !call.placed);
}

/** Of a call in which nobody talks yet the site's own rule is asked. */
const NOBODY = { queueId: null, agentId: null };

/** Why the call is to be recorded as it stands; undefined: it is not. */
function reasonFor(call: CallRecording, site: Site): RecordingReason | undefined {
  const rule = ruleFor(site, isJoined(call) ? call.talk! : NOBODY);
  if (call.declined || call.halted || rule.record === 'never') return undefined;
  if (!isJoined(call)) return call.wanted && call.answered && !call.talk && !call.waiting ? 'flow' : undefined;
  if (call.demanded) return 'demand';
  if (call.wanted !== null) return call.wanted ? 'flow' : undefined;
  if (isDialled(call) && call.dialRecorded) return 'flow';
  return rule.record === 'always' ? rule.from : undefined;
}

function isDialled({ talk }: CallRecording): boolean {
  return talk !== null && talk.offerId === null;
}

/** The other side of the talk that could be recorded; undefined while there is none. */
export function talkOf(call: CallRecording): LegId | undefined {
  return isJoined(call) ? call.talk!.legId : undefined;
}
