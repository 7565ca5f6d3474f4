import type { Event, EventOf } from '../model/event.ts';
import type { FlowState, Session } from './session.ts';

/** The fold: brings the receptionist's state up to one event, live and at replay alike. It decides nothing. */
export function apply(state: FlowState, event: Event): void {
  switch (event.kind) {
    case 'flows.loaded':
      state.sets.set(event.flows.version, event.flows);
      state.current = event.flows.version;
      return forgetUnusedSets(state);
    case 'contact.arrived':
      return arrived(state, event);
    case 'calendar.forced':
      if (event.forced === null) state.forced.delete(event.calendarId);
      else state.forced.set(event.calendarId, event.forced);
      return;
    case 'contact.ended':
      state.deadlines.clear('step', event.contactId);
      if (state.sessions.delete(event.contactId)) forgetUnusedSets(state);
      return;
    default: {
      const session = 'contactId' in event ? state.sessions.get(event.contactId) : undefined;
      if (session) applyToSession(session, event);
    }
  }
}

function arrived(state: FlowState, event: EventOf<'contact.arrived'>): void {
  if (state.sessions.has(event.contactId)) return;
  state.sessions.set(event.contactId, {
    contactId: event.contactId,
    channel: event.channel,
    from: event.from,
    to: event.to,
    answered: false,
    entersNow: false,
    version: state.current ?? '',
    flowId: null,
    stepId: null,
    vars: {},
    stepsTaken: 0,
    promptId: null,
    finishedPromptId: null,
    promptCount: 0,
    stage: 'running',
    notes: {},
  });
}

function applyToSession(session: Session, event: Event): void {
  switch (event.kind) {
    case 'contact.answered':
      session.entersNow = !session.answered && session.stage === 'answering';
      session.answered = true;
      if (session.stage === 'answering') session.stage = 'running';
      break;
    case 'flow.started':
      session.flowId = event.flowId;
      session.version = event.version;
      if (event.set) session.vars = { ...session.vars, ...event.set };
      break;
    case 'step.entered':
      session.stepId = event.stepId;
      session.stepsTaken += 1;
      session.notes = {};
      session.stage = 'running';
      break;
    case 'step.left':
      if (event.set) session.vars = { ...session.vars, ...event.set };
      break;
    case 'answer.requested':
      if (!session.answered) session.stage = 'answering';
      break;
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
    case 'hangup.requested':
      session.stage = 'ended';
      break;
    default:
      break;
  }
}

/** Old versions stay as long as a contact runs in them. */
function forgetUnusedSets(state: FlowState): void {
  if (state.sets.size <= 1) return;
  const used = new Set([...state.sessions.values()].map((session) => session.version));
  for (const version of state.sets.keys()) {
    if (version !== state.current && !used.has(version)) state.sets.delete(version);
  }
}
