import type { AgentId } from '../../src/model/ids.ts';
import { timeZoneNamed } from '../../src/model/time-zone.ts';
import type { Scenario, Traffic } from '../../src/simulation/scenario.ts';
import { AFTER_HOURS_MS_MAX } from '../../src/simulation/virtual-day.ts';
import { type AgentInTest, site } from '../acd/site.ts';

export const HOUR_MS = 3_600_000;
/** Midnight of a Monday in UTC. */
export const MONDAY_MS = Date.UTC(2026, 0, 5);

/** Traffic that comes by chance at one rate, is handled in exponential times and answered at once. */
export function traffic(
  queueId: string,
  perHour: number,
  hours: number,
  handleMs: number,
  more: Partial<Traffic> = {},
): Traffic {
  const toMs = MONDAY_MS + hours * HOUR_MS;
  return {
    name: queueId,
    queueId,
    channel: 'voice',
    label: null,
    priority: 0,
    skills: [],
    attributes: {},
    arrivals: { kind: 'poisson', rates: [{ fromMs: MONDAY_MS, toMs, expected: perHour * hours }] },
    handle: { kind: 'exponential', meanMs: handleMs },
    patience: null,
    ring: { kind: 'fixed', meanMs: 0 },
    notAnswered: 0,
    wrapUp: null,
    ...more,
  };
}

/** A day from Monday's midnight on with agents who are always there. */
export function day(
  hours: number,
  kinds: readonly Traffic[],
  agents: Readonly<Record<AgentId, AgentInTest>>,
  more: Partial<Scenario> = {},
): Scenario {
  const queues = Object.fromEntries([...new Set(kinds.map(({ queueId }) => queueId))].map((id) => [id, {}]));
  const toMs = MONDAY_MS + hours * HOUR_MS;
  const shifts = [{ fromMs: MONDAY_MS, toMs: toMs + AFTER_HOURS_MS_MAX, breaks: [] }];
  return {
    name: 'test',
    site: site(agents, queues),
    zone: timeZoneNamed('UTC')!,
    fromMs: MONDAY_MS,
    toMs,
    interval: 'whole',
    runs: 1,
    seed: 1,
    traffic: kinds,
    staff: [{ name: 'all', agentIds: Object.keys(agents), shifts, backAfterMs: 60_000 }],
    ...more,
  };
}

/** So many agents who are all alike. */
export function agents(count: number): Record<AgentId, AgentInTest> {
  return Object.fromEntries(Array.from({ length: count }, (_, place) => [`agent-${place + 1}`, {}]));
}
