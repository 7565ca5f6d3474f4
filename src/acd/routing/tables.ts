import type { Capacity } from '../../model/capacity.ts';
import { CHANNELS, type Channel, PHONE_CHANNELS } from '../../model/channel.ts';
import type { RejectedBecause } from '../../model/explanation.ts';
import type { AtMs, CalendarId, QueueId } from '../../model/ids.ts';
import type { OverflowRule, Queue } from '../../model/queue.ts';
import type { AcdState, AgentRecord } from '../state.ts';
import { type AgentTable, tableOf } from './agent-table.ts';
import { type Bits, bitsFor, clearBit, hasBit, setBit } from './bits.ts';
import type { RoutingClass } from './class.ts';
import { inService, unavailable } from './eligibility.ts';
import { type Heads, headsFor, moreHeads } from './heads.ts';
import { type InHand, inHandFor, noteInHand } from './in-hand.ts';
import { type KnownNeeds, knownNeeds } from './known-needs.ts';

/**
 * What follows from the state and makes decisions quick: who may have what (classes), who is free for which kind of
 * contact (media), who waits. It can be built anew from the rest at any time and is never kept.
 */
export type RoutingIndex = {
  /** Agents by the number of their bit. */
  slots: AgentRecord[];
  /** What each of them may have in hand; undefined for who is not of the site any more. */
  capacities: (Capacity | undefined)[];
  classes: (RoutingClass | undefined)[];
  classCount: number;
  /** Numbers of forgotten classes, to be given again. */
  spare: number[];
  readonly byKey: Map<string, RoutingClass>;
  /** For each agent `rowWords` words: the classes that the agent may have. */
  rows: Bits;
  rowWords: number;
  /** Classes in whose line somebody stands. */
  waiting: Bits;
  heads: Heads;
  table: AgentTable;
  media: Media[];
  inService: Bits;
  /** Counts up with each change of `inService`. */
  serviceChanges: number;
  /** By agent: since when without work; infinite with anything in hand. */
  idleSinceMs: Float64Array;
  /** Whose phone can be rung at all. */
  reachable: Bits;
  inHand: InHand;
  readonly queues: Map<QueueId, QueueIndex>;
  /** The same by number. */
  queueList: QueueIndex[];
  /** Whether a calendar is open, and between which moments that is known. */
  readonly openings: Map<CalendarId, { readonly open: boolean; readonly fromMs: AtMs; readonly untilMs: AtMs }>;
  /** Labels for which some capacity has a rule of its own. */
  labels: ReadonlySet<string>;
  readonly needs: KnownNeeds;
};

/** One kind of contact as far as room for it is concerned, and for whom there is room. */
export type Media = {
  readonly number: number;
  readonly channel: Channel;
  readonly label: string | null;
  readonly phone: boolean;
  /** Who has room for it: the first of `byReason`. */
  readonly free: Bits;
  /** How many these are: when everybody is busy, nobody need be looked for. */
  freeCount: number;
  /** By agent: place in REASONS why there is none, 0 when there is; UNKNOWN at first. */
  readonly reasons: Uint8Array;
  /** By place in REASONS: for whom it holds. */
  readonly byReason: readonly Bits[];
};

export type QueueIndex = {
  readonly number: number;
  readonly queue: Queue;
  /** Agents who serve it at all. */
  readonly members: Bits;
  readonly classes: Set<RoutingClass>;
  /** Classes of items that ask for nothing of their own, by media and step. */
  readonly plain: ((RoutingClass | undefined)[] | undefined)[];
  /** True when some rule looks at more than the time waited, so that a look once a second is needed. */
  readonly watched: boolean;
  /** The shortest wait after which a rule of overflow sends on that asks for nothing else; infinite: none does. */
  readonly sendsOnAfterMs: number;
  /** The same for contacts that only another queue can take. */
  readonly sendsToQueueAfterMs: number;
};

/** Words of class bits for each agent at first. */
export const ROW_WORDS_MIN = 4;

export const REASONS: readonly (RejectedBecause | null)[] = [
  null,
  'logged_out',
  'paused',
  'unreachable',
  'busy',
  'resting',
  'full',
];

/** Above every place in REASONS. */
const UNKNOWN = 255;

const NO_AGENTS = { agents: {} };

export function emptyIndex(): RoutingIndex {
  return {
    slots: [],
    capacities: [],
    classes: [],
    classCount: 0,
    spare: [],
    byKey: new Map(),
    rows: bitsFor(0),
    rowWords: 0,
    waiting: bitsFor(0),
    heads: headsFor(0),
    table: tableOf(NO_AGENTS, []),
    media: [],
    inService: bitsFor(0),
    serviceChanges: 0,
    idleSinceMs: new Float64Array(0),
    reachable: bitsFor(0),
    inHand: inHandFor(0),
    queues: new Map(),
    queueList: [],
    openings: new Map(),
    labels: new Set(),
    needs: knownNeeds(),
  };
}

/** Sets the agent's bits as the agent is now; to be called after every change of the agent. */
export function refresh(state: AcdState, agent: AgentRecord): void {
  const { index } = state;
  if (inService(agent) !== hasBit(index.inService, agent.slot)) {
    if (inService(agent)) setBit(index.inService, agent.slot);
    else clearBit(index.inService, agent.slot);
    index.serviceChanges += 1;
  }
  index.idleSinceMs[agent.slot] = agent.work.length === 0 ? agent.idleSinceMs : Number.POSITIVE_INFINITY;
  if (agent.phone === 'unreachable') clearBit(index.reachable, agent.slot);
  else setBit(index.reachable, agent.slot);
  const first = agent.work[0];
  noteInHand(index.inHand, agent, first && queueIndex(state, first.queueId)?.number);
  for (const media of index.media) refreshMedia(state, agent, media);
}

