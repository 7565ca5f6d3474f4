import assert from 'node:assert/strict';
import type { AcdState, AgentRecord, Item } from '../../src/acd/state.ts';
import { PHONE_CHANNELS } from '../../src/model/channel.ts';
import type { EventOf } from '../../src/model/event.ts';
import { EXPLANATION_BYTES_MAX } from '../../src/model/explanation.ts';
import { goesBefore, obstacle, open, queueOf, scoreOf, takeable } from './oracle.ts';

/** What has to hold of every offer, looked at before it is made. */
export function checkOffer(state: AcdState, offer: EventOf<'offer.made'>): void {
  const agent = state.agents.get(offer.agentId);
  const item = state.items.get(offer.contactId);
  assert.ok(agent && item, 'an offer of nothing or to nobody');
  const queue = queueOf(state, item.queueId)!;
  assert.ok(JSON.stringify(offer.why).length < EXPLANATION_BYTES_MAX, `the reason for ${offer.offerId} is too long`);
  const because = obstacle(state, agent, item);
  assert.equal(because, null, `${agent.id} is offered ${item.contactId}: ${because}`);
  const mayRing = item.stage === 'waiting' || queue.strategy === 'ring_all' || queue.strategy === 'ring_progressively';
  assert.ok(mayRing, `${item.contactId} is offered once more while it rings`);
  // A further phone for one that rings already takes nothing from others that they could have had: they were asked before.
  if (item.stage === 'offered' && queue.strategy === 'ring_progressively') return;
  checkOrder(state, agent, item, offer.atMs);
  // Who becomes free takes what is most urgent; that somebody else became free in the same millisecond does not matter then.
  if (offer.why?.by === 'agent') checkBestAgent(state, agent, item, offer.atMs);
}

/** Nobody who could have this agent goes before the one who gets the agent. */
function checkOrder(state: AcdState, agent: AgentRecord, item: Item, nowMs: number): void {
  const others = takeable(state, agent).filter((other) => other !== item);
  for (const other of others) {
    // A queue that serves the newest first is compared with others by its newest alone.
    const shadowed = others.some(
      (newer) => newer.queueId === other.queueId && isLifo(state, newer) && goesBefore(state, newer, other, nowMs),
    );
    if (shadowed) continue;
    assert.ok(
      !goesBefore(state, other, item, nowMs) || shadows(state, item, other, nowMs),
      `${agent.id} is offered ${item.contactId} (${scoreOf(state, item, nowMs)}) before ${other.contactId} (${scoreOf(state, other, nowMs)})`,
    );
    checkStarvation(state, item, other);
  }
}

function isLifo(state: AcdState, item: Item): boolean {
  return queueOf(state, item.queueId)!.order === 'lifo';
}

function shadows(state: AcdState, item: Item, other: Item, nowMs: number): boolean {
  return item.queueId === other.queueId && isLifo(state, item) && goesBefore(state, item, other, nowMs);
}

/**
 * An item that is lower by D points is overtaken only by items that came at most D × ageing after it. It follows from the
 * order, but here it is said without keys and scores.
 */
function checkStarvation(state: AcdState, served: Item, passed: Item): void {
  const queue = queueOf(state, served.queueId)!;
  if (served.queueId !== passed.queueId || queue.order !== 'priority' || queue.ageingMs === null) return;
  if (queue.rules.length > 0 || served.deadlineMs !== null || passed.deadlineMs !== null) return;
  const laterMs = served.virtualStartMs - passed.virtualStartMs;
  if (laterMs <= 0) return;
  const points = served.priority - passed.priority;
  assert.ok(
    laterMs <= points * queue.ageingMs,
    `${served.contactId} (priority ${served.priority}) came ${laterMs} ms after ${passed.contactId} (${passed.priority}) and overtook it`,
  );
}

/** Among those who could have the item now, the one whom the strategy prefers by its plain meaning. */
function checkBestAgent(state: AcdState, chosen: AgentRecord, item: Item, nowMs: number): void {
  const queue = queueOf(state, item.queueId)!;
  if (item.stage !== 'waiting') return;
  for (const agent of state.agents.values()) {
    if (agent === chosen || obstacle(state, agent, item) !== null) continue;
    if (item.hold.length > 0) {
      const better = item.hold.indexOf(agent.id) < item.hold.indexOf(chosen.id);
      assert.ok(
        !better,
        `${item.contactId} is held for ${item.hold.join(', ')}: ${chosen.id} is asked before ${agent.id}`,
      );
      continue;
    }
    if (queue.rules.length > 0 || hasPreferences(queue.needs) || hasPreferences(item.needs)) continue;
    const [mine, other] = [chosen, agent].map((one) => measureOf(state, one, item, nowMs));
    if (mine === undefined || other === undefined) continue;
    assert.ok(mine <= other, `${queue.strategy}: ${chosen.id} (${mine}) is asked before ${agent.id} (${other})`);
  }
}

