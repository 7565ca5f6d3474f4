import { deadline } from '../model/deadlines.ts';
import type { EventOf } from '../model/event.ts';
import type { AgentId } from '../model/ids.ts';
import { bothNeeds, type Needs, NO_NEEDS } from '../model/needs.ts';
import { setItemMoment, watchQueue } from './moments.ts';
import { recordOf } from './queue-record.ts';
import { leaveLine, setKey, stand, standAnew } from './routing/class.ts';
import { internNeeds, namedSkills } from './routing/known-needs.ts';
import { queueIndex } from './routing/tables.ts';
import type { AcdState, Item } from './state.ts';
import { staffNow, staffOf } from './waits/staff.ts';
import { contactLeft } from './waits/wait-record.ts';

export function queued(state: AcdState, event: EventOf<'contact.queued'>): void {
  if (state.items.has(event.contactId)) return;
  const { contactId, queueId, atMs } = event;
  const hold = holdOf(state, event);
  const item: Item = {
    contactId,
    queueId,
    channel: event.channel ?? 'voice',
    label: event.label ?? null,
    attributes: event.attributes ?? NO_ATTRIBUTES,
    customer: event.customer ?? null,
    consult: event.consult ?? false,
    priority: event.priority,
    needs: needsOf(state, event),
    hold: hold?.agentIds ?? NOBODY,
    holdUntilMs: hold?.untilMs ?? null,
    virtualStartMs: event.virtualStartMs,
    deadlineMs: event.deadlineMs ?? null,
    queuedAtMs: atMs,
    giveUpAtMs: event.giveUpAtMs ?? null,
    answerWithinMs: event.answerWithinMs ?? null,
    dialFirstMs: event.dialFirstMs ?? null,
    step: 0,
    stage: 'waiting',
    offers: [],
    offerCount: 0,
    ringNextAtMs: null,
    overdue: false,
    estimate: null,
    key: 0,
    standsIn: null,
    due: deadline('item', contactId),
  };
  setKey(state, item);
  state.items.set(contactId, item);
  stand(state, item);
  setItemMoment(state, item);
  watchQueue(state, queueId, atMs);
}

const NO_ATTRIBUTES = {};
const NOBODY: readonly AgentId[] = [];

function needsOf(state: AcdState, { skills, needs }: EventOf<'contact.queued'>): Needs {
  if (skills.length === 0) return needs === undefined ? NO_NEEDS : internNeeds(state.index.needs, needs);
  const named = namedSkills(state.index.needs, skills);
  return needs === undefined ? named : internNeeds(state.index.needs, bothNeeds(needs, named));
}

type Hold = { readonly agentIds: readonly AgentId[]; readonly untilMs: number };

/** For whom the item is kept at first: the agents it names, else the agent who had this customer last. */
function holdOf(state: AcdState, event: EventOf<'contact.queued'>): Hold | undefined {
  const { preferred, customer, queueId, atMs } = event;
  if (preferred) return preferred.agentIds.length > 0 ? preferred : undefined;
  const rule = queueIndex(state, queueId)?.queue.lastAgent;
  if (!rule || customer === undefined) return undefined;
  const last = state.lastAgents.get(lastAgentKey(queueId, customer));
  if (!last || atMs - last.atMs > rule.keepMs || !state.site.agents[last.agentId]) return undefined;
  return { agentIds: [last.agentId], untilMs: atMs + rule.holdMs };
}

export function lastAgentKey(queueId: string, customer: string): string {
  return `${queueId} ${customer}`;
}

export function dequeued(state: AcdState, event: EventOf<'contact.dequeued'>): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  // A question to a colleague says nothing of how long customers wait, and nor does one who was not there.
  if (!item.consult && event.reason !== 'unreached') {
    contactLeft(recordOf(state, event.queueId).waits, event.waitedMs, event.reason, item.estimate);
  }
  state.deadlines.stop(item.due);
  leaveLine(state, item);
  if (event.reason !== 'answered') state.items.delete(event.contactId);
}

export function relaxed(state: AcdState, event: EventOf<'contact.relaxed'>): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  item.step = event.step;
  standAnew(state, item);
  setItemMoment(state, item);
}

export function holdEnded(state: AcdState, event: EventOf<'contact.hold_ended'>): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  item.hold = NOBODY;
  item.holdUntilMs = null;
  standAnew(state, item);
  setItemMoment(state, item);
}

/** Falls due once; the next moment of the item is found without it. */
export function overdue(state: AcdState, event: EventOf<'contact.overdue'>): void {
  const item = state.items.get(event.contactId);
  if (!item) return;
  item.overdue = true;
  setItemMoment(state, item);
}

export function estimated(state: AcdState, event: EventOf<'wait.estimated'>): void {
  const item = state.items.get(event.contactId);
  const { p50Ms, p90Ms, basisMs = event.atMs } = event;
  if (!item) return;
  const own = item.standsIn;
  const ahead = own?.line.ahead(item) ?? 0;
  const staffed = own ? staffOf(staffNow(state.index), own) : 0;
  item.estimate = { p50Ms, p90Ms, basisMs, ahead, staffed };
}
