import { insertWaiting } from '../acd/queue-order.ts';
import type { AgentRecord, Item, Offer } from '../acd/state.ts';
import { adoptSite } from '../acd/state.ts';
import type { Session } from '../flow/session.ts';
import type { Snapshot } from '../journal/journal.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AtMs } from '../model/ids.ts';
import { type Contact, emptyState, type State } from './state.ts';

/** Changes with the shape below; a snapshot of another format is passed over and the journal replayed from its start. */
export const SNAPSHOT_FORMAT = 1;

type Saved = {
  sets: FlowSet[];
  current: string | null;
  sessions: Session[];
  contacts: Contact[];
  agents: AgentRecord[];
  items: Item[];
  offers: Offer[];
  doorOpen: boolean;
  idleCount: number;
};

/** The live state as plain JSON. Deadlines are left out: they follow from the rest. */
export function toSnapshot(state: State, atMs: AtMs): Snapshot {
  const saved: Saved = {
    sets: [...state.flow.sets.values()],
    current: state.flow.current,
    sessions: [...state.flow.sessions.values()],
    contacts: [...state.contacts.values()],
    agents: [...state.acd.agents.values()],
    items: [...state.acd.items.values()],
    offers: [...state.acd.offers.values()],
    doorOpen: state.acd.doorOpen,
    idleCount: state.acd.idleCount,
  };
  return { seq: state.seq, atMs, format: SNAPSHOT_FORMAT, state: saved };
}

export function fromSnapshot(snapshot: Snapshot): State {
  const saved = snapshot.state as Saved;
  const state = emptyState();
  state.seq = snapshot.seq;
  for (const set of saved.sets) state.flow.sets.set(set.version, set);
  state.flow.current = saved.current;
  for (const session of saved.sessions) state.flow.sessions.set(session.contactId, session);
  for (const contact of saved.contacts) state.contacts.set(contact.id, contact);
  const { acd } = state;
  for (const agent of saved.agents) {
    acd.agents.set(agent.id, agent);
    if (agent.wrapUpUntilMs !== null) acd.deadlines.set(`wrap-up ${agent.id}`, agent.wrapUpUntilMs);
    if (agent.restUntilMs !== null) acd.deadlines.set(`rest ${agent.id}`, agent.restUntilMs);
  }
  const site = saved.sets.find((set) => set.version === saved.current)?.site;
  if (site) adoptSite(acd, site, snapshot.atMs);
  for (const offer of saved.offers) {
    acd.offers.set(offer.id, offer);
    if (offer.answeredAtMs === null) acd.deadlines.set(`offer ${offer.id}`, offer.deadlineMs);
  }
  for (const item of saved.items) acd.items.set(item.contactId, item);
  for (const item of saved.items) {
    if (item.stage === 'waiting') insertWaiting(acd, item);
    if (item.giveUpAtMs !== null && item.stage !== 'talking') {
      acd.deadlines.set(`give-up ${item.contactId}`, item.giveUpAtMs);
    }
  }
  acd.doorOpen = saved.doorOpen;
  acd.idleCount = saved.idleCount;
  return state;
}
