import { takeIn } from '../../src/controller/decide.ts';
import { emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import type { FlowSet } from '../../src/model/flow-set.ts';
import type { Site } from '../../src/model/site.ts';
import { load, SITE } from '../flow/receptionist.ts';

const FLOW = `
steps:
  choose: { type: menu, prompt: Press 1., options: { "1": wait }, on: { no_input: end, no_match: end } }
  wait: { type: queue, queue: sales }
  end: { type: hangup }
`;

/** A site in text that has these queues: the check of a flow wants to know them. */
function siteWith(queues: readonly string[]): string {
  return SITE.replace('sales: {}', queues.map((id) => `${id}: {}`).join('\n  ')).replace('[sales]', `[${queues}]`);
}

/** A set of one flow that begins with a menu, for any site that has the queues of the flow. */
export function flowSet(site: string | Site = SITE, version = 'v1', flow = FLOW): FlowSet {
  const text = typeof site === 'string' ? site : siteWith(Object.keys(site.queues));
  const { set, problems } = load({ 'site.yaml': text, 'main.yaml': flow });
  if (!set) throw new Error(problems.map((problem) => problem.message).join('\n'));
  return { ...set, version, site: typeof site === 'string' ? set.site : { ...site, numbers: set.site.numbers } };
}

/** All rooms together without a door: what was taken in, and the journal that came of it. */
export class Rooms {
  readonly state: State = emptyState();
  readonly journal: Event[] = [];
  nowMs = 1_000_000;

  constructor(flows: FlowSet = flowSet()) {
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows });
    this.take({ kind: 'door.agreed', atMs: this.nowMs, door: 'voice' });
  }

  take(event: Event): Event[] {
    const { batch, fault } = takeIn(this.state, event);
    if (fault) throw fault;
    this.journal.push(...batch.filter((one) => one.kind !== 'time.passed'));
    this.state.seq = this.journal.length;
    return batch;
  }

  readyAgent(agentId = 'anna'): void {
    this.take({ kind: 'phone.changed', atMs: this.nowMs, agentId, phone: 'idle' });
    this.take({ kind: 'agent.logged_in', atMs: this.nowMs, agentId, by: 'api' });
  }

  arrive(contactId: string): Event[] {
    const about = { contactId, legId: contactId, channel: 'voice', from: '15551234', to: '100' } as const;
    this.take({ kind: 'contact.arrived', atMs: this.nowMs, ...about });
    return this.take({ kind: 'contact.answered', atMs: this.nowMs, contactId });
  }

  press(contactId: string, digit: string): Event[] {
    return this.take({ kind: 'digit.received', atMs: this.nowMs, contactId, digit });
  }

  /** A contact of a channel that has no door yet comes to a queue. */
  queue(contactId: string, more: Partial<Extract<Event, { kind: 'contact.queued' }>> = {}): Event[] {
    const atMs = this.nowMs;
    const about = { queueId: 'sales', priority: 0, skills: [], virtualStartMs: atMs, ...more };
    return this.take({ kind: 'contact.queued', atMs, contactId, ...about });
  }

  /** The agent answers what rings. */
  answer(agentId = 'anna'): Event[] {
    const ringing = this.state.acd.agents.get(agentId)?.work.find(({ stage }) => stage === 'ringing');
    if (!ringing) throw new Error(`nothing rings at ${agentId}`);
    return this.take({ kind: 'offer.answered', atMs: this.nowMs, offerId: ringing.offerId });
  }

  /** The agent to whom an offer was made, also when it is over. */
  offeredTo(offerId: string): string | undefined {
    const made = this.journal.findLast((event) => event.kind === 'offer.made' && event.offerId === offerId);
    return made?.kind === 'offer.made' ? made.agentId : undefined;
  }
}
