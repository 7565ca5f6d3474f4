import { takeIn } from '../../src/controller/decide.ts';
import { emptyState, type State } from '../../src/controller/state.ts';
import type { Event } from '../../src/model/event.ts';
import { load, SITE } from '../flow/receptionist.ts';

const FLOW = `
steps:
  choose: { type: menu, prompt: Press 1., options: { "1": wait }, on: { no_input: end, no_match: end } }
  wait: { type: queue, queue: sales }
  end: { type: hangup }
`;

/** All rooms together without a door: what was taken in, and the journal that came of it. */
export class Rooms {
  readonly state: State = emptyState();
  readonly journal: Event[] = [];
  nowMs = 1_000_000;

  constructor(site = SITE, flow = FLOW) {
    const { set, problems } = load({ 'site.yaml': site, 'main.yaml': flow });
    if (!set) throw new Error(problems.map((problem) => problem.message).join('\n'));
    this.take({ kind: 'flows.loaded', atMs: this.nowMs, flows: set });
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
}