function refreshMedia(state: AcdState, agent: AgentRecord, media: Media): void {
  const because = unavailable(state.index.capacities[agent.slot], agent, media.channel, media.label);
  const at = because === null ? 0 : REASONS.indexOf(because);
  const before = media.reasons[agent.slot]!;
  if (before === at) return;
  if (before !== UNKNOWN) clearBit(media.byReason[before]!, agent.slot);
  setBit(media.byReason[at]!, agent.slot);
  media.reasons[agent.slot] = at;
  if (at === 0) media.freeCount += 1;
  else if (before === 0) media.freeCount -= 1;
}

/** Kinds of contact are bits of one word; a label beyond them is treated like its channel. */
const MEDIA_MAX = 31;

export function mediaOf(state: AcdState, channel: Channel, label: string | null): Media {
  const { index } = state;
  const own = label !== null && index.labels.has(label) ? label : null;
  for (const media of index.media) if (media.channel === channel && media.label === own) return media;
  if (own !== null && index.media.length >= MEDIA_MAX - CHANNELS.length) return mediaOf(state, channel, null);
  const byReason = REASONS.map(() => bitsFor(index.slots.length));
  const made: Media = {
    number: index.media.length,
    channel,
    label: own,
    phone: PHONE_CHANNELS.has(channel),
    free: byReason[0]!,
    freeCount: 0,
    byReason,
    reasons: new Uint8Array(index.slots.length).fill(UNKNOWN),
  };
  index.media.push(made);
  for (const agent of index.slots) refreshMedia(state, agent, made);
  return made;
}

/** The queue of the site, or the direct queue of one agent; undefined when there is none of this name. */
export function queueIndex(state: AcdState, queueId: QueueId): QueueIndex | undefined {
  const known = state.index.queues.get(queueId);
  if (known) return known;
  const { index } = state;
  const queue = queueOf(state, queueId);
  if (!queue) return undefined;
  const members = queueId.startsWith('@') ? onlyAgent(index, queueId.slice(1)) : index.table.members.get(queueId);
  const made: QueueIndex = {
    number: index.queueList.length,
    queue,
    members: members ?? bitsFor(index.slots.length),
    classes: new Set(),
    plain: [],
    watched: isWatched(queue),
    sendsOnAfterMs: sendsOnAfter(queue.overflow),
    sendsToQueueAfterMs: sendsOnAfter(queue.overflow.filter(({ target }) => target.to === 'queue')),
  };
  index.queues.set(queueId, made);
  index.queueList.push(made);
  return made;
}

function onlyAgent(index: RoutingIndex, agentId: string): Bits {
  const bits = bitsFor(index.slots.length);
  const slot = index.table.slotOf.get(agentId);
  if (slot !== undefined) setBit(bits, slot);
  return bits;
}

/** The queue as it is configured; an agent's own queue is the site's pattern under the agent's name. */
export function queueOf({ site }: Pick<AcdState, 'site'>, queueId: QueueId): Queue | undefined {
  if (!queueId.startsWith('@')) return Object.hasOwn(site.queues, queueId) ? site.queues[queueId] : undefined;
  const about = site.agents[queueId.slice(1)];
  return about && { ...site.directQueue, id: queueId, name: about.name };
}

function isWatched({ relaxation, overflow }: Queue): boolean {
  return (
    relaxation.some(({ when }) => when.agentsBelow !== undefined || when.estimatedWaitMs !== undefined) ||
    overflow.some(({ when }) => when.closed || when.unstaffed || when.estimatedWaitMs !== undefined)
  );
}

/** A rule with further conditions is looked at with the queue, or it would be due again and again. */
function sendsOnAfter(rules: readonly OverflowRule[]): number {
  const byTimeOnly = rules.filter(({ when }) => Object.keys(when).length === 1);
  return Math.min(...byTimeOnly.map(({ when }) => when.waitedMs ?? Number.POSITIVE_INFINITY));
}

/** A number for a new class; the tables grow by doubling. */
export function giveNumber(index: RoutingIndex): number {
  index.classCount += 1;
  const number = index.spare.pop() ?? index.classes.length;
  if (number < index.classes.length) return number;
  index.classes.push(undefined);
  if (number >> 5 < index.rowWords) return number;
  const rowWords = Math.max(ROW_WORDS_MIN, index.rowWords * 2);
  const rows = new Uint32Array(index.slots.length * rowWords);
  for (let slot = 0; slot < index.slots.length; slot++) {
    const row = index.rows.subarray(slot * index.rowWords, (slot + 1) * index.rowWords);
    rows.set(row, slot * rowWords);
  }
  const waiting = new Uint32Array(rowWords);
  waiting.set(index.waiting);
  index.rows = rows;
  index.rowWords = rowWords;
  index.waiting = waiting;
  index.heads = moreHeads(index.heads, rowWords * 32);
  return number;
}

export function clearRow(index: RoutingIndex, slot: number, number: number): void {
  index.rows[slot * index.rowWords + (number >> 5)]! &= ~(1 << (number & 31));
}
