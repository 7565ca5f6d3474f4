import { setDeadlines } from '../acd/adopt-site.ts';
import { rebuildIndex } from '../acd/rebuild.ts';
import { internNeeds } from '../acd/routing/known-needs.ts';
import type { AcdState, AgentRecord, Item, Offer, QueueRecord } from '../acd/state.ts';
import { restoreCalls, type SavedCalls, saveCalls } from '../calls/saved.ts';
import type { FlowState, Frame, Session } from '../flow/session.ts';
import type { Snapshot } from '../journal/journal.ts';
import { type Emergency, listedEmergencies } from '../model/call/emergency.ts';
import { deadline } from '../model/deadlines.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { AtMs, ContactId } from '../model/ids.ts';
import type { Transcript } from '../model/transcript.ts';
import { restoreOutbound, type SavedOutbound, saveOutbound } from '../outbound/saved.ts';
import { type Contact, emptyState, type State } from './state.ts';

/** Changes with the shape below; a snapshot of another format is passed over and the journal replayed from its start. */
export const SNAPSHOT_FORMAT = 6;

type SavedAgent = Omit<AgentRecord, 'slot'>;
type SavedItem = Omit<Item, 'key' | 'standsIn' | 'due'>;

type Saved = {
  readonly flow: {
    readonly sets: readonly FlowSet[];
    readonly current: string | null;
    readonly pinnedOver: string | null;
    readonly sessions: readonly Session[];
    /** In the order of the map, the oldest first. */
    readonly locks: Entries<FlowState['locks']>;
  };
  readonly contacts: readonly Contact[];
  readonly over: readonly ContactId[];
  readonly transcripts: readonly Transcript[];
  readonly acd: SavedAcd;
  readonly calls: SavedCalls;
  readonly outbound: SavedOutbound;
};

/** Everything of the dispatcher but what follows from the rest; what is added to its state must be added here. */
type Kept = Omit<AcdState, 'site' | 'deadlines' | 'index'>;
type SavedAcd = { readonly [K in keyof Kept]: K extends keyof SavedLists ? SavedLists[K] : Kept[K] };
type SavedLists = {
  readonly agents: readonly SavedAgent[];
  readonly items: readonly SavedItem[];
  readonly offers: readonly Offer[];
  readonly queues: readonly QueueRecord[];
  /** In the order of the map, the oldest first: that order is state. */
  readonly lastAgents: Entries<AcdState['lastAgents']>;
  readonly attempts: Entries<AcdState['attempts']>;
  readonly forced: Entries<AcdState['forced']>;
  readonly emergencies: readonly Emergency[];
  readonly unreached: readonly ContactId[];
};
type Entries<M> = M extends Map<infer K, infer V> ? readonly (readonly [K, V])[] : never;

/**
 * The live state as plain JSON, in an order of its own, so that two equal states give equal bytes whatever way led to them.
 * Left out is what follows from the rest (deadlines, lines, the index), and a step's own notes, because the step is entered
 * anew. Whatever may still change is copied: the snapshot is written down later, when life has gone on.
 */
export function toSnapshot(state: State, atMs: AtMs): Snapshot {
  const { flow, contacts, over, transcripts } = state;
  const saved: Saved = {
    flow: {
      sets: inOrder(flow.sets),
      current: flow.current,
      pinnedOver: flow.pinnedOver,
      sessions: inOrder(flow.sessions).map(savedSession),
      locks: [...flow.locks],
    },
    contacts: inOrder(contacts).map((contact) => ({ ...contact })),
    over: [...over],
    transcripts: inOrder(transcripts).map((transcript) => ({ ...transcript, lines: [...transcript.lines] })),
    acd: savedAcd(state.acd),
    calls: saveCalls(state.calls),
    outbound: saveOutbound(state.outbound),
  };
  return { seq: state.seq, atMs, format: SNAPSHOT_FORMAT, state: saved };
}

/** Without what must not outlive the process: a step's own notes, and what a customer entered in confidence. */
function savedSession(session: Session): Session {
  return {
    ...session,
    ...savedFrame(session),
    callers: session.callers.map(savedFrame),
  };
}

function savedFrame({ flowId, stepId, vars, concealed, visits, awaits, calledAtMs }: Frame): Frame {
  return {
    flowId,
    stepId,
    vars: sortedCopy(vars),
    secrets: {},
    concealed: { ...concealed },
    visits: sortedCopy(visits),
    awaits,
    calledAtMs,
    notes: {},
  };
}

