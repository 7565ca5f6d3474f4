import type { Event } from '../../src/model/event.ts';
import { agentTimes } from '../../src/simulation/agent-time.ts';
import { liveDay } from '../../src/simulation/virtual-day.ts';
import { site } from '../acd/site.ts';
import { stayCounter } from './balance.ts';
import { day, HOUR_MS, MONDAY_MS, traffic } from './day.ts';
import type { Kind, Server, Stationary } from './fcfs-alis.ts';

const WARM_UP_HOURS = 10;
const HOURS = 150;

/** Each figure by a name of its own: waiting chance and mean wait of each kind, share of time in which each agent is busy. */
export function skillFigures({ kinds, busy }: Stationary): Record<string, number> {
  const waits = Object.entries(kinds).flatMap(([name, { waits, waitSeconds }]): [string, number][] => [
    [`chance to wait for ${name}`, waits],
    [`mean wait for ${name} in s`, waitSeconds],
  ]);
  return Object.fromEntries([
    ...waits,
    ...Object.entries(busy).map(([name, share]) => [`${name} busy`, share] as const),
  ]);
}

/** One run of the real dispatcher: one queue, first come first served, in which each kind of contact asks for a skill of its own. */
export function runSkills(kinds: readonly Kind[], servers: readonly Server[], run: number): Stationary {
  const hours = WARM_UP_HOURS + HOURS;
  const handleMs = 1000 / servers[0]!.rate;
  const all = kinds.map(({ name, rate }) => traffic('calls', rate * 3600, hours, handleMs, { name, skills: [name] }));
  const agents = Object.fromEntries(servers.map((server) => [server.name, { skills: server.kinds }]));
  const span = { fromMs: MONDAY_MS + WARM_UP_HOURS * HOUR_MS, toMs: MONDAY_MS + hours * HOUR_MS };
  const times = agentTimes(span);
  const counters = new Map(kinds.map(({ name }) => [name, stayCounter(span.fromMs, 0)]));
  const scenario = day(hours, all, agents, { site: site(agents, { calls: { order: 'fifo' } }) });
  liveDay(scenario, run, (event: Event) => {
    times.take(event);
    if ('contactId' in event) counters.get(event.contactId!.split('-')[0]!)?.take(event);
  });
  const found = [...counters].map(([name, counter]) => {
    const { waits, averageSpeedOfAnswerMs } = counter.figures();
    return [name, { waits, waitSeconds: averageSpeedOfAnswerMs / 1000 }] as const;
  });
  const busy = servers.map(({ name }) => [name, times.of([name]).busyMs / (span.toMs - span.fromMs)] as const);
  return { kinds: Object.fromEntries(found), busy: Object.fromEntries(busy) };
}
