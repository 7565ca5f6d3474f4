import { PLAIN_CALLS } from '../model/call/defaults.ts';
import type { FlowSet } from '../model/flow-set.ts';
import type { Queue } from '../model/queue.ts';
import { type Agent, PLAIN_PHONE, type Site } from '../model/site.ts';

/**
 * `flows.loaded` from version 2 to version 3: a site that knows trunks, music, recording and what a phone is. A site that was
 * written before has none of it, and its phones are plain ones.
 */
export function liftCalls(old: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const set = old['flows'] as FlowSet;
  return { ...old, flows: { ...set, site: liftSite(set.site) } };
}

function liftSite(site: Site): Site {
  const { capacities } = site;
  return {
    ...PLAIN_CALLS,
    ...site,
    featureCodes: { ...site.featureCodes, watch: site.featureCodes.watch ?? '' },
    capacities: each(capacities, (capacity) => {
      const { callback } = capacity.rules;
      return callback ? { ...capacity, rules: { voicemail: callback, ...capacity.rules } } : capacity;
    }),
    queues: each(site.queues, liftQueue),
    directQueue: liftQueue(site.directQueue),
    agents: each(site.agents, liftAgent),
  };
}

function liftQueue(queue: Queue): Queue {
  return { ...queue, recording: queue.recording ?? null, extension: queue.extension ?? null };
}

function liftAgent(agent: Agent): Agent {
  const { phone = PLAIN_PHONE, supervises = [], recording = null } = agent as Partial<Agent>;
  return { ...agent, phone, supervises, recording };
}

function each<T>(entries: Readonly<Record<string, T>>, to: (one: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).map(([id, one]) => [id, to(one)]));
}
