import type { Event, EventOf } from '../model/event.ts';
import type { AtMs } from '../model/ids.ts';
import { setWrapUpMoment } from './moments.ts';
import { recordOf } from './queue-record.ts';
import { refresh } from './routing/tables.ts';
import type { AcdState, AgentRecord } from './state.ts';
import { wrapUpEnded } from './waits/wait-record.ts';

/** What an event does to the agent it names. */
export function applyToAgent(state: AcdState, event: Event): void {
  if (!('agentId' in event) || event.agentId === undefined) return;
  const agent = state.agents.get(event.agentId);
  if (agent && changed(state, agent, event)) refresh(state, agent);
}

function changed(state: AcdState, agent: AgentRecord, event: Event): boolean {
  if (event.kind === 'agent.pause_overran') return overran(state, agent);
  switch (event.kind) {
    case 'agent.logged_in':
      loggedIn(state, agent, event.atMs);
      break;
    case 'agent.logged_out':
      agent.loggedIn = false;
      agent.loggedInAtMs = null;
      endPause(state, agent);
      endRest(state, agent);
      break;
    case 'agent.paused':
      pause(state, agent, event);
      break;
    case 'agent.readied':
      endPause(state, agent);
      endRest(state, agent);
      agent.misses = 0;
      becameIdle(state, agent, event.atMs);
      break;
    case 'phone.changed':
      agent.phone = event.phone;
      break;
    case 'agent.rest_started':
      agent.restUntilMs = event.untilMs;
      state.deadlines.set('rest', agent.id, event.untilMs);
      break;
    case 'agent.rest_ended':
      endRest(state, agent);
      break;
    default:
      return changedWrapUp(state, agent, event);
  }
  agent.stateSinceMs = event.atMs;
  return true;
}

function changedWrapUp(state: AcdState, agent: AgentRecord, event: Event): boolean {
  switch (event.kind) {
    case 'agent.wrap_up_started':
      startWrapUp(state, agent, event);
      break;
    case 'agent.wrap_up_extended':
      extendWrapUp(state, agent, event);
      break;
    case 'agent.wrap_up_ended':
      endWrapUp(state, agent, event);
      break;
    default:
      return false;
  }
  agent.stateSinceMs = event.atMs;
  return true;
}

/** The tallies by which some strategies choose begin with the login. */
function loggedIn(state: AcdState, agent: AgentRecord, atMs: AtMs): void {
  state.loginCount += 1;
  agent.loggedIn = true;
  agent.loggedInAtMs = atMs;
  agent.loginOrder = state.loginCount;
  agent.contacts = 0;
  agent.talkMs = 0;
  agent.busyMs = 0;
  if (agent.busySinceMs !== null) agent.busySinceMs = atMs;
  agent.misses = 0;
  endPause(state, agent);
  becameIdle(state, agent, atMs);
}

function pause(state: AcdState, agent: AgentRecord, { reason, atMs }: EventOf<'agent.paused'>): void {
  const known = Object.values(state.site.pauseReasons).find(({ name }) => name === reason);
  const untilMs = known?.limitMs == null ? null : atMs + known.limitMs;
  agent.pause = { reason, untilMs, overran: false };
  if (untilMs === null) state.deadlines.clear('pause', agent.id);
  else state.deadlines.set('pause', agent.id, untilMs);
}

/** It is told once; the pause goes on where its reason says no more. */
function overran(state: AcdState, agent: AgentRecord): false {
  if (agent.pause) agent.pause = { ...agent.pause, overran: true };
  state.deadlines.clear('pause', agent.id);
  return false;
}

function endPause(state: AcdState, agent: AgentRecord): void {
  agent.pause = null;
  state.deadlines.clear('pause', agent.id);
}

function endRest(state: AcdState, agent: AgentRecord): void {
  agent.restUntilMs = null;
  state.deadlines.clear('rest', agent.id);
}

/** Idleness across channels counts from the moment when nothing at all is in hand any more. */
export function becameIdle(state: AcdState, agent: AgentRecord, atMs: AtMs): void {
  agent.stateSinceMs = atMs;
  if (agent.work.length > 0) return;
  agent.idleSinceMs = atMs;
  agent.idleOrder = ++state.idleCount;
}

/** Who is not of the site any more is forgotten with the last thing in hand; the bit in the index stays unused. */
export function dropIfGone(state: AcdState, agent: AgentRecord): void {
  if (agent.work.length > 0 || state.site.agents[agent.id]) return;
  agent.loggedIn = false;
  endPause(state, agent);
  endRest(state, agent);
  state.agents.delete(agent.id);
}

/** Time with anything in hand is counted from the first answer until the last thing goes; ringing is idle time. */
export function countBusy(agent: AgentRecord, atMs: AtMs): void {
  if (agent.work.some(({ stage }) => stage !== 'ringing')) {
    agent.busySinceMs ??= atMs;
  } else if (agent.busySinceMs !== null) {
    agent.busyMs += atMs - agent.busySinceMs;
    agent.busySinceMs = null;
  }
}

function startWrapUp(state: AcdState, agent: AgentRecord, event: EventOf<'agent.wrap_up_started'>): void {
  const { contactId, atMs, untilMs, offerId = `${contactId}.wrap-up` } = event;
  agent.work.push({
    offerId,
    contactId,
    queueId: event.queueId ?? '',
    channel: event.channel ?? 'voice',
    label: event.label ?? null,
    headStartMs: 0,
    stage: 'wrap_up',
    sinceMs: atMs,
    untilMs,
    extensions: 0,
  });
  countBusy(agent, atMs);
  setWrapUpMoment(state, agent);
}

function extendWrapUp(state: AcdState, agent: AgentRecord, event: EventOf<'agent.wrap_up_extended'>): void {
  const one = agent.work.find(({ stage, contactId }) => stage === 'wrap_up' && contactId === event.contactId);
  if (!one) return;
  one.untilMs = event.untilMs;
  one.extensions += 1;
  setWrapUpMoment(state, agent);
}

function endWrapUp(state: AcdState, agent: AgentRecord, event: EventOf<'agent.wrap_up_ended'>): void {
  const ended = agent.work.filter(
    ({ stage, contactId }) => stage === 'wrap_up' && (event.contactId === undefined || contactId === event.contactId),
  );
  if (ended.length === 0) return;
  for (const { queueId, sinceMs } of ended) {
    if (queueId !== '') wrapUpEnded(recordOf(state, queueId).waits, event.atMs - sinceMs);
  }
  agent.work = agent.work.filter((one) => !ended.includes(one));
  setWrapUpMoment(state, agent);
  dropIfGone(state, agent);
  countBusy(agent, event.atMs);
  becameIdle(state, agent, event.atMs);
}
