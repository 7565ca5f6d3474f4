import type { Emit, Event } from '../model/event.ts';
import type { AgentId, AtMs } from '../model/ids.ts';
import type { CallsState } from './state.ts';

/** How often in a row a line is asked for that does not come; then the agent is rung for each contact, as without a line. */
export const LINE_TRIES_MAX = 5;
/** From a line's end to the next try, doubled with each try in vain. */
const AGAIN_MS = 5000;

/** An agent's line that stays between contacts (Phone.persistent). */
export type Line = {
  readonly agentId: AgentId;
  stage: 'asked' | 'open' | 'closed';
  askedAtMs: AtMs;
  /** Times in a row that it was asked for and did not come. */
  tries: number;
  /** When it is asked for again. */
  againAtMs: AtMs | null;
};

/** What an event means for persistent lines. */
export function applyToLines(state: CallsState, event: Event): void {
  switch (event.kind) {
    case 'line.asked':
      return asked(state, event.agentId, event.atMs);
    case 'line.opened': {
      const line = state.lines.get(event.agentId);
      if (line) Object.assign(line, { stage: 'open', tries: 0 });
      return;
    }
    case 'line.closed':
      return closed(state, event.agentId, event.atMs);
    case 'agent.logged_out':
      state.lines.delete(event.agentId);
      return state.deadlines.clear('line', event.agentId);
    default:
      return;
  }
}

function asked(state: CallsState, agentId: AgentId, atMs: AtMs): void {
  const tries = (state.lines.get(agentId)?.tries ?? 0) + 1;
  state.lines.set(agentId, { agentId, stage: 'asked', askedAtMs: atMs, tries, againAtMs: null });
  state.deadlines.clear('line', agentId);
}

function closed(state: CallsState, agentId: AgentId, atMs: AtMs): void {
  const line = state.lines.get(agentId);
  if (!line) return;
  line.stage = 'closed';
  line.againAtMs = line.tries < LINE_TRIES_MAX ? atMs + AGAIN_MS * 2 ** line.tries : null;
  if (line.againAtMs === null) state.deadlines.clear('line', agentId);
  else state.deadlines.set('line', agentId, line.againAtMs);
}

/** A line is asked for when its agent comes, and once more when the agent or the phone is back after it was given up. */
export function decideLines(state: CallsState, event: Event, emit: Emit): void {
  switch (event.kind) {
    case 'agent.logged_in':
      return askLine(state, event.agentId, event.atMs, emit);
    case 'agent.readied':
      return askAgain(state, event.agentId, event.atMs, emit);
    case 'phone.changed':
      if (event.phone === 'idle') askAgain(state, event.agentId, event.atMs, emit);
      return;
    default:
      return;
  }
}

export function askLine(state: CallsState, agentId: AgentId, atMs: AtMs, emit: Emit): void {
  const { agents } = state.site;
  if (!Object.hasOwn(agents, agentId) || !agents[agentId]!.phone.persistent || !state.present.has(agentId)) return;
  emit({ kind: 'line.asked', atMs, agentId });
}

/** Where the tries are used up. One that is on its way to be tried again is left to that. */
function askAgain(state: CallsState, agentId: AgentId, atMs: AtMs, emit: Emit): void {
  const line = state.lines.get(agentId);
  if (line?.stage === 'closed' && line.againAtMs === null) askLine(state, agentId, atMs, emit);
}
