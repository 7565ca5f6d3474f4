import type { QueueId } from '../../../model/ids.ts';
import type { Queue } from '../../../model/queue.ts';
import type { Agent, Site } from '../../../model/site.ts';
import type { Tell } from '../../shape/shape.ts';
import type { Path } from '../../source.ts';
import type { WrittenSite } from '../site.ts';

/** What the checks of a site look at; paths are those of the file, from its root. */
export type Subject = {
  readonly site: Site;
  readonly written: WrittenSite;
  /** Labels that capacities and the list `labels` name. */
  readonly labels: ReadonlySet<string>;
  /** Who serves each queue; a queue that nobody serves is not in it. */
  readonly staff: ReadonlyMap<QueueId, readonly Agent[]>;
  /** The highest level of each skill that any agent has. */
  readonly best: ReadonlyMap<string, number>;
  readonly tell: Tell;
};

export function subjectOf(site: Site, written: WrittenSite, tell: Tell): Subject {
  const staff = new Map<QueueId, Agent[]>();
  for (const agent of Object.values(site.agents)) {
    for (const queueId of Object.keys(agent.queues)) {
      const members = staff.get(queueId);
      if (members) members.push(agent);
      else staff.set(queueId, [agent]);
    }
  }
  const ofCapacities = Object.values(written.capacities).flatMap(({ labels }) => Object.keys(labels));
  const labels = new Set([...written.labels, ...ofCapacities]);
  return { site, written, labels, staff, best: bestLevels(Object.values(site.agents)), tell };
}

export function bestLevels(agents: readonly Agent[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const { skills } of agents) {
    for (const [skill, level] of Object.entries(skills)) {
      if (level > (best.get(skill) ?? -1)) best.set(skill, level);
    }
  }
  return best;
}

/** A queue, how it is called in sentences, and where it stands. */
export type PlacedQueue = { readonly queue: Queue; readonly said: string; readonly path: Path };

/** Every queue, the pattern of the agents' own ones among them. */
export function eachQueue({ site }: Pick<Subject, 'site'>): PlacedQueue[] {
  const queues = Object.values(site.queues).map((queue) => ({
    queue,
    said: `queue ${queue.id}`,
    path: ['queues', queue.id],
  }));
  return [...queues, { queue: site.directQueue, said: 'the direct queues', path: ['direct_queue'] }];
}

/** Every list of teams that a queue names. */
export function teamsNamed(queue: Queue, path: Path): { readonly team: string; readonly path: Path }[] {
  const lists: [Path, readonly string[] | 'all' | null][] = [
    [['teams'], queue.teams],
    [['shares'], Object.keys(queue.shares)],
    ...queue.relaxation.map((step, at): [Path, readonly string[] | 'all' | null] => [
      ['relaxation', at, 'teams'],
      step.teams,
    ]),
    ...queue.rules.map((rule, at): [Path, readonly string[] | null] => [['rules', at, 'teams'], rule.teams]),
    [['escalation', 'from'], queue.escalation?.from ?? null],
    [['escalation', 'to'], queue.escalation?.to ?? null],
  ];
  return lists.flatMap(([at, teams]) =>
    teams === null || teams === 'all' ? [] : teams.map((team) => ({ team, path: [...path, ...at, team] })),
  );
}
