import type { Journal } from '../journal/journal.ts';
import type { AgentEvent, AskedBy } from '../model/event.ts';
import { failed, ok, type Result } from '../model/failure.ts';
import type { AgentId } from '../model/ids.ts';
import type { AgentView, AgentWish, Desk, Health } from './desk.ts';
import type { Hall } from './hall.ts';
import { agentView, agentViews, contactViews, queueViews } from './views.ts';

/** The reason of a pause that gives none; any other must stand in the site, so that reports can count them. */
const PLAIN_PAUSE = 'pause';

/** The controller's public face over a running hall. */
export function createFrontDesk(hall: Hall, journal: Journal, health: () => Health): Desk {
  return {
    health,
    site: () => hall.state.acd.site,
    queues: () => queueViews(hall.state, hall.now()),
    agents: () => agentViews(hall.state),
    contacts: () => contactViews(hall.state),
    askAgent: (agentId, wish, by) => askAgent(hall, agentId, wish, by),
    story: async (contactId) => {
      const found = await fromJournal(() => journal.ofContact(contactId));
      if (!found.ok || found.value.length > 0) return found;
      return failed('contact.unknown', 'There is no contact with this id.', { contactId });
    },
    entries: ({ fromMs, toMs, kinds }, visit) => fromJournal(() => journal.between(fromMs, toMs, kinds, visit)),
  };
}

async function fromJournal<T>(read: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await read());
  } catch {
    return failed('journal.unavailable', 'The database does not answer. Try again in a moment.');
  }
}

function askAgent(hall: Hall, agentId: AgentId, wish: AgentWish, by: AskedBy): Result<AgentView> {
  const { acd } = hall.state;
  const agent = acd.agents.get(agentId);
  if (!agent || !acd.site.agents[agentId]) {
    return failed('agent.unknown', 'There is no agent with this id.', { agentId });
  }
  if (!agent.loggedIn && (wish.wish === 'pause' || wish.wish === 'ready')) {
    return failed('agent.logged_out', 'The agent is not logged in.', { agentId });
  }
  if (wish.wish === 'pause') {
    const reasons = [PLAIN_PAUSE, ...Object.values(acd.site.pauseReasons)];
    if (!reasons.includes(wish.reason)) {
      const message = `There is no such pause reason. Known are: ${reasons.join(', ')}.`;
      return failed('agent.reason_unknown', message, { agentId });
    }
  }
  const event = eventFor(hall, agentId, wish, by);
  if (event) hall.enter(event);
  return ok(agentView(hall.state, agent));
}

/** The event that the wish leads to; none when the agent is in that state already. */
function eventFor(hall: Hall, agentId: AgentId, wish: AgentWish, by: AskedBy): AgentEvent | undefined {
  const agent = hall.state.acd.agents.get(agentId)!;
  const head = { atMs: hall.now(), agentId, by };
  switch (wish.wish) {
    case 'log_in':
      return agent.loggedIn ? undefined : { kind: 'agent.logged_in', ...head };
    case 'log_out':
      return agent.loggedIn ? { kind: 'agent.logged_out', ...head } : undefined;
    case 'pause':
      return agent.pause?.reason === wish.reason ? undefined : { kind: 'agent.paused', ...head, reason: wish.reason };
    case 'ready':
      return agent.pause === null && agent.wrapUpUntilMs === null && agent.restUntilMs === null
        ? undefined
        : { kind: 'agent.readied', ...head };
  }
}