function sortedCopy<T>(values: Record<string, T>): Record<string, T> {
  return Object.fromEntries(sorted(Object.entries(values)));
}

function savedAcd(acd: AcdState): SavedAcd {
  return {
    agents: inOrder(acd.agents).map(({ slot: _, ...agent }) => ({
      ...agent,
      work: agent.work.map((work) => ({ ...work })),
    })),
    items: inOrder(acd.items).map(({ key: _, standsIn: __, due: ___, ...item }) => ({
      ...item,
      offers: [...item.offers],
    })),
    offers: inOrder(acd.offers).map((offer) => ({ ...offer })),
    queues: inOrder(acd.queues).map((queue) => ({
      ...queue,
      given: Object.fromEntries(sorted(Object.entries(queue.given))),
      waits: { ...queue.waits },
    })),
    lastAgents: [...acd.lastAgents],
    attempts: sorted([...acd.attempts]).map(([id, teams]) => [id, Object.fromEntries(sorted(Object.entries(teams)))]),
    forced: sorted([...acd.forced]),
    emergencies: listedEmergencies(acd.emergencies),
    unreached: [...acd.unreached].sort(),
    doorOpen: acd.doorOpen,
    idleCount: acd.idleCount,
    offerCount: acd.offerCount,
    loginCount: acd.loginCount,
  };
}

function inOrder<T>(map: ReadonlyMap<string, T>): T[] {
  return sorted([...map]).map(([, value]) => value);
}

/** By id, as its UTF-16 units are: a locale's order would differ between machines. */
function sorted<T>(entries: [string, T][]): [string, T][] {
  return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The state as it was; takes over the snapshot's objects. */
export function fromSnapshot(snapshot: Snapshot): State {
  const { flow, contacts, over, transcripts, acd, calls, outbound } = snapshot.state as Saved;
  const state = emptyState();
  state.seq = snapshot.seq;
  for (const set of flow.sets) state.flow.sets.set(set.version, set);
  state.flow.current = flow.current;
  state.flow.pinnedOver = flow.pinnedOver;
  for (const [name, lock] of flow.locks) state.flow.locks.set(name, lock);
  for (const session of flow.sessions) state.flow.sessions.set(session.contactId, session);
  for (const contact of contacts) state.contacts.set(contact.id, contact);
  for (const contactId of over) state.over.add(contactId);
  for (const transcript of transcripts) state.transcripts.set(transcript.contactId, transcript);
  restoreAcd(state.acd, acd);
  state.outbound = restoreOutbound(outbound, snapshot.atMs);
  for (const [calendarId, forced] of acd.forced) state.flow.forced.set(calendarId, forced);
  for (const emergency of acd.emergencies) state.flow.emergencies.set(emergency.queueId, emergency);
  state.acd.site = flow.sets.find((set) => set.version === flow.current)?.site ?? state.acd.site;
  state.calls = restoreCalls(calls, state.acd.site);
  rebuildIndex(state.acd);
  setDeadlines(state.acd, snapshot.atMs);
  return state;
}

function restoreAcd(acd: AcdState, saved: SavedAcd): void {
  for (const agent of saved.agents) acd.agents.set(agent.id, { ...agent, slot: 0 });
  for (const item of saved.items) {
    // Equal needs are one object again, by which items that may have the same agents are found.
    const needs = internNeeds(acd.index.needs, item.needs);
    acd.items.set(item.contactId, { ...item, needs, key: 0, standsIn: null, due: deadline('item', item.contactId) });
  }
  for (const offer of saved.offers) acd.offers.set(offer.id, offer);
  for (const queue of saved.queues) acd.queues.set(queue.id, queue);
  for (const [key, last] of saved.lastAgents) acd.lastAgents.set(key, last);
  for (const [contactId, teams] of saved.attempts) acd.attempts.set(contactId, teams);
  for (const [calendarId, forced] of saved.forced) acd.forced.set(calendarId, forced);
  for (const emergency of saved.emergencies) acd.emergencies.set(emergency.queueId, emergency);
  for (const contactId of saved.unreached) acd.unreached.add(contactId);
  acd.doorOpen = saved.doorOpen;
  acd.idleCount = saved.idleCount;
  acd.offerCount = saved.offerCount;
  acd.loginCount = saved.loginCount;
}
