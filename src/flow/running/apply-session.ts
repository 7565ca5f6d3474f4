import type { Event, EventOf } from '../../model/event.ts';
import { type Awaited, emptyFrame, type Frame, type Session, waitingDepth } from '../session.ts';
import { applyToListening } from './listening.ts';
import { applyToMessage } from './message-place.ts';
import { applyToPlaced } from './placed.ts';
import { applyToQueuePlace } from './queue-place.ts';

/** What an event means for the flow of its contact. */
export function applyToSession(session: Session, event: Event): void {
  applyToQueuePlace(session, event);
  applyToMessage(session, event);
  applyToPlaced(session, event);
  switch (event.kind) {
    case 'contact.answered':
      session.entersNow = !session.answered && session.stage === 'answering';
      session.answered = true;
      if (session.stage === 'answering') session.stage = 'running';
      break;
    case 'contact.ended':
      session.gone = true;
      session.promptId = null;
      session.listening = null;
      if (session.stage === 'answering') session.stage = 'running';
      break;
    case 'confidence.began':
    case 'confidence.ended':
      session.confidential = event.kind === 'confidence.began';
      break;
    case 'language.chosen':
      session.language = event.language;
      break;
    case 'answer.requested':
      if (!session.answered) session.stage = 'answering';
      break;
    case 'http.requested':
      session.requestId = event.requestId;
      session.requestCount += 1;
      break;
    case 'http.answered':
      if (session.requestId === event.requestId) session.requestId = null;
      break;
    case 'hangup.requested':
    case 'flow.ended':
      session.stage = 'ended';
      break;
    default:
      applyToFlow(session, event);
      applyToPrompt(session, event);
      applyToListening(session, event);
  }
}

function applyToFlow(session: Session, event: Event): void {
  switch (event.kind) {
    case 'flow.started':
      Object.assign(session, { ...emptyFrame(), flowId: event.flowId, vars: { ...session.vars, ...event.set } });
      session.callers.length = 0;
      session.version = event.version;
      break;
    case 'flow.called':
      session.callers.push({ ...frameOf(session), calledAtMs: event.atMs });
      Object.assign(session, { ...emptyFrame(), flowId: event.flowId, vars: { ...event.set } });
      break;
    case 'flow.returned':
      returned(session, event);
      break;
    case 'flow.cleaning_up':
      cleaningUp(session, event);
      break;
    case 'step.entered':
      session.stepId = event.stepId;
      session.stepsTaken += 1;
      if (waitingDepth(session) >= 0) session.stepsWaited += 1;
      session.visits[event.stepId] = (session.visits[event.stepId] ?? 0) + 1;
      Object.assign(session, { awaits: null, calledAtMs: null, notes: {} });
      session.returned = null;
      session.stage = 'running';
      break;
    case 'step.left':
      left(session, event);
      break;
    default:
      applyToAwaited(session, event);
  }
}

const BEGINS_AWAITING: Readonly<Partial<Record<Event['kind'], Awaited>>> = {
  'contact.queued': 'queue',
  'dial.asked': 'dial',
  'room.entered': 'room',
};

/** Who waits in a queue may be in an inner flow when the dispatcher brings the contact to another queue. */
function applyToAwaited(session: Session, event: Event): void {
  const awaited = BEGINS_AWAITING[event.kind];
  if (awaited !== undefined && waitingDepth(session) < 0) session.awaits = awaited;
  else if (event.kind === 'dial.ended' || event.kind === 'room.left') session.awaits = null;
}

function left(session: Session, event: EventOf<'step.left'>): void {
  Object.assign(session.vars, event.set);
  Object.assign(session.secrets, event.secrets);
  for (const name of event.concealed ?? []) session.concealed[name] = event.stepId;
  if (event.error) session.error = { ...event.error, step: event.stepId };
  session.returned = null;
  session.requestId = null;
  session.awaits = null;
}

/** The flow that called stands in its step again, with its own variables. */
function returned(session: Session, event: EventOf<'flow.returned'>): void {
  const caller = session.callers.pop();
  if (!caller) return;
  Object.assign(session, caller);
  session.requestId = null;
  if (session.stage === 'answering') session.stage = 'running';
  const { outcome, values, error } = event;
  session.returned = { outcome, values, ...(error ? { error } : {}) };
}

/** Inner flows are given up until the one that says what is to be done. */
function cleaningUp(session: Session, event: EventOf<'flow.cleaning_up'>): void {
  while (session.flowId !== event.flowId && session.callers.length > 0) Object.assign(session, session.callers.pop());
  session.callers.length = 0;
  session.flowId = event.flowId;
  Object.assign(session, { awaits: null, notes: {} });
  session.requestId = null;
}

function frameOf({ flowId, stepId, vars, secrets, concealed, visits, awaits, calledAtMs, notes }: Session): Frame {
  return { flowId, stepId, vars, secrets, concealed, visits, awaits, calledAtMs, notes };
}

function applyToPrompt(session: Session, event: Event): void {
  switch (event.kind) {
    case 'prompt.started':
      session.promptId = event.promptId;
      session.promptCount += 1;
      break;
    case 'prompt.stopped':
      if (session.promptId === event.promptId) session.promptId = null;
      break;
    case 'prompt.finished':
      if (session.promptId !== event.promptId) break;
      session.promptId = null;
      session.finishedPromptId = event.promptId;
      break;
  }
}
