import type { AgentRecord, Item } from '../../src/acd/state.ts';
import type { Site } from '../../src/model/site.ts';
import type { Trigger } from './acd-decisions.ts';
import { type Floor, offersIn } from './acd-floor.ts';
import type { Load } from './acd-load.ts';
import { type Times, timesOf } from './acd-times.ts';

/** The same decisions by a scan of everything, on the same state in turns with the engine. */
export type ScanFigures = {
  readonly trigger: Trigger;
  readonly scan: Times;
  /** How often both chose the same. */
  readonly same: number;
};

const ROUNDS = 300;

/** Plain code: every waiting item is looked at, the one with the best claim that the agent can take is the next. */
function scanItems(site: Site, line: readonly Item[], agentId: string): Item | undefined {
  const agent = site.agents[agentId]!;
  let best: Item | undefined;
  let bestSinceMs = Number.POSITIVE_INFINITY;
  for (const item of line) {
    if (agent.queues[item.queueId] === undefined || !reaches(agent.skills, item.needs.required)) continue;
    // When it would have had to come to be as far without its priority.
    const sinceMs = item.virtualStartMs - item.priority * (site.queues[item.queueId]!.ageingMs ?? 0);
    if (sinceMs >= bestSinceMs) continue;
    best = item;
    bestSinceMs = sinceMs;
  }
  return best;
}

/** Plain code: every agent is looked at, the one who has been idle longest and can take the item gets it. */
function scanAgents(
  site: Site,
  agents: readonly AgentRecord[],
  item: { queueId: string; required: Readonly<Record<string, number>> },
) {
  let best: AgentRecord | undefined;
  for (const agent of agents) {
    if (!agent.loggedIn || agent.pause || agent.phone !== 'idle' || agent.restUntilMs !== null || agent.work.length > 0)
      continue;
    const about = site.agents[agent.id]!;
    if (about.queues[item.queueId] === undefined || !reaches(about.skills, item.required)) continue;
    if (
      !best ||
      agent.idleSinceMs < best.idleSinceMs ||
      (agent.idleSinceMs === best.idleSinceMs && agent.idleOrder < best.idleOrder)
    )
      best = agent;
  }
  return best;
}

function reaches(skills: Readonly<Record<string, number>>, required: Readonly<Record<string, number>>): boolean {
  for (const skill in required) if ((skills[skill] ?? -1) < required[skill]!) return false;
  return true;
}

/** Everyone is busy, a long line waits: an agent becomes free. */
export function scanForAgents(floor: Floor, load: Load): ScanFigures {
  const { state, take } = floor.engine;
  const line = [...state.items.values()].filter((item) => item.stage === 'waiting');
  const scanUs: number[] = [];
  let same = 0;
  for (let round = 0; round < ROUNDS; round++) {
    floor.advance(1);
    const end = floor.talkEnd()!;
    const agentId = state.offers.get(end.offerId)!.agentId;
    const fromMs = performance.now();
    const chosen = scanItems(load.site, line, agentId)!;
    line.splice(line.indexOf(chosen), 1);
    scanUs.push((performance.now() - fromMs) * 1_000);
    const followed = take(end);
    const [offer] = offersIn(followed);
    if (offer?.contactId === chosen.contactId) same += 1;
    take(floor.answer(offer!.offerId));
    const arrival = floor.arrival();
    take(arrival);
    line.push(state.items.get(arrival.contactId)!);
  }
  return { trigger: 'freed', scan: timesOf(scanUs), same: same / ROUNDS };
}

/** Some agents are idle: a contact comes. */
export function scanForItems(floor: Floor, load: Load, trigger: Trigger): ScanFigures {
  const { state, take } = floor.engine;
  const agents = [...state.agents.values()];
  const scanUs: number[] = [];
  let same = 0;
  for (let round = 0; round < ROUNDS; round++) {
    floor.advance(1);
    const arrival = floor.arrival();
    const fromMs = performance.now();
    const chosen = scanAgents(load.site, agents, { queueId: arrival.queueId, required: arrival.needs?.required ?? {} });
    scanUs.push((performance.now() - fromMs) * 1_000);
    const followed = take(arrival);
    const [offer] = offersIn(followed);
    if (offer?.agentId === chosen?.id) same += 1;
    if (offer) take(floor.answer(offer.offerId));
    for (const { offerId } of offersIn(take(floor.talkEnd()!))) take(floor.answer(offerId));
  }
  return { trigger, scan: timesOf(scanUs), same: same / ROUNDS };
}

/** What app_queue's way of looking would cost with a queue for each class of requirement, when every caller looks each second. */
export type LookFigures = { readonly lookUs: number; readonly looksPerSecond: number };

const LOOKS = 2_000;

/** One caller's look counts the free members of its queue (`num_available_members`); while there are none it goes no further. */
export function measureLooks(floor: Floor, load: Load): LookFigures {
  const { state } = floor.engine;
  const members = load.classes.map(({ queueId, needs }) =>
    [...state.agents.values()].filter(({ id }) => {
      const agent = load.site.agents[id]!;
      return agent.queues[queueId] !== undefined && reaches(agent.skills, needs.required);
    }),
  );
  let found = 0;
  const fromMs = performance.now();
  for (let look = 0; look < LOOKS; look++) {
    for (const agent of members[look % members.length]!)
      if (agent.loggedIn && !agent.pause && agent.work.length === 0) found += 1;
  }
  const lookUs = ((performance.now() - fromMs) * 1_000) / LOOKS;
  // The count is used for something, so that the loop cannot be left out as useless.
  if (found > LOOKS * load.shape.agents) throw new Error('more free members than there are');
  const waiting = [...state.items.values()].filter((item) => item.stage === 'waiting').length;
  return { lookUs, looksPerSecond: waiting };
}
