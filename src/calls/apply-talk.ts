import type { Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { Call, CallsState, Talk } from './state.ts';

/** No whisper is longer; after that the agent and the customer are joined whatever became of it. */
export const WHISPER_MS_MAX = 60_000;
/** No message is longer. */
export const MESSAGE_MS_MAX = 15 * 60_000;
/** How long an agent may think about whether the customer is to be called. */
export const DECISION_MS = 10 * 60_000;

/** What an event means for the talk of a call with an agent, and for the agent's questions to colleagues. */
export function applyToTalk(state: CallsState, call: Call, event: Event): void {
  switch (event.kind) {
    case 'contact.connected':
      return begin(state, call, event);
    case 'talk.handed_over':
      call.consult = null;
      return begin(state, call, event);
    case 'contact.handled':
    case 'contact.requeued':
      return over(state, call, event);
    case 'whisper.started':
      return whisperStarted(state, call, event);
    case 'whisper.ended':
      if (call.talk?.whisper?.promptId === event.promptId) endWhisper(state, call, event.atMs);
      return;
    case 'call.held':
    case 'call.retrieved':
      if (call.talk?.offerId === event.offerId) call.talk.held = event.kind === 'call.held';
      return;
    case 'call.muted':
      if (call.talk) call.talk.muted = [...call.talk.muted.filter((id) => id !== event.legId), event.legId];
      return;
    case 'call.unmuted':
      if (call.talk) call.talk.muted = call.talk.muted.filter((id) => id !== event.legId);
      return;
    default:
      return applyToConsult(state, call, event);
  }
}

function applyToConsult(state: CallsState, call: Call, event: Event): void {
  switch (event.kind) {
    case 'consult.started': {
      const { consultId, target, atMs } = event;
      if (!call.talk || call.consult) return;
      call.consultIds = [...call.consultIds, consultId];
      state.consults.set(consultId, call.contactId);
      call.consult = {
        consultId,
        target,
        sinceMs: atMs,
        stage: 'asked',
        legId: null,
        agentId: null,
        queueId: target.to === 'queue' ? target.queueId : null,
      };
      // The customer waits by the question itself, and is back in the talk when that is over.
      call.talk.held = false;
      return;
    }
    case 'consult.answered':
      if (call.consult?.consultId === event.consultId) {
        call.consult.stage = 'talking';
        call.consult.legId = event.legId;
      }
      return;
    case 'consult.joined':
      if (call.consult?.consultId === event.consultId && call.consult.legId !== null) call.consult.stage = 'joined';
      return;
    case 'consult.completed': {
      const { consult, talk } = call;
      if (consult?.consultId !== event.consultId || consult.target.to !== 'number' || !talk) return;
      call.transfer = { number: consult.target.number, legId: consult.legId, agentId: talk.agentId };
      return;
    }
    case 'consult.ended':
      if (call.consult?.consultId === event.consultId) call.consult = null;
      return;
  }
}

function begin(state: CallsState, call: Call, event: EventOf<'contact.connected'> | EventOf<'talk.handed_over'>): void {
  const { offerId, agentId, queueId, atMs } = event;
  clearTalk(state, call);
  const decides = call.customer === 'away' && (call.placed?.mode === 'preview' || call.placed?.mode === 'hear');
  const decideByMs = decides ? atMs + DECISION_MS : null;
  call.talk = {
    offerId,
    agentId,
    queueId,
    sinceMs: atMs,
    held: false,
    muted: [],
    whisper: null,
    heard: false,
    decideByMs,
  };
  call.transfer = null;
  if (decideByMs !== null) state.deadlines.set('decision', call.contactId, decideByMs);
}

function clearTalk(state: CallsState, call: Call): void {
  call.talk = null;
  call.keys = null;
  for (const kind of ['whisper', 'keys', 'decision'] as const) state.deadlines.clear(kind, call.contactId);
}

function over(state: CallsState, call: Call, event: EventOf<'contact.handled'> | EventOf<'contact.requeued'>): void {
  // The end of an agent's part comes after the hand-over to the next one, too.
  if (call.talk?.offerId !== event.offerId) return;
  const { agentId } = call.talk;
  clearTalk(state, call);
  const to = event.kind === 'contact.handled' ? event.transferred : undefined;
  if (to?.to === 'number') call.transfer ??= { number: to.number, legId: null, agentId };
}

function whisperStarted(state: CallsState, call: Call, event: EventOf<'whisper.started'>): void {
  if (call.talk?.offerId !== event.offerId) return;
  const { promptId, parts, atMs } = event;
  const isMessage = parts.some((part) => 'recordingId' in part);
  call.whisperCount += 1;
  const untilMs = atMs + (isMessage ? MESSAGE_MS_MAX : WHISPER_MS_MAX);
  call.talk.whisper = { promptId, untilMs, isMessage };
  state.deadlines.set('whisper', call.contactId, untilMs);
  // Time to think begins when it has been heard.
  state.deadlines.clear('decision', call.contactId);
}

function endWhisper(state: CallsState, call: Call, atMs: AtMs): void {
  const talk = call.talk as Talk;
  talk.heard ||= talk.whisper?.isMessage === true;
  talk.whisper = null;
  state.deadlines.clear('whisper', call.contactId);
  if (talk.decideByMs === null) return;
  talk.decideByMs = atMs + DECISION_MS;
  state.deadlines.set('decision', call.contactId, talk.decideByMs);
}