function hasPreferences({ preferred }: Item['needs']): boolean {
  return Object.keys(preferred).length > 0;
}

/** Smaller is asked first; undefined where the strategy is proven by a test of its own. */
function measureOf(state: AcdState, agent: AgentRecord, item: Item, nowMs: number): number | undefined {
  const queue = queueOf(state, item.queueId)!;
  const about = state.site.agents[agent.id]!;
  switch (queue.strategy) {
    case 'longest_idle':
    case 'ring_progressively':
      // Who has anything in hand is not idle.
      return agent.work.length > 0 ? Number.MAX_VALUE : agent.idleSinceMs;
    case 'fewest_contacts':
      return agent.contacts;
    case 'least_talk_time':
      return agent.talkMs;
    case 'top_down':
      return about.queues[item.queueId]?.tier ?? 1;
    case 'least_occupied': {
      const busyMs = agent.busyMs + (agent.busySinceMs === null ? 0 : nowMs - agent.busySinceMs);
      return Math.round((1000 * busyMs) / Math.max(1, nowMs - agent.loggedInAtMs!));
    }
    case 'percent_allocation': {
      const share = queue.shares[about.team ?? ''] ?? 0;
      return share === 0 ? Number.MAX_VALUE : ((state.queues.get(queue.id)?.given[about.team!] ?? 0) + 1) / share;
    }
    default:
      return undefined;
  }
}

/** What has to hold whenever the engine has nothing more to say. */
export function checkRest(state: AcdState, nowMs: number): void {
  for (const agent of state.agents.values()) {
    checkAgent(state, agent, nowMs);
    for (const item of takeable(state, agent)) {
      // While phones ring one after the other, or for all, who joins in is the strategy's affair; see the strategies' tests.
      if (item.stage === 'offered') continue;
      assert.fail(`${agent.id} has room and ${item.contactId} waits`);
    }
  }
  for (const offer of state.offers.values()) {
    if (offer.answeredAtMs !== null) continue;
    const agent = state.agents.get(offer.agentId)!;
    const item = state.items.get(offer.contactId)!;
    assert.ok(agent.loggedIn && !agent.pause, `${agent.id} is gone and ${offer.id} rings`);
    if (PHONE_CHANNELS.has(item.channel)) {
      assert.notEqual(agent.phone, 'unreachable', `${offer.id} rings at a phone that is away`);
    }
    // While the line was cut nobody is blamed; a second later at most the offer is looked at again.
    const lookMs = state.deadlines.of('offer', offer.id) ?? 0;
    assert.ok(lookMs >= nowMs, `${offer.id} should have ended at ${offer.deadlineMs}`);
    assert.ok(lookMs === offer.deadlineMs || lookMs <= nowMs + 1000, `${offer.id} ends too late`);
  }
  for (const item of open(state)) checkWaiting(state, item, nowMs);
}

function checkAgent(state: AcdState, agent: AgentRecord, nowMs: number): void {
  const ids = agent.work.map(({ offerId }) => offerId);
  assert.equal(new Set(ids).size, ids.length, `${agent.id} has something twice`);
  for (const { stage, untilMs, contactId } of agent.work) {
    if (stage === 'wrap_up') assert.ok(untilMs !== null && untilMs >= nowMs, `wrap-up of ${contactId} has no end`);
  }
  assert.ok(agent.restUntilMs === null || agent.restUntilMs >= nowMs, `${agent.id} rests without end`);
  const busy = agent.work.some(({ stage }) => stage !== 'ringing');
  assert.equal(agent.busySinceMs !== null, busy, `busy time of ${agent.id}`);
  if (agent.work.length > 0) return;
  assert.ok(state.site.agents[agent.id], `${agent.id} is no longer of the site and has nothing in hand`);
}

function checkWaiting(state: AcdState, item: Item, nowMs: number): void {
  if (item.stage !== 'waiting') return;
  assert.ok(item.giveUpAtMs === null || item.giveUpAtMs >= nowMs, `${item.contactId} should have given up`);
  assert.ok(item.holdUntilMs === null || item.holdUntilMs >= nowMs, `${item.contactId} is still held`);
  const next = queueOf(state, item.queueId)!.relaxation[item.step]?.when.waitedMs;
  assert.ok(next === undefined || item.queuedAtMs + next >= nowMs, `${item.contactId} should ask for less`);
  for (const { when, target } of queueOf(state, item.queueId)!.overflow) {
    // What we call ourselves has no flow to go to.
    if (target.to !== 'queue' && ['callback', 'voicemail'].includes(item.channel)) continue;
    const byTimeAlone = when.waitedMs !== undefined && Object.keys(when).length === 1;
    assert.ok(!byTimeAlone || item.queuedAtMs + when.waitedMs! >= nowMs, `${item.contactId} should have been sent on`);
  }
}
