import type { Emit, Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import type { Site } from '../model/site.ts';
import { confirmationFlow, dialledWish } from './built-in.ts';
import { type Beginning, beginningFor } from './numbers.ts';
import { enterStep, goOver, happen, startFlow } from './run.ts';
import type { FlowState, Session } from './session.ts';

/** What the receptionist asks about agents when one of them dials a feature code. */
export type AgentDesk = { loggedIn(agentId: string): boolean };

/** What follows from an event that has just been applied; every decision is given to `emit` as an event of its own. */
export function decide(state: FlowState, event: Event, agents: AgentDesk, emit: Emit): void {
  switch (event.kind) {
    case 'contact.arrived':
      return greet(state, event, agents, emit);
    case 'contact.answered': {
      const session = state.sessions.get(event.contactId);
      if (session?.entersNow) enterStep(state, session, event.atMs, emit);
      return;
    }
    case 'flow.resumed': {
      const session = state.sessions.get(event.contactId);
      if (session) resume(state, session, event.atMs, emit);
      return;
    }
    case 'time.passed':
      return dueSessions(state, event.atMs, emit);
    default:
      return toStep(state, event, emit);
  }
}

/** Hands what happened to a contact to the step in which the contact is. */
function toStep(state: FlowState, event: Event, emit: Emit): void {
  const session = 'contactId' in event ? state.sessions.get(event.contactId) : undefined;
  if (session?.stage !== 'running' || session.stepId === null) return;
  switch (event.kind) {
    case 'digit.received':
      return happen(state, session, { what: 'digit', digit: event.digit }, event.atMs, emit);
    case 'prompt.finished':
      if (session.finishedPromptId !== event.promptId) return;
      happen(state, session, { what: 'prompt_finished' }, event.atMs, emit);
      return;
    case 'contact.dequeued':
      return leftQueue(state, session, event, emit);
    case 'contact.handled':
      return happen(state, session, { what: 'left_queue', reason: 'handled' }, event.atMs, emit);
    default:
      return;
  }
}

/** Answered and abandoned contacts leave the queue, too, but not the step: what becomes of them comes as an event of its own. */
function leftQueue(state: FlowState, session: Session, event: EventOf<'contact.dequeued'>, emit: Emit): void {
  if (event.reason === 'timeout') {
    return happen(state, session, { what: 'left_queue', reason: 'timeout' }, event.atMs, emit);
  }
  const target = event.reason === 'overflow' ? event.overflow?.target : undefined;
  // The dispatcher itself puts the contact into the other queue; for the flow it is still the same wait.
  if (!target || target.to === 'queue') return;
  if (target.to === 'flow') return goOver(state, session, target.flowId, event.atMs, emit);
  happen(state, session, { what: 'overflowed', target }, event.atMs, emit);
}

function greet(state: FlowState, event: EventOf<'contact.arrived'>, agents: AgentDesk, emit: Emit): void {
  const { contactId, atMs } = event;
  const set = state.current === null ? undefined : state.sets.get(state.current);
  const session = state.sessions.get(contactId);
  if (!session || session.flowId !== null) return;
  const beginning = set && (dialledFlow(set.site, event, agents, emit) ?? beginningFor(set.site, event.to));
  if (beginning) return startFlow(state, session, beginning, atMs, emit);
  emit({ kind: 'flow.failed', atMs, contactId, code: set ? 'number.unknown' : 'flow.missing' });
  emit({ kind: 'hangup.requested', atMs, contactId, cause: set ? 'unallocated' : 'congestion' });
}

/** The confirmation flow when one of our agents dialled a feature code; what the code asks for is emitted on the way. */
function dialledFlow(
  site: Site,
  event: EventOf<'contact.arrived'>,
  agents: AgentDesk,
  emit: Emit,
): Beginning | undefined {
  const agentId = event.fromAgentId;
  const asked = agentId === undefined ? undefined : dialledWish(site, event.to);
  if (agentId === undefined || !asked) return undefined;
  const { atMs } = event;
  const inService = agents.loggedIn(agentId);
  if (!inService && (asked.wish === 'pause' || asked.wish === 'ready'))
    return { flowId: confirmationFlow('not_logged_in') };
  switch (asked.wish) {
    case 'log_in':
      if (!inService) emit({ kind: 'agent.logged_in', atMs, agentId, by: 'phone' });
      break;
    case 'log_out':
      if (inService) emit({ kind: 'agent.logged_out', atMs, agentId, by: 'phone' });
      break;
    case 'ready':
      emit({ kind: 'agent.readied', atMs, agentId, by: 'phone' });
      break;
    case 'pause':
      emit({ kind: 'agent.paused', atMs, agentId, reason: asked.reason, by: 'phone' });
      break;
    case 'unknown_reason':
      break;
  }
  return { flowId: confirmationFlow(asked.wish) };
}

/** Takes a contact up at the step where it stood: the step begins again, whatever was playing is stopped first. */
function resume(state: FlowState, session: Session, atMs: AtMs, emit: Emit): void {
  const { contactId, promptId } = session;
  if (session.stage === 'ended') return emit({ kind: 'hangup.requested', atMs, contactId, cause: 'normal' });
  if (session.stepId === null) return;
  if (promptId !== null) emit({ kind: 'prompt.stopped', atMs, contactId, promptId });
  session.notes = {};
  enterStep(state, session, atMs, emit);
}

function dueSessions(state: FlowState, nowMs: AtMs, emit: Emit): void {
  for (let due = state.deadlines.takeDue(nowMs); due; due = state.deadlines.takeDue(nowMs)) {
    const session = state.sessions.get(due.id);
    if (session?.stage === 'running') happen(state, session, { what: 'time_out' }, nowMs, emit);
  }
}
