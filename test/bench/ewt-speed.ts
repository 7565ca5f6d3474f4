import { apply } from '../../src/acd/apply.ts';
import { estimateWait } from '../../src/acd/estimated-wait.ts';
import { type AcdState, emptyAcd } from '../../src/acd/state.ts';
import { randomStream } from '../../src/simulation/random.ts';
import { type AgentInTest, site } from '../acd/site.ts';
import { spreadOf } from './spread.ts';

const AGENTS = 10_000;
const QUEUES = 500;
const WAITING = 100_000;
const ESTIMATES = 20_000;

export type Speed = {
  readonly queuesPerAgent: number;
  readonly meanUs: number;
  readonly p50Us: number;
  readonly p95Us: number;
  readonly maxUs: number;
};

/**
 * How long one estimate takes in a large centre in which everybody is busy: 10,000 agents, 500 classes, 100,000 waiting, a tenth of
 * them with a priority. Items just come are asked about, one by one, as the dispatcher does.
 */
export function measureSpeed(queuesPerAgent: number): Speed {
  const random = randomStream(1, 0, 'speed of estimates');
  const state = busyCentre(queuesPerAgent, random);
  const tookUs: number[] = [];
  for (let at = 0; at < ESTIMATES; at++) {
    const atMs = 2_000_000 + at;
    const contactId = `new ${at}`;
    queue(state, contactId, `q${Math.floor(random() * QUEUES)}`, random() < 0.1 ? 1 : 0, atMs);
    const item = state.items.get(contactId)!;
    const from = performance.now();
    estimateWait(state, item, atMs);
    tookUs.push((performance.now() - from) * 1000);
    const waitedMs = 0;
    apply(state, {
      kind: 'contact.dequeued',
      atMs,
      contactId,
      queueId: item.queueId,
      queuedAtMs: atMs,
      waitedMs,
      reason: 'abandoned',
    });
  }
  const { p50, p95, max } = spreadOf(tookUs);
  const meanUs = tookUs.reduce((sum, us) => sum + us, 0) / tookUs.length;
  return { queuesPerAgent, meanUs, p50Us: p50!, p95Us: p95!, maxUs: max! };
}

function busyCentre(queuesPerAgent: number, random: () => number): AcdState {
  const queues = Object.fromEntries(Array.from({ length: QUEUES }, (_, at) => [`q${at}`, {}]));
  const agents: Record<string, AgentInTest> = {};
  for (let at = 0; at < AGENTS; at++) {
    const first = Math.floor(random() * QUEUES);
    const step = 1 + Math.floor(random() * 7) * 2;
    agents[`a${at}`] = {
      queues: Array.from(
        { length: queuesPerAgent },
        (_, one) => `q${(first + one * (queuesPerAgent < 100 ? step : 1)) % QUEUES}`,
      ),
    };
  }
  const centre = site(agents, queues);
  const state = emptyAcd(centre);
  const atMs = 1_000_000;
  for (const agentId of Object.keys(agents)) {
    const contactId = `talk ${agentId}`;
    const offerId = `${contactId}.o1`;
    const queueId = Object.keys(centre.agents[agentId]!.queues)[0]!;
    apply(state, { kind: 'phone.changed', atMs, agentId, phone: 'idle' });
    apply(state, { kind: 'agent.logged_in', atMs, agentId, by: 'api' });
    queue(state, contactId, queueId, 0, atMs);
    apply(state, { kind: 'offer.made', atMs, offerId, contactId, agentId, queueId, deadlineMs: atMs + 20_000 });
    apply(state, { kind: 'contact.connected', atMs, contactId, offerId, agentId, queueId });
  }
  for (let at = 0; at < WAITING; at++) {
    queue(state, `c${at}`, `q${Math.floor(random() * QUEUES)}`, random() < 0.1 ? 1 : 0, atMs + at);
  }
  return state;
}

function queue(state: AcdState, contactId: string, queueId: string, priority: number, atMs: number): void {
  apply(state, { kind: 'contact.queued', atMs, contactId, queueId, priority, skills: [], virtualStartMs: atMs });
}
