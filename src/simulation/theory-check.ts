import { type Load, type Prediction, predict } from './erlang.ts';
import type { Scenario } from './scenario.ts';

/** What theory says of a scenario that is simple enough for it. */
export type Theory = { readonly model: 'Erlang C' | 'Erlang A'; readonly load: Load; readonly prediction: Prediction };

/**
 * Erlang C or A, for a scenario of one queue with Poisson arrivals at one rate, exponential handling and patience, agents who
 * answer at once, have no wrap-up and are there all day; null for any other. The theory is about a queue in balance, while a
 * day begins with an empty one, so short days wait a little less.
 */
export function theoryOf(scenario: Scenario): Theory | null {
  const [traffic, ...others] = scenario.traffic;
  if (!traffic || others.length > 0 || traffic.arrivals.kind !== 'poisson') return null;
  const { handle, patience, arrivals, ring, notAnswered, queueId } = traffic;
  const queue = scenario.site.queues[queueId];
  if (queue?.wrapUp.mode !== 'none' || queue.overflow.length > 0) return null;
  if (handle.kind !== 'exponential' || (patience !== null && patience.kind !== 'exponential')) return null;
  if (arrivals.rates.length !== 1 || ring.meanMs > 0 || ring.kind !== 'fixed' || notAnswered > 0) return null;
  if (traffic.channel !== 'voice' || traffic.skills.length > 0) return null;
  const agents = agentsAllDay(scenario, queueId);
  if (agents === null) return null;
  const rate = arrivals.rates[0]!;
  const load: Load = {
    arrivalsPerHour: (rate.expected * 3_600_000) / (rate.toMs - rate.fromMs),
    handleMs: handle.meanMs,
    patienceMs: patience?.meanMs ?? null,
    agents,
  };
  return { model: patience ? 'Erlang A' : 'Erlang C', load, prediction: predict(load) };
}

/** The number of agents of the queue; null when one of them is not there all day. */
function agentsAllDay(scenario: Scenario, queueId: string): number | null {
  let agents = 0;
  for (const { agentIds, shifts } of scenario.staff) {
    const serving = agentIds.filter((id) => scenario.site.agents[id]?.queues[queueId]).length;
    const [shift, ...more] = shifts;
    const allDay = shift && shift.fromMs <= scenario.fromMs && shift.toMs >= scenario.toMs && shift.breaks.length === 0;
    if (serving > 0 && (!allDay || more.length > 0)) return null;
    agents += serving;
  }
  return agents;
}
