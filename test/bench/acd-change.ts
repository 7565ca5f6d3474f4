import type { Queue } from '../../src/model/queue.ts';
import type { Agent, Site } from '../../src/model/site.ts';
import { type Floor, openFloor } from './acd-floor.ts';
import { FIFTY_CLASSES, makeLoad, WAITING } from './acd-load.ts';
import { coreTime } from './acd-times.ts';

/** How long a new configuration takes to reach everybody who waits: loading it is not in it, deciding what follows is. */
export type ChangeFigures = {
  readonly change: string;
  readonly tookMs: readonly number[];
  /** The thread's time on a core, which leaves out when other programs had it. */
  readonly cpuMs: readonly number[];
  readonly events: number;
};

const ROUNDS = 4;
const AGENTS_CHANGED = 100;

type Change = { readonly change: string; readonly make: (site: Site) => Site };

const CHANGES: readonly Change[] = [
  { change: 'nothing that routes: the music of every queue', make: (site) => withQueues(site, { music: 'other' }) },
  { change: `skills of ${AGENTS_CHANGED} agents`, make: changedSkills },
  {
    change: 'a relaxation step of every queue, reached by nobody',
    make: (site) => withQueues(site, relaxedAfter(site, 1_800_000)),
  },
  {
    change: 'a relaxation step of every queue, reached by half of those who wait',
    make: (site) => withQueues(site, relaxedAfter(site, 300_000)),
  },
  { change: 'the ageing of priority in every queue', make: (site) => withQueues(site, { ageingMs: 30_000 }) },
];

export function* measureChanges(): Generator<ChangeFigures> {
  const load = makeLoad(FIFTY_CLASSES);
  const floor = openFloor(load);
  floor.fill(WAITING + load.shape.agents);
  floor.open();
  for (const { change, make } of CHANGES) {
    const tookMs: number[] = [];
    const cpuMs: number[] = [];
    let events = 0;
    for (let round = 0; round < ROUNDS; round++) {
      // Every load of the folder makes all objects anew, so nothing may be recognised by being the same object.
      for (const site of [make(load.site), load.site]) {
        const took = applyChange(floor, structuredClone(site), `${change} ${round}`);
        tookMs.push(took.ms);
        cpuMs.push(took.cpuMs);
        events = Math.max(events, took.events);
      }
    }
    if (floor.engine.state.items.size !== WAITING + load.shape.agents) throw new Error(`${change}: an item was lost`);
    yield { change, tookMs, cpuMs, events };
  }
}

/** The new site, and whatever became due by it in the same moment. */
function applyChange({ engine, nowMs: atMs, due }: Floor, site: Site, version: string) {
  let events = 0;
  const { onCoreMs } = coreTime();
  const fromMs = performance.now();
  events += engine.take({ kind: 'flows.loaded', atMs, flows: { version, site, flows: {}, tables: {} } }).length;
  for (let next = due(); next; next = due()) events += engine.take(next).length;
  return { ms: performance.now() - fromMs, cpuMs: coreTime().onCoreMs - onCoreMs, events };
}

function withQueues(site: Site, changed: Partial<Queue>): Site {
  const queues = Object.values(site.queues).map((queue) => [queue.id, { ...queue, ...changed }]);
  return { ...site, queues: Object.fromEntries(queues) };
}

/** The steps of all queues are alike in this load. */
function relaxedAfter(site: Site, waitedMs: number): Partial<Queue> {
  const [queue] = Object.values(site.queues);
  return { relaxation: queue!.relaxation.map((step) => ({ ...step, when: { waitedMs } })) };
}

function changedSkills(site: Site): Site {
  const changed = Object.values(site.agents)
    .slice(0, AGENTS_CHANGED)
    .map((agent): [string, Agent] => [
      agent.id,
      {
        ...agent,
        skills: Object.fromEntries(
          Object.keys(agent.skills)
            .slice(1)
            .map((skill) => [skill, 5]),
        ),
      },
    ]);
  return { ...site, agents: { ...site.agents, ...Object.fromEntries(changed) } };
}
